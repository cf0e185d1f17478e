"""Where the plates and strands of a flow stand: columns of elements, joined by what claims share."""

from dataclasses import dataclass, field

from figures.columns import COLUMNS
from figures.drawing import LINE, Figure, lines_of
from figures.slots import DIRECTIONS, claims_address

SCALES = [8, 6, 5, 4, 3, 2.5, 2, 1.6, 1.3, 1.1, 1, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0.05, 0.02]
TALLEST, WIDEST_GAP, HEAD, FOOT = 1010, 30, 34, 46
LEAST_PLATE, PADDING, BETWEEN = 26, 8, 7
MOST_STRANDS = 220
BAR = 300
WAYS = {"increases": 152, "decreases": 194, "other": 236}  # where a bar's directions stand
THINNEST = 0.8  # pixels: what the eye can still follow
KINDS = ["named", "others", "none"]
ROUND = [1, 2, 5, 10, 20, 50, 100, 200, 500]


@dataclass(eq=False)
class Plate:
    """An element as drawn: a box with its name, its number of claims, and links by direction."""

    element: object
    href: str
    lines: list
    x: float
    width: float
    directions: list = field(default_factory=list)
    flow: int = 0
    y: float = 0
    height: float = 0
    reach: float = 0

    @property
    def count(self):
        return len(self.element.claims)

    @property
    def middle(self):
        return self.y + self.height / 2

    @property
    def top_line(self):
        """Where the first line of text stands, so that the words are in the middle of the plate."""
        return self.middle - (len(self.lines) * LINE + (LINE + 3 if self.directions else 0)) / 2 + 11.5

    @property
    def words(self):
        return [
            {"text": line, "x": self.x + PADDING + 3, "y": round(self.top_line + LINE * number, 1)}
            for number, line in enumerate(self.lines)
        ]

    @property
    def count_x(self):
        return self.x + self.width - PADDING

    @property
    def marks_y(self):
        return round(self.top_line + LINE * len(self.lines) + 3, 1)


@dataclass(eq=False)
class Strand:
    """What two neighbouring elements share: its width is the number of claims."""

    start: Plate
    end: Plate
    count: int
    href: str
    direction: str = ""
    mark: str = ""
    family: str = "none"
    width: float = 0
    path: str = ""

    @property
    def quiet(self):
        """Does it lead to or from what is not drawn by name?"""
        return self.start.element.kind != "named" or self.end.element.kind != "named"


def flow(ident, title, slots, names, filters=None, *, gap=110, most=None, tallest=TALLEST, family="none"):
    """A figure of the claims in `slots`, in the columns `names`; `filters` are what chose the claims.

    Strands have the colour of the mechanism that they start or end at, else that of `family`.
    """
    filters = filters or {}
    columns, x = [], 1
    for name in names:
        column = COLUMNS[name]
        elements = column.elements(slots, min(column.most, most or column.most))
        last = name == names[-1]
        columns.append([plate(element, x, column, filters, slots if last else None) for element in elements])
        x += column.width + gap
    strands = join(columns, slots, filters, family)
    scale, height = fit(columns, strands, tallest)
    arrange(
        [(COLUMNS[name].settled, plates) for name, plates in zip(names, columns, strict=True)],
        strands,
        height,
    )
    attach(columns, strands, scale)
    total, width = len(slots.all), x - gap + 1
    order = {p: number for number, p in enumerate(p for column in columns for p in column)}
    shown = [(COLUMNS[name].title, plates) for name, plates in zip(names, columns, strict=True) if plates]
    return Figure(
        ident, title, describe(shown, total), "figures/flow.svg", "figures/flow_table.html",
        width=width, height=round(height + HEAD + FOOT, 1), count=total, legend=legend(strands),
        short=stack(f"{ident}-short", title, shown, total),
        content={
            "columns": [{"title": title, "x": plates[0].x, "plates": plates} for title, plates in shown],
            "strands": sorted(strands, key=lambda s: (not s.quiet, -s.count)),
            "strands_by_place": sorted(strands, key=lambda s: (order[s.start], order[s.end])),
            "key": key(scale, total), "foot": round(height + HEAD + 23, 1),
            "foot_text": round(height + HEAD + 31, 1),
        },
    )  # fmt: skip


SHORT_LEGEND = (
    "The length of a bar is the number of claims, in each column by itself; ▲ increases, ▼ decreases, ◦ anything else. "
    "On a wider screen strands join the columns. An entity that is drawn counts what is narrower."
)


def legend(strands):
    least = min((s.count for s in strands), default=1)
    return (
        "The width of a strand is the number of claims that name both of its ends; a claim that names several "
        "elements of a column runs through each. The last strands say the direction: solid increases, dashed "
        "decreases, dotted anything else. An entity that is drawn counts what is narrower."
        + (f" Strands of fewer than {least} claims are left out." if least > 1 else "")
    )


def key(scale, total):
    """The legend's samples: what a width stands for, and each direction."""
    count = max((n for n in ROUND if n * scale <= 14 and n <= max(total, 1)), default=1)
    parts = [{"name": "width", "width": round(count * scale, 2), "text": f"{count} claim{'s'[: count > 1]}"}]
    parts += [{"name": name, "width": 6, "text": f"{mark} {name}"} for name, mark, _ in DIRECTIONS]
    for number, part in enumerate(parts):
        part["x"] = 1 + 150 * number
        part["text_x"] = part["x"] + 42
    return parts


def stack(ident, title, columns, total):
    """The same elements one below the other, as bars: what a narrow screen shows."""
    y, groups = 4, []
    for heading, plates in columns:
        most = max(p.count for p in plates)
        group = {"title": heading, "y": y + 16, "bars": []}
        y += 28
        for p in plates:
            bar = {"plate": p, "text_y": y + 14, "y": y + 19, "width": round(BAR * p.count / most, 1)}
            bar["ways"] = [{**way, "x": WAYS[way["name"]]} for way in p.directions]
            bar["label"] = lines_of(
                p.element.label, min((way["x"] for way in bar["ways"]), default=BAR - 40), 1
            )[0]
            group["bars"].append(bar)
            y += 31
        y += 14
        groups.append(group)
    description = describe(columns, total)
    return Figure(
        ident,
        title,
        description,
        "figures/stack.svg",
        "",
        BAR,
        y,
        total,
        legend=SHORT_LEGEND,
        content={"groups": groups},
    )


def plate(element, x, column, filters, slots):
    room = column.width - 2 * PADDING - 9 - 8 * len(str(len(element.claims)))
    lines = lines_of(element.label, room)
    made = Plate(element, claims_address(filters, element.query), lines, x, column.width)
    if slots:
        place = x + PADDING
        for name, mark, n, value in slots.by_direction(element.claims):
            href = claims_address(filters, element.query, {"direction": value})
            made.directions.append({"name": name, "mark": mark, "count": n, "href": href, "x": place})
            place += 26 + 8 * len(str(n))
    return made


def join(columns, slots, filters, default):
    """The strands between neighbouring columns; the last ones apart by direction."""
    made = []
    for left, right in zip(columns, columns[1:], strict=False):
        for a in left:
            for b in right:
                shared = a.element.claims & b.element.claims
                kinds = slots.by_direction(shared) if right is columns[-1] else [("", "", len(shared), "")]
                family = next((p.element.family for p in (a, b) if p.element.family != "none"), default)
                made += [
                    Strand(
                        a, b, n,
                        claims_address(
                            filters, a.element.query, b.element.query, {"direction": value} if value else {}
                        ),
                        name, mark, "none" if name else family,
                    )
                    for name, mark, n, value in kinds if n
                ]  # fmt: skip
    least = 1
    while sum(strand.count >= least for strand in made) > MOST_STRANDS:
        least += 1
    return [strand for strand in made if strand.count >= least]


def fit(columns, strands, allowed):
    """The largest scale (pixels a claim) at which no column is too tall, and the height it takes."""
    for p in (p for column in columns for p in column):
        leaving = sum(s.count for s in strands if s.start is p)
        coming = sum(s.count for s in strands if s.end is p)
        p.flow = max(leaving, coming, p.count)
    for scale in SCALES:
        for p in (p for column in columns for p in column):
            words = len(p.lines) * LINE + (LINE + 3 if p.directions else 0) + 9
            p.reach = p.flow * scale
            p.height = max(LEAST_PLATE, words, p.reach)
        tallest = max((sum(p.height + BETWEEN for p in column) for column in columns), default=0)
        if tallest <= allowed:
            break
    return scale, tallest


def arrange(columns, strands, height):
    """Column by column from the left; each plate near what flows into it, the unnamed last."""
    for number, (settled, column) in enumerate(columns):
        if number and not settled:
            pull = {p: weighted_middle(p, strands) for p in column}
            column.sort(key=lambda p: (KINDS.index(p.element.kind), pull[p]))
        free = height - sum(p.height for p in column)
        gap = min(WIDEST_GAP, free / max(1, len(column) - 1))
        y = HEAD + (free - gap * (len(column) - 1)) / 2
        for p in column:
            p.y = round(y, 1)
            y += p.height + gap


def attach(columns, strands, scale):
    """Each strand's ends, in the order of what they lead to, so that few cross; then its path."""
    ends = {}
    for side, other in (("start", "end"), ("end", "start")):
        for p in (p for column in columns for p in column):
            mine = [s for s in strands if getattr(s, side) is p]
            mine.sort(key=lambda s: (getattr(s, other).middle, s.direction))
            y = p.middle - sum(s.count for s in mine) * scale / 2
            for s in mine:
                s.width = round(s.count * scale, 2)
                ends[s, side] = y + s.width / 2
                y += s.width
    for s in strands:
        s.path = ribbon(s.start.x + s.start.width, ends[s, "start"], s.end.x, ends[s, "end"], s.width)


def ribbon(x1, y1, x2, y2, width):
    """The outline of a band of even height from one point to another."""
    middle, half = (x1 + x2) / 2, max(width, THINNEST) / 2
    there = f"C{middle:g} {y1 - half:.1f} {middle:g} {y2 - half:.1f} {x2:g} {y2 - half:.1f}"
    back = f"C{middle:g} {y2 + half:.1f} {middle:g} {y1 + half:.1f} {x1:g} {y1 + half:.1f}"
    return f"M{x1:g} {y1 - half:.1f}{there}v{2 * half:.1f}{back}z"


def weighted_middle(plate, strands):
    """The mean height of what flows into the plate, by number of claims."""
    coming = [s for s in strands if s.end is plate]
    total = sum(s.count for s in coming)
    return sum(s.count * s.start.middle for s in coming) / total if total else float("inf")


def describe(columns, total):
    """The figure in words: the most frequent elements of each column."""
    parts = []
    for title, plates in columns:
        named = sorted((p for p in plates if p.element.kind == "named"), key=lambda p: -p.count)[:3]
        if named:
            parts.append(f"{title}: {', '.join(f'{p.element.label} ({p.count})' for p in named)}.")
    return f"{total} claims, from left to right. Most frequent: {' '.join(parts)}"
