"""Reads in the language of the field, shared by every app."""

from typing import NamedTuple

from django.db import models
from django.db.models import CharField, IntegerField, Q, Value
from django.db.models.functions import Cast

from core.text import fold

# What lists do not show of a linked row, and what is costly to read.
UNSHOWN = {"synonyms", "xrefs", "curator_note", "folded", "summary"}


class NaturalKeyQuerySet(models.QuerySet):
    def get_by_natural_key(self, *key: str | int) -> models.Model:
        """Drafts included: loaddata must find the row that it replaces."""
        lookups = dict(zip(self.model.natural_key_lookups(), key, strict=True))
        return self.model._base_manager.using(self.db).get(**lookups)


class FoldedQuerySet(models.QuerySet):
    def with_named(self, *names):
        """With the rows of these foreign keys, of which only what lists show is read."""
        keys = [(name, self.model._meta.get_field(name).related_model) for name in names]
        unshown = [
            f"{name}__{f.name}" for name, model in keys for f in model._meta.fields if f.name in UNSHOWN
        ]
        return self.select_related(*names).defer(*unshown)

    def matching(self, words):
        """Rows whose folded text holds every word of `words`."""
        found = self
        for word in fold(words).split():
            found = found.filter(folded__contains=word)
        return found


class EntityQuerySet(NaturalKeyQuerySet, FoldedQuerySet):
    lookup_field = "slug"


def lines_of(broader):
    """{id: ids from it up to the top of its tree} from {id: id of the broader one}."""
    lines = {}
    for pk in broader:
        lines[pk], place = [], pk
        while place is not None:
            lines[pk].append(place)
            place = broader[place]
    return lines


class Node(NamedTuple):
    """An entity of a tree as far as trees need it."""

    broader: int | None
    slug: str
    name: str


def trees(*models):
    """{model: {id: Node}} of several trees, each in its model's order, in one query."""
    first, *rest = [
        model._base_manager.order_by().values_list(
            Value(model._meta.label, CharField()), "pk", place_in_order(model), "broader", "slug", "name"
        )
        for model in models
    ]
    found = {model._meta.label: {} for model in models}
    for label, pk, _, *node in sorted(first.union(*rest, all=True), key=lambda row: (row[2], row[4])):
        found[label][pk] = Node(*node)
    return {model: found[model._meta.label] for model in models}


def place_in_order(model):
    """A number to order the entities of a tree by, before their slugs: some have a place of their own."""
    has_place = any(f.name == "order" for f in model._meta.fields)
    return Cast("order" if has_place else Value(0), IntegerField())


def ancestry_in(tree):
    """{id: ids of the entity and of everything broader than it} from a tree's {id: Node}."""
    return lines_of({pk: node.broader for pk, node in tree.items()})


class TreeQuerySet(EntityQuerySet):
    def ancestry(self):
        """{id: ids of the entity and of everything broader than it}, in one query."""
        return lines_of(dict(self.model._base_manager.values_list("pk", "broader")))

    def with_narrower(self, slugs):
        """Ids of the entities with these slugs and of everything narrower than they."""
        wanted = set(self.model._base_manager.filter(slug__in=slugs).values_list("pk", flat=True))
        return {pk for pk, line in self.ancestry().items() if not wanted.isdisjoint(line)}


class DocumentQuerySet(NaturalKeyQuerySet):
    lookup_field = "slug"


class DocumentPartQuerySet(NaturalKeyQuerySet):
    """Sections and references."""

    lookup_field = "identifier"


class StatementQuerySet(NaturalKeyQuerySet, FoldedQuerySet):
    lookup_field = "accession"

    def with_provenance(self):
        return self.select_related("section__document")


class RetiredQuerySet(StatementQuerySet):
    def named(self, accession: str) -> models.Model | None:
        """The retired accession, in any letter case; None if it never was, or still is."""
        return self.filter(accession__iexact=accession.strip()).first()


class PublishedManager(models.Manager):
    """Published rows only. As default manager it also rules relations, subqueries, counts and indexes.

    `publication_paths` of the model lead to the statements that decide, where that is not the row itself: a pair of
    conflicting claims is published when both claims are.
    """

    def get_queryset(self) -> models.QuerySet:
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
        model, crossed = field.related_model, f"{crossed}{name}__"
        if isinstance(model._default_manager, PublishedManager):
            condition &= Q(**{crossed + key: value for key, value in published(model).items()})
    return condition
