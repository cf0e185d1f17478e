"""Facets: the values of a filter that occur in a list, each with the number of rows behind its link.

The number on a value is the number of rows that the list has with this filter set to this value alone and
the other filters as they are. So it is the same whether or not a value of the filter is chosen already, and
following the link always shows as many rows as the link promised. Values without rows are left out.

Of what is reported, a facet may be asked for in another state: `absent:marker` counts for each marker the
rows that are reported to lack it; `unreported:marker`, for each that is reported of some, those of which it is not.

Counting takes two queries at most, however many facets and values are asked for: one in which the database counts,
or gives (value, row) pairs where a row can come to a value by several ways and must count once, and one for the
names of the values.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple

from django.db.models import CharField, Count, IntegerField, Model, QuerySet, Value
from django.db.models.functions import Cast
from rest_framework.exceptions import ValidationError

from core.querysets import published_along, union
from core.rest.fields import names_in
from core.rest.filters import FlagFilter, ResourceFilterSet, StrictFilter, TermsFilter, nearest, spans_many
from core.rest.terms import ABSENT, UNREPORTED, Terms, read_term, stated

UNITED_AT_ONCE = 200  # SQLite unites 500 selects at most
COUNTED = -1  # in place of the part of a list: the select counts rows, and does not give them one by one
EVERY_ROW = "*"  # in place of a value: all rows, of which those with a report are not unreported


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


def facets_of(filterset: ResourceFilterSet) -> dict[str, StrictFilter]:
    """{name: filter} of all facets, those in other states beside that of reported present."""
    known: dict[str, StrictFilter] = {}
    for name, f in countable(filterset).items():
        states = f.states if isinstance(f, TermsFilter) else ()
        known |= {stated(state, name): f for state in ("", *states)}
    return known


def asked_facets(filterset: ResourceFilterSet, parameters: Iterable[str]) -> list[str]:
    """The facets that `facets=a,b` asks for. ValidationError naming one that there is not."""
    known = facets_of(filterset)
    names = names_in(parameters)
    for name in names:
        if name not in known:
            plain = countable(filterset)
            hint = nearest(name, known) or (f" Valid: {', '.join(plain)}." if plain else "")
            raise ValidationError({"facets": [f"There is no facet '{name}' here.{hint}"]})
    return list(dict.fromkeys(names))


def facets(filterset: ResourceFilterSet, names: Iterable[str]) -> dict[str, list[FacetValue]]:
    """{name: values that occur, most rows first} for a filter set whose query is valid."""
    known = facets_of(filterset)
    filters = {name: known[name] for name in names}
    selected = [select for name in filters for select in selects_for(filterset, name, filters)]
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    rows = set()
    for name, value, part, number in united(selected):
        for reached in reached_by(filters[name], value):
            if part == COUNTED:
                counts[name][reached] += number
            else:
                rows.add((name, reached, part, number))
    for name, reached, _, _ in rows:
        counts[name][reached] += 1
    for name, f in filters.items():
        if every := counts[name].pop(EVERY_ROW, 0):
            told = counts[told_by(name, filters)]
            reported = told if is_by_column(f) else {v: every - n for v, n in told.items()}
            counts[name] = Counter({value: every - n for value, n in reported.items() if n})
    return {name: in_order(name, f, counts[name]) for name, f in filters.items()}


def told_by(facet: str, filters: Mapping[str, StrictFilter]) -> str:
    """The facet whose numbers serve this one, too: what cannot be absent is present or not reported."""
    state, name = read_term(facet)[2:]
    f = filters[facet]
    serves = state == UNREPORTED and name in filters and isinstance(f, TermsFilter) and ABSENT not in f.states
    return name if serves else facet


def selects_for(
    filterset: ResourceFilterSet, facet: str, filters: Mapping[str, StrictFilter]
) -> Iterator[QuerySet]:
    """Selects of (facet, value, part, row), or of (facet, value, COUNTED, number of rows)."""
    state, name = read_term(facet)[2:]
    f = filters[facet]
    if not is_by_column(f):
        yield from counts_of_each_value(filterset, facet, f)
    with answering(filterset, name, None):
        for part, queryset in enumerate(filterset.querysets()):
            own = filterset.filters_of(queryset.model).get(name)
            if own and is_by_column(f) and told_by(facet, filters) == facet:
                yield from selects(facet, own, queryset, part)
            if state == UNREPORTED:
                yield with_number(queryset, facet, Value(EVERY_ROW, CharField()))


def is_by_column(f: StrictFilter) -> bool:
    return isinstance(f, TermsFilter) and f.by_column


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


def needs_pairs(f: TermsFilter, model: type[Model]) -> bool:
    """Can a row come to one value by several ways, so that counts must not be added up?"""
    return len(f.paths) > 1 or (f.narrower and spans_many(model, f.columns[0]))


def reached_by(f: StrictFilter, value: str) -> Collection[str]:
    """The values whose filter finds a row that holds `value`: itself, and in a tree what is broader."""
    return f.names.line(value) if f.narrower else [value]


def selects(facet: str, f: TermsFilter, queryset: QuerySet, part: int) -> Iterator[QuerySet]:
    several = needs_pairs(f, queryset.model)
    for column in f.columns:
        # Joins of the list's own filters must not narrow the values that a row has.
        many = spans_many(queryset.model, column)
        rows = (
            queryset.model._base_manager.filter(pk__in=queryset.order_by().values("pk")) if many else queryset
        )
        rows = rows.filter(published_along(queryset.model, column) & f.in_state(read_term(facet).state))
        value = Cast(column, CharField())
        if several:
            yield named(rows, facet, value, part).values_list(*COLUMNS, "pk")
        else:
            yield with_number(rows, facet, value, distinct=many)


def counts_of_each_value(filterset: ResourceFilterSet, facet: str, f: StrictFilter) -> Iterator[QuerySet]:
    """A select for each value, of the rows that the filter itself finds."""
    state, name = read_term(facet)[2:]
    for value, _ in f.options():
        asked = value == "true" if isinstance(f, FlagFilter) else Terms([stated(state, value)], [])
        with answering(filterset, name, asked):
            for queryset in filterset.querysets():
                yield with_number(queryset, facet, Value(value, CharField()))


COLUMNS = ("facet", "facet_value", "facet_part")


def named(rows: QuerySet, facet: str, value: Any, part: int) -> QuerySet:
    columns = (Value(facet, CharField()), value, Value(part, IntegerField()))
    return rows.order_by().values(**dict(zip(COLUMNS, columns, strict=True)))


def with_number(rows: QuerySet, facet: str, value: Any, distinct: bool = False) -> QuerySet:
    numbered = named(rows, facet, value, COUNTED).annotate(facet_rows=Count("pk", distinct=distinct))
    return numbered.values_list(*COLUMNS, "facet_rows")


def united(selected: list[QuerySet]) -> Iterator[tuple]:
    """The rows of many selects in one query, without those that have no value."""
    for start in range(0, len(selected), UNITED_AT_ONCE):
        yield from (row for row in union(selected[start : start + UNITED_AT_ONCE]) if row[1])


def in_order(facet: str, f: StrictFilter, counts: Counter[str]) -> list[FacetValue]:
    state = read_term(facet).state
    found = [FacetValue(stated(state, value), f.label_of(value), n) for value, n in counts.items() if n]
    return sorted(found, key=lambda v: (-v.count, v.label.casefold(), v.value))
