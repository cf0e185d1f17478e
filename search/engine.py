"""Search: documents that have every word, in the order of how they match; else the nearest that can be said."""

import re
from collections import Counter
from dataclasses import dataclass, field

from modelsearch.backends import get_search_backend

from search import ranking
from search.documents import kinds
from search.models import SearchDocument
from search.queries import Query, read
from search.spelling import corrected

# Matches beyond these are counted, and found by narrowing the query, but not ranked.
MOST_RANKED = 5_000
SUGGESTED_BY = ("place", "ident", "name_words", "other_words")
RANKED_BY = (*SUGGESTED_BY, "kind", "text_words", "link_words")
SUGGESTIONS = 8
# Accessions and registry numbers: the only names by which sentences are suggested.
NUMBERED = re.compile(r"\d{3}")


@dataclass
class Found:
    """What a search found. `query` is the one that was answered: the corrected one where `did_you_mean` says so.

    `partly` is true where no row has every word and those with the most of them are shown.
    """

    query: Query
    documents: list = field(default_factory=list)
    count: int = 0
    kinds: dict = field(default_factory=dict)
    did_you_mean: str | None = None
    partly: bool = False

    def page(self, number, size):
        """The documents of one page, complete."""
        wanted = [document.pk for document in self.documents[(number - 1) * size : number * size]]
        rows = SearchDocument.objects.in_bulk(wanted)
        return [rows[pk] for pk in wanted]


def search(text, kind=""):
    """Everything that a text finds, best first; only of one kind, if it is given here or in the text."""
    query = read(text, kinds())
    query = Query(query.text, query.wanted, query.whole, kind or query.kind, query.cut)
    if not query.wanted:
        return Found(query)
    if (found := answer(query)).count or (found := answer(query.open_ended())).count:
        return found
    if better := corrected(query.text):
        mended = search_as(better, query.kind)
        for attempt in (mended, mended.open_ended()):
            if (found := answer(attempt)).count:
                found.did_you_mean = better
                return found
        query = mended
    found = most_of(query.taken_apart())
    found.did_you_mean = better if better and found.count else None
    return found


def search_as(text, kind):
    query = read(text)
    return Query(query.text, query.wanted, query.whole, kind, query.cut)


def matching(condition, columns=RANKED_BY, **filters):
    """The documents that meet a condition, in no order that means anything, with these columns."""
    rows = SearchDocument.objects.filter(**filters).only(*columns).order_by("place", "ident")
    return get_search_backend().autocomplete(condition, rows, order_by_relevance=False)


def answer(query):
    """The rows that have everything that is wanted."""
    found = matching(query.condition())
    documents = list(found[: MOST_RANKED + 1])
    if len(documents) > MOST_RANKED:
        counts = dict(found.facet("kind"))
        narrowed = {"kind": query.kind} if query.kind else {}
        documents = list(matching(query.condition(), **narrowed)[:MOST_RANKED])
    else:
        counts = Counter(document.kind for document in documents)
        documents = [document for document in documents if query.kind in ("", document.kind)]
    documents.sort(key=lambda document: ranking.rank(query, document))
    return Found(
        query, documents, counts.get(query.kind, 0) if query.kind else sum(counts.values()), in_order(counts)
    )


def most_of(query):
    """The rows that have the most of what is wanted, where none has all of it."""
    documents = list(matching(query.any_condition())[:MOST_RANKED])
    numbers = {document.pk: ranking.number_found(query, document) for document in documents}
    most = max(numbers.values(), default=0)
    documents = [document for document in documents if numbers[document.pk] == most]
    counts = Counter(document.kind for document in documents)
    documents = [document for document in documents if query.kind in ("", document.kind)]
    documents.sort(key=lambda document: ranking.rank(query, document))
    return Found(query, documents, len(documents), in_order(counts), partly=True)


def in_order(counts):
    return {kind: counts[kind] for kind in kinds() if counts.get(kind)}


def suggest(text):
    """The query, and the few named rows that it most probably opens the name of."""
    query = read(text)
    if not query.wanted:
        return query, []
    query = query.open_ended()
    named = {} if NUMBERED.search(query.text) else {"named": True}
    rows = list(matching(query.condition(), SUGGESTED_BY, **named)[:MOST_RANKED])
    rows = [row for row in rows if ranking.name_tier(query, row) is not None]
    rows.sort(key=lambda row: ranking.name_rank(query, row))
    return query, Found(query, rows).page(1, SUGGESTIONS)
