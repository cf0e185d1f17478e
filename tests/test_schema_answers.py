"""Every answer of the API is what its OpenAPI description says: nothing else, nothing less, and of these types."""

from functools import reduce
from operator import getitem

import pytest
from django.test import Client
from jsonschema import Draft202012Validator

from mscbase.api_urls import router
from tests import example

LISTS = sorted(prefix for prefix, _, _ in router.registry)
OTHERS = [
    "compare/?source=bone-marrow,skin", "identify/?positive=cd73&negative=cd90,nothing&profile=CD34", "search/?q=hgf",
    "search/?q=bone", "suggest/?q=hg", "resolve/?id=hgf", "release/", "trials/?facets=outcome,source",
]  # fmt: skip
TYPED = {"type", "$ref", "oneOf", "anyOf", "allOf", "enum", "const"}


@pytest.fixture(scope="module", autouse=True)
def world(module_world):
    example.build()


@pytest.fixture(scope="module")
def description(module_world):
    return Client().get("/api/schema/?format=json").json()


def schema_of(description, path):
    """The schema of what a GET of this path answers with 200."""
    parts = path.partition("?")[0].removesuffix("/").split("/")
    template = next(
        known
        for known in description["paths"]
        if len(known.split("/")) == len(parts) + 4
        and all(a == b or a.startswith("{") for a, b in zip(known.split("/")[3:-1], parts, strict=True))
    )
    return description["paths"][template]["get"]["responses"]["200"]["content"]["application/json"]["schema"]


def resolved(description, node):
    """The component that a node refers to, or the node."""
    path = node.get("$ref", "").removeprefix("#/").split("/")
    return reduce(getitem, path, description) if path[0] else node


def nodes(schema):
    """All schemas within a schema, itself included."""
    yield schema
    for value in schema.values() if isinstance(schema, dict) else ():
        for part in value if isinstance(value, list) else [value]:
            if isinstance(part, dict):
                yield from nodes(part)


def closed(description):
    """The components, each object with its own properties alone."""
    components = description["components"]
    for schema in components["schemas"].values():
        for node in nodes(schema):
            if node.get("type") == "object" and "properties" in node:
                node.setdefault("unevaluatedProperties", False)
    return components


def problems(description, path):
    answer = Client().get(f"/api/v1/{path}")
    assert answer.status_code == 200, answer.content[:300]
    schema = {**schema_of(description, path), "components": closed(description)}
    found = Draft202012Validator(schema).iter_errors(answer.json())
    return [f"{error.json_path}: {error.message[:300]}" for error in found]


@pytest.mark.parametrize("prefix", LISTS)
def test_a_list_and_each_of_its_rows_is_as_described(description, prefix):
    assert problems(description, f"{prefix}/") == []
    rows = Client().get(f"/api/v1/{prefix}/").json()["results"]
    assert rows
    page = resolved(description, schema_of(description, f"{prefix}/"))
    fields = resolved(description, page["properties"]["results"]["items"])["properties"]
    for row in rows:
        assert list(row) == list(fields)
        if path := row.get("api_url", "").partition("/api/v1/")[2]:
            assert problems(description, path) == []


@pytest.mark.parametrize("path", OTHERS)
def test_an_answer_of_its_own_shape_is_as_described(description, path):
    assert problems(description, path) == []


def test_every_property_has_a_type(description):
    untyped = [
        f"{name}: {key}"
        for name, schema in description["components"]["schemas"].items()
        for node in nodes(schema)
        if isinstance(node.get("properties"), dict)
        for key, value in node["properties"].items()
        if isinstance(value, dict) and not TYPED & set(value)
    ]
    assert untyped == []


@pytest.mark.parametrize("path", ["claims/?sorce=x", "claims/MSC-CL-9999/", "nothing/"])
def test_an_error_is_as_described(description, path):
    operation = description["paths"]["/api/v1/claims/"]["get"]
    response = Client().get(f"/api/v1/{path}")
    described = resolved(description, operation["responses"]["400"])["content"]["application/problem+json"][
        "schema"
    ]
    schema = {**described, "components": closed(description)}
    assert not list(Draft202012Validator(schema).iter_errors(response.json()))
    assert resolved(description, described)["required"] == ["type", "title", "status", "detail"]
