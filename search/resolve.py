"""From any identifier or name to the row that it means."""

from django.apps import apps
from django.db.models import Model

from core.text import key
from search.models import Term

# A word that several rows go by means the one that it names most directly.
DIRECTNESS: list[str] = [
    Term.Source.IDENTIFIER,
    Term.Source.NAME,
    Term.Source.XREF,
    Term.Source.SYNONYM,
    Term.Source.LABEL,
]


def resolve(wanted: str) -> list[Term]:
    """The terms that `wanted` means: one for each row, only those of the most direct kind."""
    terms = Term.objects.filter(key=key(wanted)).exclude(key="").order_by("pk")
    places: dict[int, dict[tuple[str, int], Term]] = {}
    for term in terms:
        places.setdefault(DIRECTNESS.index(term.source), {}).setdefault((term.model, term.row_id), term)
    return list(places[min(places)].values()) if places else []


def model_named(model_name: str) -> type[Model]:
    """The model class of a term's `model`."""
    return next(model for model in apps.get_models() if model._meta.model_name == model_name)
