"""The page shows how sources differ first, then what is alike, and folds away what is said of one only."""

import csv
import io

import pytest
from django.test import Client

from tests import builders as make
from tests.reading import read
from tests.resources import get


@pytest.fixture(scope="module", autouse=True)
def built(module_world):
    for slug in ("fat", "cord", "skin"):
        make.source(slug)
    make.expression("MSC-ME-0001", source="fat", marker="cd73")
    make.expression("MSC-ME-0002", source="cord", marker="cd73", status="negative")
    make.expression("MSC-ME-0003", source="fat", marker="cd90")
    make.expression("MSC-ME-0004", source="cord", marker="cd90")
    make.expression("MSC-ME-0005", source="fat", marker="cd44")
    make.expression("MSC-ME-0006", source="fat", marker="cd34")
    make.expression("MSC-ME-0007", source="fat", marker="cd34", status="negative", section="other")
    make.expression("MSC-ME-0008", source="cord", marker="cd34")
    make.trait(
        "MSC-ST-0001", source="fat", relation="higher", comparator="cord", text="Fat yields more than cord.",
        quantity=500, quantity_sign="=", quantity_unit="times",
    )  # fmt: skip
    make.trait(
        "MSC-ST-0002", source="fat", relation="higher", comparator="skin", text="Fat yields more than skin."
    )
    make.trait("MSC-ST-0003", source="fat", aspect="safety", text="Fat is safe.")
    make.trait("MSC-ST-0004", source="cord", aspect="safety", text="Cord was safe in trials.")
    make.claim("MSC-CL-0001", source="fat")


STATES = {
    "difference": 2, "conflict": 1, "not-comparable": 1, "agreement": 2, "not-reported": 1, "counted": 3,
}  # fmt: skip
ROWS = {
    "difference": ["cd73", "yield"], "conflict": ["cd34"], "not-comparable": ["safety"],
    "agreement": ["origin", "cd90"], "not-reported": ["cd44"], "counted": ["all", "none", "all"],
}  # fmt: skip


def names(**asked):
    table = get("compare/?source=fat,cord" + "".join(f"&{k}={v}" for k, v in asked.items())).json()
    assert table["states"] == STATES
    return [row["name"] for section in table["sections"] for row in section["rows"]]


def test_the_answer_counts_its_rows_by_state_whatever_is_left_out():
    assert sorted(names()) == sorted(name for rows in ROWS.values() for name in rows)
    assert names(differences="true") == ROWS["difference"]


@pytest.mark.parametrize("state", ROWS)
def test_rows_are_chosen_by_state(state):
    assert sorted(names(state=state)) == sorted(ROWS[state])


def test_states_are_joined_excluded_and_met_with_differences():
    assert sorted(names(state="difference,conflict")) == ["cd34", "cd73", "yield"]
    assert sorted(names(state="!not-reported,!counted")) == [
        "cd34",
        "cd73",
        "cd90",
        "origin",
        "safety",
        "yield",
    ]
    assert names(state="agreement", differences="true") == []


def test_the_files_say_the_state_and_the_statements_of_each_row():
    body = b"".join(Client().get("/sources/compare.csv?source=fat,cord&state=difference").streaming_content)
    lines = list(csv.DictReader(io.StringIO(body.decode(), newline="")))
    assert [(r["row"], r["state"], r["fat statements"], r["cord statements"]) for r in lines] == [
        ("cd73", "difference", "MSC-ME-0001", "MSC-ME-0002"),
        ("yield", "difference", "MSC-ST-0001|MSC-ST-0002", "MSC-ST-0001"),
    ]


def test_differences_stand_first_and_what_is_said_of_one_source_is_folded_away():
    page = read("/sources/compare/?source=fat,cord")
    groups = page.parts(".compare-group")
    assert [(g.element["id"], g.element.name, g.element.has_attr("open")) for g in groups] == [
        ("difference", "section", False), ("conflict", "section", False), ("not-comparable", "section", False),
        ("agreement", "section", False), ("not-reported", "details", False), ("counted", "details", False),
    ]  # fmt: skip
    assert [part.text for part in page.parts(".state-counts li")] == [
        "Differences 2", "Conflicting reports 1", "Reported, not comparable 1", "Agreement 2",
        "Reported for one source only 1",
    ]  # fmt: skip
    assert [group.part(".count").text for group in groups] == [
        "2 rows", "1 row", "1 row", "2 rows", "1 row", "3 rows",
    ]  # fmt: skip
    assert "Cd44 | positive none given | not listed" in groups[4].rows
    assert "All claims | 1 claim none given" not in groups[0].text


def test_a_cell_says_first_what_makes_the_difference_and_folds_the_rest():
    row = read("/sources/compare/?source=fat,cord").part("#difference tbody:last-of-type tr:last-child")
    fat, cord = row.parts("td")
    assert fat.part("p").text == (
        "Higher than cord; 500 times. Fat yields more than cord. MSC-ST-0001 no reference given"
    )
    assert fat.part("details").text == (
        "1 more report Higher than skin. Fat yields more than skin. MSC-ST-0002 no reference given"
    )
    assert cord.text == "Lower than fat. 500 times for fat. MSC-ST-0001 no reference given"


def test_a_cell_whose_reports_exclude_each_other_says_so():
    fat, cord = read("/sources/compare/?source=fat,cord").parts("#conflict td")
    assert fat.text == "reports disagree positive none given negative none given"
    assert cord.text == "positive none given"


def test_of_three_sources_a_row_says_which_stand_otherwise_than_it_does():
    make.expression("MSC-ME-0009", source="skin", marker="cd73", status="negative")
    page = read("/sources/compare/?source=fat,cord,skin")
    assert [part.text for part in page.part("#difference tr:has(td)").parts(".mixed")] == [
        "Alike: cord and skin",
    ]


def test_differences_only_shows_no_other_group_and_keeps_the_counts():
    page = read("/sources/compare/?source=fat,cord&differences=true")
    assert [group.element["id"] for group in page.parts(".compare-group")] == ["difference"]
    assert page.part(".state-counts li:last-child").text == "Reported for one source only 1"
    assert page.part(".state-counts").links == []


def test_a_choice_of_states_stays_in_the_addresses_of_the_page():
    page = read("/sources/compare/?source=fat,cord,skin&state=agreement,!conflict")
    query = "source=fat&source=cord&source=skin&state=agreement&state=%21conflict"
    assert {
        f"/api/v1/compare/?{query}",
        f"/sources/compare.csv?{query}",
        f"/sources/compare/?{query}",
    } <= set(page.links)
