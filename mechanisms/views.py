"""Pages of mechanisms, molecules, pathways, processes and claims."""

from django.db.models import Count

from catalog.models import CellType, Condition, Molecule, Organism, SurfaceMarker, TissueSource
from core.views import Panel, ResourceDetail, ResourceList, filtered_list, panel
from mechanisms import api
from mechanisms.models import BiologicalProcess, Claim, ClaimConflict, Mechanism, Pathway, VesicleClass


class MoleculeList(ResourceList):
    viewset = api.MoleculeViewSet
    title = "Molecules"
    intro = "Proteins, RNAs, small molecules and families: one row each, whatever the role."
    template_name = "mechanisms/molecule_list.html"


class MoleculeDetail(ResourceDetail):
    viewset = api.MoleculeViewSet
    template_name = "catalog/molecule_detail.html"


class MechanismList(ResourceList):
    viewset = api.MechanismViewSet
    title = "Mechanisms"
    intro = "How MSCs act, with what strengthens them (strategies) and what holds them back (limitations)."
    template_name = "mechanisms/mechanism_list.html"
    form_filters = ()

    def extra(self, page):
        own = dict(Claim.objects.published().order_by().values_list("mechanism").annotate(Count("pk")))
        return {"counts": claims_with_narrower(list(page), own)}


def claims_with_narrower(mechanisms, own):
    """{mechanism id: claims on it and on what is narrower}."""
    counts = {m.pk: own.get(m.pk, 0) for m in mechanisms}
    for mechanism in mechanisms:
        if mechanism.broader_id in counts:
            counts[mechanism.broader_id] += own.get(mechanism.pk, 0)
    return counts


class MechanismDetail(ResourceDetail):
    viewset = api.MechanismViewSet
    template_name = "mechanisms/mechanism_detail.html"


class PathwayList(ResourceList):
    viewset = api.PathwayViewSet
    title = "Pathways"
    intro = "Signalling and metabolic pathways along which MSCs are reported to act."
    template_name = "generic/entity_list.html"


class PathwayDetail(ResourceDetail):
    viewset = api.PathwayViewSet


class ProcessList(ResourceList):
    viewset = api.ProcessViewSet
    title = "Biological processes"
    intro = "What is raised, lowered or otherwise changed."
    template_name = "generic/entity_list.html"


class ProcessDetail(ResourceDetail):
    viewset = api.ProcessViewSet
    template_name = "mechanisms/biologicalprocess_detail.html"


class ClaimList(ResourceList):
    viewset = api.ClaimViewSet
    title = "Claims"
    intro = "Single assertions on how MSCs act. Each can be filtered by what it says."
    template_name = "mechanisms/claim_list.html"


class ClaimDetail(ResourceDetail):
    viewset = api.ClaimViewSet
    template_name = "mechanisms/claim_detail.html"


class VesicleClassList(ResourceList):
    viewset = api.VesicleClassViewSet
    title = "Vesicle classes"
    intro = "Classes of extracellular vesicles, with sizes, origin and markers as the review gives them."
    template_name = "mechanisms/vesicleclass_list.html"


class VesicleClassDetail(ResourceDetail):
    viewset = api.VesicleClassViewSet
    template_name = "mechanisms/vesicleclass_detail.html"


def claims(**filters):
    return Claim.objects.published().filter(**filters).with_slots()


def claims_panel(title, rows, slug="claims", **filters):
    return Panel(title, "partials/claims.html", rows, filtered_list(Claim, **filters), slug)


@panel(TissueSource)
def claims_on_source(source):
    return claims_panel("Claims", claims(source=source), source=source.slug)


@panel(Molecule, SurfaceMarker)
def claims_by_molecule(molecule):
    return claims_panel(
        "Carries it out (mediator)", claims(mediators=molecule.pk), "mediator", mediator=molecule.slug
    )


@panel(Molecule, SurfaceMarker)
def claims_changing_molecule(molecule):
    return claims_panel(
        "Is changed (regulated)", claims(regulated=molecule.pk), "regulated", regulated=molecule.slug
    )


@panel(Molecule, SurfaceMarker)
def claims_with_molecule_applied(molecule):
    return claims_panel(
        "Is applied from outside (modulator)",
        claims(modulators=molecule.pk),
        "modulator",
        modulator=molecule.slug,
    )


@panel(Molecule, SurfaceMarker)
def vesicles_with_molecule(molecule):
    rows = VesicleClass.objects.published().filter(markers=molecule.pk)
    return Panel("Marks vesicles", "partials/entities.html", rows, slug="vesicles")


@panel(CellType)
def claims_on_cell(cell_type):
    cells = cell_type.ids_with_narrower
    rows = (
        Claim.objects.published()
        .filter(pk__in=Claim.objects.filter(targets__in=cells).values("pk"))
        .with_slots()
    )
    return claims_panel("As a target", rows, "target", target=cell_type.slug)


@panel(CellType)
def claims_by_cell(cell_type):
    cells = cell_type.ids_with_narrower
    return claims_panel("As the actor", claims(actor__in=cells), "actor", actor=cell_type.slug)


@panel(Organism)
def claims_in_organism(organism):
    return claims_panel("Claims", claims(organisms=organism), organism=organism.slug)


@panel(Condition)
def claims_in_condition(condition):
    conditions = condition.ids_with_narrower
    rows = Claim.objects.published().filter(
        pk__in=Claim.objects.filter(conditions__in=conditions).values("pk")
    )
    return claims_panel("Claims", rows.with_slots(), condition=condition.slug)


@panel(Mechanism)
def claims_on_mechanism(mechanism):
    rows = claims(mechanism__in=mechanism.ids_with_narrower)
    return claims_panel("Claims", rows, mechanism=mechanism.slug)


@panel(Mechanism, BiologicalProcess)
def narrower_entities(row):
    return Panel("Narrower", "partials/entities.html", row.narrower.all(), slug="narrower")


@panel(Pathway)
def claims_along_pathway(pathway):
    return claims_panel("Claims", claims(pathways=pathway), pathway=pathway.slug)


@panel(BiologicalProcess)
def claims_on_process(process):
    rows = claims(process__in=process.ids_with_narrower)
    return claims_panel("Claims", rows, process=process.slug)


@panel(VesicleClass)
def claims_on_vesicles(vesicle_class):
    preparation = vesicle_class.slug
    if preparation not in Claim.Preparation.values:
        return None
    return claims_panel(
        "Claims on this preparation", claims(preparation=preparation), preparation=preparation
    )


@panel(Claim)
def conflicts_of_claim(claim):
    rows = ClaimConflict.objects.of(claim).with_sides()
    return Panel("Where statements disagree", "partials/conflicts.html", rows, slug="conflicts")
