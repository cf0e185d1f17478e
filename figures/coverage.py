"""What is supported, conflicting or not reported: sources by property, conditions by mechanism."""

from collections import Counter, defaultdict
from urllib.parse import urlencode

from django.db.models import CharField, Value
from django.urls import reverse
from django.utils.functional import cached_property

from catalog.api import DifferentiationViewSet, MarkerExpressionViewSet, SourceTraitViewSet
from catalog.models import Aspect, Condition, TissueSource
from core.querysets import lines_of
from figures.matrix import Cell, Head, matrix
from mechanisms.api import ClaimViewSet
from mechanisms.models import Claim, ClaimConflict, Mechanism
from trials.api import TrialViewSet
from trials.models import TrialConflict

LEGEND = "A number is supported by that many rows; ≠ marks a number among which some pull apart; – is not reported."
OPPOSED = {("higher", "lower"), ("lower", "higher"), ("similar", "different"), ("different", "similar")}


def list_of(name, **filters):
    return f"{reverse(f'{name}-list')}?{urlencode(filters)}"


def cell(href, what, rows, disputed):
    """A cell of a coverage: how many rows, and whether some of them pull apart."""
    noun = f"{rows} row{'s'[: rows > 1]}"
    if disputed:
        return Cell(href, "conflicting", f"{what}: {noun}, conflicting: {disputed}", f"{rows}≠")
    return Cell(href, "supported", f"{what}: {noun}, supported", str(rows))


class Reading:
    """What both coverages need, read once for both."""

    @cached_property
    def conditions(self):
        return list(Condition.objects.select_related("broader").order_by("name", "slug"))

    @cached_property
    def claims(self):
        """[(id, tissue source id, mechanism id)]"""
        return list(flat(ClaimViewSet, "pk", "source", "mechanism"))

    @cached_property
    def disputed(self):
        """{"claims", "trials": ids of those that another of their kind pulls apart from}"""
        pairs = ClaimConflict.objects.order_by().values_list(
            Value("claims", CharField()), "claim_id", "other_id"
        )
        trials = TrialConflict.objects.order_by().values_list(
            Value("trials", CharField()), "trial_id", "other_id"
        )
        found = {"claims": set(), "trials": set()}
        for kind, one, other in pairs.union(trials, all=True):
            found[kind] |= {one, other}
        return found


def sources(download="", reading=None):
    """Each tissue source against what can be known of it."""
    reading = reading or Reading()
    found, disputed = defaultdict(lambda: defaultdict(set)), defaultdict(set)
    marked, compared = defaultdict(set), defaultdict(set)
    for pk, source, marker, status in flat(MarkerExpressionViewSet, "pk", "source", "marker", "status"):
        found[source]["markers"].add(pk)
        marked[source, marker].add((pk, status))
    for pk, source in flat(DifferentiationViewSet, "pk", "source"):
        found[source]["differentiation"].add(pk)
    for pk, source, aspect, relation, other in flat(
        SourceTraitViewSet, "pk", "source", "aspect", "relation", "comparator"
    ):
        found[source][aspect].add(pk)
        compared[source, aspect, other].add((pk, relation))
    for pk, source, _ in reading.claims:
        found[source]["claims"].add(pk)
    for pk, source in flat(TrialViewSet, "pk", "source"):
        found[source]["trials"].add(pk)
    for reports in marked.values():
        if len({status for _, status in reports}) > 1:
            disputed["markers"] |= {pk for pk, _ in reports}
    for (_, aspect, _), said in compared.items():
        disputed[aspect] |= {pk for pk, a in said if any((a, b) in OPPOSED for _, b in said)}
    disputed.update(reading.disputed)

    known = [*TissueSource.objects.order_by("name", "slug")]
    known.sort(key=lambda source: -len(found[source.pk]))
    properties = [
        ("markers", "Markers"),
        ("differentiation", "Differentiation"),
        ("claims", "Claims"),
        ("trials", "Trials"),
    ]
    spread = Counter(name for mine in found.values() for name in mine)
    aspects = [(value, label) for value, label in Aspect.choices if value in spread]
    properties += sorted(aspects, key=lambda aspect: (-spread[aspect[0]], -len(aspect[1]), aspect[1]))
    lists = {
        "markers": "markerexpression",
        "differentiation": "differentiationpotential",
        "claims": "claim",
        "trials": "trial",
    }
    cells = {}
    for r, source in enumerate(known):
        for c, (name, label) in enumerate(properties):
            rows = found[source.pk][name]
            if rows:
                which = {} if name in lists else {"aspect": name}
                href = list_of(lists.get(name, "sourcetrait"), source=source.slug, **which)
                cells[r, c] = cell(
                    href, f"{source.name}, {label.lower()}", len(rows), len(rows & disputed[name])
                )
    return matrix(
        "sources", "Sources by property",
        f"{len(known)} tissue sources against {len(properties)} properties: {len(cells)} of "
        f"{len(known) * len(properties)} cells are reported.",
        [Head(source.name, source.get_absolute_url()) for source in known],
        [Head(label) for _, label in properties], cells, wide=28, missing="–", legend=LEGEND, download=download,
    )  # fmt: skip


def flat(viewset, *columns):
    """The rows of a resource as tuples, without what its list would fetch beside them."""
    return viewset.queryset.order_by().select_related(None).prefetch_related(None).values_list(*columns)


def conditions(within=None, download="", reading=None):
    """Conditions against mechanisms: the broadest ones, or one with those directly narrower. Both trees
    count what is narrower."""
    reading = reading or Reading()
    known = reading.conditions
    columns = list(Mechanism.objects.select_related("broader").order_by("order", "slug"))
    condition_lines, mechanism_lines = (
        lines_of({e.pk: e.broader_id for e in tree}) for tree in (known, columns)
    )
    mechanism_of = {pk: mechanism for pk, _, mechanism in reading.claims}
    links = Claim.conditions.through.objects.filter(claim__in=ClaimViewSet.queryset.order_by().values("pk"))
    found, all_of = defaultdict(set), defaultdict(set)
    for claim, condition in links.values_list("claim", "condition"):
        for broader in condition_lines[condition]:
            all_of[broader].add(claim)
            for mechanism in mechanism_lines.get(mechanism_of[claim], ()):
                found[broader, mechanism].add(claim)
    disputed = reading.disputed["claims"]
    parents = {condition.broader_id for condition in known}
    rows = [
        condition for condition in known if all_of[condition.pk]
        and (condition.broader_id == within.pk or condition == within if within else condition.broader_id is None)
    ]  # fmt: skip
    rows.sort(key=lambda condition: (condition != within, -len(all_of[condition.pk])))
    cells = {}
    for r, condition in enumerate(rows):
        for c, mechanism in enumerate(columns):
            if claims := found[condition.pk, mechanism.pk]:
                href = list_of("claim", condition=condition.slug, mechanism=mechanism.slug)
                what = f"{condition.name}, {mechanism.name.lower()}"
                cells[r, c] = cell(href, what, len(claims), len(claims & disputed))
    heads = [
        Head(
            f"{condition.name} ▸" if condition.pk in parents and condition != within else condition.name,
            f"{reverse('coverage')}?condition={condition.slug}#conditions"
            if condition.pk in parents and condition != within
            else condition.get_absolute_url(),
        )
        for condition in rows
    ]
    return matrix(
        "conditions", "Conditions by mechanism" + (f": {within.name}" if within else ""),
        f"{len(rows)} conditions against {len(columns)} mechanisms: {len(cells)} of {len(rows) * len(columns)} cells "
        "are reported. Both count what is narrower.",
        heads, [Head(m.name, m.get_absolute_url(), (m.broader or m).slug) for m in columns], cells, wide=44,
        missing="–", legend=LEGEND + " ▸ opens what is narrower.", download=download,
    )  # fmt: skip
