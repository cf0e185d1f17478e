"""The word index in the site's own database, as modelsearch keeps it, written in sets of rows."""

from collections.abc import Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection, models
from modelsearch.backends import database
from modelsearch.models import IndexEntry


class InSets:
    """What the library does once a row, or over the whole index after each write, is done once for all rows."""

    def _refresh_title_norms(self, full: bool = False) -> None:
        """No field of ours is a title, and the library would read the whole index to weigh titles."""

    def add_items(self, model: type[models.Model], objs: Sequence[models.Model]) -> None:
        if connection.vendor == "sqlite":
            kind = ContentType.objects.get_for_model(model)
            known = IndexEntry.objects.filter(content_type=kind, object_id__in=[str(row.pk) for row in objs])
            known._raw_delete(known.db)
        super().add_items(model, objs)  # type: ignore[misc]  # of the class that it is mixed into


def SearchBackend(params: dict[str, Any]) -> Any:  # noqa: N802 the name that modelsearch looks for
    backend = database.SearchBackend(params)
    backend.index_class = type("Index", (InSets, backend.index_class), {})
    return backend
