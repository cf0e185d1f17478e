"""Clinical trials of MSCs, what MSCs are indicated for, and figures about trials."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q

from catalog.models import Condition, TissueSource
from core.models import Conflict, Entity, Sign, Statement, TreeEntity
from core.models.choices import ChoiceField
from core.querysets import PublishedManager
from trials.querysets import DOSE_COLUMNS, TrialConflictQuerySet, TrialQuerySet


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


def _range_is_ordered(unit):
    low, high = f"dose_{unit}_min", f"dose_{unit}_max"
    return models.CheckConstraint(
        condition=Q(**{f"{low}__isnull": True, f"{high}__isnull": True}) | Q(**{f"{low}__lte": F(high)}),
        name=f"trial_dose_{unit}_ordered",
    )


class Trial(Statement):
    """A clinical trial or study in which MSCs were given.

    Doses are numbers of cells at one administration, lowest to highest (equal where one value is
    given), absolute or for each kilogram of body weight; a trial may state both. `efficacy` stays
    close to the print. The registry's own fields are blank until an import fills them.
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
    accession_prefix = "MSC-TR"
    folded_from = ("text", "registry_id", "efficacy", "title", "curator_note")
    imported_fields = (
        "title", "registry_status", "phase", "enrolment", "start_date", "completion_date", "countries", "sponsor",
    )  # fmt: skip

    registry_id = models.CharField(
        max_length=11, null=True, blank=True, unique=True,
        validators=[RegexValidator(r"^NCT\d{8}$", "must be NCT and eight digits")],
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
    curated = models.BooleanField(default=True, help_text="Encoded from a document, not only imported.")
    conflicts_with = models.ManyToManyField("self", through="TrialConflict", symmetrical=True, blank=True)

    title = models.CharField(max_length=600, blank=True)
    registry_status = models.CharField(max_length=30, blank=True)
    phase = models.CharField(max_length=30, blank=True)
    enrolment = models.PositiveIntegerField(null=True, blank=True)
    start_date = models.DateField(null=True, blank=True)
    completion_date = models.DateField(null=True, blank=True)
    countries = models.JSONField(default=list, blank=True)
    sponsor = models.CharField(max_length=300, blank=True)

    objects = PublishedManager.from_queryset(TrialQuerySet)()
    with_drafts = TrialQuerySet.as_manager()

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

    def clean(self):
        super().clean()
        for unit in ("cells", "cells_per_kg"):
            low, high = getattr(self, f"dose_{unit}_min"), getattr(self, f"dose_{unit}_max")
            if (low is None) != (high is None):
                raise ValidationError(
                    {f"dose_{unit}_min": "give both ends of the range, equal for one value"}
                )

    @property
    def doses(self):
        """The stated doses as [{unit, min, max}], absolute first."""
        stated = (
            (unit, getattr(self, low), getattr(self, high)) for unit, (low, high) in DOSE_COLUMNS.items()
        )
        return [{"unit": unit, "min": low, "max": high} for unit, low, high in stated if low is not None]


class TrialConflict(Conflict):
    """Two trials in one condition whose outcomes pull apart. Once a pair."""

    natural_key_fields = ("trial", "other")

    trial = models.ForeignKey(Trial, models.CASCADE, related_name="conflicts")
    other = models.ForeignKey(Trial, models.CASCADE, related_name="conflicts_as_other")

    publication_paths = ("trial__", "other__")

    objects = PublishedManager.from_queryset(TrialConflictQuerySet)()
    with_drafts = TrialConflictQuerySet.as_manager()

    class Meta(Conflict.Meta):
        ordering = ["topic", "trial__accession", "other__accession"]
        constraints = [
            *Conflict.Meta.constraints,
            models.UniqueConstraint(fields=["trial", "other"], name="trialconflict_once_a_pair"),
            models.CheckConstraint(condition=~Q(trial=F("other")), name="trialconflict_of_two"),
        ]

    @property
    def sides(self):
        return [self.trial, self.other]

    def natural_key(self):
        return (self.trial.accession, self.other.accession)

    natural_key.dependencies = ["trials.trial"]

    def clean(self):
        if self.trial_id and self.other_id and self.trial.accession >= self.other.accession:
            raise ValidationError({"other": "must have the higher accession, so that a pair stands once"})


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
    folded_from = ("text", "measure", "population", "curator_note")

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
