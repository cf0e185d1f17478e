"""The one table of names: whatever a reader may call a row leads to it by this table, and by no other."""

from django.db import models

from core.models.choices import ChoiceField
from core.models.documents import part_address


class RowPointer(models.Model):
    """Leads to a row of any kind, by what it is called in addresses."""

    model = models.CharField(max_length=40)
    row_id = models.BigIntegerField(help_text="Primary key of the row.")
    ident = models.CharField(max_length=170, help_text="Public identifier of the row.")

    class Meta:
        abstract = True

    @property
    def url(self) -> str:
        return part_address(f"{self.model}-detail", self.ident)

    @property
    def api_url(self) -> str:
        return part_address(f"api-{self.model}-detail", self.ident)


class Name(RowPointer):
    """A name by which an entity or statement is found: a slug, name, synonym, CURIE, accession or official alias.

    Rebuilt from the row that it points to; nobody edits it.
    """

    class Source(models.TextChoices):
        IDENTIFIER = "identifier"
        NAME = "name"
        SYNONYM = "synonym"
        XREF = "cross reference"
        LABEL = "official label"
        ALIAS = "alias"
        NEAR = "close cross reference"  # names nothing, but finds what is broader than something outside

    name = models.CharField(max_length=300)
    source = ChoiceField(max_length=24, choices=Source)
    value = models.CharField(max_length=300)
    key = models.CharField(
        max_length=300, db_index=True, help_text="What all ways to write it have in common."
    )
    as_written = models.BooleanField(
        default=False, help_text="An English word, too: it counts only where written in these letters."
    )
    kind = models.CharField(
        max_length=20, blank=True, help_text="What an alias is in its source: alias symbol."
    )
    origin = models.CharField(max_length=100, blank=True, help_text="The file that gives an alias.")

    class Meta:
        ordering = ["model", "ident", "pk"]
        indexes = [models.Index(fields=["model", "row_id"], name="name_row")]

    def __str__(self) -> str:
        return f"{self.value} → {self.model} {self.ident}"
