"""Pages of tissue sources, markers, cells, conditions and organisms."""

from django.db.models import Q

from catalog import api
from catalog.models import (
    CellType,
    Condition,
    DifferentiationPotential,
    MarkerExpression,
    Molecule,
    SourceTrait,
    SurfaceMarker,
    TissueSource,
)
from core.web.views import Panel, ResourceDetail, ResourceList, filtered_list, panel


class TissueSourceList(ResourceList):
    viewset = api.TissueSourceViewSet
    title = "Tissue sources"
    intro = "Tissues and cells that MSCs are obtained from, with the markers they carry and what they become."
    template_name = "catalog/tissuesource_list.html"

    def extra(self, page):
        sources = list(page)
        return {
            "markers": matrix(sources, api.MarkerExpressionViewSet.queryset, "marker"),
            "cells": matrix(sources, api.DifferentiationViewSet.queryset, "cell_type"),
        }


def matrix(sources, statements, column):
    """Sources × markers or cells: the rows of a table, each cell the statement there or None."""
    found, columns = {}, {}
    for row in statements.filter(source__in=sources):
        other = getattr(row, column)
        found[row.source_id, other.pk] = row
        columns[other.pk] = other
    ordered = sorted(
        columns.values(), key=lambda c: (-sum((s.pk, c.pk) in found for s in sources), c.name.lower())
    )
    rows = [
        (s, [found.get((s.pk, c.pk)) for c in ordered]) for s in sources if any(k[0] == s.pk for k in found)
    ]
    return {"columns": ordered, "rows": rows}


class TissueSourceDetail(ResourceDetail):
    viewset = api.TissueSourceViewSet
    template_name = "catalog/tissuesource_detail.html"

    def extra(self, row):
        return {"is_source": True}


class SurfaceMarkerList(ResourceList):
    viewset = api.SurfaceMarkerViewSet
    title = "Markers"
    intro = "Molecules that characterise MSCs. A marker that is not listed for a source is unreported, not negative."
    template_name = "catalog/surfacemarker_list.html"


class SurfaceMarkerDetail(ResourceDetail):
    viewset = api.SurfaceMarkerViewSet
    template_name = "catalog/molecule_detail.html"


class CellTypeList(ResourceList):
    viewset = api.CellTypeViewSet
    title = "Cell types"
    intro = "What MSCs become, what they act on, and what acts on them."
    template_name = "catalog/celltype_list.html"


class CellTypeDetail(ResourceDetail):
    viewset = api.CellTypeViewSet
    template_name = "catalog/celltype_detail.html"


class ConditionList(ResourceList):
    viewset = api.ConditionViewSet
    title = "Conditions"
    intro = "Diseases, injuries and models. A filter on a condition finds the narrower ones, too."
    template_name = "catalog/condition_list.html"


class ConditionDetail(ResourceDetail):
    viewset = api.ConditionViewSet
    template_name = "catalog/condition_detail.html"


class OrganismList(ResourceList):
    viewset = api.OrganismViewSet
    title = "Organisms"
    intro = "Where the review names a species, claims can be filtered by it."
    template_name = "generic/entity_list.html"


class OrganismDetail(ResourceDetail):
    viewset = api.OrganismViewSet


class MarkerExpressionList(ResourceList):
    viewset = api.MarkerExpressionViewSet
    title = "Marker expression"
    intro = "Which source's MSCs carry or lack which marker. No row means not reported, never negative."
    template_name = "catalog/markerexpression_list.html"


class MarkerExpressionDetail(ResourceDetail):
    viewset = api.MarkerExpressionViewSet
    template_name = "catalog/markerexpression_detail.html"


class DifferentiationList(ResourceList):
    viewset = api.DifferentiationViewSet
    title = "Differentiation potential"
    intro = "Which source's MSCs are reported to become which cell."
    template_name = "catalog/differentiation_list.html"


class DifferentiationDetail(ResourceDetail):
    viewset = api.DifferentiationViewSet
    template_name = "catalog/differentiation_detail.html"


class SourceTraitList(ResourceList):
    viewset = api.SourceTraitViewSet
    title = "Source traits"
    intro = "Yield, access, growth, risks and more: what is said of one source's MSCs, alone or against another's."
    template_name = "catalog/sourcetrait_list.html"


class SourceTraitDetail(ResourceDetail):
    viewset = api.SourceTraitViewSet
    template_name = "catalog/sourcetrait_detail.html"


class IdentityCriterionList(ResourceList):
    viewset = api.IdentityCriterionViewSet
    title = "Identity criteria"
    intro = "What a cell must show, and must not show, to be called an MSC."
    template_name = "catalog/identitycriterion_list.html"


class IdentityCriterionDetail(ResourceDetail):
    viewset = api.IdentityCriterionViewSet
    template_name = "catalog/identitycriterion_detail.html"


@panel(TissueSource)
def markers_of_source(source):
    rows = api.MarkerExpressionViewSet.queryset.filter(source=source)
    return Panel(
        "Markers", "partials/expressions.html", rows, filtered_list(MarkerExpression, source=source.slug), "markers",
        empty="No marker is reported for MSCs of this source. That is not the same as negative.",
    )  # fmt: skip


@panel(TissueSource)
def cells_of_source(source):
    rows = api.DifferentiationViewSet.queryset.filter(source=source)
    return Panel(
        "Differentiation", "partials/differentiations.html", rows,
        filtered_list(DifferentiationPotential, source=source.slug), "differentiation",
        empty="No differentiation is reported for MSCs of this source.",
    )  # fmt: skip


@panel(TissueSource)
def traits_about_source(source):
    """What is said of the source, and what is said of others against it."""
    rows = list(api.SourceTraitViewSet.queryset.filter(Q(source=source) | Q(comparator=source)))
    own = [row for row in rows if row.source_id == source.pk]
    others = [row for row in rows if row.source_id != source.pk]
    template, title = "partials/traits.html", "Other sources compared with it"
    return [
        Panel("Traits", template, own, filtered_list(SourceTrait, source=source.slug), "traits"),
        Panel(title, template, others, filtered_list(SourceTrait, comparator=source.slug), "compared"),
    ]


@panel(SurfaceMarker, Molecule)
def sources_of_marker(marker):
    if not marker.is_msc_marker:
        return None
    rows = api.MarkerExpressionViewSet.queryset.filter(marker_id=marker.pk)
    return Panel(
        "As an MSC marker, by source", "partials/expressions.html", rows,
        filtered_list(MarkerExpression, marker=marker.slug), "sources",
    )  # fmt: skip


@panel(SurfaceMarker, Molecule)
def criteria_on_marker(marker):
    if not marker.is_msc_marker:
        return None
    criteria = api.IdentityCriterionViewSet.queryset
    rows = (
        criteria.filter(positive_markers=marker.pk) | criteria.filter(negative_markers=marker.pk)
    ).distinct()
    return Panel("In identity criteria", "partials/criteria.html", rows, slug="criteria")


@panel(CellType)
def sources_of_cell(cell_type):
    rows = api.DifferentiationViewSet.queryset.filter(cell_type__in=cell_type.ids_with_narrower)
    return Panel(
        "Obtained from MSCs of", "partials/differentiations.html", rows,
        filtered_list(DifferentiationPotential, cell_type=cell_type.slug), "sources",
    )  # fmt: skip


@panel(CellType)
def criteria_on_cell(cell_type):
    rows = api.IdentityCriterionViewSet.queryset.filter(differentiation=cell_type)
    return Panel("In identity criteria", "partials/criteria.html", rows, slug="criteria")


@panel(CellType, Condition)
def narrower_entities(row):
    return Panel("Narrower", "partials/entities.html", row.narrower.all(), slug="narrower")
