"""Search over every entity and statement: one document a row, found by words, ranked by why it matched.

`models` the document, `words` how text becomes words, `documents` what a row's document holds, `indexing` keeps the
documents in step, `queries` reads what was typed, `ranking` orders and explains, `corrections` mends mistyped words,
`finding` puts them together, `api` serves it.
"""
