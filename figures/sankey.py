"""A Sankey diagram of claims: columns of nodes, joined by links as wide as the number of claims they share."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, product
from math import inf
from typing import NamedTuple

from figures.claim_index import DIRECTIONS, ClaimIndex, Direction, Filters, claims_address
from figures.columns import COLUMNS, ClaimGroup, Column
from figures.drawing import LINE_HEIGHT, Figure, wrap_label

# Lengths are in pixels, scales in pixels a claim.
SCALES = [8, 6, 5, 4, 3, 2.5, 2, 1.6, 1.3, 1.1, 1, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0.05, 0.02]
TALLEST, WIDEST_GAP, HEAD, FOOT = 1010, 30, 34, 46
LEAST_HEIGHT, PADDING, BETWEEN = 26, 8, 7
MARKS_HEIGHT = LINE_HEIGHT + 3  # of the line of directions in a node
MOST_LINKS = 220
THINNEST = 0.8  # what the eye can still follow
PATTERNED = {"decreases", "other"}  # directions told apart by a pattern
KINDS = ["named", "others", "none"]
ROUND_NUMBERS = [1, 2, 5, 10, 20, 50, 100, 200, 500]


class Text(NamedTuple):
    text: str
    x: float
    y: float


@dataclass
class DirectionLink:
    """How many claims of a node go one way, and their address."""

    direction: Direction
    count: int
    href: str
    x: float


@dataclass(eq=False)
class Node:
    """A group of claims as drawn: a box with its name, its number of claims, and links by direction."""

    group: ClaimGroup
    href: str
    lines: list[str]
    x: float
    width: float
    directions: list[DirectionLink] = field(default_factory=list)
    coming: list["Link"] = field(default_factory=list)
    leaving: list["Link"] = field(default_factory=list)
    y: float = 0
    height: float = 0

    @property
    def count(self) -> int:
        return len(self.group.claims)

    @property
    def middle(self) -> float:
        return self.y + self.height / 2

    @property
    def flow(self) -> int:
        """How many claims its box must have room for."""
        return max(self.count, *(sum(link.count for link in side) for side in (self.coming, self.leaving)))

    @property
    def height_of_source(self) -> float:
        """The mean height of what flows into it, by number of claims; what nothing flows into stands last."""
        total = sum(link.count for link in self.coming)
        return sum(link.count * link.start.middle for link in self.coming) / total if total else inf

    @property
    def text_height(self) -> float:
        return len(self.lines) * LINE_HEIGHT + (MARKS_HEIGHT if self.directions else 0)

    @property
    def first_baseline(self) -> float:
        """Where the first line of text stands, so that the text is in the middle of the box."""
        return self.middle - self.text_height / 2 + 11.5

    @property
    def texts(self) -> list[Text]:
        return [
            Text(line, self.x + PADDING + 3, round(self.first_baseline + LINE_HEIGHT * number, 1))
            for number, line in enumerate(self.lines)
        ]

    @property
    def count_x(self) -> float:
        return self.x + self.width - PADDING

    @property
    def directions_y(self) -> float:
        return round(self.first_baseline + LINE_HEIGHT * len(self.lines) + 3, 1)


@dataclass(eq=False)
class Link:
    """What two neighbouring nodes share: its width is the number of claims."""

    start: Node
    end: Node
    count: int
    href: str
    direction: str = ""
    family: str = "none"
    width: float = 0
    path: str = ""

    @property
    def is_patterned(self) -> bool:
        return self.direction in PATTERNED

    @property
    def is_faint(self) -> bool:
        """Does it lead to or from what is not drawn by name?"""
        return self.start.group.kind != "named" or self.end.group.kind != "named"


@dataclass
class NodeColumn:
    column: Column
    nodes: list[Node]


@dataclass
class LegendSample:
    """What a width stands for, or what a direction looks like."""

    name: str
    text: str
    width: float
    x: int

    @property
    def is_patterned(self) -> bool:
        return self.name in PATTERNED


@dataclass(kw_only=True)
class Sankey(Figure):
    """`links` are in drawing order, the widest named ones on top."""

    template = "figures/sankey.svg"
    table_template = "figures/sankey_table.html"

    columns: list[NodeColumn]
    links: list[Link]
    samples: list[LegendSample]

    @property
    def samples_y(self) -> float:
        return round(self.height - FOOT + 23, 1)

    @property
    def samples_text_y(self) -> float:
        return round(self.height - FOOT + 31, 1)

    @property
    def links_by_place(self) -> list[Link]:
        place = {node: number for number, node in enumerate(nodes_of(self.columns))}
        return sorted(self.links, key=lambda link: (place[link.start], place[link.end]))


def nodes_of(columns: Iterable[NodeColumn]) -> list[Node]:
    return [node for column in columns for node in column.nodes]


def sankey(
    ident: str,
    title: str,
    index: ClaimIndex,
    names: Sequence[str],
    filters: Filters | None = None,
    *,
    gap: int = 110,
    most: int | None = None,
    tallest: int = TALLEST,
    family: str = "none",
) -> Sankey:
    """A figure of the claims in `index`, in the columns `names`; `filters` are what chose the claims.

    `most` bounds the nodes that a column names. Links have the colour of the mechanism that they start or end
    at, else that of `family`.
    """
    filters, x = filters or {}, 1
    columns: list[NodeColumn] = []
    for name in names:
        column = COLUMNS[name]
        groups = column.groups(index, min(column.most, most or column.most))
        columns.append(NodeColumn(column, [node(group, x, column.width, filters) for group in groups]))
        x += column.width + gap
    for last in columns[-1].nodes:
        last.directions = directions(last, index, filters)
    links = join(columns, index, filters, family)
    scale, height = fit(columns, tallest)
    arrange(columns, height)
    attach(columns, links, scale)
    shown, total = [column for column in columns if column.nodes], len(index.all)
    return Sankey(
        ident=ident, title=title, description=describe(shown, total), width=x - gap + 1,
        height=round(height + HEAD + FOOT, 1), count=total, legend=legend(links), columns=shown,
        links=sorted(links, key=lambda link: (not link.is_faint, -link.count)), samples=samples(scale, total),
    )  # fmt: skip


def node(group: ClaimGroup, x: int, width: int, filters: Filters) -> Node:
    """A node without its height and directions."""
    lines = wrap_label(group.label, width - 2 * PADDING - 9 - 8 * len(str(len(group.claims))))
    return Node(group, claims_address(filters, group.query), lines, x, width)


def directions(node: Node, index: ClaimIndex, filters: Filters) -> list[DirectionLink]:
    made, x = [], node.x + PADDING
    for direction, n in index.by_direction(node.group.claims):
        href = claims_address(filters, node.group.query, {"direction": direction.filter_value})
        made.append(DirectionLink(direction, n, href, x))
        x += 26 + 8 * len(str(n))
    return made


def join(columns: Sequence[NodeColumn], index: ClaimIndex, filters: Filters, family: str) -> list[Link]:
    """Link neighbouring columns, the last one apart by direction. Returns the links that are drawn."""
    made: list[Link] = []
    for left, right in pairwise(columns):
        for a, b in product(left.nodes, right.nodes):
            given, shared = (filters, a.group.query, b.group.query), a.group.claims & b.group.claims
            if right is columns[-1]:
                made += [
                    Link(
                        a, b, n, claims_address(*given, {"direction": direction.filter_value}), direction.name
                    )
                    for direction, n in index.by_direction(shared)
                ]
            elif shared:
                colour = next((n.group.family for n in (a, b) if n.group.family != "none"), family)
                made.append(Link(a, b, len(shared), claims_address(*given), family=colour))
    least = 1
    while sum(link.count >= least for link in made) > MOST_LINKS:
        least += 1
    drawn = [link for link in made if link.count >= least]
    for link in drawn:
        link.start.leaving.append(link)
        link.end.coming.append(link)
    return drawn


def fit(columns: Iterable[NodeColumn], allowed: float) -> tuple[float, float]:
    """The largest scale at which no column is taller than allowed, and the height that it takes."""
    for scale in SCALES:
        for n in nodes_of(columns):
            n.height = max(LEAST_HEIGHT, n.text_height + 9, n.flow * scale)
        tallest = max(sum(n.height + BETWEEN for n in column.nodes) for column in columns)
        if tallest <= allowed:
            break
    return scale, tallest


def arrange(columns: Iterable[NodeColumn], height: float) -> None:
    """Column by column from the left; each node near what flows into it, the unnamed last."""
    for number, column in enumerate(columns):
        nodes = column.nodes
        if number and not column.column.fixed_order:
            nodes.sort(key=lambda n: (KINDS.index(n.group.kind), n.height_of_source))
        free = height - sum(n.height for n in nodes)
        gap = min(WIDEST_GAP, free / max(1, len(nodes) - 1))
        y = HEAD + (free - gap * (len(nodes) - 1)) / 2
        for n in nodes:
            n.y = round(y, 1)
            y += n.height + gap


def attach(columns: Iterable[NodeColumn], links: Iterable[Link], scale: float) -> None:
    """Each link's ends, in the order of what they lead to, so that few cross; then its path."""
    starts: dict[Link, float] = {}
    ends: dict[Link, float] = {}
    for n in nodes_of(columns):
        n.leaving.sort(key=lambda link: (link.end.middle, link.direction))
        n.coming.sort(key=lambda link: (link.start.middle, link.direction))
        for side, places in ((n.leaving, starts), (n.coming, ends)):
            y = n.middle - sum(link.count for link in side) * scale / 2
            for link in side:
                link.width = round(link.count * scale, 2)
                places[link] = y + link.width / 2
                y += link.width
    for link in links:
        link.path = ribbon(link.start.x + link.start.width, starts[link], link.end.x, ends[link], link.width)


def ribbon(x1: float, y1: float, x2: float, y2: float, width: float) -> str:
    """The outline of a band of even height from one point to another."""
    middle, half = (x1 + x2) / 2, max(width, THINNEST) / 2
    there = f"C{middle:g} {y1 - half:.1f} {middle:g} {y2 - half:.1f} {x2:g} {y2 - half:.1f}"
    back = f"C{middle:g} {y2 + half:.1f} {middle:g} {y1 + half:.1f} {x1:g} {y1 + half:.1f}"
    return f"M{x1:g} {y1 - half:.1f}{there}v{2 * half:.1f}{back}z"


def legend(links: Iterable[Link]) -> str:
    least = min((link.count for link in links), default=1)
    return (
        "The width of a link is the number of claims that name both of its ends; a claim that names several "
        "nodes of a column runs through each. The last links say the direction: solid increases, dashed "
        "decreases, dotted anything else. What is drawn counts what is narrower."
        + (f" Links of fewer than {least} claims are left out." if least > 1 else "")
    )


def samples(scale: float, total: int) -> list[LegendSample]:
    """The legend's samples: what a width stands for, and each direction."""
    count = max((n for n in ROUND_NUMBERS if n * scale <= 14 and n <= max(total, 1)), default=1)
    shown = [("width", f"{count} claim{'s'[: count > 1]}", round(count * scale, 2))]
    shown += [(direction.name, f"{direction.mark} {direction.name}", 6) for direction in DIRECTIONS]
    return [LegendSample(*sample, x=1 + 150 * number) for number, sample in enumerate(shown)]


def describe(columns: Iterable[NodeColumn], total: int) -> str:
    """The figure in words: the most frequent groups of each column."""
    parts = []
    for column in columns:
        named = sorted((n for n in column.nodes if n.group.kind == "named"), key=lambda n: -n.count)[:3]
        if named:
            words = ", ".join(f"{n.group.label} ({n.count})" for n in named)
            parts.append(f"{column.column.title}: {words}.")
    return f"{total} claims, from left to right. Most frequent: {' '.join(parts)}"
