"""The page that compares tissue sources."""

from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from catalog.models import TissueSource
from compare.cells import OF_TWO, Cell, Pair, Row, State
from compare.comparison import FEWEST, MOST, Comparison, ComparisonFilter, Section
from compare.told import Told

NOTES = {
    State.DIFFERENCE: "Different values are reported, or one source is said to stand higher, lower or otherwise: than"
    " the other, or than a third that both are measured by.",
    State.CONFLICT: "Reports on one and the same source disagree, so that it is open how the sources stand.",
    State.NOT_COMPARABLE: "Something is reported of each, but not on the same point, or not measured by the same"
    " source. To be read side by side.",
    State.AGREEMENT: "The same is reported of each: one value, one sentence about several sources, or that they are"
    " similar.",
    State.NOT_REPORTED: "Nothing is reported of the others, which is neither agreement nor difference.",
    State.COUNTED: "How many statements name each source. Numbers of statements are no property of the cells.",
}
FOLDED = {State.NOT_REPORTED, State.COUNTED}
IN_A_ROW = {
    State.DIFFERENCE: "differ", State.CONFLICT: "open", State.NOT_COMPARABLE: "not comparable",
    State.AGREEMENT: "alike",
}  # fmt: skip


class Column(NamedTuple):
    """A compared source, with the address of the comparison without it where enough others remain."""

    source: TissueSource
    remove: str


class ShownCell(NamedTuple):
    """A cell with the statements that decide the state of its row first, where some do; the others are `more`."""

    cell: Cell
    first: list[Told]
    more: list[Told]


class ShownRow(NamedTuple):
    """A row with its cells as shown, and the pairs of sources that stand to each other otherwise than the row says."""

    row: Row
    cells: list[ShownCell]
    mixed: list[tuple[str, list[Pair]]]


@dataclass(frozen=True)
class Group:
    """The rows in one state, under the sections that they are from."""

    state: State
    parts: list[tuple[Section, list[ShownRow]]]

    @property
    def note(self) -> str:
        return NOTES[self.state]

    @property
    def folded(self) -> bool:
        return self.state in FOLDED

    @property
    def count(self) -> int:
        return sum(len(rows) for _, rows in self.parts)


def shown(row: Row) -> ShownRow:
    deciding = {accession for pair in row.pairs if pair.state == row.state for accession in pair.statements}
    cells = []
    for cell in row.cells:
        first = [told for told in cell.statements if told.accession in deciding] or cell.statements
        cells.append(ShownCell(cell, first, [told for told in cell.statements if told not in first]))
    return ShownRow(row, cells, where_mixed(row))


def where_mixed(row: Row) -> list[tuple[str, list[Pair]]]:
    others = sorted(
        (pair for pair in row.pairs if pair.state != row.state), key=lambda pair: OF_TWO.index(pair.state)
    )
    return [(IN_A_ROW[state], list(pairs)) for state, pairs in groupby(others, key=lambda pair: pair.state)]


def page(request: HttpRequest) -> HttpResponse:
    """The table, with the choice of sources above it. Without a query, the choice alone."""
    asked = ComparisonFilter(request.GET, queryset=TissueSource.objects.none())
    problems = asked.problems() if request.GET else {}
    known = list(TissueSource.objects.order_by("name", "slug"))
    context: dict[str, Any] = {
        "title": "Compare sources",
        "problems": problems,
        "chosen": asked.slugs(),
        "choices": known,
        "most": MOST,
        "differences": request.GET.get("differences") == "true",
    }
    if request.GET and not problems:
        table = asked.comparison(known)
        context |= {
            "table": table,
            "title": "Compare " + ", ".join(s.name.lower() for s in table.sources),
            "columns": columns(table),
            "groups": groups(table),
            "counts": [(state, table.states[state]) for state in State if state != State.COUNTED],
            "api_url": f"{reverse('api-compare')}?{table.query()}",
            "csv_url": f"{reverse('compare-csv')}?{table.query()}",
            "permalink": table.address,
            "toggle": "?" + table.query(differences=not table.differences),
        }
    return render(request, "compare/compare.html", context, status=400 if problems else 200)


def columns(table: Comparison) -> list[Column]:
    can_remove = len(table.sources) > FEWEST
    return [Column(s, "?" + table.query(without=s) if can_remove else "") for s in table.sources]


def groups(table: Comparison) -> list[Group]:
    """The rows by state, differences first, those of one source only and the numbers last.

    How a section is meant is said where it first comes up.
    """
    found, met = [], set[str]()
    for state in State:
        parts = []
        for section in table.sections:
            if rows := [shown(row) for row in section.rows if row.state == state]:
                parts.append((replace(section, note="") if section.name in met else section, rows))
                met.add(section.name)
        if parts or state == State.DIFFERENCE:
            found.append(Group(state, parts))
    return found
