"""The endpoints of trials, indications and statistics."""

import re
from collections.abc import Iterable
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from rest_framework import exceptions
from rest_framework.request import Request

from core.rest.entity_filters import EntityFilterSet
from core.rest.ordering import Orders, total_order
from core.rest.serializers import names_in
from core.rest.viewsets import ENTITY_ORDER, STATEMENT_ORDER, ListOnlyViewSet, ResourceViewSet
from core.rows import ChainedRows
from trials import filters, serializers
from trials.models import (
    AdministrationRoute,
    AdverseEvent,
    Indication,
    OutcomeMeasure,
    Trial,
    TrialConflict,
    TrialRecord,
    TrialStatistic,
    is_registry_id,
)


class AdministrationRouteViewSet(ResourceViewSet):
    """Ways in which cells are given."""

    queryset = AdministrationRoute.objects.with_named("broader")
    serializer_class = serializers.AdministrationRouteSerializer
    filterset_class = EntityFilterSet
    ordering_fields = ENTITY_ORDER


class AdverseEventViewSet(ResourceViewSet):
    """Unwanted effects recorded in trials."""

    queryset = AdverseEvent.objects.all()
    serializer_class = serializers.AdverseEventSerializer
    filterset_class = EntityFilterSet
    ordering_fields = ENTITY_ORDER


class OutcomeMeasureViewSet(ResourceViewSet):
    """What trials measured."""

    queryset = OutcomeMeasure.objects.all()
    serializer_class = serializers.OutcomeMeasureSerializer
    filterset_class = EntityFilterSet
    ordering_fields = ENTITY_ORDER


class TrialViewSet(ResourceViewSet):
    """Clinical trials of MSCs with cells, dose, route and outcome as reported, then records of registries.

    A blank is not stated. Found by accession or registry id.
    """

    queryset = Trial.objects.with_links()
    serializer_class = serializers.TrialSerializer
    filterset_class = filters.TrialFilter
    ordering_fields = STATEMENT_ORDER | {
        "registry_id": "registry_id", "source": "source__slug", "donor": "donor", "outcome": "outcome",
        "dose_cells": "dose_cells_max", "dose_cells_per_kg": "dose_cells_per_kg_max",
        "start_date": "record__start_date", "enrolment": "record__enrolment",
    }  # fmt: skip
    # The same orders among records; what they do not hold leaves them as they are.
    record_ordering_fields: Orders = {
        "registry_id": "registry_id", "start_date": "start_date", "enrolment": "enrolment",
    }  # fmt: skip

    def get_serializer_class(self) -> type[serializers.TrialSerializer]:
        return serializers.TrialDetailSerializer if self.action == "retrieve" else self.serializer_class

    def rows(self) -> ChainedRows:
        trials = self.filter_queryset(self.get_queryset())
        return self.with_records(trials, self.filterset, self.request.query_params.getlist("ordering"))

    @classmethod
    def with_records(
        cls, trials: QuerySet[Trial], filterset: filters.TrialFilter, asked: Iterable[str]
    ) -> ChainedRows:
        """Trials in order, and after them the records that pass the same filters, in the same order."""
        known = [name for name in names_in(asked) if name.removeprefix("-") in cls.record_ordering_fields]
        records = filterset.records()
        return ChainedRows(trials, records.order_by(*total_order(known, records, cls.record_ordering_fields)))

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        ident = self.kwargs[self.lookup_field]
        if ident != ident.upper() and self.find(ident.upper()):
            address = reverse("api-trial-detail", kwargs=kwargs | {self.lookup_field: ident.upper()})
            query = request.query_params.urlencode()
            return redirect(f"{address}?{query}" if query else address, permanent=True)
        return super().retrieve(request, *args, **kwargs)

    def get_object(self) -> Model:
        return self.find(self.kwargs[self.lookup_field]) or super().get_object()

    def find(self, ident: str) -> Trial | TrialRecord | None:
        """The trial of this accession or registry id, or the record of this registry id if no trial has it."""
        trials = self.get_queryset().filter(Q(accession=ident) | Q(registry_id=ident)).order_by("accession")
        return trials.first() or TrialRecord.objects.filter(registry_id=ident).first()

    def missing(self, ident: str) -> exceptions.APIException:
        if re.match(is_registry_id.regex, ident):
            return exceptions.NotFound(f"There is no trial '{ident}'.{filters.nearest_registry_id(ident)}")
        return super().missing(ident)


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
