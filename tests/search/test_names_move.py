"""The migration that moves the table of names to core keeps what leads to rows that no load writes anew."""

import pytest
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from tests.worlds import delete_content

BEFORE = [("core", "0006_loaded_rows"), ("search", "0001_initial")]


@pytest.mark.django_db(transaction=True)
def test_terms_become_names():
    """Runs last, as tests with transactions of their own do, and leaves nothing for another test to read."""
    with transaction.atomic():
        delete_content()
    executor = MigrationExecutor(connection)
    latest = executor.loader.graph.leaf_nodes()
    executor.migrate(BEFORE)
    old = MigrationExecutor(connection).loader.project_state(BEFORE).apps
    old.get_model("search", "Term").objects.create(
        model="trialrecord", row_id=1, ident="NCT00000001", name="A trial", source="cross reference",
        value="NCT00000001", key="nct00000001",
    )  # fmt: skip
    try:
        executor = MigrationExecutor(connection)
        executor.migrate(latest)
        name = (
            MigrationExecutor(connection)
            .loader.project_state(latest)
            .apps.get_model("core", "Name")
            .objects.get()
        )
        assert (name.model, name.ident, name.source) == ("trialrecord", "NCT00000001", "cross reference")
        assert (name.key, name.as_written, name.kind, name.origin) == ("nct00000001", False, "", "")
    finally:
        MigrationExecutor(connection).migrate(latest)
        with transaction.atomic():
            delete_content()
