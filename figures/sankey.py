"""A Sankey diagram of claims: columns of nodes, joined by links as wide as the number of claims they share."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from figures.claim_index import DIRECTIONS, ClaimIndex, Direction, claims_address
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
    y: float = 0
    height: float = 0

    @property
    def count(self) -> int:
        return len(self.group.claims)

    @property
    def middle(self) -> float:
        return self.y + self.height / 2

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
    names: list[str],
    filters: dict | None = None,
    *,
    gap: float = 110,
    most: int | None = None,
    tallest: float = TALLEST,
    family: str = "none",
) -> Sankey:
    """A figure of the claims in `index`, in the columns `names`; `filters` are what chose the claims.

    `most` bounds the nodes that a column names. Links have the colour of the mechanism that they start or end
    at, else that of `family`.
    """
    filters = filters or {}
    columns, x = [], 1
    for name in names:
        column = COLUMNS[name]
        groups = column.groups(index, min(column.most, most or column.most))
        last = index if name == names[-1] else None
        columns.append(NodeColumn(column, [node(group, x, column.width, filters, last) for group in groups]))
        x += column.width + gap
    links = links_between(columns, index, filters, family)
    scale, height = fit(columns, links, tallest)
    arrange(columns, links, height)
    attach(columns, links, scale)
    shown = [column for column in columns if column.nodes]
    total = len(index.all)
    return Sankey(
        ident=ident, title=title, description=describe(shown, total), width=x - gap + 1,
        height=round(height + HEAD + FOOT, 1), count=total, legend=legend(links),
        columns=shown,
        links=sorted(links, key=lambda link: (not link.is_faint, -link.count)), samples=samples(scale, total),
    )  # fmt: skip


def node(group, x, width, filters, index=None):
    """A node without its height; with an index, its claims by direction."""
    lines = wrap_label(group.label, width - 2 * PADDING - 9 - 8 * len(str(len(group.claims))))
    made = Node(group, claims_address(filters, group.query), lines, x, width)
    place = x + PADDING
    for direction, n in index.by_direction(group.claims) if index else ():
        href = claims_address(filters, group.query, {"direction": direction.filter_value})
        made.directions.append(DirectionLink(direction, n, href, place))
        place += 26 + 8 * len(str(n))
    return made


def links_between(columns, index, filters, default_family):
    """The links between neighbouring columns; those to the last column apart by direction."""
    made = []
    for left, right in zip(columns, columns[1:], strict=False):
        is_last = right is columns[-1]
        for a in left.nodes:
            for b in right.nodes:
                shared = a.group.claims & b.group.claims
                family = next((n.group.family for n in (a, b) if n.group.family != "none"), default_family)
                if is_last:
                    made += [
                        Link(a, b, n, claims_address(filters, a.group.query, b.group.query,
                                                     {"direction": direction.filter_value}), direction.name)
                        for direction, n in index.by_direction(shared)
                    ]  # fmt: skip
                elif shared:
                    href = claims_address(filters, a.group.query, b.group.query)
                    made.append(Link(a, b, len(shared), href, family=family))
    least = 1
    while sum(link.count >= least for link in made) > MOST_LINKS:
        least += 1
    return [link for link in made if link.count >= least]


def fit(columns, links, allowed):
    """The largest scale at which no column is taller than allowed, and the height that it takes."""
    flow = {}
    for n in nodes_of(columns):
        leaving = sum(link.count for link in links if link.start is n)
        coming = sum(link.count for link in links if link.end is n)
        flow[n] = max(leaving, coming, n.count)
    for scale in SCALES:
        for n in flow:
            n.height = max(LEAST_HEIGHT, n.text_height + 9, flow[n] * scale)
        tallest = max((sum(n.height + BETWEEN for n in column.nodes) for column in columns), default=0)
        if tallest <= allowed:
            break
    return scale, tallest


def arrange(columns, links, height):
    """Column by column from the left; each node near what flows into it, the unnamed last."""
    for number, column in enumerate(columns):
        nodes = column.nodes
        if number and not column.column.fixed_order:
            pull = {n: weighted_middle(n, links) for n in nodes}
            nodes.sort(key=lambda n, pull=pull: (KINDS.index(n.group.kind), pull[n]))
        free = height - sum(n.height for n in nodes)
        gap = min(WIDEST_GAP, free / max(1, len(nodes) - 1))
        y = HEAD + (free - gap * (len(nodes) - 1)) / 2
        for n in nodes:
            n.y = round(y, 1)
            y += n.height + gap


def weighted_middle(node, links):
    """The mean height of what flows into the node, by number of claims."""
    coming = [link for link in links if link.end is node]
    total = sum(link.count for link in coming)
    return sum(link.count * link.start.middle for link in coming) / total if total else float("inf")


def attach(columns, links, scale):
    """Each link's ends, in the order of what they lead to, so that few cross; then its path."""
    ends = {}
    for side, other in (("start", "end"), ("end", "start")):
        for n in nodes_of(columns):
            own = [link for link in links if getattr(link, side) is n]
            own.sort(key=lambda link: (getattr(link, other).middle, link.direction))  # noqa: B023 used at once
            y = n.middle - sum(link.count for link in own) * scale / 2
            for link in own:
                link.width = round(link.count * scale, 2)
                ends[link, side] = y + link.width / 2
                y += link.width
    for link in links:
        start, end = link.start, link.end
        link.path = ribbon(start.x + start.width, ends[link, "start"], end.x, ends[link, "end"], link.width)


def ribbon(x1, y1, x2, y2, width):
    """The outline of a band of even height from one point to another."""
    middle, half = (x1 + x2) / 2, max(width, THINNEST) / 2
    there = f"C{middle:g} {y1 - half:.1f} {middle:g} {y2 - half:.1f} {x2:g} {y2 - half:.1f}"
    back = f"C{middle:g} {y2 + half:.1f} {middle:g} {y1 + half:.1f} {x1:g} {y1 + half:.1f}"
    return f"M{x1:g} {y1 - half:.1f}{there}v{2 * half:.1f}{back}z"


def legend(links):
    least = min((link.count for link in links), default=1)
    return (
        "The width of a link is the number of claims that name both of its ends; a claim that names several "
        "nodes of a column runs through each. The last links say the direction: solid increases, dashed "
        "decreases, dotted anything else. What is drawn counts what is narrower."
        + (f" Links of fewer than {least} claims are left out." if least > 1 else "")
    )


def samples(scale, total):
    """The legend's samples: what a width stands for, and each direction."""
    count = max((n for n in ROUND_NUMBERS if n * scale <= 14 and n <= max(total, 1)), default=1)
    shown = [("width", f"{count} claim{'s'[: count > 1]}", round(count * scale, 2))]
    shown += [(direction.name, f"{direction.mark} {direction.name}", 6) for direction in DIRECTIONS]
    return [LegendSample(*sample, x=1 + 150 * number) for number, sample in enumerate(shown)]


def describe(columns, total):
    """The figure in words: the most frequent groups of each column."""
    parts = []
    for column in columns:
        named = sorted((n for n in column.nodes if n.group.kind == "named"), key=lambda n: -n.count)[:3]
        if named:
            words = ", ".join(f"{n.group.label} ({n.count})" for n in named)
            parts.append(f"{column.column.title}: {words}.")
    return f"{total} claims, from left to right. Most frequent: {' '.join(parts)}"
