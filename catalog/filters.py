"""What the catalogue can be filtered by, on its pages and in the API."""

from django.db.models import Q, QuerySet

from catalog.models import (
    Aspect,
    CellType,
    Condition,
    MarkerExpression,
    Molecule,
    SourceTrait,
    SurfaceMarker,
    TissueSource,
)
from core.rest.fields import NO_TERMS, Terms
from core.rest.filters import ChoiceFilter, EntityFilter, ResourceFilterSet, StatementFilterSet

REPORTED_PRESENT = ["positive", "variable"]


class TissueSourceFilter(ResourceFilterSet):
    """`marker` finds the sources reported to carry it, `cell_type` those reported to become it."""

    origin = ChoiceFilter(choices=TissueSource.Origin, label="Origin")
    marker = EntityFilter(
        "marker_expressions__marker", also=Q(marker_expressions__status__in=REPORTED_PRESENT), entity=SurfaceMarker,
        label="Carries marker",
    )  # fmt: skip
    cell_type = EntityFilter(
        "differentiations__cell_type", entity=CellType, narrower=True, label="Differentiates into"
    )


class MoleculeFilter(ResourceFilterSet):
    """`mechanism` finds the molecules that play a role in a claim on it."""

    kind = ChoiceFilter(choices=Molecule.Kind, label="Kind")
    mechanism = EntityFilter(
        paths=["claims_as_mediator__mechanism", "claims_as_regulated__mechanism", "claims_as_modulator__mechanism"],
        entity="mechanisms.Mechanism", narrower=True, label="Acts in mechanism",
    )  # fmt: skip


class SurfaceMarkerFilter(ResourceFilterSet):
    """`source` and `status` speak of the same report; without `status`, of a marker that is there."""

    source = EntityFilter(entity=TissueSource, label="Tissue source", method="in_report")
    status = ChoiceFilter(choices=MarkerExpression.Status, label="Status", method="in_report")

    def in_report(self, queryset: QuerySet, name: str, terms: Terms) -> QuerySet:
        """Both filters are one condition on one report, so only the first to come applies it."""
        data = self.form.cleaned_data
        source, status = data.get("source") or NO_TERMS, data.get("status") or NO_TERMS
        if name == "status" and source:
            return queryset
        reports = MarkerExpression.objects.all()
        if status.wanted:
            reports = reports.filter(status__in=status.wanted)
        elif not status.excluded:
            reports = reports.filter(status__in=REPORTED_PRESENT)
        reports = reports.exclude(status__in=status.excluded)
        if source.wanted or not source.excluded:
            wanted = reports.filter(source__slug__in=source.wanted) if source.wanted else reports
            queryset = queryset.filter(pk__in=wanted.values("marker"))
        if source.excluded:
            queryset = queryset.exclude(
                pk__in=reports.filter(source__slug__in=source.excluded).values("marker")
            )
        return queryset


class CellTypeFilter(ResourceFilterSet):
    kind = ChoiceFilter(choices=CellType.Kind, label="Kind")
    germ_layer = ChoiceFilter(choices=CellType.GermLayer, label="Germ layer")
    source = EntityFilter("differentiations__source", entity=TissueSource, label="Obtained from MSCs of")


class ConditionFilter(ResourceFilterSet):
    kind = ChoiceFilter(choices=Condition.Kind, label="Kind")
    broader = EntityFilter("pk", entity=Condition, narrower=True, label="Within")


class MarkerExpressionFilter(StatementFilterSet):
    source = EntityFilter(entity=TissueSource, label="Tissue source")
    marker = EntityFilter(entity=SurfaceMarker, label="Marker")
    status = ChoiceFilter(choices=MarkerExpression.Status, label="Status")


class DifferentiationFilter(StatementFilterSet):
    source = EntityFilter(entity=TissueSource, label="Tissue source")
    cell_type = EntityFilter(entity=CellType, narrower=True, label="Cell type")
    germ_layer = ChoiceFilter("cell_type__germ_layer", choices=CellType.GermLayer, label="Germ layer")


class SourceTraitFilter(StatementFilterSet):
    source = EntityFilter(entity=TissueSource, label="Tissue source")
    aspect = ChoiceFilter(choices=Aspect, label="Aspect")
    relation = ChoiceFilter(choices=SourceTrait.Relation, label="Relation")
    comparator = EntityFilter(entity=TissueSource, label="Compared with")


class IdentityCriterionFilter(StatementFilterSet):
    marker = EntityFilter(
        paths=["positive_markers", "negative_markers"], entity=SurfaceMarker, label="Marker"
    )
    cell_type = EntityFilter("differentiation", entity=CellType, narrower=True, label="Cell type")
