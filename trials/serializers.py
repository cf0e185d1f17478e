"""Trials, indications and statistics in the API."""

from rest_framework import serializers

from core.rest.serializers import (
    ENTITY_FIELDS,
    LINKS,
    STATEMENT_FIELDS,
    ConflictSerializer,
    DisputableSerializer,
    EntitySerializer,
    ReadSerializer,
    StatementSerializer,
)
from trials.models import (
    AdministrationRoute,
    AdverseEvent,
    DoseUnit,
    Indication,
    OutcomeMeasure,
    Trial,
    TrialConflict,
    TrialStatistic,
)


class DoseSerializer(ReadSerializer):
    """One stated dose, lowest to highest number of cells."""

    unit = serializers.ChoiceField(choices=DoseUnit.values)
    min = serializers.IntegerField()
    max = serializers.IntegerField()


class AdministrationRouteSerializer(EntitySerializer):
    class Meta:
        model = AdministrationRoute
        fields = [*ENTITY_FIELDS, "broader", *LINKS]


class AdverseEventSerializer(EntitySerializer):
    class Meta:
        model = AdverseEvent
        fields = [*ENTITY_FIELDS, *LINKS]


class OutcomeMeasureSerializer(EntitySerializer):
    class Meta:
        model = OutcomeMeasure
        fields = [*ENTITY_FIELDS, *LINKS]


class TrialSerializer(DisputableSerializer):
    doses = DoseSerializer(many=True, read_only=True)
    curated = serializers.BooleanField(default=True, read_only=True)
    title = serializers.CharField(source="record.title", default="", read_only=True)
    status = serializers.CharField(source="record.status", default="", read_only=True)
    phase = serializers.CharField(source="record.phase", default="", read_only=True)
    enrolment = serializers.IntegerField(
        source="record.enrolment", default=None, allow_null=True, read_only=True
    )
    start_date = serializers.DateField(
        source="record.start_date", default=None, allow_null=True, read_only=True
    )
    completion_date = serializers.DateField(
        source="record.completion_date", default=None, allow_null=True, read_only=True
    )
    countries = serializers.ListField(
        source="record.countries", default=[], child=serializers.CharField(), read_only=True
    )
    sponsor = serializers.CharField(source="record.sponsor", default="", read_only=True)

    class Meta:
        model = Trial
        fields = [
            *STATEMENT_FIELDS, "registry_id", "conditions", "source", "donor", "doses",
            "dose_cells_min", "dose_cells_max", "dose_cells_per_kg_min", "dose_cells_per_kg_max",
            "number_of_doses", "interval", "interval_unit", "routes", "outcome", "efficacy", "outcome_measures",
            "adverse_events", "curated", "conflicts_with", "title", "status", "phase", "enrolment", "start_date",
            "completion_date", "countries", "sponsor", *LINKS,
        ]  # fmt: skip


class TrialConflictSerializer(ConflictSerializer):
    class Meta:
        model = TrialConflict
        fields = ["topic", "kind", "why", "trial", "other"]


class IndicationSerializer(StatementSerializer):
    class Meta:
        model = Indication
        fields = [*STATEMENT_FIELDS, "condition", "basis", *LINKS]


class TrialStatisticSerializer(StatementSerializer):
    class Meta:
        model = TrialStatistic
        fields = [
            *STATEMENT_FIELDS, "measure", "value", "value_sign", "unit", "population", "denominator", "source",
            "condition", "period_start", "period_end", "as_of", *LINKS,
        ]  # fmt: skip
