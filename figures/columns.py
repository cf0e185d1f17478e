"""The columns of a Sankey diagram: groups of claims, and for each the filter that finds exactly its claims.

Each claim stands in at least one group of every column: one that is drawn by name, or "others", or
"none named". So whatever flows into a column flows out of it.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from catalog.models import CellType
from core.querysets import Node, ancestry_in
from figures.claim_index import ClaimIndex
from mechanisms.models import BiologicalProcess, Claim, Mechanism

DIRECT_SHARE = 1 / 3  # of a broader entity's claims that name it directly, below which it is split


@dataclass(eq=False)
class ClaimGroup:
    """Claims that share a value of a column; `query` finds them in the list of claims.

    `kind` is named, others or none; `family` the top mechanism that gives the colour.
    """

    label: str
    query: dict[str, str]
    claims: set[int]
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
    known = index.trees[Mechanism]
    groups = []
    for pk, line in ancestry_in(known).items():
        mechanism = known[pk]
        narrower = [other.slug for other in known.values() if other.broader == pk]
        groups.append(
            ClaimGroup(
                f"{mechanism.name}, in general" if narrower else mechanism.name,
                {"mechanism": ",".join([mechanism.slug, *(f"!{slug}" for slug in narrower)])},
                index.mechanisms.get(pk, set()),
                family=known[line[-1]].slug,
            )
        )
    unnamed = index.mechanisms.get(None, set())
    groups.append(ClaimGroup("No single mechanism", {"filled": "!mechanism"}, unnamed, "none"))
    return [group for group in groups if group.claims]


def mediators(index: ClaimIndex, most: int) -> list[ClaimGroup]:
    ranked = sorted(index.mediators.items(), key=lambda item: (-len(item[1]), item[0]))
    named = [ClaimGroup(name, {"mediator": slug}, claims) for (slug, name), claims in ranked[:most]]
    filled = set().union(*index.mediators.values())
    return complete(index, named, filled, "mediator", "mediators", "Other mediators", "No mediator named")


def targets(index: ClaimIndex, most: int) -> list[ClaimGroup]:
    named = most_frequent(index.trees[CellType], index.targets, "target", most)
    filled = set().union(*index.targets.values())
    return complete(index, named, filled, "target", "targets", "Other cells", "No target cell named")


def processes(index: ClaimIndex, most: int) -> list[ClaimGroup]:
    own = {pk: claims for pk, claims in index.processes.items() if pk}
    named = most_frequent(index.trees[BiologicalProcess], own, "process", most)
    filled = set().union(*own.values())
    return complete(index, named, filled, "process", "process", "Other processes", "No process named")


def complete(
    index: ClaimIndex,
    named: list[ClaimGroup],
    filled: set[int],
    parameter: str,
    slot: str,
    others: str,
    none: str,
) -> list[ClaimGroup]:
    """The groups drawn by name, then the claims whose slot holds nothing that is, and those where it is empty."""
    drawn = ",".join("!" + group.query[parameter] for group in named)
    query = {"filled": slot} | ({parameter: drawn} if drawn else {})
    rest = filled.difference(*(group.claims for group in named))
    groups = [
        ClaimGroup(others, query, rest, "others"),
        ClaimGroup(none, {"filled": f"!{slot}"}, index.all - filled, "none"),
    ]
    return [*named, *(group for group in groups if group.claims)]


def most_frequent(
    tree: dict[int, Node], own: Mapping[int, set[int]], parameter: str, most: int
) -> list[ClaimGroup]:
    """The `most` frequent entities of a tree, none within another.

    A broader one that few claims name directly says less than what is narrower: it makes room for it.
    """
    children: defaultdict[int | None, list[int]] = defaultdict(list)
    claims: defaultdict[int, set[int]] = defaultdict(set)
    for pk, line in ancestry_in(tree).items():
        children[tree[pk].broader].append(pk)
        for broader in line:
            claims[broader] |= own.get(pk, set())
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
