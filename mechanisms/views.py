"""Pages of mechanisms, molecules, pathways, processes and claims."""

from collections import Counter

from django.db.models import Count, Q

from catalog.models import CellType, Condition, Molecule, Organism, SurfaceMarker, TissueSource
from core.querysets import ancestry_in, trees
from core.web.views import Panel, ResourceDetail, ResourceList, filtered_list, panel
from mechanisms import api
from mechanisms.models import BiologicalProcess, Claim, ClaimConflict, Mechanism, Pathway, VesicleClass

WORTH_COUNTING = 8  # claims on a page, from which on counts say more than the eye
MOST_COMMON = 10


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
    facet_filters = form_filters = ()

    def extra(self, page):
        return {"counts": number_of_claims(list(page))}


def number_of_claims(mechanisms):
    """{mechanism id: number of claims on it and on what is narrower}."""
    own = dict(Claim.objects.order_by().values_list("mechanism").annotate(Count("pk")))
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
    facet_filters = (
        "mechanism", "direction", "target", "process", "mediator", "condition", "preparation", "evidence", "organism",
        "pathway", "actor", "source", "mediator_kind", "conflicting", "section",
    )  # fmt: skip


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


def claims_panel(title, row, rows, slug="claims", **filters):
    return Panel(
        title,
        "partials/claims.html",
        rows,
        filtered_list(Claim, **filters),
        slug,
        summarise=lambda found: claims_summary(found, filters, trees_here(row)),
    )


# Which claims the page of a row is about; its blocks share them.
ABOUT = {
    TissueSource: lambda source: Q(source=source),
    Molecule: lambda molecule: Q(pk__in=Claim.objects.about(molecule.pk).values("pk")),
    SurfaceMarker: lambda molecule: Q(pk__in=Claim.objects.about(molecule.pk).values("pk")),
    CellType: lambda cell: Q(
        pk__in=Claim.objects.filter(
            Q(targets__in=cell.ids_with_narrower) | Q(actor__in=cell.ids_with_narrower)
        ).values("pk")
    ),
    Organism: lambda organism: Q(organisms=organism),
    Condition: lambda condition: Q(
        pk__in=Claim.objects.filter(conditions__in=condition.ids_with_narrower).values("pk")
    ),
    Mechanism: lambda mechanism: Q(mechanism__in=mechanism.ids_with_narrower),
    Pathway: lambda pathway: Q(pathways=pathway),
    BiologicalProcess: lambda process: Q(process__in=process.ids_with_narrower),
}


def once_for(row, name, read):
    """What `read` gives, read once for all blocks of a row's page."""
    if name not in row.__dict__:
        row.__dict__[name] = read()
    return row.__dict__[name]


def claims_here(row):
    """The claims that the page of a row is about, with all that they link to: one query set, read once."""
    chosen = ABOUT[type(row)]
    return once_for(row, "_claims", lambda: Claim.objects.filter(chosen(row)).with_slots())


def trees_here(row):
    """The trees that claims link to: {model: {id: Node}}."""
    return once_for(row, "_trees", lambda: trees(Mechanism, CellType, BiologicalProcess))


SUMMARISED = {
    "mechanism": (Mechanism, lambda claim: [claim.mechanism] if claim.mechanism else []),
    "target": (CellType, lambda claim: claim.targets.all()),
    "mediator": (Molecule, lambda claim: claim.mediators.all()),
    "process": (BiologicalProcess, lambda claim: [claim.process] if claim.process else []),
}


def claims_summary(claims, filters, nodes):
    """What many claims come to, at a glance: [(slot, [(name, number of claims, address of these)])].

    The numbers are those of the lists behind the addresses, where the narrower count for the broader.
    """
    if len(claims) < WORTH_COUNTING:
        return None
    directions = Counter((claim.direction, claim.get_direction_display()) for claim in claims).most_common()
    summary = [
        ("direction", [(label, n, link(filters, "direction", value)) for (value, label), n in directions])
    ]
    lines = {model: ancestry_in(tree) for model, tree in nodes.items()}
    for slot, (model, linked) in SUMMARISED.items():
        if slot in filters and model not in lines:
            continue
        common = most_common(claims, linked, lines.get(model), within=filters.get(slot))
        if len(common) > 1:
            summary.append(
                (slot, [(entity.name, n, link(filters, slot, entity.slug)) for entity, n in common])
            )
    return summary


def most_common(claims, linked, lines, within=None):
    """[(entity, number of claims that link to it or to something narrower)], most first.

    `lines` gives the broader ones of a tree. `within` is the slug that the claims are already filtered by:
    only what is narrower than it counts.
    """
    named = {entity.pk: entity for claim in claims for entity in linked(claim)}
    lines = lines or {pk: [pk] for pk in named}
    top = next((pk for pk, entity in named.items() if entity.slug == within), None) if within else None
    if within and top is None:
        return []
    counts = Counter()
    for claim in claims:
        found = {pk for entity in linked(claim) for pk in lines[entity.pk]}
        counts.update(pk for pk in found if pk in named and (top is None or (top in lines[pk] and pk != top)))
    return [(named[pk], n) for pk, n in counts.most_common(MOST_COMMON)]


def link(filters, slot, value):
    return filtered_list(Claim, **{**filters, slot: value})


ROLES = {
    "mediator": ("mediators", "Carries it out (mediator)"),
    "regulated": ("regulated", "Is changed (regulated)"),
    "modulator": ("modulators", "Is applied from outside (modulator)"),
}
FILTER_OF = {
    TissueSource: "source",
    Organism: "organism",
    Condition: "condition",
    Mechanism: "mechanism",
    Pathway: "pathway",
    BiologicalProcess: "process",
}


@panel(*FILTER_OF)
def claims_of_row(row):
    return claims_panel("Claims", row, claims_here(row), **{FILTER_OF[type(row)]: row.slug})


@panel(Molecule, SurfaceMarker)
def claims_about_molecule(molecule):
    """A panel for each role that the molecule plays."""
    made = []
    for role, (slot, title) in ROLES.items():
        rows = [claim for claim in claims_here(molecule) if links_to(claim, slot, {molecule.pk})]
        made.append(claims_panel(title, molecule, rows, role, **{role: molecule.slug}))
    return made


def links_to(claim, slot, ids):
    return any(entity.pk in ids for entity in getattr(claim, slot).all())


@panel(Molecule, SurfaceMarker)
def vesicles_with_molecule(molecule):
    rows = VesicleClass.objects.filter(markers=molecule.pk)
    return Panel("Marks vesicles", "partials/entities.html", rows, slug="vesicles")


@panel(CellType)
def claims_about_cell(cell):
    """A panel for the cell as target and one for it as actor, narrower cells included."""
    found, cells = claims_here(cell), cell.ids_with_narrower
    acted_on = [claim for claim in found if links_to(claim, "targets", cells)]
    acting = [claim for claim in found if claim.actor_id in cells]
    return [
        claims_panel("As a target", cell, acted_on, "target", target=cell.slug),
        claims_panel("As the actor", cell, acting, "actor", actor=cell.slug),
    ]


@panel(Mechanism, BiologicalProcess)
def narrower_entities(row):
    return Panel("Narrower", "partials/entities.html", row.narrower.all(), slug="narrower")


@panel(VesicleClass)
def claims_on_vesicles(vesicle_class):
    preparation = vesicle_class.slug
    if preparation not in Claim.Preparation.values:
        return None
    rows = Claim.objects.filter(preparation=preparation).with_slots()
    return claims_panel("Claims on this preparation", vesicle_class, rows, preparation=preparation)


@panel(Claim)
def conflicts_of_claim(claim):
    rows = ClaimConflict.objects.of(claim).with_sides()
    return Panel("Where statements disagree", "partials/conflicts.html", rows, slug="conflicts")
