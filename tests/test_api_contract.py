"""The promise of /api/v1/, walked over every route."""

import csv
import io
import json
import re
from collections import Counter

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.rest.filters import WordsFilter
from mscbase.api_urls import router
from tests import wide
from tests.formats import FLAT, FORMATS

ROUTES = [(prefix, viewset) for prefix, viewset, _ in router.registry]
LISTS = [prefix for prefix, _ in ROUTES]
DETAILS = [prefix for prefix, viewset in ROUTES if hasattr(viewset, "retrieve")]
# What a list would have to read whole tables for.
ONLY_IN_DETAIL = {"trials": {"versions"}}
KEYS = {"slug", "accession", "number"}


@pytest.fixture(scope="module", autouse=True)
def built(module_world):
    wide.build()


def get(path, **parameters):
    return Client().get(f"/api/v1/{path}", parameters)


def rows_of(response):
    return list(csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode(), newline="")))


def problem(response, status):
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    body = response.json()
    assert {"type", "title", "status", "detail"} <= set(body)
    assert body["status"] == status
    return body


def repeated(captured):
    """The query shapes that ran more than three times: an N+1 shows as one shape a row."""
    shapes = Counter(re.sub(r"IN \(.*?\)|'[^']*'|\b\d+\b", "?", query["sql"]) for query in captured)
    return {shape: n for shape, n in shapes.items() if n > 3}


def queries(path, **parameters):
    with CaptureQueriesContext(connection) as captured:
        response = get(path, **parameters)
        if response.streaming:
            b"".join(response.streaming_content)
    assert response.status_code == 200
    assert not repeated(captured)
    return len(captured)


@pytest.mark.parametrize("prefix", LISTS)
def test_list_has_the_one_shape(prefix):
    body = get(f"{prefix}/").json()
    assert set(body) == {"count", "next", "previous", "results"}
    assert body["count"] >= wide.ROWS
    assert len(body["results"]) == min(body["count"], 50)


@pytest.mark.parametrize("prefix", LISTS)
def test_pages_follow_each_other_without_gap_or_repeat(prefix):
    whole = get(f"{prefix}/", page_size=1000).json()
    seen, address = [], f"/api/v1/{prefix}/?page_size=4"
    while address:
        body = Client().get(address).json()
        seen += body["results"]
        address = body["next"]
    assert seen == whole["results"]
    assert len({json.dumps(row, sort_keys=True) for row in seen}) == whole["count"]


@pytest.mark.parametrize("prefix", DETAILS)
def test_detail_is_found_by_its_public_identifier(prefix):
    row = get(f"{prefix}/", page_size=1).json()["results"][0]
    key = next(row[name] for name in ("slug", "accession", "number") if name in row)
    detail = get(f"{prefix}/{key}/")
    assert detail.status_code == 200
    more = detail.json().keys() - row.keys()
    assert more == ONLY_IN_DETAIL.get(prefix, set())
    assert {name: value for name, value in detail.json().items() if name not in more} == row
    assert Client().get(row["api_url"]).json() == detail.json()
    assert Client().get(row["url"]).status_code in (200, 302)


@pytest.mark.parametrize("prefix", DETAILS)
def test_no_row_id_leaks_and_none_is_a_key(prefix):
    row = get(f"{prefix}/", page_size=1).json()["results"][0]
    assert not {"id", "pk"} & set(row)
    if prefix != "references":
        problem(get(f"{prefix}/1/"), 404)


@pytest.mark.parametrize("prefix", DETAILS)
def test_a_missing_row_is_a_404_problem(prefix):
    assert "no-such-row" in problem(get(f"{prefix}/no-such-row/"), 404)["detail"] or prefix == "references"


@pytest.mark.parametrize("prefix", LISTS)
def test_an_unknown_parameter_is_named(prefix):
    body = problem(get(f"{prefix}/", sorce="skin"), 400)
    assert body["errors"][0]["parameter"] == "sorce"
    assert "sorce" in body["detail"]


@pytest.mark.parametrize("prefix", LISTS)
@pytest.mark.parametrize("page", ["0", "-1", "x", "1.5", "٣"])
def test_a_bad_page_is_a_400_that_names_it(prefix, page):
    assert problem(get(f"{prefix}/", page=page), 400)["errors"][0]["parameter"] == "page"


@pytest.mark.parametrize("prefix", LISTS)
def test_a_page_beyond_the_end_is_a_404(prefix):
    assert "last one is" in problem(get(f"{prefix}/", page=9999), 404)["detail"]


@pytest.mark.parametrize("prefix", LISTS)
def test_page_size_has_its_limits(prefix):
    assert problem(get(f"{prefix}/", page_size=1001), 400)["errors"][0]["parameter"] == "page_size"
    assert len(get(f"{prefix}/", page_size=2).json()["results"]) <= 2


@pytest.mark.parametrize("prefix", LISTS)
def test_ordering_by_anything_unknown_is_a_400(prefix):
    assert problem(get(f"{prefix}/", ordering="nonsense"), 400)["errors"][0]["parameter"] == "ordering"


@pytest.mark.parametrize(("prefix", "viewset"), ROUTES, ids=LISTS)
def test_every_declared_order_works_both_ways(prefix, viewset):
    for name in viewset.ordering_fields:
        up = get(f"{prefix}/", ordering=name, page_size=1000)
        down = get(f"{prefix}/", ordering=f"-{name}", page_size=1000)
        assert up.status_code == down.status_code == 200, name
        assert len(up.json()["results"]) == len(down.json()["results"])


@pytest.mark.parametrize(("prefix", "viewset"), ROUTES, ids=LISTS)
def test_every_filter_refuses_a_value_that_cannot_be(prefix, viewset):
    for name, f in viewset.filterset_class.base_filters.items():
        if isinstance(f, WordsFilter) or (name in ("phase", "status") and prefix == "trials"):
            continue
        body = problem(get(f"{prefix}/", **{name: "no-such-value"}), 400)
        assert body["errors"][0]["parameter"] == name, (name, f)


@pytest.mark.parametrize("prefix", LISTS)
@pytest.mark.parametrize("suffix", FLAT)
def test_an_export_holds_the_whole_filtered_set(prefix, suffix):
    count = get(f"{prefix}/", page_size=1).json()["count"]
    response = get(f"{prefix}.{suffix}")
    assert response.status_code == 200
    assert "attachment" in response["Content-Disposition"]
    assert len(FORMATS[suffix].rows(b"".join(response.streaming_content))) == count


@pytest.mark.parametrize("prefix", LISTS)
def test_csv_and_json_have_the_same_columns_in_the_same_order(prefix):
    first = get(f"{prefix}/", page_size=1).json()["results"][0]
    assert list(rows_of(get(f"{prefix}.csv"))[0]) == list(first)


@pytest.mark.parametrize("prefix", LISTS)
def test_a_list_runs_no_more_queries_for_more_rows(prefix):
    few = queries(f"{prefix}/", page_size=2)
    assert queries(f"{prefix}/", page_size=1000) == few <= 11
    assert queries(f"{prefix}.csv") <= few


@pytest.mark.parametrize("prefix", LISTS)
def test_fields_and_omit_shape_a_row(prefix):
    row = get(f"{prefix}/", page_size=1).json()["results"][0]
    first, second = list(row)[:2]
    only = get(f"{prefix}/", page_size=1, fields=f"{second},{first}").json()["results"][0]
    assert set(only) == {first, second}
    without = get(f"{prefix}/", page_size=1, omit=first).json()["results"][0]
    assert set(without) == set(row) - {first}
    assert problem(get(f"{prefix}/", fields="nonsense"), 400)["errors"][0]["parameter"] == "fields"


def test_include_shows_a_linked_entity_in_full():
    row = get("claims/", include="mediators,mechanism", page_size=1).json()["results"][0]
    assert {"slug", "name", "kind", "xrefs"} <= set(row["mediators"][0])
    assert "summary" in row["mechanism"]
    assert problem(get("claims/", include="nonsense"), 400)["errors"][0]["parameter"] == "include"


def test_include_costs_no_query_a_row():
    assert queries("claims/", include="mediators,conditions,references", page_size=100) <= 20


@pytest.mark.parametrize("path", ["nope/", "nope", "claims/MSC-CL-0001/nope/"])
def test_what_is_not_there_is_a_404_problem_never_html(path):
    problem(get(path), 404)


def test_a_missing_slash_leads_on():
    response = Client().get("/api/v1/trials?disease=stroke")
    assert response.status_code == 301
    assert response["Location"] == "/api/v1/trials/?disease=stroke"


def test_writing_is_not_allowed():
    problem(Client().post("/api/v1/claims/", "{}", content_type="application/json"), 405)
    problem(Client().delete("/api/v1/claims/MSC-CL-0001/"), 405)


def test_a_format_that_is_not_there():
    problem(Client().get("/api/v1/claims/", headers={"accept": "text/html"}), 406)
    assert problem(get("claims/", format="pdf"), 400)["errors"][0]["parameter"] == "format"


def test_a_browser_gets_json():
    accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    assert Client().get("/api/v1/claims/", headers={"accept": accept})["Content-Type"] == "application/json"


def test_every_answer_names_release_request_and_validator():
    response = Client().get("/api/v1/claims/", headers={"x-request-id": "my-script-7"})
    assert response["X-MSCbase-Release"] == get("release/").json()["version"]
    assert response["X-Request-ID"] == "my-script-7"
    assert response["ETag"].startswith('"')
    assert "Cache-Control" in response
    again = Client().get("/api/v1/claims/", headers={"if-none-match": response["ETag"]})
    assert again.status_code == 304
    assert not again.content
    other = Client().get("/api/v1/claims/?page_size=2")
    assert other["ETag"] != response["ETag"]
    assert get("claims/", nope="1").get("ETag") is None


def test_a_page_of_any_origin_may_read_the_api():
    response = Client().get("/api/v1/claims/", headers={"origin": "https://example.org"})
    assert response["Access-Control-Allow-Origin"] == "*"


def test_a_client_that_asks_too_often_is_told_when_to_come_back(settings, monkeypatch):
    from django.core.cache import cache

    from core.rest.throttling import PerClient

    cache.clear()
    monkeypatch.setattr(PerClient, "rate", "2/min", raising=False)
    answers = [get("organisms/") for _ in range(3)]
    assert [a.status_code for a in answers] == [200, 200, 429]
    problem(answers[-1], 429)
    assert int(answers[-1]["Retry-After"]) > 0
    cache.clear()


def test_the_schema_is_openapi_3_1_and_the_documentation_works_offline():
    schema = Client().get("/api/schema/?format=json").json()
    assert schema["openapi"].startswith("3.1")
    for prefix in LISTS:
        assert f"/api/v1/{prefix}/" in schema["paths"]
    html = Client().get("/api/docs/").content.decode()
    assert "//cdn" not in html
    assert "unpkg" not in html


def test_comparison_and_panel_check_stand_in_the_schema():
    schema = Client().get("/api/schema/?format=json").json()
    parameters = schema["components"]["parameters"]
    for path, names in (
        ("/api/v1/compare/", {"source", "differences", "state", "format", "bom"}),
        ("/api/v1/identify/", {"positive", "negative", "variable", "profile", "format", "bom"}),
    ):
        operation = schema["paths"][path]["get"]
        assert {parameters[p["$ref"].rpartition("/")[2]]["name"] for p in operation["parameters"]} == names
        answer = operation["responses"]["200"]["content"]["application/json"]["schema"]
        assert schema["components"]["schemas"][answer["$ref"].rpartition("/")[2]]["properties"]
    met = [
        c["properties"]["met"]["type"]
        for c in schema["components"]["schemas"].values()
        if "met" in c.get("properties", {})
    ]
    assert met == [["boolean", "null"]]
