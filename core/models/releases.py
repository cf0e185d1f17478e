"""Releases of the content, and accessions that are no longer in it."""

import uuid

from django.db import models

from core.models.natural_keys import NaturalKeyModel
from core.querysets import RetiredQuerySet


class RetiredAccession(NaturalKeyModel):
    """An accession that was published once and is no longer: it answers 410 with its successor."""

    natural_key_fields = ("accession",)

    accession = models.CharField(max_length=16, unique=True)
    successor = models.CharField(max_length=16, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    objects = RetiredQuerySet.as_manager()

    class Meta:
        ordering = ["accession"]

    def __str__(self) -> str:
        return self.accession


class Release(models.Model):
    """One state of the knowledge base, recorded last in the transaction that loaded it."""

    version = models.CharField(
        max_length=24, unique=True,
        help_text="YYYY.MM or YYYY.MM.N; with +xxxxxxxx, the start of the digest, where it is not published.",
    )  # fmt: skip
    date = models.DateField()
    digest = models.CharField(max_length=64, help_text="SHA-256 of what the records of all fixtures say.")
    files = models.JSONField(help_text="Per fixture file: its SHA-256 and its number of records.")
    edited = models.PositiveIntegerField(
        default=0,
        help_text="Number of rows that were edited or removed elsewhere and differ from the fixtures.",
    )

    class Meta:
        ordering = ["-pk"]
        get_latest_by = "pk"

    def __str__(self) -> str:
        return self.version


class LoadedRow(models.Model):
    """A row that the fixtures own, with a digest of its content as the last load wrote it.

    A row whose content has another digest now was edited elsewhere; a row without a `LoadedRow` does not come
    from the fixtures. See `core.loaded_rows`.
    """

    model = models.CharField(max_length=100, help_text="Label of the model: catalog.molecule.")
    key = models.CharField(max_length=200, help_text="Natural key, its parts separated by spaces.")
    digest = models.CharField(max_length=64, help_text="SHA-256 of its columns and the keys of linked rows.")

    class Meta:
        ordering = ["model", "key"]
        constraints = [
            models.UniqueConstraint(fields=["model", "key"], name="loadedrow_key_once_a_model"),
        ]

    def __str__(self) -> str:
        return f"{self.model} {self.key}"


class ContentVersion(models.Model):
    """How often the content of this database has changed: one row, advanced by triggers in the database.

    Every committed write to a content table advances `number`, whatever made it: the loader, an import, the admin,
    a query set's `update()` or plain SQL. See `core.content`. `seed` tells databases apart.
    """

    number = models.BigIntegerField(default=1)
    seed = models.UUIDField(default=uuid.uuid4)

    def __str__(self) -> str:
        return str(self.number)
