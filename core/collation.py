"""Texts stand in one order on every database: by code point, as SQLite orders them unless told otherwise.

PostgreSQL orders by the language that the database was made for, where letter case, accents and hyphens count
late or not at all. An expression in each query would keep indexes from serving the order, so the columns
themselves get the collation.
"""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate
from django.dispatch import receiver

from core.content import content_tables

BY_CODE_POINT = "BINARY"  # SQLite has it under this name, PostgreSQL gets it
COLLATION = f"CREATE COLLATION IF NOT EXISTS \"{BY_CODE_POINT}\" (locale = 'C')"
CHANGES = f"""
SELECT format('ALTER TABLE %%I ', c.relname) || string_agg(
  format('ALTER COLUMN %%I TYPE %%s COLLATE "{BY_CODE_POINT}"', a.attname, format_type(a.atttypid, a.atttypmod)), ', ')
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid JOIN pg_collation o ON o.oid = a.attcollation
WHERE c.relname = ANY(%s) AND pg_table_is_visible(c.oid) AND NOT a.attisdropped AND o.collname <> '{BY_CODE_POINT}'
GROUP BY c.relname
"""  # noqa: S608 a name of our own


@receiver(post_migrate, dispatch_uid="order_by_code_point")
def order_by_code_point(sender: AppConfig, using: str, **kwargs: Any) -> None:
    """Give the text columns of an app that has been migrated the collation, those that do not have it yet."""
    connection, tables = connections[using], content_tables(sender)
    if connection.vendor == "postgresql" and tables:
        with connection.cursor() as cursor:
            cursor.execute(COLLATION)
            cursor.execute(CHANGES, [tables])
            for (change,) in cursor.fetchall():
                cursor.execute(change)
