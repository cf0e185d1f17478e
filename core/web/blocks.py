"""The blocks of a detail page: what other rows say about its row, each with a table or a figure of its own."""

from collections.abc import Callable, Iterable, Sized
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Model, Q, QuerySet
from django.urls import reverse

from core.models import TreeEntity
from core.rows import read_rows


@dataclass
class Block:
    """One block: `rows` shown by `template`, and `more`, the address of the list that has them.

    A block without rows is left out, unless `empty` says what their absence means. `slug` is its anchor. The number
    of rows stands beside the title where they are `counted`.
    """

    title: str
    template: str
    rows: Sized
    more: str = ""
    slug: str = ""
    empty: str = ""
    counted: bool = True


# Takes the rows of one model: that of the page which it is on.
BlockFunction = Callable[[Any], Block | list[Block] | None]


def blocks_of(row: Model, functions: Iterable[BlockFunction]) -> list[Block]:
    """The blocks of a row's page, in the order of the functions that make them."""
    found = (function(row) for function in functions)
    made = [block for some in found for block in (some if isinstance(some, list) else [some]) if block]
    listed = [(block, block.rows) for block in made if isinstance(block.rows, QuerySet | list)]
    for (block, _), rows in zip(listed, read_rows(*(rows for _, rows in listed)), strict=True):
        block.rows = rows
    return [block for block in made if block.rows or block.empty]


def filtered_list(model: type[Model], **filters: str) -> str:
    """The address of a model's list with these filters set."""
    return f"{reverse(f'{model._meta.model_name}-list')}?{urlencode(filters)}"


def narrower(row: TreeEntity) -> Block:
    rows = type(row)._default_manager.filter(Q(broader=row))
    return Block("Narrower", "partials/entities.html", rows, slug="narrower")
