"""A second document, loaded beside the first: same section slugs, same reference numbers, nothing mixed up."""

import csv
import io

import pytest
from django.test import Client

from core.loading import load

FIXTURES = {
    "document/documents.yaml": """
- {model: core.document, fields: {slug: first-2020, order: 1, title: The first document, authors: 'First, Other',
    journal: A Journal, year: 2020, doi: 10.1/first}}
- {model: core.document, fields: {slug: lee-2021, order: 2, title: The second document, authors: 'Lee, Park',
    journal: B Journal, year: 2021, doi: 10.1/second}}
- {model: core.section, fields: {slug: results, document: [first-2020], title: Results of the first, order: 1}}
- {model: core.section, fields: {slug: results, document: [lee-2021], title: Results of the second, order: 1}}
- {model: core.section, fields: {slug: table-1, document: [lee-2021], title: Table 1, order: 2,
    parent: [lee-2021, results]}}
- {model: core.reference, fields: {document: [first-2020], number: 1}}
- {model: core.reference, fields: {document: [first-2020], number: 2}}
- {model: core.reference, fields: {document: [lee-2021], number: 1}}
- {model: core.reference, fields: {document: [lee-2021], number: 7}}
""",
    "entities/all.yaml": """
- {model: catalog.molecule, fields: {slug: hgf, name: HGF, kind: protein}}
- {model: catalog.tissuesource, fields: {slug: bone-marrow, name: Bone marrow, origin: adult}}
- {model: catalog.condition, fields: {slug: stroke, name: Stroke, kind: disease}}
""",
    "statements/first.yaml": """
- {model: mechanisms.claim, fields: {accession: MSC-CL-0001, text: The first says so., direction: increases,
    section: [first-2020, results], mediators: [[hgf]], references: [[first-2020, 1], [first-2020, 2]]}}
- {model: trials.trial, fields: {accession: MSC-TR-0001, text: A trial of the first., conditions: [[stroke]],
    section: [first-2020, results], references: [[first-2020, 2]]}}
""",
    "statements/second.yaml": """
- {model: mechanisms.claim, fields: {accession: MSC-CL-0002, text: The second says otherwise., direction: decreases,
    section: [lee-2021, table-1], mediators: [[hgf]], references: [[lee-2021, 1]]}}
- {model: mechanisms.claimconflict, fields: {claim: [MSC-CL-0001], other: [MSC-CL-0002], kind: unresolved, topic: HGF,
    why: The documents differ.}}
""",
}


@pytest.fixture(scope="module", autouse=True)
def documents(module_world, tmp_path_factory):
    """Both documents, loaded from fixture files as the shipped one is."""
    folder = tmp_path_factory.mktemp("fixtures")
    for name, content in FIXTURES.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, encoding="utf-8")
    assert load(folder).total == 16
    assert load(folder).changed == 0


def get(path, status=200):
    response = Client().get(path)
    assert response.status_code == status, (path, response.status_code)
    return response


def rows(path):
    return get(f"/api/v1/{path}").json()["results"]


def test_identifiers_are_short_in_the_first_document_only():
    assert [r["identifier"] for r in rows("references/")] == ["1", "2", "lee-2021:1", "lee-2021:7"]
    assert [r["identifier"] for r in rows("sections/")] == ["results", "lee-2021:results", "lee-2021:table-1"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("references/?document=lee-2021", ["lee-2021:1", "lee-2021:7"]),
        ("references/?document=first-2020", ["1", "2"]),
        ("references/?document=!lee-2021", ["1", "2"]),
        ("sections/?document=lee-2021", ["lee-2021:results", "lee-2021:table-1"]),
        ("references/?section=results", ["1", "2"]),
        ("references/?section=lee-2021:table-1", ["lee-2021:1"]),
    ],
)
def test_references_and_sections_filter_by_document(query, found):
    assert [row["identifier"] for row in rows(query)] == found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("claims/?document=lee-2021", ["MSC-CL-0002"]),
        ("claims/?section=results", ["MSC-CL-0001"]),
        ("claims/?section=lee-2021:table-1", ["MSC-CL-0002"]),
        ("claims/?reference=1", ["MSC-CL-0001"]),
        ("claims/?reference=lee-2021:1", ["MSC-CL-0002"]),
        ("claims/?reference=1,lee-2021:1", ["MSC-CL-0001", "MSC-CL-0002"]),
        ("statements/?document=first-2020", ["MSC-CL-0001", "MSC-TR-0001"]),
        ("statements/?document=lee-2021", ["MSC-CL-0002"]),
        ("statements/?reference=lee-2021:1", ["MSC-CL-0002"]),
        ("trials/?document=first-2020", ["MSC-TR-0001"]),
        ("trials/?document=lee-2021", []),
    ],
)
def test_statements_filter_by_document_section_and_reference(query, found):
    assert [row["accession"] for row in rows(query)] == found


def test_facets_count_each_document_and_reference_by_itself():
    facets = get("/api/v1/claims/?facets=document,section,reference").json()["facets"]
    assert {v["value"]: (v["label"], v["count"]) for v in facets["document"]} == {
        "first-2020": ("The first document", 1), "lee-2021": ("The second document", 1),
    }  # fmt: skip
    assert {v["value"]: v["count"] for v in facets["section"]} == {"results": 1, "lee-2021:table-1": 1}
    assert {v["value"]: v["count"] for v in facets["reference"]} == {"1": 1, "2": 1, "lee-2021:1": 1}


def test_a_statement_says_which_document_and_reference_it_means():
    first, second = rows("claims/")
    assert (first["document"], first["section"]) == ("first-2020", "results")
    assert (second["document"], second["section"]) == ("lee-2021", "lee-2021:table-1")
    assert second["references"] == [
        {"number": 1, "label": "Reference lee-2021:1", "identifier": "lee-2021:1"}
    ]
    united = rows("statements/?kind=claim")
    assert [row["document"] for row in united] == ["first-2020", "lee-2021"]
    assert united[1]["references"] == second["references"]


def test_a_flat_file_tells_the_references_apart():
    body = b"".join(get("/api/v1/claims.csv").streaming_content).decode()
    cells = [(r["section"], r["references"]) for r in csv.DictReader(io.StringIO(body, newline=""))]
    assert cells == [("results", "1|2"), ("lee-2021:table-1", "lee-2021:1")]


@pytest.mark.parametrize(
    ("path", "shown", "hidden"),
    [
        ("/references/1/", "MSC-CL-0001", "MSC-CL-0002"),
        ("/documents/lee-2021/references/1/", "MSC-CL-0002", "MSC-CL-0001"),
        ("/sections/results/", "Results of the first", "Results of the second"),
        ("/documents/lee-2021/sections/results/", "Results of the second", "Results of the first"),
        ("/documents/lee-2021/sections/table-1/", "MSC-CL-0002", "MSC-CL-0001"),
        ("/trials/MSC-TR-0001/", 'href="/references/2/"', "/documents/lee-2021/"),
        ("/claims/MSC-CL-0002/", "/documents/lee-2021/sections/table-1/", 'href="/sections/table-1/"'),
        ("/claims/MSC-CL-0001/", 'href="/references/2/"', "/documents/lee-2021/references/2/"),
        ("/claims/?document=lee-2021", "MSC-CL-0002", "MSC-CL-0001"),
        ("/references/?document=lee-2021", "/documents/lee-2021/references/7/", 'href="/references/7/"'),
    ],
)
def test_each_page_is_of_its_own_document(path, shown, hidden):
    html = get(path).content.decode().split("</header>")[1]
    assert shown in html
    assert hidden not in html


def test_api_addresses_of_both_documents():
    assert get("/api/v1/references/1/").json()["document"]["slug"] == "first-2020"
    second = get("/api/v1/documents/lee-2021/references/1/").json()
    assert second["document"]["slug"] == "lee-2021"
    assert second["url"] == "http://testserver/documents/lee-2021/references/1/"
    assert second["api_url"] == "http://testserver/api/v1/documents/lee-2021/references/1/"
    assert get("/api/v1/documents/lee-2021/sections/table-1/").json()["parent"] == "lee-2021:results"
    assert get("/api/v1/documents/first-2020/references/2/").json()["identifier"] == "2"


@pytest.mark.parametrize(
    "path",
    ["/references/7/", "/documents/lee-2021/references/2/", "/documents/no-such/references/1/",
     "/api/v1/documents/lee-2021/references/x/", "/api/v1/references/7/", "/sections/table-1/"],
)  # fmt: skip
def test_what_the_other_document_has_is_not_found_here(path):
    get(path, 404)


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("/documents/first-2020/references/2/", "/references/2/"),
        ("/documents/first-2020/sections/results/", "/sections/results/"),
        ("/references/lee-2021:7/", "/documents/lee-2021/references/7/"),
    ],
)
def test_every_part_has_one_address(path, address):
    assert get(path, 301)["Location"] == address


def test_search_and_resolve_keep_both_references_apart():
    found = get("/api/v1/search/?q=results&kind=section").json()["results"]
    assert {row["id"]: row["url"] for row in found[:2]} == {
        "results": "http://testserver/sections/results/",
        "lee-2021:results": "http://testserver/documents/lee-2021/sections/results/",
    }
    assert get("/api/v1/resolve/?id=lee-2021:7").json()["url"].endswith("/documents/lee-2021/references/7/")


def test_documents_are_listed_in_their_order_and_say_what_they_hold():
    assert [row["slug"] for row in rows("documents/")] == ["first-2020", "lee-2021"]
    html = get("/documents/lee-2021/").content.decode()
    assert "10.1/second" in html
    assert "10.1/first" not in html


def test_a_conflict_may_join_two_documents():
    html = get("/conflicts/").content.decode()
    assert "The documents differ." in html
    assert "Results of the first" in html
    assert "Table 1" in html
