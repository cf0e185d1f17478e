"""Results as page and API show them: the row, why it is one, and what of it was looked for."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.text import capfirst

from search import ranking
from search.documents import kinds
from search.models import SearchDocument
from search.queries import Query
from search.ranking import Span

Parts = list[tuple[str, bool]]  # a text cut at its marks: (part, is it marked)


@dataclass
class Result:
    """A document that a query found."""

    query: Query
    document: SearchDocument

    @property
    def label(self) -> str:
        """What the page calls its kind."""
        return label_of(self.document.kind)

    @property
    def matched(self) -> str:
        return ranking.reason(self.query, self.document)

    @property
    def name_marks(self) -> list[Span]:
        return ranking.name_marks(self.query, self.document)

    @property
    def name_parts(self) -> Parts:
        return parts(self.document.title, self.name_marks)

    @cached_property
    def _snippet(self) -> tuple[str, list[Span]]:
        return ranking.snippet(self.query, self.document)

    @property
    def snippet(self) -> str:
        return self._snippet[0]

    @property
    def marks(self) -> list[Span]:
        return self._snippet[1]

    @property
    def snippet_parts(self) -> Parts:
        return parts(*self._snippet)


def label_of(kind: str, count: int = 1) -> str:
    meta = kinds()[kind]._meta
    return capfirst(str(meta.verbose_name if count == 1 else meta.verbose_name_plural))


def parts(text: str, spans: list[Span]) -> Parts:
    """A text cut at its marks.

    >>> parts("MSCs carry CD105.", [[11, 16]])
    [('MSCs carry ', False), ('CD105', True), ('.', False)]
    """
    cut: Parts = []
    place = 0
    for start, end in spans:
        cut += [(text[place:start], False), (text[start:end], True)]
        place = end
    return [(part, marked) for part, marked in [*cut, (text[place:], False)] if part]
