"""Reads of the trials, named as the field speaks."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Self

from django.db.models import Q

from core.querysets import DisputedQuerySet, NamedQuerySet, Row, linked_model

DOSE_COLUMNS = {
    "cells": ("dose_cells_min", "dose_cells_max"),
    "cells/kg": ("dose_cells_per_kg_min", "dose_cells_per_kg_max"),
}


class TrialQuerySet(DisputedQuerySet[Row]):
    def dosed(
        self, units: Iterable[str], at_least: Decimal | None = None, at_most: Decimal | None = None
    ) -> Self:
        """Trials with a dose, in one of `units` ("cells", "cells/kg"), that overlaps the range."""
        found = Q(pk__in=[])
        for unit in units:
            low, high = DOSE_COLUMNS[unit]
            dose = Q(**{f"{low}__isnull": False})
            if at_least is not None:
                dose &= Q(**{f"{high}__gte": at_least})
            if at_most is not None:
                dose &= Q(**{f"{low}__lte": at_most})
            found |= dose
        return self.filter(found)

    def with_links(self) -> Self:
        return self.with_provenance().with_named("source").select_related("record")


class TrialRecordQuerySet(NamedQuerySet[Row]):
    def not_curated(self) -> Self:
        """Records that no published trial stands for: a draft does not count."""
        trials = linked_model(self.model._meta.get_field("trials"))._default_manager
        return self.exclude(pk__in=trials.filter(record__isnull=False).order_by().values("record"))

    # Search finds a curated trial by what its record says: the record is not found beside it.
    with_document = not_curated
