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
    """A name by which an entity or statement is found: a slug, name, synonym, CURIE or accession.

    Rebuilt from the row that it points to; nobody edits it.
    """

    class Source(models.TextChoices):
        IDENTIFIER = "identifier"
        NAME = "name"
        SYNONYM = "synonym"
        XREF = "cross reference"
        LABEL = "official label"

    name = models.CharField(max_length=300)
    source = ChoiceField(max_length=20, choices=Source)
    value = models.CharField(max_length=300)
    key = models.CharField(max_length=300, db_index=True, help_text="The value without case and signs.")

    class Meta:
        ordering = ["model", "ident", "pk"]
        indexes = [models.Index(fields=["model", "row_id"], name="name_row")]

    def __str__(self) -> str:
        return f"{self.value} → {self.model} {self.ident}"
