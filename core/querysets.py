"""Reads in the language of the field, shared by every app."""

from typing import NamedTuple

from django.db import models
from django.db.models import CharField, IntegerField, Value
from django.db.models.functions import Cast

from core.linking import LinkedQuerySet
from core.text import fold


class FoldedQuerySet(LinkedQuerySet):
    def matching(self, words):
        """Rows whose folded text holds every word of `words`."""
        found = self
        for word in fold(words).split():
            found = found.filter(folded__contains=word)
        return found


class EntityQuerySet(FoldedQuerySet):
    lookup_field = "slug"

    def get_by_natural_key(self, slug):
        return self.get(slug=slug)


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


class ReferenceQuerySet(models.QuerySet):
    lookup_field = "number"

    def get_by_natural_key(self, document, number):
        return self.get(document__slug=document, number=number)


class StatementQuerySet(FoldedQuerySet):
    lookup_field = "accession"

    def get_by_natural_key(self, accession):
        return self.get(accession=accession)

    def published(self):
        return self.filter(curation_status=self.model.CurationStatus.PUBLISHED)

    def with_provenance(self):
        """With section and references, in two queries for any number of rows."""
        return self.select_related("section").with_linked("references")
