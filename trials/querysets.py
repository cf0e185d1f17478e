"""Reads of the trials, named as the field speaks."""

from typing import Self

from django.db.models import Exists, F, OuterRef, Q, Subquery

from core.querysets import FoldedQuerySet, NaturalKeyQuerySet, StatementQuerySet
from core.text import fold

DOSE_COLUMNS = {
    "cells": ("dose_cells_min", "dose_cells_max"),
    "cells/kg": ("dose_cells_per_kg_min", "dose_cells_per_kg_max"),
}


class TrialQuerySet(StatementQuerySet):
    def matching(self, words: str) -> Self:
        """Trials that hold every word, in what the document says or in the registry's record."""
        found = self
        for word in fold(words).split():
            found = found.filter(Q(folded__contains=word) | Q(record__folded__contains=word))
        return found

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

    def link_to_records(self) -> int:
        """Set `record` to the record of the registry id, in one statement. Returns the number of trials changed."""
        records = self.model._meta.get_field("record").related_model.objects
        its_record = Subquery(records.filter(registry_id=OuterRef("registry_id")).values("pk")[:1])
        stale = self.annotate(its_record=its_record).filter(
            ~Q(record=F("its_record"))
            | Q(record=None, its_record__isnull=False)
            | Q(record__isnull=False, its_record=None)
        )
        return stale.update(record=its_record)

    def in_conflict(self):
        """Trials whose outcome another trial of the same condition contradicts."""
        pairs = self.model._meta.get_field("conflicts").related_model.objects
        return self.filter(Q(pk__in=pairs.values("trial")) | Q(pk__in=pairs.values("other")))

    def with_links(self):
        return self.with_provenance().with_named("source").select_related("record")


class TrialRecordQuerySet(FoldedQuerySet):
    lookup_field = "registry_id"

    def without_trial(self) -> Self:
        """Records that no published trial of a document is linked to."""
        trials = self.model._meta.get_field("trials").related_model.objects
        return self.filter(~Exists(trials.filter(record=OuterRef("pk"))))


class TrialConflictQuerySet(NaturalKeyQuerySet):
    def of(self, trial):
        return self.filter(Q(trial=trial) | Q(other=trial))
