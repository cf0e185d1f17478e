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


def test_what_nothing_is_called_is_a_404(api):
    assert "no such thing" in api("resolve/", expect=404, id="no such thing")["detail"]


def test_a_word_with_several_meanings_offers_them_all(api):
    answer = api("resolve/", expect=300, id="AHR")
    assert {row["kind"] for row in answer["candidates"]} == {"condition", "biological-process"}


@pytest.mark.parametrize("asked", ["", "  "])
def test_asking_for_nothing_is_a_400(api, asked):
    assert api("resolve/", expect=400, id=asked)["errors"][0]["parameter"] == "id"


@pytest.mark.parametrize("asked", ['"', "%", "' OR 1=1 --", "\x00", "😀", "β" * 10_000])
def test_any_input_is_answered(client, asked):
    assert client.get("/api/v1/resolve/", {"id": asked}).status_code in (400, 404)
