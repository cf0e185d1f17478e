"""The catalogue's endpoints."""

from catalog import filters, serializers
from catalog.models import (
    CellType,
    Condition,
    DifferentiationPotential,
    IdentityCriterion,
    MarkerExpression,
    Molecule,
    Organism,
    SourceTrait,
    SurfaceMarker,
    TissueSource,
)
from core.rest.entity_filters import EntityFilterSet
from core.rest.viewsets import ENTITY_ORDER, STATEMENT_ORDER, ResourceViewSet


class TissueSourceViewSet(ResourceViewSet):
    """Tissues and cells that MSCs are obtained from, with the markers they carry and what they become."""

    queryset = TissueSource.objects.all()
    serializer_class = serializers.TissueSourceSerializer
    filterset_class = filters.TissueSourceFilter
    ordering_fields = ENTITY_ORDER | {"origin": "origin"}


class SurfaceMarkerViewSet(ResourceViewSet):
    """Molecules that characterise MSCs. One that is not listed for a source is unreported, not negative."""

    queryset = SurfaceMarker.objects.all()
    serializer_class = serializers.SurfaceMarkerSerializer
    filterset_class = filters.SurfaceMarkerFilter
    ordering_fields = ENTITY_ORDER | {"kind": "kind"}


class MoleculeViewSet(ResourceViewSet):
    """Proteins, RNAs, small molecules, complexes and families: one row each, whatever the role."""

    queryset = Molecule.objects.all()
    serializer_class = serializers.MoleculeSerializer
    filterset_class = filters.MoleculeFilter
    ordering_fields = ENTITY_ORDER | {"kind": "kind"}


class CellTypeViewSet(ResourceViewSet):
    """What MSCs become, what they act on, and what acts on them."""

    queryset = CellType.objects.with_named("broader")
    serializer_class = serializers.CellTypeSerializer
    filterset_class = filters.CellTypeFilter
    ordering_fields = ENTITY_ORDER | {"kind": "kind", "germ_layer": "germ_layer"}


class ConditionViewSet(ResourceViewSet):
    """Diseases, injuries and models. A filter on a condition finds the narrower ones, too."""

    queryset = Condition.objects.with_named("broader")
    serializer_class = serializers.ConditionSerializer
    filterset_class = filters.ConditionFilter
    ordering_fields = ENTITY_ORDER | {"kind": "kind"}


class OrganismViewSet(ResourceViewSet):
    """Species and genera in which something was observed."""

    queryset = Organism.objects.all()
    serializer_class = serializers.OrganismSerializer
    filterset_class = EntityFilterSet
    ordering_fields = ENTITY_ORDER


class MarkerExpressionViewSet(ResourceViewSet):
    """Which source's MSCs carry or lack which marker. No row means not reported, never negative."""

    queryset = MarkerExpression.objects.with_provenance().with_named("source", "marker")
    serializer_class = serializers.MarkerExpressionSerializer
    filterset_class = filters.MarkerExpressionFilter
    ordering_fields = STATEMENT_ORDER | {
        "source": "source__slug",
        "marker": "marker__slug",
        "status": "status",
    }


class DifferentiationViewSet(ResourceViewSet):
    """Which source's MSCs are reported to become which cell."""

    queryset = DifferentiationPotential.objects.with_provenance().with_named("source", "cell_type")
    serializer_class = serializers.DifferentiationSerializer
    filterset_class = filters.DifferentiationFilter
    ordering_fields = STATEMENT_ORDER | {"source": "source__slug", "cell_type": "cell_type__slug"}


class SourceTraitViewSet(ResourceViewSet):
    """Yield, access, growth, risks and more of one source's MSCs, alone or against another's."""

    queryset = SourceTrait.objects.with_provenance().with_named("source", "comparator")
    serializer_class = serializers.SourceTraitSerializer
    filterset_class = filters.SourceTraitFilter
    ordering_fields = STATEMENT_ORDER | {"source": "source__slug", "aspect": "aspect"}


class IdentityCriterionViewSet(ResourceViewSet):
    """What a cell must show, and must not show, to be called an MSC."""

    queryset = IdentityCriterion.objects.with_provenance()
    serializer_class = serializers.IdentityCriterionSerializer
    filterset_class = filters.IdentityCriterionFilter
    ordering_fields = STATEMENT_ORDER | {"name": "name"}
