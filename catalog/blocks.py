"""Blocks of detail pages: what the catalogue says about a source, a marker or a cell."""

from django.db.models import Q

from catalog import api
from catalog.models import (
    CellType,
    DifferentiationPotential,
    MarkerExpression,
    Molecule,
    SourceTrait,
    TissueSource,
)
from core.web.blocks import Block, filtered_list

EXPRESSIONS, DIFFERENTIATIONS = "partials/expressions.html", "partials/differentiations.html"
CRITERIA, TRAITS = "partials/criteria.html", "partials/traits.html"


def markers_of_source(source: TissueSource) -> Block:
    return Block(
        "Markers", EXPRESSIONS, api.MarkerExpressionViewSet.queryset.filter(source=source),
        filtered_list(MarkerExpression, source=source.slug), "markers",
        empty="No marker is reported for MSCs of this source. That is not the same as negative.",
    )  # fmt: skip


def cells_of_source(source: TissueSource) -> Block:
    return Block(
        "Differentiation", DIFFERENTIATIONS, api.DifferentiationViewSet.queryset.filter(source=source),
        filtered_list(DifferentiationPotential, source=source.slug), "differentiation",
        empty="No differentiation is reported for MSCs of this source.",
    )  # fmt: skip


def traits_of_source(source: TissueSource) -> list[Block]:
    """What is said of the source, and what is said of others against it."""
    rows = list(api.SourceTraitViewSet.queryset.filter(Q(source=source) | Q(comparator=source)))
    own = [row for row in rows if row.source_id == source.pk]
    others = [row for row in rows if row.source_id != source.pk]
    title = "Other sources compared with it"
    return [
        Block("Traits", TRAITS, own, filtered_list(SourceTrait, source=source.slug), "traits"),
        Block(title, TRAITS, others, filtered_list(SourceTrait, comparator=source.slug), "compared"),
    ]


def sources_of_marker(marker: Molecule) -> Block | None:
    rows = api.MarkerExpressionViewSet.queryset.filter(marker_id=marker.pk)
    more = filtered_list(MarkerExpression, marker=marker.slug)
    return (
        Block("As an MSC marker, by source", EXPRESSIONS, rows, more, "sources")
        if marker.is_msc_marker
        else None
    )


def criteria_on_marker(marker: Molecule) -> Block | None:
    wanted = Q(positive_markers=marker.pk) | Q(negative_markers=marker.pk)
    rows = api.IdentityCriterionViewSet.queryset.filter(wanted).distinct()
    return Block("In identity criteria", CRITERIA, rows, slug="criteria") if marker.is_msc_marker else None


def sources_of_cell(cell: CellType) -> Block:
    rows = api.DifferentiationViewSet.queryset.filter(cell_type__in=cell.ids_with_narrower)
    more = filtered_list(DifferentiationPotential, cell_type=cell.slug)
    return Block("Obtained from MSCs of", DIFFERENTIATIONS, rows, more, "sources")


def criteria_on_cell(cell: CellType) -> Block:
    rows = api.IdentityCriterionViewSet.queryset.filter(differentiation=cell)
    return Block("In identity criteria", CRITERIA, rows, slug="criteria")
