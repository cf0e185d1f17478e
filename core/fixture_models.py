"""Which models fixtures fill, what a fixture may set, and the rows that natural keys stand for."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import cache
from graphlib import CycleError, TopologicalSorter
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models

from core.fixture_files import LoadError, Record
from core.models.natural_keys import NaturalKeyModel
from core.querysets import linked_model
from core.rows import links_of

Key = tuple[str | int, ...]
Model = type[NaturalKeyModel]


def loadable_models() -> list[Model]:
    """The models that fixtures fill, each after the models that it points to."""
    chosen = [m for m in apps.get_models() if issubclass(m, NaturalKeyModel) and not m._meta.proxy]
    graph: dict[Model, set[Model]] = {model: set() for model in chosen}
    for model in chosen:
        for relation in (*model._meta.fields, *model._meta.many_to_many):
            target = relation.remote_field and relation.remote_field.model._meta.concrete_model
            if target in graph and target is not model:
                graph[model].add(target)
    return list(TopologicalSorter(graph).static_order())


@cache
def fixture_fields(model: Model) -> dict[str, models.Field]:
    """{name: field} of what a fixture may set: not generated, not imported, no link to rows without a natural key."""
    imported = getattr(model, "imported_fields", ())
    own = [f for f in model._meta.fields if f.editable and not f.primary_key]
    return {
        f.name: f for f in (*own, *links_of(model))
        if f.name not in imported and (not f.remote_field or issubclass(linked_model(f), NaturalKeyModel))
    }  # fmt: skip


def as_text(key: Key) -> str:
    return " ".join(map(str, key))


def record_key(record: Record) -> Key:
    """The natural key that a record gives itself, as `natural_key()` would. LoadError where a part is missing."""
    key = ()
    for name in record.model.natural_key_fields:
        if name not in record.fields:
            raise record.error("is missing", name)
        value = record.fields[name]
        key += tuple(value) if isinstance(value, list) else (value,)
    return key


def parents_first(model: Model, records: Mapping[Key, Record]) -> list[tuple[Key, Record]]:
    """Records in file order, but each after the one of the same model that it points to."""
    own = [f.name for f in model._meta.fields if f.remote_field and f.remote_field.model is model]
    if not own:
        return list(records.items())
    graph = {}
    for key, record in records.items():
        named = (record.fields.get(name) for name in own)
        graph[key] = {tuple(parent) for parent in named if isinstance(parent, list)} & set(records)
    try:
        order = list(TopologicalSorter(graph).static_order())
    except CycleError as error:
        raise records[error.args[1][0]].error("is its own ancestor", own[0]) from error
    return [(key, records[key]) for key in order]


def named_model(f: models.Field) -> Model:
    """The model that a relation names, which may be a proxy."""
    model = linked_model(f)
    assert issubclass(model, NaturalKeyModel)
    return model


def target_of(f: models.Field) -> Model:
    """The concrete model that a relation leads to."""
    target = named_model(f)._meta.concrete_model
    assert target is not None
    assert issubclass(target, NaturalKeyModel)
    return target


class NaturalKeys:
    """Which row has which natural key, model by model in the order of `loadable_models()`.

    `ids` holds the row ids of keys in the fixtures, `keys` the keys of all rows in the database. A key that the
    fixtures hold and that has no row id was removed from the database elsewhere.
    """

    def __init__(self) -> None:
        self.ids: dict[Model, dict[Key, int]] = {}
        self.keys: dict[Model, dict[int, Key]] = {}
        self.known: dict[Model, Mapping[Key, Record]] = {}
        self.proxied: dict[Model, set[int]] = {}

    def add(self, model: Model, records: Mapping[Key, Record], rows: Mapping[Key, NaturalKeyModel]) -> None:
        self.known[model] = records
        self.ids[model] = {key: rows[key].pk for key in records if key in rows}
        self.keys[model] = {row.pk: key for key, row in rows.items()}

    def content(self, record: Record) -> dict[str, Any]:
        """{field name: value, key or set of keys} of a record, every field of the model given."""
        fields = fixture_fields(record.model)
        for name in record.fields:
            if name not in fields:
                raise unknown_field(record, name)
        return {name: self.value(record, f) for name, f in fields.items()}

    def value(self, record: Record, f: models.Field) -> Any:
        given = record.fields.get(f.name)
        if f.many_to_many:
            return self.linked_keys(record, f, given or [])
        if f.remote_field:
            return None if given is None else self.linked_key(record, f, given)
        if f.name not in record.fields:
            return f.get_default() if f.has_default() or f.null or f.empty_strings_allowed else None
        return plain_value(record, f, given)

    def linked_keys(self, record: Record, f: models.Field, given: object) -> set[Key]:
        if not isinstance(given, list):
            raise record.error("must be a list of natural keys", f.name)
        keys = [self.linked_key(record, f, key) for key in given]
        if len(set(keys)) != len(keys):
            raise record.error("names the same row twice", f.name)
        return set(keys)

    def linked_key(self, record: Record, f: models.Field, given: object) -> Key:
        if not isinstance(given, list) or not all(isinstance(part, str | int) for part in given):
            raise record.error(f"must be a natural key in brackets, not {given!r}", f.name)
        key, known = tuple(given), self.known[target_of(f)]
        if key not in known:
            raise record.error(unknown_key(named_model(f), key, known), f.name)
        model, pk = named_model(f), self.ids[target_of(f)].get(key)
        if model._meta.proxy and pk and pk not in self.proxied_ids(model):
            raise record.error(f"{key[0]} is not marked as a {model._meta.verbose_name}", f.name)
        return key

    def proxied_ids(self, proxy: Model) -> set[int]:
        """Ids of the rows that a proxy model shows; its concrete model has been written by now."""
        if proxy not in self.proxied:
            self.proxied[proxy] = set(proxy._default_manager.values_list("pk", flat=True))
        return self.proxied[proxy]

    def row_id(self, record: Record, f: models.Field, key: Key) -> int:
        """The id to link to. LoadError where the row was removed elsewhere."""
        try:
            return self.ids[target_of(f)][key]
        except KeyError:
            problem = f"names {as_text(key)}, which was removed elsewhere: load with --restore"
            raise record.error(problem, f.name) from None


def unknown_field(record: Record, name: str) -> LoadError:
    label = record.model._meta.label
    try:
        record.model._meta.get_field(name)
        problem = "cannot be set by a fixture"
    except FieldDoesNotExist:
        close = get_close_matches(name, fixture_fields(record.model), 1)
        problem = f"is no field of {label}" + (f": did you mean {close[0]}?" if close else "")
    return record.error(problem, name)


def unknown_key(target: Model, key: Key, known: Iterable[Key]) -> str:
    close = get_close_matches(as_text(key), map(as_text, known), 1, cutoff=0.5)
    hint = f"; the nearest is {close[0]}" if close else ""
    return f"there is no {target._meta.verbose_name} {as_text(key)}{hint}"


def plain_value(record: Record, f: models.Field, given: object) -> Any:
    if isinstance(f, (models.CharField, models.TextField)) and not (given is None or isinstance(given, str)):
        raise record.error(f"must be text, not {given!r}: quote it", f.name)
    if isinstance(f, models.IntegerField) and isinstance(given, (bool, float)):
        raise record.error(f"must be a whole number, not {given!r}", f.name)
    try:
        return f.to_python(given)
    except ValidationError as error:
        raise record.error("; ".join(error.messages), f.name) from error
