"""The references of statements of several kinds, in one query."""

from collections import defaultdict

from core.models import reference_label


def references_of(*querysets):
    """{accession: [{"number", "label"}]} of all statements in these query sets, ordered by number."""
    columns = ("accession", "references__number", "references__authors", "references__year")
    first, *rest = [
        rows.order_by().filter(references__isnull=False).values_list(*columns) for rows in querysets
    ]
    found = defaultdict(dict)
    for accession, number, authors, year in first.union(*rest, all=True):
        found[accession][number] = reference_label(number, authors, year)
    return {accession: as_links(labels) for accession, labels in found.items()}


def as_links(labels):
    """{number: label} as the API shows references."""
    return [{"number": number, "label": label} for number, label in sorted(labels.items())]


def united(lists):
    """Several lists of references as one, each reference once."""
    return as_links({r["number"]: r["label"] for references in lists for r in references})
