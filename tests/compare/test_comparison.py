"""The page of a comparison of two sources of the example world, and reports that disagree."""

import csv
import io

import pytest
from django.test import Client

from tests import builders as make
from tests import example
from tests.reading import read
from tests.resources import get


@pytest.fixture(scope="module", autouse=True)
def built(module_world):
    example.build()


def test_the_page_shows_the_table_and_leads_on():
    page = read("/sources/compare/?source=bone-marrow,skin")
    assert page.heading == "Bone marrow / Skin"
    rows = page.rows
    assert "CD73 | positive 7 | negative 8" in rows
    assert "CD90 | variable none given | not listed" in rows
    assert "Osteoblast | reported 7 | not listed" in rows
    assert "All trials | 1 trial 7 | 1 trial 8" in rows
    query = "source=bone-marrow&source=skin"
    assert {f"/sources/compare.csv?{query}", f"/api/v1/compare/?{query}", "/trials/?source=skin"} <= set(
        page.links
    )
    assert "npublished" not in page.html


def test_two_reports_of_one_marker_that_disagree_are_both_shown(world):
    make.expression("MSC-ME-0001", source="skin", marker="cd73", section="methods")
    make.expression("MSC-ME-0002", source="skin", marker="cd73", section="results", status="negative")
    make.source("amnion")
    table = {s["name"]: s["rows"] for s in get("compare/?source=skin,amnion").json()["sections"]}
    cell = table["markers"][0]["cells"][0]
    assert (cell["value"], cell["text"]) == ("negative|positive", "negative, positive")
    assert [s["accession"] for s in cell["statements"]] == ["MSC-ME-0001", "MSC-ME-0002"]


def test_a_positive_a_negative_and_an_unlisted_marker_are_three_things_in_words():
    page = read("/sources/compare/?source=bone-marrow,skin,amnion")
    assert "CD73 | positive 7 | negative 8 | not listed" in page.rows
    assert "/references/7/" in page.links


def test_sources_stand_in_the_order_asked_for_each_once():
    table = get("compare/?source=skin,amnion,skin&source=bone-marrow").json()
    assert [s["slug"] for s in table["sources"]] == ["skin", "amnion", "bone-marrow"]
    for section in table["sections"]:
        for row in section["rows"]:
            assert [cell["source"] for cell in row["cells"]] == ["skin", "amnion", "bone-marrow"]


def test_numbers_of_claims_differ_without_saying_so(world):
    for number, source in enumerate(("skin", "skin", "amnion"), start=1):
        make.claim(f"MSC-CL-000{number}", source=source)
        make.claim(f"MSC-CL-001{number}", source=source, mechanism="paracrine")
    rows = read("/sources/compare/?source=skin,amnion").rows
    assert "All claims | 4 claims | 2 claims" in rows
    assert "Paracrine | 2 claims | 1 claim" in rows
    assert "No single mechanism | 2 claims | 1 claim" in rows


@pytest.mark.parametrize("extra", ["", "&differences=true"])
def test_page_api_and_files_are_one_table(extra):
    query = f"source=bone-marrow,skin{extra}"
    rows = [(s["name"], row) for s in get(f"compare/?{query}").json()["sections"] for row in s["rows"]]
    for path in ("/api/v1/compare.csv", "/sources/compare.csv"):
        text = b"".join(Client().get(f"{path}?{query}").streaming_content).decode()
        lines = list(csv.DictReader(io.StringIO(text, newline="")))
        assert [(line["section"], line["row"]) for line in lines] == [(s, row["name"]) for s, row in rows]
        for line, (_, row) in zip(lines, rows, strict=True):
            assert [line[cell["source"]] for cell in row["cells"]] == [cell["text"] for cell in row["cells"]]
    shown = read(f"/sources/compare/?{query}").parts("tbody th[scope=row]")
    assert sorted(head.text for head in shown) == sorted(row["label"] for _, row in rows)


@pytest.mark.parametrize(
    ("query", "named", "said"),
    [
        ("source=", "source", "none was given"),
        ("source=skin", "source", "1 was given"),
        ("source=skinn,amnion", "source", "&#x27;skin&#x27;"),
        ("sorce=skin", "sorce", "source"),
        ("source=skin,amnion&differences=maybe", "differences", "maybe"),
        ("source=skin,amnion&state=differing", "state", "difference"),
        ("source=skin,amnion&state=all:difference,conflict", "state", "more than one state"),
        ("source=skin,amnion&page=2", "page", "page"),
    ],
)
def test_a_comparison_that_cannot_be_made_says_why_on_the_page_and_in_the_api(query, named, said):
    errors = get(f"compare/?{query}", 400).json()["errors"]
    assert errors[0]["parameter"] == named
    assert len(errors) == 1 or "sorce" in query
    page = read(f"/sources/compare/?{query}", 400)
    assert said in page.part("[role=alert]").html.replace("'", "&#x27;")
    assert len(page.parts("input[name=source]")) == 3


@pytest.mark.parametrize("path", ["/api/v1/compare/", "/sources/compare/", "/sources/compare.csv"])
def test_a_source_under_another_name_leads_to_the_comparison_that_is_meant(path):
    answer = Client().get(f"{path}?source=marrow,skin")
    assert (answer.status_code, answer["Location"]) == (302, f"{path}?source=bone-marrow,skin")


def test_the_list_of_sources_can_be_ticked_without_javascript():
    html = Client().get("/sources/").content.decode()
    assert '<form method="get" action="/sources/compare/" id="compare"' in html
    assert html.count('form="compare" name="source"') == 3


def test_a_comparison_stays_within_its_queries(django_assert_max_num_queries):
    with django_assert_max_num_queries(11):
        read("/sources/compare/?source=bone-marrow,skin,amnion")


def test_where_no_difference_is_reported_the_page_says_so(world):
    make.source("brain")
    make.source("lung")
    page = read("/sources/compare/?source=brain,lung")
    assert page.part("#difference").text == (
        "Differences 0 rows No difference is reported between these sources."
    )
    assert page.parts("#not-reported") == []
