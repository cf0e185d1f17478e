"""What every part of the knowledge base shares: the document, its references, and provenance.

Two abstract models carry the rest. An `Entity` is a thing with a name (a molecule, a tissue); a
`Statement` is something that the document says about things, with its place and its references.
"""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import cached_property

from core.querysets import (
    EntityQuerySet,
    PublishedManager,
    ReferenceQuerySet,
    StatementQuerySet,
    TreeQuerySet,
)
from core.text import SLUG_PATTERN, fold

XREF_KEYS = {"curie", "label", "match"}
XREF_MATCHES = {"exact", "close", "broad"}


def validate_synonyms(value):
    """A list of distinct, non-empty strings."""
    if not isinstance(value, list) or not all(isinstance(v, str) and v.strip() for v in value):
        raise ValidationError("must be a list of non-empty strings")
    if len(set(value)) != len(value):
        raise ValidationError("names the same synonym twice")


def validate_xrefs(value):
    """A list of {curie, label, match}: a CURIE, its official label, exact, close or broad."""
    if not isinstance(value, list):
        raise ValidationError("must be a list of cross references")
    for xref in value:
        if not isinstance(xref, dict) or set(xref) != XREF_KEYS:
            raise ValidationError(f"{xref!r} must have exactly the keys curie, label, match")
        if not all(isinstance(part, str) and part for part in xref.values()):
            raise ValidationError(f"{xref!r} must hold non-empty strings")
        if ":" not in xref["curie"]:
            raise ValidationError(f"{xref['curie']!r} is not a CURIE (prefix:identifier)")
        if xref["match"] not in XREF_MATCHES:
            raise ValidationError(f"{xref['match']!r} is not one of exact, close, broad")


class Folded(models.Model):
    """A row that carries a folded copy of its searchable text, for `q` filters."""

    folded_from = ("name",)

    folded = models.TextField(editable=False, blank=True, default="")

    class Meta:
        abstract = True

    def fold_text(self):
        """Recompute `folded`; a signal calls it before every save, raw ones included."""
        parts = []
        for name in self.folded_from:
            value = getattr(self, name)
            parts.extend(value if isinstance(value, list) else [value])
        self.folded = " | ".join(fold(part) for part in parts if part)


class Document(models.Model):
    """A publication whose statements are encoded here."""

    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=300)
    authors = models.CharField(max_length=300)
    journal = models.CharField(max_length=120)
    year = models.PositiveSmallIntegerField()
    volume = models.CharField(max_length=20, blank=True)
    pages = models.CharField(max_length=20, blank=True)
    doi = models.CharField("DOI", max_length=120, blank=True)
    pmid = models.CharField("PubMed id", max_length=12, blank=True)
    pmcid = models.CharField("PubMed Central id", max_length=16, blank=True)

    objects = EntityQuerySet.as_manager()

    class Meta:
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(condition=Q(slug__regex=SLUG_PATTERN), name="document_slug_kebab")
        ]

    def __str__(self):
        return self.title

    def natural_key(self):
        return (self.slug,)

    def get_absolute_url(self):
        return reverse("document-detail", args=[self.slug])


class Section(models.Model):
    """A section, table or figure of a document, in reading order."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="sections")
    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=200)
    order = models.PositiveSmallIntegerField(help_text="Place in the document, from 1.")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="subsections")

    objects = EntityQuerySet.as_manager()

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["document", "order"], name="section_order_once_a_document"),
            models.CheckConstraint(condition=Q(slug__regex=SLUG_PATTERN), name="section_slug_kebab"),
        ]

    def __str__(self):
        return self.title

    def natural_key(self):
        return (self.slug,)

    natural_key.dependencies = ["core.document"]

    def get_absolute_url(self):
        return reverse("section-detail", args=[self.slug])


def reference_label(number, authors, year):
    """How a reference is named in lists: first author and year once known, else its number."""
    return f"{authors.split(',')[0].strip()} {year}" if authors and year else f"Reference {number}"


class Reference(models.Model):
    """A work that the document cites, by its number there.

    The bibliographic fields are blank until an import fills them: they are never guessed.
    """

    imported_fields = ("authors", "title", "journal", "year", "doi", "pmid")

    document = models.ForeignKey(Document, models.PROTECT, related_name="references")
    number = models.PositiveSmallIntegerField()
    authors = models.CharField(max_length=2000, blank=True)
    title = models.CharField(max_length=600, blank=True)
    journal = models.CharField(max_length=200, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    doi = models.CharField("DOI", max_length=200, blank=True)
    pmid = models.CharField("PubMed id", max_length=12, blank=True)

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        ordering = ["number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="reference_number_once_a_document"),
            models.CheckConstraint(condition=Q(number__gte=1), name="reference_number_from_1"),
        ]

    def __str__(self):
        return self.label

    def natural_key(self):
        return (self.document.slug, self.number)

    natural_key.dependencies = ["core.document"]

    @property
    def label(self) -> str:
        return reference_label(self.number, self.authors, self.year)

    def get_absolute_url(self):
        return reverse("reference-detail", args=[self.number])


class Entity(Folded):
    """A thing of the field with a name: its slug is its key in URLs, fixtures and the API."""

    folded_from = ("name", "synonyms")

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=120)
    synonyms = models.JSONField(
        default=list, blank=True, validators=[validate_synonyms],
        help_text="Other spellings, abbreviations and gene symbols of the same thing.",
    )  # fmt: skip
    xrefs = models.JSONField(
        "cross references", default=list, blank=True, validators=[validate_xrefs],
        help_text="Verified identifiers: CURIE, official label, and match (exact, close, broad).",
    )  # fmt: skip
    curator_note = models.CharField(max_length=500, blank=True)

    objects = EntityQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(condition=Q(slug__regex=SLUG_PATTERN), name="%(class)s_slug_kebab"),
            models.CheckConstraint(condition=~Q(name=""), name="%(class)s_name_given"),
        ]

    def __str__(self):
        return self.name

    def natural_key(self):
        return (self.slug,)

    def get_absolute_url(self):
        return reverse(f"{self._meta.model_name}-detail", args=[self.slug])


class TreeEntity(Entity):
    """An entity with one broader entity, so that a filter on the broader finds the narrower."""

    broader = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="narrower")

    objects = TreeQuerySet.as_manager()

    @cached_property
    def ids_with_narrower(self):
        """Ids of this entity and of everything narrower than it."""
        lines = type(self).objects.ancestry()
        return {pk for pk, line in lines.items() if self.pk in line}

    class Meta(Entity.Meta):
        abstract = True
        constraints = [
            *Entity.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(broader=models.F("id")), name="%(class)s_not_its_own_broader"
            ),
        ]


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


class Statement(Folded):
    """One assertion of the document, in our own words, with its place and what it rests on.

    `kind` names the sort of statement in the API, `accession_prefix` opens its permanent
    accession. An accession is never reused: see `RetiredAccession`.
    """

    class CurationStatus(models.TextChoices):
        PUBLISHED = "published", "Published"
        DRAFT = "draft", "Draft"

    kind = None
    accession_prefix = None
    folded_from = ("text", "curator_note")

    accession = models.CharField(max_length=16, unique=True)
    text = models.CharField(max_length=300, help_text="One sentence, in our own words.")
    section = models.ForeignKey("core.Section", models.PROTECT, related_name="%(class)ss")
    references = models.ManyToManyField("core.Reference", blank=True, related_name="%(class)ss")
    evidence = models.CharField(max_length=12, choices=Evidence, default=Evidence.NOT_STATED)
    curator_note = models.CharField(
        max_length=500, blank=True,
        help_text="Where the printed wording was corrected, is ambiguous, or is cited elsewhere.",
    )  # fmt: skip
    # Not called `status`: marker expressions and trials have a status of their own.
    curation_status = models.CharField(
        max_length=10, choices=CurationStatus, default=CurationStatus.PUBLISHED
    )

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
            models.CheckConstraint(
                condition=Q(evidence__in=Evidence.values), name="%(class)s_evidence_known"
            ),
        ]

    def __str__(self):
        return f"{self.accession}: {self.text}"

    def natural_key(self):
        return (self.accession,)

    natural_key.dependencies = ["core.section", "core.reference"]

    def clean(self):
        prefix = f"{self.accession_prefix}-"
        if not self.accession.startswith(prefix):
            raise ValidationError({"accession": f"must start with {prefix}"})

    @property
    def is_published(self) -> bool:
        return self.curation_status == self.CurationStatus.PUBLISHED

    def get_absolute_url(self):
        return reverse(f"{self._meta.model_name}-detail", args=[self.accession])


class Conflict(models.Model):
    """Two statements of one kind that pull apart. Concrete models name the two statements."""

    class Kind(models.TextChoices):
        CONTEXT_DEPENDENT = "context-dependent", "Context-dependent"
        UNRESOLVED = "unresolved", "Unresolved"

    kind = models.CharField(max_length=20, choices=Kind)
    topic = models.CharField(max_length=120, help_text="What the two disagree about.")
    why = models.CharField(max_length=300, help_text="The condition that explains it, or what is open.")

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=~Q(topic=""), name="%(class)s_topic_given"),
            models.CheckConstraint(condition=~Q(why=""), name="%(class)s_why_given"),
        ]

    def __str__(self):
        return f"{self.topic} ({self.get_kind_display().lower()})"


class RetiredAccession(models.Model):
    """An accession that was published once and is no longer: it answers 410 with its successor."""

    accession = models.CharField(max_length=16, unique=True)
    successor = models.CharField(max_length=16, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    objects = StatementQuerySet.as_manager()

    class Meta:
        ordering = ["accession"]

    def __str__(self):
        return self.accession

    def natural_key(self):
        return (self.accession,)


class Release(models.Model):
    """One state of the knowledge base, recorded last in the transaction that loaded it."""

    version = models.CharField(max_length=12, unique=True, help_text="YYYY.MM or YYYY.MM.N")
    date = models.DateField()
    digest = models.CharField(max_length=64, help_text="SHA-256 over the fixture files.")
    files = models.JSONField(help_text="Per fixture file: its digest and its number of records.")

    class Meta:
        ordering = ["-pk"]
        get_latest_by = "pk"

    def __str__(self):
        return self.version
