"""What is supported, conflicting or not reported: sources by property, conditions by mechanism."""

from collections import defaultdict
from collections.abc import Iterable
from functools import partial
from typing import NamedTuple
from urllib.parse import urlencode

from django.db.models import CharField, IntegerField, Value
from django.urls import reverse
from django.utils.functional import cached_property

from catalog.api import DifferentiationViewSet, MarkerExpressionViewSet, SourceTraitViewSet
from catalog.models import Aspect, Condition, TissueSource
from core.querysets import lines_of
from core.web.blocks import filtered_list
from figures.matrix import Cell, Head, Matrix
from mechanisms.api import ClaimViewSet
from mechanisms.models import Claim, ClaimConflict, Mechanism
from trials.api import TrialViewSet
from trials.models import Trial, TrialConflict

LEGEND = (
    "A number is supported by that many rows; ≠ marks a number among which some conflict; – is not reported."
)
# What two reports of one property of a source cannot both be.
OPPOSITES = {
    "higher": {"lower"}, "lower": {"higher"}, "similar": {"different"}, "different": {"similar"},
    "positive": {"negative", "variable"}, "negative": {"positive", "variable"}, "variable": {"positive", "negative"},
}  # fmt: skip


class Report(NamedTuple):
    """A row about a source: `value` is what it reports, against what others report of the same `subject`."""

    row: int
    source: int
    subject: int | None = None
    value: str = ""


class Property(NamedTuple):
    """A column of the coverage of sources, and the list that has its rows."""

    name: str
    label: str
    model: type
    filters: dict


class CoverageData:
    """What both coverages need, read once for both."""

    @cached_property
    def conditions(self) -> list[Condition]:
        return list(Condition.objects.select_related("broader").order_by("name", "slug"))

    @cached_property
    def claims(self) -> list[tuple[int, int, int]]:
        """[(id, tissue source id, mechanism id)]"""
        return list(values_of(ClaimViewSet, "pk", "source", "mechanism"))

    @cached_property
    def conflicting(self) -> dict[str, set[int]]:
        """Ids of the claims and of the trials that conflict with another."""
        claims = ClaimConflict.objects.order_by().values_list(
            Value("claims", CharField()), "claim_id", "other_id"
        )
        trials = TrialConflict.objects.order_by().values_list(
            Value("trials", CharField()), "trial_id", "other_id"
        )
        found = {"claims": set(), "trials": set()}
        for kind, one, other in claims.union(trials, all=True):
            found[kind] |= {one, other}
        return found

    @cached_property
    def reports(self) -> dict[str, list[Report]]:
        """The reports on sources by property: markers, differentiation, claims, trials, or an aspect."""
        kind, nothing, blank = (
            partial(Value, output_field=CharField()),
            Value(None, IntegerField()),
            Value("", CharField()),
        )
        first, *rest = [
            values_of(MarkerExpressionViewSet, kind("markers"), "pk", "source", "marker", "status"),
            values_of(DifferentiationViewSet, kind("differentiation"), "pk", "source", nothing, blank),
            values_of(TrialViewSet, kind("trials"), "pk", "source", nothing, blank),
            values_of(SourceTraitViewSet, "aspect", "pk", "source", "comparator", "relation"),
        ]
        found = {"markers": [], "differentiation": [], "trials": []}
        for name, *values in first.union(*rest, all=True):
            found.setdefault(name, []).append(Report(*values))
        return found | {"claims": [Report(pk, source) for pk, source, _ in self.claims]}


def values_of(viewset: type, *columns):
    """The rows of a resource as tuples, without what its list would fetch beside them."""
    return viewset.queryset.order_by().select_related(None).prefetch_related(None).values_list(*columns)


def opposed(reports: Iterable[Report]) -> set[int]:
    """Ids of the rows of which another says the opposite of the same source and subject."""
    together = defaultdict(set)
    for report in reports:
        together[report.source, report.subject].add(report)
    return {
        report.row
        for group in together.values()
        for report in group
        if any(other.value in OPPOSITES.get(report.value, ()) for other in group)
    }


def coverage_cell(href: str, what: str, rows: int, conflicting: int) -> Cell:
    noun = f"{rows} row{'s'[: rows > 1]}"
    if conflicting:
        return Cell(href, "conflicting", f"{what}: {noun}, conflicting: {conflicting}", f"{rows}≠")
    return Cell(href, "supported", f"{what}: {noun}, supported", str(rows))


def by_source(reports: Iterable[Report]) -> dict[int, set[int]]:
    """{source id: ids of its rows}"""
    found = defaultdict(set)
    for report in reports:
        found[report.source].add(report.row)
    return found


def sources(download: str = "", data: CoverageData | None = None) -> Matrix:
    """Each tissue source against what can be known of it."""
    data = data or CoverageData()
    rows_of = {name: by_source(reports) for name, reports in data.reports.items()}
    conflicting = {name: opposed(reports) for name, reports in data.reports.items()} | data.conflicting
    known = list(TissueSource.objects.order_by("name", "slug"))
    known.sort(key=lambda source: -sum(source.pk in found for found in rows_of.values()))
    properties = properties_of(rows_of)
    cells = {}
    for r, source in enumerate(known):
        for c, shown in enumerate(properties):
            if rows := rows_of[shown.name].get(source.pk):
                href = filtered_list(shown.model, source=source.slug, **shown.filters)
                what = f"{source.name}, {shown.label.lower()}"
                cells[r, c] = coverage_cell(href, what, len(rows), len(rows & conflicting[shown.name]))
    return Matrix(
        ident="sources", title="Sources by property",
        description=f"{len(known)} tissue sources against {len(properties)} properties: {len(cells)} of "
        f"{len(known) * len(properties)} cells are reported.",
        rows=[Head(source.name, source.get_absolute_url()) for source in known],
        columns=[Head(shown.label) for shown in properties],
        cells=cells, cell_width=28, missing="–", legend=LEGEND, download=download,
    )  # fmt: skip


def properties_of(rows_of: dict) -> list[Property]:
    """The four kinds of statement, then the aspects that are reported, those of most sources first."""
    expression, potential, trait = (
        viewset.queryset.model
        for viewset in (MarkerExpressionViewSet, DifferentiationViewSet, SourceTraitViewSet)
    )
    aspects = [(value, label) for value, label in Aspect.choices if value in rows_of]
    aspects.sort(key=lambda aspect: (-len(rows_of[aspect[0]]), -len(aspect[1]), aspect[1]))
    return [
        Property("markers", "Markers", expression, {}),
        Property("differentiation", "Differentiation", potential, {}),
        Property("claims", "Claims", Claim, {}),
        Property("trials", "Trials", Trial, {}),
        *(Property(value, label, trait, {"aspect": value}) for value, label in aspects),
    ]


def conditions(
    within: Condition | None = None, download: str = "", data: CoverageData | None = None
) -> Matrix:
    """Conditions against mechanisms: the broadest conditions, or one with those directly narrower.

    Both trees count what is narrower.
    """
    data = data or CoverageData()
    mechanisms = list(Mechanism.objects.select_related("broader").order_by("order", "slug"))
    claims_on, claims_in = claims_by_condition(data, mechanisms)
    rows = [
        condition
        for condition in data.conditions
        if claims_in[condition.pk]
        and (condition == within or condition.broader_id == (within.pk if within else None))
    ]
    rows.sort(key=lambda condition: (condition != within, -len(claims_in[condition.pk])))
    cells = {}
    for r, condition in enumerate(rows):
        for c, mechanism in enumerate(mechanisms):
            if claims := claims_on[condition.pk, mechanism.pk]:
                href = filtered_list(Claim, condition=condition.slug, mechanism=mechanism.slug)
                what = f"{condition.name}, {mechanism.name.lower()}"
                cells[r, c] = coverage_cell(href, what, len(claims), len(claims & data.conflicting["claims"]))
    parents = {condition.broader_id for condition in data.conditions}
    return Matrix(
        ident="conditions", title="Conditions by mechanism" + (f": {within.name}" if within else ""),
        description=f"{len(rows)} conditions against {len(mechanisms)} mechanisms: {len(cells)} of "
        f"{len(rows) * len(mechanisms)} cells are reported. Both count what is narrower.",
        rows=[condition_head(row, opens=row.pk in parents and row != within) for row in rows],
        columns=[Head(m.name, m.get_absolute_url(), (m.broader or m).slug) for m in mechanisms],
        cells=cells, cell_width=44, missing="–", legend=LEGEND + " ▸ opens what is narrower.", download=download,
    )  # fmt: skip


def claims_by_condition(data: CoverageData, mechanisms: list[Mechanism]) -> tuple[dict, dict]:
    """{(condition id, mechanism id): claim ids} and {condition id: claim ids}, what is narrower included."""
    condition_lines, mechanism_lines = (
        lines_of({e.pk: e.broader_id for e in tree}) for tree in (data.conditions, mechanisms)
    )
    mechanism_of = {pk: mechanism for pk, _, mechanism in data.claims}
    links = Claim.conditions.through.objects.filter(claim__in=ClaimViewSet.queryset.order_by().values("pk"))
    claims_on, claims_in = defaultdict(set), defaultdict(set)
    for claim, condition in links.values_list("claim", "condition"):
        for broader in condition_lines[condition]:
            claims_in[broader].add(claim)
            for mechanism in mechanism_lines.get(mechanism_of[claim], ()):
                claims_on[broader, mechanism].add(claim)
    return claims_on, claims_in


def condition_head(condition: Condition, opens: bool) -> Head:
    """The head of a row; one that has narrower conditions opens their coverage."""
    if not opens:
        return Head(condition.name, condition.get_absolute_url())
    query = urlencode({"condition": condition.slug})
    return Head(f"{condition.name} ▸", f"{reverse('coverage')}?{query}#conditions")
