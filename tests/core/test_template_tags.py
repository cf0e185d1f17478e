"""The template tags of core: links, heads of sortable columns, addresses of CURIEs."""

import pytest
from django.test import RequestFactory

from core.templatetags import kb
from mechanisms.models import Claim


def asked(path="/claims/"):
    return {"request": RequestFactory().get(path), "api_url": f"/api/v1{path}"}


@pytest.mark.parametrize(
    ("path", "state", "arrow", "following"),
    [
        ("/claims/", "none", "", "text"),
        ("/claims/?ordering=text", "ascending", "▲", "-text"),
        ("/claims/?ordering=-text", "descending", "▼", "text"),
        ("/claims/?ordering=accession", "none", "", "text"),
    ],
)
def test_a_column_head_orders_by_its_column_and_back(path, state, arrow, following):
    head = kb.sort_header(asked(path), "text", "Text", "wide")
    assert (head["state"], head["arrow"], head["next"]) == (state, arrow, following)
    assert (head["label"], head["css"], head["request"].path) == ("Text", "wide", "/claims/")
    assert kb.sort_header(asked(path), "text", "Text")["css"] == ""


@pytest.mark.parametrize(
    ("path", "more", "link"),
    [
        ("/claims/", "", "/api/v1/claims.csv"),
        ("/claims/", "bom=1", "/api/v1/claims.csv?bom=1"),
        ("/claims/?q=x&page=2&page_size=5&source=fat", "", "/api/v1/claims.csv?q=x&source=fat"),
        ("/claims/?q=x", "bom=1", "/api/v1/claims.csv?q=x&bom=1"),
        ("/claims/?page=2", "", "/api/v1/claims.csv"),
    ],
)
def test_an_export_is_the_whole_filtered_list(path, more, link):
    assert kb.export_link(asked(path), "csv", more) == link


def test_an_address_becomes_absolute():
    assert kb.absolute(asked(), "/claims/?q=x") == "http://testserver/claims/?q=x"


@pytest.mark.parametrize(
    ("curie", "url"),
    [
        ("UBERON:0002371", "http://purl.obolibrary.org/obo/UBERON_0002371"),
        ("CL:0000134", "http://purl.obolibrary.org/obo/CL_0000134"),
        ("GO:0006915", "http://purl.obolibrary.org/obo/GO_0006915"),
        ("MONDO:0005098", "http://purl.obolibrary.org/obo/MONDO_0005098"),
        ("CHEBI:16480", "http://purl.obolibrary.org/obo/CHEBI_16480"),
        ("HP:0001945", "http://purl.obolibrary.org/obo/HP_0001945"),
        ("DOID:6713", "http://purl.obolibrary.org/obo/DOID_6713"),
        ("CLO:0000001", "http://purl.obolibrary.org/obo/CLO_0000001"),
        ("NCIT:C1", "http://purl.obolibrary.org/obo/NCIT_C1"),
        ("EFO:0000712", "http://www.ebi.ac.uk/efo/EFO_0000712"),
        ("NCBITaxon:9606", "http://purl.obolibrary.org/obo/NCBITaxon_9606"),
        ("HGNC:4893", "https://identifiers.org/HGNC:4893"),
    ],
)
def test_a_curie_is_explained_where_its_ontology_says(curie, url):
    assert kb.curie_url(curie) == url


def test_small_filters():
    assert (kb.get_item({"a": 1}, "a"), kb.get_item({"a": 1}, "b")) == (1, "")
    assert kb.verbose_plural(Claim) == "claims"
