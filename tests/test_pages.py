"""Every page opens, says where it is, links on, and asks the database a bounded number of times."""

import re

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.statements import statement_models
from mscbase.api_urls import router
from tests import builders as make
from tests import wide
from tests.reading import read
from tests.test_api_contract import repeated

NAMES = [name.removeprefix("api-") for _, _, name in router.registry if not name.endswith("conflict")]
# One page of each kind, besides the lists, and lists with filters in force.
PAGES = [
    "/", "/search/", "/search/?q=marker", "/about/", "/downloads/", "/conflicts/", "/api/docs/", "/sources/compare/",
    "/sources/compare/?source=source-1&source=source-2&source=source-3", "/identify/",
    "/identify/?profile=marker-1%2B+marker-2-+marker-3%2B", "/coverage/", "/coverage/?condition=condition-1-broad",
    "/sources/source-1/", "/markers/marker-1/", "/molecules/mediator-1/", "/cell-types/cell-type-1/",
    "/conditions/condition-1/", "/organisms/organism-1/", "/mechanisms/mechanism-1/", "/pathways/pathway-1/",
    "/processes/process-1/", "/vesicle-classes/vesicle-1/", "/claims/MSC-CL-0001/", "/trials/MSC-TR-0001/",
    "/marker-expressions/MSC-ME-0001/", "/differentiations/MSC-DP-0001/", "/source-traits/MSC-ST-0001/",
    "/identity-criteria/MSC-IC-0001/", "/indications/MSC-IN-0001/", "/trial-statistics/MSC-TS-0001/",
    "/administration-routes/route-1/", "/adverse-events/adverse-event-1/", "/outcome-measures/outcome-measure-1/",
    "/documents/review/", "/sections/section-1/", "/references/1/",
]  # fmt: skip
FILTERED = [
    "/claims/?mechanism=mechanism-1-broad&target=cell-type-1", "/claims/?condition=condition-1&evidence=!animal&q=a",
    "/claims/?mediator=mediator-1&mechanism=mechanism-1&process=!process-2&organism=organism-1&section=section-1",
    "/trials/?condition=condition-1&outcome=improved,mixed&ordering=-dose_cells",
    "/trials/?source=source-1&route=route-1&donor=not-stated&dose_unit=cells&dose_min=1e6",
    "/sources/?marker=marker-1&origin=adult", "/sources/?marker=all:marker-1,absent:marker-2&cell_type=cell-type-1",
    "/markers/?source=source-1&status=positive", "/molecules/?mechanism=mechanism-1&kind=protein",
    "/cell-types/?source=source-1&kind=differentiated", "/conditions/?broader=condition-1-broad&kind=disease",
    "/processes/?broader=process-1-broad&mechanism=mechanism-1", "/statements/?kind=claim,trial&reference=1",
    "/differentiations/?source=source-1&cell_type=cell-type-1&document=review", "/references/?section=section-1&q=1",
    "/source-traits/?source=source-1&aspect=yield", "/identity-criteria/?marker=marker-1&cell_type=cell-type-1",
    "/mechanisms/?condition=condition-1&mechanism=mechanism-1&organism=organism-1",
    "/claims/?mechanism=nonsense&target=cell-type-1", "/trials/?condition=nonsense",
]  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def built(module_world):
    wide.build()


def page(path, status=200):
    response = Client().get(path)
    assert response.status_code == status, path
    return response.content.decode()


def rows(name):
    model = next((m for m in apps.get_models() if m._meta.model_name == name), None)
    return list(model.objects.all()) if model else []


@pytest.mark.parametrize("name", NAMES)
def test_list_opens_with_one_heading_and_its_api_twin(name):
    html = page(reverse(f"{name}-list"))
    assert len(re.findall(r"<h1", html)) == 1
    assert reverse(f"api-{name}-list") in html


@pytest.mark.parametrize("path", PAGES)
def test_page_opens_with_one_heading(path):
    assert len(re.findall(r"<h1", page(path))) == 1 or path == "/api/docs/"


@pytest.mark.parametrize("name", [name for name in NAMES if name != "statement"])
def test_every_row_has_a_page_that_shows_its_permalink_and_api_twin(name):
    for row in rows(name)[:3]:
        path = row.get_absolute_url()
        if name == "surfacemarker":
            path = reverse("surfacemarker-detail", args=[row.slug])
        html = page(path)
        assert f"http://testserver{row.get_absolute_url()}" in html
        assert "/api/v1/" in html


@pytest.mark.parametrize("path", [path for path in PAGES if re.search(r"-\d+/$|/review/$|/1/$", path)])
def test_a_detail_page_leads_back_to_its_list(path):
    crumbs = read(path).part("nav.crumbs")
    assert crumbs.links == [f"/{path.split('/')[1]}/"]


def test_every_statement_page_shows_its_provenance():
    for model in statement_models().values():
        row = model.objects.exclude(references=None).first() or model.objects.first()
        html = page(row.get_absolute_url())
        assert row.section.title in html
        assert row.get_evidence_display() in html
        for reference in row.references.all():
            assert f"/references/{reference.number}/" in html


@pytest.mark.parametrize("name", NAMES)
def test_a_list_page_runs_no_more_queries_for_more_rows(name):
    asked = set()
    for size in (2, 200):
        with CaptureQueriesContext(connection) as captured:
            page(f"{reverse(f'{name}-list')}?page_size={size}")
        assert not repeated(captured)
        asked.add(len(captured))
    assert len(asked) == 1
    assert max(asked) <= 11


@pytest.mark.parametrize("path", [*PAGES, *FILTERED])
def test_every_page_asks_the_database_at_most_11_times(path):
    with CaptureQueriesContext(connection) as captured:
        Client().get(path)
    assert len(captured) <= 11, "\n".join(query["sql"][:200] for query in captured)


@pytest.mark.parametrize(
    ("path", "found"),
    [("/molecules/MEDIATOR-1/", "/molecules/mediator-1/"), ("/claims/msc-cl-0001/", "/claims/MSC-CL-0001/"),
     ("/sections/Section-1/", "/sections/section-1/"), ("/trials/nct00000007/", "/trials/MSC-TR-0011/"),
     ("/statements/msc-me-0001/", "/marker-expressions/MSC-ME-0001/"),
     ("/documents/REVIEW/", "/documents/review/")],
)  # fmt: skip
def test_an_address_in_another_case_leads_to_its_page(path, found):
    make.trial("MSC-TR-0011", registry_id="NCT00000007")
    response = Client().get(path)
    assert response.status_code in (301, 302)
    assert response["Location"] == found


def test_a_bad_filter_is_named_on_the_page():
    html = page("/claims/?mediator=mediator-11", status=400)
    assert "&#x27;mediator-11&#x27;" in html
    html = page("/claims/?direction=increased", status=400)
    assert "Did you mean &#x27;increases&#x27;" in html
    assert "mediatr" in page("/claims/?mediatr=mediator-1", status=400)


def test_an_empty_list_says_what_to_do():
    assert "Clear all filters" in page("/claims/?q=nosuchwordatall")


@pytest.mark.parametrize(
    "query", ["", "?condition=condition-1,condition-2", "?condition=!condition-1", "?q=0003"]
)
def test_the_page_has_the_rows_of_the_api_with_the_same_query(query):
    listed = re.findall(r'<a class="accession" href="/trials/(MSC-TR-\d+)/"', page(f"/trials/{query}"))
    rows = Client().get(f"/api/v1/trials/{query}").json()["results"]
    assert listed == [row["accession"] for row in rows]
    assert listed


def test_a_registry_id_leads_to_its_trial():
    make.trial("MSC-TR-0011", registry_id="NCT00000007")
    response = Client().get("/trials/NCT00000007/")
    assert response.status_code == 302
    assert response["Location"] == "/trials/MSC-TR-0011/"


def test_any_statement_has_a_permalink():
    assert Client().get("/statements/MSC-ME-0001/")["Location"] == "/marker-expressions/MSC-ME-0001/"
    page("/statements/MSC-ME-9999/", status=404)


def test_a_retired_accession_answers_410_with_its_successor():
    make.retired("MSC-CL-9998", successor="MSC-CL-0001")
    for path in ("/claims/MSC-CL-9998/", "/statements/MSC-CL-9998/", "/claims/msc-cl-9998/"):
        html = page(path, status=410)
        assert "MSC-CL-0001" in html
        assert "2020.01" in html  # as every page says which release it shows
    for path in ("claims/MSC-CL-9998/", "statements/MSC-CL-9998/", "resolve/?id=MSC-CL-9998"):
        response = Client().get(f"/api/v1/{path}")
        assert response.status_code == 410
        assert response.json()["successor"] == "MSC-CL-0001"


def test_not_listed_is_told_apart_from_negative():
    make.expression("MSC-ME-0011", source="source-1", marker="marker-2", status="negative")
    html = page("/sources/")
    assert "not the same as negative" in html
    assert "dot-negative" in html


def test_health_and_readiness():
    assert page("/healthz") == "ok\n"
    body = Client().get("/readyz").json()
    assert (body["ready"], body["release"]) == (True, "2020.01")


def test_not_ready_before_the_first_load(world):
    response = Client().get("/readyz")
    assert (response.status_code, response.json()["ready"]) == (503, False)


def test_an_unknown_page_helps():
    assert "Find" in page("/no/such/page/", status=404)


def test_the_admin_shows_every_model(admin_client):
    for model in admin.site._registry:
        if model._meta.app_label in ("core", "search", "catalog", "mechanisms", "trials"):
            base = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
            assert admin_client.get(base).status_code == 200, base
            assert admin_client.get(base + "add/").status_code == 403
