"""A valid value without rows names the entities near it that have some, in the API and on the page."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import builders as make


@pytest.fixture(scope="module", autouse=True)
def rows(module_world):
    """Neurons are a row of their own beside neuron-like cells, both narrower than nerve cells."""
    make.cell_type("nerve-cell", broader="cell")
    for slug in ("neuron", "neuron-like-cell", "glia"):
        make.cell_type(slug, broader="nerve-cell")
    make.cell_type("motor-neuron", broader="neuron")
    make.cell_type("neuroneuron")
    make.cell_type("bone-cell")
    for number, (source, cell) in enumerate([
        ("skin", "neuron-like-cell"), ("fat", "neuron-like-cell"), ("cord", "glia"), ("cord", "bone-cell"),
        ("cord", "neuroneuron"),
    ], start=1):  # fmt: skip
        make.differentiation(f"MSC-DP-000{number}", source=source, cell_type=cell)
    make.differentiation("MSC-DP-0009", source="skin", cell_type="neuron", draft=True)
    make.expression("MSC-ME-0001", source="skin", marker="cd73")
    make.expression("MSC-ME-0002", source="fat", marker="cd90")
    make.expression("MSC-ME-0003", source="fat", marker="cd73", status="negative")


def near(query):
    """[(asked, relation, value, count)] of an empty list, each found by its value in the place of what was asked."""
    body = Client().get(f"/api/v1/{query}").json()
    assert body["count"] == 0
    path, _, given = query.partition("?")
    for n in body["neighbours"]:
        others = [pair for pair in given.split("&") if not pair.startswith(f"{n['parameter']}=")]
        behind = "&".join([*others, f"{n['parameter']}={n['value']}"])
        assert Client().get(f"/api/v1/{path}?{behind}").json()["count"] == n["count"] > 0
    return [(n["asked"], n["relation"], n["value"], n["count"]) for n in body["neighbours"]]


def test_what_is_broader_of_the_same_word_or_a_sibling_and_has_rows_is_named():
    assert near("sources/?cell_type=neuron") == [
        ("neuron", "broader", "cell", 3), ("neuron", "broader", "nerve-cell", 3),
        ("neuron", "name", "neuron-like-cell", 2), ("neuron", "sibling", "glia", 1),
    ]  # fmt: skip
    assert near("sources/?cell_type=motor-neuron") == [
        ("motor-neuron", "broader", "cell", 3), ("motor-neuron", "broader", "nerve-cell", 3),
    ]  # fmt: skip


def test_the_other_filters_hold():
    assert near("sources/?cell_type=neuron&marker=cd73") == [
        ("neuron", "broader", "cell", 1), ("neuron", "broader", "nerve-cell", 1),
        ("neuron", "name", "neuron-like-cell", 1),
    ]  # fmt: skip
    assert near("differentiations/?cell_type=neuron&source=cord") == [
        ("neuron", "broader", "cell", 1), ("neuron", "broader", "nerve-cell", 1), ("neuron", "sibling", "glia", 1),
    ]  # fmt: skip


def test_of_all_of_several_each_is_named_alone():
    assert near("sources/?marker=all:cd73,cd90") == [
        ("cd73", "alone", "cd73", 1),
        ("cd90", "alone", "cd90", 1),
    ]


def test_what_is_near_is_named_in_the_state_that_was_asked_for():
    assert near("sources/?marker=all:absent:cd73,cd73") == [
        ("absent:cd73", "alone", "absent:cd73", 1), ("cd73", "alone", "cd73", 1),
    ]  # fmt: skip


def test_a_list_that_is_not_empty_or_was_asked_for_no_entity_has_no_neighbours():
    for query in (
        "sources/?cell_type=glia",
        "sources/?q=nosuchword",
        "sources/?cell_type=!cell,!bone-cell,!neuroneuron",
    ):
        assert "neighbours" not in Client().get(f"/api/v1/{query}").json()
    assert Client().get("/api/v1/sources/?cell_type=cell&q=nosuchword").json()["neighbours"] == []


def test_the_page_leads_to_what_is_near():
    html = Client().get("/sources/?marker=cd73&cell_type=neuron").content.decode()
    assert "Near “Differentiates into: Neuron” there are:" in html
    assert (
        '<a href="?marker=cd73&amp;cell_type=neuron-like-cell">Neuron like cell</a> <span class="count">1</span>'
        in html
    )
    html = Client().get("/sources/?marker=all:cd73,cd90").content.decode()
    assert '<a href="?marker=cd90">Cd90 alone</a>' in html
    assert "Near “" not in Client().get("/sources/?q=nosuchword").content.decode()


def test_an_empty_answer_asks_once_more():
    def asked(query):
        with CaptureQueriesContext(connection) as captured:
            assert Client().get(f"/api/v1/{query}").status_code == 200
        return len(captured)

    # An empty page reads no links, so that it may ask once more than one with rows.
    assert asked("sources/?cell_type=neuron&marker=cd73") <= asked("sources/?cell_type=glia&marker=!cd73") + 1
