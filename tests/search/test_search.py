"""Search in the API and on its page: what finds what, in which order, and why."""

import re
import string
from urllib.parse import urlencode

import pytest
from django.test import Client

from search.documents import kinds
from tests.test_api_contract import problem

HOSTILE = [
    '"', '""', '"""', "'", "''", "`", 'a"b', '"unclosed phrase', "AND", "OR NOT", "NEAR(a b)", "hgf AND",
    "hgf*", "*", "^hgf", "hgf:stroke", "{autocomplete} : x", "(((", ")", "a & b | !c", "a <-> b", ":*",
    "\\", "%", "%s", "_", ";DROP TABLE", "<b>hgf</b>", "kind:", "kind:nosuch hgf", "kind:claim",
    "kind:claim kind:trial", "-", "--", "+", "−", "ø", "|", "| hgf |", "\t\n\r", "\x01\x1f hgf",
    "\u202e\u200b", "🧬", "🧬 hgf 🧫", "ﬁbrosis", "日本語", "Ω", "ß", "İ", "1e6", "0x1F", "3.14", "10:30",
    "http://example.org/hgf?x=1", "a" * 10_000, "hgf " * 2_500, '"' * 10_000, "🧬" * 2_500, string.printable,
    "²", "½", "٣",
]  # fmt: skip


def search(text, expect=200, **parameters):
    response = Client().get("/api/v1/search/", {"q": text, **parameters})
    assert response.status_code == expect, response.content[:300]
    return response.json()


def ids(text, **parameters):
    return [row["id"] for row in search(text, **parameters)["results"]]


def html(text, status=200, **parameters):
    response = Client().get("/search/", {"q": text, **parameters})
    assert response.status_code == status
    return " ".join(response.content.decode().split())  # how the source breaks its lines does not matter


def test_the_answer_has_the_shape_of_the_contract():
    body = search("endoglin")
    assert set(body) == {"count", "next", "previous", "kinds", "did_you_mean", "partly", "results"}
    first = body["results"][0]
    assert first | {"snippet": "", "marks": []} == {
        "kind": "molecule", "id": "cd105", "name": "CD105", "url": "http://testserver/molecules/cd105/",
        "api_url": "http://testserver/api/v1/molecules/cd105/", "matched": "synonym: endoglin", "snippet": "",
        "name_marks": [], "marks": [],
    }  # fmt: skip
    assert body["count"] == sum(body["kinds"].values())


@pytest.mark.parametrize(
    ("text", "kind", "ident", "matched"),
    [
        ("ADSC", "tissue-source", "adipose-tissue", "synonym: ADSC"),
        ("adipose-derived stem cells", "tissue-source", "adipose-tissue", "synonym: adipose-derived stem cells"),
        ("RhoT1", "molecule", "miro1", "synonym: RhoT1"),
        ("NT5E", "molecule", "cd73", "synonym: NT5E"),
        ("NCT02923375", "trial", "MSC-TR-0013", "identifier: NCT02923375"),
        ("UBERON:0002371", "tissue-source", "bone-marrow", "identifier: UBERON:0002371"),
        ("MSC-CL-1837", "claim", "MSC-CL-1837", "identifier: MSC-CL-1837"),
        ("stroke", "condition", "stroke", "name"),
    ],
)  # fmt: skip
def test_any_name_or_identifier_comes_first_and_says_why(text, kind, ident, matched):
    first = search(text)["results"][0]
    assert (first["kind"], first["id"], first["matched"]) == (kind, ident, matched)


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
def test_case_accents_greek_letters_hyphens_and_spelling_do_not_matter(name, forms):
    for form in forms:
        assert ids(form)[0] == name, form


def test_statements_are_found_by_every_name_of_what_they_link_to():
    body = search("RhoT1")
    assert body["results"][0]["id"] == "miro1"
    claims = {row["id"]: row["matched"] for row in body["results"][1:]}
    assert "Miro1 (RhoT1)" in claims["MSC-CL-1828"]
    assert "MSC-CL-1314" in ids("hepatocyte growth factor T cell proliferation")
    assert "MSC-CL-1314" in ids("hepatocyte growth factor", kind="claim", page_size=1000)


def test_the_name_that_a_synonym_meant_is_marked():
    rows = search("hepatocyte growth factor", kind="claim", page_size=1000)["results"]
    row = next(row for row in rows if row["id"] == "MSC-CL-1314")
    assert "HGF" in [row["name"][start:end] for start, end in row["name_marks"]]


def test_marks_are_spans_of_the_text_they_are_given_for():
    for text in ("TGF-β dendritic", "hypoxia exosomes", "endoglin"):
        for row in search(text)["results"]:
            for words, spans in ((row["name"], row["name_marks"]), (row["snippet"], row["marks"])):
                assert all(0 <= start < end <= len(words) for start, end in spans)
                assert spans == sorted(spans)
                assert all(a[1] <= b[0] for a, b in zip(spans, spans[1:], strict=False))


@pytest.mark.parametrize(
    ("typed", "meant", "found"),
    [
        ("endogln", "endoglin", "cd105"),
        ("angiogensis", "angiogenesis", "angiogenesis"),
        ("mitochondiral trasnfer", "mitochondrial transfer", "mitochondrial-transfer"),
        ("rheumatoid artritis", "rheumatoid arthritis", "rheumatoid-arthritis"),
    ],
)
def test_one_or_two_mistyped_letters_are_mended_and_said(typed, meant, found):
    body = search(typed)
    assert body["did_you_mean"] == meant
    assert body["results"][0]["id"] == found
    assert meant in html(typed)
    assert ids(typed) == ids(meant)


def test_what_is_spelt_right_is_not_mended():
    assert search("endoglin")["did_you_mean"] is None


def test_a_phrase_holds_together():
    together, anywhere = (
        search('"dendritic cells"', page_size=1000),
        search("dendritic cells", page_size=1000),
    )
    assert 0 < together["count"] <= anywhere["count"]
    assert search('"cells dendritic"')["partly"]


def test_kind_narrows_in_the_query_and_as_a_parameter_in_singular_and_plural():
    whole = search("hypoxia", page_size=1000)
    claims = ids("hypoxia", kind="claim", page_size=1000)
    assert len(claims) == whole["kinds"]["claim"] > 0
    for text, parameters in (
        ("kind:claim hypoxia", {}),
        ("hypoxia kind:claims", {}),
        ("hypoxia", {"kind": "claims"}),
    ):
        body = search(text, page_size=1000, **parameters)
        assert [row["id"] for row in body["results"]] == claims
        assert body["kinds"] == whole["kinds"]


def test_an_unknown_kind_is_a_400_that_names_the_nearest():
    assert "'claim'" in problem(Client().get("/api/v1/search/", {"q": "x", "kind": "clam"}), 400)["detail"]
    assert "claim" in html("x", status=400, kind="clam")


@pytest.mark.parametrize(
    "parameters", [{}, {"q": "x", "pge": "2"}, {"q": "x", "page": "0"}, {"q": "x", "page_size": "1001"}]
)
def test_bad_parameters_are_named(parameters):
    assert problem(Client().get("/api/v1/search/", parameters), 400)["errors"]


def test_only_json_is_offered():
    assert "csv" in problem(Client().get("/api/v1/search/", {"q": "x", "format": "csv"}), 400)["detail"]


def test_where_no_row_has_every_word_those_with_the_most_are_shown_and_it_says_so():
    body = search("galectin nosuchwordatall")
    assert body["partly"]
    assert "galectin-1" in [row["id"] for row in body["results"]]
    assert "with the most of them" in html("galectin nosuchwordatall")


def test_nothing_found_says_what_to_do():
    page = html("qqqqzzzzz")
    assert "Nothing is known here" in page.replace("\n", "").replace("  ", " ")
    assert "gene symbol" in page


def test_pages_follow_each_other_without_gap_or_repeat():
    whole = ids("proliferation", page_size=1000)
    seen, address = [], f"/api/v1/search/?{urlencode({'q': 'proliferation', 'page_size': 17})}"
    while address:
        body = Client().get(address).json()
        seen += [row["id"] for row in body["results"]]
        address = body["next"]
    assert seen == whole
    assert len(seen) == body["count"]
    problem(Client().get("/api/v1/search/", {"q": "cell", "page": 9999}), 404)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_any_input_gives_a_page_and_an_answer(text):
    assert "<h1>Search</h1>" in html(text)
    assert search(text)["count"] >= 0
    assert Client().get("/api/v1/suggest/", {"q": text}).status_code == 200


def test_what_is_typed_is_never_markup():
    page = html("<script>alert(1)</script>")
    assert "<script>alert" not in page


def test_every_character_of_the_first_plane_in_pieces_is_survived():
    everything = "".join(map(chr, [*range(1, 0xD800), *range(0xE000, 0x10000)]))
    for start in range(0, len(everything), 1_500):
        search(everything[start : start + 1_500])


def test_the_page_has_the_results_of_the_api_marked_and_linked():
    page = html("TNT formation TNF")
    assert "/claims/MSC-CL-1831/" in page
    assert "<mark>TNF-α</mark>" in page
    assert "matched: text" in page
    for text in ("stroke", "kind:claim hypoxia"):
        listed = re.findall(r'<span class="accession">([^<]+)</span> <span>matched', html(text))
        assert listed == ids(text, page_size=20)


def test_kinds_are_links_with_their_numbers():
    page = html("stroke")
    for kind, count in search("stroke")["kinds"].items():
        assert f"kind={kind}" in page
        link = html("stroke", kind=kind)
        assert f'<strong class="number">{count}</strong> result' in link


def test_an_empty_search_explains_itself():
    assert "How to ask" in html("")
    assert "How to ask" in html("???")


def test_a_search_runs_a_few_queries_however_much_it_finds(django_assert_max_num_queries):
    for text in ("cell", "endoglin", "endogln", "galectin nosuchwordatall"):
        with django_assert_max_num_queries(12):
            html(text)


def test_suggestions_are_named_rows_that_open_with_what_was_typed():
    body = Client().get("/api/v1/suggest/", {"q": "endog"}).json()
    assert body["q"] == "endog"
    assert (body["results"][0]["id"], body["results"][0]["matched"]) == ("cd105", "synonym: endoglin")
    assert set(body["results"][0]) == {"kind", "id", "name", "url", "api_url", "matched"}
    assert len(Client().get("/api/v1/suggest/", {"q": "t"}).json()["results"]) == 8
    assert Client().get("/api/v1/suggest/", {"q": "NCT0292"}).json()["results"][0]["id"] == "MSC-TR-0013"
    assert (
        Client().get("/api/v1/suggest/", {"q": "tunnelling n"}).json()["results"][0]["id"]
        == "tunnelling-nanotubes"
    )


def test_every_result_has_its_two_addresses():
    for kind in kinds():
        for row in search(f"kind:{kind} msc review cell marker 1 human nausea", page_size=3)["results"]:
            assert Client().get(row["url"]).status_code == 200
            assert Client().get(row["api_url"]).status_code == 200


def test_the_search_box_stands_on_every_page_and_the_missing_one_looks_for_its_words():
    for path in ("/", "/claims/", "/molecules/hgf/", "/search/", "/about/"):
        page = Client().get(path).content.decode()
        assert 'role="search"' in page
        assert 'action="/search/"' in page
        assert len(re.findall(r'id="site-search"', page)) == 1
    missing = Client().get("/molecules/hepatocyte-growth-factor/")
    assert missing.status_code == 404
    assert 'value="hepatocyte growth factor"' in missing.content.decode()
