"""A draft is seen nowhere: adding drafts of every kind changes no answer of the site, publishing them does.

`ENTRY_POINTS` is the matrix, for each kind of statement the addresses that must tell a published one. The answers are
compared before drafts exist, with the drafts, and after their publication, so that an address which would not notice
a leak fails, too.
"""

import io
import re

import openpyxl
import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from core.rest.facets import countable
from core.statements import statement_models
from mscbase.api_urls import router
from tests import builders

SHARED = {"section": "methods", "references": [7]}
WORD = "zebrafish"  # stands in the drafts only

# {kind: accession of its draft}
DRAFTS = {
    "claim": "MSC-CL-0009", "differentiation": "MSC-DP-0009", "identity-criterion": "MSC-IC-0009",
    "indication": "MSC-IN-0009", "marker-expression": "MSC-ME-0009", "source-trait": "MSC-ST-0009",
    "trial": "MSC-TR-0009", "trial-statistic": "MSC-TS-0009", "vesicle-class": "MSC-VC-0009",
}  # fmt: skip

# Addresses that show a statement of any kind once it is published.
EVERY_KIND = [
    "/api/v1/statements/", "/api/v1/statements/?facets=kind,section,reference,evidence", "/api/v1/statements.csv",
    "/api/v1/statements.xlsx", "/statements/", "/sections/hidden/", "/references/8/", "/sections/", "/references/",
    "/api/v1/references/?section=hidden", "/downloads/", f"/search/?q={WORD}", f"/api/v1/search/?q={WORD}",
    "/api/v1/suggest/?q=MSC-{prefix}-0009", "/api/v1/resolve/?id=MSC-{prefix}-0009",
    "/api/v1/statements/MSC-{prefix}-0009/", "/statements/MSC-{prefix}-0009/", "export_kb",
]  # fmt: skip

ENTRY_POINTS = {
    "claim": [
        "/", "/claims/", "/api/v1/claims/", "/api/v1/claims.jsonl", "/claims/MSC-CL-0009/", "/claims/MSC-CL-0001/",
        "/api/v1/claims/MSC-CL-0009/", "/api/v1/claims/MSC-CL-0001/", "/conflicts/", "/api/v1/claim-conflicts/",
        "/api/v1/conflicts/",
        "/api/v1/claims/?conflicting=true", "/api/v1/claims/?filled=mediators",
        "/api/v1/claims/?facets=mechanism,mediator,target,process,condition,conflicting,filled",
        "/api/v1/molecules/?mechanism=hidden-mechanism", "/api/v1/molecules/?facets=mechanism",
        "/api/v1/pathways/?mechanism=hidden-mechanism", "/api/v1/processes/?mechanism=hidden-mechanism",
        "/molecules/hidden-molecule/", "/cell-types/hidden-cell/", "/conditions/hidden-condition/",
        "/mechanisms/hidden-mechanism/", "/pathways/hidden-pathway/", "/processes/hidden-process/",
        "/organisms/hidden-organism/", "/sources/hidden-source/", "/vesicle-classes/exosomes/", "/mechanisms/",
        "/mechanisms/map.svg", "/coverage/", "/coverage/sources.svg", "/coverage/conditions.svg",
        "/sources/compare/?source=hidden-source&source=shown-source",
        "/api/v1/compare/?source=hidden-source&source=shown-source",
    ],
    "differentiation": [
        "/differentiations/", "/api/v1/differentiations/", "/api/v1/sources/?cell_type=hidden-cell",
        "/api/v1/sources/?facets=cell_type", "/api/v1/cell-types/?source=hidden-source", "/cell-types/hidden-cell/",
        "/sources/hidden-source/", "/sources/", "/sources/differentiation.svg", "/coverage/",
        "/api/v1/compare/?source=hidden-source&source=shown-source",
    ],
    "identity-criterion": [
        "/identity-criteria/", "/api/v1/identity-criteria/", "/markers/hidden-marker/", "/cell-types/hidden-cell/",
        "/identify/?positive=hidden-marker", "/api/v1/identify/?positive=hidden-marker", "/identify/",
    ],
    "indication": ["/indications/", "/api/v1/indications/", "/conditions/hidden-condition/"],
    "marker-expression": [
        "/marker-expressions/", "/api/v1/marker-expressions/", "/api/v1/markers/?source=hidden-source",
        "/api/v1/markers/?status=positive", "/api/v1/sources/?marker=hidden-marker", "/markers/hidden-marker/",
        "/api/v1/markers/?facets=source,status", "/api/v1/sources/?facets=marker", "/sources/hidden-source/",
        "/sources/", "/sources/markers.svg", "/coverage/", "/api/v1/identify/?positive=hidden-marker",
        "/api/v1/compare/?source=hidden-source&source=shown-source",
    ],
    "source-trait": [
        "/source-traits/", "/api/v1/source-traits/", "/sources/hidden-source/", "/sources/shown-source/", "/coverage/",
        "/api/v1/compare/?source=hidden-source&source=shown-source",
    ],
    "trial": [
        "/", "/trials/", "/api/v1/trials/", "/api/v1/trials/?facets=condition,outcome,source", "/trials/MSC-TR-0001/",
        "/api/v1/trials/MSC-TR-0001/", "/trials/NCT00000009/", "/api/v1/trials/NCT00000009/",
        "/api/v1/resolve/?id=NCT00000009", "/api/v1/trials/?registry_id=NCT00000009", "/api/v1/trials/?curated=false",
        "/trials/?curated=false", "/api/v1/trials.csv?phase=PHASE2", "/api/v1/trials/?facets=curated,phase",
        "/api/v1/suggest/?q=NCT0000000", "/api/v1/search/?q=registry+says",
        "/api/v1/trials/?conflicting=true", "/conflicts/", "/api/v1/trial-conflicts/", "/api/v1/conflicts/",
        "/conditions/hidden-condition/", "/sources/hidden-source/", "/administration-routes/hidden-route/",
        "/adverse-events/hidden-event/", "/outcome-measures/hidden-measure/", "/trials/outcomes.svg",
        "/trials/doses.svg", "/coverage/", "/sources/compare/?source=hidden-source&source=shown-source",
        "/api/v1/compare/?source=hidden-source&source=shown-source",
    ],
    "trial-statistic": [
        "/trial-statistics/", "/api/v1/trial-statistics/", "/conditions/hidden-condition/", "/sources/hidden-source/",
    ],
    "vesicle-class": [
        "/vesicle-classes/", "/api/v1/vesicle-classes/", "/molecules/hidden-molecule/", "/vesicle-classes/draft/",
        "/api/v1/vesicle-classes/draft/",
    ],
}  # fmt: skip


def build_published():
    """One published statement of each kind, and entities that so far nothing but drafts will name."""
    builders.release()
    builders.section("hidden")
    builders.reference(8)
    for name, builder in {
        "hidden-source": builders.source, "shown-source": builders.source, "hidden-molecule": builders.molecule,
        "hidden-marker": builders.marker, "hidden-cell": builders.cell_type, "hidden-condition": builders.condition,
        "hidden-mechanism": builders.mechanism, "hidden-pathway": builders.pathway,
        "hidden-process": builders.process, "hidden-organism": builders.organism, "hidden-route": builders.route,
        "hidden-event": builders.adverse_event, "hidden-measure": builders.outcome_measure,
    }.items():  # fmt: skip
        builder(name)
    builders.claim("MSC-CL-0001", **SHARED)
    builders.differentiation(**SHARED)
    builders.criterion(positive_markers=["cd90"], **SHARED)
    builders.indication(**SHARED)
    builders.expression(**SHARED)
    builders.trait(**SHARED)
    builders.trial("MSC-TR-0001", conditions=["stroke"], **SHARED)
    builders.registry_record("NCT00000009", title="What the registry says", phase="PHASE2")
    builders.statistic(**SHARED)
    builders.vesicle_class("exosomes", accession="MSC-VC-0001", **SHARED)


def build_drafts():
    """A draft of each kind, linked to everything that is hidden; published statements in conflict with drafts."""
    draft = {"text": f"A {WORD} says so.", "section": "hidden", "references": [8], "draft": True}
    source, condition, cell = "hidden-source", "hidden-condition", "hidden-cell"
    claim = builders.claim(
        DRAFTS["claim"], mechanism="hidden-mechanism", mediators=["hidden-molecule"], regulated=["hidden-molecule"],
        modulators=["hidden-molecule"], targets=[cell], actor=cell, pathways=["hidden-pathway"],
        process="hidden-process", conditions=[condition], organisms=["hidden-organism"], source=source,
        preparation="exosomes", modification=f"{WORD} knock-down", **draft,
    )  # fmt: skip
    builders.conflict(builders.claim("MSC-CL-0001"), claim)
    builders.differentiation(DRAFTS["differentiation"], source=source, cell_type=cell, **draft)
    builders.criterion(
        DRAFTS["identity-criterion"], positive_markers=["hidden-marker"], differentiation=[cell], **draft
    )
    builders.indication(DRAFTS["indication"], condition=condition, **draft)
    builders.expression(DRAFTS["marker-expression"], source=source, marker="hidden-marker", **draft)
    builders.trait(
        DRAFTS["source-trait"], source=source, comparator="shown-source", relation="higher", **draft
    )
    trial = builders.trial(
        DRAFTS["trial"], registry_id="NCT00000009", conditions=[condition], source=source, routes=["hidden-route"],
        adverse_events=["hidden-event"], outcome_measures=["hidden-measure"], outcome="improved",
        dose_cells_min=5, dose_cells_max=5, **draft,
    )  # fmt: skip
    builders.conflict(builders.trial("MSC-TR-0001"), trial)
    builders.statistic(DRAFTS["trial-statistic"], source=source, condition=condition, **draft)
    builders.vesicle_class(
        "draft", accession=DRAFTS["vesicle-class"], markers=["hidden-molecule"], synonyms=[WORD], **draft
    )


def publish_drafts():
    for kind, model in statement_models().items():
        row = model.with_drafts.get(accession=DRAFTS[kind])
        row.curation_status = "published"
        row.save()


def every_address():
    """The matrix, and beside it each list with each of its facets, in each format, and each page of a row."""
    found = {address for addresses in ENTRY_POINTS.values() for address in addresses}
    for accession in DRAFTS.values():
        found |= {address.format(prefix=accession[4:6]) for address in EVERY_KIND}
    for prefix, viewset, name in router.registry:
        found |= {f"/api/v1/{prefix}/", f"/api/v1/{prefix}.csv"}
        filters = viewset.filterset_class(queryset=viewset.queryset.none())
        found.add(f"/api/v1/{prefix}/?facets={','.join(countable(filters))}")
        if not name.endswith("conflict"):
            found.add(reverse(f"{name.removeprefix('api-')}-list"))
    return sorted(found - {"export_kb"}) + ["export_kb"]


def answer(address, folder):
    """What an address answers: status and content, without what no two answers have alike."""
    if address == "export_kb":
        call_command("export_kb", str(folder), format="jsonl", verbosity=0)
        return "".join(path.read_text() for path in sorted(folder.iterdir()))
    response = Client().get(address)
    if address.endswith(".xlsx"):
        return response.status_code, workbook(b"".join(response.streaming_content))
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return response.status_code, re.sub(rb'"request_id":"\w+"', b"", body).decode()


def workbook(content):
    return list(openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True))


@pytest.fixture(scope="module")
def answers(module_world, tmp_path_factory):
    """{stage: {address: answer}} without drafts, with drafts, and with all published."""
    found = {}
    for stage, change in (
        ("before", build_published),
        ("drafts", build_drafts),
        ("published", publish_drafts),
    ):
        change()
        folder = tmp_path_factory.mktemp(stage)
        found[stage] = {address: answer(address, folder) for address in every_address()}
    return found


def test_drafts_change_no_answer(answers):
    told = [a for a, before in answers["before"].items() if answers["drafts"][a] != before]
    assert not told


def test_no_answer_holds_what_only_a_draft_says(answers):
    assert not [a for a, body in answers["drafts"].items() if WORD not in a and WORD in str(body)]


@pytest.mark.parametrize("kind", DRAFTS)
def test_every_entry_point_would_notice(answers, kind):
    prefix = DRAFTS[kind][4:6]
    matrix = [*ENTRY_POINTS[kind], *(address.format(prefix=prefix) for address in EVERY_KIND)]
    blind = [a for a in matrix if answers["published"][a] == answers["drafts"][a]]
    assert not blind


@pytest.mark.parametrize("kind", DRAFTS)
def test_a_draft_has_no_address(answers, kind):
    accession = DRAFTS[kind]
    for address in (f"/statements/{accession}/", f"/api/v1/statements/{accession}/"):
        assert answers["drafts"][address][0] == 404
        assert answers["published"][address][0] in (200, 302)


def test_the_admin_shows_nothing_to_the_public(answers):
    for model in statement_models().values():
        response = Client().get(f"/admin/{model._meta.app_label}/{model._meta.model_name}/")
        assert response.status_code == 302
        assert response["Location"].startswith("/admin/login/")
