"""Each committed write advances the content version, whatever makes it; ETags and vocabularies follow."""

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.test import Client

from catalog.models import Molecule, TissueSource
from core.content import current_state, install
from core.models import ContentVersion, Release
from mechanisms.models import Claim
from search.frequencies import current_frequencies
from tests import builders

OURS = ["core", "search", "catalog", "mechanisms", "trials"]


def insert():
    builders.molecule("new")


def save():
    molecule = Molecule.objects.get(slug="hgf")
    molecule.name = "Another name"
    molecule.save()


def delete():
    Molecule.objects.get(slug="vegf").delete()


def update():
    Claim.objects.update(text="Other words.")


def bulk_create():
    Molecule.objects.bulk_create([Molecule(slug="bulk", name="Bulk", kind="protein")])


def link():
    Claim.objects.get().mediators.add(Molecule.objects.get(slug="vegf"))


def plain_sql():
    with connection.cursor() as cursor:
        cursor.execute("UPDATE catalog_molecule SET name = 'By hand' WHERE slug = 'hgf'")


def release():
    builders.release("2030.01")


@pytest.fixture
def content(world):
    builders.claim(mediators=["hgf"])
    builders.molecule("vegf")


@pytest.mark.parametrize(
    "write",
    [insert, save, delete, update, bulk_create, link, plain_sql, release],
    ids=lambda write: write.__name__,
)
def test_every_write_changes_the_state_and_the_etag(content, write):
    state = current_state().token
    etag = Client().get("/api/v1/claims/")["ETag"]
    assert Client().get("/api/v1/claims/", headers={"if-none-match": etag}).status_code == 304
    write()
    assert current_state().token != state
    response = Client().get("/api/v1/claims/", headers={"if-none-match": etag})
    assert response.status_code == 200
    assert response["ETag"] != etag


def test_a_transaction_of_many_writes_writes_the_version_once_on_postgresql(content):
    """There it would keep every state of the row, and each write would read past all of them."""
    before = ContentVersion.objects.get().number
    tokens = set()
    for write in (insert, update, link):
        write()
        tokens.add(current_state().token)
    assert len(tokens) == 3
    advanced = ContentVersion.objects.get().number - before
    assert (advanced == 0) == (connection.vendor == "postgresql")


def test_reading_changes_nothing(content):
    state = current_state()
    Client().get("/api/v1/claims/")
    Client().get("/claims/?q=says")
    assert current_state().token == state.token


def test_what_is_rolled_back_is_no_change(content):
    state = current_state()
    with transaction.atomic():
        insert()
        transaction.set_rollback(True)
    assert current_state().token == state.token


def test_the_state_names_the_release(content):
    assert current_state().release is None
    builders.release("2020.01")
    builders.release("2020.02")
    assert current_state().release == Release.objects.get(version="2020.02")
    assert Client().get("/api/v1/claims/")["X-MSCbase-Release"] == "2020.02"


def test_words_are_read_anew_after_a_change_by_plain_sql(content):
    assert current_frequencies().shown["hepatocyte"] == 0
    save_with_sql = "UPDATE search_searchdocument SET title = 'hepatocyte' WHERE model = 'molecule'"
    with connection.cursor() as cursor:
        cursor.execute(save_with_sql)
    assert current_frequencies().shown["hepatocyte"] == 2


def test_another_software_version_is_another_etag(content, settings):
    etag = Client().get("/api/v1/claims/")["ETag"]
    settings.SOFTWARE_VERSION = "99"
    assert Client().get("/api/v1/claims/")["ETag"] != etag


def test_every_content_table_has_its_trigger():
    if connection.vendor == "postgresql":
        query = "SELECT event_object_table FROM information_schema.triggers WHERE trigger_name = 'content_version'"
    else:
        query = "SELECT tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'content_version%'"
    with connection.cursor() as cursor:
        cursor.execute(query)
        found = {table for (table,) in cursor.fetchall()}
    models = [m for m in apps.get_models(include_auto_created=True) if m._meta.app_label in OURS]
    wanted = {m._meta.db_table for m in models if not m._meta.proxy}
    assert found == wanted - {ContentVersion._meta.db_table}


def test_triggers_wait_for_the_table_that_they_advance(monkeypatch, django_assert_num_queries):
    """As on the way back to a migration before it."""
    monkeypatch.setattr(connection.introspection, "table_names", lambda: ["catalog_molecule"])
    with django_assert_num_queries(0):
        install(apps.get_app_config("catalog"), connection.alias)


CHOICES = [
    (model, field)
    for model in apps.get_models()
    if model._meta.app_label in OURS and not model._meta.proxy
    for field in model._meta.fields
    if field.choices
]


@pytest.mark.parametrize(
    ("model", "field"), CHOICES, ids=lambda x: getattr(x, "name", x.__name__ if hasattr(x, "__name__") else x)
)
def test_every_column_of_choices_has_a_constraint(model, field):
    names = {constraint.name for constraint in model._meta.constraints}
    assert f"{model._meta.model_name}_{field.name}_known" in names


def test_the_database_refuses_what_is_no_choice(world):
    source = builders.source()
    with pytest.raises(IntegrityError, match=r"tissuesource_origin_known"), transaction.atomic():
        TissueSource.objects.filter(pk=source.pk).update(origin="marsupial")
    trait = builders.trait()
    type(trait).objects.update(relation="")
    with pytest.raises(IntegrityError, match=r"sourcetrait_relation_known"), transaction.atomic():
        type(trait).objects.update(relation="nearly")
