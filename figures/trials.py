"""How many trials in each condition had which outcome."""

from collections import defaultdict
from math import sqrt
from urllib.parse import urlencode

from django.urls import reverse

from catalog.models import Condition
from core.querysets import ancestry_in, trees
from figures.matrix import Cell, Head, matrix
from trials.models import Trial

MARKS = {"improved": "▲", "positive-trend": "△", "mixed": "◆", "no-effect": "○", "safety-only": "◇", "": "·"}
MOST_CONDITIONS = 24


def trials_address(given, **more):
    """The list of the trials that pass the filters given and these.

    Where a condition is given already, its alias asks for the second one: both must be met.
    """
    if "condition" in more and given.get("condition"):
        more["disease"] = more.pop("condition")
    return f"{reverse('trial-list')}?{urlencode({**given, **more}, doseq=True, safe='!,')}"


def outcomes(trials, given=None, download=""):
    """How many trials in each condition had which outcome; a condition counts what is narrower."""
    given = given or {}
    if given.get("condition") and given.get("disease"):
        return None  # no list can ask for a third condition
    rows = list(trials.order_by().values_list("pk", "outcome", "conditions"))
    outcome_of = {trial: outcome for trial, outcome, _ in rows}
    tree = trees(Condition)[Condition]
    lines, of_condition = ancestry_in(tree), defaultdict(set)
    named = {condition for _, _, condition in rows if condition}
    for trial, _, condition in rows:
        for pk in lines.get(condition, ()):
            of_condition[pk].add(trial)
    chosen = sorted(named, key=lambda pk: (-len(of_condition[pk]), tree[pk].name.lower()))[:MOST_CONDITIONS]
    known = [(value, label) for value, label in Trial.Outcome.choices if value in outcome_of.values()]
    if "" in outcome_of.values():
        known.append(("", "Not stated"))
    columns = [
        Head(f"{MARKS[value]} {label}", trials_address(given, outcome=outcome_filter(value)))
        for value, label in known
    ]
    rows, found = [], {}
    most = max((len(of_condition[pk]) for pk in chosen), default=1)
    for r, pk in enumerate(chosen):
        condition, mine = tree[pk], of_condition[pk]
        rows.append(Head(condition.name, trials_address(given, condition=condition.slug), rows=len(mine)))
        for c, (value, label) in enumerate(known):
            n = sum(outcome_of[trial] == value for trial in mine)
            if n:
                found[r, c] = Cell(
                    trials_address(given, condition=condition.slug, outcome=outcome_filter(value)),
                    "area",
                    f"{condition.name}, {label.lower()}: {n} trial{'s'[: n > 1]}",
                    str(n),
                    round(8 + 9 * sqrt(n / most), 1),
                )
    figure = matrix(
        "outcomes",
        "Trials by condition and outcome",
        f"{len(outcome_of)} trials in {len(rows)} conditions, by the outcome that the review reports.",
        rows,
        columns,
        found,
        wide=112,
        high=40,
        tilted=False,
        download=download,
        legend="The number is that of the trials; a condition counts what is narrower.",
    )
    figure.count = len(outcome_of)
    return figure


def outcome_filter(value):
    return value or ",".join(f"!{outcome}" for outcome in Trial.Outcome.values)
