"""What the catalogue can be filtered by, on its pages and in the API."""

from collections.abc import Collection
from functools import reduce
from operator import and_

from django.db.models import Model, Q, QuerySet

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
from core.querysets import published_along
from core.rest.entity_filters import EntityFilterSet
from core.rest.filters import ChoiceFilter, EntityFilter, Reports, StatementFilterSet
from core.rest.terms import ALL, NO_TERMS, Terms, in_states

EXPRESSION = Reports("marker_expressions__status", present=["positive", "variable"], absent=["negative"])


class TissueSourceFilter(EntityFilterSet):
    """`marker` finds the sources reported to carry it (or to lack it), `cell_type` those reported to become it."""

    origin = ChoiceFilter(choices=TissueSource.Origin, label="Origin")
    marker = EntityFilter(
        "marker_expressions__marker", reports=EXPRESSION, entity=SurfaceMarker, label="Carries marker"
    )
    cell_type = EntityFilter(
        "differentiations__cell_type", entity=CellType, narrower=True, label="Differentiates into"
    )


class MoleculeFilter(EntityFilterSet):
    """`mechanism` finds the molecules that play a role in a claim on it."""

    kind = ChoiceFilter(choices=Molecule.Kind, label="Kind")
    mechanism = EntityFilter(
        paths=["claims_as_mediator__mechanism", "claims_as_regulated__mechanism", "claims_as_modulator__mechanism"],
        entity="mechanisms.Mechanism", narrower=True, label="Acts in mechanism",
    )  # fmt: skip


class SourceOfMarkerFilter(EntityFilter):
    """A source that a marker is reported of: as there, or in the status that `status` asks for."""

    @property
    def status(self) -> Terms:
        return self.parent.form.cleaned_data.get("status") or NO_TERMS

    @property
    def by_column(self) -> bool:
        return self.status.join != ALL

    def in_state(self, state: str) -> Q:
        return super().in_state(state) if state or not self.status else reports_in(self.status)[0]

    def reported(self, model: type[Model], values: Collection[str], state: str) -> Q:
        if state or self.by_column:
            return super().reported(model, values, state)
        return reduce(and_, (self.related(model, values, said) for said in reports_in(self.status)))


class SurfaceMarkerFilter(EntityFilterSet):
    """`source` and `status` speak of the same report; without `status`, of a marker that is there.

    `absent:` and `unreported:` before a source are a status by themselves: then `status` speaks of any report.
    """

    source = SourceOfMarkerFilter(
        "marker_expressions__source", reports=EXPRESSION, entity=TissueSource, label="Tissue source"
    )
    status = ChoiceFilter(
        EXPRESSION.path, choices=MarkerExpression.Status, label="Status", method="in_any_report"
    )

    def in_any_report(self, queryset: QuerySet, name: str, status: Terms) -> QuerySet:
        """Markers that any source is reported to have in this status, unless `source` asks for it."""
        source = self.form.cleaned_data.get("source") or NO_TERMS
        if "" in dict(in_states([*source.wanted, *source.excluded])):
            return queryset
        for said in reports_in(status):
            reports = SurfaceMarker.objects.filter(said & published_along(SurfaceMarker, EXPRESSION.path))
            queryset = queryset.filter(pk__in=reports.values("pk"))
        return queryset


def reports_in(status: Terms) -> list[Q]:
    """What reports must say, one that passes each, for the values of the filter `status`."""
    wanted = status.wanted or MarkerExpression.Status.values
    each = [[s] for s in wanted] if status.wanted and status.join == ALL else [wanted]
    return [Q(**{f"{EXPRESSION.path}__in": set(some) - set(status.excluded)}) for some in each]


class CellTypeFilter(EntityFilterSet):
    kind = ChoiceFilter(choices=CellType.Kind, label="Kind")
    germ_layer = ChoiceFilter(choices=CellType.GermLayer, label="Germ layer")
    source = EntityFilter("differentiations__source", entity=TissueSource, label="Obtained from MSCs of")


class ConditionFilter(EntityFilterSet):
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
