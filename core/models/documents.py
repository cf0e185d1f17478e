"""The publications that are encoded here, their sections, and the works that they cite."""

from collections.abc import Collection

from django.db import models
from django.db.models import Q
from django.urls import reverse

from core.models.natural_keys import NaturalKeyModel
from core.querysets import NaturalKeyQuerySet
from core.text import SLUG_PATTERN


class Document(NaturalKeyModel):
    """A publication whose statements are encoded here.

    `order` counts documents from 1 in the order in which they were added. References and sections of number 1 have
    short identifiers and addresses (`29`, `/references/29/`), those of others name their document
    (`lee-2021:29`, `/documents/lee-2021/references/29/`). It never changes.
    """

    natural_key_fields = ("slug",)
    lookup_field = "slug"

    slug = models.SlugField(max_length=80, unique=True)
    order = models.PositiveSmallIntegerField(unique=True, help_text="Place among the documents, from 1.")
    title = models.CharField(max_length=300)
    authors = models.CharField(max_length=300)
    journal = models.CharField(max_length=120)
    year = models.PositiveSmallIntegerField()
    volume = models.CharField(max_length=20, blank=True)
    pages = models.CharField(max_length=20, blank=True)
    doi = models.CharField("DOI", max_length=120, blank=True)
    pmid = models.CharField("PubMed id", max_length=12, blank=True)
    pmcid = models.CharField("PubMed Central id", max_length=16, blank=True)

    objects = NaturalKeyQuerySet.as_manager()

    class Meta:
        ordering = ["order"]
        constraints = [
            models.CheckConstraint(condition=Q(slug__regex=SLUG_PATTERN), name="document_slug_kebab"),
            models.CheckConstraint(condition=Q(order__gte=1), name="document_order_from_1"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def label(self) -> str:
        """How the document is cited in a line: first author and year."""
        return f"{self.authors.split(',')[0].strip()} {self.year}"

    def get_absolute_url(self) -> str:
        return reverse("document-detail", args=[self.slug])


class DocumentPart(NaturalKeyModel):
    """A section or reference: unique within its document by the last of `natural_key_fields`, everywhere
    by `identifier`.
    """

    lookup_field = "identifier"

    document: models.ForeignKey["Document", "Document"]  # each kind of part has its own
    document_id: int
    identifier = models.CharField(max_length=170, unique=True, editable=False)

    class Meta:
        abstract = True

    def set_identifier(self) -> None:
        """Recompute `identifier`; a signal calls it before every save, raw ones included."""
        self.identifier = identifier_in(self.document, self.natural_key()[-1])

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        if self.document_id:
            self.set_identifier()
        super().clean_fields(exclude)

    def get_absolute_url(self) -> str:
        return part_address(f"{self._meta.model_name}-detail", self.identifier)


def identifier_in(document: Document, key: str | int) -> str:
    """What a section or reference is called: its own key in the first document, `document:key` in others."""
    return str(key) if document.order == 1 else f"{document.slug}:{key}"


def part_address(url_name: str, identifier: str | int) -> str:
    """The address of a section or reference, where `url_name` is the one of the first document's.

    >>> part_address("reference-detail", "lee-2021:3")
    '/documents/lee-2021/references/3/'
    """
    document, _, key = str(identifier).rpartition(":")
    if not document:
        return reverse(url_name, args=[identifier])
    prefix, name = ("api-", url_name.removeprefix("api-")) if url_name.startswith("api-") else ("", url_name)
    return reverse(f"{prefix}document-{name}", args=[document, key])


class Section(DocumentPart):
    """A section, table or figure of a document, in reading order."""

    natural_key_fields = ("document", "slug")

    document = models.ForeignKey(Document, models.PROTECT, related_name="sections")
    slug = models.SlugField(max_length=80)
    title = models.CharField(max_length=200)
    order = models.PositiveSmallIntegerField(help_text="Place in the document, from 1.")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="subsections")

    objects = NaturalKeyQuerySet.as_manager()

    class Meta:
        ordering = ["document__order", "order"]
        constraints = [
            models.UniqueConstraint(fields=["document", "order"], name="section_order_once_a_document"),
            models.UniqueConstraint(fields=["document", "slug"], name="section_slug_once_a_document"),
            models.CheckConstraint(condition=Q(slug__regex=SLUG_PATTERN), name="section_slug_kebab"),
        ]

    def __str__(self) -> str:
        return self.title


def reference_label(identifier: str | int, authors: str, year: int | None) -> str:
    """How a reference is named in lists: first author and year once known, else its number in its document."""
    return f"{authors.split(',')[0].strip()} {year}" if authors and year else f"Reference {identifier}"


class Reference(DocumentPart):
    """A work that a document cites, by its number there.

    The bibliographic fields are blank until an import fills them: they are never guessed.
    """

    natural_key_fields = ("document", "number")
    imported_fields = ("authors", "title", "journal", "year", "doi", "pmid")

    document = models.ForeignKey(Document, models.PROTECT, related_name="references")
    number = models.PositiveSmallIntegerField()
    authors = models.CharField(max_length=2000, blank=True)
    title = models.CharField(max_length=600, blank=True)
    journal = models.CharField(max_length=200, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    doi = models.CharField("DOI", max_length=200, blank=True)
    pmid = models.CharField("PubMed id", max_length=12, blank=True)

    objects = NaturalKeyQuerySet.as_manager()

    class Meta:
        ordering = ["document__order", "number"]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="reference_number_once_a_document"),
            models.CheckConstraint(condition=Q(number__gte=1), name="reference_number_from_1"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        return reference_label(self.identifier, self.authors, self.year)
