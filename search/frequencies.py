"""How rare each word is among the rows that are searched.

Rarity is counted over the curated rows alone: an import of registry records does not change how these are ordered.
"""

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from math import log
from typing import NamedTuple

from core.content import current_state
from core.models.names import Name
from core.text import fold
from search.documents import curated_models
from search.english import is_everyday
from search.models import SearchDocument
from search.tokens import LETTERS_AND_DIGITS, Form, stem, vocabulary


class Frequencies(NamedTuple):
    """The words of one state of the documents.

    `rows` is {word or stem: number of rows found by it}, `shown` the words that rows are called by or say,
    each with its number of rows, `names` are the words of names and their stems, and `linked` the names that some
    statement links to, itself or by something narrower. `said` are the words of texts and names, in any
    spelling, `stems` their stems.
    """

    total: int
    rows: Counter[str]
    shown: Counter[str]
    names: frozenset[str]
    linked: frozenset[str]
    said: frozenset[str]
    stems: frozenset[str]

    def rows_with(self, forms: Iterable[Form]) -> int:
        """About how many rows have one of these forms: those of the rarest word of the most frequent form."""
        return max((min(self.rows[word] for word in form) for form in forms), default=0)

    def weight(self, forms: Iterable[Form]) -> float:
        """The inverse document frequency of BM25: near 0 for what every row has."""
        rows = self.rows_with(forms)
        return log(1 + (self.total - rows + 0.5) / (rows + 0.5))

    def is_weak(self, word: str) -> bool:
        """Does a word tell nothing: one of everyday English that is in no name?"""
        return is_everyday(word) and word not in self.names

    def knows(self, word: str) -> bool:
        return word in self.rows or stem(word) in self.rows


def current_frequencies() -> Frequencies:
    return frequencies_of(current_state().token)


@lru_cache(maxsize=1)
def frequencies_of(version: str) -> Frequencies:
    """Counted once for each version of the content."""
    total = 0
    shown = Counter(word for group in vocabulary()["alike"] for form in group for word in form)
    rows: Counter[str] = Counter()
    names: set[str] = set()
    linked: set[str] = set()
    said: set[str] = set()
    columns = (
        "name_words",
        "other_words",
        "text_words",
        "link_words",
        "title",
        "about",
        "named",
        "names",
        "links",
    )
    curated = SearchDocument.objects.filter(model__in=[m._meta.model_name for m in curated_models()])
    for *words, title, about, named, own_names, links in curated.values_list(*columns).iterator():
        total += 1
        rows.update(set(" ".join(words).replace("|", " ").split()))
        listed = {
            word for text in (title, about, *(value for _, value in own_names)) for word in fold(text).split()
        }
        shown.update(listed)
        said.update(fold(title).split(), words[2].partition(" |")[0].split()[1:])
        if named:
            own = [value for source, value in own_names if source in (Name.Source.NAME, Name.Source.SYNONYM)]
            plain = [fold(value) for value in own]
            names.update(
                word for name in plain for word in f"{name} {LETTERS_AND_DIGITS.sub(' ', name)}".split()
            )
        else:
            linked.update(name for _, linked_name, others in links for name in (linked_name, *others))
    said |= names
    return Frequencies(
        total, rows, shown, frozenset(names), frozenset(linked), frozenset(said), frozenset(map(stem, said))
    )
