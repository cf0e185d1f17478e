"""What trials can be filtered by, on their pages and in the API."""

from typing import Any

from django.db.models import QuerySet

from catalog.models import Condition, TissueSource
from core.models import Conflict
from core.rest.filters import (
    ChoiceFilter,
    EntityFilter,
    FlagFilter,
    IdentifierFilter,
    QuantityFilter,
    ResourceFilterSet,
    StatementFilterSet,
    YearFilter,
)
from trials.models import (
    AdministrationRoute,
    AdverseEvent,
    Donor,
    DoseUnit,
    Indication,
    OutcomeMeasure,
    Phase,
    RecruitmentStatus,
    Trial,
    TrialStatistic,
)
from trials.querysets import TrialQuerySet


class TrialFilter(StatementFilterSet):
    """The dose filters speak of one dose: in the unit given, overlapping the range given."""

    condition = EntityFilter("conditions", entity=Condition, narrower=True, label="Condition")
    disease = EntityFilter("conditions", entity=Condition, narrower=True, label="Condition (alias)")
    source = EntityFilter(entity=TissueSource, label="Tissue source")
    donor = ChoiceFilter(choices=Donor, label="Donor")
    route = EntityFilter("routes", entity=AdministrationRoute, narrower=True, label="Route")
    outcome = ChoiceFilter(choices=Trial.Outcome, label="Outcome")
    outcome_measure = EntityFilter("outcome_measures", entity=OutcomeMeasure, label="Outcome measure")
    adverse_event = EntityFilter("adverse_events", entity=AdverseEvent, label="Adverse event")
    registry_id = IdentifierFilter(label="Registry id")
    dose_unit = ChoiceFilter(choices=DoseUnit, label="Dose unit", method="dosed")
    dose_min = QuantityFilter(label="Dose at least", method="dosed")
    dose_max = QuantityFilter(label="Dose at most", method="dosed")
    phase = ChoiceFilter("record__phase", choices=Phase, label="Phase")
    status = ChoiceFilter("record__status", choices=RecruitmentStatus, label="Registry status")
    year_min = YearFilter("record__start_date", lookup_expr="year__gte", label="Started in or after")
    year_max = YearFilter("record__start_date", lookup_expr="year__lte", label="Started in or before")
    conflicting = FlagFilter(where="in_conflict", label="In conflict")
    curated = FlagFilter(method="encoded", label="Encoded from a document")

    def dosed(self, queryset: TrialQuerySet, name: str, value: Any) -> TrialQuerySet:
        """The three dose filters are one condition on one dose; the first to come applies it."""
        data = self.form.cleaned_data
        given = [name for name in ("dose_unit", "dose_min", "dose_max") if data.get(name) is not None]
        if not given or name != given[0]:
            return queryset
        units = data.get("dose_unit")
        wanted = [u for u in DoseUnit.values if (not units or not units.wanted or u in units.wanted)
                  and (not units or u not in units.excluded)]  # fmt: skip
        return queryset.dosed(wanted, data.get("dose_min"), data.get("dose_max"))

    def encoded(self, queryset: QuerySet, name: str, wanted: bool) -> QuerySet:
        return queryset.none() if wanted is False else queryset


class TrialConflictFilter(ResourceFilterSet):
    q = None
    kind = ChoiceFilter(choices=Conflict.Kind, label="Kind")
    condition = EntityFilter("trial__conditions", entity=Condition, narrower=True, label="Condition")


class IndicationFilter(StatementFilterSet):
    condition = EntityFilter(entity=Condition, narrower=True, label="Condition")
    basis = ChoiceFilter(choices=Indication.Basis, label="Basis")


class TrialStatisticFilter(StatementFilterSet):
    unit = ChoiceFilter(choices=TrialStatistic.Unit, label="Unit")
    source = EntityFilter(entity=TissueSource, label="Tissue source")
    condition = EntityFilter(entity=Condition, narrower=True, label="Condition")
