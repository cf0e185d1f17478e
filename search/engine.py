"""Search: documents that have every word, in the order of how they match; else the nearest that can be said."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from modelsearch.backends import get_search_backend
from modelsearch.backends.base import BaseSearchResults
from modelsearch.query import SearchQuery

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


@dataclass(frozen=True)
class Found:
    """What a search found. `query` is the one that was answered: the corrected one where `did_you_mean` says so.

    `kinds` are the numbers of rows of each kind, whatever kind was asked for. `partly` is true where no row has
    every word and those with the most of them are shown.
    """

    query: Query
    documents: list[SearchDocument] = field(default_factory=list)
    kinds: dict[str, int] = field(default_factory=dict)
    did_you_mean: str | None = None
    partly: bool = False

    @property
    def count(self) -> int:
        return self.kinds.get(self.query.kind, 0) if self.query.kind else sum(self.kinds.values())

    def page(self, number: int, size: int) -> list[SearchDocument]:
        """The documents of one page, complete."""
        return complete(self.documents[(number - 1) * size : number * size])


def complete(documents: Iterable[SearchDocument]) -> list[SearchDocument]:
    """The same documents with all columns."""
    wanted = [document.pk for document in documents]
    rows = SearchDocument.objects.in_bulk(wanted)
    return [rows[pk] for pk in wanted]


def search(text: str, kind: str = "") -> Found:
    """Everything that a text finds, best first; only of one kind, if it is given here or in the text."""
    query = read(text, kinds())
    query = replace(query, kind=kind or query.kind)
    if not query.wanted:
        return Found(query)
    if found := first_answer(query):
        return found
    better = corrected(query.text)
    if better:
        query = replace(read(better), kind=query.kind)
        if found := first_answer(query):
            return replace(found, did_you_mean=better)
    found = most_of(query.taken_apart())
    return replace(found, did_you_mean=better if found.count else None)


def first_answer(query: Query) -> Found | None:
    """What has everything that is wanted, if need be with the last word going on."""
    attempts = (answer(attempt) for attempt in (query, query.open_ended()))
    return next((found for found in attempts if found.count), None)


def matching(condition: SearchQuery, columns: Sequence[str] = RANKED_BY, **filters: Any) -> BaseSearchResults:
    """The documents that meet a condition, in no order that means anything, with these columns."""
    rows = SearchDocument.objects.filter(**filters).only(*columns).order_by("place", "ident")
    return get_search_backend().autocomplete(condition, rows, order_by_relevance=False)


def answer(query: Query) -> Found:
    """The rows that have everything that is wanted."""
    found = matching(query.condition())
    documents = list(found[: MOST_RANKED + 1])
    if len(documents) <= MOST_RANKED:
        return ranked(query, documents, Counter(document.kind for document in documents))
    narrowed = {"kind": query.kind} if query.kind else {}
    return ranked(
        query, list(matching(query.condition(), **narrowed)[:MOST_RANKED]), dict(found.facet("kind"))
    )


def most_of(query: Query) -> Found:
    """The rows that have the most of what is wanted, where none has all of it."""
    documents = list(matching(query.any_condition())[:MOST_RANKED])
    numbers = {document.pk: query.number_in(document.all_forms) for document in documents}
    most = max(numbers.values(), default=0)
    documents = [document for document in documents if numbers[document.pk] == most]
    found = ranked(query, documents, Counter(document.kind for document in documents))
    return replace(found, partly=True)


def ranked(query: Query, documents: Iterable[SearchDocument], counts: Mapping[str, int]) -> Found:
    """The documents of the kind that is asked for, best first, with the number of those of each kind."""
    own = [document for document in documents if query.kind in ("", document.kind)]
    own.sort(key=lambda document: ranking.rank(query, document))
    return Found(query, own, {kind: counts[kind] for kind in kinds() if counts.get(kind)})


def suggest(text: str) -> tuple[Query, list[SearchDocument]]:
    """The query, and the few named rows that it most probably opens the name of."""
    query = read(text)
    if not query.wanted:
        return query, []
    query = query.open_ended()
    named = {} if NUMBERED.search(query.text) else {"named": True}
    rows = list(matching(query.condition(), SUGGESTED_BY, **named)[:MOST_RANKED])
    rows = [row for row in rows if ranking.name_tier(query, row) is not None]
    rows.sort(key=lambda row: ranking.name_rank(query, row))
    return query, complete(rows[:SUGGESTIONS])
