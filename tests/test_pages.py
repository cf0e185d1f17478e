"""Every page opens, says where it is, links on, and asks the database a bounded number of times."""

import re

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.models import RetiredAccession
from core.statements import statement_models
from mscbase.api_urls import router
from tests.browsing import PAGES
from tests.test_api_contract import repeated

NAMES = [name.removeprefix("api-") for _, _, name in router.registry if not name.endswith("conflict")]
SPANNING = [
    "/", "/search/", "/search/?q=endoglin", "/about/", "/downloads/", "/conflicts/", "/api/docs/",
    "/sources/compare/", "/identify/",
]  # fmt: skip


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


@pytest.mark.parametrize("path", SPANNING)
def test_page_opens(path):
    page(path)


@pytest.mark.parametrize("name", [name for name in NAMES if name != "statement"])
def test_every_row_has_a_page_that_shows_its_permalink_and_api_twin(name):
    for row in rows(name)[:25]:
        path = row.get_absolute_url()
        if name == "surfacemarker":
            path = reverse("surfacemarker-detail", args=[row.slug])
        html = page(path)
        assert f"http://testserver{row.get_absolute_url()}" in html
        assert "/api/v1/" in html


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
    for size in (20, 200):
        with CaptureQueriesContext(connection) as captured:
            page(f"{reverse(f'{name}-list')}?page_size={size}")
        assert not repeated(captured)
        assert len(captured) <= 40


@pytest.mark.parametrize(
    "path", [*PAGES, "/sources/bone-marrow/", "/conditions/cancer/", "/coverage/?condition=stroke"]
)
def test_every_page_asks_the_database_fewer_than_12_times(path):
    with CaptureQueriesContext(connection) as captured:
        Client().get(path)
    assert len(captured) < 12, "\n".join(query["sql"][:200] for query in captured)


FILTERED = [
    "/claims/?mechanism=paracrine&target=t-cell", "/claims/?mediator=hgf&mechanism=angiogenesis&process=!apoptosis&q=a",
    "/claims/?condition=cancer&organism=mouse&section=table-1&evidence=animal",
    "/trials/?condition=stroke&outcome=improved,mixed",
    "/trials/?source=bone-marrow&route=intravenous&donor=autologous&dose_min=1e6&ordering=-dose_cells",
    "/sources/?marker=cd73&cell_type=osteoblast&origin=adult", "/markers/?source=bone-marrow&status=positive",
    "/molecules/?mechanism=paracrine&kind=protein", "/cell-types/?source=bone-marrow&kind=differentiated",
    "/conditions/?broader=cancer&kind=disease", "/processes/?broader=cell-death&mechanism=paracrine",
    "/differentiations/?source=bone-marrow&cell_type=osteoblast&germ_layer=mesoderm&document=fan-2020",
    "/source-traits/?source=bone-marrow&aspect=isolation", "/identity-criteria/?marker=cd73&cell_type=osteoblast",
    "/mechanisms/?condition=cancer&mechanism=extracellular-vesicles&organism=mouse", "/coverage/?condition=cancer",
    "/statements/?kind=claim,trial&section=table-2&reference=132", "/references/?section=table-1&q=1",
    "/claims/?mechanism=nonsense&target=t-cell", "/trials/?condition=nonsense",
]  # fmt: skip


@pytest.mark.parametrize("path", FILTERED)
def test_a_list_with_filters_in_force_asks_the_database_fewer_than_12_times(path):
    with CaptureQueriesContext(connection) as captured:
        Client().get(path)
    assert len(captured) < 12, "\n".join(query["sql"][:200] for query in captured)


@pytest.mark.parametrize(
    ("path", "found"),
    [("/molecules/HGF/", "/molecules/hgf/"), ("/claims/msc-cl-1701/", "/claims/MSC-CL-1701/"),
     ("/sections/Table-1/", "/sections/table-1/"), ("/trials/nct02923375/", "/trials/MSC-TR-0013/"),
     ("/statements/msc-me-0001/", "/marker-expressions/MSC-ME-0001/"),
     ("/documents/FAN-2020/", "/documents/fan-2020/")],
)  # fmt: skip
def test_an_address_in_another_case_leads_to_its_page(path, found):
    response = Client().get(path)
    assert response.status_code in (301, 302)
    assert response["Location"] == found


def test_a_bad_filter_is_named_on_the_page():
    html = page("/claims/?mediator=hgff", status=400)
    assert "hgff" in html
    assert "&#x27;hgf&#x27;" in html
    assert "mediatr" in page("/claims/?mediatr=hgf", status=400)


def test_an_empty_list_says_what_to_do():
    assert "Clear all filters" in page("/claims/?q=nosuchwordatall")


def test_the_page_has_the_rows_of_the_api_with_the_same_query():
    html = page("/trials/?disease=stroke")
    listed = set(re.findall(r"MSC-TR-\d+", html))
    api = Client().get("/api/v1/trials/?disease=stroke").json()
    assert listed == {row["accession"] for row in api["results"]}


def test_a_chip_removes_its_own_filter_only():
    html = page("/trials/?disease=stroke&route=intravenous")
    assert 'href="?route=intravenous"' in html
    assert 'href="?disease=stroke"' in html


def test_things_link_to_each_other():
    source = page("/sources/adipose-tissue/")
    for path in ("/markers/cd73/", "/cell-types/osteoblast/", "/trials/MSC-TR-0002/", "/references/29/"):
        assert path in source, path
    condition = page("/conditions/stroke/")
    assert "/trials/MSC-TR-0010/" in condition
    claim = page("/claims/MSC-CL-1837/")
    assert "/molecules/connexin-43/" in claim
    assert "/mechanisms/" in claim


def test_a_registry_id_leads_to_its_trial():
    response = Client().get("/trials/NCT02923375/")
    assert response.status_code == 302
    assert response["Location"] == "/trials/MSC-TR-0013/"


def test_any_statement_has_a_permalink():
    assert Client().get("/statements/MSC-ME-0001/")["Location"] == "/marker-expressions/MSC-ME-0001/"
    page("/statements/MSC-ME-9999/", status=404)


def test_a_retired_accession_answers_410_with_its_successor():
    RetiredAccession.objects.create(accession="MSC-CL-9998", successor="MSC-CL-1701")
    for path in ("/claims/MSC-CL-9998/", "/statements/MSC-CL-9998/", "/claims/msc-cl-9998/"):
        assert "MSC-CL-1701" in page(path, status=410)
    for path in ("claims/MSC-CL-9998/", "statements/MSC-CL-9998/", "resolve/?id=MSC-CL-9998"):
        response = Client().get(f"/api/v1/{path}")
        assert response.status_code == 410
        assert response.json()["successor"] == "MSC-CL-1701"


def test_not_listed_is_told_apart_from_negative():
    html = page("/sources/")
    assert "not the same as negative" in html
    assert "dot-negative" in html


def test_health_and_readiness():
    assert page("/healthz") == "ok\n"
    body = Client().get("/readyz").json()
    assert body["ready"] is True
    assert body["release"]


def test_not_ready_before_the_first_load():
    from core.models import Release

    Release.objects.all().delete()
    response = Client().get("/readyz")
    assert response.status_code == 503
    assert response.json()["ready"] is False


def test_an_unknown_page_helps():
    assert "Find" in page("/no/such/page/", status=404)


def test_the_admin_shows_every_model(admin_client):
    from django.contrib import admin

    for model in admin.site._registry:
        if model._meta.app_label in ("core", "search", "catalog", "mechanisms", "trials"):
            base = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
            assert admin_client.get(base).status_code == 200, base
            assert admin_client.get(base + "add/").status_code == 403
