"""Doses of trials on logarithmic axes; cells and cells per kilogram cannot be compared and stand apart."""

from dataclasses import dataclass
from math import ceil, floor, log10

from core.rows import read_rows
from figures.drawing import Figure, lines_of
from figures.trials import MARKS
from trials.querysets import DOSE_COLUMNS
from trials.templatetags.doses import SUPERSCRIPTS, cells

MOST_DOSES = 60  # of each unit
HEAD = 54
TITLES = {"cells": "Cells", "cells/kg": "Cells per kilogram of body weight"}
LEGEND = (
    "A mark is one dose, a bar a range; its shape is the outcome: ▲ improved, △ positive trend, ◆ mixed, "
    "○ no effect, ◇ safety only. Each row leads to its trial."
)


@dataclass(frozen=True)
class Frame:
    """Where the axis stands, how high a row is, and where in it the words and the mark are.

    Wide: the condition left of the axis, the dose beside its mark. Narrow: both above the mark.
    """

    left: int
    axis: int
    right: int
    row: int
    words: int
    mark: int
    beside: bool

    @property
    def width(self):
        return self.left + self.axis + self.right


WIDE = Frame(left=250, axis=520, right=160, row=24, words=16, mark=12, beside=True)
NARROW = Frame(left=12, axis=264, right=24, row=40, words=15, mark=29, beside=False)


def doses(trials, download=""):
    """Every stated dose: a mark where one number is given, a bar for a range."""
    [dosed] = read_rows(trials.dosed(DOSE_COLUMNS).order_by("accession"))
    stated = {unit: stated_in(dosed, unit) for unit in DOSE_COLUMNS}
    drawn = {unit: rows[:MOST_DOSES] for unit, rows in stated.items() if rows}
    count = sum(len(rows) for rows in drawn.values())
    cut = any(len(rows) > MOST_DOSES for rows in stated.values())
    description = f"{count} doses at one administration, from the lowest, with the outcome of the trial."
    legend = LEGEND + (f" Only the {MOST_DOSES} lowest of a unit are drawn." if cut else "")
    made = [drawing(ident, drawn, frame) for ident, frame in (("doses", WIDE), ("doses-short", NARROW))]
    for figure in made:
        figure.description, figure.count = description, count
    wide, wide.short = made
    wide.download, wide.legend = download, legend
    return wide


def stated_in(trials, unit):
    """[(trial, lowest, highest)] of the doses in a unit, the lowest first."""
    low, high = DOSE_COLUMNS[unit]
    rows = [(trial, getattr(trial, low), getattr(trial, high)) for trial in trials]
    return sorted(
        (row for row in rows if row[1] is not None), key=lambda row: (row[1], row[2], row[0].accession)
    )


def drawing(ident, drawn, frame):
    y, charts = 0, []
    for unit, rows in drawn.items():
        charts.append(chart(unit, rows, y, frame))
        y = charts[-1]["bottom"] + 34
    return Figure(
        ident,
        "Doses of the trials",
        "",
        "figures/doses.svg",
        "figures/doses_table.html",
        width=frame.width,
        height=max(0, y - 14),
        content={"charts": charts},
    )


def chart(unit, stated, top, frame):
    low = floor(log10(min(a for _, a, _ in stated)))
    high = max(low + 1, ceil(log10(max(b for _, _, b in stated))))

    def x(number):
        return round(frame.left + frame.axis * (log10(number) - low) / (high - low), 1)

    rows = [
        row_of(trial, a, b, x, top + HEAD + frame.row * number, number, frame)
        for number, (trial, a, b) in enumerate(stated)
    ]
    ticks = [
        {"x": x(10**power), "label": f"10{str(power).translate(SUPERSCRIPTS)}"}
        for power in range(low, high + 1)
    ]
    return {
        "unit": unit,
        "title": TITLES[unit],
        "rows": rows,
        "ticks": ticks,
        "top": top + HEAD,
        "bottom": top + HEAD + frame.row * len(rows),
        "title_y": top + 14,
        "tick_y": top + HEAD - 10,
        "frame": frame,
    }


def row_of(trial, a, b, x, y, number, frame):
    """One dose as drawn: a range from x1 to x2, or a mark where both are the same."""
    name = ", ".join(condition.name for condition in trial.conditions.all())
    said = cells(a) if a == b else f"{cells(a)} – {cells(b)}"
    room = frame.left - 16 if frame.beside else frame.width - 16 - 7 * len(said)
    mark_x = x(b) + (14 if a != b else 0)
    return {
        "trial": trial,
        "name": name,
        "label": lines_of(name, room, 1)[0],
        "said": said,
        "is_range": a != b,
        "x1": x(a),
        "x2": x(b),
        "y": y + frame.mark,
        "text_y": y + frame.words,
        "said_x": mark_x + 13 if frame.beside else frame.width - 4,
        "mark_x": mark_x,
        "mark_y": y + frame.mark + 5,
        "mark": MARKS[trial.outcome],
        "top": y,
        "band": number % 2 == 0,
    }
