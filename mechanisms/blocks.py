"""Blocks of detail pages: the claims that a row is about, what they come to, and where they conflict."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from django.utils.functional import cached_property

from catalog.models import CellType, Condition, Molecule, Organism, TissueSource
from core.conflicts import CONFLICT_ORDER, ConflictRows
from core.models import Entity, TreeEntity
from core.querysets import Lines, Nodes, ancestry_in, trees
from core.rows import read_rows
from core.web.blocks import Block, filtered_list
from mechanisms.models import BiologicalProcess, Claim, ClaimConflict, Mechanism, Pathway, VesicleClass

WORTH_COUNTING = 8  # claims on a page, from which on counts say more than the eye
MOST_COMMON = 10
Read = TypeVar("Read")

# The filter that finds the claims of a row's page, where they are one list.
FILTER_OF: dict[type[Entity], str] = {
    TissueSource: "source",
    Organism: "organism",
    Condition: "condition",
    Mechanism: "mechanism",
    Pathway: "pathway",
    BiologicalProcess: "process",
}
# How a molecule takes part in a claim: {filter: (field, title of the block)}.
ROLES = {
    "mediator": ("mediators", "Carries it out (mediator)"),
    "regulated": ("regulated", "Is changed (regulated)"),
    "modulator": ("modulators", "Is applied from outside (modulator)"),
}
Linked = Callable[[Claim], Iterable[Entity]]  # what a claim links to by one of its slots
# What a summary counts: {filter: (model, what a claim links to)}.
SUMMARISED: dict[str, tuple[type[Entity], Linked]] = {
    "mechanism": (Mechanism, lambda claim: [claim.mechanism] if claim.mechanism else []),
    "target": (CellType, lambda claim: claim.targets.all()),
    "mediator": (Molecule, lambda claim: claim.mediators.all()),
    "process": (BiologicalProcess, lambda claim: [claim.process] if claim.process else []),
}


@dataclass
class ClaimsBlock(Block):
    """Claims on the page of `row`, with a summary; `filters` are those of the list that has them all."""

    rows: list[Claim]
    filters: dict[str, str] = field(kw_only=True)
    row: Entity = field(kw_only=True)

    @cached_property
    def summary(self) -> list[tuple[str, list[tuple[str, int, str]]]] | None:
        """What many claims come to: [(filter, [(name, number of claims, address of these)])].

        The numbers are those of the lists behind the addresses, where the narrower count for the broader.
        """
        if len(self.rows) < WORTH_COUNTING:
            return None
        directions = Counter((claim.direction, claim.get_direction_display()) for claim in self.rows)
        found = [
            ("direction", [(label, n, self.more_with("direction", value))
                           for (value, label), n in directions.most_common()])
        ]  # fmt: skip
        lines: dict[type[Entity], Lines] = {
            model: ancestry_in(tree) for model, tree in trees_here(self.row).items()
        }
        for name, (model, linked) in SUMMARISED.items():
            if name in self.filters and model not in lines:
                continue
            common = most_common(self.rows, linked, lines.get(model), within=self.filters.get(name))
            if len(common) > 1:
                found.append((name, [(e.name, n, self.more_with(name, e.slug)) for e, n in common]))
        return found

    def more_with(self, name: str, value: str) -> str:
        return filtered_list(Claim, **{**self.filters, name: value})


def claims_block(
    title: str, row: Entity, rows: list[Claim], slug: str = "claims", **filters: str
) -> ClaimsBlock:
    more = filtered_list(Claim, **filters)
    return ClaimsBlock(title, "partials/claims.html", rows, more, slug, filters=filters, row=row)


def most_common(
    claims: list[Claim], linked: Linked, lines: Lines | None, within: str | None = None
) -> list[tuple[Entity, int]]:
    """[(entity, number of claims that link to it or to something narrower)], most first.

    `lines` gives the broader ones of a tree. `within` is the slug that the claims are already filtered by:
    only what is narrower than it counts.
    """
    named = {entity.pk: entity for claim in claims for entity in linked(claim)}
    lines = lines or {pk: [pk] for pk in named}
    top = next((pk for pk, entity in named.items() if entity.slug == within), None) if within else None
    if within and top is None:
        return []
    counts: Counter[int] = Counter()
    for claim in claims:
        found = {pk for entity in linked(claim) for pk in lines[entity.pk]}
        counts.update(pk for pk in found if pk in named and (top is None or (top in lines[pk] and pk != top)))
    return [(named[pk], n) for pk, n in counts.most_common(MOST_COMMON)]


def once_for(row: Entity, name: str, read: Callable[[], Read]) -> Read:
    """What `read` gives, read once for all blocks of a row's page."""
    if name not in row.__dict__:
        row.__dict__[name] = read()
    return row.__dict__[name]


def claims_here(row: Entity) -> list[Claim]:
    """The claims that the page of a row is about, with all that they link to, read once."""
    return once_for(row, "_claims", lambda: read_rows(Claim.objects.about(row).with_slots())[0])


def trees_here(row: Entity) -> dict[type[TreeEntity], Nodes]:
    """The trees that claims link to: {model: {id: Node}}."""
    return once_for(row, "_trees", lambda: trees(Mechanism, CellType, BiologicalProcess))


def claims_of_row(row: Entity) -> Block:
    return claims_block("Claims", row, claims_here(row), **{FILTER_OF[type(row)]: row.slug})


def claims_about_molecule(molecule: Molecule) -> list[Block]:
    """A block for each role that the molecule plays."""
    return [
        claims_block(title, molecule, linked_by(slot, claims_here(molecule), {molecule.pk}), role,
                     **{role: molecule.slug})
        for role, (slot, title) in ROLES.items()
    ]  # fmt: skip


def linked_by(slot: str, claims: list[Claim], ids: Collection[int]) -> list[Claim]:
    """The claims that link to one of these entities by this field."""
    return [claim for claim in claims if any(entity.pk in ids for entity in getattr(claim, slot).all())]


def claims_about_cell(cell: CellType) -> list[Block]:
    """A block for the cell as target and one for it as actor, narrower cells included."""
    claims, cells = claims_here(cell), cell.ids_with_narrower
    acting = [claim for claim in claims if claim.actor_id in cells]
    return [
        claims_block("As a target", cell, linked_by("targets", claims, cells), "target", target=cell.slug),
        claims_block("As the actor", cell, acting, "actor", actor=cell.slug),
    ]


def vesicles_with_molecule(molecule: Molecule) -> Block:
    rows = VesicleClass.objects.filter(markers=molecule.pk)
    return Block("Marks vesicles", "partials/entities.html", rows, slug="vesicles")


def claims_on_vesicles(vesicle_class: VesicleClass) -> Block | None:
    preparation = vesicle_class.slug
    if preparation not in Claim.Preparation.values:
        return None
    [rows] = read_rows(Claim.objects.filter(preparation=preparation).with_slots())
    return claims_block("Claims on this preparation", vesicle_class, rows, preparation=preparation)


def conflicts_of_claim(claim: Claim) -> Block:
    rows = ConflictRows([ClaimConflict.objects.of(claim)], CONFLICT_ORDER)[:]
    return Block("Where statements disagree", "partials/conflicts.html", rows, slug="conflicts")
