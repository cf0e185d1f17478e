"""How many trials in each condition had which outcome."""

from collections import defaultdict
from math import sqrt
from urllib.parse import urlencode

from django.urls import reverse

from catalog.models import Condition
from mscbase.figures.matrix import Cell, Head, matrix
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
    outcome_of = dict(trials.order_by().values_list("pk", "outcome"))
    links = Trial.conditions.through.objects.filter(trial__in=trials.order_by().values("pk")).values_list(
        "trial", "condition"
    )
    lines = Condition.objects.ancestry()
    named, of_condition = set(), defaultdict(set)
    for trial, condition in links:
        named.add(condition)
        for pk in lines[condition]:
            of_condition[pk].add(trial)
    chosen = sorted(
        Condition.objects.filter(pk__in=named), key=lambda c: (-len(of_condition[c.pk]), c.name.lower())
    )[:MOST_CONDITIONS]
    known = [(value, label) for value, label in Trial.Outcome.choices if value in outcome_of.values()]
    if "" in outcome_of.values():
        known.append(("", "Not stated"))
    columns = [
        Head(f"{MARKS[value]} {label}", trials_address(given, outcome=outcome_filter(value)))
        for value, label in known
    ]
    rows, found = [], {}
    most = max((len(of_condition[c.pk]) for c in chosen), default=1)
    for r, condition in enumerate(chosen):
        mine = of_condition[condition.pk]
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
