"""What trials can be filtered by, on their pages and in the API."""

from functools import cached_property
from typing import Any

from django.db.models import Model, QuerySet

from catalog.models import Condition, TissueSource
from core.models import Conflict
from core.rest.filters import (
    ChoiceFilter,
    EntityFilter,
    FlagFilter,
    QuantityFilter,
    ResourceFilterSet,
    StatementFilterSet,
    TypedFilter,
    YearFilter,
    nearest,
)
from core.rest.terms import ALL, NO_TERMS
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
    TrialRecord,
    TrialStatistic,
)
from trials.querysets import TrialQuerySet


def nearest_registry_id(value: str) -> str:
    """ " Did you mean 'NCT…'?" among the ids that begin alike: there may be too many to compare with all."""
    stem = value.upper()[:8]
    known = (model.objects.filter(registry_id__startswith=stem) for model in (Trial, TrialRecord))
    return nearest(value, [pk for rows in known for pk in rows.values_list("registry_id", flat=True)[:1000]])


class RegistryIdFilter(TypedFilter):
    """A registry id that a trial or a record has."""

    unknown = "There is no registry id '{value}'."

    def holding(self) -> list[QuerySet]:
        return [Trial.objects.all(), TrialRecord.objects.all()]

    def hint(self, value: str) -> str:
        return nearest_registry_id(value)


class TrialRecordFilter(ResourceFilterSet):
    """What a registry's record answers of the filters of trials."""

    registry_id = RegistryIdFilter(label="Registry id")
    phase = ChoiceFilter(choices=Phase, label="Phase")
    status = ChoiceFilter(choices=RecruitmentStatus, label="Registry status")
    year_min = YearFilter("start_date", lookup_expr="year__gte", label="Started in or after")
    year_max = YearFilter("start_date", lookup_expr="year__lte", label="Started in or before")


class TrialFilter(StatementFilterSet):
    """Trials of documents, and the registry records that none of them stands for.

    A filter that a record does not answer (`TrialRecordFilter` has those that it does) leaves all records out, also
    where it excludes: nobody knows whether the outcome of a record is not `improved`.

    The dose filters speak of one dose: in the unit given, overlapping the range given. A limit needs a unit.
    """

    condition = EntityFilter("conditions", entity=Condition, narrower=True, label="Condition")
    disease = EntityFilter("conditions", entity=Condition, narrower=True, label="Condition (alias)")
    source = EntityFilter(entity=TissueSource, label="Tissue source")
    donor = ChoiceFilter(choices=Donor, label="Donor")
    route = EntityFilter("routes", entity=AdministrationRoute, narrower=True, label="Route")
    outcome = ChoiceFilter(choices=Trial.Outcome, label="Outcome")
    outcome_measure = EntityFilter("outcome_measures", entity=OutcomeMeasure, label="Outcome measure")
    adverse_event = EntityFilter("adverse_events", entity=AdverseEvent, label="Adverse event")
    registry_id = RegistryIdFilter(label="Registry id")
    dose_unit = ChoiceFilter(choices=DoseUnit, label="Dose unit", method="dosed", several=True)
    dose_min = QuantityFilter(label="Dose at least", method="dosed", unit="dose_unit")
    dose_max = QuantityFilter(label="Dose at most", method="dosed", unit="dose_unit")
    phase = ChoiceFilter("record__phase", choices=Phase, label="Phase")
    status = ChoiceFilter("record__status", choices=RecruitmentStatus, label="Registry status")
    year_min = YearFilter("record__start_date", lookup_expr="year__gte", label="Started in or after")
    year_max = YearFilter("record__start_date", lookup_expr="year__lte", label="Started in or before")
    conflicting = FlagFilter(where="in_conflict", label="In conflict")
    curated = FlagFilter(method="encoded", label="Encoded from a document")

    @cached_property
    def of_records(self) -> TrialRecordFilter:
        return TrialRecordFilter(self.data, queryset=TrialRecord.objects.not_curated())

    def filters_of(self, model: type[Model]) -> dict[str, Any]:
        return self.of_records.filters if model is TrialRecord else self.filters

    def records(self) -> QuerySet[TrialRecord]:
        """The records that pass, none where a filter is set that they do not answer."""
        values = self.form.cleaned_data
        given = {name for name, value in values.items() if value not in (None, "")}
        if values["curated"] or given - self.of_records.filters.keys() - {"curated"}:
            return TrialRecord.objects.none()
        self.of_records.form.cleaned_data = {name: values[name] for name in self.of_records.filters}
        return self.of_records.filter_queryset(self.of_records.queryset.all())

    def querysets(self) -> list[QuerySet]:
        return [*super().querysets(), self.records()]

    def dosed(self, queryset: TrialQuerySet, name: str, value: Any) -> TrialQuerySet:
        """The three dose filters are one condition on one dose; the first to come applies it."""
        data = self.form.cleaned_data
        given = [name for name in ("dose_unit", "dose_min", "dose_max") if data.get(name) is not None]
        if not given or name != given[0]:
            return queryset
        wanted, excluded, join = data.get("dose_unit") or NO_TERMS
        for units in [[unit] for unit in wanted] if join == ALL else [wanted or DoseUnit.values]:
            left = [unit for unit in units if unit not in excluded]
            queryset = queryset.dosed(left, data.get("dose_min"), data.get("dose_max"))
        return queryset

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
