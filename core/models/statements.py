"""What documents say: statements with their provenance, and pairs of statements in conflict."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse

from core.models.choices import ChoiceField
from core.models.entities import Searched
from core.models.natural_keys import NaturalKeyModel
from core.querysets import ConflictQuerySet, PublishedManager, StatementQuerySet, linked_model


class Evidence(models.TextChoices):
    CLINICAL = "clinical", "Clinical"
    ANIMAL = "animal", "Animal"
    IN_VITRO = "in-vitro", "In vitro"
    EX_VIVO = "ex-vivo", "Ex vivo"
    NOT_STATED = "not-stated", "Not stated"


class Sign(models.TextChoices):
    """How a figure is meant: as given, or as a bound."""

    EQUAL = "=", "="
    MORE = ">", ">"
    LESS = "<", "<"


class Statement(Searched, NaturalKeyModel):
    """One assertion of the document, in our own words, with its place and what it rests on.

    `kind` names the sort of statement in the API, `accession_prefix` opens its permanent
    accession. An accession is never reused: see `RetiredAccession`.
    """

    class CurationStatus(models.TextChoices):
        PUBLISHED = "published", "Published"
        DRAFT = "draft", "Draft"

    kind: ClassVar[str]
    accession_prefix: ClassVar[str]
    natural_key_fields = ("accession",)
    lookup_field: ClassVar[str] = "accession"

    accession = models.CharField(max_length=16, unique=True)
    text = models.CharField(max_length=300, help_text="One sentence, in our own words.")
    section = models.ForeignKey("core.Section", models.PROTECT, related_name="%(class)ss")
    references = models.ManyToManyField("core.Reference", blank=True, related_name="%(class)ss")
    evidence = ChoiceField(max_length=12, choices=Evidence, default=Evidence.NOT_STATED)
    curator_note = models.CharField(
        max_length=500, blank=True,
        help_text="Where the printed wording was corrected, is ambiguous, or is cited elsewhere.",
    )  # fmt: skip
    # Not called `status`: marker expressions and trials have a status of their own.
    curation_status = ChoiceField(max_length=10, choices=CurationStatus, default=CurationStatus.PUBLISHED)

    objects = PublishedManager.from_queryset(StatementQuerySet)()
    with_drafts = StatementQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["accession"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="%(class)s_text_given"),
            models.CheckConstraint(
                condition=Q(accession__regex=r"^MSC-[A-Z]{2}-[0-9]{4,6}$"), name="%(class)s_accession_form"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.accession}: {self.text}"

    def clean(self) -> None:
        prefix = f"{self.accession_prefix}-"
        if not self.accession.startswith(prefix):
            raise ValidationError({"accession": f"must start with {prefix}"})

    @property
    def is_published(self) -> bool:
        return self.curation_status == self.CurationStatus.PUBLISHED

    def get_absolute_url(self) -> str:
        return reverse(f"{self._meta.model_name}-detail", args=[self.accession])


class Conflict(NaturalKeyModel):
    """Two statements of one kind that pull apart. Concrete models name the two, which are their natural key."""

    class Kind(models.TextChoices):
        CONTEXT_DEPENDENT = "context-dependent", "Context-dependent"
        UNRESOLVED = "unresolved", "Unresolved"

    kind = ChoiceField(max_length=20, choices=Kind)
    topic = models.CharField(max_length=120, help_text="What the two disagree about.")
    why = models.CharField(max_length=300, help_text="The condition that explains it, or what is open.")

    objects = PublishedManager.from_queryset(ConflictQuerySet)()
    with_drafts = ConflictQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=~Q(topic=""), name="%(class)s_topic_given"),
            models.CheckConstraint(condition=~Q(why=""), name="%(class)s_why_given"),
        ]

    def clean(self) -> None:
        if all(getattr(self, f"{name}_id") for name in self.natural_key_fields):
            lower, higher = map(str, self.natural_key())
            if lower >= higher:
                raise ValidationError({"other": "must have the higher accession, so that a pair stands once"})

    @classmethod
    def statement_model(cls) -> type[Statement]:
        """The kind of statement that the two are."""
        model = linked_model(cls._meta.get_field(cls.natural_key_fields[0]))
        assert issubclass(model, Statement)
        return model

    def __str__(self) -> str:
        return f"{self.topic} ({self.get_kind_display().lower()})"
