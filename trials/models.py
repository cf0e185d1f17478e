"""Clinical trials of MSCs, what MSCs are indicated for, and figures about trials."""

from typing import ClassVar, NamedTuple

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from catalog.models import Condition, TissueSource
from core.models import Conflict, Entity, Searched, Sign, Statement, TreeEntity
from core.models.choices import ChoiceField
from core.querysets import PublishedManager
from trials.querysets import DOSE_COLUMNS, TrialQuerySet, TrialRecordQuerySet


class AdministrationRoute(TreeEntity):
    """A way in which cells are given; into a named artery is narrower than intra-arterial."""


class AdverseEvent(Entity):
    """An unwanted effect recorded in a trial."""


class OutcomeMeasure(Entity):
    """What a trial measured."""


class Donor(models.TextChoices):
    AUTOLOGOUS = "autologous", "Autologous"
    ALLOGENEIC = "allogeneic", "Allogeneic"
    NOT_STATED = "not-stated", "Not stated"


class DoseUnit(models.TextChoices):
    CELLS = "cells", "cells"
    CELLS_PER_KG = "cells/kg", "cells/kg"


def _range_is_ordered(unit: str) -> models.CheckConstraint:
    low, high = f"dose_{unit}_min", f"dose_{unit}_max"
    return models.CheckConstraint(
        condition=Q(**{f"{low}__isnull": True, f"{high}__isnull": True}) | Q(**{f"{low}__lte": F(high)}),
        name=f"trial_dose_{unit}_ordered",
    )


def validate_texts(value: object) -> None:
    """A list of non-empty strings."""
    if not isinstance(value, list) or not all(isinstance(text, str) and text.strip() for text in value):
        raise ValidationError("must be a list of non-empty strings")


is_registry_id = RegexValidator(r"^NCT\d{8}$", "must be NCT and eight digits")


class Registry(models.TextChoices):
    CLINICALTRIALS_GOV = "clinicaltrials.gov", "ClinicalTrials.gov"


class RecruitmentStatus(models.TextChoices):
    """Values as ClinicalTrials.gov codes them; so are those of the next two."""

    NOT_YET_RECRUITING = "NOT_YET_RECRUITING", "Not yet recruiting"
    RECRUITING = "RECRUITING", "Recruiting"
    ENROLLING_BY_INVITATION = "ENROLLING_BY_INVITATION", "Enrolling by invitation"
    ACTIVE_NOT_RECRUITING = "ACTIVE_NOT_RECRUITING", "Active, not recruiting"
    COMPLETED = "COMPLETED", "Completed"
    SUSPENDED = "SUSPENDED", "Suspended"
    TERMINATED = "TERMINATED", "Terminated"
    WITHDRAWN = "WITHDRAWN", "Withdrawn"
    AVAILABLE = "AVAILABLE", "Available"
    NO_LONGER_AVAILABLE = "NO_LONGER_AVAILABLE", "No longer available"
    TEMPORARILY_NOT_AVAILABLE = "TEMPORARILY_NOT_AVAILABLE", "Temporarily not available"
    APPROVED_FOR_MARKETING = "APPROVED_FOR_MARKETING", "Approved for marketing"
    WITHHELD = "WITHHELD", "Withheld"
    UNKNOWN = "UNKNOWN", "Unknown"


class Phase(models.TextChoices):
    NOT_APPLICABLE = "NA", "Not applicable"
    EARLY_1 = "EARLY_PHASE1", "Early phase 1"
    ONE = "PHASE1", "Phase 1"
    ONE_TWO = "PHASE1/PHASE2", "Phase 1/2"
    TWO = "PHASE2", "Phase 2"
    TWO_THREE = "PHASE2/PHASE3", "Phase 2/3"
    THREE = "PHASE3", "Phase 3"
    FOUR = "PHASE4", "Phase 4"


class StudyType(models.TextChoices):
    INTERVENTIONAL = "INTERVENTIONAL", "Interventional"
    OBSERVATIONAL = "OBSERVATIONAL", "Observational"
    EXPANDED_ACCESS = "EXPANDED_ACCESS", "Expanded access"


class FieldChange(NamedTuple):
    """What one field of a registry's record was before and after; None is nothing."""

    field: str
    before: object
    after: object

    @property
    def label(self) -> str:
        return self.field.removeprefix("registry_").replace("_", " ")

    @property
    def texts(self) -> list[str]:
        """The value before and after as people read it."""
        labels = next((dict(f.flatchoices) for f in TrialRecord._meta.fields if f.name == self.field), {})
        lists = [value if isinstance(value, list) else [value] for value in (self.before, self.after)]
        return ["; ".join(str(labels.get(v, v)) for v in values if v is not None) for values in lists]


class TrialRecord(Searched):
    """A trial as a registry has it: what the registry says, and no statement of a document.

    A trial with the same registry id is linked whenever either is saved (`trials.actions`). Dates that the registry
    gives as a month are its first day. `digest` is that of the version which the columns show.
    """

    kind = "trial-record"
    lookup_field = "registry_id"
    curated = False
    searched_texts: ClassVar[tuple[str, ...]] = (
        "title", "official_title", "registry_conditions", "registry_interventions", "sponsor",
    )  # fmt: skip

    registry = ChoiceField(max_length=20, choices=Registry, default=Registry.CLINICALTRIALS_GOV)
    registry_id = models.CharField(max_length=11, unique=True, validators=[is_registry_id])
    title = models.CharField(max_length=600, blank=True, help_text="The registry's short title.")
    official_title = models.CharField(max_length=1000, blank=True)
    study_type = ChoiceField(max_length=20, choices=StudyType, blank=True)
    status = ChoiceField(max_length=30, choices=RecruitmentStatus, blank=True)
    phase = ChoiceField(max_length=20, choices=Phase, blank=True)
    enrolment = models.PositiveIntegerField(null=True, blank=True, help_text="Number of persons.")
    start_date = models.DateField(null=True, blank=True)
    completion_date = models.DateField(null=True, blank=True)
    first_posted = models.DateField(null=True, blank=True)
    last_updated = models.DateField(
        null=True, blank=True, help_text="When the registry last posted an update."
    )
    countries = models.JSONField(default=list, blank=True, validators=[validate_texts])
    sponsor = models.CharField(max_length=300, blank=True)
    registry_conditions = models.JSONField(
        default=list, blank=True, validators=[validate_texts], help_text="As the registry words them."
    )
    registry_interventions = models.JSONField(
        default=list, blank=True, validators=[validate_texts], help_text="As the registry words them."
    )
    digest = models.CharField(max_length=64, editable=False, help_text="SHA-256 of the version shown.")

    objects = TrialRecordQuerySet.as_manager()

    class Meta:
        ordering = ["registry_id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(registry_id__regex=r"^NCT[0-9]{8}$"), name="trialrecord_registry_id_form"
            ),
        ]
        indexes = [
            models.Index(fields=["status", "registry_id"], name="trialrecord_by_status"),
            models.Index(fields=["phase", "registry_id"], name="trialrecord_by_phase"),
            # Each order of a list, whole: a page is found in the index alone. PostgreSQL has two more (migration 0007).
            models.Index(fields=["registry_id", "id"], name="trialrecord_by_registry_id"),
            models.Index(fields=["start_date", "registry_id", "id"], name="trialrecord_in_order_of_start"),
            models.Index(fields=["enrolment", "registry_id", "id"], name="trialrecord_in_order_of_size"),
        ]

    def __str__(self) -> str:
        return f"{self.registry_id}: {self.title}" if self.title else self.registry_id

    def get_absolute_url(self) -> str:
        return reverse("trialrecord-detail", args=[self.registry_id])

    def compared_versions(self) -> list["TrialRecordVersion"]:
        """The versions, the newest first, each with its `changes` and whether it is `shown`."""
        versions = list(self.versions.order_by("number"))
        for before, version in zip([None, *versions], versions, strict=False):
            version.changes = version.changes_since(before) if before else []
            version.shown = version.digest == self.digest
        return versions[::-1]


class TrialRecordVersion(models.Model):
    """A state in which a record was imported: what the registry then said, in full.

    `number` counts the states of one record from 1. A state that comes back is not stored twice.
    """

    record = models.ForeignKey(TrialRecord, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    imported_at = models.DateTimeField(default=timezone.now)
    last_updated = models.DateField(null=True, blank=True, help_text="When the registry posted this state.")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the content.")
    content = models.JSONField(help_text="The fields as they were imported.")

    changes: list[FieldChange]  # both by `compared_versions`
    shown: bool

    class Meta:
        ordering = ["record", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["record", "digest"], name="trialrecordversion_once_a_state"),
            models.UniqueConstraint(fields=["record", "number"], name="trialrecordversion_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.content.get('registry_id', self.record_id)}, version {self.number}"

    def changes_since(self, before: "TrialRecordVersion") -> list[FieldChange]:
        """The fields whose values differ from those of another version, by name."""
        old, new = before.content, self.content
        return [FieldChange(n, old.get(n), new.get(n)) for n in sorted(old | new) if old.get(n) != new.get(n)]


class Dose(NamedTuple):
    """A stated dose, lowest to highest number of cells."""

    unit: str
    min: int
    max: int


class Trial(Statement):
    """A clinical trial or study in which MSCs were given, as a document reports it.

    Doses are numbers of cells at one administration, lowest to highest (equal where one value is
    given), absolute or for each kilogram of body weight; a trial may state both. `efficacy` stays
    close to the print. What a registry says of the trial stands in `record`, the record of `registry_id`, which is
    set when either of them is written.
    """

    class Outcome(models.TextChoices):
        IMPROVED = "improved", "Improved"
        POSITIVE_TREND = "positive-trend", "Positive trend"
        MIXED = "mixed", "Mixed"
        NO_EFFECT = "no-effect", "No effect"
        SAFETY_ONLY = "safety-only", "Safety only"

    class IntervalUnit(models.TextChoices):
        DAY = "day", "day"
        WEEK = "week", "week"
        MONTH = "month", "month"

    kind = "trial"
    curated = True
    accession_prefix = "MSC-TR"

    registry_id = models.CharField(
        max_length=11, null=True, blank=True, db_index=True, validators=[is_registry_id],
        help_text="As the document prints it.",
    )  # fmt: skip
    record = models.ForeignKey(
        TrialRecord, models.SET_NULL, verbose_name="registry record", null=True, blank=True, editable=False,
        related_name="trials",
    )  # fmt: skip
    conditions = models.ManyToManyField(Condition, related_name="trials")
    source = models.ForeignKey(TissueSource, models.PROTECT, null=True, blank=True, related_name="trials")
    donor = ChoiceField(max_length=10, choices=Donor, default=Donor.NOT_STATED)
    dose_cells_min = models.BigIntegerField("lowest dose, cells", null=True, blank=True)
    dose_cells_max = models.BigIntegerField("highest dose, cells", null=True, blank=True)
    dose_cells_per_kg_min = models.BigIntegerField("lowest dose, cells/kg", null=True, blank=True)
    dose_cells_per_kg_max = models.BigIntegerField("highest dose, cells/kg", null=True, blank=True)
    number_of_doses = models.PositiveSmallIntegerField(null=True, blank=True)
    interval = models.PositiveSmallIntegerField("interval between doses", null=True, blank=True)
    interval_unit = ChoiceField(max_length=5, choices=IntervalUnit, blank=True)
    routes = models.ManyToManyField(AdministrationRoute, blank=True, related_name="trials")
    outcome = ChoiceField("outcome class", max_length=14, choices=Outcome, blank=True)
    efficacy = models.CharField(max_length=300, blank=True, help_text="As printed, shortened.")
    outcome_measures = models.ManyToManyField(OutcomeMeasure, blank=True, related_name="trials")
    adverse_events = models.ManyToManyField(AdverseEvent, blank=True, related_name="trials")
    conflicts_with = models.ManyToManyField("self", through="TrialConflict", symmetrical=True, blank=True)

    # To mypy the managers that are made of two query sets have nothing in common.
    objects: ClassVar = PublishedManager.from_queryset(TrialQuerySet)()  # type: ignore[assignment]
    with_drafts: ClassVar = TrialQuerySet.as_manager()
    record_before: int | None = None  # while the trial is saved

    class Meta(Statement.Meta):
        constraints = [
            *Statement.Meta.constraints,
            _range_is_ordered("cells"),
            _range_is_ordered("cells_per_kg"),
            models.CheckConstraint(
                condition=Q(interval__isnull=True, interval_unit="")
                | (Q(interval__isnull=False) & ~Q(interval_unit="")),
                name="trial_interval_has_unit",
            ),
        ]

    def clean(self) -> None:
        super().clean()
        for unit in ("cells", "cells_per_kg"):
            low, high = getattr(self, f"dose_{unit}_min"), getattr(self, f"dose_{unit}_max")
            if (low is None) != (high is None):
                raise ValidationError(
                    {f"dose_{unit}_min": "give both ends of the range, equal for one value"}
                )

    @property
    def doses(self) -> list[Dose]:
        """The stated doses, the absolute one first."""
        stated = (
            Dose(unit, getattr(self, low), getattr(self, high)) for unit, (low, high) in DOSE_COLUMNS.items()
        )
        return [dose for dose in stated if dose.min is not None]


class TrialConflict(Conflict):
    """Two trials in one condition whose outcomes pull apart. Once a pair."""

    natural_key_fields = ("trial", "other")

    trial = models.ForeignKey(Trial, models.CASCADE, related_name="conflicts")
    other = models.ForeignKey(Trial, models.CASCADE, related_name="conflicts_as_other")

    publication_paths = ("trial__", "other__")

    class Meta(Conflict.Meta):
        ordering = ["topic", "trial__accession", "other__accession"]
        constraints = [
            *Conflict.Meta.constraints,
            models.UniqueConstraint(fields=["trial", "other"], name="trialconflict_once_a_pair"),
            models.CheckConstraint(condition=~Q(trial=F("other")), name="trialconflict_of_two"),
        ]


class Indication(Statement):
    """A condition that a document names as treated with MSCs, or studied for it."""

    class Basis(models.TextChoices):
        TREATED = "treated", "Named as treated with MSCs"
        STUDIED = "studied", "Named as studied for MSCs"

    kind = "indication"
    accession_prefix = "MSC-IN"

    condition = models.ForeignKey(Condition, models.PROTECT, related_name="indications")
    basis = ChoiceField(max_length=10, choices=Basis)

    class Meta(Statement.Meta):
        constraints = [
            *Statement.Meta.constraints,
            models.UniqueConstraint(fields=["condition", "section"], name="indication_once_a_section"),
        ]


class TrialStatistic(Statement):
    """A figure about trials or publications, with what it counts and out of how many.

    `value` is in `unit` (percent, trials, publications, patients, shares of `denominator`); `value_sign`
    says how it is meant: "=" as given, ">" more than, "<" less than.
    """

    class Unit(models.TextChoices):
        PERCENT = "percent", "percent"
        TRIALS = "trials", "trials"
        PUBLICATIONS = "publications", "publications"
        PATIENTS = "patients", "patients"

    kind = "trial-statistic"
    accession_prefix = "MSC-TS"

    measure = models.CharField(max_length=120, help_text="What is counted.")
    value = models.DecimalField(max_digits=10, decimal_places=2)
    value_sign = ChoiceField(max_length=1, default=Sign.EQUAL, choices=Sign)
    unit = ChoiceField(max_length=12, choices=Unit)
    population = models.CharField(max_length=200, help_text="Out of what it is counted.")
    denominator = models.PositiveIntegerField(null=True, blank=True)
    source = models.ForeignKey(
        TissueSource, models.PROTECT, null=True, blank=True, related_name="trial_statistics"
    )
    condition = models.ForeignKey(
        Condition, models.PROTECT, null=True, blank=True, related_name="trial_statistics"
    )
    period_start = models.PositiveSmallIntegerField("first year", null=True, blank=True)
    period_end = models.PositiveSmallIntegerField("last year", null=True, blank=True)
    as_of = models.DateField(null=True, blank=True)

    class Meta(Statement.Meta):
        constraints = [
            *Statement.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(unit="percent") | Q(value__gte=0, value__lte=100),
                name="trialstatistic_percent_range",
            ),
            models.CheckConstraint(
                condition=Q(period_start__isnull=True) | Q(period_start__lte=F("period_end")),
                name="trialstatistic_period_ordered",
            ),
        ]
