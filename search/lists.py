"""The words of a list's `q`: the same search, restricted to the rows of that list."""

from collections.abc import Callable
from dataclasses import replace

from django.db.models import Model, Q

from core.rest.serializers import kind_of
from search.documents import kinds
from search.frequencies import current_frequencies
from search.matches import matching
from search.queries import read


def having(text: str) -> Callable[[type[Model]], Q]:
    """A condition for rows of any model: they have every word, in any form or under another name, and as a whole word.

    How English a word is does not matter here, where rows are not ranked: only the `ignored` ones count nothing.
    Notes count like texts.
    """
    query = replace(read(text, kinds()), noted=True).in_capitals(current_frequencies().rows.__contains__)

    def condition(model: type[Model]) -> Q:
        if not query.wanted:
            return Q()
        found = matching(
            query.condition(), ("row_id",), kind=kind_of(model._meta.concrete_model or model)
        ).get_queryset()
        return Q(pk__in=found.order_by().values("row_id"))

    return condition
