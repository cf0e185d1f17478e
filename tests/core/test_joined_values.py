"""What may stand before values (`all:`, `absent:`, `unreported:`), and values that are right only together."""

from urllib.parse import unquote

import pytest
from django.test import Client
from django.utils.html import escape

from tests import builders as make
from tests.reading import read


@pytest.fixture(scope="module", autouse=True)
def rows(module_world):
    make.marker("cd73", name="CD73", synonyms=["Ecto-nucleotidase, 5'"])
    make.marker("cd90", name="CD90")
    make.cell_type("nerve-cell")
    make.expression("MSC-ME-0001", source="skin")
    make.expression("MSC-ME-0002", source="skin", marker="cd90", status="negative")
    make.expression("MSC-ME-0003", source="fat", status="negative")
    make.source("bone")
    make.claim("MSC-CL-0001", mediators=["hgf", "vegf"], mechanism="paracrine", evidence="animal")
    make.trial("MSC-TR-0001", registry_id="NCT01363401", dose_cells_min=5, dose_cells_max=5)


def refused(query):
    """{parameter: message} of a query that API and page refuse alike."""
    answer = Client().get(f"/api/v1/{query}")
    assert answer.status_code == 400, query
    errors = {error["parameter"]: error["message"] for error in answer.json()["errors"]}
    page = Client().get(f"/{query}")
    assert page.status_code == 400
    assert all(escape(message) in page.content.decode() for message in errors.values())
    return errors


@pytest.mark.parametrize(
    ("query", "name"),
    [("claims/?evidence=all:animal,clinical", "evidence"),
     ("claims/?evidence=animal&evidence=all:clinical", "evidence"),
     ("trials/?outcome=all:improved,mixed", "outcome"), ("marker-expressions/?marker=all:cd73,cd90", "marker"),
     ("statements/?kind=all:claim,trial", "kind"), ("trials/?phase=all:PHASE1,PHASE2", "phase"),
     ("sections/?document=all:review,report", "document")],
)  # fmt: skip
def test_all_of_several_is_refused_where_a_row_has_one(query, name):
    make.section("report:results")
    assert refused(query) == {
        name: f"No row has more than one {name}, so that 'all:' of several would find nothing. Leave it out."
    }


@pytest.mark.parametrize(
    "query",
    [
        "claims/?evidence=all:animal",
        "claims/?evidence=all:animal,animal",
        "claims/?evidence=any:animal,clinical",
    ],
)
def test_all_of_one_value_and_any_of_several_are_asked_for_everywhere(query):
    assert Client().get(f"/api/v1/{query}").json()["count"] == 1


@pytest.mark.parametrize(
    ("query", "name", "message"),
    [("claims/?mediator=absent:hgf", "mediator",
      "'absent:' has no meaning for mediator: no report gives or denies it. '!hgf' leaves rows out."),
     ("claims/?evidence=unreported:animal", "evidence",
      "'unreported:' has no meaning for evidence: no report gives or denies it. '!animal' leaves rows out."),
     ("marker-expressions/?marker=absent:cd73", "marker",
      "'absent:' has no meaning for marker: no report gives or denies it. '!cd73' leaves rows out."),
     ("conditions/?has=absent:trials", "has",
      "'absent:' has no meaning for has: no report gives or denies it. '!trials' leaves rows out."),
     ("sources/?cell_type=absent:nerve-cell", "cell_type",
      "Nothing is said to be absent by cell_type. There is 'unreported:nerve-cell' for not reported."),
     ("sources/?marker=absent:", "marker", "'absent:' stands before no value."),
     ("sources/?marker=all:", "marker", "'all:' stands before no value."),
     ("sources/?marker=all:cd73&marker=any:cd90", "marker",
      "Several values are joined by 'all:' or by 'any:', not by both."),
     ("sources/?marker=absent:cd7", "marker", "There is no surface marker 'cd7'."),
     ("sources/?marker=missing:cd73", "marker", "There is no surface marker 'missing:cd73'.")],
)  # fmt: skip
def test_a_sign_that_means_nothing_is_refused(query, name, message):
    assert refused(query) == {name: message}


@pytest.mark.parametrize(
    ("asked", "meant"),
    [("marker=all:CD73,absent:CD90", "marker=all:cd73,absent:cd90"), ("marker=ABSENT:CD73", "marker=absent:cd73"),
     ("marker=!unreported:CD-73", "marker=!unreported:cd73"),
     ("marker=all:cd73&marker=!CD90", "marker=all:cd73&marker=!cd90"),
     ("marker=absent:Ecto-nucleotidase, 5'", "marker=absent:cd73"), ("has=Claim,!TRIALS", "has=claims,!trials"),
     ("section=all:Results", "section=all:results")],
)  # fmt: skip
def test_a_value_under_another_name_keeps_what_stands_before_it(asked, meant):
    for base in ("/sources/", "/api/v1/sources/"):
        answer = Client().get(f"{base}?{asked}")
        assert answer.status_code == 302
        assert unquote(answer["Location"]) == f"{base}?{meant}"


@pytest.mark.parametrize("spelling", ["nct01363401", "Nct01363401", "NcT01363401"])
@pytest.mark.parametrize("path", ["/trials/", "/api/v1/trials/"])
def test_a_registry_id_in_any_case_leads_to_its_row(path, spelling):
    found = Client().get(f"{path}?registry_id={spelling}", follow=True)
    assert found.request["QUERY_STRING"] == "registry_id=NCT01363401"
    assert "MSC-TR-0001" in found.content.decode()
    assert Client().get(f"{path}{spelling}/", follow=True).status_code == 200
    assert Client().get(f"/api/v1/resolve/?id={spelling}").json()["id"] == "MSC-TR-0001"


def test_a_limit_without_its_unit_asks_for_it():
    asks = "dose_min needs a unit: dose_unit=cells or dose_unit=cells/kg."
    assert refused("trials/?dose_min=5") == {"dose_unit": asks}
    assert refused("trials/?dose_max=5&dose_unit=") == {"dose_unit": asks.replace("min", "max")}
    assert refused("trials/?dose_min=5&dose_unit=kg") == {
        "dose_unit": "'kg' is not a value of dose_unit. Valid: cells, cells/kg."
    }
    assert Client().get("/api/v1/trials/?dose_min=5&dose_unit=cells").json()["count"] == 1


@pytest.mark.parametrize(
    ("query", "message"),
    [("dose_unit=cells&dose_min=1e6&dose_max=999999", "dose_min is above dose_max: 1e6 and 999999."),
     ("year_min=2012&year_max=2011", "year_min is above year_max: 2012 and 2011.")],
)  # fmt: skip
def test_a_range_whose_ends_are_exchanged_is_refused_by_both(query, message):
    lower = message.partition(" ")[0]
    assert refused(f"trials/?{query}") == {lower: message, lower.replace("min", "max"): message}


@pytest.mark.parametrize(
    "query",
    [
        "dose_unit=cells&dose_min=5&dose_max=5",
        "dose_unit=cells&dose_min=0",
        "dose_unit=cells&dose_min=-1&dose_max=0",
    ],
)
def test_a_range_may_be_one_value_or_have_one_end(query):
    assert Client().get(f"/api/v1/trials/?{query}").status_code == 200


@pytest.mark.parametrize(
    ("asked", "chip"),
    [("marker=cd73", "CD73"), ("marker=!cd73", "not CD73 (reported absent or not reported)"),
     ("marker=absent:cd73", "CD73, reported absent"), ("marker=unreported:cd73", "CD73, not reported"),
     ("marker=!absent:cd73", "CD73, not reported absent"),
     ("marker=!unreported:cd73", "CD73, reported present or absent"),
     ("cell_type=!nerve-cell", "not Nerve cell (not reported)"),
     ("cell_type=!unreported:nerve-cell", "Nerve cell, reported"),
     ("has=!claims", "not claims")],
)  # fmt: skip
def test_a_chip_says_what_its_value_means(asked, chip):
    [active] = Client().get(f"/sources/?{asked}").context["sidebar"].active
    assert active.value == chip


def test_a_page_offers_each_state_with_its_rows():
    sidebar = Client().get("/sources/").context["sidebar"]
    offered = {g.label: [(x.label, x.count, unquote(x.href)) for x in g.shown] for g in sidebar.groups}
    assert offered["Carries marker"] == [("CD73", 1, "?marker=cd73")]
    assert offered["Carries marker: reported absent"] == [
        ("CD73", 1, "?marker=absent:cd73"), ("CD90", 1, "?marker=absent:cd90"),
    ]  # fmt: skip
    assert offered["Carries marker: not reported"] == [
        ("CD90", 2, "?marker=unreported:cd90"), ("CD73", 1, "?marker=unreported:cd73"),
    ]  # fmt: skip


def test_a_list_filtered_by_a_marker_shows_what_is_reported_of_each_row():
    make.expression("MSC-ME-0004", source="skin", status="variable", section="methods")
    make.expression("MSC-ME-0005", source="bone", draft=True)
    page = read("/sources/?marker=cd73,unreported:cd73,!cd90&cell_type=!nerve-cell")
    table = page.part(".listed .table-wrap")
    assert [cell.split(" | ")[:3] for cell in table.rows] == [
        ["Bone", "not reported", "not reported"],
        ["Skin", "Positive Variable", "Negative"],
    ]
    assert "/marker-expressions/MSC-ME-0004/" in table.links
    markers = read("/markers/?source=unreported:fat").part(".listed .table-wrap")
    assert markers.rows == ["CD90 | not reported | Protein"]
    assert "not reported" not in read("/sources/?cell_type=!nerve-cell").part(".listed .table-wrap").html


def test_no_more_than_four_values_have_a_column_and_they_are_read_in_one_query():
    markers = [make.marker(f"cd{n}").slug for n in range(5)]
    columns = (
        Client().get(f"/sources/?marker=unreported:{',unreported:'.join(markers)}").context["report_columns"]
    )
    assert [column.label for column in columns] == ["Cd0", "Cd1", "Cd2", "Cd3"]
