"""The map of mechanisms, the figures on other pages, and each of them as a file."""

from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from catalog.api import TissueSourceViewSet
from catalog.filters import TissueSourceFilter
from catalog.models import Condition
from core.rest.filters import nearest
from core.web.facet_sidebar import FormField
from core.web.views import ListPage
from figures import coverage
from figures.catalogue import source_matrix
from figures.columns import COLUMNS
from figures.doses import doses
from figures.drawing import standalone, style_source
from figures.flow import flow
from figures.slots import slots_in
from figures.trials import outcomes
from mechanisms.api import ClaimViewSet
from mechanisms.filters import ClaimFilter
from mechanisms.models import Claim
from trials.api import TrialViewSet
from trials.filters import TrialFilter

MAP_FILTERS = ("mechanism", "condition", "source", "organism", "evidence", "molecule")
FORM_FILTERS = MAP_FILTERS[:4]
MAP_PARAMETERS = {*MAP_FILTERS, "columns"}


class FigureProblem(Exception):
    """Parameters that a figure does not understand: {name: messages}."""

    def __init__(self, problems):
        super().__init__(str(problems))
        self.problems = problems


class MapFilter(ClaimFilter):
    """What the map can be drawn for: those filters of the claims that are no column of it.

    A mechanism can be asked for, too: each of its elements is one mechanism, wholly within or without.
    """

    def __init__(self, data, **kwargs):
        super().__init__(data, **kwargs)
        self.filters = {name: f for name, f in self.filters.items() if name in MAP_FILTERS}


def columns_asked(data):
    """The names of the columns to draw: all, or those of `columns=`."""
    asked = [name for value in data.getlist("columns") for name in value.split(",") if name]
    if len(asked) == 1 or len(set(asked)) != len(asked) or set(asked) - set(COLUMNS):
        raise FigureProblem({"columns": [f"Give two or more of: {', '.join(COLUMNS)}."]})
    return asked or list(COLUMNS)


def claims_flow(data):
    """The map for a query string: every claim, or those that the filters choose."""
    filterset = MapFilter(data, queryset=ClaimViewSet.queryset.all())
    if problems := filterset.problems({"columns"}):
        raise FigureProblem(problems)
    names = columns_asked(data)
    asked = {name: data.getlist(name) for name in MAP_FILTERS if any(data.getlist(name))}
    title = "How MSCs act" + (f", for {worded(asked)}" if asked else "")
    figure = flow("map", title, slots_in(bare(filterset.qs)), names, asked, **size(names))
    figure.download = f"{reverse('mechanism-map')}{'?' + data.urlencode() if data else ''}"
    return figure


def size(names):
    """Few columns make a small drawing, all of them one as wide as a page."""
    return {"gap": 86} if len(names) > 3 else {"gap": 120, "most": 10, "tallest": 720}


def bare(claims):
    """The same claims without what a list would fetch beside them."""
    return claims.prefetch_related(None).select_related(None)


def worded(asked):
    return ", ".join(f"{name} {' or '.join(values)}" for name, values in asked.items())


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
        try:
            figure = claims_flow(asked)
        except FigureProblem as problem:
            problems = problem.problems
        mechanisms = list(context["object_list"])
        return context | {
            "counts": Claim.objects.number_on(mechanisms),
            "figure": figure,
            "map_problems": problems,
            "map_fields": map_fields(asked, mechanisms),
            "map_filtered": bool(asked),
        }


def map_fields(asked, mechanisms):
    """The fields of the map's form. The mechanisms to choose from are those that the page lists anyway."""
    filters = MapFilter(asked, queryset=Claim.objects.none()).filters
    options = {name: filters[name].options() for name in FORM_FILTERS if name != "mechanism"}
    options["mechanism"] = [(mechanism.slug, mechanism.name) for mechanism in mechanisms]
    return [FormField(name, filters[name].label, options[name], asked.get(name, "")) for name in FORM_FILTERS]


def passed(filterset, data):
    """The filter values of a query string, by name: what a link must repeat."""
    return {name: data.getlist(name) for name in filterset.filters if any(data.getlist(name))}


def address_of(name, given):
    return reverse(name) + (f"?{urlencode(given, doseq=True)}" if given else "")


def strict(filterset):
    """The filter set, unless it has problems: then they are raised."""
    if problems := filterset.problems():
        raise FigureProblem(problems)
    return filterset


def sources_figure(data, kind):
    filterset = strict(TissueSourceFilter(data, queryset=TissueSourceViewSet.queryset.all()))
    return source_matrix(kind, filterset.qs.order_by("slug"))


def outcomes_figure(data):
    filterset = strict(TrialFilter(data, queryset=TrialViewSet.queryset.all()))
    figure = outcomes(bare(filterset.qs), passed(filterset, data))
    if figure is None:
        raise FigureProblem({"disease": ["Give either 'condition' or 'disease' for this figure."]})
    return figure


def doses_figure(data):
    return doses(strict(TrialFilter(data, queryset=TrialViewSet.queryset.all())).qs)


def trial_figures(filterset):
    """The figures of a filtered list of trials, those that have something to show."""
    given = passed(filterset, filterset.data)
    made = [
        outcomes(bare(filterset.qs), given, address_of("trial-outcomes", given)),
        doses(filterset.qs, address_of("trial-doses", given)),
    ]
    return [figure for figure in made if figure]


def condition_opened(data, conditions=None):
    """The condition that `condition=` opens, or None."""
    if unknown := set(data) - {"condition"}:
        raise FigureProblem(
            {name: ["There is no such parameter here; there is 'condition'."] for name in unknown}
        )
    slug = data.get("condition")
    if not slug:
        return None
    known = {condition.slug: condition for condition in conditions or Condition.objects.all()}
    if slug not in known:
        raise FigureProblem({"condition": [f"There is no condition '{slug}'.{nearest(slug, known)}"]})
    return known[slug]


def sources_coverage(data):
    condition_opened(data)
    return coverage.sources()


def conditions_coverage(data):
    return coverage.conditions(condition_opened(data))


def coverage_page(request):
    """What is supported, conflicting and not reported."""
    reading = coverage.Reading()
    try:
        within = condition_opened(request.GET, reading.conditions)
    except FigureProblem as problem:
        context = {"title": "Not understood", "problems": problem.problems}
        return render(request, "figures/problem.html", context, status=400)
    given = {"condition": within.slug} if within else {}
    figures = [
        coverage.sources(reverse("coverage-sources"), reading),
        coverage.conditions(within, address_of("coverage-conditions", given), reading),
    ]
    context = {"title": "Coverage", "figures": figures, "within": within}
    return render(request, "figures/coverage.html", context)


def as_file(build):
    """A view that answers with the figure which `build` makes from the query string, as an SVG file."""

    def view(request, **kwargs):
        try:
            figure = build(request.GET, **kwargs)
        except FigureProblem as problem:
            context = {"title": "Not understood", "problems": problem.problems}
            return render(request, "figures/problem.html", context, status=400)
        base = request.build_absolute_uri("/").rstrip("/")
        return HttpResponse(standalone(figure, base), content_type="image/svg+xml; charset=utf-8")

    return csp_update({"style-src": ["'self'", style_source()]})(view)
