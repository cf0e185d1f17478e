"""Keeps search documents and terms in step with the rows, however they are saved; in bulk after a bulk write."""

from collections.abc import Collection, Iterator
from typing import Any

from django.db import connections, models, router, transaction
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import receiver
from modelsearch.backends import get_search_backend
from modelsearch.models import IndexEntry

from core.models import Entity, Section, Statement, TreeEntity
from core.signals import bulk_written, is_bulk_writing
from search.documents import documents_of, indexed_models
from search.models import SearchDocument, Term
from search.terms import INDEXED

BATCH = 400
CONTENT = [f.name for f in SearchDocument._meta.concrete_fields if f.name not in ("id", "model", "row_id")]


@receiver(bulk_written, dispatch_uid="refresh_search")
def refresh(**kwargs: Any) -> int:
    """Bring every document in step with its row. Writes only what differs; returns how many did."""
    models = indexed_models()
    stale = SearchDocument.objects.exclude(model__in=[model._meta.model_name for model in models])
    changed = remove(stale) + sum(refresh_model(model) for model in models)
    if changed:
        analyze()
    return changed


def analyze() -> None:
    """Without statistics SQLite asks the word index once a document instead of once a search: 500 times slower."""
    with connections[router.db_for_write(IndexEntry)].cursor() as cursor:
        cursor.execute(f"ANALYZE {IndexEntry._meta.db_table}")


def refresh_model(model: type[models.Model], ids: Collection[int] | None = None) -> int:
    """The same for one model, or for its rows with these ids."""
    made = {document.row_id: (document, terms) for document, terms in documents_of(model, ids)}
    stored = SearchDocument.objects.filter(model=model._meta.model_name)
    if ids is not None:
        stored = stored.filter(row_id__in=ids)
    known = {document.row_id: document for document in stored}
    gone = [document for row_id, document in known.items() if row_id not in made]
    changed = [
        (document, terms)
        for row_id, (document, terms) in made.items()
        if row_id not in known or any(getattr(document, f) != getattr(known[row_id], f) for f in CONTENT)
    ]
    write(model, changed)
    return len(changed) + remove(gone)


def write(model: type[models.Model], changed: list[tuple[SearchDocument, list[Term]]]) -> None:
    for start in range(0, len(changed), BATCH):
        batch = changed[start : start + BATCH]
        documents = [document for document, _ in batch]
        SearchDocument.objects.bulk_create(
            documents, update_conflicts=True, unique_fields=["model", "row_id"], update_fields=CONTENT
        )
        get_search_backend().add_bulk(SearchDocument, documents)
        terms_of_rows(model._meta.model_name, [d.row_id for d in documents]).delete()
        Term.objects.bulk_create(term for _, terms in batch for term in terms)


def terms_of_rows(model_name: str, ids: Collection[int]) -> models.QuerySet[Term]:
    return Term.objects.filter(model=model_name, row_id__in=ids)


def remove(documents: Collection[SearchDocument]) -> int:
    """Take documents out of the index and away, with the terms of their rows. Returns how many there were."""
    backend = get_search_backend()
    for document in documents:
        backend.delete(document)
        terms_of_rows(document.model, [document.row_id]).delete()
        document.delete()
    return len(documents)


def rebuild() -> int:
    """Forget the whole index and build it anew. Returns the number of documents."""
    get_search_backend().reset_indexes()
    Term.objects.all().delete()
    SearchDocument.objects.all().delete()
    refresh()
    return SearchDocument.objects.count()


def dependents(row: models.Model) -> Iterator[tuple[type[models.Model], list[int]]]:
    """(model, ids) of the rows whose documents hold this row's names."""
    rows = [row]
    if isinstance(row, TreeEntity) and row.pk:
        rows = type(row)._base_manager.filter(pk__in=type(row).objects.with_narrower([row.slug]))
        yield type(row), [other.pk for other in rows if other.pk != row.pk]
    for relation in row._meta.related_objects:
        model, field = relation.related_model, relation.field
        if model in indexed_models() and not (model is type(row) and issubclass(model, TreeEntity)):
            linked = model._base_manager.filter(**{f"{field.name}__in": rows})
            yield model, list(linked.values_list("pk", flat=True).distinct())


def is_deferred() -> bool:
    """Will this transaction bring everything in step when it commits? A rollback forgets that it would."""
    return any(function is refresh for _, function, _ in transaction.get_connection().run_on_commit)


@receiver(post_save, dispatch_uid="index_for_search")
def index_for_search(
    sender: type, instance: models.Model, created: bool = False, raw: bool = False, **kwargs: Any
) -> None:
    if is_bulk_writing() or not isinstance(instance, INDEXED) or is_deferred():
        return
    if raw and transaction.get_connection().in_atomic_block:
        transaction.on_commit(refresh)  # loaddata: all rows at once, when they are all there
        return
    refresh_model(instance._meta.concrete_model, [instance.pk])
    if not created and isinstance(instance, (Entity, Section)):
        for model, ids in dependents(instance):
            if ids:
                refresh_model(model, ids)


@receiver(post_delete, dispatch_uid="remove_from_search")
def remove_from_search(sender: type, instance: models.Model, **kwargs: Any) -> None:
    if not is_bulk_writing() and isinstance(instance, INDEXED):
        name = instance._meta.concrete_model._meta.model_name
        remove(SearchDocument.objects.filter(model=name, row_id=instance.pk))


@receiver(m2m_changed, dispatch_uid="index_links_for_search")
def index_links_for_search(
    sender: type, instance: models.Model, action: str, reverse: bool, model: Any, pk_set: Any, **kwargs: Any
) -> None:
    if is_bulk_writing() or not action.startswith("post_") or is_deferred():
        return
    if isinstance(instance, Statement) and not reverse:
        refresh_model(instance._meta.concrete_model, [instance.pk])
    elif reverse and issubclass(model, Statement) and pk_set:
        refresh_model(model, pk_set)
