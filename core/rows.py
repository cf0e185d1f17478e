"""How rows are read with what they link to, for pages and API alike.

Foreign keys come with the rows by `select_related`. `prefetch_related` would cost a query for each
many-to-many link, and a claim has eight; a list shows no more of a linked row than what names it. So the
links of all rows of a page are read in one query, and full linked rows only where somebody asks for them.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property
from itertools import chain, groupby, islice
from operator import attrgetter
from typing import TypeVar

from django.db.models import CharField, Count, F, ManyToManyField, Model, QuerySet, Value
from django.db.models.functions import Cast
from django.db.models.sql import Query

from core.querysets import linked_model, published_along, union

Row = TypeVar("Row", bound=Model)

CHUNK = 500  # rows of an export that are held at once


def read_rows(*querysets: Iterable[Row]) -> list[list[Row]]:
    """The rows of each of these query sets (or lists), with their links attached."""
    batches = [list(queryset) for queryset in querysets]
    attach_links(*batches)
    return batches


def read_in_chunks(queryset: "QuerySet[Row] | ChainedRows[Row]") -> Iterator[list[Row]]:
    """The rows of a query set of any length, with their links attached, some hundred at a time."""
    rows = queryset.iterator(chunk_size=CHUNK)
    while chunk := list(islice(rows, CHUNK)):
        attach_links(chunk)
        yield chunk


class ChainedRows(Sequence[Row]):
    """The rows of several query sets one after the other, counted and sliced like those of one.

    A slice asks only the query sets that it reaches into, so that a page costs the same wherever it stands.
    """

    def __init__(self, *querysets: QuerySet[Row]) -> None:
        self.querysets = querysets

    @cached_property
    def counts(self) -> list[int]:
        """The number of rows of each query set, in one query."""
        parts = [
            queryset.order_by().values(part=Value(part)).annotate(n=Count("pk")).values_list("part", "n")
            for part, queryset in enumerate(self.querysets)
        ]
        found = dict(union(parts))
        return [found.get(part, 0) for part in range(len(self.querysets))]

    def __len__(self) -> int:
        return sum(self.counts)

    def __getitem__(self, place: slice) -> list[Row]:  # type: ignore[override]  # one row is never asked for
        start, stop = place.start or 0, len(self) if place.stop is None else place.stop
        found: list[Row] = []
        for queryset, count in zip(self.querysets, self.counts, strict=True):
            if max(start, 0) < min(stop, count):
                # An index tells which rows stand far down a list; the rows themselves need not be read on the way.
                standing = queryset.values("pk")[max(start, 0) : min(stop, count)]
                found += queryset.filter(pk__in=standing)
            start, stop = start - count, stop - count
        return found

    def iterator(self, chunk_size: int) -> Iterator[Row]:
        return chain.from_iterable(queryset.iterator(chunk_size=chunk_size) for queryset in self.querysets)


@cache
def links_of(model: type[Model]) -> tuple[ManyToManyField, ...]:
    """The many-to-many fields of a model whose table holds nothing but the links."""
    return tuple(f for f in model._meta.many_to_many if linking_model(f)._meta.auto_created)


def linking_model(link: ManyToManyField) -> type[Model]:
    assert link.remote_field.through
    return link.remote_field.through


def attach_links(*batches: Sequence[Model]) -> None:
    """Fill `row.<link>.all()` for every link of these rows, in one query.

    Of linked rows only the id and what names them is read. Links that were prefetched stay as they are, and
    so do rows without a model, such as those of `StatementRows`.
    """
    selects: list[QuerySet] = []
    waiting: list[tuple[ManyToManyField, list[Model]]] = []
    for rows in (list(of_one_model) for batch in batches for _, of_one_model in groupby(batch, type)):
        for link in links_of(type(rows[0])) if isinstance(rows[0], Model) else ():
            if missing := [row for row in rows if link.name not in prefetched(row)]:
                ids = {f"{link.m2m_field_name()}__in": [row.pk for row in missing]}
                selects.append(linked_rows(link, len(waiting)).filter(**ids))
                waiting.append((link, missing))
    if not selects:
        return
    found: dict[tuple[int, int], list[Model]] = defaultdict(list)
    instances: dict[tuple[type[Model], int], Model] = {}
    for place, row, pk, *texts in union(selects):
        model = linked_model(waiting[place][0])
        if (model, pk) not in instances:
            instances[model, pk] = named_instance(model, pk, texts)
        found[place, row].append(instances[model, pk])
    for place, (link, rows) in enumerate(waiting):
        target = linked_model(link)
        order = attrgetter("number" if "number" in naming(target) else "slug")
        query = sliced_query(target)
        for row in rows:
            ordered = sorted(found[place, row.pk], key=order)
            prefetched(row)[link.name] = answered(target, query, ordered)


def prefetched(row: Model) -> dict[str, QuerySet]:
    """Where Django keeps the links of a row that are read already."""
    return row.__dict__.setdefault("_prefetched_objects_cache", {})


def linked(row: Model, name: str) -> Iterable[Model]:
    """`row.<name>.all()` without the manager, which costs more than the links that it hands out."""
    attached = prefetched(row).get(name)
    return getattr(row, name).all() if attached is None else attached


def naming(model: type[Model]) -> tuple[str, ...]:
    """The columns that name a row in a list, in the order of the model's columns."""
    return ("identifier", "number", "authors", "year") if hasattr(model, "number") else ("slug", "name")


@cache
def linked_rows(link: ManyToManyField, place: int) -> QuerySet:
    """A select of (place, row id, linked id, four texts that name the linked row)."""
    through, target = linking_model(link), link.m2m_reverse_field_name()
    texts: list[Cast | Value] = [
        Cast(F(f"{target}__{column}"), CharField()) for column in naming(linked_model(link))
    ]
    texts += [Value("", CharField())] * (4 - len(texts))
    return (
        through._base_manager.filter(published_along(through, target))
        .order_by()
        .values_list(Value(place), f"{link.m2m_field_name()}_id", f"{target}_id", *texts)
    )


def named_instance(model: type[Model], pk: int, texts: Sequence[str]) -> Model:
    """The linked row, of which only what names it is known."""
    columns = [f for f in model._meta.fields if f.name in naming(model)]
    values = [column.to_python(text) for column, text in zip(columns, texts, strict=False)]
    return model.from_db(None, ["id", *(column.name for column in columns)], [pk, *values])


@cache
def sliced_query(model: type[Model]) -> Query:
    """A query that refuses to be narrowed: the rows of an answered query set are not all of the model's."""
    return model._default_manager.all()[:1].query


def answered(model: type[Model], query: Query, rows: list[Model]) -> QuerySet:
    """A query set that holds these rows already, as `prefetch_related` makes them."""
    queryset: QuerySet = QuerySet(model, query=query)
    queryset._result_cache, queryset._prefetch_done = rows, True  # type: ignore[attr-defined]  # private
    return queryset
