"""Reads of the catalogue, named as the field speaks."""

from typing import Self

from django.db.models import Manager, QuerySet

from core.querysets import NamedQuerySet, Row, linked_model


class TissueSourceQuerySet(NamedQuerySet[Row]):
    def listed_in_table_1(self) -> Self:
        """The sources whose markers and differentiation Table 1 of the first document gives."""
        reports = linked_model(self.model._meta.get_field("marker_expressions"))._default_manager
        return self.filter(pk__in=reports.filter(section__slug="table-1").values("source"))


class SurfaceMarkerManager(Manager[Row]):
    """Molecules that a document names as a characteristic of MSCs."""

    def get_queryset(self) -> QuerySet[Row]:
        return super().get_queryset().filter(is_msc_marker=True)
