"""Tissue sources, molecules, cells and conditions, and what documents say of MSCs of each tissue."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from catalog.querysets import SurfaceMarkerManager, TissueSourceQuerySet
from core.models import Entity, Sign, Statement, TreeEntity
from core.models.choices import ChoiceField
from core.querysets import NamedQuerySet


class Organism(Entity):
    """A species or genus in which something was observed."""


class TissueSource(Entity):
    """A tissue or cell that MSCs were obtained from."""

    class Origin(models.TextChoices):
        ADULT = "adult", "Adult"
        BIRTH_ASSOCIATED = "birth-associated", "Birth-associated"
        FOETAL = "foetal", "Foetal"
        PLURIPOTENT = "pluripotent", "Pluripotent"

    origin = ChoiceField(max_length=20, choices=Origin)

    objects: ClassVar = TissueSourceQuerySet.as_manager()


class Molecule(Entity):
    """A molecule, complex or family: one row whatever its roles (marker, mediator, cargo)."""

    class Kind(models.TextChoices):
        PROTEIN = "protein", "Protein"
        COMPLEX = "complex", "Complex"
        FAMILY = "family", "Family"
        GLYCOLIPID = "glycolipid", "Glycolipid"
        ANTIGEN = "antigen", "Antigen"
        MIRNA = "mirna", "miRNA"
        LNCRNA = "lncrna", "lncRNA"
        MRNA = "mrna", "mRNA"
        SMALL_MOLECULE = "small-molecule", "Small molecule"
        ION_OR_GAS = "ion-or-gas", "Ion or gas"
        OTHER = "other", "Other"

    kind = ChoiceField(max_length=16, choices=Kind)
    is_msc_marker = models.BooleanField(
        "MSC marker", default=False, help_text="Named as a characteristic of MSCs."
    )


class SurfaceMarker(Molecule):
    """A molecule in its role as MSC characteristic.

    Not each sits on the cell surface: Table 1 also lists an intracellular protein, which its
    curator note says.
    """

    # To mypy this manager and a molecule's have nothing in common.
    objects: ClassVar = SurfaceMarkerManager.from_queryset(NamedQuerySet)()  # type: ignore[assignment]

    class Meta:
        proxy = True
        ordering = ["slug"]


class CellType(TreeEntity):
    """A cell: what MSCs become, what they act on, or what acts on them."""

    class Kind(models.TextChoices):
        DIFFERENTIATED = "differentiated", "Differentiated cell"
        PROGENITOR = "progenitor", "Stem or progenitor cell"
        IMMUNE = "immune", "Immune cell"
        CANCER = "cancer", "Cancer cell"
        CELL_LINE = "cell-line", "Cell line"
        OTHER = "other", "Other"

    class GermLayer(models.TextChoices):
        MESODERM = "mesoderm", "Mesoderm"
        ECTODERM = "ectoderm", "Ectoderm"
        ENDODERM = "endoderm", "Endoderm"

    kind = ChoiceField(max_length=16, choices=Kind)
    germ_layer = ChoiceField(
        max_length=10, choices=GermLayer, blank=True, help_text="Blank where no document says."
    )


class Condition(TreeEntity):
    """A disease, an injury, or an animal model of one."""

    class Kind(models.TextChoices):
        DISEASE = "disease", "Disease"
        INJURY = "injury", "Injury"
        MODEL = "model", "Model"
        FINDING = "finding", "Finding"

    kind = ChoiceField(max_length=10, choices=Kind)


class MarkerExpression(Statement):
    """A source's MSCs carry a marker, lack it, or vary. No row means that nothing is reported."""

    kind = "marker-expression"
    accession_prefix = "MSC-ME"

    class Status(models.TextChoices):
        POSITIVE = "positive", "Positive"
        NEGATIVE = "negative", "Negative"
        VARIABLE = "variable", "Variable"

    source = models.ForeignKey(TissueSource, models.PROTECT, related_name="marker_expressions")
    marker = models.ForeignKey(SurfaceMarker, models.PROTECT, related_name="marker_expressions")
    status = ChoiceField(max_length=10, choices=Status)

    class Meta(Statement.Meta):
        constraints = [
            *Statement.Meta.constraints,
            models.UniqueConstraint(
                fields=["source", "marker", "section"], name="markerexpression_once_a_section"
            ),
        ]


class DifferentiationPotential(Statement):
    """A source's MSCs are reported to become a type of cell."""

    kind = "differentiation"
    accession_prefix = "MSC-DP"

    source = models.ForeignKey(TissueSource, models.PROTECT, related_name="differentiations")
    cell_type = models.ForeignKey(CellType, models.PROTECT, related_name="differentiations")

    class Meta(Statement.Meta):
        constraints = [
            *Statement.Meta.constraints,
            models.UniqueConstraint(
                fields=["source", "cell_type", "section"], name="differentiationpotential_once_a_section"
            ),
        ]


class Aspect(models.TextChoices):
    """What a source trait is about, as narrow as sources are set against each other."""

    ACCESSIBILITY = "accessibility", "Accessibility"
    ADIPOGENESIS = "adipogenesis", "Adipogenesis"
    AGE_DEPENDENCE = "age-dependence", "Age dependence"
    ALLOGENEIC_USE = "allogeneic-use", "Advantage in allogeneic transplantation"
    CHONDROGENESIS = "chondrogenesis", "Chondrogenesis"
    CLINICAL_USE = "clinical-use", "Clinical use"
    CLONALITY = "clonality", "Clonality and homogeneity"
    COLONY_FORMING_CELLS = "colony-forming-cells", "Frequency of colony-forming cells"
    DONOR_DEPENDENCE = "donor-dependence", "Donor dependence"
    EFFICACY = "efficacy", "Efficacy"
    ENGRAFTMENT = "engraftment", "Engraftment"
    ETHICS = "ethics", "Ethics"
    EXPANSION = "expansion", "Expansion capacity"
    GENOME_STABILITY = "genome-stability", "Genome stability"
    IMMUNE_PRIVILEGE = "immune-privilege", "Immune privilege"
    IMMUNOSUPPRESSION = "immunosuppression", "Immunosuppression"
    ISOLATION = "isolation", "Isolation"
    MARKER_PROFILE = "marker-profile", "Marker profile"
    NOMENCLATURE = "nomenclature", "Nomenclature"
    OSTEOGENESIS = "osteogenesis", "Osteogenesis"
    PARACRINE_PROFILE = "paracrine-profile", "Paracrine profile"
    PASSAGES = "passages", "Passages"
    PROCUREMENT_RISK = "procurement-risk", "Procurement risk"
    PROLIFERATION = "proliferation", "Proliferation"
    REJUVENATION = "rejuvenation", "Rejuvenation"
    REPROGRAMMING = "reprogramming", "Reprogramming"
    SAFETY = "safety", "Safety"
    SENESCENCE = "senescence", "Senescence"
    SURVIVAL = "survival", "Survival after transplantation"
    TELOMERASE = "telomerase", "Telomerase activity"
    TISSUE_INFLUENCE = "tissue-influence", "Influence of surrounding tissue"
    YIELD = "yield", "Yield"


class SourceTrait(Statement):
    """What is said of one source's MSCs, alone or against another source's.

    `quantity` with `quantity_unit` is the figure given, `quantity_sign` how it is meant: "=" as
    given, ">" more than, "<" less than.
    """

    class Relation(models.TextChoices):
        HIGHER = "higher", "Higher"
        LOWER = "lower", "Lower"
        SIMILAR = "similar", "Similar"
        DIFFERENT = "different", "Different"

    kind = "source-trait"
    accession_prefix = "MSC-ST"

    source = models.ForeignKey(TissueSource, models.PROTECT, related_name="traits")
    aspect = ChoiceField(max_length=20, choices=Aspect)
    relation = ChoiceField(
        max_length=10, choices=Relation, blank=True, help_text="How the source stands to the comparator."
    )
    comparator = models.ForeignKey(
        TissueSource, models.PROTECT, null=True, blank=True, related_name="compared_traits"
    )
    quantity = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    quantity_sign = ChoiceField(max_length=1, blank=True, choices=Sign)
    quantity_unit = models.CharField(max_length=40, blank=True, help_text="As in: times, passages.")

    class Meta(Statement.Meta):
        constraints = [
            *Statement.Meta.constraints,
            models.CheckConstraint(
                condition=Q(comparator__isnull=True) | ~Q(comparator=F("source")),
                name="sourcetrait_not_compared_with_itself",
            ),
            models.CheckConstraint(
                condition=Q(quantity__isnull=True, quantity_unit="", quantity_sign="")
                | (Q(quantity__isnull=False) & ~Q(quantity_unit="") & ~Q(quantity_sign="")),
                name="sourcetrait_quantity_has_unit",
            ),
        ]


class IdentityCriterion(Statement):
    """A definition of what counts as an MSC: markers, culture, differentiation."""

    kind = "identity-criterion"
    accession_prefix = "MSC-IC"

    name = models.CharField(max_length=120, unique=True)
    authority = models.CharField(max_length=120, blank=True, help_text="Who set it, where the document says.")
    positive_markers = models.ManyToManyField(SurfaceMarker, blank=True, related_name="required_by")
    negative_markers = models.ManyToManyField(SurfaceMarker, blank=True, related_name="excluded_by")
    culture = models.CharField(max_length=200, blank=True, help_text="What the cells must do in culture.")
    differentiation = models.ManyToManyField(CellType, blank=True, related_name="required_by")

    class Meta(Statement.Meta):
        constraints = [
            *Statement.Meta.constraints,
            models.CheckConstraint(condition=~Q(name=""), name="identitycriterion_name_given"),
        ]

    def clean(self) -> None:
        super().clean()
        if not self.name.strip():
            raise ValidationError({"name": "must be given"})
