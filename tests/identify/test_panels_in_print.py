"""Panels as they are printed: no sign is ever wrong, and nearly all that are printed plainly are read."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from core.names import Lookup
from core.text import key
from identify.panel import read_panel

NAMES = {
    "cd73": "CD73 NT5E", "cd90": "CD90 Thy-1 THY1", "cd105": "CD105 endoglin ENG", "cd45": "CD45 PTPRC", "cd34": "CD34",
    "cd14": "CD14", "cd11b": "CD11b ITGAM", "cd19": "CD19", "hla-dr": "HLA-DR", "hla-abc": "HLA-ABC", "cd29": "CD29",
    "cd44": "CD44", "cd166": "CD166 ALCAM", "cd146": "CD146 MCAM", "cd13": "CD13", "cd31": "CD31", "stro-1": "STRO-1",
    "ssea-4": "SSEA-4", "cd49d": "CD49d", "cd71": "CD71", "cd106": "CD106", "vimentin": "vimentin",
}  # fmt: skip
KNOWN = {key(name): slug for slug, names in NAMES.items() for name in names.split()}
SHORT = {"positive": "+", "negative": "-", "variable": "~", None: "?"}
PANELS = yaml.safe_load((Path(__file__).parent / "panels.yaml").read_text(encoding="utf-8"))
UNREAD = {panel["text"]: panel["unread"] for panel in PANELS if "unread" in panel}
LEAST_READ = 0.95


def signs_read(text):
    """{(sample, name): signs} of a panel. Several signs of one name are a contradiction, which the answer tells."""
    found = {}
    for reading in read_panel(text, Lookup(KNOWN)).readings:
        name = KNOWN.get(key(reading.name), reading.name)
        found.setdefault((reading.sample, name), set()).add(SHORT[reading.sign])
    return {place: (signs - {"?"}) or {"?"} for place, signs in found.items()}


def signs_printed(panel):
    """{(sample, name): sign}"""
    samples = panel.get("samples") or {"": panel["signs"]}
    return {(sample, name): sign for sample, signs in samples.items() for name, sign in signs.items()}


def test_no_sign_is_wrong_and_none_is_taken_where_none_is_given():
    wrong = [
        (panel["text"], place, signs)
        for panel in PANELS
        for place, signs in signs_read(panel["text"]).items()
        if (sign := signs_printed(panel).get(place)) and len(signs) == 1 and signs - {sign, "?"}
    ]
    assert wrong == []


def test_nearly_all_signs_that_are_printed_plainly_are_read():
    printed = [
        (sign, signs_read(panel["text"]).get(place, {"?"}))
        for panel in PANELS if panel.get("plain", True)
        for place, sign in signs_printed(panel).items() if sign != "?"
    ]  # fmt: skip
    read = sum({sign} == signs for sign, signs in printed)
    read_share = f"{read} of {len(printed)} plainly printed signs are read"
    assert len(printed) > 1_600
    assert read >= LEAST_READ * len(printed), read_share


def names_left_open(panel):
    read = signs_read(panel["text"])
    return [
        place[1] for place, sign in signs_printed(panel).items() if sign != "?" and read.get(place) != {sign}
    ]


def test_which_signs_are_left_open_is_written_down():
    """So that losing a single one is noticed, and so is reading one more: then it is taken from the list."""
    found = {panel["text"]: names_left_open(panel) for panel in PANELS if panel.get("plain", True)}
    assert {text: names for text, names in found.items() if names} == UNREAD


POSITIVE = st.lists(
    st.sampled_from(["CD73", "CD90", "CD105", "CD29", "HLA-ABC", "STRO-1"]), min_size=1, unique=True
)
NEGATIVE = st.lists(
    st.sampled_from(["CD45", "CD34", "CD11b", "HLA-DR", "CD31", "CD19"]), min_size=1, unique=True
)


def listed(names, last=" and "):
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + last + names[-1]


def in_rows(positive, negative, between, plus, minus):
    lines = [f"{name}{between}{plus}" for name in positive] + [f"{name}{between}{minus}" for name in negative]
    return "\n".join(lines)


# Each manner of writing turns two lists of names into a panel.
MANNERS = [
    lambda p, n: "".join(f"{name}+" for name in p) + "".join(f"{name}-" for name in n),
    lambda p, n: " ".join([f"{name}⁺" for name in p] + [f"{name}⁻" for name in n]),
    lambda p, n: ", ".join([f"{name} (+)" for name in p] + [f"{name} (−)" for name in n]),
    lambda p, n: "/".join(p) + "+, " + "/".join(n) + "-",
    lambda p, n: f"The cells were positive for {listed(p)} but negative for {listed(n)}.",
    lambda p, n: f"MSCs expressed {listed(p)} and lacked {listed(n, ' or ')}.",
    lambda p, n: f"{listed(p)} were expressed, whereas {listed(n)} were not detected.",
    lambda p, n: f"The cells did not express {listed(n, ' or ')}; they expressed {listed(p)}.",
    lambda p, n: f"No expression of {listed(n)} was seen. Expression of {listed(p)} was high.",
    lambda p, n: f"≥95% of cells were positive for {listed(p)} and ≤2% for {listed(n)}",
    lambda p, n: f"Positive: {', '.join(p)}\nNegative: {', '.join(n)}",
    lambda p, n: "Positive\n" + "\n".join(p) + "\nNegative\n" + "\n".join(n),
    lambda p, n: in_rows(p, n, "\t", "+", "-"),
    lambda p, n: "Marker,Result\n" + in_rows(p, n, ",", "positive", "negative"),
    lambda p, n: "Marker;% positive\n" + in_rows(p, n, ";", "98.4", "0.3"),
    lambda p, n: "| Marker | Sign |\n|---|---|\n" + in_rows(p, n, " | ", "✓", "✗"),
    lambda p, n: "\t".join([*p, *n]) + "\n" + "\t".join(["yes"] * len(p) + ["no"] * len(n)),
]  # fmt: skip


@pytest.mark.parametrize("manner", range(len(MANNERS)))
@settings(max_examples=40, deadline=None)
@given(positive=POSITIVE, negative=NEGATIVE)
def test_a_panel_reads_back_as_it_was_written(manner, positive, negative):
    text = MANNERS[manner](positive, negative)
    expected = {("", KNOWN[key(name)]): {"+"} for name in positive}
    expected |= {("", KNOWN[key(name)]): {"-"} for name in negative}
    assert signs_read(text) == expected, text
