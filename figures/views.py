"""The map of mechanisms, the figures on other pages, and each of them as a file."""

from csp.decorators import csp_update
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from catalog.api import TissueSourceViewSet
from catalog.filters import TissueSourceFilter
from catalog.models import Condition, Molecule, SurfaceMarker
from core.rest.filters import nearest
from core.web.views import Panel, panel
from figures import coverage
from figures.catalogue import every_source
from figures.columns import COLUMNS
from figures.doses import doses
from figures.drawing import standalone, style_source
from figures.flow import flow
from figures.slots import slots_in, slots_of
from figures.trials import outcomes
from mechanisms.api import ClaimViewSet
from mechanisms.filters import ClaimFilter
from mechanisms.models import Claim, Mechanism
from mechanisms.templatetags.mechanisms import family
from mechanisms.views import MechanismList, claims_here, trees_here
from trials.api import TrialViewSet
from trials.filters import TrialFilter

MAP_FILTERS = ("mechanism", "condition", "source", "organism", "evidence", "molecule")
FORM_FILTERS = MAP_FILTERS[:4]
FEW_CLAIMS = 4  # from which on a drawing says more than the list below it


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


class MechanismMap(MechanismList):
    """The list of mechanisms below the map of how they act."""

    template_name = "figures/map.html"

    def get(self, request):
        self.asked = request.GET.copy()
        rest = request.GET.copy()
        for name in [*MAP_FILTERS, "columns"]:
            rest.pop(name, None)
        for name in list(self.asked):
            if name in rest or not any(self.asked.getlist(name)):
                del self.asked[name]
        request.GET = rest
        response = super().get(request)
        if self.problems:
            response.status_code = 400
        return response

    def extra(self, page):
        figure, self.problems = None, {}
        try:
            figure = claims_flow(self.asked)
        except FigureProblem as problem:
            self.problems = problem.problems
        return {
            **super().extra(page),
            "figure": figure,
            "map_problems": self.problems,
            "map_fields": self.fields(page),
            "map_filtered": bool(self.asked),
        }

    def fields(self, page):
        """The form: the mechanisms are those that the page lists anyway."""
        filters = MapFilter(self.asked, queryset=Claim.objects.none()).filters
        options = {name: filters[name].options() for name in FORM_FILTERS if name != "mechanism"}
        options["mechanism"] = [(mechanism.slug, mechanism.name) for mechanism in page]
        return [
            {"name": name, "label": filters[name].label, "options": options[name], "value": self.asked.get(name, "")}
            for name in FORM_FILTERS
        ]  # fmt: skip


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
    return every_source(kind, filterset.qs.order_by("slug"))


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


def flow_panel(row, title, ident, names, filters, colour="none"):
    """A flow of the claims that a row's page is about, as a block of it."""
    claims = claims_here(row)
    if len(claims) < FEW_CLAIMS:
        return None
    slots = slots_of(claims, trees_here(row))
    figure = flow(f"{ident}-drawn", title, slots, names, filters, **size(names), family=colour)
    figure.download = (
        f"{reverse('mechanism-map')}?{urlencode({**filters, 'columns': ','.join(names)}, doseq=True)}"
    )
    return Panel(title, "figures/panel.html", figure, slug=ident)


@panel(Molecule, SurfaceMarker, first=True)
def where_molecule_acts(molecule):
    return flow_panel(
        molecule, "Where it acts", "acts", ["mechanism", "target", "process"], {"molecule": molecule.slug}
    )


@panel(Condition, first=True)
def how_mscs_act_in_condition(condition):
    return flow_panel(
        condition,
        "How MSCs act here",
        "acts",
        ["mechanism", "target", "process"],
        {"condition": condition.slug},
    )


@panel(Mechanism, first=True)
def by_what_mechanism_works(mechanism):
    return flow_panel(
        mechanism,
        "By what, on what",
        "acts",
        ["mediator", "target", "process"],
        {"mechanism": mechanism.slug},
        family(mechanism),
    )
