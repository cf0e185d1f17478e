"""Doses of trials on logarithmic axes; cells and cells per kilogram cannot be compared and stand apart."""

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import NamedTuple

from core.rows import attach_links
from figures.drawing import Figure, wrap_label
from figures.trials import MARKS
from trials.models import Trial
from trials.querysets import DOSE_COLUMNS, TrialQuerySet
from trials.templatetags.doses import SUPERSCRIPTS, cells

MOST_DOSES = 60  # of each unit
HEAD, BETWEEN = 54, 34
TITLES = {"cells": "Cells", "cells/kg": "Cells per kilogram of body weight"}
LEGEND = (
    "A mark is one dose, a bar a range; its shape is the outcome: ▲ improved, △ positive trend, ◆ mixed, "
    "○ no effect, ◇ safety only. Each row leads to its trial."
)


class Layout(NamedTuple):
    """Where the axis stands, how high a row is, and where in it the text's baseline and the mark are.

    Wide: the condition left of the axis, the dose beside its mark. Narrow: both above the mark.
    """

    left: int
    axis: int
    right: int
    row: int
    text_y: int
    mark_y: int
    beside: bool

    @property
    def width(self) -> int:
        return self.left + self.axis + self.right


WIDE = Layout(left=250, axis=520, right=160, row=24, text_y=16, mark_y=12, beside=True)
NARROW = Layout(left=12, axis=264, right=24, row=40, text_y=15, mark_y=29, beside=False)


class Dose(NamedTuple):
    """What a trial states in one unit: a range, or one number twice."""

    trial: Trial
    lowest: int
    highest: int


@dataclass
class DoseRow:
    """One dose as drawn from `x1` to `x2` in a row that begins at `top`; `label` names the condition."""

    trial: Trial
    condition: str
    label: str
    text: str
    text_x: float
    x1: float
    x2: float
    mark: str
    mark_x: float
    top: float

    @property
    def is_range(self) -> bool:
        return self.x1 != self.x2


class Tick(NamedTuple):
    label: str
    x: float


@dataclass
class Axis:
    """The doses of one unit on their axis."""

    unit: str
    title: str
    y: float
    rows: list[DoseRow]
    ticks: list[Tick]
    top: float
    bottom: float


@dataclass(kw_only=True)
class DoseChart(Figure):
    template = "figures/doses.svg"
    table_template = "figures/doses_table.html"

    axes: list[Axis]
    layout: Layout


def dose_chart(trials: TrialQuerySet, download: str = "") -> DoseChart:
    """Every stated dose: a mark where one number is given, a bar for a range."""
    dosed = list(trials.dosed(DOSE_COLUMNS).order_by("accession"))
    attach_links(dosed)
    stated = {unit: doses_in(dosed, unit) for unit in DOSE_COLUMNS}
    drawn = {unit: doses[:MOST_DOSES] for unit, doses in stated.items() if doses}
    is_cut = any(len(doses) > MOST_DOSES for doses in stated.values())
    wide, wide.narrow = chart("doses", drawn, WIDE), chart("doses-short", drawn, NARROW)
    wide.download = download
    wide.legend = LEGEND + (f" Only the {MOST_DOSES} lowest of a unit are drawn." if is_cut else "")
    return wide


def doses_in(trials: list[Trial], unit: str) -> list[Dose]:
    """The doses in a unit, the lowest first."""
    low, high = DOSE_COLUMNS[unit]
    doses = [Dose(trial, getattr(trial, low), getattr(trial, high)) for trial in trials]
    return sorted(
        (dose for dose in doses if dose.lowest is not None),
        key=lambda dose: (dose.lowest, dose.highest, dose.trial.accession),
    )


def chart(ident: str, drawn: dict[str, list[Dose]], layout: Layout) -> DoseChart:
    axes: list[Axis] = []
    for unit, doses in drawn.items():
        axes.append(axis(unit, doses, axes[-1].bottom + BETWEEN if axes else 0, layout))
    count = sum(len(doses) for doses in drawn.values())
    return DoseChart(
        ident=ident, title="Doses of the trials",
        description=f"{count} doses at one administration, from the lowest, with the outcome of the trial.",
        width=layout.width, height=axes[-1].bottom + BETWEEN - 14 if axes else 0, count=count, axes=axes, layout=layout,
    )  # fmt: skip


def axis(unit: str, doses: list[Dose], y: float, layout: Layout) -> Axis:
    low = floor(log10(min(dose.lowest for dose in doses)))
    high = max(low + 1, ceil(log10(max(dose.highest for dose in doses))))
    top = y + HEAD

    def x(number: float) -> float:
        return round(layout.left + layout.axis * (log10(number) - low) / (high - low), 1)

    rows = [dose_row(dose, x, top + layout.row * place, layout) for place, dose in enumerate(doses)]
    ticks = [Tick(f"10{str(n).translate(SUPERSCRIPTS)}", x(10**n)) for n in range(low, high + 1)]
    return Axis(unit, TITLES[unit], y + 14, rows, ticks, top, top + layout.row * len(rows))


def dose_row(dose: Dose, x: Callable[[float], float], top: float, layout: Layout) -> DoseRow:
    condition = ", ".join(condition.name for condition in dose.trial.conditions.all())
    is_range = dose.lowest != dose.highest
    text = f"{cells(dose.lowest)} – {cells(dose.highest)}" if is_range else cells(dose.lowest)
    space = layout.left - 16 if layout.beside else layout.width - 16 - 7 * len(text)
    mark_x = x(dose.highest) + (14 if is_range else 0)
    return DoseRow(
        dose.trial, condition, wrap_label(condition, space, 1)[0], text,
        mark_x + 13 if layout.beside else layout.width - 4, x(dose.lowest), x(dose.highest),
        MARKS[dose.trial.outcome], mark_x, top,
    )  # fmt: skip
