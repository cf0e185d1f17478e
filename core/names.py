"""From any identifier or name to the rows that it means."""

from collections.abc import Iterable, Mapping
from typing import Generic, NamedTuple, TypeVar

from django.apps import apps
from django.db.models import Model

from core.identifiers import plain
from core.known_names import outside_names
from core.models.names import Name
from core.text import key

# A name that several rows go by means the one that it names most directly.
DIRECTNESS: list[str] = [
    Name.Source.IDENTIFIER,
    Name.Source.NAME,
    Name.Source.XREF,
    Name.Source.SYNONYM,
    Name.Source.LABEL,
    Name.Source.ALIAS,
]


Value = TypeVar("Value")


class Lookup(Generic[Value]):
    """What goes by a name, asked by names as they are written: `"CD-73" in lookup`, `lookup.get("TGF-β")`.

    Given {key: value} and {name that counts only as it is written: value}.
    """

    def __init__(self, by_key: Mapping[str, Value], as_written: Mapping[str, Value] | None = None) -> None:
        self.by_key, self.as_written = by_key, as_written or {}

    def get(self, name: str) -> Value | None:
        found = self.by_key.get(key(name))
        return self.as_written.get(name.strip()) if found is None else found

    def __contains__(self, name: str) -> bool:
        return self.get(name) is not None


def named(text: str, model: type[Model] | None = None) -> list[Name]:
    """The names by which `text` leads to rows, only to those of `model` if it is given.

    One for each row, only those of the most direct kind.
    """
    text = plain(text)
    names = Name.objects.filter(key=key(text)[:300], source__in=DIRECTNESS).exclude(key="").order_by("pk")
    if model:
        names = names.filter(model=name_of(model))
    places: dict[int, dict[tuple[str, int], Name]] = {}
    for name in names:
        if name.as_written and name.value != text.strip():
            continue
        places.setdefault(DIRECTNESS.index(name.source), {}).setdefault((name.model, name.row_id), name)
    return list(places[min(places)].values()) if places else []


def names_among(texts: Iterable[str]) -> set[str]:
    """Those of some texts by which rows go, in one query."""
    keys = {text: key(text)[:300] for text in texts}
    known = Name.objects.filter(key__in=set(keys.values()) - {""}, source__in=DIRECTNESS)
    held: dict[str, set[str]] = {}
    for name in known.only("key", "value", "as_written"):
        held.setdefault(name.key, set()).add(name.value if name.as_written else "")
    return {text for text, its_key in keys.items() if held.get(its_key, set()) & {"", text}}


def is_numbered(text: str) -> bool:
    """Does any name go on from this text with a number, so that another number names another thing: IL-6, HO-1?"""
    opening = key(text)
    keys = Name.objects.filter(key__startswith=opening, source__in=DIRECTNESS).values_list("key", flat=True)
    return bool(opening) and any(found[len(opening) :].isdigit() for found in keys)


class Outside(NamedTuple):
    """What a name means that the knowledge base does not hold, and the nearest broader rows that it does hold."""

    label: str
    curie: str
    broader: list[Name]


def outside(text: str) -> list[Outside]:
    """What a name, or CURIE, means outside of the knowledge base; several things where it is ambiguous.

    A thing is not outside whose official label is a name of something here.
    """
    found = [one for one in outside_names(text) if not named(one.label)]
    curies = {key(curie) for one in found for curie in one.broader}
    near = Name.objects.filter(key__in=curies, source__in=(Name.Source.XREF, Name.Source.NEAR)).order_by("pk")
    rows = list(near) if curies else []
    return [
        Outside(
            one.label,
            one.curie,
            list({(name.model, name.row_id): name for name in rows if name.value in one.broader}.values()),
        )
        for one in found
    ]


def name_of(model: type[Model]) -> str:
    """What names call a model: a proxy's are those of the model that it stands for."""
    assert model._meta.concrete_model
    return str(model._meta.concrete_model._meta.model_name)


def model_named(model_name: str) -> type[Model]:
    """The model class of a name's `model`."""
    return next(model for model in apps.get_models() if model._meta.model_name == model_name)
