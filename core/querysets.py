"""Reads in the language of the field, shared by every app."""

from django.db import models

from core.text import fold


class FoldedQuerySet(models.QuerySet):
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


class TreeQuerySet(EntityQuerySet):
    def with_narrower(self, slugs):
        """Ids of the entities with these slugs and of everything narrower than they."""
        children, wanted = {}, set()
        for pk, slug, broader in self.model._default_manager.values_list("pk", "slug", "broader"):
            children.setdefault(broader, []).append(pk)
            if slug in slugs:
                wanted.add(pk)
        open_ends = list(wanted)
        while open_ends:
            narrower = [pk for pk in children.get(open_ends.pop(), []) if pk not in wanted]
            wanted.update(narrower)
            open_ends.extend(narrower)
        return wanted


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
        return self.select_related("section").prefetch_related("references")
