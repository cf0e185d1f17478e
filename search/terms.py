"""The words that lead to a row: its identifiers, names, synonyms and cross references."""

from typing import Any

from django.db.models import Model

from core.identifiers import of_publication
from core.known_names import known_names
from core.models import Document, Entity, Reference, Searched, Section, Statement, XrefMatch
from core.models.names import Name
from core.text import key

INDEXED = (Searched, Document, Section, Reference)
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
    if isinstance(row, (Document, Section)):
        words.append((Name.Source.NAME, row.title))
    if isinstance(row, (Document, Reference)):
        found_by = of_publication(row.doi, row.pmid, getattr(row, "pmcid", ""))
        words += [(Name.Source.XREF, identifier) for identifier in found_by]
    xrefs = row.xrefs if isinstance(row, Entity) else []
    exact = [xref for xref in xrefs if xref["match"] == XrefMatch.EXACT]
    if isinstance(row, Entity):
        words.append((Name.Source.NAME, row.name))
        words += [(Name.Source.SYNONYM, synonym) for synonym in row.synonyms]
        words += [(Name.Source.XREF, xref["curie"]) for xref in exact]
        words += [(Name.Source.LABEL, xref["label"]) for xref in exact]
    known = [known for xref in exact for known in known_names(xref["curie"])]
    only_as_written = {name.name for name in known if name.as_written}
    found: dict[str, Name] = {}

    def add(source: str, value: str, **columns: Any) -> None:
        folded = key(value)[:300]
        found.setdefault(folded, Name(
            model=str(model_of(row)._meta.model_name), row_id=row.pk, ident=identifier(row), name=title_of(row)[:300],
            source=source, value=value, key=folded, **columns,
        ))  # fmt: skip

    for source, value in words:
        is_word = source in (Name.Source.SYNONYM, Name.Source.LABEL) and value in only_as_written
        add(source, value, as_written=is_word)
    for alias in known:
        columns = {"as_written": alias.as_written, "kind": alias.kind, "origin": alias.source}
        add(Name.Source.ALIAS, alias.name, **columns)
    for xref in xrefs:
        if xref["match"] == XrefMatch.CLOSE:
            add(Name.Source.NEAR, xref["curie"])
    return [name for folded, name in found.items() if folded]
