"""Keeps the derived columns of a row in step with it; tells other apps that content was written in bulk."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db.models.signals import pre_save
from django.dispatch import Signal, receiver

from core.models.documents import DocumentPart

# Sent inside the transaction, after many rows were written without a signal each.
bulk_written = Signal()
_in_bulk: ContextVar[bool] = ContextVar("in_bulk", default=False)


def is_bulk_writing() -> bool:
    """True inside `bulk_writing`: what follows single rows (search index, terms) waits for `bulk_written`."""
    return _in_bulk.get()


@contextmanager
def bulk_writing() -> Iterator[None]:
    """Rows saved inside are indexed together at the end, before the surrounding transaction commits."""
    token = _in_bulk.set(True)
    try:
        yield
    finally:
        _in_bulk.reset(token)
    bulk_written.send(sender=None)


@receiver(pre_save, dispatch_uid="derive_columns")
def derive_columns(sender: type, instance: Any, **kwargs: Any) -> None:
    if isinstance(instance, DocumentPart):
        instance.set_identifier()
