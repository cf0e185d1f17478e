"""What a search of a small world answers: which rows, in which order, why, and with which words marked."""

import pytest
from bs4 import BeautifulSoup
from django.db.models.signals import post_init
from django.test import Client

from search import engine
from search.models import SearchDocument
from tests import builders as b

LINKS = "preparation: Cells; direction: Increases; section: Results"


@pytest.fixture(scope="module", autouse=True)
def rows(module_world):
    b.molecule(
        "hgf",
        name="HGF",
        synonyms=["hepatocyte growth factor", "scatter factor"],
        xrefs=[
            {"curie": "HGNC:4893", "label": "Lung fibroblast mitogen", "match": "exact"},
            {"curie": "XY:1", "label": "Wide family", "match": "broad"},
        ],
    )
    b.molecule("hgf-like", name="HGF-like protein")
    b.molecule("met", name="MET", synonyms=["HGF receptor"])
    b.source("skin", name="Skin", synonyms=["HGF niche"])
    b.condition("cirrhosis", name="Cirrhosis")
    b.claim("MSC-CL-0001", text="HGF protects the liver.")
    b.claim("MSC-CL-0002", text="Cells are protected.", mediators=["hgf"], conditions=["cirrhosis"])
    b.claim("MSC-CL-0003", text="A draft on HGF.", draft=True)
    b.trial("MSC-TR-0001", text="MSCs in stroke.", registry_id="NCT01234567", title="Stroke study")
    b.retired("MSC-CL-0009")


def text_of(node):
    return " ".join(node.get_text(" ", strip=True).split())


def answer(api, text, **parameters):
    return [(row["id"], row["matched"]) for row in api("search/", q=text, **parameters)["results"]]


def test_names_come_before_openings_before_texts_before_links(api):
    assert answer(api, "hgf") == [
        ("hgf", "name"),
        ("hgf-like", "identifier: hgf-like"),
        ("skin", "synonym: HGF niche"),
        ("met", "synonym: HGF receptor"),
        ("MSC-CL-0001", "text"),
        ("MSC-CL-0002", "mediators: HGF"),
    ]


def test_the_answer_says_everything_about_a_row(api):
    body = api("search/", q="hgf", kind="claim")
    assert body == {
        "count": 2,
        "next": None,
        "previous": None,
        "kinds": {"tissue-source": 1, "molecule": 3, "claim": 2},
        "did_you_mean": None,
        "partly": False,
        "left_out": [],
        "absent": [],
        "results": [
            {
                "kind": "claim", "id": "MSC-CL-0001", "name": "HGF protects the liver.",
                "url": "http://testserver/claims/MSC-CL-0001/",
                "api_url": "http://testserver/api/v1/claims/MSC-CL-0001/",
                "matched": "text", "snippet": LINKS, "name_marks": [[0, 3]], "marks": [],
            },
            {
                "kind": "claim", "id": "MSC-CL-0002", "name": "Cells are protected.",
                "url": "http://testserver/claims/MSC-CL-0002/",
                "api_url": "http://testserver/api/v1/claims/MSC-CL-0002/",
                "matched": "mediators: HGF", "snippet": f"mediators: HGF; conditions: Cirrhosis; {LINKS}",
                "name_marks": [], "marks": [[11, 14]],
            },
        ],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("HGNC:4893", [("hgf", "identifier: HGNC:4893")]),
        ("lung fibroblast mitogen", [("hgf", "official label: Lung fibroblast mitogen")]),
        ("xy 1", []),
        ("wide family", []),
        ("MSC-CL-0002", [("MSC-CL-0002", "identifier: MSC-CL-0002")]),
        ("NCT01234567", [("MSC-TR-0001", "identifier: NCT01234567")]),
        ("stroke study", [("MSC-TR-0001", "text, registry record: Stroke study")]),
        (
            "scatter factor",
            [
                ("hgf", "synonym: scatter factor"),
                ("MSC-CL-0002", "mediators: HGF (scatter factor), mediators: HGF (hepatocyte growth factor)"),
            ],
        ),
        ("hgf protected", [("MSC-CL-0002", "text, mediators: HGF"), ("MSC-CL-0001", "text")]),
        ("cirrhosis hgf", [("MSC-CL-0002", "conditions: Cirrhosis, mediators: HGF")]),
        ("growth HGF", [("hgf", "name"), ("MSC-CL-0002", "mediators: HGF (hepatocyte growth factor), mediators: HGF")]),
        ("draft", []),
        ("kind:condition cirrhosis", [("cirrhosis", "name")]),
        ("hepatocy", [("hgf", "synonym: hepatocyte growth factor"),
                      ("MSC-CL-0002", "mediators: HGF (hepatocyte growth factor)")]),
    ],
)  # fmt: skip
def test_words_find_these_rows_for_these_reasons(api, text, found):
    assert answer(api, text) == found


def test_the_name_that_a_synonym_meant_is_marked(api):
    b.claim("MSC-CL-0011", text="Cells make HGF.", mediators=["hgf"])
    row = next(row for row in api("search/", q="scatter factor")["results"] if row["id"] == "MSC-CL-0011")
    assert row["name_marks"] == [[11, 14]]
    assert row["marks"] == [[11, 14]]  # in "mediators: HGF; …"


@pytest.mark.parametrize(
    ("typed", "meant", "found"),
    [
        ("hgff", "hgf", "hgf"),
        ("livr hgf", "liver hgf", "MSC-CL-0001"),
        ("cirrhosys", "cirrhosis", "cirrhosis"),
        ("protexted livers", "protected livers", "MSC-CL-0001"),
    ],
)
def test_a_mistyped_word_is_mended(api, typed, meant, found):
    body = api("search/", q=typed)
    assert (body["did_you_mean"], body["results"][0]["id"], body["partly"]) == (meant, found, False)


def test_where_nothing_has_all_words_those_with_the_most_are_given(api):
    body = api("search/", q="umbrella hgf cirrhosis")
    assert (body["partly"], body["count"], body["did_you_mean"]) == (True, 1, None)
    assert [row["id"] for row in body["results"]] == ["MSC-CL-0002"]
    body = api("search/", q="umbrella hgf", kind="claim")
    assert (body["count"], body["kinds"]) == (2, {"tissue-source": 1, "molecule": 3, "claim": 2})
    assert [row["id"] for row in body["results"]] == ["MSC-CL-0001", "MSC-CL-0002"]


def test_what_finds_nothing_is_empty_and_so_is_nothing_asked(api):
    empty = {
        "count": 0, "next": None, "previous": None, "kinds": {}, "did_you_mean": None, "partly": False,
        "left_out": [], "absent": [], "results": [],
    }  # fmt: skip
    assert api("search/", q="umbrella") == empty
    assert api("search/", q="zzzzzzzz") == empty | {"absent": [{"text": "zzzzzzzz", "meanings": []}]}
    assert api("search/", q="?") == empty


def test_pages_of_results_link_to_each_other(api):
    first = api("search/", q="hgf", page_size=4)
    second = api("search/", q="hgf", page_size=4, page=2)
    assert [row["id"] for row in first["results"]] == ["hgf", "hgf-like", "skin", "met"]
    assert [row["id"] for row in second["results"]] == ["MSC-CL-0001", "MSC-CL-0002"]
    assert (first["previous"], second["next"]) == (None, None)
    assert first["next"] == "http://testserver/api/v1/search/?q=hgf&page_size=4&page=2"
    assert second["previous"] == "http://testserver/api/v1/search/?q=hgf&page_size=4&page=1"
    assert api("search/", q="hgf", page_size=3, page=2)["next"] is None
    missing = api("search/", expect=404, q="hgf", page_size=3, page=3)
    assert missing["detail"] == "There is no page 3: the last one is 2."


def test_beyond_the_most_that_is_ranked_rows_are_counted(api, monkeypatch):
    monkeypatch.setattr(engine, "MOST_RANKED", 4)
    body = api("search/", q="hgf")
    assert (body["count"], len(body["results"])) == (6, 4)
    assert body["kinds"] == {"tissue-source": 1, "molecule": 3, "claim": 2}
    body = api("search/", q="hgf", kind="claim")
    assert (body["count"], [row["id"] for row in body["results"]]) == (2, ["MSC-CL-0001", "MSC-CL-0002"])


def test_a_page_reads_only_its_own_rows_whole():
    found = engine.search("hgf")
    assert found.count == 6
    read_whole = []
    post_init.connect(
        lambda instance, **_: read_whole.append(instance.ident), SearchDocument, weak=False, dispatch_uid=1
    )
    try:
        assert [document.ident for document in found.page(2, 2)] == ["skin", "met"]
    finally:
        post_init.disconnect(sender=SearchDocument, dispatch_uid=1)
    assert sorted(read_whole) == ["met", "skin"]


def suggested(api, text):
    return [(row["id"], row["matched"]) for row in api("suggest/", q=text)["results"]]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("hg", [("hgf", "name"), ("hgf-like", "identifier: hgf-like"), ("skin", "synonym: HGF niche"),
                ("met", "synonym: HGF receptor")]),
        ("scat", [("hgf", "synonym: scatter factor")]),
        ("fact", [("hgf", "synonym: hepatocyte growth factor")]),
        ("growth f", [("hgf", "synonym: hepatocyte growth factor")]),
        ("protec", []),
        ("MSC-CL-000", [("MSC-CL-0001", "identifier: MSC-CL-0001"), ("MSC-CL-0002", "identifier: MSC-CL-0002")]),
        ("MSC-CL-00", []),
        ("NCT012", [("MSC-TR-0001", "identifier: NCT01234567")]),
        ("?", []),
    ],
)  # fmt: skip
def test_suggestions_open_a_name(api, text, found):
    assert suggested(api, text) == found


class TestPage:
    def read(self, **parameters):
        response = Client().get("/search/", parameters)
        assert response.status_code == 200
        return BeautifulSoup(response.content, "html.parser")

    def test_it_shows_what_the_api_answers(self):
        page = self.read(q="hgf", kind="claim")
        kinds = [(text_of(a), a["href"], a.get("aria-current")) for a in page.select("ul.chips a")]
        assert kinds == [
            ("All 6", "?q=hgf", None),
            ("Tissue source 1", "?q=hgf&kind=tissue-source", None),
            ("Molecules 3", "?q=hgf&kind=molecule", None),
            ("Claims 2", "?q=hgf&kind=claim", "true"),
        ]
        first, second = page.select("ol.results > li")
        assert first.h2.a["href"] == "/claims/MSC-CL-0001/"
        assert str(first.h2.a.decode_contents()) == "<mark>HGF</mark> protects the liver."
        assert text_of(first.select_one(".result-why")) == "Claim MSC-CL-0001 matched: text"
        assert first.select_one(".result-text").decode_contents() == LINKS
        assert second.select_one(".result-text").decode_contents() == (
            f"mediators: <mark>HGF</mark>; conditions: Cirrhosis; {LINKS}"
        )
        assert "/api/v1/search/?q=hgf&kind=claim" in [a["href"] for a in page.select("a[href]")]
        assert page.select("nav.pager") == []

    def test_one_kind_alone_is_named_in_the_singular_and_a_name_is_no_sentence(self):
        claim, name = self.read(q="cirrhosis").select("ol.results h2")[::-1]
        assert (claim.get("class"), name.get("class")) == (["sentence"], None)
        assert text_of(self.read(q="cirrhosis").select("ul.chips a")[1]) == "Condition 1"

    def test_pages_of_twenty_follow_each_other(self, monkeypatch):
        monkeypatch.setattr("search.views.PAGE_SIZE", 2)
        page = self.read(q="hgf", page="2")
        assert [text_of(a) for a in page.select("ol.results .accession")] == ["skin", "met"]
        assert page.select_one("ol.results")["start"] == "3"
        assert text_of(page.select_one(".result-count")) == "6 results, page 2 of 3"
        links = {a["rel"][0]: a["href"] for a in page.select("nav.pager a")}
        assert links == {"prev": "?q=hgf&page=1", "next": "?q=hgf&page=3"}
        assert [a["rel"][0] for a in self.read(q="hgf", page="3").select("nav.pager a")] == ["prev"]
        assert [a["rel"][0] for a in self.read(q="hgf").select("nav.pager a")] == ["next"]
        missing = Client().get("/search/", {"q": "hgf", "page": "4"})
        assert missing.status_code == 404
        assert "There is no page 4: the last one is 3." in missing.content.decode()

    def test_what_was_answered_instead_is_said(self):
        said = text_of(self.read(q="hgff"))
        assert "Nothing has “hgff”. Shown instead: hgf" in said
        assert "No row has all of these words" not in said
        said = text_of(self.read(q="umbrella hgf"))
        assert "No row has all of these words" in said

    def test_a_parameter_that_is_not_there_is_named(self):
        refused = Client().get("/search/", {"q": "hgf", "kindd": "claim"})
        assert refused.status_code == 400
        assert "There is no parameter &#x27;kindd&#x27; here." in refused.content.decode()
        assert "&#x27;kind&#x27;" in refused.content.decode()

    def test_nothing_asked_has_no_twin_in_the_api(self):
        assert "/api/v1/search/" not in [a["href"].partition("?")[0] for a in self.read().select("a[href]")]


class TestResolve:
    @pytest.mark.parametrize(
        ("wanted", "kind", "ident"),
        [
            ("hgf", "molecule", "hgf"), ("Scatter-Factor", "molecule", "hgf"), ("HGNC:4893", "molecule", "hgf"),
            ("msc-cl-0001", "claim", "MSC-CL-0001"), ("nct01234567", "trial", "MSC-TR-0001"),
            ("lung fibroblast mitogen", "molecule", "hgf"),
        ],
    )  # fmt: skip
    def test_any_name_leads_to_its_row(self, api, wanted, kind, ident):
        row = api("resolve/", id=wanted)
        assert (row["kind"], row["id"]) == (kind, ident)

    def test_the_row_is_named_with_its_addresses(self, api):
        assert api("resolve/", id="hgf receptor") == {
            "kind": "molecule", "id": "met", "name": "MET", "url": "http://testserver/molecules/met/",
            "api_url": "http://testserver/api/v1/molecules/met/",
        }  # fmt: skip

    @pytest.mark.parametrize("wanted", ["XY:1", "wide family", "MSC-CL-0003", "hgf rec"])
    def test_broader_terms_drafts_and_parts_of_names_lead_nowhere(self, api, wanted):
        assert api("resolve/", expect=404, id=wanted)["detail"] == f"Nothing here is known as '{wanted}'."

    def test_a_retired_accession_is_gone(self, api):
        assert api("resolve/", expect=410, id="msc-cl-0009")["status"] == 410

    def test_a_name_means_more_than_a_synonym_and_two_synonyms_are_candidates(self, world, api):
        b.molecule("kit", name="KIT", synonyms=["steel"])
        b.condition("anaemia", name="Anaemia", synonyms=["KIT", "steel"])
        assert api("resolve/", id="kit")["kind"] == "molecule"
        both = api("resolve/", expect=300, id="Steel")
        assert [(row["kind"], row["id"]) for row in both["candidates"]] == [
            ("molecule", "kit"),
            ("condition", "anaemia"),
        ]
