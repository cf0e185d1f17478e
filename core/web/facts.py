"""The facts on a detail page without a template of its own: what the API says of the row beyond what all have."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Field, Model, URLField
from django.utils.formats import date_format
from django.utils.text import capfirst

from core.models import Entity, Statement
from core.rest.renderers import cell
from core.rest.serializers import in_full
from core.rows import links_of

LABELS = {"broader": "Within"}


class Part(NamedTuple):
    """One value as text, and where it leads, if anywhere."""

    text: str
    address: str = ""


class Fact(NamedTuple):
    """A field with its values, of which there are several where it links to several rows."""

    label: str
    parts: Sequence[Part]


def facts_of(row: Model) -> Iterator[Fact]:
    """The columns and links of a row that its serializer shows, in its order, except those that hold nothing.

    What every entity and every statement has is left out: it stands elsewhere on the page.
    """
    shared = {name for base in (Entity, Statement) if isinstance(row, base) for name in names_of(base)}
    columns = {f.name: f for f in (*row._meta.fields, *links_of(type(row))) if f.name not in shared}
    serializer = in_full[type(row)]()
    for name in serializer.built_fields():
        if name in columns and (parts := list(parts_of(row, columns[name], serializer.reader(name)(row)))):
            yield Fact(LABELS.get(name, capfirst(str(columns[name].verbose_name))), parts)


def names_of(model: type[Model]) -> list[str]:
    return [field.name for field in (*model._meta.fields, *model._meta.many_to_many)]


def parts_of(row: Model, column: Field, value: Any) -> Iterator[Part]:
    """A value of a column as a reader sees it: choices by their labels, linked rows by their names."""
    if column.is_relation:
        linked = value if column.many_to_many else [value] if value else []
        yield from (Part(str(one), one.get_absolute_url()) for one in linked)
    elif value in (None, "", [], {}):
        return
    elif column.choices:
        yield Part(str(getattr(row, f"get_{column.name}_display")()))
    elif isinstance(column, URLField):
        yield Part(value, value)
    else:
        yield from (Part(as_text(one)) for one in (value if isinstance(value, list) else [value]))


def as_text(value: object) -> str:
    """
    >>> as_text(True), as_text(date(2020, 1, 31)), as_text(Decimal("2.50")), as_text(0)
    ('Yes', '31 January 2020', '2.5', '0')
    """
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, date):
        return date_format(value, "j F Y")
    if isinstance(value, Decimal):
        return f"{value:f}".rstrip("0").rstrip(".") if value % 1 else f"{value:.0f}"
    return cell(value)
