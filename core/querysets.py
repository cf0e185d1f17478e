"""Reads in the language of the field, shared by every app."""

from django.db import models
from django.db.models import CharField, Value

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


def ancestries(models):
    """{model: its `ancestry()`} of several trees, in one query."""
    first, *rest = [
        model._base_manager.order_by().values_list(Value(model._meta.label, CharField()), "pk", "broader")
        for model in models
    ]
    broader = {model._meta.label: {} for model in models}
    for label, pk, above in first.union(*rest, all=True):
        broader[label][pk] = above
    return {model: lines_of(broader[model._meta.label]) for model in models}


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
