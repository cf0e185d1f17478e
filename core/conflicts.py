"""Conflicts between statements of any kind, as one list."""

from collections import defaultdict

from django.apps import apps
from django.db.models import CharField, F, QuerySet, Value
from django.urls import reverse

from core.models import Conflict
from core.statements import StatementRows, UnitedRows, statement_models

CONFLICT_ORDER = ("topic", "one", "two")


def conflict_models() -> dict[str, type[Conflict]]:
    """{kind of statement: model of its conflicts}, in alphabetical order."""
    models = (model for model in apps.get_models() if issubclass(model, Conflict))
    return dict(sorted((model.statement_model().kind, model) for model in models))


class ConflictRows(UnitedRows):
    """Rows are dicts of kind_of_statement, kind, topic, why, statement and other.

    The two statements are rows of `StatementRows`, with the `url` of their page, the lower accession first.
    """

    @staticmethod
    def columns(queryset: QuerySet) -> QuerySet:
        model = queryset.model
        first = next(f.name for f in model._meta.fields if f.is_relation and f.name != "other")
        return (
            queryset.order_by()
            .annotate(
                statement_kind=Value(model._meta.get_field("other").related_model.kind, CharField()),
                one=F(f"{first}__accession"),
                two=F("other__accession"),
            )
            .values("statement_kind", "kind", "topic", "why", "one", "two")
        )

    @staticmethod
    def complete(rows: list[dict]) -> list[dict]:
        accessions, models, labels = defaultdict(set), statement_models(), dict(Conflict.Kind.choices)
        for row in rows:
            accessions[row["statement_kind"]] |= {row["one"], row["two"]}
        named = [models[kind].objects.filter(accession__in=found) for kind, found in accessions.items()]
        statements = {row["accession"]: row for row in StatementRows(named)[:]}
        for row in statements.values():
            address = f"{models[row['kind']]._meta.model_name}-detail"
            row["url"] = reverse(address, args=[row["accession"]])
        for row in rows:
            row["kind_of_statement"] = row.pop("statement_kind")
            row["kind_label"] = labels[row["kind"]]
            row["statement"], row["other"] = statements[row.pop("one")], statements[row.pop("two")]
        return rows
