"""What is supported, conflicting or not reported: sources by property, conditions by mechanism."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sized
from typing import NamedTuple
from urllib.parse import urlencode

from django.db.models import CharField, IntegerField, Value
from django.urls import reverse
from django.utils.functional import cached_property

from catalog.models import (
    Aspect,
    Condition,
    DifferentiationPotential,
    MarkerExpression,
    SourceTrait,
    TissueSource,
)  # fmt: skip
from core.models import Statement
from core.querysets import lines_of
from core.web.blocks import filtered_list
from figures.claim_index import IdsBy, by_value
from figures.matrix import Cell, Head, Matrix
from mechanisms.models import Claim, ClaimConflict, Mechanism
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
    source: int | None
    subject: int | None = None
    value: str = ""


class Property(NamedTuple):
    """A column of the coverage of sources, and the list that has its rows."""

    name: str
    label: str
    model: type[Statement]
    filters: dict[str, str] = {}


class CoverageData:
    """What both coverages need, read once for both."""

    @cached_property
    def conditions(self) -> list[Condition]:
        return list(Condition.objects.select_related("broader").order_by("name", "slug"))

    @cached_property
    def claims(self) -> list[tuple[int, int | None, int | None]]:
        """[(id, tissue source id, mechanism id)]"""
        return list(Claim.objects.order_by().values_list("pk", "source", "mechanism"))

    @cached_property
    def conflicting(self) -> dict[str, set[int]]:
        """Ids of the claims and of the trials that conflict with another."""
        first, second = (
            model.objects.order_by().values_list(Value(name, CharField()), f"{side}_id", "other_id")
            for model, name, side in ((ClaimConflict, "claims", "claim"), (TrialConflict, "trials", "trial"))
        )
        found: dict[str, set[int]] = {"claims": set(), "trials": set()}
        for name, one, other in first.union(second, all=True):
            found[name] |= {one, other}
        return found

    @cached_property
    def reports(self) -> dict[str, list[Report]]:
        """The reports on sources by property: markers, differentiation, claims, trials, or an aspect."""
        nothing, blank = Value(None, IntegerField()), Value("", CharField())
        first, *rest = [
            model.objects.order_by().values_list(name, "pk", "source", *said)
            for model, name, *said in (
                (MarkerExpression, Value("markers", CharField()), "marker", "status"),
                (DifferentiationPotential, Value("differentiation", CharField()), nothing, blank),
                (Trial, Value("trials", CharField()), nothing, blank),
                (SourceTrait, "aspect", "comparator", "relation"),
            )
        ]
        found: dict[str, list[Report]] = {"markers": [], "differentiation": [], "trials": []}
        for name, *values in first.union(*rest, all=True):
            found.setdefault(name, []).append(Report(*values))
        return found | {"claims": [Report(pk, source) for pk, source, _ in self.claims]}


def opposed(reports: Iterable[Report]) -> set[int]:
    """Ids of the rows of which another says the opposite of the same source and subject."""
    together: defaultdict[tuple[int | None, int | None], set[Report]] = defaultdict(set)
    for report in reports:
        together[report.source, report.subject].add(report)
    return {
        report.row
        for group in together.values()
        for report in group
        if any(other.value in OPPOSITES.get(report.value, ()) for other in group)
    }


def coverage_cell(href: str, what: str, rows: set[int], conflicting: set[int]) -> Cell:
    n, noun = len(rows), f"{len(rows)} row{'s'[: len(rows) > 1]}"
    if disputed := rows & conflicting:
        return Cell(href, "conflicting", f"{what}: {noun}, conflicting: {len(disputed)}", f"{n}≠")
    return Cell(href, "supported", f"{what}: {noun}, supported", str(n))


def sources(download: str = "", data: CoverageData | None = None) -> Matrix:
    """Each tissue source against what can be known of it."""
    data = data or CoverageData()
    rows_of = {name: by_value((r.row, r.source) for r in reports) for name, reports in data.reports.items()}
    conflicting = {name: opposed(reports) for name, reports in data.reports.items()} | data.conflicting
    known = list(TissueSource.objects.order_by("name", "slug"))
    known.sort(key=lambda source: -sum(source.pk in found for found in rows_of.values()))
    properties = properties_of(rows_of)
    cells = {
        (r, c): coverage_cell(
            filtered_list(shown.model, source=source.slug, **shown.filters),
            f"{source.name}, {shown.label.lower()}", rows, conflicting[shown.name],
        )
        for r, source in enumerate(known)
        for c, shown in enumerate(properties)
        if (rows := rows_of[shown.name].get(source.pk))
    }  # fmt: skip
    return Matrix(
        ident="sources", title="Sources by property",
        description=f"{len(known)} tissue sources against {len(properties)} properties: {len(cells)} of "
        f"{len(known) * len(properties)} cells are reported.",
        rows=[Head(source.name, source.get_absolute_url()) for source in known],
        columns=[Head(shown.label) for shown in properties],
        cells=cells, cell_width=28, missing="–", legend=LEGEND, download=download,
    )  # fmt: skip


def properties_of(rows_of: Mapping[str, Sized]) -> list[Property]:
    """The four kinds of statement, then the aspects that are reported, those of most sources first."""
    aspects = [(value, label) for value, label in Aspect.choices if value in rows_of]
    aspects.sort(key=lambda aspect: (-len(rows_of[aspect[0]]), -len(aspect[1]), aspect[1]))
    return [
        Property("markers", "Markers", MarkerExpression),
        Property("differentiation", "Differentiation", DifferentiationPotential),
        Property("claims", "Claims", Claim),
        Property("trials", "Trials", Trial),
        *(Property(value, label, SourceTrait, {"aspect": value}) for value, label in aspects),
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
        if claims_in[condition.pk] and (condition == within or condition.broader == within)
    ]
    rows.sort(key=lambda condition: (condition != within, -len(claims_in[condition.pk])))
    cells = {
        (r, c): coverage_cell(
            filtered_list(Claim, condition=condition.slug, mechanism=mechanism.slug),
            f"{condition.name}, {mechanism.name.lower()}", claims, data.conflicting["claims"],
        )
        for r, condition in enumerate(rows)
        for c, mechanism in enumerate(mechanisms)
        if (claims := claims_on[condition.pk, mechanism.pk])
    }  # fmt: skip
    parents = {condition.broader for condition in data.conditions}
    return Matrix(
        ident="conditions", title="Conditions by mechanism" + (f": {within.name}" if within else ""),
        description=f"{len(rows)} conditions against {len(mechanisms)} mechanisms: {len(cells)} of "
        f"{len(rows) * len(mechanisms)} cells are reported. Both count what is narrower.",
        rows=[condition_head(row, opens=row in parents and row != within) for row in rows],
        columns=[Head(m.name, m.get_absolute_url(), (m.broader or m).slug) for m in mechanisms],
        cells=cells, cell_width=44, missing="–", legend=LEGEND + " ▸ opens what is narrower.", download=download,
    )  # fmt: skip


def claims_by_condition(
    data: CoverageData, mechanisms: Iterable[Mechanism]
) -> tuple[IdsBy[tuple[int, int]], IdsBy[int]]:
    """{(condition id, mechanism id): claim ids} and {condition id: claim ids}, what is narrower included."""
    condition_lines = lines_of({e.pk: e.broader_id for e in data.conditions})
    lines = lines_of({e.pk: e.broader_id for e in mechanisms})
    lines_of_claim = {pk: lines[mechanism] if mechanism else [] for pk, _, mechanism in data.claims}
    claims_on: IdsBy[tuple[int, int]] = defaultdict(set)
    claims_in: IdsBy[int] = defaultdict(set)
    links = Claim.conditions.through.objects.filter(claim__in=Claim.objects.order_by().values("pk"))
    for claim, condition in links.values_list("claim", "condition"):
        for broader in condition_lines[condition]:
            claims_in[broader].add(claim)
            for mechanism in lines_of_claim[claim]:
                claims_on[broader, mechanism].add(claim)
    return claims_on, claims_in


def condition_head(condition: Condition, opens: bool) -> Head:
    """The head of a row; one that has narrower conditions opens their coverage."""
    if not opens:
        return Head(condition.name, condition.get_absolute_url())
    query = urlencode({"condition": condition.slug})
    return Head(f"{condition.name} ▸", f"{reverse('coverage')}?{query}#conditions")
