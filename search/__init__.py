"""Search over every entity and statement: one document a row, found by words, ranked by why it matched.

`models` the document, `tokens` how text becomes words, `terms` and `documents` what a row is found by, `indexing` keeps
the documents in step, `matches` asks them. `queries` reads what was typed, `frequencies` and `scoring` weigh it,
`absence` knows what is not held, `spelling` mends mistyped words, `engine` finds, `ranking` decides ties and explains,
`results` what is shown of each row, by page (`views`) and `api` alike. `lists` is the same for the `q` of lists.
"""
