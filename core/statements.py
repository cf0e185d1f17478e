"""Every curated statement of any kind, as one list."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property
from itertools import chain
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar

from django.apps import apps
from django.db.models import CharField, F, QuerySet, Value

from core.counting import count_all
from core.models import Reference, Statement
from core.querysets import union

Row = TypeVar("Row")
Values = dict[str, Any]  # a row as the database gives it


@cache
def statement_models() -> dict[str, type[Statement]]:
    """{kind: model} of every kind of statement, in alphabetical order."""
    models = (m for m in apps.get_models() if issubclass(m, Statement) and not m._meta.proxy)
    return {model.kind: model for model in sorted(models, key=attrgetter("kind"))}


def model_of(accession: str) -> type[Statement] | None:
    """The model whose accessions look like this one, or None."""
    prefix = accession.rpartition("-")[0]
    return next((m for m in statement_models().values() if m.accession_prefix == prefix), None)


class UnitedRows(Sequence[Row]):
    """Rows of several models as one list, sliced and counted like a query set.

    A page costs one query for the rows and those that complete them, however long the list is and however many
    models are in it. Subclasses say the `columns` that all models have and how rows are completed.
    """

    def __init__(self, querysets: Sequence[QuerySet], order: Sequence[str] = ("accession",)) -> None:
        self.querysets = querysets
        self.order = order

    @staticmethod
    def columns(queryset: QuerySet) -> QuerySet:
        """The query set as dicts of the common columns."""
        raise NotImplementedError

    @staticmethod
    def complete(rows: list[Values]) -> list[Row]:
        """The rows of a page with what other tables hold of them."""
        raise NotImplementedError

    def ordered(self) -> QuerySet:
        return union(self.columns(queryset) for queryset in self.querysets).order_by(*self.order)

    @cached_property
    def total(self) -> int:
        return sum(count_all(dict(enumerate(self.querysets))).values())

    def __len__(self) -> int:
        return self.total

    def __getitem__(self, place: slice) -> list[Row]:  # type: ignore[override]  # one row is never asked for
        return self.complete(list(self.ordered()[place])) if self.querysets else []

    def __iter__(self) -> Iterator[Row]:
        return chain.from_iterable(self.chunks())

    def chunks(self, size: int = 500) -> Iterator[list[Row]]:
        """All rows, some hundred at a time."""
        return (self[start : start + size] for start in range(0, len(self), size))


class StatementRow(NamedTuple):
    """A statement of any kind, as lists show it. `section` is its identifier, `document` a slug."""

    accession: str
    kind: str
    text: str
    section: str
    section_title: str
    document: str
    references: list[Reference]
    evidence: str
    curator_note: str


class StatementRows(UnitedRows[StatementRow]):
    @staticmethod
    def columns(queryset: QuerySet) -> QuerySet:
        return (
            queryset.order_by()
            .annotate(
                statement_kind=Value(queryset.model.kind, CharField()),
                section_identifier=F("section__identifier"),
                section_title=F("section__title"),
                section_order=F("section__order"),
                document=F("section__document__slug"),
                document_order=F("section__document__order"),
            )
            .values(
                "accession", "text", "evidence", "curator_note", "statement_kind", "section_identifier",
                "section_title", "section_order", "document", "document_order",
            )
        )  # fmt: skip

    @staticmethod
    def complete(rows: list[Values]) -> list[StatementRow]:
        accessions = defaultdict(list)
        for row in rows:
            accessions[row["statement_kind"]].append(row["accession"])
        models = statement_models()
        references = references_of(
            [models[kind].objects.filter(accession__in=mine) for kind, mine in accessions.items()]
        )
        return [
            StatementRow(
                row["accession"], row["statement_kind"], row["text"], row["section_identifier"], row["section_title"],
                row["document"], references.get(row["accession"], []), row["evidence"], row["curator_note"],
            )
            for row in rows
        ]  # fmt: skip


def references_of(querysets: Iterable[QuerySet]) -> dict[str, list[Reference]]:
    """{accession: references by number} of statements of several kinds, as far as these are named, in one query."""
    names = ("identifier", "number", "authors", "year")
    selects = [
        rows.order_by().filter(references__isnull=False)
        .values_list("accession", *(f"references__{name}" for name in names)) for rows in querysets
    ]  # fmt: skip
    found = defaultdict(list)
    for accession, *named in union(selects) if selects else ():
        found[accession].append(Reference(**dict(zip(names, named, strict=True))))
    return {accession: sorted(cited, key=in_order) for accession, cited in found.items()}


in_order = attrgetter("number", "identifier")


def united(lists: Iterable[Iterable[Reference]]) -> list[Reference]:
    """Several lists of references as one, each reference once, by number."""
    return sorted(set(chain.from_iterable(lists)), key=in_order)
