"""Reads of the trials, named as the field speaks."""

from django.db import models
from django.db.models import Q

from core.querysets import StatementQuerySet

DOSE_COLUMNS = {
    "cells": ("dose_cells_min", "dose_cells_max"),
    "cells/kg": ("dose_cells_per_kg_min", "dose_cells_per_kg_max"),
}


class TrialQuerySet(StatementQuerySet):
    def curated(self):
        """Trials encoded from a document, without those that only a registry import brought."""
        return self.filter(curated=True)

    def dosed(self, units, at_least=None, at_most=None):
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

    def in_conflict(self):
        """Trials whose outcome another trial of the same condition contradicts."""
        pairs = self.model._meta.get_field("conflicts").related_model.objects
        return self.filter(Q(pk__in=pairs.values("trial")) | Q(pk__in=pairs.values("other")))

    def with_links(self):
        return self.with_provenance().with_named("source")


class TrialConflictQuerySet(models.QuerySet):
    def with_sides(self):
        """With both trials and what they rest on, in a fixed number of queries."""
        return self.select_related("trial__section", "other__section").prefetch_related(
            "trial__references", "other__references"
        )

    def of(self, trial):
        return self.filter(Q(trial=trial) | Q(other=trial))

    def get_by_natural_key(self, trial, other):
        return self.model._base_manager.using(self.db).get(trial__accession=trial, other__accession=other)
