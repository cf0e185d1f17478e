"""Blocks of detail pages: trials, indications and statistics of a row."""

from django.db.models import Model, QuerySet

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
    TrialStatistic,
)


def trials_block(rows: QuerySet, **filters: str) -> Block:
    return Block("Trials", "partials/trials.html", rows, filtered_list(Trial, **filters), "trials")


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


def statistics_on(row: Model) -> Block:
    """Figures about trials on a tissue source or a condition."""
    name = row._meta.model_name.removeprefix("tissue")
    rows = api.TrialStatisticViewSet.queryset.filter(**{name: row})
    more = filtered_list(TrialStatistic, **{name: row.slug})
    return Block("Figures about trials", "partials/statistics.html", rows, more, "statistics")


def conflicts_of_trial(trial: Trial) -> Block:
    rows = ConflictRows([TrialConflict.objects.of(trial)], CONFLICT_ORDER)[:]
    return Block("Where trials disagree", "partials/conflicts.html", rows, slug="conflicts")
