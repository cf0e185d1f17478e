"""What every part of the knowledge base shares: documents, entities, statements, releases.

Two abstract models carry the rest. An `Entity` is a thing with a name (a molecule, a tissue); a
`Statement` is something that a document says about things, with its section and its references.
"""

from core.models.documents import Document, Reference, Section, reference_label
from core.models.entities import Entity, Searched, TreeEntity, XrefMatch, validate_synonyms, validate_xrefs
from core.models.names import Name
from core.models.releases import ContentVersion, LoadedRow, Release, RetiredAccession
from core.models.statements import Conflict, Evidence, Sign, Statement

__all__ = [
    "Conflict", "ContentVersion", "Document", "Entity", "Evidence", "LoadedRow", "Name", "Reference",
    "Release", "RetiredAccession", "Searched", "Section", "Sign", "Statement", "TreeEntity", "XrefMatch",
    "reference_label", "validate_synonyms", "validate_xrefs",
]  # fmt: skip
