"""Whatever a resource can be asked, some class of expected rows answers: see `tests/resources.py`."""

from collections import defaultdict
from importlib import import_module
from pathlib import Path

import pytest
from django.http import QueryDict
from django.test import Client

from core.rest.facets import facets_of as known_facets
from core.rest.filters import FlagFilter, TermsFilter
from mscbase.api_urls import router
from tests.resources import ResourceTests, expected_rows

TESTS = Path(__file__).resolve().parent
VIEWSETS = {prefix: viewset for prefix, viewset, _ in router.registry}


def expectations():
    """{prefix: the class that writes down what the resource answers}"""
    for path in sorted(TESTS.glob("*/test_*.py")):
        if "ResourceTests" in (text := path.read_text(encoding="utf-8")) or "StatementTests" in text:
            import_module(f"tests.{path.parent.name}.{path.stem}")
    waiting, found = [ResourceTests], {}
    while waiting:
        cls = waiting.pop()
        waiting += cls.__subclasses__()
        if cls.prefix:
            found[cls.prefix] = cls
    return found


EXPECTED = expectations()


def negatable(offered):
    """The filters that take several values, and exclude one that opens with "!"."""
    return {name for name, f in offered.items() if isinstance(f, TermsFilter)}


def asked_nothing(prefix):
    viewset = VIEWSETS[prefix]
    return viewset.filterset_class(QueryDict(), queryset=viewset.queryset.none())


def signs_of(f):
    """What may stand before the values of a filter, so that it means something."""
    if isinstance(f, TermsFilter):
        yield from [f"{state}:" for state in f.states]
        if f.several:
            yield "any:" if f.conjoined else "all:"


def alone(query):
    """Does the query ask for one filter, or for a number of which another filter says the unit?"""
    return "&" not in query or query.startswith("dose_unit=") and query.count("&") == 1


def facets_of(prefix):
    """The facets of a list, as the answer to a wrong one names them."""
    message = Client().get(f"/api/v1/{prefix}/?facets=0").json()["detail"]
    return message.partition("Valid: ")[2].rstrip(".").split(", ") if "Valid: " in message else []


def test_every_resource_has_its_class():
    assert set(EXPECTED) == set(VIEWSETS)
    assert facets_of("sources") == ["has", "section", "origin", "marker", "cell_type"]


@pytest.mark.parametrize("prefix", VIEWSETS)
def test_every_filter_is_tested_with_each_form_of_value(prefix):
    values, telling = defaultdict(list), set()
    everything = EXPECTED[prefix].orders[""].split()
    for query, rows in EXPECTED[prefix].filters.items():
        for name, given in expected_rows(query).items():
            values[name] += given
            if alone(query) and 0 < len(rows.split()) < len(everything):
                telling.add(name)
    offered = VIEWSETS[prefix].filterset_class.base_filters
    filters, flags = set(offered), {name for name, f in offered.items() if isinstance(f, FlagFilter)}
    assert filters - set(values) == set(), "filters without an expectation"
    assert filters - flags - telling == set(), "filters that are never expected to tell some rows from others"
    for name in negatable(offered) - flags:
        given = values[name]
        assert any("," in value for value in given), f"{name} with several values"
        assert any(value.startswith("!") for value in given), f"{name} with an excluded value"
        assert any("," not in value and "!" not in value for value in given), f"{name} with one value"
    for name, f in asked_nothing(prefix).filters.items():
        for sign in signs_of(f):
            assert any(sign in value for value in values[name]), f"{name} with {sign}"
    for name in flags:
        assert {"true", "false"} <= set(values[name]), f"{name} both ways"


@pytest.mark.parametrize("prefix", VIEWSETS)
def test_every_order_is_tested_in_both_directions(prefix):
    orders = EXPECTED[prefix].orders
    for name in VIEWSETS[prefix].ordering_fields:
        assert {f"ordering={name}", f"ordering=-{name}"} <= set(orders), name
        assert orders[f"ordering={name}"] != orders[f"ordering=-{name}"], f"{name} orders nothing"
    assert "" in orders


@pytest.mark.parametrize("prefix", VIEWSETS)
def test_every_facet_is_tested(prefix):
    assert {*facets_of(prefix), *known_facets(asked_nothing(prefix))} <= {
        query.partition("&")[0] for query in EXPECTED[prefix].facets
    }


@pytest.mark.parametrize("prefix", VIEWSETS)
def test_every_field_is_tested_with_a_value(prefix):
    """The expected row holds each field of the serializer, and what is empty in all rows would not be noticed."""
    row = EXPECTED[prefix].row
    assert set(row) == set(VIEWSETS[prefix].serializer_class().fields)
    tested_apart = {"other_names", "actor", "dose_cells_per_kg_min", "dose_cells_per_kg_max"}
    empty = {name for name, value in row.items() if value in (None, "", [])}
    assert empty <= tested_apart
