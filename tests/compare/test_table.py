"""The comparison of two sources of a small world, cell by cell."""

import csv
import io
from decimal import Decimal

import pytest
from django.test import Client

from catalog.models import SourceTrait, TissueSource
from compare.told import Told, as_measured, outcomes_of, texts_of
from tests import builders as b


@pytest.fixture(scope="module", autouse=True)
def rows(module_world):
    for slug in ("bone-marrow", "fat", "skin"):
        b.source(slug)
    b.source("cord", origin="birth-associated")
    b.expression("MSC-ME-0001", source="bone-marrow", marker="cd73", references=[1])
    b.expression("MSC-ME-0002", source="fat", marker="cd73", references=[2])
    b.expression("MSC-ME-0003", source="fat", marker="cd34", references=[3])
    b.expression(
        "MSC-ME-0004", source="fat", marker="cd34", status="negative", references=[2], section="other"
    )
    b.expression("MSC-ME-0005", source="bone-marrow", marker="cd34", status="negative")
    b.expression("MSC-ME-0006", source="fat", marker="cd44")
    b.expression("MSC-ME-0007", source="skin", marker="cd45")
    b.differentiation("MSC-DP-0001", source="bone-marrow", cell_type="osteoblast")
    b.differentiation("MSC-DP-0002", source="fat", cell_type="osteoblast")
    b.differentiation("MSC-DP-0003", source="fat", cell_type="neuron")
    b.trait(
        "MSC-ST-0001", source="fat", aspect="yield", comparator="bone-marrow", relation="higher",
        text="Fat yields more.", quantity=500, quantity_sign=">", quantity_unit="fold",
    )  # fmt: skip
    b.trait(
        "MSC-ST-0002", source="fat", aspect="proliferation", comparator="skin", relation="similar",
        text="Fat grows like skin.",
    )  # fmt: skip
    b.trait(
        "MSC-ST-0003",
        source="skin",
        aspect="proliferation",
        comparator="bone-marrow",
        text="Skin and marrow.",
    )
    b.trait("MSC-ST-0004", source="bone-marrow", aspect="yield", comparator="fat", text="Marrow yields.")
    b.mechanism("paracrine")
    b.mechanism("angiogenesis", broader="paracrine")
    b.mechanism("cell-contact")
    b.claim("MSC-CL-0001", source="fat", mechanism="angiogenesis", references=[4])
    b.claim("MSC-CL-0002", source="fat", mechanism="paracrine", references=[5])
    b.claim("MSC-CL-0003", source="bone-marrow", references=[6])
    b.claim("MSC-CL-0004", source="bone-marrow", mechanism="cell-contact", draft=True)
    b.trial("MSC-TR-0001", source="fat", conditions=["stroke"], outcome="improved", donor="autologous",
            dose_cells_min=1_000_000, dose_cells_max=1_000_000, references=[7])  # fmt: skip
    b.trial("MSC-TR-0002", source="bone-marrow", conditions=["stroke", "burn"])
    b.trial("MSC-TR-0003", source="fat", conditions=["stroke"], outcome="mixed", draft=True)


# Section, row, label, broader row, difference, state; then of fat and of bone marrow: listed, value, text, references.
TABLE = [
    ("origin", "origin", "Origin", "", "none", "agreement", (True, "adult", "Adult", []), (True, "adult", "Adult", [])),
    ("markers", "cd34", "Cd34", "", "value", "conflict",
     (True, "negative|positive", "negative, positive", [2, 3]), (True, "negative", "negative", [])),
    ("markers", "cd73", "Cd73", "", "none", "agreement",
     (True, "positive", "positive", [2]), (True, "positive", "positive", [1])),
    ("markers", "cd44", "Cd44", "", "listing", "not-reported",
     (True, "positive", "positive", []), (False, "not-listed", "not listed", [])),
    ("differentiation", "osteoblast", "Osteoblast", "", "none", "agreement",
     (True, "reported", "reported", []), (True, "reported", "reported", [])),
    ("differentiation", "neuron", "Neuron", "", "listing", "not-reported",
     (True, "reported", "reported", []), (False, "not-listed", "not listed", [])),
    ("traits", "proliferation", "Proliferation", "", "listing", "not-reported",
     (True, "reported", "Fat grows like skin. (similar to skin)", []),
     (False, "not-reported", "not reported", [])),
    ("traits", "yield", "Yield", "", "value", "difference",
     (True, "reported", "Fat yields more. (higher than bone marrow; > 500 fold)", []),
     (True, "as-comparator|reported", "Lower than fat. (> 500 fold for fat) | Marrow yields. (against fat)", [])),
    ("claims", "all", "All claims", "", "none", "counted",
     (True, 2, "2 claims", [4, 5]), (True, 1, "1 claim", [6])),
    ("claims", "paracrine", "Paracrine", "", "listing", "counted",
     (True, 2, "2 claims", [4, 5]), (False, 0, "none", [])),
    ("claims", "angiogenesis", "Angiogenesis", "paracrine", "listing", "counted",
     (True, 1, "1 claim", [4]), (False, 0, "none", [])),
    ("claims", "none", "No single mechanism", "", "listing", "counted",
     (False, 0, "none", []), (True, 1, "1 claim", [6])),
    ("trials", "all", "All trials", "", "none", "counted", (True, 1, "1 trial", [7]), (True, 1, "1 trial", [])),
    ("trials", "stroke", "Stroke", "", "none", "not-comparable",
     (True, "improved", "Improved; autologous; 1 × 10⁶ cells (MSC-TR-0001)", [7]),
     (True, "not-classed", "Outcome not classed (MSC-TR-0002)", [])),
    ("trials", "burn", "Burn", "", "listing", "not-reported",
     (False, "none", "none", []), (True, "not-classed", "Outcome not classed (MSC-TR-0002)", [])),
]  # fmt: skip


def cells(table):
    return [
        (
            section["name"], row["name"], row["label"], row["within"], row["difference"], row["state"],
            *((c["listed"], c["value"], c["text"], [r["number"] for r in c["references"]]) for c in row["cells"]),
        )
        for section in table["sections"]
        for row in section["rows"]
    ]  # fmt: skip


def test_every_cell_says_what_is_reported(api):
    assert cells(api("compare/", source="fat,bone-marrow")) == TABLE


def test_differences_only_leaves_the_rows_that_differ(api):
    table = api("compare/", source="fat,bone-marrow", differences="true")
    assert [row[1] for row in cells(table)] == ["yield"]
    assert table["differences"] is True
    assert table["url"] == "http://testserver/sources/compare/?source=fat&source=bone-marrow&differences=true"


def test_the_answer_names_its_sources_and_sections(api):
    table = api("compare/", source="fat,bone-marrow")
    assert table["sources"] == [
        {"slug": "fat", "name": "Fat"},
        {"slug": "bone-marrow", "name": "Bone marrow"},
    ]
    assert table["differences"] is False
    assert table["url"] == "http://testserver/sources/compare/?source=fat&source=bone-marrow"
    assert [(s["name"], s["title"]) for s in table["sections"]] == [
        ("origin", "Origin"), ("markers", "Markers"), ("differentiation", "Differentiation"), ("traits", "Traits"),
        ("disagreements", "Disagreements among claims"), ("claims", "Claims by mechanism"),
        ("trials", "Trials and outcomes"),
    ]  # fmt: skip


def test_rows_and_cells_lead_to_what_they_count(api):
    table = api("compare/", source="fat,bone-marrow")
    rows = {(s["name"], row["name"]): row for s in table["sections"] for row in s["rows"]}
    site = "http://testserver"
    assert {key: row["url"] for key, row in rows.items()} == {
        ("origin", "origin"): "",
        ("markers", "cd34"): f"{site}/markers/cd34/",
        ("markers", "cd73"): f"{site}/markers/cd73/",
        ("markers", "cd44"): f"{site}/markers/cd44/",
        ("differentiation", "osteoblast"): f"{site}/cell-types/osteoblast/",
        ("differentiation", "neuron"): f"{site}/cell-types/neuron/",
        ("traits", "proliferation"): f"{site}/source-traits/?aspect=proliferation",
        ("traits", "yield"): f"{site}/source-traits/?aspect=yield",
        ("claims", "all"): f"{site}/claims/",
        ("claims", "paracrine"): f"{site}/mechanisms/paracrine/",
        ("claims", "angiogenesis"): f"{site}/mechanisms/angiogenesis/",
        ("claims", "none"): f"{site}/claims/?filled=%21mechanism",
        ("trials", "all"): f"{site}/trials/",
        ("trials", "stroke"): f"{site}/conditions/stroke/",
        ("trials", "burn"): f"{site}/conditions/burn/",
    }
    linked = {key: [cell["url"] for cell in row["cells"]] for key, row in rows.items()}
    assert linked["claims", "all"] == [f"{site}/claims/?source=fat", f"{site}/claims/?source=bone-marrow"]
    assert linked["claims", "angiogenesis"] == [f"{site}/claims/?source=fat&mechanism=angiogenesis", ""]
    assert linked["claims", "none"] == ["", f"{site}/claims/?source=bone-marrow&filled=%21mechanism"]
    assert linked["trials", "all"] == [f"{site}/trials/?source=fat", f"{site}/trials/?source=bone-marrow"]
    assert linked["markers", "cd34"] == linked["trials", "burn"] == ["", ""]


def test_a_cell_without_any_report_has_its_code_and_nothing_else(api):
    table = api("compare/", source="fat,cord")
    rows = {row["name"]: row["cells"][1] for s in table["sections"] for row in s["rows"]}
    empty = {
        "source": "cord",
        "listed": False,
        "url": "",
        "statements": [],
        "references": [],
        "conflicting": False,
    }
    assert rows["yield"] == empty | {"value": "not-reported", "text": "not reported"}
    assert rows["cd34"] == rows["neuron"] == empty | {"value": "not-listed", "text": "not listed"}
    assert rows["stroke"] == empty | {"value": "none", "text": "none"}
    assert rows["paracrine"] == empty | {"value": 0, "text": "none"}


def test_a_cell_holds_its_statements(api):
    table = api("compare/", source="fat,bone-marrow")
    rows = {row["name"]: row for s in table["sections"] for row in s["rows"]}
    assert rows["yield"]["cells"][0]["source"] == "fat"
    assert rows["yield"]["cells"][0]["statements"][0] == {
        "accession": "MSC-ST-0001", "value": "reported", "text": "Fat yields more.",
        "detail": "higher than bone marrow; > 500 fold", "url": "http://testserver/source-traits/MSC-ST-0001/",
        "references": [], "relation": "higher", "comparator": "bone-marrow",
    }  # fmt: skip
    assert rows["yield"]["cells"][1]["statements"][0] == {
        "accession": "MSC-ST-0001", "value": "as-comparator", "text": "Lower than fat.", "detail": "> 500 fold for fat",
        "url": "http://testserver/source-traits/MSC-ST-0001/", "references": [], "relation": "lower",
        "comparator": "fat",
    }  # fmt: skip
    assert rows["cd34"]["cells"][0]["statements"] == [
        {
            "accession": "MSC-ME-0003", "value": "positive", "text": "What MSC-ME-0003 says.", "detail": "",
            "url": "http://testserver/marker-expressions/MSC-ME-0003/",
            "references": [{"number": 3, "label": "Reference 3", "identifier": "3"}],
            "relation": "", "comparator": "",
        },
        {
            "accession": "MSC-ME-0004", "value": "negative", "text": "What MSC-ME-0004 says.", "detail": "",
            "url": "http://testserver/marker-expressions/MSC-ME-0004/",
            "references": [{"number": 2, "label": "Reference 2", "identifier": "2"}],
            "relation": "", "comparator": "",
        },
    ]  # fmt: skip
    assert rows["paracrine"]["cells"][0]["statements"] == []


def test_the_file_has_a_line_a_row_and_three_columns_a_source():
    answer = Client().get("/api/v1/compare.csv", {"source": "fat,bone-marrow"})
    lines = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode(), newline="")))
    assert lines[0] == [
        "section", "row", "difference", "fat", "fat references", "bone-marrow", "bone-marrow references", "state",
        "fat statements", "bone-marrow statements",
    ]  # fmt: skip
    assert lines[1:4] == [
        ["origin", "origin", "none", "Adult", "", "Adult", "", "agreement", "", ""],
        [
            "markers", "cd34", "value", "negative, positive", "2|3", "negative", "", "conflict",
            "MSC-ME-0003|MSC-ME-0004", "MSC-ME-0005",
        ],
        ["markers", "cd73", "none", "positive", "2", "positive", "1", "agreement", "MSC-ME-0002", "MSC-ME-0001"],
    ]  # fmt: skip
    assert len(lines) == 1 + len(TABLE)


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({}, "A comparison needs 2 to 6 sources, and none was given."),
        ({"source": "fat"}, "A comparison needs 2 to 6 sources, and 1 was given."),
        ({"source": "fat,fat"}, "A comparison needs 2 to 6 sources, and 1 was given."),
        ({"source": "fat,!skin"}, "Name the sources to compare; '!' excludes nothing here."),
        (
            {"source": "fat,skin,cord,bone-marrow,one,two,three,four"},
            "A comparison holds 2 to 6 sources, and 8 were given: leave out 2.",
        ),
    ],
)
def test_a_comparison_that_cannot_be_made_says_why(api, asked, message):
    for slug in ("one", "two", "three", "four"):
        b.source(slug)
    body = api("compare/", expect=400, **asked)
    assert body["errors"] == [{"parameter": "source", "message": message}]


class TestPage:
    def read(self, status=200, **parameters):
        response = Client().get("/sources/compare/", parameters)
        assert response.status_code == status
        return response.context

    def test_without_a_question_it_offers_all_sources(self):
        context = self.read()
        assert [source.slug for source in context["choices"]] == ["bone-marrow", "cord", "fat", "skin"]
        assert (context["chosen"], context["problems"], context["differences"]) == ([], {}, False)
        assert (context["title"], context["most"]) == ("Compare sources", 6)
        assert "table" not in context

    def test_the_table_has_links_to_its_other_forms(self):
        context = self.read(source="fat,bone-marrow,skin")
        query = "source=fat&source=bone-marrow&source=skin"
        assert context["title"] == "Compare fat, bone marrow, skin"
        assert context["api_url"] == f"/api/v1/compare/?{query}"
        assert context["csv_url"] == f"/sources/compare.csv?{query}"
        assert context["permalink"] == f"/sources/compare/?{query}"
        assert context["toggle"] == f"?{query}&differences=true"
        assert [column.source.slug for column in context["columns"]] == ["fat", "bone-marrow", "skin"]
        assert [column.remove for column in context["columns"]] == [
            "?source=bone-marrow&source=skin", "?source=fat&source=skin", "?source=fat&source=bone-marrow",
        ]  # fmt: skip

    def test_of_two_sources_none_can_be_left_out_and_differences_can_be_switched_off(self):
        context = self.read(source="fat,bone-marrow", differences="true")
        assert [column.remove for column in context["columns"]] == ["", ""]
        assert context["differences"] is True
        assert context["toggle"] == "?source=fat&source=bone-marrow"

    def test_one_source_is_too_few(self):
        context = self.read(400, source="fat")
        assert list(context["problems"]) == ["source"]
        assert context["chosen"] == ["fat"]
        assert "table" not in context


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ({}, ""),
        ({"relation": "higher"}, "higher"),
        ({"relation": "lower", "comparator": "Adult Skin"}, "lower than adult skin"),
        ({"relation": "different", "comparator": "Skin"}, "different from skin"),
        ({"relation": "similar", "comparator": "Skin"}, "similar to skin"),
        ({"comparator": "Skin"}, "against skin"),
        ({"quantity": Decimal("50.0"), "quantity_sign": "=", "quantity_unit": "passages"}, "50 passages"),
        ({"quantity": Decimal("0"), "quantity_sign": "<", "quantity_unit": "%", "relation": "lower"}, "lower; < 0 %"),
    ],
)  # fmt: skip
def test_a_trait_is_measured_in_words(given, text):
    comparator = given.pop("comparator", None)
    trait = SourceTrait(**given, comparator=TissueSource(name=comparator) if comparator else None)
    assert as_measured(trait) == text


def test_several_statements_are_read_one_after_the_other():
    told = [
        Told(1, "MSC-ST-0001", "reported", "One.", "x", "/one/", []),
        Told(1, "MSC-ST-0002", "reported", "Two.", "", "/two/", []),
    ]
    assert texts_of(told) == "One. (x) | Two."
    assert outcomes_of(told) == "x (MSC-ST-0001) |  (MSC-ST-0002)"
