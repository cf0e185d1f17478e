"""What tests have before them: an empty database to build in, or, in `tests/data`, the live content and the review
beside it.
"""

import os
import uuid
from contextlib import contextmanager
from pathlib import Path

from django.core.cache import cache
from django.db import connection, transaction

from core.models import ContentVersion, Release

ROOT = Path(__file__).resolve().parent.parent
# The review that the content is curated from and the table of verified cross references; not in the repository.
SHARED = Path(os.environ.get("MSCBASE_SHARED", ROOT.parent / "shared"))
# The tests of what the knowledge base says, and of the site that serves it. No others see the live content.
DATA = ROOT / "tests" / "data"
WORLDS = {"world", "module_world", "class_world", "committed_world"}
CONTENT = ("core_", "catalog_", "mechanisms_", "trials_", "search_", "modelsearch_")


@contextmanager
def empty_database():
    """A transaction in which there is no content; it is rolled back at the end."""
    with transaction.atomic():
        if Release.objects.exists():
            delete_content()
        set_apart()
        yield
        transaction.set_rollback(True)
    cache.clear()
    forget_statistics()


def forget_statistics():
    """SQLite plans by the statistics that it last made, though they were rolled back: those of the small world."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE sqlite_master")  # reads the stored ones anew


def set_apart():
    """Give the content a version that no other world has had: what is rolled back counts from the same number."""
    cache.clear()
    ContentVersion.objects.update(seed=uuid.uuid4())


def delete_content():
    """Delete every row of every content table, links and search index included. Foreign keys are deferred."""
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    with transaction.atomic(), connection.cursor() as cursor:
        for table in tables:
            if table.startswith(CONTENT) and table != ContentVersion._meta.db_table:
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")  # noqa: S608 our own tables


def reads_live_content(item) -> bool:
    return DATA in item.path.parents
