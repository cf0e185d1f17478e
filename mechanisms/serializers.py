"""Mechanisms, claims and what they speak of, in the API."""

from core.rest.serializers import (
    ENTITY_FIELDS,
    LINKS,
    STATEMENT_FIELDS,
    ConflictSerializer,
    DisputableSerializer,
    EntitySerializer,
    StatementSerializer,
)
from mechanisms.models import BiologicalProcess, Claim, ClaimConflict, Mechanism, Pathway, VesicleClass


class MechanismSerializer(EntitySerializer):
    class Meta:
        model = Mechanism
        fields = [*ENTITY_FIELDS, "kind", "broader", "order", "summary", *LINKS]


class PathwaySerializer(EntitySerializer):
    class Meta:
        model = Pathway
        fields = [*ENTITY_FIELDS, *LINKS]


class ProcessSerializer(EntitySerializer):
    class Meta:
        model = BiologicalProcess
        fields = [*ENTITY_FIELDS, "broader", *LINKS]


class ClaimSerializer(DisputableSerializer):
    class Meta:
        model = Claim
        fields = [
            *STATEMENT_FIELDS, "actor", "preparation", "source", "modification", "modulators", "mechanism", "mediators",
            "targets", "regulated", "pathways", "direction", "process", "conditions", "organisms", "conflicts_with",
            *LINKS,
        ]  # fmt: skip


class ClaimConflictSerializer(ConflictSerializer):
    class Meta:
        model = ClaimConflict
        fields = ["topic", "kind", "why", "claim", "other"]


class VesicleClassSerializer(StatementSerializer, EntitySerializer):
    class Meta:
        model = VesicleClass
        fields = [
            "slug", "name", "synonyms", "xrefs", "xrefs_match", "other_names", *STATEMENT_FIELDS, "broader",
            "size_min_nm", "size_max_nm", "biogenesis", "markers", *LINKS,
        ]  # fmt: skip
