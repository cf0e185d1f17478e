"""Sources side by side: the right cells, told apart, each with what it rests on, the same in every form."""

import csv
import io
import re

import pytest
from django.test import Client

from catalog.models import MarkerExpression, TissueSource

PAIR = "bone-marrow,adipose-tissue"
SIX = "adipose-tissue,bone-marrow,umbilical-cord,induced-pluripotent-stem-cells,placenta,dental-pulp"


def sections(table):
    return {section["name"]: {row["name"]: row for row in section["rows"]} for section in table["sections"]}


def lines(path):
    response = Client().get(path)
    assert response.status_code == 200
    text = b"".join(response.streaming_content).decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def html(path, status=200):
    response = Client().get(path)
    assert response.status_code == status
    return " ".join(response.content.decode().split())  # how the source breaks its lines does not matter


def test_a_positive_a_negative_and_an_unlisted_marker_are_three_things(api):
    row = sections(api("compare/", source=PAIR + ",skin"))["markers"]["cd49d"]
    assert [(c["listed"], c["value"], c["text"]) for c in row["cells"]] == [
        (True, "negative", "negative"), (True, "positive", "positive"), (False, "not-listed", "not listed"),
    ]  # fmt: skip
    assert row["difference"] == "value"


def test_the_page_tells_the_three_apart_in_words():
    page = html(f"/sources/compare/?source={PAIR},skin")
    row = re.search(
        r"<tr>\s*<th scope=\"row\">\s*<a href=\"/markers/cd49d/\">.*?</tr>", page, re.DOTALL
    ).group()
    assert re.findall(r">(positive|negative|not listed)<", row) == ["negative", "positive", "not listed"]
    assert "/references/14/" in row
    assert "differs" in row


def test_every_marker_of_every_source_stands_in_its_cell_with_its_references(api):
    markers = sections(api("compare/", source=SIX))["markers"]
    for e in MarkerExpression.objects.filter(source__slug__in=SIX.split(",")).select_related(
        "source", "marker"
    ):
        cell = next(c for c in markers[e.marker.slug]["cells"] if c["source"] == e.source.slug)
        assert e.status in cell["value"].split("|")
        numbers = {reference["number"] for reference in cell["references"]}
        assert numbers >= {reference.number for reference in e.references.all()}


def test_sources_stand_in_the_order_asked_for_each_once(api):
    table = api("compare/", source="skin,brain,skin,amnion")
    assert [s["slug"] for s in table["sources"]] == ["skin", "brain", "amnion"]
    for section in table["sections"]:
        for row in section["rows"]:
            assert [c["source"] for c in row["cells"]] == ["skin", "brain", "amnion"]


def test_repeated_and_comma_separated_sources_are_the_same_question():
    repeated = Client().get("/api/v1/compare/?source=bone-marrow&source=adipose-tissue").json()
    assert repeated == Client().get(f"/api/v1/compare/?source={PAIR}").json()


def test_differences_only_leaves_out_exactly_the_rows_that_agree(api):
    everything, differing = (
        sections(api("compare/", source=PAIR)),
        sections(api("compare/", source=PAIR, differences="true")),
    )
    for name, rows in everything.items():
        kept = [row for row in rows.values() if row["difference"] != "none"]
        assert kept == list(differing[name].values())
    assert "cd73" not in differing["markers"]
    assert {"cd49d", "cd44"} <= set(differing["markers"])
    assert everything["markers"]["cd44"]["difference"] == "listing"


def test_a_trait_stands_with_comparator_and_quantity_and_with_what_it_was_compared_with(api):
    cells = sections(api("compare/", source="adipose-tissue,bone-marrow"))["traits"]["yield"]["cells"]
    mine, other = cells
    assert [(s["value"], s["detail"]) for s in mine["statements"]][0] == (
        "reported", "higher than bone marrow; 500 times",
    )  # fmt: skip
    assert mine["statements"][0]["accession"] in [s["accession"] for s in other["statements"]]
    assert "Set against adipose tissue, which is higher." in other["text"]


@pytest.mark.parametrize("section", ["claims", "trials"])
def test_every_number_is_the_number_of_rows_behind_its_link(api, section):
    seen = 0
    for row in sections(api("compare/", source=SIX))[section].values():
        for cell in row["cells"]:
            if cell["url"]:
                path = cell["url"].removeprefix("http://testserver/")
                assert Client().get(f"/api/v1/{path}").json()["count"] == cell["value"], path
                seen += 1
    assert seen >= 3


def test_trials_stand_by_condition_with_their_outcomes(api):
    row = sections(api("compare/", source=PAIR))["trials"]["amyotrophic-lateral-sclerosis"]
    assert {s["value"] for s in row["cells"][0]["statements"]} == {"improved", "mixed"}
    assert {s["value"] for s in row["cells"][1]["statements"]} == {"no-effect"}
    assert row["difference"] == "value"


def test_page_api_and_csv_are_one_table(api):
    for extra in ("", "&differences=true"):
        table = Client().get(f"/api/v1/compare/?source={PAIR}{extra}").json()
        rows = [(s["name"], row) for s in table["sections"] for row in s["rows"]]
        for path in ("/api/v1/compare.csv", "/sources/compare.csv"):
            flat = lines(f"{path}?source={PAIR}{extra}")
            assert [(line["section"], line["row"]) for line in flat] == [(s, r["name"]) for s, r in rows]
            for line, (_, row) in zip(flat, rows, strict=True):
                for cell in row["cells"]:
                    assert line[cell["source"]] == cell["text"]
                    numbers = "|".join(str(r["number"]) for r in cell["references"])
                    assert line[f"{cell['source']} references"] == numbers
        page = html(f"/sources/compare/?source={PAIR}{extra}")
        assert len(re.findall(r"<tr>\s*<th scope=\"row\"", page)) == len(rows)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("source=skin", "1 was given"),
        ("source=", "none was given"),
        ("source=skin,skin", "1 was given"),
        (f"source={SIX},skin", "leave out 1"),
        ("source=bone-marow,skin", "bone-marrow"),
        ("source=!skin,brain,amnion", "excludes nothing"),
    ],
)
def test_a_comparison_that_cannot_be_made_says_why_and_names_source(api, query, said):
    answer = Client().get(f"/api/v1/compare/?{query}")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["parameter"] == "source"
    assert said in answer.json()["detail"]
    page = html(f"/sources/compare/?{query}", status=400)
    assert said in page
    assert 'name="source"' in page


def test_a_source_under_another_name_leads_to_the_comparison_that_is_meant():
    for path in ("/api/v1/compare/", "/sources/compare/", "/sources/compare.csv"):
        answer = Client().get(f"{path}?source=bmsc,skin")
        assert (answer.status_code, answer["Location"]) == (302, f"{path}?source=bone-marrow,skin")


@pytest.mark.parametrize("query", ["sorce=skin", f"source={PAIR}&differences=maybe", f"source={PAIR}&page=2"])
def test_an_unknown_parameter_or_value_is_a_400(query):
    assert Client().get(f"/api/v1/compare/?{query}").status_code == 400
    assert Client().get(f"/sources/compare/?{query}").status_code == 400


def test_without_a_question_the_page_offers_the_choice_and_the_api_says_what_it_needs(api):
    assert html("/sources/compare/").count('name="source"') == TissueSource.objects.count()
    assert api("compare/", expect=400)["errors"][0]["parameter"] == "source"


def test_the_list_of_sources_can_be_ticked_without_javascript():
    page = html("/sources/")
    assert re.search(r'<form method="get" action="/sources/compare/" id="compare"', page)
    assert page.count('form="compare" name="source"') == TissueSource.objects.count()


def test_a_comparison_stays_within_its_queries(django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        html(f"/sources/compare/?source={SIX}")
    assert len(html(f"/sources/compare/?source={SIX}").encode()) < 150_000


def test_a_row_without_any_report_says_so():
    assert "Nothing is reported here" in html("/sources/compare/?source=brain,lung")
