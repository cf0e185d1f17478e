"""Mends words that are of no name, no text and no language: one letter mistyped, two in a very long one."""

import re
from collections.abc import Callable, Iterable, Mapping

from rapidfuzz.distance import OSA

from core.names import outside
from core.text import fold
from search.english import is_english
from search.frequencies import Frequencies
from search.queries import Query, Wanted

LONGEST_CODE = 6  # capitals of a code, as in FOXP
CODE = re.compile(r"\d")


def mended(query: Query, unknown: Iterable[Wanted], frequencies: Frequencies) -> str | None:
    """The text of a query with its unknown words replaced by the nearest known ones, or None where none was."""
    text = query.text
    for wanted in unknown:
        if may_be_mistyped(wanted.text):
            better = mended_words(wanted.text, frequencies, nearest)
            in_template = better.replace("\\", r"\\")  # a backslash that was typed is no escape
            text = re.sub(rf"(?<!\w){re.escape(wanted.text)}(?!\w)", in_template, text, count=1)
    return text if text != query.text else None


def may_be_mistyped(chunk: str) -> bool:
    """Not so a code, in which each letter and digit counts, and no name of the field that is not one of ours."""
    has_capitals = any(c.isupper() for c in chunk[1:]) and not chunk.isupper()
    is_code = CODE.search(chunk) or has_capitals or (chunk.isupper() and len(chunk) <= LONGEST_CODE)
    return not is_code and not outside(chunk)


Mend = Callable[[str, Mapping[str, int]], str | None]


def mended_words(chunk: str, frequencies: Frequencies, mend: Mend) -> str:
    """A chunk with its unknown words replaced; itself, if there is nothing to mend."""
    words = fold(chunk).split()
    better = [
        word
        if frequencies.knows(word) or is_english(word) or outside(word)
        else mend(word, frequencies.shown) or word
        for word in words
    ]
    return " ".join(better) if better != words else chunk


def allowed(word: str) -> int:
    """How many mistyped letters a word of this length may hold."""
    return 0 if len(word) < 4 or not word.isalpha() else 1 if len(word) < 12 else 2


def nearest(word: str, known: Mapping[str, int]) -> str | None:
    """The known word that was most probably meant, or None."""
    limit = allowed(word)
    found = [
        (distance, candidate[0] != word[0], -rows, candidate)
        for candidate, rows in known.items()
        if abs(len(candidate) - len(word)) <= limit and candidate.isalpha() and len(candidate) >= 3
        if (distance := OSA.distance(word, candidate, score_cutoff=limit)) <= limit
    ]
    return min(found)[-1] if found and limit else None


def nearest_opening(word: str, known: Mapping[str, int]) -> str | None:
    """How a known word opens that these letters, one of them mistyped, most probably open."""
    if not allowed(word) or any(candidate.startswith(word) for candidate in known):
        return None
    found = [
        (candidate[0] != word[0], -rows, candidate[:length])
        for candidate, rows in known.items()
        if candidate.isalpha()
        for length in range(len(word) - 1, len(word) + 2)
        if length <= len(candidate) and OSA.distance(word, candidate[:length], score_cutoff=1) <= 1
    ]
    return min(found)[-1] if found else None
