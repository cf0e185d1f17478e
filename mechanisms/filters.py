"""What mechanisms and claims can be filtered by, on their pages and in the API."""

from catalog.models import CellType, Condition, Molecule, Organism, TissueSource
from core.models import Conflict
from core.rest.filters import (
    ChoiceFilter,
    EntityFilter,
    FlagFilter,
    ResourceFilterSet,
    StatementFilterSet,
    TermsFilter,
    WordsFilter,
)
from mechanisms.models import BiologicalProcess, Claim, ClaimConflict, Mechanism, Pathway, VesicleClass

MOLECULE_ROLES = ["mediators", "regulated", "modulators"]


class MechanismFilter(ResourceFilterSet):
    kind = ChoiceFilter(choices=Mechanism.Kind, label="Kind")
    broader = EntityFilter("pk", entity=Mechanism, narrower=True, label="Within")

    class Meta:
        model = Mechanism
        fields = []


class PathwayFilter(ResourceFilterSet):
    mechanism = EntityFilter("claims__mechanism", entity=Mechanism, narrower=True, label="Mechanism")

    class Meta:
        model = Pathway
        fields = []


class ProcessFilter(ResourceFilterSet):
    mechanism = EntityFilter("claims__mechanism", entity=Mechanism, narrower=True, label="Mechanism")
    broader = EntityFilter("pk", entity=BiologicalProcess, narrower=True, label="Within")

    class Meta:
        model = BiologicalProcess
        fields = []


class SlotFilter(TermsFilter):
    """A slot of the claim, by name. Unlike elsewhere, several must all be filled."""

    enumerated = True

    SLOTS = (
        "actor", "source", "modification", "modulators", "mechanism", "mediators", "targets", "regulated", "pathways",
        "process", "conditions", "organisms",
    )  # fmt: skip

    def values(self):
        return list(self.SLOTS)

    def options(self):
        return [(slot, slot) for slot in self.SLOTS]


def filled_in(slot):
    """Ids of the claims in which a slot holds something."""
    empty = {"modification": ""} if slot == "modification" else {f"{slot}__isnull": True}
    return Claim.objects.exclude(**empty).values("pk")


class ClaimFilter(StatementFilterSet):
    mechanism = EntityFilter(entity=Mechanism, narrower=True, label="Mechanism")
    molecule = EntityFilter(paths=MOLECULE_ROLES, entity=Molecule, label="Molecule, any role")
    mediator = EntityFilter("mediators", entity=Molecule, label="Mediator")
    regulated = EntityFilter("regulated", entity=Molecule, label="Regulated molecule")
    modulator = EntityFilter("modulators", entity=Molecule, label="Modulator")
    actor = EntityFilter(entity=CellType, narrower=True, label="Actor")
    target = EntityFilter("targets", entity=CellType, narrower=True, label="Target cell")
    process = EntityFilter(entity=BiologicalProcess, narrower=True, label="Process")
    pathway = EntityFilter("pathways", entity=Pathway, label="Pathway")
    condition = EntityFilter("conditions", entity=Condition, narrower=True, label="Condition")
    direction = ChoiceFilter(choices=Claim.Direction, label="Direction")
    source = EntityFilter(entity=TissueSource, label="Tissue source")
    preparation = ChoiceFilter(choices=Claim.Preparation, label="Preparation")
    organism = EntityFilter("organisms", entity=Organism, label="Organism")
    mediator_kind = ChoiceFilter("mediators__kind", choices=Molecule.Kind, label="Kind of mediator")
    modification = WordsFilter(label="Modification", method="modified_so")
    filled = SlotFilter(label="Slot that is filled", method="with_slots_filled")
    conflicting = FlagFilter(method="with_conflict", label="In conflict")

    class Meta:
        model = Claim
        fields = []

    def modified_so(self, queryset, name, words):
        """Every word stands in the modification: knock-down, aged, hypoxia."""
        for word in words.split():
            queryset = queryset.filter(modification__icontains=word)
        return queryset

    def with_slots_filled(self, queryset, name, terms):
        """Claims in which every wanted slot holds something, and no excluded one does."""
        for slot in terms.wanted:
            queryset = queryset.filter(pk__in=filled_in(slot))
        for slot in terms.excluded:
            queryset = queryset.exclude(pk__in=filled_in(slot))
        return queryset

    def with_conflict(self, queryset, name, wanted):
        if wanted is None:
            return queryset
        disputed = Claim.objects.in_conflict().values("pk")
        return queryset.filter(pk__in=disputed) if wanted else queryset.exclude(pk__in=disputed)


class ClaimConflictFilter(ResourceFilterSet):
    q = None
    kind = ChoiceFilter(choices=Conflict.Kind, label="Kind")
    mechanism = EntityFilter(
        paths=["claim__mechanism", "other__mechanism"], entity=Mechanism, narrower=True, label="Mechanism"
    )

    class Meta:
        model = ClaimConflict
        fields = []


class VesicleClassFilter(StatementFilterSet):
    marker = EntityFilter("markers", entity=Molecule, label="Marker")

    class Meta:
        model = VesicleClass
        fields = []
