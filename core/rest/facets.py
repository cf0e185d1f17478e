"""Facets: the values of a filter that occur in a list, each with the number of rows behind its link.

The number on a value is the number of rows that the list has with this filter set to this value alone and
the other filters as they are. So it is the same whether or not a value of the filter is chosen already, and
following the link always shows as many rows as the link promised. Values without rows are left out.

Counting takes three queries at most, however many facets and values are asked for: one in which the
database counts, one for (value, row) pairs where a row can come to a value by several ways and must count
once, and one for the names of the values.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from django.db.models import CharField, Count, Model, QuerySet, Value
from django.db.models.functions import Cast
from rest_framework.exceptions import ValidationError

from core.querysets import published_along, union
from core.rest.fields import Terms, names_in
from core.rest.filters import FlagFilter, ResourceFilterSet, StrictFilter, TermsFilter, nearest, spans_many

UNITED_AT_ONCE = 200  # SQLite unites 500 selects at most


class FacetValue(NamedTuple):
    """One value that occurs: as the filter takes it, as people read it, and the rows behind its link."""

    value: str
    label: str
    count: int  # type: ignore[assignment]  # hides a method that nobody needs


def countable(filterset: ResourceFilterSet) -> dict[str, StrictFilter]:
    """{name: filter} of the filters whose values can be counted: not words, numbers and years."""
    return {name: f for name, f in filterset.filters.items() if is_countable(f)}


def is_countable(f: object) -> bool:
    return isinstance(f, StrictFilter)


def asked_facets(filterset: ResourceFilterSet, parameters: Iterable[str]) -> list[str]:
    """The facets that `facets=a,b` asks for. ValidationError naming one that there is not."""
    known = countable(filterset)
    names = names_in(parameters)
    for name in names:
        if name not in known:
            hint = nearest(name, known) or (f" Valid: {', '.join(known)}." if known else "")
            raise ValidationError({"facets": [f"There is no facet '{name}' here.{hint}"]})
    return list(dict.fromkeys(names))


def facets(filterset: ResourceFilterSet, names: Iterable[str]) -> dict[str, list[FacetValue]]:
    """{name: values that occur, most rows first} for a filter set whose query is valid."""
    filters = {name: filterset.filters[name] for name in names}
    counted: list[QuerySet] = []
    paired: list[QuerySet] = []
    for name, f in filters.items():
        if not counts_by_column(f):
            counted.extend(counts_of_each_value(filterset, name, f))
            continue
        with answering(filterset, name, None):
            for part, queryset in enumerate(filterset.querysets()):
                if own := filterset.filters_of(queryset.model).get(name):
                    several = needs_pairs(own, queryset.model)
                    (paired if several else counted).extend(selects(name, own, queryset, part, several))
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for name, value, n in united(counted):
        for reached in reached_by(filters[name], value):
            counts[name][reached] += n
    rows = {
        (name, reached, part, row)
        for name, value, part, row in united(paired)
        for reached in reached_by(filters[name], value)
    }
    for name, reached, _, _ in rows:
        counts[name][reached] += 1
    return {name: in_order(f, counts[name]) for name, f in filters.items()}


@contextmanager
def answering(filterset: ResourceFilterSet, name: str, value: Terms | bool | None) -> Iterator[None]:
    """The filter set as if `name` had been asked for `value`, without reading the other filters anew."""
    form = filterset.form
    given = form.cleaned_data
    form.cleaned_data = given | {name: value}
    try:
        yield
    finally:
        form.cleaned_data = given


def counts_by_column(f: StrictFilter) -> bool:
    """Do rows tell the values of this filter in columns, or only the filter itself?"""
    return isinstance(f, TermsFilter) and not f.method and not f.where


def needs_pairs(f: TermsFilter, model: type[Model]) -> bool:
    """Can a row come to one value by several ways, so that counts must not be added up?"""
    return len(f.paths) > 1 or (f.narrower and spans_many(model, f.columns[0]))


def reached_by(f: StrictFilter, value: str) -> Collection[str]:
    """The values whose filter finds a row that holds `value`: itself, and in a tree what is broader."""
    return f.names.line(value) if f.narrower else [value]


def selects(name: str, f: TermsFilter, queryset: QuerySet, part: int, several: bool) -> Iterator[QuerySet]:
    """Selects of (facet, value, rows), or of (facet, value, part, row) where a row may come up again."""
    for column in f.columns:
        # Joins of the list's own filters must not narrow the values that a row has.
        many = spans_many(queryset.model, column)
        rows = (
            queryset.model._base_manager.filter(pk__in=queryset.order_by().values("pk")) if many else queryset
        )
        rows = rows.filter(published_along(queryset.model, column) & f.also)
        rows = named(rows, name, Cast(column, CharField()))
        if several:
            yield rows.values_list("facet", "facet_value", Value(part), "pk")
        else:
            yield with_number(rows, distinct=many)


def counts_of_each_value(filterset: ResourceFilterSet, name: str, f: StrictFilter) -> Iterator[QuerySet]:
    """A select of (facet, value, rows) for each value, of the rows that the filter itself finds."""
    for value, _ in f.options():
        with answering(filterset, name, value == "true" if isinstance(f, FlagFilter) else Terms([value], [])):
            for queryset in filterset.querysets():
                yield with_number(named(queryset, name, Value(value, CharField())))


def named(rows: QuerySet, name: str, value: Any) -> QuerySet:
    return rows.order_by().values(facet=Value(name, CharField()), facet_value=value)


def with_number(rows: QuerySet, distinct: bool = False) -> QuerySet:
    numbered = rows.annotate(facet_rows=Count("pk", distinct=distinct))
    return numbered.values_list("facet", "facet_value", "facet_rows")


def united(selected: list[QuerySet]) -> Iterator[tuple]:
    """The rows of many selects in one query, without those that have no value."""
    for start in range(0, len(selected), UNITED_AT_ONCE):
        yield from (row for row in union(selected[start : start + UNITED_AT_ONCE]) if row[1])


def in_order(f: StrictFilter, counts: Counter[str]) -> list[FacetValue]:
    found = [FacetValue(value, f.label_of(value), n) for value, n in counts.items() if n]
    return sorted(found, key=lambda v: (-v.count, v.label.casefold(), v.value))
