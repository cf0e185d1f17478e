"""What can be asked of a search: any text, and the parameters that it knows."""

import string

import pytest
from django.test import Client

from tests import builders as make
from tests import example
from tests.test_api_contract import problem

HOSTILE = [
    '"', '""', '"""', "'", "''", "`", 'a"b', '"unclosed phrase', "AND", "OR NOT", "NEAR(a b)", "hgf AND",
    "hgf*", "*", "^hgf", "hgf:stroke", "{autocomplete} : x", "(((", ")", "a & b | !c", "a <-> b", ":*",
    "\\", "%", "%s", "_", ";DROP TABLE", "' OR 1=1 --", "<b>hgf</b>", "kind:", "kind:nosuch hgf", "kind:claim",
    "kind:claim kind:trial", "-", "--", "+", "−", "ø", "|", "| hgf |", "\t\n\r", "\x01\x1f hgf",
    "\u202e\u200b", "🧬", "🧬 hgf 🧫", "ﬁbrosis", "日本語", "Ω", "ß", "İ", "1e6", "0x1F", "3.14", "10:30",
    "http://example.org/hgf?x=1", "a" * 10_000, "hgf " * 2_500, '"' * 10_000, "🧬" * 2_500, string.printable,
    "²", "½", "٣", r"hgf\qux", r"zyxwv\1 hgf", r"C:\new\group\g<0>",
]  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def built(module_world):
    example.build()


def asked(path, status=200, **parameters):
    response = Client().get(path, parameters)
    assert response.status_code == status, response.content[:300]
    return response


def ids(text, **parameters):
    return [row["id"] for row in asked("/api/v1/search/", q=text, **parameters).json()["results"]]


def page(text, status=200, **parameters):
    html = asked("/search/", status, q=text, **parameters).content.decode()
    return " ".join(html.split())  # how the source breaks its lines does not matter


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_any_text_gives_a_page_and_an_answer(text):
    assert "<h1>Search</h1>" in page(text)
    assert asked("/api/v1/search/", q=text).json()["count"] >= 0
    assert len(asked("/api/v1/suggest/", q=text).json()["results"]) <= 8
    assert Client().get("/api/v1/resolve/", {"id": text}).status_code in (200, 400, 404)


def test_every_character_of_the_first_plane_in_pieces_is_survived():
    everything = "".join(map(chr, [*range(1, 0xD800), *range(0xE000, 0x10000)]))
    for start in range(0, len(everything), 1_500):
        ids(everything[start : start + 1_500])


def test_what_is_typed_is_never_markup():
    html = page("<script>alert(1)</script>")
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_a_phrase_holds_together():
    make.claim("MSC-CL-0011", text="Dendritic cells mature.")
    make.claim("MSC-CL-0012", text="Cells of dendritic shape.")
    assert ids("dendritic cells") == ["MSC-CL-0011", "MSC-CL-0012"]
    assert ids('"dendritic cells"') == ["MSC-CL-0011"]
    assert asked("/api/v1/search/", q='"cells dendritic"').json()["partly"]


@pytest.mark.parametrize(
    ("text", "parameters"),
    [
        ("kind:claim hgf", {}),
        ("hgf kind:claims", {}),
        ("hgf", {"kind": "claims"}),
        ("hgf", {"kind": "claim"}),
    ],
)
def test_a_kind_narrows_in_the_text_and_as_a_parameter_in_singular_and_plural(text, parameters):
    body = asked("/api/v1/search/", q=text, **parameters).json()
    assert [row["id"] for row in body["results"]] == ["MSC-CL-0001", "MSC-CL-0002"]
    assert body["kinds"] == {"molecule": 1, "vesicle-class": 1, "claim": 2}


def test_an_unknown_kind_is_named_with_the_nearest():
    assert "'claim'" in problem(asked("/api/v1/search/", 400, q="x", kind="clam"), 400)["detail"]
    assert "claim" in page("x", status=400, kind="clam")


@pytest.mark.parametrize(
    ("parameters", "named"),
    [({}, "q"), ({"q": "x", "pge": "2"}, "pge"), ({"q": "x", "page": "0"}, "page"),
     ({"q": "x", "page_size": "1001"}, "page_size"), ({"q": "x", "format": "csv"}, "format")],
)  # fmt: skip
def test_bad_parameters_are_named(parameters, named):
    assert problem(asked("/api/v1/search/", 400, **parameters), 400)["errors"][0]["parameter"] == named


def test_asking_to_resolve_nothing_is_a_400():
    for text in ("", "  "):
        assert problem(asked("/api/v1/resolve/", 400, id=text), 400)["errors"][0]["parameter"] == "id"


def test_an_empty_search_explains_itself():
    assert "How to ask" in page("")
    assert "How to ask" in page("???")


def test_a_search_runs_a_few_queries_however_much_it_finds(django_assert_max_num_queries):
    for number in range(20):
        make.claim(f"MSC-CL-01{number:02}", mediators=["hgf"])
    for text in ("hgf", "endogln", "says", "hgf nosuchwordatall"):
        with django_assert_max_num_queries(12):
            page(text)


def test_eight_suggestions_are_made():
    for number in range(9):
        make.molecule(f"il-{number}")
    assert len(asked("/api/v1/suggest/", q="il").json()["results"]) == 8


def test_every_result_has_its_two_addresses():
    found = set()
    for word in ("says", "hgf", "stroke", "fever", "results", "journal", "marrow"):
        for row in asked("/api/v1/search/", q=word).json()["results"]:
            asked(row["url"])
            asked(row["api_url"])
            found.add(row["kind"])
    assert {
        "tissue-source",
        "molecule",
        "condition",
        "claim",
        "adverse-event",
        "section",
        "reference",
    } <= found


def test_the_search_box_stands_on_every_page_and_the_missing_one_looks_for_its_words():
    for path in ("/", "/claims/", "/molecules/hgf/", "/search/", "/about/"):
        html = asked(path).content.decode()
        assert 'role="search"' in html
        assert 'action="/search/"' in html
        assert html.count('id="site-search"') == 1
    missing = asked("/molecules/hepatocyte-growth-factor/", 404)
    assert 'value="hepatocyte growth factor"' in missing.content.decode()
