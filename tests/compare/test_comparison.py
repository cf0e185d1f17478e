"""The page of a comparison of two sources of the example world, and reports that disagree."""

import pytest

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
    assert "CD73 differs | positive 7 | negative 8" in rows
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
