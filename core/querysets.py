"""Reads in the language of the field, shared by every app."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple, Self, TypeVar

from django.db import models
from django.db.models import CharField, ForeignObjectRel, IntegerField, Q, Value
from django.db.models.functions import Cast

if TYPE_CHECKING:  # the models import this module
    from django.contrib.contenttypes.fields import GenericForeignKey

    from core.models.entities import TreeEntity
    from core.models.natural_keys import NaturalKeyModel

Row = TypeVar("Row", bound="NaturalKeyModel", covariant=True)
Tree = TypeVar("Tree", bound="TreeEntity", covariant=True)

# What lists do not show of a linked row, and what is costly to read.
UNSHOWN = {"synonyms", "xrefs", "curator_note", "summary"}


def linked_model(relation: "models.Field | ForeignObjectRel | GenericForeignKey") -> type[models.Model]:
    """The model that a relation leads to."""
    assert isinstance(relation.related_model, type)
    return relation.related_model


def union(querysets: Iterable[models.QuerySet]) -> models.QuerySet:
    """The rows of all these query sets, in one query."""
    first, *rest = querysets
    return first.union(*rest, all=True) if rest else first.all()


class NaturalKeyQuerySet(models.QuerySet[Row]):
    def get_by_natural_key(self, *key: str | int) -> Row:
        """Drafts included: loaddata must find the row that it replaces."""
        lookups = dict(zip(self.model.natural_key_lookups(), key, strict=True))
        return self.model._base_manager.using(self.db).get(**lookups)


class NamedQuerySet(NaturalKeyQuerySet[Row]):
    def with_named(self, *names: str) -> Self:
        """With the rows of these foreign keys, of which only what lists show is read."""
        unshown = [
            f"{name}__{f.name}" for name in names
            for f in linked_model(self.model._meta.get_field(name))._meta.fields if f.name in UNSHOWN
        ]  # fmt: skip
        return self.select_related(*names).defer(*unshown)


Broader = Mapping[int, int | None]  # {id: id of the broader one}
Lines = dict[int, list[int]]  # {id: ids from it up to the top of its tree}


def lines_of(broader: Broader) -> Lines:
    def line(place: int | None) -> Iterator[int]:
        while place is not None:
            yield place
            place = broader[place]

    return {pk: list(line(pk)) for pk in broader}


class Node(NamedTuple):
    """An entity of a tree as far as trees need it."""

    broader: int | None
    slug: str
    name: str


Nodes = dict[int, Node]  # {id: Node} of one tree


def trees(*models: type["TreeEntity"]) -> dict[type["TreeEntity"], Nodes]:
    """Several trees, each in its model's order, in one query."""
    selects = [
        model._base_manager.order_by().values_list(
            Value(model._meta.label, CharField()), "pk", place_in_order(model), "broader", "slug", "name"
        )
        for model in models
    ]
    found: dict[str, Nodes] = {model._meta.label: {} for model in models}
    for label, pk, _, *node in sorted(union(selects), key=lambda row: (row[2], row[4])):
        found[label][pk] = Node(*node)
    return {model: found[model._meta.label] for model in models}


def place_in_order(model: type["TreeEntity"]) -> Cast:
    """A number to order the entities of a tree by, before their slugs: some have a place of their own."""
    has_place = any(f.name == "order" for f in model._meta.fields)
    return Cast("order" if has_place else Value(0), IntegerField())


def ancestry_in(tree: Nodes) -> Lines:
    return lines_of({pk: node.broader for pk, node in tree.items()})


class TreeQuerySet(NamedQuerySet[Tree]):
    def ancestry(self) -> Lines:
        return lines_of(dict(self.model._base_manager.values_list("pk", "broader")))

    def with_narrower(self, slugs: Collection[str]) -> set[int]:
        """Ids of the entities with these slugs and of everything narrower than they."""
        wanted = set(self.model._base_manager.filter(slug__in=slugs).values_list("pk", flat=True))
        return {pk for pk, line in self.ancestry().items() if not wanted.isdisjoint(line)}


class StatementQuerySet(NamedQuerySet[Row]):
    def with_provenance(self) -> Self:
        return self.select_related("section__document")


class RetiredQuerySet(StatementQuerySet[Row]):
    def named(self, accession: str) -> Row | None:
        """The retired accession, in any letter case; None if it never was, or still is."""
        return self.filter(accession__iexact=accession.strip()).first()


class DisputedQuerySet(StatementQuerySet[Row]):
    """Statements of a kind that has conflicts."""

    def in_conflict(self) -> Self:
        """Those that some other of their kind pulls apart from."""
        side = self.model._meta.get_field("conflicts").remote_field
        assert side
        pairs = side.model._default_manager
        return self.filter(Q(pk__in=pairs.values(side.name)) | Q(pk__in=pairs.values("other")))


class ConflictQuerySet(NaturalKeyQuerySet[Row]):
    def of(self, statement: models.Model) -> Self:
        """The pairs that a statement is one of."""
        first, second = self.model.natural_key_fields
        return self.filter(Q(**{first: statement}) | Q(**{second: statement}))


class PublishedManager(models.Manager[Row]):
    """Published rows only. As default manager it also rules relations, subqueries, counts and indexes.

    `publication_paths` of the model lead to the statements that decide, where that is not the row itself: a pair of
    conflicting claims is published when both claims are.
    """

    def get_queryset(self) -> models.QuerySet[Row]:
        return super().get_queryset().filter(**published(self.model))


def published(model: type[models.Model]) -> dict[str, str]:
    """The condition under which a row of the model is published, as filter arguments."""
    return {f"{path}curation_status": "published" for path in getattr(model, "publication_paths", ("",))}


def published_along(model: type[models.Model], path: str) -> Q:
    """That every statement which a lookup path crosses is published.

    A join asks no manager, so a filter on `claims__mechanism` of a pathway must say by itself that drafts do not
    count. Use it in the same `filter()` call as the lookup, so that both speak of the same joined row.
    """
    condition, crossed = Q(), ""
    for name in path.split("__"):
        field = next((f for f in model._meta.get_fields() if f.name == name), None)
        if field is None or not field.is_relation:
            break
        model, crossed = linked_model(field), f"{crossed}{name}__"
        if isinstance(model._default_manager, PublishedManager):
            condition &= Q(**{crossed + key: value for key, value in published(model).items()})
    return condition
