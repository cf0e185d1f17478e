"""What mechanisms and claims can be filtered by, on their pages and in the API."""

import catalog.filters
from catalog.models import CellType, Condition, Molecule, Organism, TissueSource
from core.filtering import ChoiceFilter, EntityFilter, FlagFilter, ResourceFilterSet, StatementFilterSet
from core.models import Conflict
from mechanisms.models import BiologicalProcess, Claim, ClaimConflict, Mechanism, Pathway, VesicleClass

MOLECULE_ROLES = ["mediators", "regulated", "modulators"]


class MoleculeFilter(catalog.filters.MoleculeFilter):
    """`mechanism` finds the molecules that play a role in a claim on it."""

    mechanism = EntityFilter(
        paths=["claims_as_mediator__mechanism", "claims_as_regulated__mechanism", "claims_as_modulator__mechanism"],
        entity=Mechanism, narrower=True, label="Acts in mechanism",
    )  # fmt: skip


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
    modified = FlagFilter(method="with_modification", label="With a modification of the cells")
    conflicting = FlagFilter(method="with_conflict", label="In conflict")

    class Meta:
        model = Claim
        fields = []

    def with_modification(self, queryset, name, wanted):
        if wanted is None:
            return queryset
        return queryset.exclude(modification="") if wanted else queryset.filter(modification="")

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
