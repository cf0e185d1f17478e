"""A marker profile against the criteria and the sources: what agrees, what does not, what nobody reports."""

import csv
import io

import pytest
from django.test import Client

from catalog.models import IdentityCriterion, MarkerExpression, SurfaceMarker

ISCT = {
    "positive": "cd73,cd90,cd105",
    "negative": "cd11b,cd14,cd19,cd34,cd45,hla-dr",
}


def criterion(answer):
    (only,) = answer["criteria"]
    return only


def verdicts(answer):
    return {m["marker"]["slug"]: m["verdict"] for m in criterion(answer)["markers"]}


def html(query, status=200):
    response = Client().get("/identify/", query)
    assert response.status_code == status
    return " ".join(response.content.decode().split())  # how the source breaks its lines does not matter


def test_a_panel_that_tests_everything_as_it_must_be_meets_the_criterion(api):
    answer = api("identify/", **ISCT)
    assert criterion(answer)["met"] is True
    assert set(verdicts(answer).values()) == {"met"}
    assert [r["number"] for r in criterion(answer)["references"]] == [8, 9, 11]


def test_what_is_not_tested_leaves_the_criterion_open(api):
    answer = api("identify/", profile="CD73+ CD90+ CD105+ CD45- CD34-")
    assert criterion(answer)["met"] is None
    assert {m for m, v in verdicts(answer).items() if v == "not-tested"} == {
        "cd11b",
        "cd14",
        "cd19",
        "hla-dr",
    }


def test_one_violation_is_enough_even_where_much_is_not_tested(api):
    answer = api("identify/", profile="CD73+ CD45+")
    assert criterion(answer)["met"] is False
    assert verdicts(answer)["cd45"] == "violated"
    marker = next(m for m in criterion(answer)["markers"] if m["marker"]["slug"] == "cd45")
    assert (marker["expected"], marker["observed"]) == ("negative", "positive")


def test_weak_staining_decides_nothing(api):
    answer = api("identify/", profile="CD45low CD73+/-")
    assert verdicts(answer)["cd45"] == verdicts(answer)["cd73"] == "not-tested"
    assert criterion(answer)["met"] is None
    source = next(s for s in answer["sources"] if s["source"]["slug"] == "bone-marrow")
    assert [m["slug"] for m in source["undecided"]] == ["cd73"]
    assert not source["conflicts"]


def test_pasted_and_picked_are_the_same_panel(api):
    pasted = api("identify/", profile="CD73+ NT5E+ CD90 pos; CD49d neg, HLA-DR−")
    picked = api("identify/", positive="cd73,cd90", negative="CD49d,HLA-DR")
    for name in ("criteria", "sources", "unknown", "url"):
        assert pasted[name] == picked[name]
    assert pasted["panel"][0]["written"] == ["CD73+", "NT5E+"]


def test_sources_agree_exactly_as_their_statements_say(api):
    observed = {"cd73": "positive", "cd44": "negative", "cd49d": "negative", "cd45": "negative"}
    answer = api("identify/", positive="cd73", negative="cd44,cd49d,cd45")
    assert {s["source"]["slug"] for s in answer["sources"]} == set(
        MarkerExpression.objects.values_list("source__slug", flat=True)
    )
    for row in answer["sources"]:
        reported = dict(
            MarkerExpression.objects.filter(source__slug=row["source"]["slug"]).values_list(
                "marker__slug", "status"
            )
        )
        assert {m["slug"] for m in row["matches"]} == {m for m, o in observed.items() if reported.get(m) == o}
        assert {m["slug"] for m in row["not_listed"]} == set(observed) - set(reported)
        assert {m["slug"] for m in row["conflicts"]} == {
            m for m, o in observed.items() if m in reported and reported[m] != o
        }


def test_sources_are_ranked_by_matches_then_conflicts_then_what_is_not_listed(api):
    sources = api("identify/", profile="CD73+ CD90+ CD105+ CD49d- CD44-")["sources"]
    ranks = [(-len(s["matches"]), len(s["conflicts"]), len(s["not_listed"])) for s in sources]
    assert ranks == sorted(ranks)
    assert sources[0]["source"] == {"slug": "bone-marrow", "name": "Bone marrow"}
    assert {r["number"] for r in sources[0]["references"]} == {14, 34, 35, 36, 37}


def test_a_marker_that_is_not_listed_is_never_a_conflict(api):
    for source in api("identify/", profile="CD45+ CD34+")["sources"]:
        assert source["conflicts"] == []
        assert {m["slug"] for m in source["not_listed"]} == {"cd45", "cd34"}


def test_unknown_markers_are_named_with_the_nearest_known(api):
    unknown = api("identify/", profile="CD73+ CD10x- nonsensicalin+", negative="cd45,CD1O5")["unknown"]
    assert [u["marker"] for u in unknown] == ["CD10x", "nonsensicalin", "CD1O5"]
    assert unknown[0]["suggestion"]["slug"].startswith("cd10")
    assert unknown[1]["suggestion"] is None
    assert unknown[2]["suggestion"]["slug"] == "cd105"
    assert unknown[0]["observed"] == "negative"


def test_a_marker_without_a_sign_is_named_not_guessed(api):
    answer = api("identify/", profile="CD73, CD90+")
    assert [(u["marker"], u["reason"]) for u in answer["unknown"]] == [
        ("CD73", "No plus or minus is given for it.")
    ]
    assert verdicts(answer)["cd73"] == "not-tested"


def test_a_molecule_that_is_no_msc_marker_is_said_to_be_one(api):
    answer = api("identify/", profile="CD9+ CD73+")
    assert {p["slug"]: p["is_msc_marker"] for p in answer["panel"]} == {"cd9": False, "cd73": True}
    assert answer["unknown"] == []
    assert all("cd9" not in str(s["not_listed"]) for s in answer["sources"])
    assert "not as an MSC marker" in html({"profile": "CD9+ CD73+"})


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ({"profile": "CD73+ CD73-"}, "profile"),
        ({"profile": "CD73+ NT5E-"}, "profile"),
        ({"positive": "cd73", "negative": "cd73"}, "negative"),
        ({"profile": "CD73+", "variable": "cd73"}, "variable"),
    ],
)
def test_a_contradiction_is_an_error_that_names_the_marker(api, query, parameter):
    body = api("identify/", expect=400, **query)
    assert "CD73 is given both as positive and as" in body["detail"]
    assert body["errors"][0]["parameter"] == parameter
    assert "CD73 is given both" in html(query, status=400)


@pytest.mark.parametrize(
    "query", [{}, {"profile": ""}, {"profile": "  "}, {"profil": "CD73+"}, {"profile": "x" * 5001}]
)
def test_what_is_no_panel_is_a_400_that_names_the_parameter(api, query):
    body = api("identify/", expect=400, **query)
    assert body["errors"][0]["parameter"] in ("profile", "profil")


def test_the_page_without_a_panel_offers_the_form():
    for query in ({}, {"profile": ""}):
        page = html(query)
        assert 'name="profile"' in page
        assert page.count('name="positive"') == page.count('name="negative"') == SurfaceMarker.objects.count()
        assert 'role="alert"' not in page


def test_the_page_keeps_what_was_pasted_and_picked_and_says_the_verdicts():
    page = html({"profile": "CD73+ <b> CD90-", "negative": "cd45"})
    assert "CD73+ &lt;b&gt; CD90-" in page
    assert '<input type="checkbox" name="negative" value="cd45" checked' in page
    assert "verdict-met" in page
    assert "verdict-violated" in page
    assert "not tested" in page
    assert "/references/8/" in page


@pytest.mark.parametrize(
    "profile", ['"', "'", "\\", "+" * 5000, "CD73+ \ud7ff 😀", "%", "a" * 5000, "(((", "½⅓ﷺ+", "NULL"]
)
def test_any_input_gives_a_page(profile):
    assert Client().get("/identify/", {"profile": profile}).status_code in (200, 400)
    assert Client().get("/api/v1/identify/", {"profile": profile}).status_code in (200, 400)


def test_a_criterion_without_markers_asks_nothing_of_a_panel(api):
    asked = {c["accession"] for c in api("identify/", positive="cd73")["criteria"]}
    assert asked == set(
        IdentityCriterion.objects.exclude(positive_markers=None, negative_markers=None).values_list(
            "accession", flat=True
        )
    )


def test_the_table_of_sources_comes_as_csv(api):
    response = Client().get("/api/v1/identify.csv", {"profile": "CD73+ CD49d- CD45-"})
    text = b"".join(response.streaming_content).decode()
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    answer = api("identify/", profile="CD73+ CD49d- CD45-")["sources"]
    assert [row["source"] for row in rows] == [s["source"]["slug"] for s in answer]
    assert rows[0]["matches"] == "cd73|cd49d"


def test_an_identification_stays_within_its_queries(django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        html({"profile": "CD73+ CD90+ CD105+ CD45- CD34- CD9+ foo+"})


def test_both_questions_stand_in_the_schema():
    schema = Client().get("/api/schema/?format=json").json()
    parameters = schema["components"]["parameters"]
    for path, names in (
        ("/api/v1/compare/", {"source", "differences", "format", "bom"}),
        ("/api/v1/identify/", {"positive", "negative", "variable", "profile", "format", "bom"}),
    ):
        operation = schema["paths"][path]["get"]
        assert {parameters[p["$ref"].rpartition("/")[2]]["name"] for p in operation["parameters"]} == names
        answer = operation["responses"]["200"]["content"]["application/json"]["schema"]
        assert schema["components"]["schemas"][answer["$ref"].rpartition("/")[2]]["properties"]


def test_the_answers_have_the_promised_shape(api):
    answer = api("identify/", positive="cd73", negative="cd45")
    assert {"criteria", "sources", "unknown"} <= set(answer)
    assert {"name", "met", "markers"} <= set(criterion(answer))
    assert set(criterion(answer)["markers"][0]) == {"marker", "expected", "observed", "verdict"}
    assert {"source", "matches", "conflicts", "not_listed", "references"} <= set(answer["sources"][0])
