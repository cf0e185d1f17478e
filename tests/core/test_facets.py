"""Every number on a facet is the number of rows behind its link; page, API and CSV hold the same rows.

Each list is asked at random in a database with its own expected rows.
"""

import csv
import html
import io
import re

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.rest.facets import countable, facets, facets_of, is_countable
from core.rest.filters import FlagFilter, QuantityFilter, WordsFilter
from mscbase.api_urls import router
from tests import builders as make
from tests.test_resources import EXPECTED
from tests.worlds import empty_database

LISTS = {prefix: (viewset, basename.removeprefix("api-")) for prefix, viewset, basename in router.registry}
FACETED = [
    prefix
    for prefix, (viewset, _) in LISTS.items()
    if any(map(is_countable, viewset.filterset_class.base_filters.values()))
]
SEARCHED = [
    "claims",
    "trials",
    "sources",
    "molecules",
    "statements",
    "markers",
    "conditions",
    "source-traits",
    "cell-types",
]
WORDS = ["says", "a", "0002", "bone", "nosuchword"]
LINK = re.compile(r'<li><a href="(\?[^"]*)">[^<]*<span class="count">(\d+)</span></a>')
random_queries = settings(
    max_examples=10, deadline=None, database=None, print_blob=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip


@pytest.fixture(scope="module", params=FACETED)
def prefix(request, module_world, django_db_blocker):
    """A list with facets, in a database with its expected rows."""
    with django_db_blocker.unblock(), empty_database():
        EXPECTED[request.param].build()
        yield request.param


def asked(prefix, **parameters):
    """The filter set of a list, asked this."""
    viewset, _ = LISTS[prefix]
    data = QueryDict(mutable=True)
    for name, values in parameters.items():
        data.setlist(name, values if isinstance(values, list) else [values])
    filterset = viewset.filterset_class(data, queryset=viewset.queryset.all())
    assert not filterset.problems()
    return filterset


def rows_of(filterset):
    return sum(queryset.count() for queryset in filterset.querysets())


def api(prefix, **parameters):
    response = Client().get(f"/api/v1/{prefix}/", parameters)
    assert response.status_code == 200, response.content
    return response.json()


def page(prefix, query):
    """The page of a list, its rows and their number."""
    response = Client().get(reverse(f"{LISTS[prefix][1]}-list") + query)
    assert response.status_code == 200, query
    text = response.content.decode()
    body = re.search(r'class="listed".*?<tbody>(.*?)</tbody>', text, re.DOTALL)
    total = sum(
        map(int, re.findall(r'<strong class="number">(\d+)</strong>', text))
    )  # of trials, and of records
    return text, re.findall(r"<tr>(.*?)</tr>", body.group(1), re.DOTALL) if total else [], total


def test_every_count_of_every_list_is_the_number_of_rows_of_the_filter(prefix):
    filterset = asked(prefix)
    for name, values in facets(filterset, list(facets_of(filterset))).items():
        counts = [value.count for value in values]
        assert counts == sorted(counts, reverse=True)
        for value in [*values[:8], *values[-8:]]:
            found = asked(prefix, **{name.rpartition(":")[2]: value.value})
            assert value.count == rows_of(found) > 0, (name, value)


def test_counting_takes_four_queries_however_many_values(prefix):
    """One for the numbers, one for the names, and two for a tree of which statements speak."""
    filterset = asked(prefix)
    with CaptureQueriesContext(connection) as captured:
        facets(filterset, list(facets_of(filterset)))
    assert len(captured) <= (4 if "has" in filterset.filters else 2)


def test_every_row_is_reported_or_not_and_present_or_absent_where_it_is(prefix):
    everything = set(rows_named(asked(prefix)))
    for name, f in asked(prefix).filters.items():
        for value, _ in f.options() if getattr(f, "states", ()) else ():
            present, unreported = (
                set(rows_named(asked(prefix, **{name: sign + value}))) for sign in ("", "unreported:")
            )
            absent = (
                set(rows_named(asked(prefix, **{name: f"absent:{value}"}))) if "absent" in f.states else set()
            )
            assert present | absent | unreported == everything
            assert not unreported & (present | absent)
            assert set(rows_named(asked(prefix, **{name: f"!{value}"}))) == everything - present


def rows_named(filterset):
    return [row.pk for queryset in filterset.querysets() for row in queryset]


def draw_query(data, prefix):
    """Up to three filters with one or two values each, excluded, in another state, or all of them wanted."""
    filterset = asked(prefix)
    known = countable(filterset)
    occurring = facets(filterset, list(known))
    query = {}
    for name in data.draw(st.lists(st.sampled_from(sorted(filterset.filters)), max_size=3, unique=True)):
        f = filterset.filters[name]
        if isinstance(f, WordsFilter):
            query[name] = [data.draw(st.sampled_from(WORDS))]
        elif isinstance(f, QuantityFilter):
            query[name] = [data.draw(st.sampled_from(["1e5", "1000000", "4.57e7"]))]
            query.setdefault(
                f.unit, [data.draw(st.sampled_from(["cells", "cells/kg", "!cells", "cells,cells/kg"]))]
            )
        elif name in known and occurring[name]:
            values = st.sampled_from([value.value for value in occurring[name]])
            if isinstance(f, FlagFilter):
                query[name] = [data.draw(values)]
            else:
                query[name] = draw_values(data, f, values)
    if {"dose_min", "dose_max"} <= query.keys():
        query["dose_min"], query["dose_max"] = sorted(
            [query["dose_min"], query["dose_max"]], key=lambda v: float(v[0])
        )
    return query


def draw_values(data, f, values):
    """One or two values of a filter with signs before them, repeated or, where they are joined, in one."""
    signs = st.sampled_from(["", "", "", "!"])
    states = st.sampled_from(["", "", *(f"{state}:" for state in f.states)])
    drawn = [
        data.draw(signs) + data.draw(states) + value
        for value in data.draw(st.lists(values, min_size=1, max_size=2, unique=True))
    ]
    join = data.draw(st.sampled_from(["", "any:", "all:"] if f.several else ["", "any:"]))
    return [join + ",".join(drawn)] if join else drawn


@pytest.mark.parametrize("prefix", SEARCHED, indirect=True)
@random_queries
@given(data=st.data())
def test_each_count_equals_the_rows_behind_its_link(prefix, data):
    query = draw_query(data, prefix)
    known = facets_of(asked(prefix))
    names = data.draw(st.lists(st.sampled_from(sorted(known)), min_size=1, max_size=2, unique=True))
    counted = api(prefix, **query, facets=names, page_size=1)["facets"]
    assert list(counted) == names
    for name in names:
        offered = {value["value"]: value["count"] for value in counted[name]}
        for value in data.draw(st.lists(st.sampled_from(sorted(offered)), max_size=3)) if offered else []:
            behind = api(prefix, **{**query, name.rpartition(":")[2]: value}, page_size=1)["count"]
            assert behind == offered[value] > 0, (query, name, value)
        if ":" in name:  # of what nothing at all is reported of a value, nothing is offered
            continue
        options = asked(prefix).filters[name].options()
        left = [str(value) for value, _ in options or [] if str(value) not in offered]
        if left:
            value = data.draw(st.sampled_from(left))
            assert api(prefix, **{**query, name: value}, page_size=1)["count"] == 0, (query, name, value)


@pytest.mark.parametrize("prefix", SEARCHED, indirect=True)
@random_queries
@given(data=st.data())
def test_page_api_and_csv_hold_the_same_rows_and_links_keep_their_promise(prefix, data):
    query = draw_query(data, prefix)
    body = api(prefix, **query, page_size=1000, fields="url")
    exported = Client().get(f"/api/v1/{prefix}.csv", query | {"fields": "url"})
    exported = list(csv.DictReader(io.StringIO(b"".join(exported.streaming_content).decode(), newline="")))
    assert [row["url"] for row in exported[:1000]] == [row["url"] for row in body["results"]]
    address = QueryDict(mutable=True)
    for name, values in query.items():
        address.setlist(name, values)
    text, rows, total = page(prefix, f"?page_size=20&{address.urlencode()}")
    assert total == body["count"] == len(exported)
    shown = body["results"][:20]
    assert len(rows) == len(shown)
    for row, expected in zip(rows, shown, strict=True):
        assert expected["url"].rstrip("/").rpartition("/")[2] in row
    links = LINK.findall(text)
    for link, number in data.draw(st.lists(st.sampled_from(links), max_size=2)) if links else []:
        assert page(prefix, html.unescape(link))[2] == int(number), link


@pytest.mark.parametrize("prefix", ["markers"], indirect=True)
def test_filters_that_speak_of_one_thing_together_are_counted_together(prefix):
    """A marker that one source lacks is not counted as lacking because another source lacks it."""
    counted = facets(asked("markers", source="bone-marrow"), ["status"])["status"]
    assert counted
    for status in counted:
        assert status.count == rows_of(asked("markers", source="bone-marrow", status=status.value))


def test_a_row_that_comes_to_a_value_twice_is_counted_once():
    for number, section in enumerate(("methods", "results"), start=1):
        make.expression(f"MSC-ME-000{number}", source="skin", marker="cd73", section=section)
        make.claim(f"MSC-CL-000{number}", mechanism="paracrine", mediators=["hgf"], regulated=["hgf"])
    assert [(v["value"], v["count"]) for v in api("sources", facets="marker")["facets"]["marker"]] == [
        ("cd73", 1)
    ]
    found = api("molecules", facets="mechanism")["facets"]["mechanism"]
    assert [(v["value"], v["count"]) for v in found] == [("paracrine", 1)]
    found = api("claims", facets="molecule")["facets"]["molecule"]
    assert [(v["value"], v["count"]) for v in found] == [("hgf", 2)]


def test_a_list_has_no_facets_unless_asked():
    assert "facets" not in api("trials")
    assert "facets" not in api("trials", facets="")


@pytest.mark.parametrize("prefix", ["trials", "statements", "organisms"])
@pytest.mark.parametrize("suffix", ["/", ".csv"])
@pytest.mark.parametrize("name", ["sorce", "q"])
def test_a_facet_that_is_not_there_is_named(prefix, suffix, name):
    response = Client().get(f"/api/v1/{prefix}{suffix}", {"facets": name})
    assert response.status_code == 400
    error = response.json()["errors"][0]
    assert error["parameter"] == "facets"
    assert name in error["message"]


def test_the_nearest_facet_is_suggested():
    body = Client().get("/api/v1/trials/?facets=sorce").json()
    assert "'source'" in body["errors"][0]["message"]


@pytest.mark.parametrize("prefix", ["claims"], indirect=True)
def test_several_values_of_a_control_survive_the_form(prefix):
    text, _, _ = page("claims", "?molecule=hgf,!vegf")
    assert '<option value="hgf,!vegf" selected>' in text
