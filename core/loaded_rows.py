"""What the last load wrote, so that a load can tell rows that were edited elsewhere from rows that it may change."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache
from hashlib import sha256
from typing import Any

from django.db.models import ManyToManyField

from core.fixture_models import Key, Model, as_text, fixture_fields, target_of
from core.models import LoadedRow
from core.models.natural_keys import NaturalKeyModel
from core.rows import linking_model

BATCH = 500


def current_contents(
    model: Model, rows: Iterable[NaturalKeyModel], keys: Mapping[Model, Mapping[int, Key]]
) -> dict[int, dict[str, Any]]:
    """{row id: {field name: value, key or set of keys}} of rows, as `NaturalKeys.content` gives them of records.

    `keys` are the natural keys of all rows that may be linked to.
    """
    contents: dict[int, dict[str, Any]] = {row.pk: {} for row in rows}
    for name, f in fixture_fields(model).items():
        if isinstance(f, ManyToManyField):
            target = keys[target_of(f)]
            for content in contents.values():
                content[name] = set()
            columns = f.m2m_field_name() + "_id", f.m2m_reverse_field_name() + "_id"
            for pk, linked in linking_model(f)._base_manager.values_list(*columns):
                if pk in contents:
                    contents[pk][name].add(target[linked])
        else:
            linked_keys = keys[target_of(f)] if f.remote_field else None
            for row in rows:
                value = getattr(row, f.attname)
                contents[row.pk][name] = value if linked_keys is None else linked_keys.get(value)
    return contents


@cache
def defaults(model: Model) -> dict[str, Any]:
    return {name: set() if f.many_to_many else f.get_default() for name, f in fixture_fields(model).items()}


def content_digest(model: Model, content: Mapping[str, Any]) -> str:
    """SHA-256 of a row's content. Defaults are left out: a new column that still holds its default changes nothing."""
    usual = defaults(model)
    told = {name: value for name, value in content.items() if value != usual[name]}
    return sha256(json.dumps(told, sort_keys=True, default=_as_json).encode()).hexdigest()


def _as_json(value: object) -> object:
    if isinstance(value, set):
        return sorted(value)
    return str(value.normalize() if isinstance(value, Decimal) else value)


class LoadedRows:
    """Every `LoadedRow`, read at the start of a load and brought up to date at its end."""

    def __init__(self) -> None:
        rows = LoadedRow.objects.values_list("model", "key", "digest")
        self.before = {(model, key): digest for model, key, digest in rows}
        self.after: dict[tuple[str, str], str] = {}
        self.is_first_load = not self.before

    def __contains__(self, place: tuple[Model, Key]) -> bool:
        return self._place(*place) in self.before

    @staticmethod
    def _place(model: Model, key: Key) -> tuple[str, str]:
        return model._meta.label_lower, as_text(key)

    def is_as_loaded(self, model: Model, key: Key, content: Mapping[str, Any]) -> bool:
        """Is this the content that the last load wrote?"""
        return self.before.get(self._place(model, key)) == content_digest(model, content)

    def write(self, model: Model, key: Key, content: Mapping[str, Any]) -> None:
        """The row has this content from now on, and it is the fixture's."""
        self.after[self._place(model, key)] = content_digest(model, content)

    def keep(self, model: Model, key: Key) -> None:
        """The row was left alone: what the last load wrote stays known."""
        place = self._place(model, key)
        if place in self.before:
            self.after[place] = self.before[place]

    def save(self) -> None:
        """Write what differs; forget rows that are neither written nor kept."""
        changed = [
            LoadedRow(model=model, key=key, digest=digest)
            for (model, key), digest in self.after.items()
            if self.before.get((model, key)) != digest
        ]
        LoadedRow.objects.bulk_create(
            changed, BATCH, update_conflicts=True, unique_fields=["model", "key"], update_fields=["digest"]
        )
        forgotten = defaultdict(list)
        for model, key in self.before.keys() - self.after.keys():
            forgotten[model].append(key)
        for model, keys in forgotten.items():
            LoadedRow.objects.filter(model=model, key__in=keys).delete()
