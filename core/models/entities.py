"""Things of the field with a name, a slug, synonyms and cross references."""

from typing import TYPE_CHECKING, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import cached_property

from core.models.natural_keys import NaturalKeyModel
from core.querysets import NamedQuerySet, TreeQuerySet
from core.text import SLUG_PATTERN, key

if TYPE_CHECKING:  # it reads fixtures, whose records know the models
    from core.known_names import KnownName

XREF_KEYS = {"curie", "label", "match"}


class XrefMatch(models.TextChoices):
    """How a cross reference relates to what it stands at."""

    EXACT = "exact"
    CLOSE = "close"
    BROAD = "broad"


def validate_synonyms(value: object) -> None:
    """A list of distinct, non-empty strings."""
    if not isinstance(value, list) or not all(isinstance(v, str) and v.strip() for v in value):
        raise ValidationError("must be a list of non-empty strings")
    if len(set(value)) != len(value):
        raise ValidationError("names the same synonym twice")


def validate_xrefs(value: object) -> None:
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
        if xref["match"] not in XrefMatch.values:
            raise ValidationError(f"{xref['match']!r} is not one of exact, close, broad")


class Searched(models.Model):
    """A row that search has a document of, with its names and texts."""

    class Meta:
        abstract = True


class Entity(Searched, NaturalKeyModel):
    """A thing of the field with a name: its slug is its key in URLs, fixtures and the API."""

    natural_key_fields = ("slug",)
    lookup_field: ClassVar[str] = "slug"

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

    objects = NamedQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(condition=Q(slug__regex=SLUG_PATTERN), name="%(class)s_slug_kebab"),
            models.CheckConstraint(condition=~Q(name=""), name="%(class)s_name_given"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def other_names(self) -> "list[KnownName]":
        """What published files call it by its exact cross references, and none of its own names is; each name once."""
        from core.known_names import known_names

        own = {key(name) for name in (self.name, *self.synonyms)}
        found: dict[str, KnownName] = {}
        for xref in self.xrefs:
            for known in known_names(xref["curie"]) if xref["match"] == XrefMatch.EXACT else ():
                if key(known.name) not in own:
                    found.setdefault(key(known.name), known)
        return list(found.values())

    def get_absolute_url(self) -> str:
        return reverse(f"{self._meta.model_name}-detail", args=[self.slug])


class TreeEntity(Entity):
    """An entity with one broader entity, so that a filter on the broader finds the narrower."""

    broader = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="narrower")

    objects: ClassVar = TreeQuerySet.as_manager()

    @cached_property
    def ids_with_narrower(self) -> set[int]:
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
