"""Names under which nothing is held are said to be absent, and no name stands for another."""

import pytest

from core import known_names
from tests import builders as b

OUTSIDE = """\
MESH:D010003\tOsteoarthritis\tMESH:D001847
MESH:D004751\tEnteritis\t
MESH:D019089\tStem Cell Factor\t
enteritis\tMESH:D004751\t
beta3\tHGNC:1\t
HGNC:1\tBHLHE22\t
neoplasm\tMESH:D009369\t
MESH:D009369\tNeoplasms\t
osteoarthritis\tMESH:D010003\t
stemcellfactor\tMESH:D019089\t
"""


@pytest.fixture(scope="module", autouse=True)
def rows(module_world, tmp_path_factory):
    b.molecule("integrin-beta-3", name="Integrin beta 3")
    b.molecule("ho-1", name="HO-1", synonyms=["heme oxygenase 1"])
    b.molecule("c-met", name="c-Met")
    b.condition(
        "bone-diseases",
        name="Bone diseases",
        xrefs=[{"curie": "MESH:D001847", "label": "Bone Diseases", "match": "exact"}],
    )
    b.condition("breast-cancer", name="Breast cancer", synonyms=["breast neoplasms"])
    b.condition("lupus", name="Lupus")
    enteritis = {"curie": "MESH:D003424", "label": "Regional Enteritis", "match": "exact"}
    b.condition(
        "crohns-disease", name="Crohn's disease", synonyms=["paediatric Crohn's disease"], xrefs=[enteritis]
    )
    b.condition("diabetes", name="Diabetes")
    b.claim("MSC-CL-0001", text="Stem cells make a factor.")
    b.claim("MSC-CL-0002", text="HO-1 acts in 2 ways.", mediators=["ho-1"])


@pytest.fixture(autouse=True)
def outside_table(tmp_path, monkeypatch):
    (tmp_path / "outside.tsv").write_text(
        "".join(sorted(OUTSIDE.splitlines(keepends=True))), encoding="utf-8"
    )
    monkeypatch.setattr(known_names, "table", lambda name: tmp_path / "outside.tsv")


def answer(api, text):
    body = api("search/", q=text)
    return [row["id"] for row in body["results"]], [absent["text"] for absent in body["absent"]]


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("CD133 in lupus", ["CD133"]),
        ("osteoarthritis", ["osteoarthritis"]),
        ("lupus and osteoarthritis", ["osteoarthritis"]),
        ("stem cell factor", ["stem cell factor"]),  # each word stands here
        ("what is stem cell factor?", ["stem cell factor"]),
        ("GO:9999999", ["GO:9999999"]),
        ("MET-5A", ["MET-5A"]),  # no MET
        ("heme oxygenase 2", ["heme oxygenase 2"]),  # the claim on HO-1 has a 2
        ("CXCRA", ["CXCRA"]),
        ("zzzzzzzz", ["zzzzzzzz"]),
    ],
)
def test_nothing_is_found_and_the_name_is_said_to_be_absent(api, text, absent):
    assert answer(api, text) == ([], absent)


def test_what_is_broader_is_offered_with_its_addresses(api, client):
    meaning = api("search/", q="osteoarthritis")["absent"][0]["meanings"][0]
    assert (meaning["label"], meaning["curie"]) == ("Osteoarthritis", "MESH:D010003")
    assert [row["id"] for row in meaning["broader"]] == ["bone-diseases"]
    html = " ".join(client.get("/search/", {"q": "lupus and osteoarthritis"}).content.decode().split())
    assert "osteoarthritis is not in this knowledge base." in html
    assert 'Broader terms here: <a href="/conditions/bone-diseases/">Bone diseases</a>' in html
    assert 'Search for the other words: <a href="?q=lupus">lupus</a>' in html


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("integrin β3", "integrin-beta-3"),  # β3 alone is another name
        ("regional enteritis", "crohns-disease"),  # enteritis alone is not held
        ("breast neoplasms", "breast-cancer"),
        ("Breast Neoplasm", "breast-cancer"),
        ("heme oxygenase 1", "ho-1"),
        ("paediatric lupus", "lupus"),  # and not what "paediatric" stands in the name of
        ("diabetic patients", "diabetes"),
    ],
)
def test_what_is_held_is_found_and_nothing_is_called_absent(api, text, first):
    found, absent = answer(api, text)
    assert (found[0], absent) == (first, [])


@pytest.mark.parametrize("sign", ["-", "/", "_", "."])
def test_however_long_a_compound_is_it_is_answered(api, sign):
    text = sign.join(["stem", "bone"] * 300)
    api("search/", q=text)
    api("claims/", q=text)
    api("suggest/", q=text)
