"""Keys that mean the same row in every database."""

from functools import cache
from operator import attrgetter
from typing import Any

from django.db import models


class NaturalKeyModel(models.Model):
    """A model that fixtures fill: `natural_key_fields` together tell its rows apart.

    A foreign key among them stands for the natural key of the row that it leads to. The query set of the model's
    default manager is a `NaturalKeyQuerySet`.
    """

    natural_key_fields: tuple[str, ...]

    class Meta:
        abstract = True

    @classmethod
    @cache
    def natural_key_lookups(cls) -> tuple[str, ...]:
        """Where the parts of the natural key are found: `("document__slug", "number")`."""
        lookups: list[str] = []
        for name in cls.natural_key_fields:
            related: Any = cls._meta.get_field(name).related_model
            parts = related.natural_key_lookups() if related else ()
            lookups += [f"{name}__{part}" for part in parts] or [name]
        return tuple(lookups)

    def natural_key(self) -> tuple[str | int, ...]:
        return tuple(attrgetter(lookup.replace("__", "."))(self) for lookup in self.natural_key_lookups())
