"""Conflicts between statements of any kind, as one list."""

from collections import defaultdict
from functools import cache
from typing import NamedTuple

from django.apps import apps
from django.db.models import CharField, F, QuerySet, Value

from core.models import Conflict
from core.statements import StatementRow, StatementRows, UnitedRows, Values, statement_models

CONFLICT_ORDER = ("topic", "one", "two")


@cache
def conflict_models() -> dict[str, type[Conflict]]:
    """{kind of statement: model of its conflicts}, in alphabetical order."""
    models = (model for model in apps.get_models() if issubclass(model, Conflict))
    return dict(sorted((model.statement_model().kind, model) for model in models))


class ConflictRow(NamedTuple):
    """Two statements of one kind that conflict, the lower accession first."""

    topic: str
    kind: str
    why: str
    kind_of_statement: str
    statement: StatementRow
    other: StatementRow

    @property
    def kind_label(self) -> str:
        return Conflict.Kind(self.kind).label

    @property
    def page(self) -> str:
        """The name of the address of either statement's page."""
        return f"{statement_models()[self.kind_of_statement]._meta.model_name}-detail"


class ConflictRows(UnitedRows[ConflictRow]):
    @staticmethod
    def columns(queryset: QuerySet) -> QuerySet:
        first, second = queryset.model.natural_key_fields
        return (
            queryset.order_by()
            .annotate(
                statement_kind=Value(queryset.model.statement_model().kind, CharField()),
                one=F(f"{first}__accession"),
                two=F(f"{second}__accession"),
            )
            .values("statement_kind", "kind", "topic", "why", "one", "two")
        )

    @staticmethod
    def complete(rows: list[Values]) -> list[ConflictRow]:
        accessions: dict[str, set[str]] = defaultdict(set)
        for row in rows:
            accessions[row["statement_kind"]] |= {row["one"], row["two"]}
        named = [
            statement_models()[kind].objects.filter(accession__in=found) for kind, found in accessions.items()
        ]
        statements = {row.accession: row for row in StatementRows(named)[:]}
        return [
            ConflictRow(row["topic"], row["kind"], row["why"], row["statement_kind"], statements[row["one"]],
                        statements[row["two"]])
            for row in rows
        ]  # fmt: skip
