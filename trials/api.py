"""The endpoints of trials, indications and statistics."""

from core.rest.viewsets import ENTITY_ORDER, STATEMENT_ORDER, ListOnlyViewSet, ResourceViewSet
from trials import filters, serializers
from trials.models import (
    AdministrationRoute,
    AdverseEvent,
    Indication,
    OutcomeMeasure,
    Trial,
    TrialConflict,
    TrialStatistic,
)


class AdministrationRouteViewSet(ResourceViewSet):
    """Ways in which cells are given."""

    queryset = AdministrationRoute.objects.with_named("broader")
    serializer_class = serializers.AdministrationRouteSerializer
    ordering_fields = ENTITY_ORDER


class AdverseEventViewSet(ResourceViewSet):
    """Unwanted effects recorded in trials."""

    queryset = AdverseEvent.objects.all()
    serializer_class = serializers.AdverseEventSerializer
    ordering_fields = ENTITY_ORDER


class OutcomeMeasureViewSet(ResourceViewSet):
    """What trials measured."""

    queryset = OutcomeMeasure.objects.all()
    serializer_class = serializers.OutcomeMeasureSerializer
    ordering_fields = ENTITY_ORDER


class TrialViewSet(ResourceViewSet):
    """Clinical trials of MSCs with cells, dose, route and outcome as reported. A blank is not stated.

    Found by accession or registry id.
    """

    queryset = Trial.objects.with_links()
    serializer_class = serializers.TrialSerializer
    filterset_class = filters.TrialFilter
    ordering_fields = STATEMENT_ORDER | {
        "registry_id": "registry_id", "source": "source__slug", "donor": "donor", "outcome": "outcome",
        "dose_cells": "dose_cells_max", "dose_cells_per_kg": "dose_cells_per_kg_max",
        "start_date": "record__start_date", "enrolment": "record__enrolment",
    }  # fmt: skip

    def get_object(self):
        registered = self.get_queryset().filter(registry_id=self.kwargs[self.lookup_field]).first()
        return registered or super().get_object()


class TrialConflictViewSet(ListOnlyViewSet):
    """Pairs of trials in one condition whose outcomes pull apart."""

    queryset = TrialConflict.objects.select_related("trial", "other")
    serializer_class = serializers.TrialConflictSerializer
    filterset_class = filters.TrialConflictFilter
    ordering_fields = {"topic": "topic", "kind": "kind"}


class IndicationViewSet(ResourceViewSet):
    """Conditions named as treated with MSCs, or studied for it."""

    queryset = Indication.objects.with_provenance().with_named("condition")
    serializer_class = serializers.IndicationSerializer
    filterset_class = filters.IndicationFilter
    ordering_fields = STATEMENT_ORDER | {"condition": "condition__slug"}


class TrialStatisticViewSet(ResourceViewSet):
    """Figures about trials and publications. Each says what it counts, and out of how many."""

    queryset = TrialStatistic.objects.with_provenance().with_named("source", "condition")
    serializer_class = serializers.TrialStatisticSerializer
    filterset_class = filters.TrialStatisticFilter
    ordering_fields = STATEMENT_ORDER | {"value": "value", "unit": "unit"}
