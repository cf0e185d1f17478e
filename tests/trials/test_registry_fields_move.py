"""The migration that gives registry records a table keeps every value that an import had written into a trial."""

from datetime import date
from itertools import chain

import pytest
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from tests.worlds import delete_content

BEFORE, AFTER = "0002_choices_known", "0005_remove_registry_fields"


def migrated_to(name):
    """The models as they were after this migration of trials, others as they are now. The database is brought there."""
    executor = MigrationExecutor(connection)
    others = (executor.loader.graph.leaf_nodes(app) for app in ("core", "catalog", "mechanisms"))
    state = [("trials", name), *chain.from_iterable(others)]
    executor.migrate(state)
    return MigrationExecutor(connection).loader.project_state(state).apps


@pytest.mark.django_db(transaction=True)
def test_registry_fields_become_records():
    """Runs last, as tests with transactions of their own do, and leaves nothing for another test to read."""
    with transaction.atomic():
        delete_content()
    apps = migrated_to(BEFORE)
    document = apps.get_model("core", "Document").objects.create(slug="d", title="D", year=2020, order=1)
    section = apps.get_model("core", "Section").objects.create(
        document=document, slug="s", title="S", order=1
    )
    trial = apps.get_model("trials", "Trial").objects.create
    common = {"text": "A trial.", "section": section}
    trial(accession="MSC-TR-0001", registry_id="NCT00000001", title="A title", phase="Phase 1/Phase 2",
          registry_status="Active, not recruiting", enrolment=0, start_date=date(2016, 4, 1), **common)  # fmt: skip
    trial(accession="MSC-TR-0002", registry_id="NCT00000002", **common)
    trial(accession="MSC-TR-0003", **common)
    trial(accession="MSC-TR-0004", registry_id="NCT00000004", registry_status="Odd", curated=False, **common)
    try:
        apps = migrated_to(AFTER)
        trials = apps.get_model("trials", "Trial").objects.order_by("accession")
        assert list(trials.values_list("accession", "registry_id", "record__registry_id")) == [
            ("MSC-TR-0001", "NCT00000001", "NCT00000001"),
            ("MSC-TR-0002", "NCT00000002", None),
            ("MSC-TR-0003", None, None),
        ]
        records = apps.get_model("trials", "TrialRecord").objects.order_by("registry_id")
        columns = ("registry_id", "title", "status", "phase", "enrolment", "start_date")
        assert list(records.values_list(*columns)) == [
            ("NCT00000001", "A title", "ACTIVE_NOT_RECRUITING", "PHASE1/PHASE2", 0, date(2016, 4, 1)),
            ("NCT00000004", "", "", "", None, None),
        ]
        contents = [record.versions.get().content for record in records]
        assert (contents[0]["registry_status"], contents[0]["phase"]) == (
            "Active, not recruiting",
            "Phase 1/Phase 2",
        )
        assert contents[1]["registry_status"] == "Odd"
        retired = apps.get_model("core", "RetiredAccession").objects.get()
        assert retired.accession == "MSC-TR-0004"
        assert "NCT00000004" in retired.reason
        for model in (("trials", "Trial"), ("trials", "TrialRecord"), ("core", "RetiredAccession"), ("core", "Section"),
                      ("core", "Document")):  # fmt: skip
            apps.get_model(*model).objects.all().delete()
    finally:
        MigrationExecutor(connection).migrate(MigrationExecutor(connection).loader.graph.leaf_nodes())
