"""How many trials in each condition had which outcome."""

from collections import defaultdict
from math import sqrt
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse

from catalog.models import Condition
from core.querysets import ancestry_in, trees
from figures.claim_index import Filters
from figures.matrix import Cell, Head, Matrix
from trials.models import Trial

MARKS = {"improved": "▲", "positive-trend": "△", "mixed": "◆", "no-effect": "○", "safety-only": "◇", "": "·"}
MOST_CONDITIONS = 24


def trials_address(given: Filters, **more: str) -> str:
    """The list of the trials that pass the filters given and these.

    Where a condition is given already, its alias asks for the second one: both must be met.
    """
    if "condition" in more and given.get("condition"):
        more["disease"] = more.pop("condition")
    return f"{reverse('trial-list')}?{urlencode({**given, **more}, doseq=True, safe='!,')}"


def outcome_matrix(
    trials: QuerySet[Trial], given: Filters | None = None, download: str = ""
) -> Matrix | None:
    """How many trials in each condition had which outcome; a condition counts what is narrower.

    `given` are the filters that chose the trials. None where they name two conditions already.
    """
    given = given or {}
    if given.get("condition") and given.get("disease"):
        return None  # no list can ask for a third condition
    found = list(trials.order_by().values_list("pk", "outcome", "conditions"))
    outcome_of = {trial: outcome for trial, outcome, _ in found}
    tree = trees(Condition)[Condition]
    lines = ancestry_in(tree)
    trials_in: defaultdict[int, set[int]] = defaultdict(set)
    for trial, _, condition in found:
        for pk in lines.get(condition, ()):
            trials_in[pk].add(trial)
    named = {condition for _, _, condition in found if condition}
    shown = sorted(named, key=lambda pk: (-len(trials_in[pk]), tree[pk].name.lower()))[:MOST_CONDITIONS]
    outcomes = [
        choice for choice in [*Trial.Outcome.choices, ("", "Not stated")] if choice[0] in outcome_of.values()
    ]
    most = max((len(trials_in[pk]) for pk in shown), default=1)
    cells = {}
    for r, pk in enumerate(shown):
        for c, (value, label) in enumerate(outcomes):
            if n := sum(outcome_of[trial] == value for trial in trials_in[pk]):
                href = trials_address(given, condition=tree[pk].slug, outcome=outcome_filter(value))
                what = f"{tree[pk].name}, {label.lower()}: {n} trial{'s'[: n > 1]}"
                cells[r, c] = Cell(href, "area", what, str(n), round(8 + 9 * sqrt(n / most), 1))
    return Matrix(
        ident="outcomes", title="Trials by condition and outcome",
        description=f"{len(outcome_of)} trials in {len(shown)} conditions, by the outcome as reported.",
        rows=[
            Head(tree[pk].name, trials_address(given, condition=tree[pk].slug), rows=len(trials_in[pk]))
            for pk in shown
        ],
        columns=[
            Head(f"{MARKS[value]} {label}", trials_address(given, outcome=outcome_filter(value)))
            for value, label in outcomes
        ],
        cells=cells, cell_width=112, row_height=40, tilted=False, count=len(outcome_of), download=download,
        legend="The number is that of the trials; a condition counts what is narrower.",
    )  # fmt: skip


def outcome_filter(value: str) -> str:
    """The value of the outcome filter that finds this outcome, "" where none is stated."""
    return value or ",".join(f"!{outcome}" for outcome in Trial.Outcome.values)
