"""Pages of trials, indications, statistics and conflicts."""

from django.shortcuts import redirect

from catalog.models import Condition, TissueSource
from core.web.views import Panel, ResourceDetail, ResourceList, filtered_list, panel
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


class TrialList(ResourceList):
    viewset = api.TrialViewSet
    title = "Trials"
    intro = "Clinical trials of MSCs with cells, dose, route and outcome as reported. A blank is not stated."
    template_name = "trials/trial_list.html"
    facet_filters = (
        "condition", "outcome", "source", "route", "donor", "dose_unit", "outcome_measure", "adverse_event", "phase",
        "status", "conflicting", "curated",
    )  # fmt: skip
    form_filters = ("q", "dose_min", "dose_max", "registry_id", "reference")


class TrialDetail(ResourceDetail):
    """By accession; a registry id leads there."""

    viewset = api.TrialViewSet
    template_name = "trials/trial_detail.html"

    def get(self, request, ident):
        if registered := Trial.objects.filter(registry_id=ident.upper()).first():
            return redirect(registered)
        return super().get(request, ident)


class IndicationList(ResourceList):
    viewset = api.IndicationViewSet
    title = "Indications"
    intro = "Conditions that the review names as treated with MSCs, or studied for it."
    template_name = "trials/indication_list.html"


class IndicationDetail(ResourceDetail):
    viewset = api.IndicationViewSet
    template_name = "trials/indication_detail.html"


class TrialStatisticList(ResourceList):
    viewset = api.TrialStatisticViewSet
    title = "Trial statistics"
    intro = "Figures about trials and publications. Each says what it counts, and out of how many."
    template_name = "trials/trialstatistic_list.html"


class TrialStatisticDetail(ResourceDetail):
    viewset = api.TrialStatisticViewSet
    template_name = "trials/trialstatistic_detail.html"


class AdministrationRouteList(ResourceList):
    viewset = api.AdministrationRouteViewSet
    title = "Administration routes"
    intro = "Ways in which cells are given."
    template_name = "generic/entity_list.html"


class AdministrationRouteDetail(ResourceDetail):
    viewset = api.AdministrationRouteViewSet


class AdverseEventList(ResourceList):
    viewset = api.AdverseEventViewSet
    title = "Adverse events"
    intro = "Unwanted effects that trials recorded."
    template_name = "generic/entity_list.html"


class AdverseEventDetail(ResourceDetail):
    viewset = api.AdverseEventViewSet


class OutcomeMeasureList(ResourceList):
    viewset = api.OutcomeMeasureViewSet
    title = "Outcome measures"
    intro = "What trials measured."
    template_name = "generic/entity_list.html"


class OutcomeMeasureDetail(ResourceDetail):
    viewset = api.OutcomeMeasureViewSet


def trials_panel(rows, **filters):
    return Panel("Trials", "partials/trials.html", rows, filtered_list(Trial, **filters), "trials")


@panel(TissueSource)
def trials_of_source(source):
    return trials_panel(api.TrialViewSet.queryset.filter(source=source), source=source.slug)


@panel(AdministrationRoute)
def trials_by_route(route):
    wanted = Trial.objects.filter(routes__in=route.ids_with_narrower)
    return trials_panel(api.TrialViewSet.queryset.filter(pk__in=wanted.values("pk")), route=route.slug)


@panel(AdverseEvent)
def trials_with_event(event):
    return trials_panel(api.TrialViewSet.queryset.filter(adverse_events=event), adverse_event=event.slug)


@panel(OutcomeMeasure)
def trials_measuring(measure):
    return trials_panel(
        api.TrialViewSet.queryset.filter(outcome_measures=measure), outcome_measure=measure.slug
    )


@panel(Condition)
def indications_of_condition(condition):
    rows = api.IndicationViewSet.queryset.filter(condition__in=condition.ids_with_narrower)
    return Panel(
        "Indications", "partials/indications.html", rows, filtered_list(Indication, condition=condition.slug),
        "indications",
    )  # fmt: skip


@panel(Condition)
def trials_in_condition(condition):
    wanted = Trial.objects.filter(conditions__in=condition.ids_with_narrower)
    return trials_panel(
        api.TrialViewSet.queryset.filter(pk__in=wanted.values("pk")), condition=condition.slug
    )


@panel(TissueSource, Condition)
def statistics_on(row):
    name = row._meta.model_name.removeprefix("tissue")
    rows = api.TrialStatisticViewSet.queryset.filter(**{name: row})
    return Panel(
        "Figures about trials", "partials/statistics.html", rows, filtered_list(TrialStatistic, **{name: row.slug}),
        "statistics",
    )  # fmt: skip


@panel(Trial)
def conflicts_of_trial(trial):
    rows = TrialConflict.objects.of(trial).with_sides()
    return Panel("Where trials disagree", "partials/conflicts.html", rows, slug="conflicts")
