"""Trials, indications and statistics in the API."""

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any

from django.db.models import TextChoices
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.models import Evidence
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
    Donor,
    DoseUnit,
    Indication,
    OutcomeMeasure,
    Phase,
    RecruitmentStatus,
    StudyType,
    Trial,
    TrialConflict,
    TrialRecord,
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


def nothing_in(field: serializers.Field) -> Any:
    """What a field shows of a row that nobody has said anything of."""
    if isinstance(field, serializers.ListField | serializers.ListSerializer):
        return []
    is_text = isinstance(
        field, serializers.CharField | serializers.ChoiceField | serializers.SlugRelatedField
    )
    return "" if is_text else None


def of_record(field: type[serializers.Field], name: str, **kwargs: Any) -> Any:
    """A field of the registry's record, empty where there is none."""
    return field(source=f"record.{name}", read_only=True, **kwargs)


def choice_of_record(choices: type[TextChoices], name: str) -> Any:
    return of_record(serializers.ChoiceField, name, choices=choices.choices, allow_blank=True, default="")


class TrialSerializer(DisputableSerializer):
    """A trial of a document with what a registry says of it, or a registry's record alone.

    Of a record alone the fields that only a document fills are empty: "", null or [].
    """

    kind = serializers.ChoiceField(  # type: ignore[assignment]  # of the two
        choices=[Trial.kind, TrialRecord.kind], read_only=True
    )
    evidence = serializers.ChoiceField(choices=Evidence.choices, allow_blank=True, read_only=True)
    donor = serializers.ChoiceField(choices=Donor.choices, allow_blank=True, read_only=True)
    doses = DoseSerializer(many=True, read_only=True)
    curated = serializers.BooleanField(read_only=True, help_text="Is it a statement of a document?")
    title = of_record(serializers.CharField, "title", default="")
    official_title = of_record(serializers.CharField, "official_title", default="")
    study_type = choice_of_record(StudyType, "study_type")
    status = choice_of_record(RecruitmentStatus, "status")
    phase = choice_of_record(Phase, "phase")
    enrolment = of_record(serializers.IntegerField, "enrolment", default=None, allow_null=True)
    start_date = of_record(serializers.DateField, "start_date", default=None, allow_null=True)
    completion_date = of_record(serializers.DateField, "completion_date", default=None, allow_null=True)
    first_posted = of_record(serializers.DateField, "first_posted", default=None, allow_null=True)
    last_updated = of_record(serializers.DateField, "last_updated", default=None, allow_null=True)
    countries = of_record(serializers.ListField, "countries", default=[], child=serializers.CharField())
    sponsor = of_record(serializers.CharField, "sponsor", default="")
    registry_conditions = of_record(
        serializers.ListField, "registry_conditions", default=[], child=serializers.CharField()
    )
    registry_interventions = of_record(
        serializers.ListField, "registry_interventions", default=[], child=serializers.CharField()
    )

    class Meta:
        model = Trial
        fields = [
            *STATEMENT_FIELDS, "registry_id", "conditions", "source", "donor", "doses",
            "dose_cells_min", "dose_cells_max", "dose_cells_per_kg_min", "dose_cells_per_kg_max",
            "number_of_doses", "interval", "interval_unit", "routes", "outcome", "efficacy", "outcome_measures",
            "adverse_events", "curated", "conflicts_with", "title", "status", "phase", "enrolment", "start_date",
            "completion_date", "countries", "sponsor", "official_title", "study_type", "first_posted",
            "last_updated", "registry_conditions", "registry_interventions", *LINKS,
        ]  # fmt: skip

    def show(self, rows: Iterable) -> list[dict[str, Any]]:
        """Trials, and after them records."""
        rows = list(rows)
        records = [row for row in rows if isinstance(row, TrialRecord)]
        shown = super().show([row for row in rows if isinstance(row, Trial)])
        return shown + [{name: get(row) for name, get in self.record_getters.items()} for row in records]

    @cached_property
    def record_getters(self) -> dict[str, Callable[[TrialRecord], Any]]:
        return {name: self.record_getter(name) for name in self.getters}

    def record_getter(self, name: str) -> Callable[[TrialRecord], Any]:
        field = self.built_fields()[name]
        if isinstance(field, serializers.SerializerMethodField):
            return getattr(self, field.method_name)
        own = str(field.source).removeprefix("record.")
        if own != field.source or own in ("registry_id", "kind", "curated"):
            return self.reader(own)
        return lambda record: nothing_in(field)

    def get_conflicts_with(self, row: Trial | TrialRecord) -> list[dict[str, str]]:
        return [] if isinstance(row, TrialRecord) else super().get_conflicts_with(row)

    def get_api_url(self, row: Trial | TrialRecord) -> str:
        return (
            f"{self.api_list}{row.registry_id}/" if isinstance(row, TrialRecord) else super().get_api_url(row)
        )


@extend_schema_field(str | int | list[str] | None)  # type: ignore[arg-type]  # unions are understood, too
class RegistryValueField(serializers.JSONField):
    """A value as a registry's record holds it."""


class FieldChangeSerializer(ReadSerializer):
    """A field whose value is another one than in the version before; null is nothing."""

    field = serializers.CharField()
    before = RegistryValueField()
    after = RegistryValueField()


class TrialRecordVersionSerializer(ReadSerializer):
    """A state in which a registry's record was imported."""

    number = serializers.IntegerField(
        help_text="From 1, in the order in which the states were first imported."
    )
    imported_at = serializers.DateTimeField()
    last_updated = serializers.DateField(allow_null=True, help_text="When the registry posted this state.")
    shown = serializers.BooleanField(help_text="Is it the state that the record is in?")
    changes = FieldChangeSerializer(
        many=True, help_text="What differs from the version before, field by field."
    )


class TrialDetailSerializer(TrialSerializer):
    """The same with the versions of the registry's record."""

    versions = serializers.SerializerMethodField()

    class Meta(TrialSerializer.Meta):
        fields = [*TrialSerializer.Meta.fields[:-2], "versions", *LINKS]

    @extend_schema_field(TrialRecordVersionSerializer(many=True))
    def get_versions(self, row: Trial | TrialRecord) -> list[dict[str, Any]]:
        """The versions of the record, the newest first."""
        record = row if isinstance(row, TrialRecord) else row.record
        return TrialRecordVersionSerializer().show(record.compared_versions()) if record else []


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
