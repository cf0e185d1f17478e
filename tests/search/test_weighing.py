"""What weighs in a search: rare words, not those of a question; what is shown, not what is noted."""

import pytest

from search.english import is_english, is_everyday
from search.tokens import capitals
from tests import builders as b


@pytest.fixture(scope="module", autouse=True)
def rows(module_world):
    b.release()
    b.molecule("nitric-oxide", name="Nitric oxide", synonyms=["NO"])
    b.molecule("pge2", name="PGE2", synonyms=["prostaglandin E2"])
    b.molecule("bcl-2", name="Bcl-2")
    b.molecule("exosomes", name="Exosomes")
    b.molecule("strokin", name="Strok")  # nothing is said of it
    b.source("adipose-tissue", name="Adipose tissue")
    b.condition("lupus", name="Systemic lupus erythematosus", synonyms=["lupus"])
    b.condition("stroke", name="Stroke")
    b.organism("rat", name="Rat")
    b.claim(
        "MSC-CL-0001", text="Cells make nitric oxide, which calms macrophages.", mediators=["nitric-oxide"]
    )
    b.claim("MSC-CL-0002", text="They have no effect on stroke.", conditions=["stroke"])
    b.claim("MSC-CL-0003", text="PGE2 calms macrophages towards the end.", mediators=["pge2"])
    b.claim("MSC-CL-0004", text="Lupus improves.", conditions=["lupus"])
    b.claim("MSC-CL-0005", text="Stroke improves.", conditions=["stroke"])
    b.claim("MSC-CL-0006", text="Macrophages calm down in lupus.", conditions=["lupus"])
    b.claim("MSC-CL-0007", text="Cells grow.", curator_note="Macrophages are meant; see fibrosis.")
    b.claim("MSC-CL-0008", text="In rats, macrophages proliferate.", organisms=["rat"])
    b.trial(
        "MSC-TR-0001", text="Cells were safe in stroke.", conditions=["stroke"], registry_id="NCT01234567"
    )


def found(api, text, **parameters):
    return [row["id"] for row in api("search/", q=text, **parameters)["results"]]


class TestWords:
    def test_the_rarer_word_orders_rows_that_have_other_words_too(self, api):
        assert found(api, "macrophages lupus", kind="claim") == ["MSC-CL-0006"]
        body = api("search/", q="PGE2 lupus", kind="claim")
        assert (body["did_you_mean"], body["left_out"]) == (None, ["lupus"])  # 2 rows have PGE2, 3 have lupus
        assert [row["id"] for row in body["results"]] == ["MSC-CL-0003"]

    def test_what_is_left_out_is_said_on_the_page(self, client):
        html = client.get("/search/", {"q": "PGE2 lupus"}).content.decode()
        assert "No row has all of these words. Left out: <s>lupus</s>." in " ".join(html.split())

    def test_a_phrase_that_no_row_has_is_left_out_and_its_words_are_kept(self, api):
        body = api("search/", q='"macrophages lupus"', kind="claim")
        assert body["left_out"] == ['"macrophages lupus"']
        assert [row["id"] for row in body["results"]] == ["MSC-CL-0006"]

    @pytest.mark.parametrize(
        "text",
        [
            "which claims come from rats",
            "what do we know of rats?",
            "rats, and how they can give the best",
        ],
    )
    def test_words_of_a_question_weigh_nothing(self, api, text):
        assert set(found(api, text)) == {"rat", "MSC-CL-0008"}

    def test_the_kind_that_is_asked_for_comes_first_and_is_no_condition(self, api):
        assert found(api, "trials in stroke")[0] == "MSC-TR-0001"
        assert found(api, "claims on stroke")[0] in ("MSC-CL-0002", "MSC-CL-0005")
        assert found(api, "stroke")[0] == "stroke"
        assert set(found(api, "trials in stroke")) == set(found(api, "stroke"))

    def test_an_everyday_word_is_no_condition_and_not_left_out(self, api):
        body = api("search/", q="lupus always", kind="claim")
        assert (body["count"], body["left_out"]) == (2, [])

    def test_a_query_of_nothing_but_everyday_words_asks_for_them(self, api):
        assert found(api, "end") == ["MSC-CL-0003"]

    def test_a_note_is_found_after_everything_that_shows_the_word_and_only_where_nothing_does(self, api):
        assert "MSC-CL-0007" not in found(api, "macrophages")
        assert [(row["id"], row["matched"]) for row in api("search/", q="fibrosis")["results"]] == [
            ("MSC-CL-0007", "curator’s note")
        ]

    def test_a_name_in_capitals_is_not_the_everyday_word(self, api):
        assert set(found(api, "NO")) == {"nitric-oxide", "MSC-CL-0001"}
        assert "MSC-CL-0002" in found(api, "no effect on stroke")
        assert "MSC-CL-0002" in found(api, "NO EFFECT ON STROKE")
        assert found(api, "END") == ["MSC-CL-0003"]  # no row is called END

    def test_capitals_are_words_of_their_own_where_they_are_spelt_like_an_everyday_word(self):
        assert capitals("NO, or HGF; No, IT and NO2") == ["nocapitals", "itcapitals"]

    def test_how_english_words_are(self):
        assert [is_everyday(word) for word in ("which", "best", "chord", "endoglin")] == [
            True,
            True,
            False,
            False,
        ]
        assert [is_english(word) for word in ("which", "chord", "class", "endoglin")] == [
            True,
            True,
            True,
            False,
        ]


class TestSpelling:
    @pytest.mark.parametrize(
        ("typed", "meant"),
        [
            ("macrophges", "macrophages"), ("acrophages", "macrophages"), ("macropahges", "macrophages"),
            ("exosmes", "exosomes"), ("lupuss stroke", "lupus stroke"), ("erithematosis", "erythematosus"),
        ],
    )  # fmt: skip
    def test_a_mistyped_word_is_mended(self, api, typed, meant):
        assert api("search/", q=typed)["did_you_mean"] == meant

    @pytest.mark.parametrize(
        "typed",
        [
            "CCL2 lupus", "PGE3 lupus", "BCL-3 lupus", "NCT01234568", "ratt",  # codes, and too short for two
            "lupin stroke", "struck lupus",  # words of English
            "LUPIS stroke",  # in capitals: a code
            "makrophagis",  # two letters wrong in a word of less than twelve
        ],
    )  # fmt: skip
    def test_no_code_and_no_word_of_english_is_taken_for_another(self, api, typed):
        assert api("search/", q=typed)["did_you_mean"] in (None, "rat" if typed == "ratt" else None)

    def test_suggestions_bear_one_mistyped_letter(self, api):
        def suggested(text):
            return [row["id"] for row in api("suggest/", q=text)["results"]]

        assert suggested("exosm") == ["exosomes"]
        assert suggested("adipse tis") == ["adipose-tissue"]
        assert suggested("eritem") == []
        assert suggested("PGE3") == []

    def test_suggestions_offer_first_what_something_is_said_of(self, api):
        assert [row["id"] for row in api("suggest/", q="strok")["results"]] == ["stroke", "strokin"]


class TestLists:
    """`q` of a list is the same search."""

    @pytest.mark.parametrize(
        ("path", "words", "expected"),
        [
            ("claims", "ARDS", []),  # "towards"
            ("claims", "LIF", []),  # "proliferate"
            ("claims", "NO", ["MSC-CL-0001"]),
            ("claims", "no", ["MSC-CL-0001", "MSC-CL-0002"]),
            ("claims", "prostaglandin E2", ["MSC-CL-0003"]),  # a synonym of what it links to
            ("claims", "improving", ["MSC-CL-0004", "MSC-CL-0005"]),  # a stem
            ("claims", "which claims improve lupus", ["MSC-CL-0004"]),
            ("claims", "fibrosis", ["MSC-CL-0007"]),  # a note
            ("claims", "macrophge", []),  # nothing is mended in a list
            ("claims", "macrophages -", ["MSC-CL-0001", "MSC-CL-0003", "MSC-CL-0006", "MSC-CL-0007", "MSC-CL-0008"]),
            ("claims", '"macrophages calm"', ["MSC-CL-0006"]),
            ("molecules", "bcl2", ["bcl-2"]),
            ("molecules", "bcl", ["bcl-2"]),
            ("conditions", "lupus", ["lupus"]),
            ("trials", "NCT01234567", ["MSC-TR-0001"]),
            ("statements", "stroke", ["MSC-CL-0002", "MSC-CL-0005", "MSC-TR-0001"]),
        ],
    )  # fmt: skip
    def test_whole_words_stems_and_synonyms(self, api, path, words, expected):
        body = api(f"{path}/", q=words)
        assert sorted(row.get("accession") or row["slug"] for row in body["results"]) == sorted(expected)
