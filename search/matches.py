"""What the word index of the database finds, in no order that means anything."""

from collections.abc import Sequence
from typing import Any

from modelsearch.backends import get_search_backend
from modelsearch.backends.base import BaseSearchResults
from modelsearch.query import SearchQuery

from search.models import SearchDocument
from search.queries import Query, Wanted

SUGGESTED_BY = ("place", "ident", "title", "named", "name_words", "other_words")
RANKED_BY = (*SUGGESTED_BY, "kind", "text_words", "link_words", "note_words")


def matching(condition: SearchQuery, columns: Sequence[str] = RANKED_BY, **filters: Any) -> BaseSearchResults:
    """The documents that meet a condition, in no order that means anything, with these columns."""
    rows = SearchDocument.objects.filter(**filters).only(*columns).order_by("place", "ident")
    return get_search_backend().autocomplete(condition, rows, order_by_relevance=False)


def is_there(*wanted: Wanted) -> bool:
    """Has any row all of this?"""
    return matching(Query("", wanted).condition(), ("pk",)).get_queryset().exists()
