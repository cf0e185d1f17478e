"""The words that lead to a row: its identifiers, names, synonyms and cross references."""

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from core.models import Entity, Reference, Section, Statement
from core.text import key
from search.models import Term


@receiver(post_save, dispatch_uid="index_terms")
def index_terms(sender, instance, created=False, **kwargs):
    if not isinstance(instance, (Entity, Statement, Section, Reference)):
        return
    if not created:
        remove_terms(sender, instance)
    Term.objects.bulk_create(terms_of(instance))


@receiver(post_delete, dispatch_uid="remove_terms")
def remove_terms(sender, instance, **kwargs):
    if isinstance(instance, (Entity, Statement, Section, Reference)):
        Term.objects.filter(
            model=sender._meta.concrete_model._meta.model_name, ident=identifier(instance)
        ).delete()


def identifier(row):
    """What a row is called in URLs: its slug, accession or number."""
    for name in ("slug", "accession", "number"):
        if hasattr(row, name):
            return str(getattr(row, name))
    raise TypeError(f"{row!r} has no public identifier")


def terms_of(row):
    """The words that lead to a row, each once, the most telling source first."""
    model, ident = row._meta.concrete_model._meta.model_name, identifier(row)
    words = [(Term.Source.IDENTIFIER, ident)]
    if isinstance(row, Statement):
        words.append((Term.Source.IDENTIFIER, row.accession))
        if registry_id := getattr(row, "registry_id", None):
            words.append((Term.Source.XREF, registry_id))
    if isinstance(row, Entity):
        words.append((Term.Source.NAME, row.name))
        words += [(Term.Source.SYNONYM, synonym) for synonym in row.synonyms]
        words += [(Term.Source.XREF, xref["curie"]) for xref in row.xrefs if xref["match"] == "exact"]
        words += [(Term.Source.LABEL, xref["label"]) for xref in row.xrefs if xref["match"] == "exact"]
    name = getattr(row, "name", "") or getattr(row, "title", "") or getattr(row, "text", "") or str(row)
    found = {}
    for source, value in words:
        if (folded := key(value)) and folded not in found:
            found[folded] = Term(
                model=model, ident=ident, name=name[:300], source=source, value=value, key=folded[:300]
            )
    return list(found.values())
