"""How MSCs act: a tree of mechanisms, and single assertions as frames with slots."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from catalog.models import CellType, Condition, Molecule, Organism, TissueSource
from core.models import Conflict, Entity, Statement, TreeEntity
from core.models.choices import ChoiceField
from core.querysets import PublishedManager, StatementQuerySet
from mechanisms.querysets import ClaimQuerySet


class Mechanism(TreeEntity):
    """A way in which MSCs act, or a group asked for beside them: strategies and limitations."""

    class Kind(models.TextChoices):
        MECHANISM = "mechanism", "Mechanism"
        STRATEGY = "strategy", "Strategy"
        LIMITATION = "limitation", "Limitation"

    kind = ChoiceField(max_length=10, choices=Kind)
    order = models.PositiveSmallIntegerField(help_text="Place on the map, from 1.")
    summary = models.CharField(max_length=300, help_text="What the group holds, in one sentence.")

    class Meta(TreeEntity.Meta):
        ordering = ["order", "slug"]
        constraints = [
            *TreeEntity.Meta.constraints,
            models.UniqueConstraint(fields=["order"], name="mechanism_order_once"),
        ]


class Pathway(Entity):
    """A signalling or metabolic pathway."""


class BiologicalProcess(TreeEntity):
    """What is raised, lowered or otherwise changed: a process, function or cell behaviour."""

    class Meta(TreeEntity.Meta):
        verbose_name_plural = "biological processes"


class Claim(Statement):
    """One assertion on how MSCs act, that can be true or false by itself, as a frame.

    *actor* as *preparation* of *source* with *modification* and *modulators*, through *mechanism*
    by *mediators*, acts on *targets* and *regulated* molecules along *pathways*: *direction* on
    *process*, in *conditions* and *organisms*. An empty slot means that the document does not fill
    it; an empty actor means MSCs.
    """

    class Preparation(models.TextChoices):
        CELLS = "cells", "Cells"
        DIFFERENTIATED_CELLS = "differentiated-cells", "MSC-derived differentiated cells"
        DEAD_CELLS = "dead-cells", "Dead cells"
        CONDITIONED_MEDIUM = "conditioned-medium", "Conditioned medium"
        EXTRACELLULAR_VESICLES = "extracellular-vesicles", "Extracellular vesicles"
        EXOSOMES = "exosomes", "Exosomes"
        MICROVESICLES = "microvesicles", "Microvesicles"
        ISOLATED_MITOCHONDRIA = "isolated-mitochondria", "Isolated mitochondria"
        MOLECULE_ALONE = "molecule-alone", "Molecule alone, without MSCs"
        BACKGROUND = "background", "General biology, no MSC product"

    class Direction(models.TextChoices):
        INCREASES = "increases", "Increases"
        DECREASES = "decreases", "Decreases"
        NO_EFFECT = "no-effect", "Has no effect on"
        MODULATES = "modulates", "Modulates"
        MEDIATES = "mediates", "Mediates"
        REQUIRES = "requires", "Requires"
        ASSOCIATED = "associated", "Is associated with"

    kind = "claim"
    accession_prefix = "MSC-CL"

    actor = models.ForeignKey(
        CellType, models.PROTECT, null=True, blank=True, related_name="claims_as_actor",
        help_text="The cell that acts, where it is not the MSC.",
    )  # fmt: skip
    preparation = ChoiceField(max_length=24, choices=Preparation, default=Preparation.CELLS)
    source = models.ForeignKey(TissueSource, models.PROTECT, null=True, blank=True, related_name="claims")
    modification = models.CharField(
        max_length=120, blank=True, help_text="What was done to the cells: CX43 knock-down, hypoxia, aged."
    )
    modulators = models.ManyToManyField(
        Molecule, blank=True, related_name="claims_as_modulator",
        help_text="Molecules applied from outside: primers, inhibitors, potentiators, antibodies.",
    )  # fmt: skip
    mechanism = models.ForeignKey(Mechanism, models.PROTECT, null=True, blank=True, related_name="claims")
    mediators = models.ManyToManyField(
        Molecule, blank=True, related_name="claims_as_mediator", help_text="Molecules that do it."
    )
    targets = models.ManyToManyField(
        CellType, blank=True, related_name="claims_as_target", help_text="Cells acted on."
    )
    regulated = models.ManyToManyField(
        Molecule, blank=True, related_name="claims_as_regulated", help_text="Molecules changed by it."
    )
    pathways = models.ManyToManyField(Pathway, blank=True, related_name="claims")
    direction = ChoiceField(max_length=10, choices=Direction)
    process = models.ForeignKey(
        BiologicalProcess, models.PROTECT, null=True, blank=True, related_name="claims"
    )
    conditions = models.ManyToManyField(Condition, blank=True, related_name="claims")
    organisms = models.ManyToManyField(Organism, blank=True, related_name="claims")
    conflicts_with = models.ManyToManyField("self", through="ClaimConflict", symmetrical=True, blank=True)

    # To mypy the managers that are made of two query sets have nothing in common.
    objects: ClassVar = PublishedManager.from_queryset(ClaimQuerySet)()  # type: ignore[assignment]
    with_drafts: ClassVar = ClaimQuerySet.as_manager()


class ClaimConflict(Conflict):
    """Two claims that pull apart, whether a condition explains it, and which. Once a pair."""

    natural_key_fields = ("claim", "other")

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="conflicts")
    other = models.ForeignKey(Claim, models.CASCADE, related_name="conflicts_as_other")

    publication_paths = ("claim__", "other__")

    class Meta(Conflict.Meta):
        ordering = ["topic", "claim__accession", "other__accession"]
        constraints = [
            *Conflict.Meta.constraints,
            models.UniqueConstraint(fields=["claim", "other"], name="claimconflict_once_a_pair"),
            models.CheckConstraint(condition=~Q(claim=F("other")), name="claimconflict_of_two"),
        ]


class VesicleClass(Entity, Statement):
    """A class of extracellular vesicles as a document defines it, sizes in nanometres."""

    kind = "vesicle-class"
    accession_prefix = "MSC-VC"

    curator_note = models.CharField(max_length=500, blank=True)
    broader = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="narrower")
    size_min_nm = models.PositiveIntegerField("smallest diameter, nm", null=True, blank=True)
    size_max_nm = models.PositiveIntegerField("largest diameter, nm", null=True, blank=True)
    biogenesis = models.CharField(max_length=200, blank=True)
    markers = models.ManyToManyField(Molecule, blank=True, related_name="vesicle_classes")

    # As for claims, and here with two base models.
    objects: ClassVar = PublishedManager.from_queryset(StatementQuerySet)()  # type: ignore[assignment]
    with_drafts: ClassVar = StatementQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "vesicle classes"
        ordering = ["slug"]
        constraints = [
            *Entity.Meta.constraints,
            *Statement.Meta.constraints,
            models.CheckConstraint(
                condition=Q(size_min_nm__isnull=True, size_max_nm__isnull=True)
                | Q(size_min_nm__lte=F("size_max_nm")),
                name="vesicleclass_size_ordered",
            ),
        ]

    def clean(self) -> None:
        super().clean()
        if self.is_published and self.broader and not self.broader.is_published:
            raise ValidationError({"broader": "must be published, as the class itself is"})
