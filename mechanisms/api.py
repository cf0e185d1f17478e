"""The endpoints of mechanisms and claims."""

from core.rest.viewsets import ENTITY_ORDER, STATEMENT_ORDER, ListOnlyViewSet, ResourceViewSet
from mechanisms import filters, serializers
from mechanisms.models import BiologicalProcess, Claim, ClaimConflict, Mechanism, Pathway, VesicleClass


class MechanismViewSet(ResourceViewSet):
    """How MSCs act, with what strengthens them (strategies) and what holds them back (limitations)."""

    queryset = Mechanism.objects.with_named("broader")
    serializer_class = serializers.MechanismSerializer
    filterset_class = filters.MechanismFilter
    ordering_fields = ENTITY_ORDER | {"order": "order"}


class PathwayViewSet(ResourceViewSet):
    """Signalling and metabolic pathways along which MSCs are reported to act."""

    queryset = Pathway.objects.all()
    serializer_class = serializers.PathwaySerializer
    filterset_class = filters.PathwayFilter
    ordering_fields = ENTITY_ORDER


class ProcessViewSet(ResourceViewSet):
    """Processes, functions and cell behaviours: what is raised, lowered or otherwise changed."""

    queryset = BiologicalProcess.objects.with_named("broader")
    serializer_class = serializers.ProcessSerializer
    filterset_class = filters.ProcessFilter
    ordering_fields = ENTITY_ORDER


class ClaimViewSet(ResourceViewSet):
    """Single assertions on how MSCs act. Each can be filtered by what it says."""

    queryset = Claim.objects.with_slots()
    serializer_class = serializers.ClaimSerializer
    filterset_class = filters.ClaimFilter
    ordering_fields = STATEMENT_ORDER | {
        "mechanism": "mechanism__order", "process": "process__slug", "direction": "direction",
        "preparation": "preparation",
    }  # fmt: skip


class ClaimConflictViewSet(ListOnlyViewSet):
    """Pairs of claims that pull apart, with the kind of conflict and why."""

    queryset = ClaimConflict.objects.select_related("claim", "other")
    serializer_class = serializers.ClaimConflictSerializer
    filterset_class = filters.ClaimConflictFilter
    ordering_fields = {"topic": "topic", "kind": "kind"}


class VesicleClassViewSet(ResourceViewSet):
    """Classes of extracellular vesicles, with sizes in nanometres, origin and markers as printed."""

    queryset = VesicleClass.objects.with_provenance().with_named("broader")
    serializer_class = serializers.VesicleClassSerializer
    filterset_class = filters.VesicleClassFilter
    ordering_fields = (
        STATEMENT_ORDER | ENTITY_ORDER | {"size_min_nm": "size_min_nm", "size_max_nm": "size_max_nm"}
    )
