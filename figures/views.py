"""The map of mechanisms, the figures on other pages, and each of them as a file."""

from collections.abc import Callable, Iterable

from csp.decorators import csp_update
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from catalog.api import ConditionViewSet, TissueSourceViewSet
from catalog.filters import TissueSourceFilter
from catalog.models import Condition
from core.rest.fields import NO_TERMS
from core.rest.filters import EntityFilter, ResourceFilterSet
from core.web.facet_sidebar import FormField
from core.web.views import ListPage
from figures import coverage
from figures.bar_chart import bar_chart
from figures.claim_index import index_queryset
from figures.columns import COLUMNS
from figures.coverage import CoverageData
from figures.doses import DoseChart, dose_chart
from figures.drawing import Figure, standalone, style_source
from figures.matrix import Matrix
from figures.sankey import Sankey, sankey
from figures.source_matrix import SourceMatrix, source_matrix
from figures.trials import outcome_matrix
from mechanisms.api import ClaimViewSet
from mechanisms.filters import ClaimFilter
from mechanisms.models import Claim
from trials.api import TrialViewSet
from trials.filters import TrialFilter

MAP_FILTERS = ("mechanism", "condition", "source", "organism", "evidence", "molecule")
FORM_FILTERS = MAP_FILTERS[:4]
MAP_PARAMETERS = {*MAP_FILTERS, "columns"}


class InvalidQuery(Exception):
    """Parameters that a figure does not understand: {name: messages}."""

    def __init__(self, problems: dict):
        super().__init__(str(problems))
        self.problems = problems


def filtered(filterset_class: type, viewset: type, data: QueryDict, allowed: Iterable[str] = ()):
    """The filter set of a query string. Raises InvalidQuery for what it does not understand."""
    filterset = filterset_class(data, queryset=viewset.queryset.all())
    if problems := filterset.problems(set(allowed)):
        raise InvalidQuery(problems)
    return filterset


class MapFilter(ClaimFilter):
    """What the map can be drawn for: those filters of the claims that are no column of it.

    A mechanism can be asked for, too: each of its nodes is one mechanism, wholly within or without.
    """

    def __init__(self, data, **kwargs):
        super().__init__(data, **kwargs)
        self.filters = {name: f for name, f in self.filters.items() if name in MAP_FILTERS}


def columns_asked(data: QueryDict) -> list[str]:
    """The names of the columns to draw: all, or those of `columns=`."""
    asked = [name for value in data.getlist("columns") for name in value.split(",") if name]
    if len(asked) == 1 or len(set(asked)) != len(asked) or set(asked) - set(COLUMNS):
        raise InvalidQuery({"columns": [f"Give two or more of: {', '.join(COLUMNS)}."]})
    return asked or list(COLUMNS)


def claims_figure(data: QueryDict) -> Sankey:
    """The map for a query string: every claim, or those that the filters choose."""
    return map_of(MapFilter(data, queryset=ClaimViewSet.queryset.all()))


def map_of(filterset: MapFilter) -> Sankey:
    if problems := filterset.problems({"columns"}):
        raise InvalidQuery(problems)
    data = filterset.data
    names = columns_asked(data)
    asked = {name: data.getlist(name) for name in MAP_FILTERS if any(data.getlist(name))}
    words = ", ".join(f"{name} {' or '.join(values)}" for name, values in asked.items())
    title = "How MSCs act" + (f", for {words}" if asked else "")
    figure = sankey("map", title, index_queryset(bare(filterset.qs)), names, asked, **size(names))
    figure.narrow = bar_chart(figure)
    figure.download = f"{reverse('mechanism-map')}{'?' + data.urlencode() if data else ''}"
    return figure


def size(names: list[str]) -> dict:
    """Few columns make a small drawing, all of them one as wide as a page."""
    return {"gap": 86} if len(names) > 3 else {"gap": 120, "most": 10, "tallest": 720}


def bare(rows: QuerySet) -> QuerySet:
    """The same rows without what a list would fetch beside them."""
    return rows.prefetch_related(None).select_related(None)


class MechanismMap(ListPage):
    """The list of mechanisms below a map of how they act, drawn for the claims that its filters choose."""

    facets = form_filters = ()

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        response = super().get(request, *args, **kwargs)
        if response.context_data["map_problems"]:
            response.status_code = 400
        return response

    def get_filterset_kwargs(self, filterset_class):
        data = self.request.GET.copy()
        for name in MAP_PARAMETERS & set(data):
            del data[name]
        return super().get_filterset_kwargs(filterset_class) | {"data": data}

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        asked, figure, problems = self.request.GET.copy(), None, {}
        for name in list(asked):
            if name not in MAP_PARAMETERS or not any(asked.getlist(name)):
                del asked[name]
        filterset = MapFilter(asked, queryset=ClaimViewSet.queryset.all())
        try:
            figure = map_of(filterset)
        except InvalidQuery as error:
            problems = error.problems
        mechanisms = list(context["object_list"])
        return context | {
            "counts": Claim.objects.number_on(mechanisms),
            "figure": figure,
            "map_problems": problems,
            "map_fields": map_fields(filterset),
            "map_filtered": bool(asked),
        }


def map_fields(filterset: MapFilter) -> list[FormField]:
    filters, data = filterset.filters, filterset.data
    return [
        FormField(name, filters[name].label, filters[name].options(), data.get(name, ""))
        for name in FORM_FILTERS
    ]


def given_to(filterset) -> dict[str, list[str]]:
    """The filter values of a filter set's query string, by name: what a link must repeat."""
    return {
        name: filterset.data.getlist(name) for name in filterset.filters if any(filterset.data.getlist(name))
    }


def address_of(name: str, given: dict) -> str:
    return reverse(name) + (f"?{urlencode(given, doseq=True)}" if given else "")


def sources_figure(data: QueryDict, kind: str) -> SourceMatrix:
    filterset = filtered(TissueSourceFilter, TissueSourceViewSet, data)
    return source_matrix(kind, filterset.qs.order_by("slug"))


def outcomes_figure(data: QueryDict) -> Matrix:
    filterset = filtered(TrialFilter, TrialViewSet, data)
    figure = outcome_matrix(bare(filterset.qs), given_to(filterset))
    if figure is None:
        raise InvalidQuery({"disease": ["Give either 'condition' or 'disease' for this figure."]})
    return figure


def doses_figure(data: QueryDict) -> DoseChart:
    return dose_chart(filtered(TrialFilter, TrialViewSet, data).qs)


def trial_figures(filterset) -> list[Figure]:
    """The figures of a filtered list of trials, those that have something to show."""
    given = given_to(filterset)
    made = [
        outcome_matrix(bare(filterset.qs), given, address_of("trial-outcomes", given)),
        dose_chart(filterset.qs, address_of("trial-doses", given)),
    ]
    return [figure for figure in made if figure]


class CoverageFilter(ResourceFilterSet):
    """The condition whose narrower ones are shown."""

    q = None
    condition = EntityFilter("slug", entity=Condition, label="Condition")

    class Meta:
        model = Condition
        fields = []


def condition_opened(request_data: QueryDict, data: CoverageData) -> Condition | None:
    filterset = filtered(CoverageFilter, ConditionViewSet, request_data)
    slugs = filterset.form.cleaned_data["condition"] or NO_TERMS
    return next((condition for condition in data.conditions if condition.slug in slugs.wanted), None)


def sources_coverage(data: QueryDict) -> Matrix:
    filtered(CoverageFilter, ConditionViewSet, data)
    return coverage.sources()


def conditions_coverage(data: QueryDict) -> Matrix:
    read = CoverageData()
    return coverage.conditions(condition_opened(data, read), data=read)


def coverage_page(request: HttpRequest) -> HttpResponse:
    """What is supported, conflicting and not reported."""
    data = CoverageData()
    try:
        within = condition_opened(request.GET, data)
    except InvalidQuery as error:
        return not_understood(request, error)
    given = {"condition": within.slug} if within else {}
    figures = [
        coverage.sources(reverse("coverage-sources"), data),
        coverage.conditions(within, address_of("coverage-conditions", given), data),
    ]
    return render(
        request, "figures/coverage.html", {"title": "Coverage", "figures": figures, "within": within}
    )


def not_understood(request: HttpRequest, error: InvalidQuery) -> HttpResponse:
    context = {"title": "Not understood", "problems": error.problems}
    return render(request, "figures/problem.html", context, status=400)


def as_file(build: Callable[..., Figure]) -> Callable[..., HttpResponse]:
    """A view that answers with the figure which `build` makes from the query string, as an SVG file."""

    def view(request: HttpRequest, **kwargs) -> HttpResponse:
        try:
            figure = build(request.GET, **kwargs)
        except InvalidQuery as error:
            return not_understood(request, error)
        base = request.build_absolute_uri("/").rstrip("/")
        return HttpResponse(standalone(figure, base), content_type="image/svg+xml; charset=utf-8")

    return csp_update({"style-src": ["'self'", style_source()]})(view)
