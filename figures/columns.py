"""The columns of a flow: which elements each shows, and the filter that finds exactly their claims.

Each claim stands in at least one element of every column: one that is drawn by name, or "others", or
"none named". So whatever flows into a column flows out of it.
"""

from collections import defaultdict
from dataclasses import dataclass

from catalog.models import CellType
from mechanisms.models import BiologicalProcess, Claim, Mechanism

SPEAKS_FOR_ITSELF = 1 / 3  # share of a broader entity's claims that name it directly, below which it is split


@dataclass(eq=False)
class Element:
    """One element of a column. `kind` is named, others or none."""

    label: str
    query: dict
    claims: set
    kind: str = "named"
    family: str = "none"


def preparations(slots, most):
    labels = dict(Claim.Preparation.choices)
    return [
        Element(labels[value], {"preparation": value}, slots.preparations[value])
        for value in Claim.Preparation.values
        if slots.preparations.get(value)
    ]


def mechanisms(slots, most):
    """Every mechanism by itself: what is narrower stands in an element of its own."""
    known, children = slots.trees[Mechanism], defaultdict(list)
    for m in known.values():
        children[m.broader].append(m.slug)
    found = []
    for pk, m in known.items():
        if not slots.mechanisms.get(pk):
            continue
        top = m
        while top.broader:
            top = known[top.broader]
        narrower = children[pk]
        found.append(
            Element(
                f"{m.name}, in general" if narrower else m.name,
                {"mechanism": ",".join([m.slug, *(f"!{slug}" for slug in narrower)])},
                slots.mechanisms[pk],
                family=top.slug,
            )
        )
    return [*found, *without("No single mechanism", "mechanism", slots.mechanisms.get(None, set()))]


def mediators(slots, most):
    ranked = sorted(slots.mediators.items(), key=lambda item: (-len(item[1]), item[0]))
    named = [Element(name, {"mediator": slug}, claims) for (slug, name), claims in ranked[:most]]
    filled = set().union(*slots.mediators.values())
    return [
        *named,
        *others("Other mediators", "mediator", "mediators", named, filled),
        *without("No mediator named", "mediators", slots.all - filled),
    ]


def targets(slots, most):
    named = broad_enough(slots.trees[CellType], slots.targets, "target", most)
    filled = set().union(*slots.targets.values())
    return [
        *named,
        *others("Other cells", "target", "targets", named, filled),
        *without("No target cell named", "targets", slots.all - filled),
    ]


def processes(slots, most):
    own = {pk: claims for pk, claims in slots.processes.items() if pk}
    named = broad_enough(slots.trees[BiologicalProcess], own, "process", most)
    return [
        *named,
        *others("Other processes", "process", "process", named, slots.all - slots.processes.get(None, set())),
        *without("No process named", "process", slots.processes.get(None, set())),
    ]


def others(label, parameter, slot, named, filled):
    """The claims whose slot is filled by nothing that is drawn by name."""
    rest = filled.difference(*(element.claims for element in named))
    drawn = ",".join("!" + element.query[parameter] for element in named)
    query = {"filled": slot} | ({parameter: drawn} if drawn else {})
    return [Element(label, query, rest, "others")] if rest else []


def without(label, slot, claims):
    return [Element(label, {"filled": f"!{slot}"}, claims, "none")] if claims else []


def broad_enough(tree, own, parameter, most):
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
        if len(narrower) > 1 and len(own.get(pk, ())) < SPEAKS_FOR_ITSELF * len(claims[pk]):
            waiting += narrower
        elif claims[pk]:
            drawn.append(pk)
    drawn.sort(key=lambda pk: (-len(claims[pk]), tree[pk].slug))
    return [Element(tree[pk].name, {parameter: tree[pk].slug}, claims[pk]) for pk in drawn[:most]]


@dataclass(frozen=True)
class Column:
    """A kind of column: its heading, who chooses its elements, how many by name, how wide a plate is.

    `settled` columns keep the order of their elements; the others are ordered by what flows in.
    """

    name: str
    title: str
    elements: object
    most: int
    width: int
    settled: bool = False


COLUMNS = {
    column.name: column
    for column in (
        Column("preparation", "Preparation", preparations, 10, 160, settled=True),
        Column("mechanism", "Mechanism", mechanisms, 30, 190, settled=True),
        Column("mediator", "Mediators", mediators, 14, 146),
        Column("target", "Target cells", targets, 13, 160),
        Column("process", "Processes", processes, 14, 184),
    )
}
