"""What docs/architecture.md promises: few files lie on the way of a request, and a new filter is one line."""

import sys
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client

from catalog.models import CellType
from core.rest.filters import ChoiceFilter
from mechanisms.api import ClaimViewSet
from mechanisms.filters import ClaimFilter
from tests import builders as b
from tests.resources import exported, get

ROOT = Path(__file__).resolve().parent.parent
MOST_FILES = 8


@pytest.fixture(scope="module", autouse=True)
def rows(module_world):
    b.release()
    b.claim("MSC-CL-0001", mediators=["hgf"], actor=b.cell_type("macrophage", kind="immune"))
    b.claim("MSC-CL-0002", mediators=["hgf"], actor=b.cell_type("osteoblast"))
    b.claim("MSC-CL-0003")


def files_on_the_stack() -> list[str]:
    """Our own files that are being run, the outermost first, each once."""
    frame, found = sys._getframe(1), []
    while frame:
        path = Path(frame.f_code.co_filename)
        if path.is_relative_to(ROOT) and not {".venv", "tests"} & set(path.relative_to(ROOT).parts):
            found.append(str(path.relative_to(ROOT)))
        frame = frame.f_back
    return list(dict.fromkeys(reversed(found)))


@pytest.mark.parametrize(
    "path", ["/api/v1/claims/?mediator=hgf", "/claims/?mediator=hgf", "/api/v1/claims.csv?mediator=hgf"]
)
def test_few_of_our_files_lie_between_a_request_and_the_rows(path, capsys):
    ways = []

    def record(execute, sql, params, many, context):
        if sql.startswith('SELECT "mechanisms_claim"."id"') and "ORDER BY" in sql:
            ways.append(files_on_the_stack())
        return execute(sql, params, many, context)

    with connection.execute_wrapper(record):
        response = Client().get(path)
        body = b"".join(response)
    assert b"MSC-CL-0002" in body
    assert b"MSC-CL-0003" not in body
    [way] = ways
    with capsys.disabled():
        print(f"\n{path}: {' → '.join(way)}")  # noqa: T201 what is promised can be read
    assert 0 < len(way) <= MOST_FILES


def test_a_new_filter_is_one_line_of_its_filter_set(monkeypatch):
    """List, export, facet, page, form and description follow; `tests/test_resources.py` then asks for expected rows."""

    class WithOneMore(ClaimFilter):
        actor_kind = ChoiceFilter("actor__kind", choices=CellType.Kind, label="Kind of actor")

    monkeypatch.setattr(ClaimViewSet, "filterset_class", WithOneMore)
    listed = get("claims/?actor_kind=immune&facets=actor_kind").json()
    assert [row["accession"] for row in listed["results"]] == ["MSC-CL-0001"]
    assert [(v["value"], v["label"], v["count"]) for v in listed["facets"]["actor_kind"]] == [
        ("differentiated", "Differentiated cell", 1), ("immune", "Immune cell", 1),
    ]  # fmt: skip
    assert [row["accession"] for row in exported("claims", "csv", "actor_kind=!immune")] == [
        "MSC-CL-0002", "MSC-CL-0003",
    ]  # fmt: skip
    assert (
        Client().get("/api/v1/claims/?actor_kind=Immune")["Location"] == "/api/v1/claims/?actor_kind=immune"
    )
    page = Client().get("/claims/?actor_kind=immune")
    assert [row.accession for row in page.context["object_list"]] == ["MSC-CL-0001"]
    assert [(f.label, f.value) for f in page.context["sidebar"].active] == [("Kind of actor", "Immune cell")]
    assert "actor_kind" in [field.name for field in page.context["sidebar"].fields]
    api = Client().get("/api/schema/?format=json").json()
    asked = [
        p.get("$ref", "").rpartition("/")[2] for p in api["paths"]["/api/v1/claims/"]["get"]["parameters"]
    ]
    described = [api["components"]["parameters"][name] for name in asked if name]
    assert [p["description"] for p in described if p["name"] == "actor_kind"] == ["Kind of actor."]
