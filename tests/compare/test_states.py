"""How sources stand to each other, case by case: each world is one row, its state written down by hand."""

from decimal import Decimal

import pytest

from compare.points import Figure, Relation
from compare.told import without_source
from tests import builders as make
from tests.resources import get


def figure(text):
    """`> 50 passages` as the columns of a trait."""
    sign, number, unit = text.split(" ", 2)
    return {"quantity": Decimal(number), "quantity_sign": sign, "quantity_unit": unit}


def trait(number, source, said="", text="", aspect="yield"):
    """`higher skin` as a trait of a source, `higher` against nobody, `> 50 passages` as a figure."""
    given = {"text": text} if text else {}
    for part in said.split("; ") if said else []:
        if part[0] in "<>=":
            given |= figure(part)
        else:
            relation, _, comparator = part.partition(" ")
            given |= {"relation": relation, "comparator": comparator or None}
    make.trait(f"MSC-ST-{number:04}", source=source, aspect=aspect, **given)


def rows_of(*sources, section="traits", **asked):
    for slug in (*sources, "skin", "lung"):
        make.source(slug)
    table = get(
        f"compare/?source={','.join(sources)}" + "".join(f"&{k}={v}" for k, v in asked.items())
    ).json()
    return {row["name"]: row for s in table["sections"] if s["name"] == section for row in s["rows"]}


def test_one_source_of_a_pair_is_said_to_be_higher(world):
    trait(1, "fat", "higher cord")
    row = rows_of("cord", "fat")["yield"]
    assert (row["state"], row["difference"]) == ("difference", "value")
    assert row["pairs"] == [
        {"sources": ["cord", "fat"], "state": "difference", "statements": ["MSC-ST-0001"]}
    ]
    cord, fat = (cell["statements"][0] for cell in row["cells"])
    assert (fat["relation"], fat["comparator"], fat["value"]) == ("higher", "cord", "reported")
    assert (cord["relation"], cord["comparator"], cord["value"]) == ("lower", "fat", "as-comparator")
    assert (cord["text"], fat["text"]) == ("Lower than fat.", "What MSC-ST-0001 says.")


@pytest.mark.parametrize(
    ("said", "state", "turned", "text"),
    [
        ("higher", "difference", "lower", "Lower than fat."),
        ("lower", "difference", "higher", "Higher than fat."),
        ("different", "difference", "different", "Different from fat."),
        ("similar", "agreement", "similar", "Similar to fat."),
    ],
)
def test_a_relation_is_said_from_the_side_of_each_cell(world, said, state, turned, text):
    trait(1, "fat", f"{said} cord")
    row = rows_of("fat", "cord")["yield"]
    assert row["state"] == state
    assert [cell["statements"][0]["relation"] for cell in row["cells"]] == [said, turned]
    assert row["cells"][1]["text"] == text


# What is said of fat, what of cord (against skin unless another is named), and the state that it makes.
PAIRS = [
    # the same of both
    (["higher skin"], ["higher skin"], "agreement"),
    (["similar skin"], ["similar skin"], "agreement"),
    (["higher"], ["higher"], "agreement"),
    (["= 50 passages"], ["= 50 passages"], "agreement"),
    (["> 50 passages"], ["> 50 passages"], "agreement"),
    (["higher skin; = 500 times"], ["higher skin"], "agreement"),
    (["higher skin", "lower lung"], ["higher skin"], "agreement"),
    # not the same
    (["higher skin"], ["lower skin"], "difference"),
    (["higher skin"], ["similar skin"], "difference"),
    (["different skin"], ["similar skin"], "difference"),
    (["higher"], ["lower"], "difference"),
    (["= 50 passages"], ["= 20 passages"], "difference"),
    (["> 50 passages"], ["= 20 passages"], "difference"),
    (["> 50 passages"], ["< 20 passages"], "difference"),
    (["higher skin; = 500 times"], ["higher skin; = 3 times"], "difference"),
    (["higher skin", "higher lung"], ["higher skin", "lower lung"], "difference"),
    # neither can be told
    (["higher skin"], ["higher lung"], "not-comparable"),
    (["higher skin"], ["higher"], "not-comparable"),
    (["different skin"], ["different skin"], "not-comparable"),
    (["different skin"], ["higher skin"], "not-comparable"),
    (["> 50 passages"], ["> 20 passages"], "not-comparable"),
    (["> 50 passages"], ["= 60 passages"], "not-comparable"),
    (["> 50 passages"], ["< 60 passages"], "not-comparable"),
    (["= 50 passages"], ["= 50 times"], "not-comparable"),
    (["= 50 passages"], ["higher skin"], "not-comparable"),
    ([""], [""], "not-comparable"),
    # one side at odds with itself
    (["higher skin", "lower skin"], ["higher skin"], "conflict"),
    (["higher skin", "similar skin"], ["lower skin"], "conflict"),
    (["= 50 passages", "= 20 passages"], ["= 50 passages"], "conflict"),
    # at odds on one thing, and apart on another
    (["higher skin", "lower skin", "higher lung"], ["higher skin", "lower lung"], "difference"),
    # at odds on something that is not said of the other
    (["higher lung", "lower lung", "higher skin"], ["higher skin"], "agreement"),
    # what is said of the two themselves goes before what is said of each and a third
    (["lower cord", "higher skin"], ["higher skin"], "difference"),
    (["similar cord", "higher skin"], ["lower skin"], "agreement"),
    (["higher cord"], ["higher fat"], "conflict"),
    (["higher cord", "similar cord"], [], "conflict"),
    (["higher cord"], ["lower fat"], "difference"),
    (["similar cord"], ["similar fat"], "agreement"),
    # nothing of the other
    (["higher skin"], [], "not-reported"),
    ([], ["higher"], "not-reported"),
]  # fmt: skip


@pytest.mark.parametrize(("fat", "cord", "state"), PAIRS)
def test_two_sources_stand_as_what_is_said_of_them(world, fat, cord, state):
    for number, said in enumerate(fat, start=1):
        trait(number, "fat", said)
    for number, said in enumerate(cord, start=101):
        trait(number, "cord", said)
    assert rows_of("fat", "cord")["yield"]["state"] == state
    assert rows_of("cord", "fat")["yield"]["state"] == state


def test_a_state_names_the_statements_that_it_rests_on(world):
    trait(1, "fat", "higher skin")
    trait(2, "fat", "lower lung")
    trait(3, "fat", "", "Fat is at hand.")
    trait(4, "cord", "lower skin")
    (pair,) = rows_of("fat", "cord")["yield"]["pairs"]
    assert pair["statements"] == ["MSC-ST-0001", "MSC-ST-0004"]


def test_two_sources_that_a_third_is_measured_by_are_seen_from_their_side(world):
    trait(1, "skin", "higher fat")
    trait(2, "skin", "higher cord")
    trait(3, "lung", "lower fat", aspect="survival")
    trait(4, "lung", "higher cord", aspect="survival")
    rows = rows_of("fat", "cord")
    assert rows["yield"]["state"] == "agreement"
    assert [cell["text"] for cell in rows["yield"]["cells"]] == ["Lower than skin.", "Lower than skin."]
    assert rows["survival"]["state"] == "difference"
    assert [cell["text"] for cell in rows["survival"]["cells"]] == ["Higher than lung.", "Lower than lung."]


def test_a_source_that_a_trait_is_set_against_without_a_relation_has_no_report(world):
    make.trait("MSC-ST-0001", source="fat", comparator="cord")
    row = rows_of("fat", "cord")["yield"]
    assert (row["state"], [cell["listed"] for cell in row["cells"]]) == ("not-reported", [True, False])
    assert rows_of("cord", "skin") == {}


def test_different_aspects_are_different_rows(world):
    trait(1, "fat", "higher skin", aspect="yield")
    trait(2, "cord", "lower skin", aspect="survival")
    rows = rows_of("fat", "cord")
    assert {name: row["state"] for name, row in rows.items()} == {
        "yield": "not-reported",
        "survival": "not-reported",
    }


@pytest.mark.parametrize(
    ("fat", "cord", "state"),
    [
        ("MSCs from the fat grow well.", "MSCs from cord grow well.", "agreement"),
        ("Adipose cells (ASC) grow well.", "Cord cells (CBMSC) grow well.", "not-comparable"),
        ("ASC grow well.", "MSCs of the umbilical cord grow well.", "not-comparable"),
        ("ASC grow well.", "Umbilical cord grow well.", "agreement"),
        ("MSCs of fat and cord grow well.", "MSCs of fat and cord grow well.", "agreement"),
        ("MSCs from fat grow well.", "MSCs from cord do not grow well.", "not-comparable"),
        ("MSCs from fat grow better than those from cord.", "MSCs from cord grow better than those from fat.",
         "not-comparable"),
        ("MSCs from fat grow well.", "MSCs from fatigue grow well.", "not-comparable"),
    ],
)  # fmt: skip
def test_one_sentence_about_several_sources_is_agreement(world, fat, cord, state):
    make.source("fat", synonyms=["ASC", "adipose tissue"])
    make.source("cord", synonyms=["umbilical cord"])
    trait(1, "fat", text=fat)
    trait(2, "cord", text=cord)
    row = rows_of("fat", "cord")["yield"]
    assert row["state"] == state
    assert row["pairs"][0]["statements"] == (["MSC-ST-0001", "MSC-ST-0002"] if state == "agreement" else [])


def test_only_the_names_of_its_own_source_are_left_out_of_a_sentence():
    made = make.catalog
    skin = made.TissueSource(name="Skin", synonyms=["skin tissue", "S. (dermal)"])
    for text, words in (
        ("MSCs from the skin tissue grow.", "mscs from ~ grow"),
        ("Skin MSCs grow on skins of bone marrow.", "~ mscs grow on skins of bone marrow"),
        ("S. (dermal) cells grow.", "~ cells grow"),
    ):
        assert without_source(made.SourceTrait(source=skin, text=text)) == words


@pytest.mark.parametrize(
    ("fat", "cord", "state", "difference"),
    [
        (["positive"], ["positive"], "agreement", "none"),
        (["negative"], ["negative"], "agreement", "none"),
        (["variable"], ["variable"], "agreement", "none"),
        (["positive"], ["negative"], "difference", "value"),
        (["positive"], ["variable"], "difference", "value"),
        (["variable"], ["negative"], "difference", "value"),
        (["positive", "positive"], ["positive"], "agreement", "none"),
        (["positive", "negative"], ["positive"], "conflict", "value"),
        (["positive", "negative"], ["positive", "negative"], "conflict", "value"),
        (["negative"], [], "not-reported", "listing"),
        (["positive", "negative"], [], "not-reported", "listing"),
    ],
)
def test_markers_stand_by_their_status(world, fat, cord, state, difference):
    for source, reports, first in (("fat", fat, 1), ("cord", cord, 101)):
        for number, status in enumerate(reports, start=first):
            make.expression(f"MSC-ME-{number:04}", source=source, section=f"part-{number}", status=status)
    row = rows_of("fat", "cord", section="markers")["cd73"]
    assert (row["state"], row["difference"]) == (state, difference)
    assert [cell["conflicting"] for cell in row["cells"]] == [len(set(fat)) > 1, len(set(cord)) > 1]


def test_cells_that_both_become_are_agreement(world):
    make.differentiation("MSC-DP-0001", source="fat")
    make.differentiation("MSC-DP-0002", source="cord")
    make.differentiation("MSC-DP-0003", source="cord", cell_type="neuron")
    rows = rows_of("fat", "cord", section="differentiation")
    assert {name: row["state"] for name, row in rows.items()} == {
        "osteoblast": "agreement",
        "neuron": "not-reported",
    }
    assert rows["osteoblast"]["pairs"][0]["statements"] == ["MSC-DP-0001", "MSC-DP-0002"]


@pytest.mark.parametrize(
    ("fat", "cord", "state"),
    [
        (["improved"], ["improved"], "agreement"),
        (["improved"], ["no-effect"], "difference"),
        (["improved", "no-effect"], ["no-effect"], "conflict"),
        (["safety-only"], ["improved"], "not-comparable"),
        (["safety-only"], ["safety-only"], "agreement"),
        (["improved", "safety-only"], ["improved"], "agreement"),
        (["improved", "no-effect"], ["safety-only"], "not-comparable"),
        ([""], ["improved"], "not-comparable"),
        (["improved"], [], "not-reported"),
    ],
)
def test_trials_of_a_condition_stand_by_their_outcome(world, fat, cord, state):
    for source, outcomes, first in (("fat", fat, 1), ("cord", cord, 101)):
        for number, outcome in enumerate(outcomes, start=first):
            make.trial(f"MSC-TR-{number:04}", source=source, conditions=["stroke"], outcome=outcome)
    assert rows_of("fat", "cord", section="trials")["stroke"]["state"] == state


def test_origin_is_compared_and_rests_on_no_statement(world):
    make.source("cord", origin="birth-associated")
    assert rows_of("fat", "skin", section="origin")["origin"]["state"] == "agreement"
    row = rows_of("fat", "cord", section="origin")["origin"]
    assert (row["state"], row["pairs"][0]["statements"]) == ("difference", [])


def test_claims_that_are_paired_as_opposed_are_a_difference_between_their_sources(world):
    made = [
        make.claim(f"MSC-CL-000{number}", source=source, text=f"{source} {number}.")
        for number, source in enumerate(("fat", "cord", "cord", "fat", "skin"), start=1)
    ]
    make.conflict(made[0], made[1], topic="Growth: fast or slow")
    make.conflict(made[1], made[2], topic="Growth: steady or not")
    make.conflict(made[3], made[4], topic="Of a third")
    make.conflict(made[0], make.claim("MSC-CL-0009", source="cord", draft=True), topic="Unpublished")
    rows = rows_of("fat", "cord", section="disagreements")
    assert {name: row["state"] for name, row in rows.items()} == {
        "growth-fast-or-slow": "difference", "growth-steady-or-not": "not-reported",
    }  # fmt: skip
    difference, within_cord = rows.values()
    assert difference["pairs"][0]["statements"] == ["MSC-CL-0001", "MSC-CL-0002"]
    assert [cell["text"] for cell in difference["cells"]] == ["fat 1.", "cord 2."]
    assert (difference["label"], difference["url"]) == (
        "Growth: fast or slow", "http://testserver/conflicts/?topic=Growth%3A+fast+or+slow",
    )  # fmt: skip
    assert [cell["conflicting"] for cell in within_cord["cells"]] == [False, True]
    assert [row["difference"] for row in rows.values()] == ["value", "listing"]


def test_numbers_of_claims_and_trials_are_no_property_of_a_source(world):
    make.claim("MSC-CL-0001", source="fat")
    make.claim("MSC-CL-0002", source="fat")
    make.claim("MSC-CL-0003", source="cord")
    row = rows_of("fat", "cord", section="claims")["all"]
    assert (row["state"], row["difference"], row["pairs"]) == ("counted", "none", [])


@pytest.mark.parametrize(
    ("statuses", "state", "pairs"),
    [
        (["positive", "positive", "positive"], "agreement", ["agreement"] * 3),
        (["positive", "positive", "negative"], "difference", ["agreement", "difference", "difference"]),
        (["positive", "positive", None], "agreement", ["agreement"]),
        (["positive", None, "negative"], "difference", ["difference"]),
        ([None, None, "negative"], "not-reported", []),
        (["positive", "positive negative", "positive"], "conflict", ["conflict", "agreement", "conflict"]),
        (["positive", "positive negative", "negative"], "difference", ["conflict", "difference", "conflict"]),
    ],
)
def test_of_three_sources_one_pair_that_differs_makes_a_difference(world, statuses, state, pairs):
    for number, (source, status) in enumerate(zip(("fat", "cord", "skin"), statuses, strict=True), start=1):
        for place, one in enumerate((status or "").split()):
            make.expression(f"MSC-ME-{number}00{place}", source=source, section=f"part-{place}", status=one)
    row = rows_of("fat", "cord", "skin", section="markers")["cd73"]
    assert (row["state"], [pair["state"] for pair in row["pairs"]]) == (state, pairs)
    assert row["difference"] == {"difference": "value", "conflict": "value"}.get(
        state, "listing" if None in statuses else "none"
    )


def test_agreement_of_some_and_other_words_of_another_is_no_agreement_of_all(world):
    trait(1, "fat", text="MSCs from fat grow well.")
    trait(2, "cord", text="MSCs from cord grow well.")
    trait(3, "skin", text="MSCs from skin are at hand.")
    row = rows_of("fat", "cord", "skin")["yield"]
    assert row["state"] == "not-comparable"
    assert [(pair["sources"], pair["state"]) for pair in row["pairs"]] == [
        (["fat", "cord"], "agreement"),
        (["fat", "skin"], "not-comparable"),
        (["cord", "skin"], "not-comparable"),
    ]


def test_four_sources_measured_by_one_of_them(world):
    trait(1, "fat", "lower cord")
    trait(2, "skin", "lower cord")
    trait(3, "lung", "similar cord")
    row = rows_of("cord", "fat", "skin", "lung")["yield"]
    assert row["state"] == "difference"
    assert {tuple(pair["sources"]): (pair["state"], pair["statements"]) for pair in row["pairs"]} == {
        ("cord", "fat"): ("difference", ["MSC-ST-0001"]),
        ("cord", "skin"): ("difference", ["MSC-ST-0002"]),
        ("cord", "lung"): ("agreement", ["MSC-ST-0003"]),
        ("fat", "skin"): ("agreement", ["MSC-ST-0001", "MSC-ST-0002"]),
        ("fat", "lung"): ("difference", ["MSC-ST-0001", "MSC-ST-0003"]),
        ("skin", "lung"): ("difference", ["MSC-ST-0002", "MSC-ST-0003"]),
    }
    assert row["cells"][0]["text"] == "Higher than fat. | Higher than skin. | Similar to lung."


@pytest.mark.parametrize(
    ("one", "other", "agrees"),
    [
        (Relation("different"), Relation("lower"), None),
        (Relation("similar"), Relation("different"), False),
        (Figure("<", Decimal(5)), Figure("<", Decimal(9)), None),
        (Figure("<", Decimal(5)), Figure("=", Decimal(5)), False),
        (Figure("<", Decimal(5)), Figure("=", Decimal(4)), None),
        (Figure(">", Decimal(5)), Figure("<", Decimal(5)), False),
        (Figure(">", Decimal(5)), Figure("=", Decimal(5)), False),
        (Figure("=", Decimal("5.0")), Figure("=", Decimal(5)), True),
    ],
)  # fmt: skip
def test_values_agree_the_same_from_both_sides(one, other, agrees):
    assert one.agrees(other) is agrees
    assert other.agrees(one) is agrees
