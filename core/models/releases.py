"""Releases of the content, and accessions that are no longer in it."""

import uuid

from django.db import models

from core.querysets import StatementQuerySet


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


class ContentVersion(models.Model):
    """How often the content of this database has changed: one row, advanced by triggers in the database.

    Every committed write to a content table advances `number`, whatever made it: the loader, an import, the admin,
    a query set's `update()` or plain SQL. See `core.content`. `seed` tells databases apart.
    """

    number = models.BigIntegerField(default=1)
    seed = models.UUIDField(default=uuid.uuid4)

    def __str__(self):
        return str(self.number)
