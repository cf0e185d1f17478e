"""Names and identifiers that researchers know, each with the row that it leads to."""

import pytest


@pytest.mark.parametrize(
    ("asked", "kind", "found"),
    [
        ("UBERON:0002371", "tissue-source", "bone-marrow"),
        ("uberon:0002371", "tissue-source", "bone-marrow"),
        ("GJA1", "molecule", "connexin-43"),
        ("Cx43", "molecule", "connexin-43"),
        ("RhoT1", "molecule", "miro1"),
        ("NCT02923375", "trial", "MSC-TR-0013"),
        ("nct02923375", "trial", "MSC-TR-0013"),
        ("MSC-CL-1701", "claim", "MSC-CL-1701"),
        ("endoglin", "molecule", "cd105"),
        ("NT5E", "molecule", "cd73"),
        ("ADSC", "tissue-source", "adipose-tissue"),
        ("TGF-β", "molecule", "tgf-beta"),
        ("tgf beta", "molecule", "tgf-beta"),
        ("T2DM", "condition", "type-2-diabetes"),
    ],
)
def test_any_identifier_or_name_leads_to_its_row(api, asked, kind, found):
    answer = api("resolve/", id=asked)
    assert (answer["kind"], answer["id"]) == (kind, found)
    assert set(answer) == {"kind", "id", "name", "url", "api_url"}


def test_a_word_with_several_meanings_offers_them_all(api):
    answer = api("resolve/", expect=300, id="AHR")
    assert {row["kind"] for row in answer["candidates"]} == {"condition", "biological-process"}


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("tgf-beta", ["TGFb", "TGF-β", "tgf beta", "TGFβ", "tgf-BETA", "TGF b"]),
        ("nf-kappab", ["NF-κB", "NFkB", "nf-kb", "NF kappa B", "NF-kappaB"]),
        ("ifn-gamma", ["IFNg", "IFN-γ", "ifn gamma", "interferon-gamma"]),
        ("ho-1", ["heme oxygenase-1", "haem oxygenase 1", "HO1"]),
        ("fibroblast", ["fibroblasts", "FIBROBLAST", "fibroblásts"]),
        ("tumour-growth", ["tumor growth", "tumour growth", "Tumors’ growth"]),
    ],
)
def test_a_search_finds_the_row_first_however_its_name_is_spelt(api, name, forms):
    for form in forms:
        assert api("search/", q=form)["results"][0]["id"] == name, form


@pytest.mark.parametrize(
    ("typed", "meant", "found"),
    [
        ("endogln", "endoglin", "cd105"),
        ("angiogensis", "angiogenesis", "angiogenesis"),
        ("mitochondiral trasnfer", "mitochondrial transfer", "mitochondrial-transfer"),
        ("rheumatoid artritis", "rheumatoid arthritis", "rheumatoid-arthritis"),
    ],
)
def test_one_or_two_mistyped_letters_are_mended(api, typed, meant, found):
    body = api("search/", q=typed)
    assert (body["did_you_mean"], body["results"][0]["id"]) == (meant, found)
