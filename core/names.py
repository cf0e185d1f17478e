"""From any identifier or name to the rows that it means."""

from django.apps import apps
from django.db.models import Model

from core.models.names import Name
from core.text import key

# A name that several rows go by means the one that it names most directly.
DIRECTNESS: list[str] = [
    Name.Source.IDENTIFIER,
    Name.Source.NAME,
    Name.Source.XREF,
    Name.Source.SYNONYM,
    Name.Source.LABEL,
]


def named(text: str, model: type[Model] | None = None) -> list[Name]:
    """The names by which `text` leads to rows, only to those of `model` if it is given.

    One for each row, only those of the most direct kind.
    """
    names = Name.objects.filter(key=key(text)).exclude(key="").order_by("pk")
    if model:
        names = names.filter(model=model._meta.model_name)
    places: dict[int, dict[tuple[str, int], Name]] = {}
    for name in names:
        places.setdefault(DIRECTNESS.index(name.source), {}).setdefault((name.model, name.row_id), name)
    return list(places[min(places)].values()) if places else []


def model_named(model_name: str) -> type[Model]:
    """The model class of a name's `model`."""
    return next(model for model in apps.get_models() if model._meta.model_name == model_name)
