"""The entities that filters choose among: their names and what is broader, for a whole filter set in one query."""

from collections.abc import Collection, Iterable
from functools import cache
from typing import NamedTuple

from django.db.models import CharField, F, IntegerField, Model, QuerySet, Value
from django.db.models.functions import Cast

from core.querysets import union


class Named(NamedTuple):
    """An entity as filters need it; `broader` is the key of the broader one, empty at the top of a tree."""

    pk: int
    name: str
    broader: str
    order: int


class EntityNames(dict[str, Named]):
    """The entities of one model by key: slug, or identifier of a section."""

    def options(self) -> list[tuple[str, str]]:
        """[(key, name)] in the order of the model where it has one, else of the names."""

        def place(key: str) -> tuple:
            document = key.rpartition(":")[0]
            return document, self[key].order, self[key].name.casefold(), key

        return [(key, self[key].name) for key in sorted(self, key=place)]

    def line(self, key: str) -> list[str]:
        """The keys of an entity and of everything broader than it."""
        line = [key]
        while line[-1] in self and self[line[-1]].broader:
            line.append(self[line[-1]].broader)
        return line

    def ids_with_narrower(self, keys: Collection[str]) -> set[int]:
        return {entity.pk for key, entity in self.items() if not set(keys).isdisjoint(self.line(key))}


def read_names(models: Iterable[type[Model]]) -> dict[type[Model], EntityNames]:
    """The entities of these models, in one query."""
    found = {model: EntityNames() for model in models}
    models = list(found)
    selects = [select_names(place, model) for place, model in enumerate(models)]
    for place, pk, key, name, broader, order in union(selects):
        found[models[place]][key] = Named(pk, name, broader or "", order)
    return found


def key_of(model: type[Model]) -> str:
    """The column that names a row: slug, or identifier of a section."""
    return model.lookup_field  # type: ignore[attr-defined]  # each model that is looked up has one


@cache
def select_names(place: int, model: type[Model]) -> QuerySet:
    """A select of (place, id, key, name, key of what is broader, order)."""
    fields = {f.name for f in model._meta.get_fields()}
    key = key_of(model)
    return model._default_manager.order_by().values_list(
        Value(place),
        "pk",
        Cast(key, CharField()),
        Cast("name" if "name" in fields else "title", CharField()),
        Cast(F(f"broader__{key}") if "broader" in fields else Value(""), CharField()),
        Cast(F("order") if "order" in fields else Value(0), IntegerField()),
    )
