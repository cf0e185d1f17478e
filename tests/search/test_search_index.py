"""The search documents stay in step with the rows, whoever writes them."""

from io import StringIO

import pytest
from django.core.management import call_command
from modelsearch.models import IndexEntry

from catalog.models import Molecule
from mechanisms.models import Claim
from search.engine import search
from search.indexing import refresh
from search.models import SearchDocument, Term
from search.queries import read
from search.tokens import spellings, stem


def found(text):
    return [document.ident for document in search(text).documents]


def test_every_row_with_terms_has_a_document_and_an_entry_in_the_index():
    rows = set(Term.objects.values_list("model", "ident"))
    documents = set(SearchDocument.objects.values_list("model", "ident"))
    assert documents == rows
    assert IndexEntry.objects.count() == len(documents)


def test_after_a_load_nothing_is_left_to_bring_in_step():
    assert refresh() == 0


def test_a_new_row_is_found_and_a_deleted_one_is_not():
    row = Molecule.objects.create(slug="zyzzogen", name="Zyzzogen", kind="protein", synonyms=["ZYZ-7"])
    assert found("zyzzogen") == found("ZYZ7") == ["zyzzogen"]
    row.delete()
    assert found("zyzzogen") == []


def test_a_new_synonym_finds_the_statements_that_link_to_the_row():
    miro1 = Molecule.objects.get(slug="miro1")
    assert "MSC-CL-1828" not in found("quuxin")
    miro1.synonyms = [*miro1.synonyms, "quuxin"]
    miro1.save()
    assert found("quuxin")[0] == "miro1"
    assert "MSC-CL-1828" in found("quuxin")


def test_a_new_link_finds_the_statement():
    claim = Claim.objects.get(accession="MSC-CL-1301")
    survivin = Molecule.objects.get(slug="survivin")
    assert claim.accession not in found("birc5")
    claim.mediators.add(survivin)
    assert claim.accession in found("birc5")
    survivin.claims_as_mediator.remove(claim)
    assert claim.accession not in found("birc5")


def test_a_draft_is_not_found():
    claim = Claim.objects.get(accession="MSC-CL-1831")
    claim.curation_status = Claim.CurationStatus.DRAFT
    claim.save()
    assert claim.accession not in found("MSC-CL-1831")


def test_loaddata_keeps_the_index_in_step(tmp_path, django_capture_on_commit_callbacks):
    path = tmp_path / "one.json"
    path.write_text(
        '[{"model": "catalog.molecule", "fields": {"slug": "loadedin", "name": "Loadedin", "kind": "protein"}}]'
    )
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        call_command("loaddata", path, verbosity=0)
    assert len(callbacks) == 1
    assert found("loadedin") == ["loadedin"]


def test_the_index_can_be_rebuilt():
    before = found("hypoxia exosomes")
    IndexEntry.objects.all().delete()
    assert found("hypoxia exosomes") == []
    output = StringIO()
    call_command("rebuild_search", stdout=output)
    assert f"{SearchDocument.objects.count()} documents" in output.getvalue()
    assert found("hypoxia exosomes") == before


@pytest.mark.parametrize(
    "forms",
    [
        ("tumour", "tumor", "tumours", "tumors"), ("ischaemia", "ischemia", "ischaemic"), ("signalling", "signaling"),
        ("polarisation", "polarization", "polarized"), ("differentiation", "differentiate", "differentiated"),
        ("apoptosis", "apoptotic"), ("mice", "mouse"), ("fibroblast", "fibroblasts"), ("ageing", "aging"),
    ],
)  # fmt: skip
def test_forms_of_a_word_have_one_stem(forms):
    assert len({stem(form) for form in forms}) == 1


def test_a_name_is_found_in_every_spelling():
    assert {"tgf beta1", "tgfbeta1", "tgfb1", "tgf b1", "tgf beta 1"} <= set(spellings("TGF-β1"))
    assert {"nfkb", "nf kb", "nf kappab", "nf kappa b"} <= set(spellings("NF-κB"))
    assert {"il6", "il 6"} <= set(spellings("IL-6"))


def test_a_query_leaves_out_what_says_nothing_unless_it_is_all_there_is():
    assert [wanted.text for wanted in read("what does HGF do in the liver").wanted] == ["HGF", "liver"]
    assert [wanted.text for wanted in read("the MSCs").wanted] == ["the", "MSCs"]
    assert read('"dendritic cells" IL-10').wanted[0].exact[0] == ("dendritic", "cells")
    assert read("kind:claims hypoxia", ["claim"]).kind == "claim"
    assert read("kind:nosuch hypoxia", ["claim"]).kind == ""
