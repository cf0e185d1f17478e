"""Lists that are ordered by a text stand in one order on both databases: by code point."""

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import CharField, TextField
from django.test import Client

from core.collation import BY_CODE_POINT
from core.content import content_tables
from tests import builders as b
from tests.resources import get

# Names, topics and ids in the order in which they are expected.
NAMES = ["Zeta", "al-pha", "alp ha", "alpha", "Älpha", "éta"]
SLUGS = ["a-1", "a-b", "a-c-a", "a1", "aa", "ab"]
IDS = ["NCT-10", "NCT-2", "NCT1", "jRCT1", "nct-0", "ÜCT1"]


@pytest.fixture(scope="module", autouse=True)
def rows(module_world):
    """Rows are built in an order that no list has."""
    b.release()
    for place in (3, 0, 5, 1, 4, 2):
        name, slug = NAMES[place], SLUGS[-place - 1]
        b.molecule(slug, name=name)
        b.source(slug, name=name)
        b.document(slug)
        b.section(f"aa:{slug}")
        b.trial(f"MSC-TR-000{place}", registry_id=IDS[place], source=slug)
        b.criterion(f"MSC-IC-000{place}", name=name)
        one, other = b.claim(f"MSC-CL-010{place}"), b.claim(f"MSC-CL-020{place}")
        b.conflict(one, other, topic=name)
        b.expression(f"MSC-ME-000{place}", source=slug, marker="cd73")


@pytest.mark.parametrize(
    ("path", "column", "expected"),
    [
        ("molecules", "name", NAMES),
        ("molecules", "slug", [*SLUGS, "cd73"]),
        ("sources", "name", NAMES),
        ("sources", "slug", SLUGS),
        ("documents", "slug", [*SLUGS, "review"]),
        ("trials", "registry_id", IDS),
        ("identity-criteria", "name", NAMES),
        ("claim-conflicts", "topic", NAMES),
        ("conflicts", "topic", NAMES),
    ],
)
def test_a_list_stands_in_the_order_of_code_points(path, column, expected):
    for sign, order in (("", expected), ("-", expected[::-1])):
        rows = get(f"{path}/?ordering={sign}{column}").json()["results"]
        listed = [row[column] for row in rows if row[column] in expected]
        assert listed == order


def test_what_a_row_links_to_orders_in_the_same_way():
    for path in ("trials", "marker-expressions"):
        rows = get(f"{path}/?ordering=source").json()["results"]
        assert [row["source"]["slug"] for row in rows] == SLUGS
    sections = get("sections/?ordering=slug&document=aa").json()["results"]
    assert [row["slug"] for row in sections] == SLUGS
    kinds = [row["kind"] for row in get("statements/?ordering=-kind").json()["results"]]
    assert list(dict.fromkeys(kinds)) == ["trial", "marker-expression", "identity-criterion", "claim"]


def test_a_page_orders_as_its_twin_does():
    choices = Client().get("/sources/compare/").context["choices"]
    assert [source.name for source in choices] == NAMES


@pytest.mark.parametrize("app", ["core", "search", "catalog", "mechanisms", "trials"])
def test_every_column_of_texts_has_the_collation(app):
    expected = BY_CODE_POINT if connection.vendor == "postgresql" else None
    tables = content_tables(apps.get_app_config(app))
    models = [m for m in apps.get_app_config(app).get_models() if m._meta.db_table in tables]
    assert models
    for model in models:
        with connection.cursor() as cursor:
            described = connection.introspection.get_table_description(cursor, model._meta.db_table)
        found = {column.name: column.collation for column in described}
        texts = [f.column for f in model._meta.local_fields if isinstance(f, CharField | TextField)]
        assert {name: found[name] for name in texts} == dict.fromkeys(texts, expected), model
