"""Texts stand in one order on every database: by code point, as SQLite orders them unless told otherwise.

PostgreSQL orders by the language that the database was made for, where letter case, accents and hyphens count
late or not at all. An expression in each query would keep indexes from serving the order, so the columns
themselves get the collation.
"""

from itertools import groupby
from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate
from django.dispatch import receiver

from core.content import content_tables

BY_CODE_POINT = "BINARY"  # SQLite has it under this name, PostgreSQL gets it
COLLATION = f"CREATE COLLATION IF NOT EXISTS \"{BY_CODE_POINT}\" (locale = 'C')"
OTHERWISE_ORDERED = f"""
SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod)
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid JOIN pg_collation o ON o.oid = a.attcollation
WHERE c.relname = ANY(%s) AND pg_table_is_visible(c.oid) AND NOT a.attisdropped AND o.collname <> '{BY_CODE_POINT}'
ORDER BY c.relname, a.attnum
"""  # noqa: S608 a name of our own


@receiver(post_migrate, dispatch_uid="order_by_code_point")
def order_by_code_point(sender: AppConfig, using: str, **kwargs: Any) -> None:
    """Give the text columns of an app that has been migrated the collation, those that do not have it yet."""
    connection = connections[using]
    tables = content_tables(sender)
    if connection.vendor != "postgresql" or not tables:
        return
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute(COLLATION)
        cursor.execute(OTHERWISE_ORDERED, [tables])
        for table, columns in groupby(cursor.fetchall(), key=lambda row: row[0]):
            changes = ", ".join(
                f"ALTER COLUMN {quote(name)} TYPE {kind} COLLATE {quote(BY_CODE_POINT)}"
                for _, name, kind in columns
            )
            cursor.execute(f"ALTER TABLE {quote(table)} {changes}")
