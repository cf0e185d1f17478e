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
NAMING_OF_REFERENCES = ("number", "authors", "year")


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
            fill_links(self.model, self._result_cache, self._linked, self.db)

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
            fill_links(self.model, rows, self._linked, self.db)
        return rows


def naming(model):
    return NAMING_OF_REFERENCES if hasattr(model, "number") else NAMING


def fill_links(model, rows, names, database):
    """Set the links `names` of `rows`, all of them read in one query."""
    fields = {name: model._meta.get_field(name) for name in names}
    ids = [row.pk for row in rows]
    found = {(row.pk, name): [] for row in rows for name in names}
    first, *rest = [link_rows(f, ids, database) for f in fields.values()]
    for name, row, pk, *columns in first.union(*rest, all=True) if rest else first:
        found[row, name].append(named_row(fields[name].related_model, pk, columns, database))
    for row in rows:
        cache = row.__dict__.setdefault("_prefetched_objects_cache", {})
        for name, f in fields.items():
            order = naming(f.related_model)[0]
            linked = sorted(found[row.pk, name], key=lambda other, order=order: getattr(other, order))
            cache[name] = result_of(f.related_model, linked)


def link_rows(f, ids, database):
    """(link name, row id, linked id, three texts that name the linked row) of one many-to-many field."""
    own, other = f.m2m_field_name(), f.m2m_reverse_field_name()
    texts = [Cast(F(f"{other}__{column}"), CharField()) for column in naming(f.related_model)]
    texts += [Value("", CharField())] * (3 - len(texts))
    return (
        f.remote_field.through._base_manager.using(database)
        .filter(**{f"{own}__in": ids})
        .order_by()
        .values_list(Value(f.name, CharField()), f"{own}_id", f"{other}_id", *texts)
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
