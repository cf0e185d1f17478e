"""A world with several rows of every kind, each with links of its own, so that a query a row cannot hide."""

from core.signals import bulk_writing
from tests import builders as make

ROWS = 9


def build() -> None:
    make.release()
    make.document("review")
    numbers = range(1, ROWS + 1)
    with bulk_writing():
        for number in numbers:
            things(number)
            about_cells(number)
            claims(number)
            trials(number)
        for one, other in zip(numbers, [*numbers[1:], 1], strict=True):
            make.conflict(
                make.claim(f"MSC-CL-{one:04}"), make.claim(f"MSC-CL-{other:04}"), topic=f"Topic {one}"
            )
            make.conflict(
                make.trial(f"MSC-TR-{one:04}"), make.trial(f"MSC-TR-{other:04}"), topic=f"Theme {one}"
            )


def things(number: int) -> None:
    make.document(f"document-{number}")
    make.section(f"section-{number}")
    make.reference(number, authors=f"Author {number}", year=2000 + number)
    xref = {"curie": f"X:{number}", "label": f"Label {number}", "match": "exact"}
    for kind in (
        make.source,
        make.marker,
        make.organism,
        make.pathway,
        make.adverse_event,
        make.outcome_measure,
    ):
        kind(
            f"{kind.__name__}-{number}".replace("_", "-"),
            xrefs=[xref],
            synonyms=[f"{kind.__name__} no {number}"],
        )
    for kind in (make.cell_type, make.condition, make.mechanism, make.process, make.route):
        slug = f"{kind.__name__}-{number}".replace("_", "-")
        kind(slug, broader=kind(f"{slug}-broad"))


def provenance(number: int) -> dict:
    return {"section": f"section-{number}", "references": [number, number % ROWS + 1]}


def about_cells(number: int) -> None:
    source, marker, cell, given = (
        f"source-{number}",
        f"marker-{number}",
        f"cell-type-{number}",
        provenance(number),
    )
    make.expression(f"MSC-ME-{number:04}", source=source, marker=marker, **given)
    make.differentiation(f"MSC-DP-{number:04}", source=source, cell_type=cell, **given)
    make.trait(
        f"MSC-ST-{number:04}", source=source, comparator=f"source-{number}-other", relation="higher", **given
    )
    make.criterion(
        f"MSC-IC-{number:04}", name=f"Criterion {number}", positive_markers=[marker], differentiation=[cell],
        negative_markers=[f"marker-{number}-other"], **given,
    )  # fmt: skip
    make.vesicle_class(f"vesicle-{number}", markers=[marker], **given)


def claims(number: int) -> None:
    make.claim(
        f"MSC-CL-{number:04}", source=f"source-{number}", mechanism=f"mechanism-{number}", actor=f"cell-type-{number}",
        mediators=[f"mediator-{number}"], regulated=[f"regulated-{number}"], modulators=[f"modulator-{number}"],
        targets=[f"cell-type-{number}"], pathways=[f"pathway-{number}"], process=f"process-{number}",
        conditions=[f"condition-{number}"], organisms=[f"organism-{number}"], **provenance(number),
    )  # fmt: skip


def trials(number: int) -> None:
    condition, source, given = f"condition-{number}", f"source-{number}", provenance(number)
    make.trial(
        f"MSC-TR-{number:04}", conditions=[condition], source=source, routes=[f"route-{number}"], outcome="improved",
        outcome_measures=[f"outcome-measure-{number}"], adverse_events=[f"adverse-event-{number}"],
        dose_cells_min=number * 10**6, dose_cells_max=number * 10**6, **given,
    )  # fmt: skip
    make.indication(f"MSC-IN-{number:04}", condition=condition, **given)
    make.statistic(f"MSC-TS-{number:04}", condition=condition, source=source, **given)
