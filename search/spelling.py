"""Mends words that nothing here is called by: one or two letters mistyped."""

import re
from collections import Counter
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from core.content import current_state
from core.text import fold
from search.documents import curated_models
from search.models import SearchDocument
from search.tokens import stem


@dataclass(frozen=True)
class Known:
    """The words of one state of the documents: `rows` is {word: number of rows that hold it}."""

    version: str
    rows: dict
    stems: frozenset

    def has(self, word):
        return word in self.rows or stem(word) in self.stems


_latest = Known("", {}, frozenset())


def known_words():
    """The words that curated rows are called by or say, read again once the content has changed."""
    global _latest
    version = current_state().token
    known = _latest
    if known.version != version:
        rows = Counter()
        curated = SearchDocument.objects.filter(model__in=[m._meta.model_name for m in curated_models()])
        for title, about, names in curated.values_list("title", "about", "names").iterator():
            texts = (title, about, *(value for _, value in names))
            rows.update({word for text in texts for word in fold(text).split()})
        known = _latest = Known(version, rows, frozenset(map(stem, rows)))
    return known


def allowed(word):
    """How many mistyped letters a word of this length may hold."""
    return 0 if len(word) < 3 or not word.isalpha() else 1 if len(word) < 5 else 2


def nearest(word, known):
    """The known word that was most probably meant, or None."""
    limit = allowed(word)
    best = None
    for candidate, rows in known.items():
        if abs(len(candidate) - len(word)) > limit or not candidate.isalpha() or len(candidate) < 3:
            continue
        distance = OSA.distance(word, candidate, score_cutoff=limit)
        if distance <= limit:
            place = (distance, candidate[0] != word[0], -rows, candidate)
            best = min(best, place) if best else place
    return best and best[-1]


def corrected(text):
    """The text with every unknown word replaced by the nearest known one, or None where none was."""
    known, changed = known_words(), False

    def mend(match):
        nonlocal changed
        word = fold(match.group())
        if not word or " " in word or known.has(word):
            return match.group()
        if better := nearest(word, known.rows):
            changed = True
            return better
        return match.group()

    mended = re.sub(r"[^\W\d_]+", mend, text)
    return mended if changed else None
