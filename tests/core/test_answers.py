"""How answers are cut, formatted and marked for caches, each against what is written down."""

import io

import openpyxl
import pytest
from django.test import Client

from tests import builders as make
from tests.formats import FLAT, FORMATS
from tests.resources import exported, get


class TestShape:
    @pytest.fixture(scope="class", autouse=True)
    @classmethod
    def built(cls, class_world):
        make.mechanism("paracrine", summary="By what is secreted.")
        make.claim(
            "MSC-CL-0001", mechanism="paracrine", mediators=["hgf"], references=[7], modification="aged"
        )
        make.claim("MSC-CL-0002", direction="requires")

    def rows(self, query):
        return get(f"claims/?{query}").json()["results"]

    def test_fields_are_only_those_asked_for(self):
        assert self.rows("fields=accession,modification") == [
            {"accession": "MSC-CL-0001", "modification": "aged"}, {"accession": "MSC-CL-0002", "modification": ""},
        ]  # fmt: skip
        assert get("claims/MSC-CL-0001/?fields=direction").json() == {"direction": "increases"}

    def test_omitted_fields_are_gone_and_the_others_stay(self):
        everything, less = self.rows("")[0], self.rows("omit=mediators,url")[0]
        assert set(everything) - set(less) == {"mediators", "url"}
        assert less["accession"] == "MSC-CL-0001"

    def test_fields_and_omit_hold_for_an_export(self):
        assert exported("claims", "csv", "fields=accession,mediators&omit=mediators") == [
            {"accession": "MSC-CL-0001"}, {"accession": "MSC-CL-0002"},
        ]  # fmt: skip

    def test_an_included_row_is_whole_without_its_own_links(self):
        row = self.rows("include=mechanism,mediators&fields=mechanism,mediators")[0]
        assert row["mechanism"] == {
            "slug": "paracrine", "name": "Paracrine", "synonyms": [], "xrefs": [], "xrefs_match": [], "other_names": [],
            "curator_note": "", "kind": "mechanism", "order": 1, "summary": "By what is secreted.",
            "url": "http://testserver/mechanisms/paracrine/",
            "api_url": "http://testserver/api/v1/mechanisms/paracrine/",
        }  # fmt: skip
        assert [(m["slug"], m["kind"]) for m in row["mediators"]] == [("hgf", "protein")]
        assert self.rows("include=mechanism&fields=mechanism")[1] == {"mechanism": None}

    def test_an_included_reference_is_whole(self):
        row = get("claims/MSC-CL-0001/?include=references&fields=references").json()
        assert [(r["number"], r["label"], r["title"]) for r in row["references"]] == [(7, "Reference 7", "")]


class TestPages:
    @pytest.fixture(scope="class", autouse=True)
    @classmethod
    def built(cls, class_world):
        for number in range(51):
            make.organism(f"species-{number:02}")

    def test_a_page_has_50_rows_unless_another_size_is_asked_for(self):
        first = get("organisms/").json()
        assert (first["count"], len(first["results"])) == (51, 50)
        assert first["next"] == "http://testserver/api/v1/organisms/?page=2"
        last = get("organisms/?page=2").json()
        assert ([row["slug"] for row in last["results"]], last["next"]) == (["species-50"], None)
        assert last["previous"] == "http://testserver/api/v1/organisms/"
        assert len(get("organisms/?page_size=51").json()["results"]) == 51

    def test_an_export_has_every_row_in_the_order_asked_for(self):
        rows = [row["slug"] for row in exported("organisms", "csv", "ordering=-slug&page_size=2")]
        assert (len(rows), rows[0], rows[-1]) == (51, "species-50", "species-00")

    def test_an_export_has_only_the_rows_of_its_filter(self):
        for suffix in FLAT:
            assert [row["name"] for row in exported("organisms", suffix, "q=07")] == ["Species 07"], suffix


class TestFormats:
    @pytest.fixture(scope="class", autouse=True)
    @classmethod
    def built(cls, class_world):
        make.molecule("bad", name="=SUM(A1)", curator_note="@cmd", synonyms=["-CD34", "plain"])
        make.molecule("comma", name='a, "b"\nc', curator_note="+1-1", synonyms=["=", "x"])
        make.molecule("greek", name="TGF-β1", curator_note="-5", synonyms=["TGFβ"])

    @pytest.mark.parametrize("suffix", ["csv", "tsv"])
    def test_what_a_spreadsheet_would_run_is_escaped_and_nothing_else_is(self, suffix):
        rows = exported("molecules", suffix)
        assert [row["name"] for row in rows] == ["'=SUM(A1)", 'a, "b"\nc', "TGF-β1"]
        assert [row["curator_note"] for row in rows] == ["'@cmd", "'+1-1", "-5"]
        assert [row["synonyms"] for row in rows] == ["'-CD34|plain", "'=|x", "TGFβ"]

    def test_a_workbook_holds_the_text_itself_and_no_formula(self):
        body = b"".join(get("molecules.xlsx").streaming_content)
        sheet = openpyxl.load_workbook(io.BytesIO(body)).active
        cells = {cell.value: cell.data_type for row in sheet.iter_rows() for cell in row if cell.value}
        assert cells["=SUM(A1)"] == cells["@cmd"] == cells["+1-1"] == "s"
        assert cells["TGF-β1"] == "s"

    @pytest.mark.parametrize("suffix", FLAT)
    def test_the_suffix_and_the_parameter_give_the_same_file(self, suffix):
        one, other = get(f"molecules.{suffix}"), get(f"molecules/?format={suffix}")
        for response in (one, other):
            assert response["Content-Type"] == FORMATS[suffix].content_type
            assert response["Content-Disposition"] == f'attachment; filename="mscbase-molecule.{suffix}"'
        one, other = (FORMATS[suffix].rows(b"".join(file.streaming_content)) for file in (one, other))
        assert one == other
        assert len(one) == 3

    def test_a_file_of_one_row(self):
        assert get("molecules/greek/?format=csv&fields=slug,name").content.decode() == (
            "slug,name\r\ngreek,TGF-β1\r\n"
        )

    def test_a_byte_order_mark_opens_the_file_on_request(self):
        assert b"".join(get("molecules.csv?bom=1").streaming_content).startswith(b"\xef\xbb\xbfslug,")
        assert b"".join(get("molecules.csv").streaming_content).startswith(b"slug,")

    def test_words_are_found_in_any_case_and_alphabet(self, slugs):
        for words in ("tgfbeta", "TGF-BETA", "tgf-β1", "β1 tgf"):
            assert slugs("molecules/", q=words) == {"greek"}, words
        assert slugs("molecules/", q="tgf plain") == set()


class TestCaching:
    @pytest.fixture(autouse=True)
    def built(self, world):
        make.release("2020.01")
        make.molecule("hgf")

    def tag(self, path="/api/v1/molecules/", **headers):
        return Client().get(path, headers=headers)["ETag"]

    def test_the_same_question_has_the_same_tag_and_a_client_that_has_it_gets_no_body(self):
        tag = self.tag()
        assert tag == self.tag()
        again = Client().get("/api/v1/molecules/", headers={"If-None-Match": tag})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)
        other = Client().get("/api/v1/molecules/", headers={"If-None-Match": '"something-else"'})
        assert (other.status_code, other["ETag"]) == (200, tag)

    def test_another_software_has_another_tag(self, settings):
        before = self.tag()
        settings.SOFTWARE_VERSION = "9.9.9"
        assert self.tag() != before

    def test_another_release_has_another_tag(self):
        before = self.tag()
        make.release("2020.02")
        assert self.tag() != before
        assert Client().get("/api/v1/molecules/")["X-MSCbase-Release"] == "2020.02"

    def test_another_question_or_format_has_another_tag(self):
        tags = [
            self.tag(), self.tag("/api/v1/molecules/?q=hgf"), self.tag("/api/v1/molecules.csv"),
            self.tag(Accept="text/csv"), self.tag("/api/v1/molecules/hgf/"), self.tag(Host="localhost"),
        ]  # fmt: skip
        assert len(set(tags)) == len(tags)

    def test_an_error_has_no_tag(self):
        response = Client().get("/api/v1/molecules/?nope=1")
        assert (response.status_code, response.get("ETag"), response["Cache-Control"]) == (
            400,
            None,
            "no-store",
        )


class TestFacetLabels:
    @pytest.fixture(autouse=True)
    def built(self, world):
        make.section("methods", title="How it was done")
        make.claim(
            "MSC-CL-0001", section="methods", references=[make.reference(7, authors="Smith J", year=2011)],
            source=make.source("skin", name="Dermis"), preparation="exosomes", evidence="in-vitro",
        )  # fmt: skip
        make.release()

    @pytest.mark.parametrize(
        ("prefix", "facet", "label"),
        [("claims", "source", "Dermis"), ("claims", "preparation", "Exosomes"), ("claims", "evidence", "In vitro"),
         ("claims", "section", "How it was done"), ("claims", "reference", "Reference 7"),
         ("claims", "conflicting", "no"), ("statements", "kind", "claim")],
    )  # fmt: skip
    def test_a_value_is_labelled_as_people_read_it(self, prefix, facet, label):
        (value,) = get(f"{prefix}/?facets={facet}").json()["facets"][facet]
        assert (value["label"], value["count"]) == (label, 1)

    def test_several_facets_are_asked_for_at_once(self):
        found = get("claims/?facets=source,evidence&facets=direction").json()["facets"]
        assert {name: [v["value"] for v in values] for name, values in found.items()} == {
            "source": ["skin"], "evidence": ["in-vitro"], "direction": ["increases"],
        }  # fmt: skip
