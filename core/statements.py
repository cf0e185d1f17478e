"""Every curated statement of any kind, as one list."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import chain
from operator import attrgetter

from django.apps import apps
from django.db.models import CharField, F, Value

from core.counting import count_all
from core.models import Reference, Statement, reference_label


def statement_models():
    """{kind: model} of every kind of statement, in alphabetical order."""
    models = (m for m in apps.get_models() if issubclass(m, Statement) and not m._meta.proxy)
    return {model.kind: model for model in sorted(models, key=lambda model: model.kind)}


def model_of(accession):
    """The model whose accessions look like this one, or None."""
    return next(
        (m for m in statement_models().values() if accession.startswith(m.accession_prefix + "-")), None
    )


class UnitedRows:
    """Rows of several models as one list of dicts, sliced and counted like a query set.

    A page costs one query for the rows and those that complete them, however long the list is and however many
    models are in it. Subclasses say the `columns` that all models have and how rows are completed.
    """

    def __init__(self, querysets, order=("accession",)):
        self.querysets = querysets
        self.order = order

    @staticmethod
    def columns(queryset):
        """The query set as dicts of the common columns."""
        raise NotImplementedError

    @staticmethod
    def complete(rows):
        """The rows of a page with what other tables hold of them."""
        raise NotImplementedError

    def ordered(self):
        first, *rest = [self.columns(queryset) for queryset in self.querysets]
        return first.union(*rest, all=True).order_by(*self.order)

    def count(self):
        if not hasattr(self, "_count"):
            self._count = sum(count_all(dict(enumerate(self.querysets))).values())
        return self._count

    __len__ = count

    def __getitem__(self, place):
        return self.complete(list(self.ordered()[place])) if self.querysets else []

    def __iter__(self):
        return chain.from_iterable(self.chunks())

    def chunks(self, size=500):
        """All rows, some hundred at a time."""
        return (self[start : start + size] for start in range(0, self.count(), size))


class StatementRows(UnitedRows):
    """Rows are dicts of accession, kind, text, section, document, references, evidence and curator_note."""

    @staticmethod
    def columns(queryset):
        kind = queryset.model.kind
        return (
            queryset.order_by()
            .annotate(
                statement_kind=Value(kind, CharField()),
                section_slug=F("section__identifier"),
                section_title=F("section__title"),
                section_order=F("section__order"),
                document=F("section__document__slug"),
                document_order=F("section__document__order"),
            )
            .values(
                "accession",
                "text",
                "evidence",
                "curator_note",
                "statement_kind",
                "section_slug",
                "section_title",
                "section_order",
                "document",
                "document_order",
            )
        )

    @staticmethod
    def complete(rows):
        accessions = defaultdict(list)
        for row in rows:
            row["kind"] = row.pop("statement_kind")
            accessions[row["kind"]].append(row["accession"])
        models = statement_models()
        cited = [models[kind].objects.filter(accession__in=mine) for kind, mine in accessions.items()]
        references = references_of(*cited) if cited else {}
        for row in rows:
            row["section"] = row.pop("section_slug")
            row["references"] = references.get(row["accession"], [])
        return rows


def references_of(*querysets):
    """{accession: [{"number", "label", "identifier"}]} of the statements of several kinds, by number, in one query."""
    columns = (
        "accession",
        "references__identifier",
        "references__number",
        "references__authors",
        "references__year",
    )
    first, *rest = [
        rows.order_by().filter(references__isnull=False).values_list(*columns) for rows in querysets
    ]
    found = defaultdict(dict)
    for accession, identifier, number, authors, year in first.union(*rest, all=True):
        found[accession][number, identifier] = reference_label(identifier, authors, year)
    return {accession: as_links(labels) for accession, labels in found.items()}


def as_links(labels):
    """{(number, identifier): label} as the API shows references."""
    return [
        {"number": number, "label": label, "identifier": identifier}
        for (number, identifier), label in sorted(labels.items())
    ]


def united(lists: Iterable[Iterable[Reference]]) -> list[Reference]:
    """Several lists of references as one, each reference once, by number."""
    return sorted(set(chain.from_iterable(lists)), key=attrgetter("number", "identifier"))
