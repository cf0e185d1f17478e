"""What a row weighs for a query: BM25 over its fields (BM25F), computed alike for every database."""

from collections.abc import Callable
from typing import NamedTuple

from core.text import fold
from search.english import is_english
from search.frequencies import Frequencies
from search.models import SearchDocument
from search.queries import Query, Wanted

# The constants of BM25: how soon more of a word adds little, and how much the length of a field counts.
SATURATION, LENGTH_COUNTS = 1.2, 0.5
STRENGTH = {2: 1.0, 1: 0.7}  # as typed, or in another form
USUAL_NAME, USUAL_TEXT = 2, 16  # words
GENERAL = 0.5  # what a word of general English weighs
WELCOME = 0.4  # what a word weighs that a row need not have


def text_length(wanted: Wanted, words: str) -> int:
    """The number of words of a text, which is the first of its forms. A short one gains nothing by being short."""
    return max(USUAL_TEXT, words.partition(" |")[0].count(" "))


def name_length(wanted: Wanted, words: str) -> int:
    """The number of words of the shortest name in which something is found."""
    forms = (form for form in words.strip("| ").split(" | ") if wanted.found_in(f" {form} "))
    return min((form.count(" ") + 1 for form in forms), default=1)


class ScoredField(NamedTuple):
    """A column of words: what it weighs, how long a name or text in it usually is, and how to tell how long it is."""

    weight: float
    usual: int
    length: Callable[[Wanted, str], int]


FIELDS = {
    "name_words": ScoredField(4, USUAL_NAME, name_length),
    "other_words": ScoredField(3, USUAL_NAME, name_length),
    "text_words": ScoredField(2, USUAL_TEXT, text_length),
    "link_words": ScoredField(1, USUAL_NAME, name_length),
    "note_words": ScoredField(0.1, USUAL_TEXT, text_length),
}


class Weights(NamedTuple):
    """What each part of a query weighs, more where it is rarer: also `whole`, as a name, and `kind`, asked for."""

    parts: dict[Wanted, float]
    whole: float
    kind: float


def weights_of(query: Query, frequencies: Frequencies) -> Weights:
    parts = {wanted: own_weight(wanted, frequencies) for wanted in query.wanted}
    parts |= {wanted: WELCOME * frequencies.weight(wanted.forms) for wanted in query.welcome}
    return Weights(parts, frequencies.weight(()), WELCOME * frequencies.weight(()))


def own_weight(wanted: Wanted, frequencies: Frequencies) -> float:
    """How rare it is, which for a word of general English that is in no name tells half as much."""
    word = fold(wanted.text)
    is_general = is_english(word) and word not in frequencies.names and not wanted.quoted
    return frequencies.weight(wanted.forms) * (GENERAL if is_general else 1)


def score(query: Query, weights: Weights, document: SearchDocument) -> float:
    """The query as a whole is a term, too: that of the rows that are called so."""
    total = sum(weight * saturation(frequency(wanted, document)) for wanted, weight in weights.parts.items())
    if found := next((name for name in ("name_words", "other_words") if is_whole(query, document, name)), ""):
        total += weights.whole * saturation(FIELDS[found].weight)
    if document.kind in query.kinds:
        total += weights.kind
    return total


def is_whole(query: Query, document: SearchDocument, name: str) -> bool:
    return any(f"| {form} |" in getattr(document, name) for form in query.whole)


def frequency(wanted: Wanted, document: SearchDocument) -> float:
    """How much a row has of one thing wanted, over all its fields."""
    total = 0.0
    for name, field in FIELDS.items():
        words = getattr(document, name)
        if strength := wanted.found_in(words):
            length = field.length(wanted, words) / field.usual
            total += field.weight * STRENGTH[strength] / (1 - LENGTH_COUNTS + LENGTH_COUNTS * length)
    return total


def saturation(frequency: float) -> float:
    return frequency / (SATURATION + frequency)
