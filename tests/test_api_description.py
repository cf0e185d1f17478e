"""The OpenAPI description is small, says each thing once, and types every parameter."""

import json
from collections import Counter

import pytest
from django.test import Client

from mscbase.api_urls import router
from tests import example
from tests.formats import FLAT, FORMATS, MEDIA_TYPES

LISTS = sorted(prefix for prefix, _, _ in router.registry)
WITH_SCHEMAS = ("properties", "$defs", "patternProperties")
WITHIN = ("items", "additionalProperties", "schema")
OF_SEVERAL = ("oneOf", "anyOf", "allOf")


@pytest.fixture(scope="module", autouse=True)
def world(module_world):
    example.build()


@pytest.fixture(scope="module")
def served(module_world):
    return Client().get("/api/schema/?format=json").content


@pytest.fixture(scope="module")
def description(served):
    return json.loads(served)


def resolved(description, node):
    if "$ref" not in node:
        return node
    _, _, kind, name = node["$ref"].split("/")
    return description["components"][kind][name]


def operation(description, path):
    return description["paths"][f"/api/v1/{path}"]["get"]


def parameters(description, path):
    found = [resolved(description, parameter) for parameter in operation(description, path)["parameters"]]
    return {parameter["name"]: parameter for parameter in found}


def choices(description, parameter):
    """What a parameter that takes a list of named choices may be given."""
    assert parameter["schema"]["type"] == "array"
    assert (parameter["style"], parameter["explode"]) == ("form", True)
    assert set(parameter["schema"]["items"]) == {"$ref"}
    return resolved(description, parameter["schema"]["items"])["enum"]


def inline_schemas(node):
    """The schemas that stand within a part of the description, components aside."""
    if isinstance(node, list):
        for part in node:
            yield from inline_schemas(part)
    if not isinstance(node, dict):
        return
    for key, value in node.items():
        if key in WITH_SCHEMAS:
            yield from value.values()
        elif key in WITHIN and isinstance(value, dict):
            yield value
        elif key in OF_SEVERAL:
            yield from value
        yield from inline_schemas(value)


def test_it_is_below_500_kb_as_served(served, description):
    assert len(served) < 500_000
    assert (
        json.loads(Client().get("/api/schema/", headers={"accept": "application/json"}).content)
        == description
    )


def test_no_schema_of_any_size_is_written_twice(description):
    components = description["components"].values()
    parts = [description["paths"], *(component for kind in components for component in kind.values())]
    found = Counter(
        json.dumps(schema, sort_keys=True) for schema in inline_schemas(parts) if "$ref" not in schema
    )
    assert max(len(schema) for schema in found) > 100
    assert [schema for schema, times in found.items() if times > 1 and len(schema) > 200] == []


def test_every_parameter_and_every_error_is_a_component(description):
    for path, item in description["paths"].items():
        assert all(set(parameter) == {"$ref"} for parameter in item["get"].get("parameters", ())), path
        for status, answer in item["get"]["responses"].items():
            assert ("$ref" in answer) == (int(status) > 300), (path, status)


def test_no_operation_is_repeated_for_a_format(description):
    assert not [path for path in description["paths"] if "format" in path or "." in path]


@pytest.mark.parametrize("prefix", LISTS)
def test_a_list_names_its_formats_by_parameter_and_media_type(description, prefix):
    parameter = parameters(description, f"{prefix}/")["format"]
    assert resolved(description, parameter["schema"])["enum"] == list(FORMATS)
    content = operation(description, f"{prefix}/")["responses"]["200"]["content"]
    assert list(content) == MEDIA_TYPES
    for name in FLAT:
        assert content[FORMATS[name].media_type]["schema"] == {"type": "string", "format": "binary"}, name


def test_a_search_has_one_format(description):
    assert "format" not in parameters(description, "search/")
    assert list(operation(description, "search/")["responses"]["200"]["content"]) == ["application/json"]


@pytest.mark.parametrize(("prefix", "viewset"), [(p, v) for p, v, _ in router.registry], ids=str)
def test_what_shapes_a_list_is_a_list_of_named_choices(description, prefix, viewset):
    known = parameters(description, f"{prefix}/")
    orders = list(viewset.ordering_fields)
    assert choices(description, known["ordering"]) == orders + [f"-{order}" for order in orders]
    row = Client().get(f"/api/v1/{prefix}/").json()["results"][0]
    assert choices(description, known["fields"]) == choices(description, known["omit"]) == list(row)
    for name in ("page", "page_size"):
        assert known[name]["schema"]["type"] == "integer"


def test_includes_and_facets_of_trials(description):
    known = parameters(description, "trials/")
    assert choices(description, known["include"]) == [
        "section", "references", "conditions", "source", "routes", "outcome_measures", "adverse_events",
    ]  # fmt: skip
    assert set(choices(description, known["facets"])) == {
        "document", "section", "reference", "evidence", "condition", "disease", "source", "donor", "route", "outcome",
        "outcome_measure", "adverse_event", "registry_id", "dose_unit", "phase", "status", "conflicting", "curated",
    }  # fmt: skip
    assert "include" not in parameters(description, "organisms/")
    assert "facets" not in parameters(description, "documents/")
    assert choices(description, parameters(description, "sources/")["facets"]) == [
        "has", "section", "origin", "marker", "absent:marker", "unreported:marker", "cell_type", "unreported:cell_type",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("path", "name", "values"),
    [
        ("trials/", "outcome", ["improved", "positive-trend", "mixed", "no-effect", "safety-only"]),
        (
            "claims/",
            "direction",
            ["increases", "decreases", "no-effect", "modulates", "mediates", "requires", "associated"],
        ),
        ("claims/", "evidence", ["clinical", "animal", "in-vitro", "ex-vivo", "not-stated"]),
        ("cell-types/", "germ_layer", ["mesoderm", "ectoderm", "endoderm"]),
        ("conflicts/", "kind_of_statement", ["claim", "trial"]),
    ],
)
def test_a_filter_by_choices_takes_each_plain_and_negated(description, path, name, values):
    asked = choices(description, parameters(description, path)[name])
    assert asked == values + [f"!{value}" for value in values]


@pytest.mark.parametrize(
    ("path", "name", "join", "values"),
    [
        ("trials/", "dose_unit", "all", ["cells", "cells/kg"]),
        ("markers/", "status", "all", ["positive", "negative", "variable"]),
        ("organisms/", "has", "any", ["claims"]),
    ],
)
def test_of_choices_that_a_row_has_several_of_all_or_any_can_be_asked(description, path, name, join, values):
    asked = choices(description, parameters(description, path)[name])
    signs = ("", "!", f"{join}:")
    assert asked == [f"{sign}{value}" for sign in signs for value in values]


def test_a_filter_says_what_may_stand_before_its_values(description):
    sources, claims = parameters(description, "sources/"), parameters(description, "claims/")
    assert sources["marker"]["description"] == (
        "Carries marker: slugs of surface markers. Takes `all:` (every one of the values), `absent:` (reported absent),"
        " `unreported:` (not reported), `!` (reported absent or not reported)."
    )
    assert claims["evidence"]["description"] == "Evidence."
    assert claims["filled"]["description"].endswith("Takes `any:` (any of the values, not all).")
    assert "in `dose_unit`, which it needs." in parameters(description, "trials/")["dose_min"]["description"]


@pytest.mark.parametrize(
    ("name", "schema"),
    [
        ("condition", {"type": "array", "items": {"type": "string"}}),
        ("reference", {"type": "array", "items": {"type": "string"}}),
        ("registry_id", {"type": "array", "items": {"type": "string"}}),
        ("dose_min", {"type": "number"}),
        ("year_max", {"type": "integer"}),
        ("conflicting", {"type": "boolean"}),
        ("q", {"type": "string"}),
        ("bom", {"type": "integer", "minimum": 0, "maximum": 1}),
    ],
)
def test_other_filters_have_their_type(description, name, schema):
    assert parameters(description, "trials/")[name]["schema"] == schema


def test_choices_have_names_and_blank_stands_beside_them(description):
    trial = description["components"]["schemas"]["Trial"]["properties"]
    for name, choices in (("phase", "Phase"), ("status", "RecruitmentStatus"), ("study_type", "StudyType")):
        assert trial[name]["oneOf"] == [{"$ref": f"#/components/schemas/{choices}"}, {"const": ""}]
    assert trial["outcome"]["oneOf"] == [{"$ref": "#/components/schemas/TrialOutcome"}, {"const": ""}]
    claim = description["components"]["schemas"]["Claim"]["properties"]
    assert claim["direction"] == {"$ref": "#/components/schemas/ClaimDirection"}
    inline = [
        s for s in inline_schemas(description["components"]) if "enum" in s and "x-enum-varnames" not in s
    ]
    assert inline == []


def test_what_every_list_takes_is_described(description):
    known = parameters(description, "trials/")
    assert {
        name: known[name]["description"] for name in ("fields", "omit", "include", "facets", "ordering")
    } == {
        "fields": "Only these fields.",
        "omit": "Without these fields.",
        "include": "Links to show in full.",
        "facets": "Filters whose values to count, for the other filters as they are.",
        "ordering": "Fields to order by, backwards with `-`.",
    }


@pytest.mark.parametrize("prefix", LISTS)
def test_of_a_row_nothing_is_required_and_of_a_page_all_but_facets_and_neighbours(description, prefix):
    answer = operation(description, f"{prefix}/")["responses"]["200"]["content"]["application/json"]["schema"]
    page = resolved(description, answer)
    assert set(page["properties"]) - set(page["required"]) == {"facets", "neighbours"}
    assert "required" not in resolved(description, page["properties"]["results"]["items"])


def test_a_retired_accession_is_an_answer_of_details_alone(description):
    assert "410" in operation(description, "claims/{accession}/")["responses"]
    assert "410" in operation(description, "resolve/")["responses"]
    assert "410" not in operation(description, "claims/")["responses"]
