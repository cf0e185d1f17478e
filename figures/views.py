"""The map of mechanisms, the figures on other pages, and each of them as a file."""

from collections.abc import Callable, Collection, Sequence
from typing import Any, TypedDict, TypeVar

from csp.decorators import csp_update
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from rest_framework.exceptions import ValidationError

from catalog.api import TissueSourceViewSet
from catalog.models import Condition
from core.rest.filters import EntityFilter, ResourceFilterSet
from core.rest.terms import NO_TERMS
from core.rest.viewsets import ResourceViewSet
from core.web.facet_sidebar import FormField
from core.web.views import ListPage
from figures import coverage
from figures.bar_chart import bar_chart
from figures.claim_index import Filters, index_queryset
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

MAP_FILTERS = ("mechanism", "condition", "source", "organism", "evidence", "molecule")
FORM_FILTERS = MAP_FILTERS[:4]
MAP_PARAMETERS = {*MAP_FILTERS, "columns"}
Row = TypeVar("Row", bound=Model)


class Size(TypedDict, total=False):
    """The lengths that `sankey` draws by, and how many nodes a column names."""

    gap: int
    most: int
    tallest: int


def refuse_problems(filterset: ResourceFilterSet, allowed: Collection[str] = frozenset()) -> None:
    if problems := filterset.problems(allowed):
        raise ValidationError(problems)


def filtered(viewset: type[ResourceViewSet], data: QueryDict) -> ResourceFilterSet:
    """The filter set of a query string. Raises ValidationError for what it does not understand."""
    filterset = viewset.filterset_class(data, queryset=viewset.queryset.all())
    refuse_problems(filterset)
    return filterset


class MapFilter(ClaimFilter):
    """What the map can be drawn for: those filters of the claims that are no column of it.

    A mechanism can be asked for, too: each of its nodes is one mechanism, wholly within or without.
    """

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data, queryset=ClaimViewSet.queryset.all())
        for name in set(self.filters) - set(MAP_FILTERS):
            del self.filters[name]


def columns_asked(data: QueryDict) -> list[str]:
    """The names of the columns to draw: all, or those of `columns=`."""
    asked = [name for value in data.getlist("columns") for name in value.split(",") if name]
    if len(asked) == 1 or len(set(asked)) != len(asked) or set(asked) - set(COLUMNS):
        raise ValidationError({"columns": [f"Give two or more of: {', '.join(COLUMNS)}."]})
    return asked or list(COLUMNS)


def claims_figure(data: QueryDict) -> Sankey:
    """The map for a query string: every claim, or those that the filters choose."""
    return map_of(MapFilter(data))


def map_of(filterset: MapFilter) -> Sankey:
    refuse_problems(filterset, {"columns"})
    data, names = filterset.data, columns_asked(filterset.data)
    asked = {name: data.getlist(name) for name in MAP_FILTERS if any(data.getlist(name))}
    words = ", ".join(f"{name} {' or '.join(values)}" for name, values in asked.items())
    title = "How MSCs act" + (f", for {words}" if asked else "")
    figure = sankey("map", title, index_queryset(bare(filterset.qs)), names, asked, **size(names))
    figure.narrow = bar_chart(figure)
    figure.download = f"{reverse('mechanism-map')}{'?' + data.urlencode() if data else ''}"
    return figure


def size(names: Sequence[str]) -> Size:
    """Few columns make a small drawing, all of them one as wide as a page."""
    return {"gap": 86} if len(names) > 3 else {"gap": 120, "most": 10, "tallest": 720}


def bare(rows: QuerySet[Row]) -> QuerySet[Row]:
    """The same rows without what a list would fetch beside them."""
    return rows.prefetch_related(None).select_related(None)


class MechanismMap(ListPage):
    """The list of mechanisms below a map of how they act, drawn for the claims that its filters choose."""

    facets = form_filters = ()

    def render_to_response(self, context: dict[str, Any], status: int = 200, **kwargs: Any) -> HttpResponse:
        status = 400 if context["map_problems"] else status
        return super().render_to_response(context, status=status, **kwargs)

    def get_filterset_kwargs(self, filterset_class: type[ResourceFilterSet]) -> dict[str, Any]:
        data = self.request.GET.copy()
        for name in MAP_PARAMETERS & set(data):
            del data[name]
        return super().get_filterset_kwargs(filterset_class) | {"data": data}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        asked = self.request.GET.copy()
        for name in list(asked):
            if name not in MAP_PARAMETERS or not any(asked.getlist(name)):
                del asked[name]
        filterset = MapFilter(asked)
        try:
            drawn = {"figure": map_of(filterset), "map_problems": {}}
        except ValidationError as error:
            drawn = {"figure": None, "map_problems": error.detail}
        return context | drawn | {
            "counts": Claim.objects.number_on(list(context["object_list"])),
            "map_fields": [
                FormField(name, f.label, f.options(), asked.get(name, ""))
                for name, f in ((name, filterset.filters[name]) for name in FORM_FILTERS)
            ],
            "map_filtered": bool(asked),
        }  # fmt: skip


def given_to(filterset: ResourceFilterSet) -> dict[str, list[str]]:
    """The filter values of a filter set's query string, by name: what a link must repeat."""
    return {
        name: filterset.data.getlist(name) for name in filterset.filters if any(filterset.data.getlist(name))
    }


def address_of(name: str, given: Filters) -> str:
    return reverse(name) + (f"?{urlencode(given, doseq=True)}" if given else "")


def sources_figure(data: QueryDict, kind: str) -> SourceMatrix:
    return source_matrix(kind, filtered(TissueSourceViewSet, data).qs.order_by("slug"))


def outcomes_figure(data: QueryDict) -> Matrix:
    filterset = filtered(TrialViewSet, data)
    figure = outcome_matrix(bare(filterset.qs), given_to(filterset))
    if figure is None:
        raise ValidationError({"disease": ["Give either 'condition' or 'disease' for this figure."]})
    return figure


def doses_figure(data: QueryDict) -> DoseChart:
    return dose_chart(filtered(TrialViewSet, data).qs)


def trial_figures(filterset: ResourceFilterSet) -> list[Figure]:
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
        fields: list[str] = []


def condition_opened(data: QueryDict, read: CoverageData) -> Condition | None:
    filterset = CoverageFilter(data, queryset=Condition.objects.all())
    refuse_problems(filterset)
    wanted = (filterset.form.cleaned_data["condition"] or NO_TERMS).wanted
    return next((c for c in read.conditions if c.slug in wanted), None) if wanted else None


def sources_coverage(data: QueryDict) -> Matrix:
    refuse_problems(CoverageFilter(data, queryset=Condition.objects.all()))
    return coverage.sources()


def conditions_coverage(data: QueryDict) -> Matrix:
    read = CoverageData()
    return coverage.conditions(condition_opened(data, read), data=read)


def coverage_page(request: HttpRequest) -> HttpResponse:
    """What is supported, conflicting and not reported."""
    data = CoverageData()
    try:
        within = condition_opened(request.GET, data)
    except ValidationError as error:
        return not_understood(request, error)
    given = {"condition": within.slug} if within else {}
    figures = [
        coverage.sources(reverse("coverage-sources"), data),
        coverage.conditions(within, address_of("coverage-conditions", given), data),
    ]
    return render(
        request, "figures/coverage.html", {"title": "Coverage", "figures": figures, "within": within}
    )


def not_understood(request: HttpRequest, error: ValidationError) -> HttpResponse:
    context = {"title": "Not understood", "problems": error.detail}
    return render(request, "figures/problem.html", context, status=400)


def as_file(build: Callable[..., Figure]) -> Callable[..., HttpResponseBase]:
    """A view that answers with the figure which `build` makes from the query string, as an SVG file."""

    def view(request: HttpRequest, **kwargs: str) -> HttpResponse:
        try:
            figure = build(request.GET, **kwargs)
        except ValidationError as error:
            return not_understood(request, error)
        base = request.build_absolute_uri("/").rstrip("/")
        return HttpResponse(standalone(figure, base), content_type="image/svg+xml; charset=utf-8")

    return csp_update({"style-src": ["'self'", style_source()]})(view)
