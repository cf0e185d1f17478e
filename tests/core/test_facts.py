"""What the page of a kind without a template of its own says of its rows."""

import pytest
from django.db.models import JSONField, URLField

from core.web import views
from core.web.facts import Part, parts_of
from core.web.views import DetailPage
from tests import builders as make
from tests.reading import read

ON_EVERY_PAGE = {
    "Document", "Section", "References", "Evidence", "Identifiers", "Curator’s note", "Permalink", "In the API",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _no_template_of_its_own(world, monkeypatch):
    monkeypatch.setattr(DetailPage, "get_template_names", lambda page: ["generic/detail.html"])


def own_facts(path):
    return {name: fact for name, fact in read(path).facts.items() if name not in ON_EVERY_PAGE}


def test_choices_by_their_labels_and_truth_in_words():
    make.molecule("hgf", kind="small-molecule", is_msc_marker=True, curator_note="A note.", synonyms=["SF"])
    make.molecule("vegf", kind="mirna", is_msc_marker=False)
    assert own_facts("/molecules/hgf/") == {"Kind": "Small molecule", "MSC marker": "Yes"}
    assert own_facts("/molecules/vegf/") == {"Kind": "miRNA", "MSC marker": "No"}


def test_what_is_empty_is_left_out():
    make.cell_type("t-cell", kind="immune", germ_layer="", broader=None)
    assert own_facts("/cell-types/t-cell/") == {"Kind": "Immune cell"}
    assert own_facts(make.organism("mouse").get_absolute_url()) == {}


def test_a_linked_row_by_its_name_and_address():
    make.route("arm-vein", broader="intravenous")
    page = read("/administration-routes/arm-vein/")
    assert page.facts["Within"] == "Intravenous"
    assert "/administration-routes/intravenous/" in page.part("dl.facts").links


def test_columns_of_a_statement_by_their_names_in_the_order_of_the_api():
    make.trait(
        "MSC-ST-0001", source="skin", aspect="yield", relation="higher", comparator="bone-marrow",
        quantity="2.50", quantity_sign=">", quantity_unit="times",
    )  # fmt: skip
    facts = own_facts("/source-traits/MSC-ST-0001/")
    assert list(facts.items()) == [
        ("Source", "Skin"), ("Aspect", "Yield"), ("Relation", "Higher"), ("Comparator", "Bone marrow"),
        ("Quantity", "2.5"), ("Quantity sign", ">"), ("Quantity unit", "times"),
    ]  # fmt: skip


def test_several_linked_rows_and_none_that_is_a_draft():
    make.vesicle_class("exosomes", draft=True)
    make.vesicle_class("small", accession="MSC-VC-0002", broader="exosomes", markers=["cd81", "cd63"], size_min_nm=30,
                 size_max_nm=150)  # fmt: skip
    page = read("/vesicle-classes/small/")
    facts = {name: fact for name, fact in page.facts.items() if name not in ON_EVERY_PAGE}
    assert facts == {"Smallest diameter, nm": "30", "Largest diameter, nm": "150", "Markers": "Cd63 , Cd81"}
    assert {"/molecules/cd63/", "/molecules/cd81/"} < set(page.part("dl.facts").links)
    assert "/vesicle-classes/exosomes/" not in page.links


def test_links_by_their_names_but_no_pairs_which_have_a_block():
    one = make.claim("MSC-CL-0001", mediators=["hgf"], source="skin")
    make.conflict(one, make.claim("MSC-CL-0002"))
    facts = own_facts("/claims/MSC-CL-0001/")
    assert (facts["Mediators"], facts["Source"]) == ("Hgf", "Skin")
    assert [name for name in facts if "onflict" in name] == []


def test_a_template_of_its_own_says_it_instead(monkeypatch):
    make.claim("MSC-CL-0001", mediators=["hgf"])
    monkeypatch.undo()
    monkeypatch.setattr(views, "facts_of", lambda row: pytest.fail("read, but not shown"))
    assert own_facts("/claims/MSC-CL-0001/")["Mediators"] == "Hgf"


def test_addresses_lead_there_and_lists_are_their_values():
    address, texts = URLField("home page"), JSONField("countries")
    row = make.organism("mouse")
    assert list(parts_of(row, address, "https://example.org/")) == [
        Part("https://example.org/", "https://example.org/")
    ]
    assert list(parts_of(row, texts, ["Spain", "Italy"])) == [Part("Spain"), Part("Italy")]
    assert list(parts_of(row, texts, [])) == list(parts_of(row, address, "")) == []
    assert list(parts_of(row, texts, 0)) == [Part("0")]
