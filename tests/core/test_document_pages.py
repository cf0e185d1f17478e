"""Pages name the document of a section, reference or statement as soon as there is more than one."""

import pytest

from tests import builders as make
from tests.reading import read


@pytest.fixture(scope="module", autouse=True)
def built(module_world):
    make.release()
    make.document("first", authors="A. One, B. Two", year=2020)
    make.document("second", authors="C. Three", year=2021, journal="Cells", doi="10.1/2")
    make.section("first:methods")
    make.section("second:results")
    make.reference("first:7")
    make.reference("second:7")
    make.claim("MSC-CL-0001", section="first:methods", references=["first:7"])
    make.claim("MSC-CL-0002", section="second:results", references=["second:7"])


@pytest.mark.parametrize(("path", "documents"), [("/sections/", ["A. One 2020", "C. Three 2021"]),
                                                 ("/references/", ["A. One 2020", "C. Three 2021"])])  # fmt: skip
def test_lists_have_a_column_for_it(path, documents):
    table = read(path).part(".listed .table-wrap")
    assert table.head[0] == "Document"
    assert [row.split(" | ")[0] for row in table.rows] == documents


def test_a_list_of_statements_counts_it():
    facets = {f.heading: [value.text for value in f.parts("li")] for f in read("/claims/").parts(".facet")}
    assert sorted(facets["Document"]) == ["First 1", "Second 1"]


def test_a_statement_cites_it_beside_its_section():
    facts = read("/claims/MSC-CL-0002/").facts
    assert facts["Document"].startswith("C. Three , Cells 2021")
    assert facts["Document"].endswith("doi:10.1/2")
    assert facts["Section"] == "Results"


def test_one_document_needs_no_column(world):
    make.document("only")
    make.section("only:methods")
    assert "Document" not in read("/sections/").part(".listed .table-wrap").head
