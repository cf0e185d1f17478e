"""Mends words that nothing here is called by: one or two letters mistyped."""

import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from core.content import current_state
from core.text import fold
from search.documents import curated_models
from search.models import SearchDocument
from search.tokens import stem


class Known(NamedTuple):
    """The words of one state of the documents: `rows` is {word: number of rows that hold it}."""

    rows: Counter[str]
    stems: frozenset[str]

    def has(self, word: str) -> bool:
        return word in self.rows or stem(word) in self.stems


@lru_cache(maxsize=1)
def known_words(version: str) -> Known:
    """The words that curated rows are called by or say in this version of the content."""
    rows: Counter[str] = Counter()
    curated = SearchDocument.objects.filter(model__in=[m._meta.model_name for m in curated_models()])
    for title, about, names in curated.values_list("title", "about", "names").iterator():
        texts = (title, about, *(value for _, value in names))
        rows.update({word for text in texts for word in fold(text).split()})
    return Known(rows, frozenset(map(stem, rows)))


def allowed(word: str) -> int:
    """How many mistyped letters a word of this length may hold."""
    return 0 if len(word) < 3 or not word.isalpha() else 1 if len(word) < 5 else 2


def nearest(word: str, known: Mapping[str, int]) -> str | None:
    """The known word that was most probably meant, or None."""
    limit = allowed(word)
    found = [
        (distance, candidate[0] != word[0], -rows, candidate)
        for candidate, rows in known.items()
        if abs(len(candidate) - len(word)) <= limit and candidate.isalpha() and len(candidate) >= 3
        if (distance := OSA.distance(word, candidate, score_cutoff=limit)) <= limit
    ]
    return min(found)[-1] if found else None


def corrected(text: str) -> str | None:
    """The text with every unknown word replaced by the nearest known one, or None where none was."""
    known = known_words(current_state().token)

    def mend(match: re.Match[str]) -> str:
        word = fold(match.group())
        if not word or " " in word or known.has(word):
            return match.group()
        return nearest(word, known.rows) or match.group()

    mended = re.sub(r"[^\W\d_]+", mend, text)
    return mended if mended != text else None
