"""From any identifier or name to the row that it means."""

from django.apps import apps
from django.db.models import Case, IntegerField, Value, When

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


def resolve(wanted):
    """The terms that `wanted` means: one for each row, only those of the most direct kind."""
    directness = Case(
        *(When(source=source, then=Value(place)) for place, source in enumerate(DIRECTNESS)),
        output_field=IntegerField(),
    )
    found, best = {}, None
    for term in (
        Term.objects.filter(key=key(wanted))
        .exclude(key="")
        .annotate(place=directness)
        .order_by("place", "pk")
    ):
        best = term.place if best is None else best
        if term.place == best:
            found.setdefault((term.model, term.row_id), term)
    return list(found.values())


def model_named(model_name):
    """The model class of a term's `model`."""
    return next(model for model in apps.get_models() if model._meta.model_name == model_name)
