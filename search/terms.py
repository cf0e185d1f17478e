"""The words that lead to a row: its identifiers, names, synonyms and cross references."""

from typing import Any

from django.db.models import Model

from core.models import Entity, Folded, Reference, Section, Statement
from core.text import key
from search.models import Term

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


def terms_of(row: Any) -> list[Term]:
    """The unsaved terms of a row, each key once, the most telling source first."""
    words = [(Term.Source.IDENTIFIER, identifier(row))]
    if isinstance(row, Statement):
        words.append((Term.Source.IDENTIFIER, row.accession))
        if registry_id := getattr(row, "registry_id", None):
            words.append((Term.Source.XREF, registry_id))
    if isinstance(row, Entity):
        words.append((Term.Source.NAME, row.name))
        words += [(Term.Source.SYNONYM, synonym) for synonym in row.synonyms]
        words += [(Term.Source.XREF, xref["curie"]) for xref in row.xrefs if xref["match"] == "exact"]
        words += [(Term.Source.LABEL, xref["label"]) for xref in row.xrefs if xref["match"] == "exact"]
    name = title_of(row)
    found = {}
    for source, value in words:
        if (folded := key(value)) and folded not in found:
            found[folded] = Term(
                model=str(model_of(row)._meta.model_name), row_id=row.pk, ident=identifier(row),
                name=name[:300], source=source, value=value, key=folded[:300],
            )  # fmt: skip
    return list(found.values())
