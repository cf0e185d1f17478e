"""What rows link to, for many rows and many links in one query.

`prefetch_related` costs a query for each link. A claim has eight, a page shows several lists of them,
and all that a list shows of a linked row is what names it: so that is read for all links together,
and the full rows only where somebody asks for them.
"""

from django.db import models
from django.db.models import CharField, F, Value
from django.db.models.functions import Cast

# What names a row in a list; everything else of it is read only when asked for.
NAMING = ("slug", "name")
# In the order of the model's columns, as `from_db` wants them.
NAMING_OF_REFERENCES = ("identifier", "number", "authors", "year")


class LinkedQuerySet(models.QuerySet):
    """A query set whose `with_linked(*names)` fills many-to-many links to entities in one query."""

    _linked: tuple = ()

    def with_linked(self, *names):
        """Each row's links of these names, as entities of which only id, slug and name are read."""
        clone = self._chain()
        clone._linked = (*self._linked, *names)
        return clone

    def linked_in_full(self, names):
        """The same rows with these links read as whole rows, as `prefetch_related` does."""
        clone = self._chain()
        clone._linked = tuple(name for name in self._linked if name not in names)
        return clone.prefetch_related(*(name for name in self._linked if name in names))

    def _clone(self):
        clone = super()._clone()
        clone._linked = self._linked
        return clone

    def _fetch_all(self):
        is_new = self._result_cache is None
        super()._fetch_all()
        if is_new and self._linked and self._result_cache and isinstance(self._result_cache[0], self.model):
            fill_links([(self._result_cache, self._linked)], self.db)

    def _iterator(self, use_chunked_fetch, chunk_size):
        rows = super()._iterator(use_chunked_fetch, chunk_size)
        if not self._linked or not issubclass(self._iterable_class, models.query.ModelIterable):
            yield from rows
            return
        chunk = []
        for row in rows:
            chunk.append(row)
            if len(chunk) == (chunk_size or 500):
                yield from self._filled(chunk)
                chunk = []
        yield from self._filled(chunk)

    def _filled(self, rows):
        if rows:
            fill_links([(rows, self._linked)], self.db)
        return rows


def naming(model):
    return NAMING_OF_REFERENCES if hasattr(model, "number") else NAMING


def evaluate_together(querysets):
    """Read these query sets, and the links of all their rows in one query instead of one each."""
    waiting = [
        q for q in querysets if isinstance(q, LinkedQuerySet) and q._result_cache is None and q._linked
    ]
    batches = []
    for queryset in waiting:
        names, queryset._linked = queryset._linked, ()
        batches.append((list(queryset), names))
        queryset._linked = names
    batches = [(rows, names) for rows, names in batches if rows]
    if batches:
        fill_links(batches, waiting[0].db)


def fill_links(batches, database):
    """Set the links `names` of `rows` for every (rows, names), all of them read in one query."""
    fields, found, selects = {}, {}, []
    for rows, names in batches:
        model, ids = type(rows[0])._meta.concrete_model, [row.pk for row in rows]
        for name in names:
            f = model._meta.get_field(name)
            fields[f"{model._meta.label}.{name}"] = f
            selects.append(link_rows(f, f"{model._meta.label}.{name}", ids, database))
    first, *rest = selects
    for link, row, pk, *columns in first.union(*rest) if rest else first:
        found.setdefault((link, row), []).append(named_row(fields[link].related_model, pk, columns, database))
    for rows, names in batches:
        label = type(rows[0])._meta.concrete_model._meta.label
        for row in rows:
            cache = row.__dict__.setdefault("_prefetched_objects_cache", {})
            for name in names:
                f = fields[f"{label}.{name}"]
                order = "number" if hasattr(f.related_model, "number") else "slug"
                linked = found.get((f"{label}.{name}", row.pk), [])
                cache[name] = result_of(
                    f.related_model, sorted(linked, key=lambda e, order=order: getattr(e, order))
                )


def link_rows(f, link, ids, database):
    """(link, row id, linked id, four texts that name the linked row) of one many-to-many field."""
    own, other = f.m2m_field_name(), f.m2m_reverse_field_name()
    texts = [Cast(F(f"{other}__{column}"), CharField()) for column in naming(f.related_model)]
    texts += [Value("", CharField())] * (4 - len(texts))
    return (
        f.remote_field.through._base_manager.using(database)
        .filter(**{f"{own}__in": ids})
        .order_by()
        .values_list(Value(link, CharField()), f"{own}_id", f"{other}_id", *texts)
    )


def named_row(model, pk, texts, database):
    """The linked row, of which only what names it is known."""
    columns = naming(model)
    values = [model._meta.get_field(name).to_python(text) for name, text in zip(columns, texts, strict=False)]
    return model.from_db(database, ["id", *columns], [pk, *values])


def result_of(model, rows):
    """A query set that is already answered."""
    queryset = model._default_manager.all()
    queryset._result_cache = rows
    queryset._prefetch_done = True
    return queryset
