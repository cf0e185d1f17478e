"""The catalogue's resources in the API."""

from rest_framework import serializers

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
from core.rest.serializers import (
    ENTITY_FIELDS,
    LINKS,
    STATEMENT_FIELDS,
    EntitySerializer,
    StatementSerializer,
)


class OrganismSerializer(EntitySerializer):
    class Meta:
        model = Organism
        fields = [*ENTITY_FIELDS, *LINKS]


class TissueSourceSerializer(EntitySerializer):
    class Meta:
        model = TissueSource
        fields = [*ENTITY_FIELDS, "origin", *LINKS]


class MoleculeSerializer(EntitySerializer):
    class Meta:
        model = Molecule
        fields = [*ENTITY_FIELDS, "kind", "is_msc_marker", *LINKS]


class SurfaceMarkerSerializer(EntitySerializer):
    class Meta:
        model = SurfaceMarker
        fields = [*ENTITY_FIELDS, "kind", *LINKS]


class CellTypeSerializer(EntitySerializer):
    class Meta:
        model = CellType
        fields = [*ENTITY_FIELDS, "kind", "germ_layer", "broader", *LINKS]


class ConditionSerializer(EntitySerializer):
    class Meta:
        model = Condition
        fields = [*ENTITY_FIELDS, "kind", "broader", *LINKS]


class MarkerExpressionSerializer(StatementSerializer):
    class Meta:
        model = MarkerExpression
        fields = [*STATEMENT_FIELDS, "source", "marker", "status", *LINKS]


class DifferentiationSerializer(StatementSerializer):
    germ_layer = serializers.ChoiceField(
        source="cell_type.germ_layer", choices=CellType.GermLayer.choices, allow_blank=True, read_only=True
    )

    class Meta:
        model = DifferentiationPotential
        fields = [*STATEMENT_FIELDS, "source", "cell_type", "germ_layer", *LINKS]


class SourceTraitSerializer(StatementSerializer):
    class Meta:
        model = SourceTrait
        fields = [
            *STATEMENT_FIELDS, "source", "aspect", "relation", "comparator",
            "quantity", "quantity_sign", "quantity_unit", *LINKS,
        ]  # fmt: skip


class IdentityCriterionSerializer(StatementSerializer):
    class Meta:
        model = IdentityCriterion
        fields = [
            *STATEMENT_FIELDS, "name", "authority", "positive_markers", "negative_markers",
            "culture", "differentiation", *LINKS,
        ]  # fmt: skip
