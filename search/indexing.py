"""Keeps search documents and names in step with the rows, however they are saved; in bulk after a bulk write."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from django.db import connections, models, router, transaction
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import receiver
from modelsearch.backends import get_search_backend
from modelsearch.models import IndexEntry

from core.models import Entity, Section, Statement, TreeEntity
from core.models.names import Name
from core.models.natural_keys import NaturalKeyModel
from core.signals import bulk_written, is_bulk_writing
from search.documents import Broader, curated_models, documents_of, indexed_models, rows_to_index
from search.models import SearchDocument
from search.terms import INDEXED, model_of

BATCH = 1000  # documents that are held at once
CONTENT = [f.name for f in SearchDocument._meta.concrete_fields if f.name not in ("id", "model", "row_id")]
NAMED_BY = [f.name for f in Name._meta.concrete_fields if f.name not in ("id", "model", "row_id")]
# Which rows of a model: {lookup of their id: value}.
Places = dict[str, Any]


@receiver(bulk_written, dispatch_uid="refresh_search")
def refresh(**kwargs: Any) -> int:
    """Bring the documents of what fixtures hold in step. Writes only what differs; returns how many did."""
    return refresh_models(curated_models())


def refresh_models(models: Collection[type[models.Model]]) -> int:
    stale = SearchDocument.objects.exclude(model__in=[model._meta.model_name for model in indexed_models()])
    changed = remove(stale) + sum(refresh_model(model) for model in models)
    if changed:
        analyze()
    return changed


def analyze() -> None:
    """Without statistics SQLite asks the word index once a document instead of once a search: 500 times slower."""
    with connections[router.db_for_write(IndexEntry)].cursor() as cursor:
        cursor.execute(f"ANALYZE {IndexEntry._meta.db_table}")


def refresh_model(model: type[models.Model], ids: Collection[int] | None = None) -> int:
    """The same for one model, or for its rows with these ids, some hundred rows at a time."""
    broader = Broader()
    parts = all_places(model) if ids is None else places_of(sorted(ids))
    return sum(refresh_rows(model, places, broader) for places in parts)


def places_of(ids: Sequence[int]) -> Iterator[Places]:
    for start in range(0, len(ids), BATCH):
        yield {"in": ids[start : start + BATCH]}


def all_places(model: type[models.Model]) -> Iterator[Places]:
    """All rows of a model in parts, with the places of rows that are gone."""
    above, rows = 0, model._base_manager.order_by("pk").values_list("pk", flat=True)
    while last := rows.filter(pk__gt=above)[BATCH - 1 : BATCH].first():
        yield {"gt": above, "lte": last}
        above = last
    yield {"gt": above}


def refresh_rows(model: type[models.Model], places: Places, broader: Broader) -> int:
    rows = rows_to_index(model).filter(**{f"pk__{lookup}": value for lookup, value in places.items()})
    made = {document.row_id: (document, names) for document, names in documents_of(rows, broader)}
    stored = {"model": model._meta.model_name} | {f"row_id__{lookup}": v for lookup, v in places.items()}
    known = {document.row_id: document for document in SearchDocument.objects.filter(**stored)}
    names_known: defaultdict[int, list[tuple]] = defaultdict(list)
    for row_id, *columns in Name.objects.filter(**stored).order_by("pk").values_list("row_id", *NAMED_BY):
        names_known[row_id].append(tuple(columns))
    changed = {
        row_id: (document, names)
        for row_id, (document, names) in made.items()
        if row_id not in known
        or any(getattr(document, f) != getattr(known[row_id], f) for f in CONTENT)
        or [tuple(getattr(name, f) for f in NAMED_BY) for name in names] != names_known[row_id]
    }
    if changed:
        write(model, changed, changed.keys() & known.keys())
    return len(changed) + remove([document for row_id, document in known.items() if row_id not in made])


def write(
    model: type[models.Model], made: dict[int, tuple[SearchDocument, list[Name]]], known: Collection[int]
) -> None:
    """Write documents and names of rows, of which some are `known` already."""
    documents = [document for document, _ in made.values()]
    SearchDocument.objects.bulk_create(
        documents, update_conflicts=True, unique_fields=["model", "row_id"], update_fields=CONTENT
    )
    get_search_backend().add_bulk(SearchDocument, documents)
    if known:
        names_of_rows(str(model._meta.model_name), known).delete()
    Name.objects.bulk_create(name for _, names in made.values() for name in names)


def names_of_rows(model_name: str, ids: Collection[int]) -> models.QuerySet[Name]:
    return Name.objects.filter(model=model_name, row_id__in=ids)


def remove(documents: Collection[SearchDocument]) -> int:
    """Take documents out of the index and away, with the names of their rows. Returns how many there were."""
    backend = get_search_backend()
    for document in documents:
        backend.delete(document)
        names_of_rows(document.model, [document.row_id]).delete()
        document.delete()
    return len(documents)


def rebuild() -> int:
    """Forget the whole index and build it anew. Returns the number of documents."""
    get_search_backend().reset_indexes()
    Name.objects.all().delete()
    SearchDocument.objects.all().delete()
    refresh_models(indexed_models())
    return SearchDocument.objects.count()


def dependents(row: models.Model) -> Iterator[tuple[type[models.Model], list[int]]]:
    """(model, ids) of the rows whose documents hold this row's names."""
    rows: Collection[models.Model] = [row]
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
    if not isinstance(instance, INDEXED):
        return
    is_curated = isinstance(instance, NaturalKeyModel)
    if is_curated and (is_bulk_writing() or is_deferred()):
        return
    if is_curated and raw and transaction.get_connection().in_atomic_block:
        transaction.on_commit(refresh)  # loaddata: all rows at once, when they are all there
        return
    refresh_model(model_of(instance), [instance.pk])
    if not created and isinstance(instance, (Entity, Section)):
        for model, ids in dependents(instance):
            if ids:
                refresh_model(model, ids)


@receiver(post_delete, dispatch_uid="remove_from_search")
def remove_from_search(sender: type, instance: models.Model, **kwargs: Any) -> None:
    if not is_bulk_writing() and isinstance(instance, INDEXED):
        name = model_of(instance)._meta.model_name
        remove(SearchDocument.objects.filter(model=name, row_id=instance.pk))


@receiver(m2m_changed, dispatch_uid="index_links_for_search")
def index_links_for_search(
    sender: type, instance: models.Model, action: str, reverse: bool, model: Any, pk_set: Any, **kwargs: Any
) -> None:
    if is_bulk_writing() or not action.startswith("post_") or is_deferred():
        return
    if isinstance(instance, Statement) and not reverse:
        refresh_model(model_of(instance), [instance.pk])
    elif reverse and issubclass(model, Statement) and pk_set:
        refresh_model(model, pk_set)
