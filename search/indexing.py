"""Keeps the search documents in step with the rows, whoever saves them; in bulk while a load runs."""

from django.db import connections, router, transaction
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import receiver
from modelsearch.backends import get_search_backend
from modelsearch.models import IndexEntry

from core.models import Entity, Reference, Section, Statement, TreeEntity
from core.signals import bulk_written, is_bulk_writing
from search.documents import documents_of, indexed_models, key_of
from search.models import SearchDocument
from search.terms import identifier

BATCH = 400
CONTENT = [
    f.name for f in SearchDocument._meta.concrete_fields if f.name not in ("id", "model", "ident", "changed")
]


def refresh():
    """Bring every document in step with its row. Writes only what differs; returns how many did."""
    models = indexed_models()
    stale = SearchDocument.objects.exclude(model__in=[model._meta.model_name for model in models])
    changed = remove(stale) + sum(refresh_model(model) for model in models)
    if changed:
        count_for_the_planner()
    return changed


def count_for_the_planner():
    """Without statistics SQLite asks the word index once a document instead of once a search: 500 times slower."""
    with connections[router.db_for_write(IndexEntry)].cursor() as cursor:
        cursor.execute(f"ANALYZE {IndexEntry._meta.db_table}")


def refresh_model(model, idents=None):
    """The same for one model, or for its rows with these identifiers."""
    made = {document.ident: document for document in documents_of(model, idents)}
    stored = SearchDocument.objects.filter(model=model._meta.model_name)
    if idents is not None:
        stored = stored.filter(ident__in=idents)
    known = {document.ident: document for document in stored}
    gone = [document.pk for ident, document in known.items() if ident not in made]
    changed = [
        document
        for ident, document in made.items()
        if ident not in known or any(getattr(document, f) != getattr(known[ident], f) for f in CONTENT)
    ]
    write(changed)
    return len(changed) + (remove(SearchDocument.objects.filter(pk__in=gone)) if gone else 0)


def write(documents):
    for start in range(0, len(documents), BATCH):
        batch = documents[start : start + BATCH]
        SearchDocument.objects.bulk_create(
            batch,
            update_conflicts=True,
            unique_fields=["model", "ident"],
            update_fields=[*CONTENT, "changed"],
        )
        get_search_backend().add_bulk(SearchDocument, batch)


def remove(documents):
    """Take documents out of the index and away. Returns how many there were."""
    backend = get_search_backend()
    documents = list(documents)
    for document in documents:
        backend.delete(document)
        document.delete()
    return len(documents)


def rebuild():
    """Forget the whole index and build it anew. Returns the number of documents."""
    get_search_backend().reset_indexes()
    SearchDocument.objects.all().delete()
    refresh()
    return SearchDocument.objects.count()


def dependents(row):
    """[(model, identifiers)] of the rows whose documents hold this row's names."""
    rows = [row]
    if isinstance(row, TreeEntity) and row.pk:
        rows = type(row)._base_manager.filter(pk__in=type(row).objects.with_narrower([row.slug]))
        yield type(row), [other.slug for other in rows if other.pk != row.pk]
    for relation in row._meta.related_objects:
        model, field = relation.related_model, relation.field
        if model in indexed_models() and not (model is type(row) and issubclass(model, TreeEntity)):
            yield model, keys(model, **{f"{field.name}__in": rows})


def keys(model, **filters):
    return list(model._base_manager.filter(**filters).values_list(key_of(model), flat=True).distinct())


def is_deferred():
    """Will this transaction bring everything in step when it commits? A rollback forgets that it would."""
    return any(function is refresh for _, function, _ in transaction.get_connection().run_on_commit)


@receiver(bulk_written, dispatch_uid="refresh_search")
def refresh_after_bulk(sender, **kwargs):
    refresh()


@receiver(post_save, dispatch_uid="index_for_search")
def index_for_search(sender, instance, created=False, raw=False, **kwargs):
    if (
        is_bulk_writing()
        or not isinstance(instance, (Entity, Statement, Section, Reference))
        or is_deferred()
    ):
        return
    if (
        raw and transaction.get_connection().in_atomic_block
    ):  # loaddata: all rows at once, when they are all there
        transaction.on_commit(refresh)
        return
    refresh_model(instance._meta.concrete_model, [key_value(instance)])
    if not created and isinstance(instance, (Entity, Section)):
        for model, idents in dependents(instance):
            if idents:
                refresh_model(model, idents)


@receiver(post_delete, dispatch_uid="remove_from_search")
def remove_from_search(sender, instance, **kwargs):
    if not is_bulk_writing() and isinstance(instance, (Entity, Statement, Section, Reference)):
        name = instance._meta.concrete_model._meta.model_name
        remove(SearchDocument.objects.filter(model=name, ident=identifier(instance)))


@receiver(m2m_changed, dispatch_uid="index_links_for_search")
def index_links_for_search(sender, instance, action, reverse, model, pk_set, **kwargs):
    if is_bulk_writing() or not action.startswith("post_") or is_deferred():
        return
    if isinstance(instance, Statement) and not reverse:
        refresh_model(instance._meta.concrete_model, [key_value(instance)])
    elif reverse and issubclass(model, Statement) and pk_set:
        refresh_model(model, keys(model, pk__in=pk_set))


def key_value(row):
    return getattr(row, key_of(row._meta.concrete_model))
