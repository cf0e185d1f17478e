"""Clients that others generate from the description read every answer, and send every parameter."""

import inspect
import json

import pytest

from mscbase.api_urls import router
from tests import builders as make
from tests import example
from tests.generated_clients import generate

LISTS = {prefix: f"{prefix.replace('-', '_')}_list" for prefix, _, _ in router.registry}
DETAILS = {
    prefix: f"{prefix.replace('-', '_')}_retrieve"
    for prefix, viewset, _ in router.registry
    if hasattr(viewset, "retrieve")
}


@pytest.fixture(scope="session")
def clients(tmp_path_factory):
    return generate(tmp_path_factory.mktemp("clients"))


@pytest.fixture(scope="module", autouse=True)
def world(module_world):
    example.build()
    make.retired("MSC-CL-0009", successor="MSC-CL-0001")


def shapes(clients, operation):
    """Query parameters that change what a row holds: some fields, all but one, and every link in full."""
    fields = list(clients.choices(operation, "fields"))
    yield {"fields": fields[1:3]}
    yield {"omit": fields[:1]}
    if links := clients.choices(operation, "include"):
        yield {"include": list(links)}


@pytest.mark.parametrize("operation", LISTS.values())
def test_every_list_is_read_in_every_shape(clients, operation):
    page = clients.ask(operation)
    assert page.count == len(page.results) > 0
    assert (page.next_, page.previous) == (None, None)
    for shape in shapes(clients, operation):
        assert len(clients.ask(operation, **shape).results) == page.count


@pytest.mark.parametrize("operation", LISTS.values())
def test_every_page_is_read(clients, operation):
    pages = clients.ask(operation).count
    assert clients.ask(operation, page_size=1, page=pages).next_ is None
    if pages > 1:
        assert "page=2" in clients.ask(operation, page_size=1).next_


@pytest.mark.parametrize("operation", LISTS.values())
def test_every_facet_is_read(clients, operation):
    facets = clients.choices(operation, "facets")
    if facets is None:
        assert "facets" not in inspect.signature(clients.function(operation)).parameters
        return
    page = clients.ask(operation, facets=list(facets))
    assert set(page.facets.additional_properties) == {facet.value for facet in facets}
    assert all(v.count > 0 for values in page.facets.additional_properties.values() for v in values)


@pytest.mark.parametrize(("prefix", "operation"), DETAILS.items())
def test_every_row_is_read_in_every_shape(clients, prefix, operation):
    rows = clients.ask(LISTS[prefix]).to_dict()["results"]
    for row in rows:
        key = next(row[name] for name in ("slug", "accession", "identifier", "registry_id") if row.get(name))
        detail = clients.ask(operation, key).to_dict()
        assert {name: detail[name] for name in row} == row
        for shape in shapes(clients, operation):
            clients.ask(operation, key, **shape)


@pytest.mark.parametrize("operation", LISTS.values())
def test_every_choice_that_a_client_knows_is_understood(clients, operation):
    """Orders and values that are named in the description, `!` before them included, one parameter at a time."""
    for name, known in clients.lists_of_choices(operation).items():
        clients.ask(operation, **{name: list(known)})


def accessions(page):
    return [row.accession or row.registry_id for row in page.results]


def test_choices_are_asked_for_and_excluded(clients):
    outcome = clients.choices("trials_list", "outcome")
    for asked, expected in (
        ([outcome.IMPROVED], ["MSC-TR-0001"]),
        ([outcome.EXCEPT_IMPROVED], ["MSC-TR-0002"]),
        ([outcome.IMPROVED, outcome.NO_EFFECT], ["MSC-TR-0001", "MSC-TR-0002"]),
        ([outcome.IMPROVED, outcome.NO_EFFECT, outcome.EXCEPT_NO_EFFECT], ["MSC-TR-0001"]),
    ):
        assert accessions(clients.ask("trials_list", outcome=asked)) == expected


def test_values_of_any_other_kind_are_sent_as_the_site_reads_them(clients):
    for asked, expected in (
        ({"source": ["bone-marrow", "skin"]}, ["MSC-TR-0001", "MSC-TR-0002"]),
        ({"source": ["!skin"]}, ["MSC-TR-0001"]),
        ({"reference": ["8"]}, ["MSC-TR-0002"]),
        ({"dose_min": 600_000.0, "dose_unit": [clients.choices("trials_list", "dose_unit").CELLS]}, ["MSC-TR-0001"]),
        ({"dose_max": 5e5, "dose_unit": [clients.choices("trials_list", "dose_unit").CELLS_PER_KG]}, ["MSC-TR-0002"]),
        ({"conflicting": True}, ["MSC-TR-0001", "MSC-TR-0002"]),
        ({"conflicting": False}, []),
        ({"year_min": 2013}, ["NCT00000012"]),
        ({"year_min": 2014}, []),
        ({"q": "no such words"}, []),
    ):  # fmt: skip
        assert accessions(clients.ask("trials_list", **asked)) == expected, asked


def test_orders_are_combined(clients):
    order = clients.choices("trials_list", "ordering")
    by_source = clients.ask("trials_list", ordering=[order.SOURCE_DESCENDING, order.ACCESSION])
    assert accessions(by_source) == ["MSC-TR-0002", "MSC-TR-0001", "NCT00000012"]


def test_a_blank_choice_and_a_link_are_read_as_what_they_are(clients):
    cell = clients.ask("cell_types_retrieve", "bone-cell")
    assert (cell.kind, cell.germ_layer, cell.broader) == ("progenitor", "", None)
    osteoblast = clients.ask("cell_types_retrieve", "osteoblast")
    assert (osteoblast.germ_layer, osteoblast.broader.slug) == ("mesoderm", "bone-cell")
    claim = clients.ask("claims_retrieve", "MSC-CL-0001")
    assert (claim.section, claim.mediators[0].to_dict()) == ("methods", {"slug": "hgf", "name": "HGF"})
    links = clients.choices("claims_retrieve", "include")
    in_full = clients.ask("claims_retrieve", "MSC-CL-0001", include=[links.SECTION, links.MEDIATORS])
    assert in_full.section.title == "Methods"
    assert in_full.mediators[0].synonyms == ["scatter factor"]


@pytest.mark.parametrize(
    ("operation", "query"),
    [
        ("compare_retrieve", {"source": ["bone-marrow", "skin"]}),
        ("identify_retrieve", {"positive": ["cd73"], "negative": ["cd90", "nothing"], "profile": "CD34"}),
        ("search_retrieve", {"q": "hgf"}),
        ("search_retrieve", {"q": "bone", "page_size": 1}),
        ("suggest_retrieve", {"q": "hg"}),
        ("resolve_retrieve", {"id": "hgf"}),
        ("release_retrieve", {}),
    ],
)
def test_answers_of_their_own_shape_are_read(clients, operation, query):
    clients.ask(operation, **query)


def test_several_candidates_are_read(clients):
    make.molecule("mar-1", synonyms=["marrow"])
    found = clients.ask("resolve_retrieve", id="marrow", expect=300)
    assert {candidate.id for candidate in found.candidates} == {"bone-marrow", "mar-1"}


@pytest.mark.parametrize("operation", LISTS.values())
def test_a_bad_value_is_read_as_a_problem(clients, operation):
    problem = clients.ask(operation, page_size=1001, expect=400)
    assert [error.parameter for error in problem.errors] == ["page_size"]


@pytest.mark.parametrize("operation", DETAILS.values())
def test_what_is_not_there_is_read_as_a_problem(clients, operation):
    assert clients.ask(operation, "no-such-row", expect=404).title == "Not found"


def test_a_retired_row_names_its_successor(clients):
    assert clients.ask("claims_retrieve", "MSC-CL-0009", expect=410).successor == "MSC-CL-0001"


def test_a_format_that_is_not_there_is_read_as_a_problem(clients):
    problem = clients.ask("claims_list", headers={"Accept": "text/html"}, expect=406)
    assert problem.title == "Format not available"
    assert json.loads(json.dumps(problem.to_dict()))["status"] == 406
