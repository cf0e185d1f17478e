"""Cells and rows of a comparison, and how the sources of a row stand to each other."""

from collections import defaultdict
from collections.abc import Hashable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations
from typing import NamedTuple

from django.db.models import TextChoices

from catalog.models import TissueSource
from compare.points import Points, Relation, Value, at_odds
from compare.told import Told
from core.models import Reference


class State(TextChoices):
    """How sources stand to each other in a row: docs/decisions/018-states-of-a-comparison.md."""

    DIFFERENCE = "difference", "Differences"
    CONFLICT = "conflict", "Conflicting reports"
    NOT_COMPARABLE = "not-comparable", "Reported, not comparable"
    AGREEMENT = "agreement", "Agreement"
    NOT_REPORTED = "not-reported", "Reported for one source only"
    COUNTED = "counted", "Numbers of claims and trials"


OF_TWO = [State.DIFFERENCE, State.CONFLICT, State.NOT_COMPARABLE, State.AGREEMENT]  # in which a pair can be


class Point(NamedTuple):
    """A value, and the accession of the statement that gives it."""

    value: Value
    accession: str


@dataclass(frozen=True)
class Cell:
    """What is reported of one source: `value` as a code, `text` as it reads, and what it rests on.

    `listed` tells a report (a negative one, too) from the absence of any. `classed` is what is known without a
    statement.
    """

    source: TissueSource
    listed: bool
    value: str | int
    text: str
    url: str = ""
    statements: list[Told] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    classed: Points = field(default_factory=dict)

    @cached_property
    def points(self) -> dict[Hashable, list[Point]]:
        """What is said of the source, by scale."""
        found: defaultdict[Hashable, list[Point]] = defaultdict(list)
        found.update({scale: [Point(value, "")] for scale, value in self.classed.items()})
        for statement in self.statements:
            for scale, value in statement.points.items():
                found[scale].append(Point(value, statement.accession))
        return dict(found)

    @property
    def conflicting(self) -> bool:
        """Do two statements about this source exclude each other?"""
        return any(at_odds([point.value for point in points]) for points in self.points.values())


class Pair(NamedTuple):
    """How two sources stand to each other in a row, and the accessions of the statements that it rests on."""

    sources: tuple[TissueSource, TissueSource]
    state: State
    statements: list[str]

    @property
    def slugs(self) -> list[str]:
        return [source.slug for source in self.sources]


def pair_of(one: Cell, other: Cell) -> Pair:
    """How two reported sources stand. What is said of the very two goes before what is said of each and a third."""
    found: defaultdict[State, list[str]] = defaultdict(list)
    for scale in scales_of(one, other):
        ours, theirs = on_scale(one, scale), on_scale(other, scale)
        if state := state_on_scale([p.value for p in ours], [p.value for p in theirs]):
            found[state] += [point.accession for point in (*ours, *theirs)]
    for state in (State.DIFFERENCE, State.CONFLICT, State.AGREEMENT):
        if state in found:
            return Pair((one.source, other.source), state, sorted({*found[state]} - {""}))
    return Pair((one.source, other.source), State.NOT_COMPARABLE, [])


def scales_of(one: Cell, other: Cell) -> list[Hashable]:
    """The scales on which both have a value, or those only on which one is measured by the other."""
    directly: list[Hashable] = [("relation", cell.source.pk) for cell in (one, other)]
    return [s for s in directly if s in one.points or s in other.points] or [
        scale for scale in one.points if scale in other.points
    ]


def on_scale(cell: Cell, scale: Hashable) -> list[Point]:
    """The values of a source on a scale. On that which measures by the source itself, it is like itself."""
    if scale == ("relation", cell.source.pk):
        return [Point(Relation("similar"), "")]
    return cell.points[scale]


def state_on_scale(ours: list[Value], theirs: list[Value]) -> State | None:
    if at_odds(ours) or at_odds(theirs):
        return State.CONFLICT
    agreed = {one.agrees(other) for one in ours for other in theirs}
    if False in agreed:
        return State.DIFFERENCE
    return State.AGREEMENT if True in agreed else None


@dataclass(frozen=True)
class Row:
    """One property over all compared sources; `within` names the broader row.

    `counted` rows hold numbers of statements, which are no property of a source.
    """

    name: str
    label: str
    url: str
    cells: list[Cell]
    within: str = ""
    counted: bool = False

    @cached_property
    def pairs(self) -> list[Pair]:
        """Each two sources that something is reported of."""
        if self.counted:
            return []
        return [pair_of(*two) for two in combinations([cell for cell in self.cells if cell.listed], 2)]

    @cached_property
    def state(self) -> State:
        """One pair that differs makes the row a difference; all have to agree to make it an agreement."""
        if self.counted:
            return State.COUNTED
        found = {pair.state for pair in self.pairs}
        return next((state for state in OF_TWO if state in found), State.NOT_REPORTED)

    @property
    def difference(self) -> str:
        """`value`: what is reported differs. `listing`: it does not, but not every source has a report."""
        if self.state in {State.DIFFERENCE, State.CONFLICT}:
            return "value"
        return "none" if all(cell.listed for cell in self.cells) else "listing"
