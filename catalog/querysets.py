"""Reads of the catalogue, named as the field speaks."""

from django.db import models

from core.querysets import EntityQuerySet


class TissueSourceQuerySet(EntityQuerySet):
    def listed_in_table_1(self):
        """The sources whose markers and differentiation Table 1 of the first document gives."""
        reports = self.model._meta.get_field("marker_expressions").related_model.objects
        return self.filter(pk__in=reports.filter(section__slug="table-1").values("source"))


class SurfaceMarkerManager(models.Manager.from_queryset(EntityQuerySet)):
    """Molecules that a document names as a characteristic of MSCs."""

    def get_queryset(self):
        return super().get_queryset().filter(is_msc_marker=True)
