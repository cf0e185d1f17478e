"""What mechanisms and claims can be filtered by, on their pages and in the API."""

from collections.abc import Collection

from django.db.models import Q

from catalog.models import CellType, Condition, Molecule, Organism, TissueSource
from core.models import Conflict
from core.rest.entity_filters import EntityFilterSet
from core.rest.filters import (
    ChoiceFilter,
    EntityFilter,
    FlagFilter,
    ResourceFilterSet,
    StatementFilterSet,
    WordsFilter,
)
from mechanisms.models import BiologicalProcess, Claim, Mechanism, Pathway

MOLECULE_ROLES = ["mediators", "regulated", "modulators"]
SLOTS = (
    "actor", "source", "modification", "modulators", "mechanism", "mediators", "targets", "regulated", "pathways",
    "process", "conditions", "organisms",
)  # fmt: skip


class MechanismFilter(EntityFilterSet):
    kind = ChoiceFilter(choices=Mechanism.Kind, label="Kind")
    broader = EntityFilter("pk", entity=Mechanism, narrower=True, label="Within")


class PathwayFilter(EntityFilterSet):
    mechanism = EntityFilter("claims__mechanism", entity=Mechanism, narrower=True, label="Mechanism")


class ProcessFilter(EntityFilterSet):
    mechanism = EntityFilter("claims__mechanism", entity=Mechanism, narrower=True, label="Mechanism")
    broader = EntityFilter("pk", entity=BiologicalProcess, narrower=True, label="Within")


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
    modification = WordsFilter(label="Modification")
    filled = ChoiceFilter(
        choices=lambda: zip(SLOTS, SLOTS, strict=True), where="filled_in", conjoined=True, label="Slot that is filled"
    )  # fmt: skip
    conflicting = FlagFilter(where="in_conflict", label="In conflict")

    def filled_in(self, slots: Collection[str]) -> Q:
        """That any of these slots holds something."""
        condition = Q()
        for slot in slots:
            empty = {"modification": ""} if slot == "modification" else {f"{slot}__isnull": True}
            condition |= Q(pk__in=Claim.objects.exclude(**empty).values("pk"))
        return condition


class ClaimConflictFilter(ResourceFilterSet):
    q = None
    kind = ChoiceFilter(choices=Conflict.Kind, label="Kind")
    mechanism = EntityFilter(
        paths=["claim__mechanism", "other__mechanism"], entity=Mechanism, narrower=True, label="Mechanism"
    )


class VesicleClassFilter(StatementFilterSet):
    marker = EntityFilter("markers", entity=Molecule, label="Marker")
