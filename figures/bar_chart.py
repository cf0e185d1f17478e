"""The nodes of a Sankey diagram as bars, one below the other: what a narrow screen shows."""

from dataclasses import dataclass

from figures.drawing import Figure, wrap_label
from figures.sankey import DirectionLink, Node, Sankey

WIDTH = 300
DIRECTION_X = {"increases": 152, "decreases": 194, "other": 236}
HEAD_HEIGHT, BAR_HEIGHT = 42, 31
LEGEND = (
    "The length of a bar is the number of claims, in each column by itself; ▲ increases, ▼ decreases, "
    "◦ anything else. On a wider screen links join the columns. What is drawn counts what is narrower."
)


@dataclass
class Bar:
    """A node as a bar: its length in pixels stands for its number of claims."""

    node: Node
    label: str
    y: int
    length: float
    directions: list[DirectionLink]


@dataclass
class BarGroup:
    title: str
    y: int
    bars: list[Bar]


@dataclass(kw_only=True)
class BarChart(Figure):
    template = "figures/bar_chart.svg"

    groups: list[BarGroup]


def bar_chart(figure: Sankey) -> BarChart:
    y, groups = 4, []
    for column in figure.columns:
        most = max(node.count for node in column.nodes)
        group = BarGroup(column.column.title, y + 16, [])
        for number, node in enumerate(column.nodes):
            directions = [
                DirectionLink(d.direction, d.count, d.href, DIRECTION_X[d.direction.name])
                for d in node.directions
            ]
            label = wrap_label(node.group.label, min((d.x for d in directions), default=WIDTH - 40), 1)[0]
            length = round(WIDTH * node.count / most, 1)
            group.bars.append(Bar(node, label, y + HEAD_HEIGHT + BAR_HEIGHT * number, length, directions))
        groups.append(group)
        y += HEAD_HEIGHT + BAR_HEIGHT * len(column.nodes)
    return BarChart(
        ident=f"{figure.ident}-short", title=figure.title, description=figure.description, width=WIDTH, height=y,
        count=figure.count, legend=LEGEND, groups=groups,
    )  # fmt: skip
