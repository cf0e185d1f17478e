"""`ordering=`: an unknown field is an error, the order is always total, and missing values stand last.

Missing is NULL or a blank text. It stands last in both directions and on every database: PostgreSQL
alone would open a descending list with its NULLs, SQLite an ascending one.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import CharField, F, Model, OrderBy, QuerySet, TextField, Value
from django.db.models.functions import NullIf
from django_filters.utils import get_field_parts
from rest_framework import exceptions, filters
from rest_framework.request import Request

from core.rest.fields import names_in
from core.rest.filters import nearest

# The public name of an order, and the column, or columns, that it means.
Orders = dict[str, str | tuple[str, ...]]


class StrictOrderingFilter(filters.OrderingFilter):
    """`ordering=a,-b`: an unknown field is a 400; ties are always broken the same way."""

    def filter_queryset(self, request: Request, queryset: QuerySet, view: Any) -> QuerySet:
        return queryset.order_by(
            *total_order(request.query_params.getlist("ordering"), queryset, view.ordering_fields)
        )


def asked_columns(asked: Iterable[str], allowed: Orders) -> list[tuple[str, bool]]:
    """[(column, is descending)] from `ordering` parameters; `allowed` maps public names to columns.

    Raises ValidationError naming a field that is not in `allowed`.
    """
    names = names_in(asked)
    for name in names:
        if name.removeprefix("-") not in allowed:
            hint = nearest(name.removeprefix("-"), allowed) or f" Valid: {', '.join(allowed)}."
            raise exceptions.ValidationError({"ordering": [f"Cannot order by '{name}'.{hint}"]})
    chosen = [(allowed[name.removeprefix("-")], name.startswith("-")) for name in names]
    return [
        (column, descending)
        for columns, descending in chosen
        for column in ([columns] if isinstance(columns, str) else columns)
    ]


def total_order(asked: Iterable[str], queryset: QuerySet, allowed: Orders) -> list[OrderBy | str]:
    """Terms for `order_by`: the columns asked for, then the model's own order, ending in a unique column."""
    chosen = [
        missing_last(queryset.model, column, descending)
        for column, descending in asked_columns(asked, allowed)
    ]
    return [*chosen, *(queryset.model._meta.ordering or []), "pk"]


def missing_last(model: type[Model], column: str, descending: bool) -> OrderBy | str:
    """A term for `order_by` that puts NULLs and blank texts last. Plain where nothing can be missing."""
    fields = get_field_parts(model, column)
    may_be_blank = isinstance(fields[-1], CharField | TextField) and fields[-1].blank
    if not (may_be_blank or any(field.null for field in fields)):
        return f"-{column}" if descending else column
    value = NullIf(column, Value("")) if may_be_blank else F(column)
    return value.desc(nulls_last=True) if descending else value.asc(nulls_last=True)
