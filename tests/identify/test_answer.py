"""What a panel says of the criteria and sources of a small world."""

import csv
import io
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.test import Client

from identify.identification import asked_for, met, verdict
from tests import builders as b
from tests.reading import read

PANEL = {"positive": "cd73,NT5E,cd90", "negative": "CD34", "variable": "albumin; nonsense"}
PASTED = {"profile": "CD1O5+ twin- CD45"}


@pytest.fixture(scope="module", autouse=True)
def rows(module_world):
    for slug in ("bone-marrow", "fat", "skin", "cord"):
        b.source(slug)
    for slug in ("cd90", "cd105", "cd34", "cd45"):
        b.marker(slug, name=slug.upper())
    b.marker("cd73", name="CD73", synonyms=["NT5E", "ecto"])
    b.molecule("albumin", synonyms=["ecto"])
    b.molecule("alpha1", synonyms=["twin"])
    b.molecule("alpha2", synonyms=["twin"])
    b.criterion(
        "MSC-IC-0001", name="Minimal", positive_markers=["cd73", "cd90"], negative_markers=["cd34"],
        references=[8, 9], curator_note="Common use asks for less.",
    )  # fmt: skip
    b.criterion("MSC-IC-0002", name="Culture only")
    b.criterion("MSC-IC-0003", name="Second", positive_markers=["cd105"])
    b.expression("MSC-ME-0001", source="bone-marrow", marker="cd73", references=[1])
    b.expression("MSC-ME-0002", source="bone-marrow", marker="cd34", status="negative", references=[2, 1])
    b.expression("MSC-ME-0003", source="fat", marker="cd73", references=[3])
    b.expression("MSC-ME-0004", source="fat", marker="cd34", references=[4])
    b.expression("MSC-ME-0005", source="skin", marker="cd73", status="variable", references=[5])
    b.expression("MSC-ME-0006", source="skin", marker="cd90")
    b.expression(
        "MSC-ME-0007", source="skin", marker="cd90", status="negative", section="other", references=[6]
    )
    b.expression("MSC-ME-0008", source="cord", marker="cd45", status="negative")


def numbers(references):
    return [reference["number"] for reference in references]


def test_the_panel_is_given_back_as_it_was_read(api):
    answer = api("identify/", **PANEL)
    assert answer["panel"] == [
        {"slug": "cd73", "name": "CD73", "observed": "positive", "written": ["cd73", "NT5E"], "shares": [], "notes": [],
         "is_msc_marker": True},
        {"slug": "cd90", "name": "CD90", "observed": "positive", "written": ["cd90"], "shares": [], "notes": [],
         "is_msc_marker": True},
        {"slug": "cd34", "name": "CD34", "observed": "negative", "written": ["CD34"], "shares": [], "notes": [],
         "is_msc_marker": True},
        {"slug": "albumin", "name": "Albumin", "observed": "variable", "written": ["albumin"], "shares": [],
         "notes": [], "is_msc_marker": False},
    ]  # fmt: skip
    assert answer["url"] == "http://testserver/identify/?positive=cd73,cd90&negative=cd34&variable=albumin"


def test_what_could_not_be_used_is_named_with_the_reason_and_no_other_molecule(api):
    nothing, several = (
        "No molecule here is known by this name.",
        "Several molecules go by this name: Alpha1, Alpha2.",
    )
    answer = api("identify/", **PANEL, **PASTED)
    assert answer["unknown"] == [
        {"marker": "CD1O5", "written": "CD1O5+", "observed": "positive", "reason": nothing, "suggestion": None},
        {"marker": "twin", "written": "twin-", "observed": "negative", "reason": several, "suggestion": None},
        {"marker": "CD45", "written": "CD45", "observed": None, "reason": "No plus or minus is given for it.",
         "suggestion": {"slug": "cd45", "name": "CD45"}},
        {"marker": "nonsense", "written": "nonsense", "observed": "variable", "reason": nothing, "suggestion": None},
    ]  # fmt: skip


def test_molecules_that_share_a_name_are_named_in_order(api):
    for slug in ("omega2", "omega1"):
        b.molecule(slug, synonyms=["shared"])
    (unknown,) = api("identify/", positive="shared")["unknown"]
    assert unknown["reason"] == "Several molecules go by this name: Omega1, Omega2."
    assert unknown["suggestion"] is None


def test_shares_of_cells_stand_beside_the_sign_and_say_where_they_contradict_it(api):
    panel = api("identify/", profile="98.4% positive for CD73; CD34+ (1.2%); CD45: 40%")["panel"]
    assert [(row["slug"], row["observed"], row["written"], row["shares"]) for row in panel] == [
        ("cd73", "positive", ["98.4% positive for CD73"], ["98.4%"]),
        ("cd34", "positive", ["CD34+ (1.2%)"], ["1.2%"]),
        ("cd45", "variable", ["CD45: 40%"], ["40%"]),
    ]
    said = "1.2% would be negative by the limits of the ISCT; the printed sign counts."
    assert [row["notes"] for row in panel] == [[], [said], []]


def test_words_that_mean_nothing_are_named(api):
    assert api("identify/", profile="CD73+ cells isolated from rats")["unread"] == [
        "isolated",
        "from",
        "rats",
    ]


TABLE = "Marker\tP3\tP10\nCD73\t+\t+\nCD34\t-\t+"


def test_of_a_table_with_several_samples_one_is_asked_for(api):
    refused = api("identify/", 400, profile=TABLE)
    (error,) = refused["errors"]
    assert error == {
        "parameter": "sample",
        "message": "The table has 2 samples: P3, P10. Choose one of them.",
    }
    for sample, observed in (("P3", "negative"), ("P10", "positive")):
        answer = api("identify/", profile=TABLE, sample=sample)
        assert [(row["slug"], row["observed"]) for row in answer["panel"]] == [
            ("cd73", "positive"),
            ("cd34", observed),
        ]
        assert answer["samples"] == ["P3", "P10"]
    (error,) = api("identify/", 400, profile=TABLE, sample="P5")["errors"]
    assert error["message"] == "The panel has no sample 'P5'. Samples: P3, P10."


def test_samples_that_agree_need_no_choice(api):
    answer = api("identify/", profile="Marker,A,B\nCD73,+,+\nCD34,-,-")
    assert [(row["slug"], row["observed"]) for row in answer["panel"]] == [
        ("cd73", "positive"),
        ("cd34", "negative"),
    ]


def test_the_page_leads_to_each_sample_of_a_table():
    page = read(f"/identify/?{urlencode({'profile': TABLE})}", status=400)
    links = [link for link in page.links if "sample=" in link]
    assert [link.split("sample=")[1] for link in links] == ["P3", "P10"]


def test_a_name_of_a_marker_and_of_another_molecule_means_the_marker(api):
    answer = api("identify/", positive="ecto")
    assert [row["slug"] for row in answer["panel"]] == ["cd73"]
    assert answer["unknown"] == []


def test_the_same_unknown_name_is_said_once(api):
    assert len(api("identify/", positive="nonsense,nonsense,cd73")["unknown"]) == 1


def test_criteria_are_judged_marker_by_marker(api):
    first, second = api("identify/", **PANEL)["criteria"]
    assert first == {
        "name": "Minimal", "accession": "MSC-IC-0001", "met": True, "note": "Common use asks for less.",
        "markers": [
            {"marker": {"slug": "cd73", "name": "CD73"}, "expected": "positive", "observed": "positive",
             "verdict": "met"},
            {"marker": {"slug": "cd90", "name": "CD90"}, "expected": "positive", "observed": "positive",
             "verdict": "met"},
            {"marker": {"slug": "cd34", "name": "CD34"}, "expected": "negative", "observed": "negative",
             "verdict": "met"},
        ],
        "references": [
            {"number": 8, "label": "Reference 8", "identifier": "8"},
            {"number": 9, "label": "Reference 9", "identifier": "9"},
        ],
        "url": "http://testserver/identity-criteria/MSC-IC-0001/",
    }  # fmt: skip
    assert (second["name"], second["met"]) == ("Second", None)
    assert second["markers"] == [
        {"marker": {"slug": "cd105", "name": "CD105"}, "expected": "positive", "observed": None,
         "verdict": "not-tested"},
    ]  # fmt: skip


def test_sources_say_what_agrees_what_does_not_and_what_nobody_reports(api):
    answer = api("identify/", **PANEL)
    sources = [
        {
            "source": row["source"]["slug"],
            **{
                sort: [
                    (m["slug"], m["observed"], m["reported"], m["statements"], numbers(m["references"]))
                    for m in row[sort]
                ]
                for sort in ("matches", "conflicts", "undecided")
            },
            "not_listed": [(m["slug"], m["observed"]) for m in row["not_listed"]],
            "references": numbers(row["references"]),
            "url": row["url"],
        }
        for row in answer["sources"]
    ]  # fmt: skip
    site = "http://testserver/sources"
    assert sources == [
        {
            "source": "bone-marrow",
            "matches": [("cd73", "positive", "positive", ["MSC-ME-0001"], [1]),
                        ("cd34", "negative", "negative", ["MSC-ME-0002"], [1, 2])],
            "conflicts": [], "undecided": [], "not_listed": [("cd90", "positive")], "references": [1, 2],
            "url": f"{site}/bone-marrow/",
        },
        {
            "source": "fat",
            "matches": [("cd73", "positive", "positive", ["MSC-ME-0003"], [3])],
            "conflicts": [("cd34", "negative", "positive", ["MSC-ME-0004"], [4])],
            "undecided": [], "not_listed": [("cd90", "positive")], "references": [3, 4], "url": f"{site}/fat/",
        },
        {
            "source": "skin", "matches": [], "conflicts": [],
            "undecided": [("cd73", "positive", "variable", ["MSC-ME-0005"], [5]),
                          ("cd90", "positive", "negative|positive", ["MSC-ME-0006", "MSC-ME-0007"], [6])],
            "not_listed": [("cd34", "negative")], "references": [5, 6], "url": f"{site}/skin/",
        },
        {
            "source": "cord", "matches": [], "conflicts": [], "undecided": [],
            "not_listed": [("cd73", "positive"), ("cd90", "positive"), ("cd34", "negative")], "references": [],
            "url": f"{site}/cord/",
        },
    ]  # fmt: skip


def test_without_a_marker_of_mscs_no_source_is_ranked(api):
    answer = api("identify/", positive="albumin")
    assert answer["sources"] == []
    assert [c["met"] for c in answer["criteria"]] == [None, None]


def ranked(api, **panel):
    return [row["source"]["slug"] for row in api("identify/", **panel)["sources"]]


def test_sources_are_ranked_by_matches_then_conflicts_then_what_is_not_listed_then_name(api):
    assert ranked(api, positive="cd34") == ["fat", "cord", "skin", "bone-marrow"]
    assert ranked(api, negative="cd73") == ["skin", "cord", "bone-marrow", "fat"]
    assert ranked(api, positive="cd105") == ["bone-marrow", "cord", "fat", "skin"]


def test_the_file_has_a_line_a_source():
    answer = Client().get("/api/v1/identify.csv", PANEL)
    lines = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode(), newline="")))
    assert lines == [
        ["source", "matches", "conflicts", "undecided", "not_listed", "references"],
        ["bone-marrow", "cd73|cd34", "", "", "cd90", "1|2"],
        ["fat", "cd73", "cd34", "", "cd90", "3|4"],
        ["skin", "", "", "cd73|cd90", "cd34", "5|6"],
        ["cord", "", "", "", "cd73|cd90|cd34", ""],
    ]


@pytest.mark.parametrize(
    ("asked", "parameter", "message"),
    [
        ({"positive": "cd73", "negative": "NT5E"}, "negative", "CD73 is given both as positive and as negative."),
        ({"profile": "CD73+ CD73-"}, "profile", "CD73 is given both as positive and as negative."),
        ({"positive": "cd73", "variable": "cd73, cd73"}, "variable",
         "CD73 is given both as positive and as variable."),
        ({"positve": "cd73"}, "positve", "There is no parameter 'positve' here. Did you mean 'positive'?"),
        ({"positive": " "}, "profile",
         "Give profile=, or positive= and negative=: ?positive=cd73,cd90&negative=cd45."),
        ({"profile": "x" * 5_001}, "profile", "A panel may be 5000 characters long."),
    ],
)  # fmt: skip
def test_what_is_no_panel_is_refused(api, asked, parameter, message):
    assert api("identify/", expect=400, **asked)["errors"] == [{"parameter": parameter, "message": message}]


def test_a_panel_of_five_thousand_characters_is_read():
    assert asked_for(QueryDict(f"profile={'x' * 5_000}")) == {}
    assert list(asked_for(QueryDict(f"profile={'x' * 2_500}&profile={'y' * 2_501}"))) == ["profile"]
    assert asked_for(QueryDict("profile=x&page=2"), {"page"}) == {}


class TestPage:
    def read(self, status=200, **parameters):
        response = Client().get("/identify/", parameters)
        assert response.status_code == status
        return response.context

    def test_it_offers_the_markers_of_criteria_first(self):
        context = self.read()
        assert [marker.slug for marker, _ in context["pickable"]] == ["cd105", "cd73", "cd90", "cd34", "cd45"]
        assert (context["pasted"], context["picked"], context["problems"]) == ("", False, {})
        assert "answer" not in context

    def test_it_offers_them_by_name_and_not_by_slug(self, world):
        b.marker("antigen", name="Zeta")
        b.marker("zeta-chain", name="Alpha")
        offered = [marker.name for marker, _ in self.read()["pickable"]]
        assert [name for name in offered if name in ("Alpha", "CD45", "Zeta")] == ["Alpha", "CD45", "Zeta"]

    def test_it_answers_as_the_api_does_and_keeps_what_was_asked(self):
        context = self.read(profile="CD73+ CD34-", positive="cd90", negative="cd45 , cd105")
        assert context["api_url"] == (
            "/api/v1/identify/?profile=CD73%2B+CD34-&positive=cd90&negative=cd45+%2C+cd105"
        )
        assert context["permalink"] == "/identify/?positive=cd73,cd90&negative=cd34,cd45,cd105"
        assert (context["pasted"], context["picked"]) == ("CD73+ CD34-", True)
        picked = {marker.slug: signs for marker, signs in context["pickable"]}
        assert picked == {
            "cd105": ["negative"],
            "cd73": [],
            "cd90": ["positive"],
            "cd34": [],
            "cd45": ["negative"],
        }
        assert [row.source.slug for row in context["answer"].sources][:2] == ["bone-marrow", "cord"]

    def test_a_form_sent_empty_is_no_error_and_a_contradiction_is(self):
        assert self.read(profile="", positive="")["problems"] == {}
        context = self.read(400, positive="cd73", negative="cd73")
        assert context["problems"] == {"negative": ["CD73 is given both as positive and as negative."]}
        assert "answer" not in context


@pytest.mark.parametrize(
    ("expected", "observed", "said"),
    [
        ("positive", "positive", "met"), ("negative", "negative", "met"), ("positive", "negative", "violated"),
        ("negative", "positive", "violated"), ("positive", "variable", "not-tested"), ("negative", None, "not-tested"),
    ],
)  # fmt: skip
def test_only_a_clear_sign_decides(expected, observed, said):
    assert verdict(expected, observed) == said


def test_one_violation_is_enough_and_everything_must_be_tested():
    assert met(["met", "not-tested", "violated"]) is False
    assert met(["met", "not-tested"]) is None
    assert met(["met"]) is True
