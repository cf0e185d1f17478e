"""The words that lead to a row: its identifiers, names, synonyms and cross references."""

from typing import Any

from django.db.models import Model

from core.models import Entity, Folded, Reference, Section, Statement
from core.models.names import Name
from core.text import key

INDEXED = (Folded, Section, Reference)
# The public identifier of a row: the first of these columns that it has.
IDENTIFIERS = ("identifier", "slug", "accession", "registry_id")


def model_of(row: Model) -> type[Model]:
    """The model of a row, whichever proxy it was read by."""
    assert row._meta.concrete_model
    return row._meta.concrete_model


def identifier(row: Any) -> str:
    """What a row is called in addresses: its slug, accession, or number in its document."""
    return str(getattr(row, next(name for name in IDENTIFIERS if hasattr(row, name))))


def title_of(row: Any) -> str:
    """What a row is called, or else says."""
    return getattr(row, "name", "") or getattr(row, "text", "") or getattr(row, "title", "") or str(row)


def terms_of(row: Any) -> list[Name]:
    """The unsaved names of a row, each key once, the most telling source first."""
    words = [(Name.Source.IDENTIFIER, identifier(row))]
    if isinstance(row, Statement):
        words.append((Name.Source.IDENTIFIER, row.accession))
        if registry_id := getattr(row, "registry_id", None):
            words.append((Name.Source.XREF, registry_id))
    if isinstance(row, Entity):
        words.append((Name.Source.NAME, row.name))
        words += [(Name.Source.SYNONYM, synonym) for synonym in row.synonyms]
        words += [(Name.Source.XREF, xref["curie"]) for xref in row.xrefs if xref["match"] == "exact"]
        words += [(Name.Source.LABEL, xref["label"]) for xref in row.xrefs if xref["match"] == "exact"]
    name = title_of(row)
    found = {}
    for source, value in words:
        if (folded := key(value)) and folded not in found:
            found[folded] = Name(
                model=str(model_of(row)._meta.model_name), row_id=row.pk, ident=identifier(row),
                name=name[:300], source=source, value=value, key=folded[:300],
            )  # fmt: skip
    return list(found.values())
