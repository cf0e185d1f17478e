"""Search: documents that have every word that tells, best first; else the nearest that can be said."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from core.names import is_numbered, names_among
from core.text import fold
from search import ranking
from search.absence import Absent, absent_names, technical_words
from search.documents import kinds
from search.frequencies import Frequencies, current_frequencies
from search.matches import SUGGESTED_BY, is_there, matching
from search.models import SearchDocument
from search.queries import Query, Wanted, read
from search.scoring import Weights, weights_of
from search.spelling import mended, mended_words, nearest, nearest_opening

# Matches beyond these are counted, and found by narrowing the query, but not ranked.
MOST_RANKED = 5_000
SUGGESTIONS = 8
# Accessions and registry numbers: the only names by which sentences are suggested.
# Rows answer a question that have this much of what the best of them has.
ENOUGH = 0.6
NUMBERED = re.compile(r"\d{3}")
# Letters enough to tell which word they open. A code is never taken for the start of a longer one.
OPENING = re.compile(r"[^\W\d_]{4,}")


@dataclass(frozen=True)
class Found:
    """What a search found. `query` is the one that was answered: the corrected one where `did_you_mean` says so.

    `kinds` are the numbers of rows of each kind, whatever kind was asked for. Where no row has every word, `left_out`
    are those that the rows shown need not have. `absent` are the names of the field that nothing is held under: then
    nothing is found, and `rest` is what else was asked for.
    """

    query: Query
    documents: list[SearchDocument] = field(default_factory=list)
    kinds: dict[str, int] = field(default_factory=dict)
    did_you_mean: str | None = None
    left_out: tuple[str, ...] = ()
    absent: tuple[Absent, ...] = ()
    rest: str = ""

    @property
    def partly(self) -> bool:
        return bool(self.left_out)

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
    frequencies = current_frequencies()
    query = required(query, frequencies)
    if absent := absent_names(query, frequencies):
        return nothing(query, absent)
    if not query.is_question and (found := first_answer(query, frequencies)):
        return found
    unknown = [wanted for wanted in query.wanted if not is_there(wanted)]
    better = mended(query, unknown, frequencies)
    if better:
        query = required(replace(read(better), kind=query.kind), frequencies)
        if not query.is_question and (found := first_answer(query, frequencies)):
            return replace(found, did_you_mean=better)
        unknown = [wanted for wanted in query.wanted if not is_there(wanted)]
    if absent := technical_words(unknown):
        return nothing(query, absent)
    find = question_answer if query.is_question else partial_answer
    found = find(query, frequencies)
    return replace(found, did_you_mean=better if found.count else None)


def nothing(query: Query, absent: tuple[Absent, ...]) -> Found:
    missing = {word for name in absent for word in name.text.split()}
    others = [wanted.typed for wanted in query.wanted if missing.isdisjoint(wanted.text.split())]
    return Found(query, absent=absent, rest=" ".join(others))


def required(query: Query, frequencies: Frequencies) -> Query:
    """The query without what tells nothing: everyday words that no row is called by."""
    query = query.with_numbers(is_numbered).in_capitals(frequencies.rows.__contains__)
    return query.required(frequencies.is_weak, kinds())


def first_answer(query: Query, frequencies: Frequencies) -> Found | None:
    """What has everything that is wanted, if need be with the last word going on."""
    attempts = [query, replace(query, noted=True)]
    if OPENING.fullmatch(query.wanted[-1].text) and not query.wanted[-1].text.isupper():
        attempts.append(query.open_ended())
    weights = weights_of(query, frequencies)
    answers = (answer(attempt, weights) for attempt in attempts)
    return next((found for found in answers if found.count), None)


def answer(query: Query, weights: Weights) -> Found:
    """The rows that have everything that is wanted."""
    found = matching(query.condition())
    documents = list(found[: MOST_RANKED + 1])
    if len(documents) <= MOST_RANKED:
        return ranked(query, weights, documents, Counter(document.kind for document in documents))
    narrowed = {"kind": query.kind} if query.kind else {}
    best = list(matching(query.condition(), **narrowed)[:MOST_RANKED])
    return ranked(query, weights, best, dict(found.facet("kind")))


def partial_answer(query: Query, frequencies: Frequencies) -> Found:
    """The rows that have the names in a query, then the rarest words, and of the rest whatever some of them have."""
    held = names_among(wanted.text for wanted in query.wanted)
    kept = together_from([], [wanted for wanted in query.wanted if wanted.text in held], frequencies)
    kept = together_from(kept, [wanted for wanted in query.wanted if wanted not in kept], frequencies)
    left = [wanted for wanted in query.wanted if wanted not in kept]
    for wanted in left:
        kept = together_from(kept, wanted.single_words(), frequencies)
    if not kept:
        return Found(query)
    query = replace(query, wanted=tuple(kept))
    return replace(answer(query, weights_of(query, frequencies)), left_out=tuple(w.typed for w in left))


def question_answer(query: Query, frequencies: Frequencies) -> Found:
    """The rows that have the most of what a question asks for, by weight; what none of them has is left out."""
    weights = weights_of(query, frequencies)
    shares = {
        document: sum(weights.parts[wanted] for wanted in query.wanted if wanted.found_in(document.all_forms))
        for document in matching(query.any_condition())[:MOST_RANKED]
    }
    least = ENOUGH * max(shares.values(), default=0)
    documents = [document for document, share in shares.items() if share >= least]
    found = ranked(query, weights, documents, Counter(document.kind for document in documents))
    shown = " ".join(document.all_forms for document in found.documents)
    return replace(found, left_out=tuple(w.typed for w in query.wanted if shown and not w.found_in(shown)))


def together_from(kept: list[Wanted], more: Iterable[Wanted], frequencies: Frequencies) -> list[Wanted]:
    """What is kept with whatever more some row has, too, the rarest first. A letter or number alone is nothing."""
    for wanted in sorted(more, key=lambda wanted: -frequencies.weight(wanted.forms)):
        if (kept or re.search(r"[a-z]\w", fold(wanted.text))) and is_there(*kept, wanted):
            kept = [*kept, wanted]
    return kept


def ranked(
    query: Query, weights: Weights, documents: Iterable[SearchDocument], counts: Mapping[str, int]
) -> Found:
    """The documents of the kind that is asked for, best first, with the number of those of each kind."""
    own = [document for document in documents if query.kind in ("", document.kind)]
    own.sort(key=lambda document: ranking.rank(query, weights, document))
    return Found(query, own, {kind: counts[kind] for kind in kinds() if counts.get(kind)})


def suggest(text: str) -> tuple[Query, list[SearchDocument]]:
    """The query, and the few named rows that it most probably opens the name of, if need be with a letter mended."""
    query = read(text)
    frequencies = current_frequencies()
    if not query.wanted:
        return query, []
    query = query.open_ended()
    found = opened(query, frequencies)
    for mend in (nearest, nearest_opening):  # the last word as a whole, or as far as it is typed
        if found:
            break
        *first, last = query.text.split()
        better = [mended_words(word, frequencies, nearest) for word in first]
        query = read(" ".join([*better, mended_words(last, frequencies, mend)])).open_ended()
        found = opened(query, frequencies)
    return query, found


def opened(query: Query, frequencies: Frequencies) -> list[SearchDocument]:
    """The rows whose names a query opens, those of which something is said before the others."""
    named = {} if NUMBERED.search(query.text) else {"named": True}
    rows = list(matching(query.condition(), SUGGESTED_BY, **named)[:MOST_RANKED])
    rows = [row for row in rows if ranking.name_tier(query, row) is not None]
    rows.sort(
        key=lambda row: (row.named and row.title not in frequencies.linked, ranking.name_rank(query, row))
    )
    return complete(rows[:SUGGESTIONS])
