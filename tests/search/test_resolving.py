"""What an identifier or name resolves to, what filters make of it, and what is said of what is not here."""

import pytest
from django.test import Client, override_settings

from core.identifiers import plain
from core.models import Document
from search.engine import search
from tests import builders as b

TABLES = {
    "known": [
        "HGNC:12663|VCAM1|approved symbol||genes-1.0",
        "HGNC:12663|CD106|alias symbol||genes-1.0",
    ],
    "outside": [
        "HGNC:7|CD27|FPLX:TNFR",
        "MESH:D010003|Osteoarthritis|MESH:D002357",
        "cd27|HGNC:7|",
        "osteoarthritis|MESH:D010003|",
        "osteoarthrose|MESH:D010003|",
    ],
}
NOT_HERE = "Osteoarthritis (MESH:D010003) is not in this knowledge base."
BROADER = "Broader here: 'cartilage-diseases'."
ALIKE = "Did you mean 'cartilage-diseases'?"
CD27 = "CD27 (HGNC:7) is not in this knowledge base."


@pytest.fixture(scope="module", autouse=True)
def rows(module_world, tmp_path_factory):
    folder = tmp_path_factory.mktemp("fixtures")
    (folder / "names").mkdir()
    for name, lines in TABLES.items():
        (folder / "names" / f"{name}.tsv").write_text("\n".join(lines).replace("|", "\t") + "\n")
    with override_settings(FIXTURE_DIRS=[folder]):
        b.molecule(
            "vcam-1", name="VCAM-1", xrefs=[{"curie": "HGNC:12663", "label": "VCAM1", "match": "exact"}]
        )
        b.molecule("tnfr", xrefs=[{"curie": "FPLX:TNFR", "label": "TNFR", "match": "exact"}])
        b.condition(
            "cartilage-diseases", name="Cartilage diseases",
            xrefs=[{"curie": "MESH:D002357", "label": "Cartilage Diseases", "match": "exact"}],
        )  # fmt: skip
        b.claim("MSC-CL-0001", mediators=["vcam-1"], conditions=["cartilage-diseases"])
        b.reference(7, title="On cells", doi="10.1007/s00018-020-03454-6", pmid="31965214")
        b.reference(8, pmid="12")
        Document.objects.update(doi="10.1000/whole", pmid="12345678", pmcid="PMC7223321")
        for document in Document.objects.all():
            document.save()
    return folder


@pytest.fixture(autouse=True)
def tables(rows, settings):
    settings.FIXTURE_DIRS = [rows]


def resolved(api, text, expect=200):
    return api("resolve/", id=text, expect=expect)


class TestPublications:
    @pytest.mark.parametrize(
        "text",
        ["10.1007/s00018-020-03454-6", "doi:10.1007/S00018-020-03454-6", "DOI: 10.1007/s00018-020-03454-6",
         "https://doi.org/10.1007/s00018-020-03454-6", "http://dx.doi.org/10.1007/s00018-020-03454-6.", "31965214",
         "PMID:31965214", "PMID: 31965214", "pmid 31965214", "https://pubmed.ncbi.nlm.nih.gov/31965214/",
         "http://www.ncbi.nlm.nih.gov/pubmed/31965214"],
    )  # fmt: skip
    def test_a_reference_is_found_by_its_identifiers(self, api, text):
        answer = resolved(api, text)
        assert (answer["kind"], answer["id"]) == ("reference", "7")

    @pytest.mark.parametrize(
        "text",
        ["10.1000/whole", "https://doi.org/10.1000/whole", "PMID:12345678", "PMC7223321", "pmcid: pmc7223321",
         "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC7223321/", "https://pmc.ncbi.nlm.nih.gov/articles/PMC7223321/"],
    )  # fmt: skip
    def test_a_document_is_found_by_its_identifiers(self, api, text):
        answer = resolved(api, text)
        assert (answer["kind"], answer["id"]) == ("document", "review")
        assert Client().get(answer["api_url"]).status_code == Client().get(answer["url"]).status_code == 200

    def test_a_number_is_that_of_a_reference_before_it_is_a_pubmed_id(self, api):
        assert resolved(api, "8")["id"] == "8"
        assert resolved(api, "PMID:12")["id"] == "8"
        resolved(api, "12", expect=404)

    def test_other_identifiers_find_nothing(self, api):
        for text in ("10.1007/s00018-020-03454", "PMID:3196521", "PMC722332", "https://doi.org/"):
            resolved(api, text, expect=404)

    def test_search_finds_them(self):
        assert [d.ident for d in search("doi:10.1007/s00018-020-03454-6").documents] == ["7"]
        assert [d.ident for d in search("10.1007/s00018-020-03454-6").documents] == ["7"]
        assert [d.ident for d in search("31965214").documents] == ["7"]
        assert [d.ident for d in search("PMC7223321").documents] == ["review"]

    def test_other_text_stays_as_it_is(self):
        for text in ("HGF", "NCT01234567", "10 mg", "CD34", "12345", "10.5", "PMCA", " x "):
            assert plain(text) == text


class TestFilters:
    @pytest.mark.parametrize("base", ["/", "/api/v1/"])
    @pytest.mark.parametrize("name", ["CD106", "cd-106", "VCAM1", "vcam1", "HGNC:12663"])
    def test_every_name_leads_to_the_value(self, base, name):
        response = Client().get(f"{base}claims/", {"mediator": name})
        assert (response.status_code, response["Location"]) == (302, f"{base}claims/?mediator=vcam-1")

    @pytest.mark.parametrize(
        ("query", "message"),
        [
            ("condition=osteoarthritis", f"There is no condition 'osteoarthritis'. {NOT_HERE} {BROADER}"),
            ("condition=Osteoarthroses", f"There is no condition 'Osteoarthroses'. {NOT_HERE} {BROADER}"),
            ("mediator=osteoarthritis", f"There is no molecule 'osteoarthritis'. {NOT_HERE}"),
            ("mediator=CD27", f"There is no molecule 'CD27'. {CD27} Broader here: 'tnfr'."),
            ("mediator=CD107", "There is no molecule 'CD107'."),
            ("condition=CD106", "There is no condition 'CD106'. 'CD106' is the molecule 'vcam-1'."),
            ("condition=cartilage+diseaes", f"There is no condition 'cartilage diseaes'. {ALIKE}"),
        ],
    )  # fmt: skip
    @pytest.mark.parametrize("base", ["/", "/api/v1/"])
    def test_what_is_not_here_is_said_with_what_is_broader_and_never_another_word(self, base, query, message):
        response = Client().get(f"{base}claims/?{query}")
        assert response.status_code == 400
        if base == "/":
            assert message.replace("'", "&#x27;") in response.content.decode()
        else:
            assert [error["message"] for error in response.json()["errors"]] == [message]

    def test_a_missing_row_is_answered_with_what_goes_by_its_name(self, api):
        detail = "There is no molecule 'CD106'. Did you mean 'vcam-1'?"
        assert api("molecules/CD106/", expect=404)["detail"] == detail
        detail = api("conditions/osteoarthritis/", expect=404)["detail"]
        assert detail.endswith("is not in this knowledge base. Broader here: 'cartilage-diseases'.")


class TestNotHere:
    def test_it_is_said_with_the_rows_that_are_broader(self, api):
        answer = resolved(api, "osteoarthroses", expect=404)
        assert answer["detail"] == (
            "Osteoarthritis (MESH:D010003) is not in this knowledge base. Broader here: Cartilage diseases."
        )
        assert answer["not_here"] == [{
            "label": "Osteoarthritis", "curie": "MESH:D010003",
            "broader": [{
                "kind": "condition", "id": "cartilage-diseases", "name": "Cartilage diseases",
                "url": "http://testserver/conditions/cartilage-diseases/",
                "api_url": "http://testserver/api/v1/conditions/cartilage-diseases/",
            }],
        }]  # fmt: skip

    def test_so_it_is_by_identifier(self, api):
        assert resolved(api, "HGNC:7", expect=404)["not_here"][0]["label"] == "CD27"

    def test_what_nobody_knows_is_only_not_known(self, api):
        answer = resolved(api, "CD107", expect=404)
        assert answer["detail"] == "Nothing here is known as 'CD107'."
        assert "not_here" not in answer
