"""The content version: one number that each committed write to the content advances.

Triggers in the database do it, so that nothing can write past it. ETags and everything that is kept in memory
are keyed by it.
"""

from pathlib import Path
from typing import Any, NamedTuple

from django.apps import AppConfig
from django.conf import settings
from django.db import connections, router
from django.db.models.signals import post_migrate
from django.dispatch import receiver

from core.models import ContentVersion, Release

# The row is written once a transaction, further writes are counted in a setting that ends with it: PostgreSQL keeps
# every state of a row until the end, and reading past thousands of them made each write slower than the one before.
POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION advance_content_version() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  writes text := COALESCE(current_setting('mscbase.writes', true), '');
BEGIN
  IF writes = '' THEN
    UPDATE core_contentversion SET number = number + 1;
    writes := '0';
  END IF;
  PERFORM set_config('mscbase.writes', (writes::bigint + 1)::text, true);
  RETURN NULL;
END $$
"""
POSTGRESQL_TRIGGER = """
CREATE OR REPLACE TRIGGER content_version AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION advance_content_version()
"""
SQLITE_TRIGGER = """
CREATE TRIGGER IF NOT EXISTS content_version_{name}_{event} AFTER {event} ON {table}
BEGIN UPDATE core_contentversion SET number = number + 1; END
"""
RELEASE_COLUMNS = ", ".join(f"r.{f.column}" for f in Release._meta.concrete_fields if f.name != "files")
STATE = f"""
SELECT {RELEASE_COLUMNS}, v.seed, v.number, %(writes)s AS writes, (SELECT COUNT(*) FROM core_document) AS documents
FROM core_contentversion v LEFT JOIN core_release r ON r.id = (SELECT MAX(id) FROM core_release)
"""  # noqa: S608 names of our own columns
# Writes of this connection that are not committed yet, where they do not stand in the row.
WRITES = {"postgresql": "COALESCE(current_setting('mscbase.writes', true), '')"}


class State(NamedTuple):
    """Which content a database holds: `token` is equal exactly where the content is."""

    token: str
    release: Release | None
    documents: int = 0


def current_state() -> State:
    """The content version, the release and the number of documents, in one query.

    Every request asks for it, so it is plain SQL and leaves out the list of files: the same through the query
    compiler takes longer than the whole rest of a 304.
    """
    vendor = connections[router.db_for_read(Release)].vendor
    row: Any = next(iter(Release.objects.raw(STATE % {"writes": WRITES.get(vendor, "''")})), None)
    if row is None:
        return State("", None)
    return State(f"{row.seed}/{row.number}/{row.writes}", row if row.pk else None, row.documents)


def content_tables(app_config: AppConfig) -> list[str]:
    """The tables of an app that hold content: all of ours but the version itself."""
    if Path(app_config.path).parent != settings.BASE_DIR:
        return []
    ours = app_config.get_models(include_auto_created=True)
    return [
        m._meta.db_table for m in ours if m._meta.managed and not m._meta.proxy and m is not ContentVersion
    ]


@receiver(post_migrate, dispatch_uid="install_content_version")
def install(sender: AppConfig, using: str, **kwargs: Any) -> None:
    """Create the triggers on the tables of an app that has been migrated, and the one row that they advance."""
    connection = connections[using]
    existing = set(connection.introspection.table_names())
    tables = [table for table in content_tables(sender) if table in existing]
    if not tables or ContentVersion._meta.db_table not in existing:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRESQL_FUNCTION)
        for table in tables:
            quoted = connection.ops.quote_name(table)
            if connection.vendor == "postgresql":
                cursor.execute(POSTGRESQL_TRIGGER.format(table=quoted))
            else:
                for event in ("INSERT", "UPDATE", "DELETE"):
                    cursor.execute(SQLITE_TRIGGER.format(name=table, table=quoted, event=event))
    if not ContentVersion.objects.using(using).exists():
        ContentVersion.objects.using(using).create()
