"""The columns of a Sankey diagram: groups of claims, and for each the filter that finds exactly its claims.

Each claim stands in at least one group of every column: one that is drawn by name, or "others", or
"none named". So whatever flows into a column flows out of it.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from catalog.models import CellType
from figures.claim_index import ClaimIndex
from mechanisms.models import BiologicalProcess, Claim, Mechanism

DIRECT_SHARE = 1 / 3  # of a broader entity's claims that name it directly, below which it is split


@dataclass(eq=False)
class ClaimGroup:
    """Claims that share a value of a column; `query` finds them in the list of claims.

    `kind` is named, others or none; `family` the top mechanism that gives the colour.
    """

    label: str
    query: dict
    claims: set
    kind: str = "named"
    family: str = "none"


def preparations(index: ClaimIndex, most: int) -> list[ClaimGroup]:
    labels = dict(Claim.Preparation.choices)
    return [
        ClaimGroup(labels[value], {"preparation": value}, index.preparations[value])
        for value in Claim.Preparation.values
        if index.preparations.get(value)
    ]


def mechanisms(index: ClaimIndex, most: int) -> list[ClaimGroup]:
    """Every mechanism by itself: what is narrower stands in a group of its own."""
    known, children = index.trees[Mechanism], defaultdict(list)
    for m in known.values():
        children[m.broader].append(m.slug)
    found = []
    for pk, m in known.items():
        if not index.mechanisms.get(pk):
            continue
        top = m
        while top.broader:
            top = known[top.broader]
        narrower = children[pk]
        found.append(
            ClaimGroup(
                f"{m.name}, in general" if narrower else m.name,
                {"mechanism": ",".join([m.slug, *(f"!{slug}" for slug in narrower)])},
                index.mechanisms[pk],
                family=top.slug,
            )
        )
    return [*found, *without("No single mechanism", "mechanism", index.mechanisms.get(None, set()))]


def mediators(index: ClaimIndex, most: int) -> list[ClaimGroup]:
    ranked = sorted(index.mediators.items(), key=lambda item: (-len(item[1]), item[0]))
    named = [ClaimGroup(name, {"mediator": slug}, claims) for (slug, name), claims in ranked[:most]]
    filled = set().union(*index.mediators.values())
    return [
        *named,
        *others("Other mediators", "mediator", "mediators", named, filled),
        *without("No mediator named", "mediators", index.all - filled),
    ]


def targets(index: ClaimIndex, most: int) -> list[ClaimGroup]:
    named = most_frequent(index.trees[CellType], index.targets, "target", most)
    filled = set().union(*index.targets.values())
    return [
        *named,
        *others("Other cells", "target", "targets", named, filled),
        *without("No target cell named", "targets", index.all - filled),
    ]


def processes(index: ClaimIndex, most: int) -> list[ClaimGroup]:
    own = {pk: claims for pk, claims in index.processes.items() if pk}
    named = most_frequent(index.trees[BiologicalProcess], own, "process", most)
    return [
        *named,
        *others("Other processes", "process", "process", named, index.all - index.processes.get(None, set())),
        *without("No process named", "process", index.processes.get(None, set())),
    ]


def others(label, parameter, field, named, filled):
    """The claims whose field holds nothing that is drawn by name."""
    rest = filled.difference(*(group.claims for group in named))
    drawn = ",".join("!" + group.query[parameter] for group in named)
    query = {"filled": field} | ({parameter: drawn} if drawn else {})
    return [ClaimGroup(label, query, rest, "others")] if rest else []


def without(label, field, claims):
    return [ClaimGroup(label, {"filled": f"!{field}"}, claims, "none")] if claims else []


def most_frequent(tree, own, parameter, most):
    """The `most` frequent entities of a tree, none within another.

    A broader one that few claims name directly says less than what is narrower: it makes room for it.
    """
    children, claims = defaultdict(list), {pk: set(own.get(pk, ())) for pk in tree}
    for pk, (broader, *_) in tree.items():
        children[broader].append(pk)
        while broader is not None:
            claims[broader] |= own.get(pk, set())
            broader = tree[broader].broader
    drawn, waiting = [], list(children[None])
    while waiting:
        pk = waiting.pop()
        narrower = [child for child in children[pk] if claims[child]]
        if len(narrower) > 1 and len(own.get(pk, ())) < DIRECT_SHARE * len(claims[pk]):
            waiting += narrower
        elif claims[pk]:
            drawn.append(pk)
    drawn.sort(key=lambda pk: (-len(claims[pk]), tree[pk].slug))
    return [ClaimGroup(tree[pk].name, {parameter: tree[pk].slug}, claims[pk]) for pk in drawn[:most]]


@dataclass(frozen=True)
class Column:
    """A column: its heading, what makes its groups, how many by name, how wide its nodes are in pixels.

    Columns of `fixed_order` keep the order of their groups; the others are ordered by what flows in.
    """

    name: str
    title: str
    groups: Callable[[ClaimIndex, int], list[ClaimGroup]]
    most: int
    width: int
    fixed_order: bool = False


COLUMNS = {
    column.name: column
    for column in (
        Column("preparation", "Preparation", preparations, 10, 160, fixed_order=True),
        Column("mechanism", "Mechanism", mechanisms, 30, 190, fixed_order=True),
        Column("mediator", "Mediators", mediators, 14, 146),
        Column("target", "Target cells", targets, 13, 160),
        Column("process", "Processes", processes, 14, 184),
    )
}
