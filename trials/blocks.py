"""Blocks of detail pages: trials, indications and statistics of a row."""

from django.db.models import QuerySet

from catalog.models import Condition, TissueSource
from core.conflicts import CONFLICT_ORDER, ConflictRows
from core.web.blocks import Block, filtered_list
from trials import api
from trials.models import (
    AdministrationRoute,
    AdverseEvent,
    Indication,
    OutcomeMeasure,
    Trial,
    TrialConflict,
    TrialRecord,
    TrialStatistic,
)


def trials_block(rows: QuerySet, **filters: str) -> Block:
    return Block("Curated trials", "partials/trials.html", rows, filtered_list(Trial, **filters), "trials")


def trials_of_source(source: TissueSource) -> Block:
    return trials_block(api.TrialViewSet.queryset.filter(source=source), source=source.slug)


def trials_by_route(route: AdministrationRoute) -> Block:
    wanted = Trial.objects.filter(routes__in=route.ids_with_narrower).values("pk")
    return trials_block(api.TrialViewSet.queryset.filter(pk__in=wanted), route=route.slug)


def trials_with_event(event: AdverseEvent) -> Block:
    return trials_block(api.TrialViewSet.queryset.filter(adverse_events=event), adverse_event=event.slug)


def trials_measuring(measure: OutcomeMeasure) -> Block:
    rows = api.TrialViewSet.queryset.filter(outcome_measures=measure)
    return trials_block(rows, outcome_measure=measure.slug)


def trials_in_condition(condition: Condition) -> Block:
    wanted = Trial.objects.filter(conditions__in=condition.ids_with_narrower).values("pk")
    return trials_block(api.TrialViewSet.queryset.filter(pk__in=wanted), condition=condition.slug)


def indications_of_condition(condition: Condition) -> Block:
    rows = api.IndicationViewSet.queryset.filter(condition__in=condition.ids_with_narrower)
    more = filtered_list(Indication, condition=condition.slug)
    return Block("Indications", "partials/indications.html", rows, more, "indications")


def statistics_on(row: TissueSource | Condition) -> Block:
    """Figures about trials on a tissue source or a condition."""
    name = "condition" if isinstance(row, Condition) else "source"
    rows = api.TrialStatisticViewSet.queryset.filter(**{name: row})
    more = filtered_list(TrialStatistic, **{name: row.slug})
    return Block("Figures about trials", "partials/statistics.html", rows, more, "statistics")


def conflicts_of_trial(trial: Trial | TrialRecord) -> Block | None:
    if isinstance(trial, TrialRecord):
        return None
    rows = ConflictRows([TrialConflict.objects.of(trial)], CONFLICT_ORDER)[:]
    return Block("Where trials disagree", "partials/conflicts.html", rows, slug="conflicts")


def registry_part_of_trial(row: Trial | TrialRecord) -> Block | None:
    """What the registry says of a curated trial, apart from what the document says."""
    if isinstance(row, TrialRecord) or not row.record:
        return None
    return Block(
        "What the registry says", "partials/registry_part.html", [row.record], slug="registry", counted=False
    )


def versions_of_record(row: Trial | TrialRecord) -> Block | None:
    """The states in which the registry's record was imported, with what changed from one to the next."""
    record = row if isinstance(row, TrialRecord) else row.record
    if record is None:
        return None
    empty = "The record was not imported from a registry's file: no earlier state of it is kept."
    versions = record.compared_versions()
    return Block(
        "Versions in the registry", "partials/record_versions.html", versions, slug="versions", empty=empty
    )
