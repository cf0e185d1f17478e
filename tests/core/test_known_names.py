"""Names that generated tables give to identifiers, in small tables of its own."""

import pytest
from django.test import Client

from core.known_names import KnownName, OutsideName, known_names, outside_names
from core.names import named, outside
from identify.identification import molecules_by_name
from search.engine import search
from tests import builders as b

pytestmark = pytest.mark.usefixtures("world")

KNOWN = [
    ("HGNC:2", "CXXC", "alias symbol", "", "genes"),
    ("HGNC:33", "LOST", "alias symbol", "", "genes"),
    ("HGNC:3349", "ENG", "approved symbol", "", "genes-1.0"),
    ("HGNC:3349", "MIX", "alias symbol", "as written", "genes-1.0"),
    ("HGNC:3349", "CD105", "alias symbol", "", "genes-1.0"),
    ("HGNC:4", "SHARED", "alias symbol", "", "genes"),
    ("HGNC:5", "SHARED", "alias symbol", "", "genes"),
]
OUTSIDE = [
    ("CL:1", "astrocyte", "CL:0 CL:9"),
    ("HGNC:7", "CAT", ""),
    ("HGNC:8", "CATA", "FPLX:A"),
    ("astrocyte", "CL:1", ""),
    ("cat", "HGNC:7", "as written"),
    ("cata", "HGNC:7", ""),
    ("cata", "HGNC:8", ""),
]


@pytest.fixture(autouse=True)
def tables(tmp_path, settings):
    settings.FIXTURE_DIRS = [tmp_path]
    (tmp_path / "names").mkdir()
    for name, rows in (("known", KNOWN), ("outside", OUTSIDE)):
        (tmp_path / "names" / f"{name}.tsv").write_text("".join("\t".join(row) + "\n" for row in rows))


def endoglin():
    return b.molecule(
        "endoglin", name="Endoglin", xrefs=[{"curie": "HGNC:3349", "label": "ENG", "match": "exact"}]
    )


class TestTables:
    @pytest.mark.parametrize("row", [0, 1, 2, 4, 5, 6])
    def test_every_row_is_found_wherever_it_stands(self, row):
        curie, name, kind, _, source = KNOWN[row]
        assert KnownName(curie, name, kind, False, source) in known_names(curie)

    def test_all_names_of_one_thing_in_their_order_and_of_no_other(self):
        assert [name.name for name in known_names("HGNC:3349")] == ["ENG", "MIX", "CD105"]
        assert [name.as_written for name in known_names("HGNC:3349")] == [False, True, False]
        for curie in ("HGNC:334", "HGNC:", "A:1", "Z:1", "", " "):
            assert known_names(curie) == []

    def test_what_is_not_here_is_found_by_name_and_by_identifier(self):
        astrocyte = OutsideName("CL:1", "astrocyte", ["CL:0", "CL:9"])
        assert outside_names("Astrocytes") == outside_names("CL:1") == [astrocyte]
        assert outside_names("CATA") == [
            OutsideName("HGNC:7", "CAT", []),
            OutsideName("HGNC:8", "CATA", ["FPLX:A"]),
        ]
        assert outside_names("oligodendrocyte") == outside_names("") == []

    def test_a_symbol_that_is_a_word_is_meant_in_capitals_only(self):
        assert [found.label for found in outside_names("CAT")] == ["CAT"]
        assert outside_names("cat") == outside_names("Cat") == []

    def test_without_tables_there_are_no_names(self, settings, tmp_path):
        settings.FIXTURE_DIRS = [tmp_path / "none"]
        assert known_names("HGNC:3349") == outside_names("astrocyte") == []

    def test_a_table_written_anew_is_read_anew(self, tmp_path):
        assert known_names("HGNC:9") == []
        path = tmp_path / "names" / "known.tsv"
        path.write_text(path.read_text() + "HGNC:9\tNEW\talias symbol\t\tgenes\n")
        assert [name.name for name in known_names("HGNC:9")] == ["NEW"]


class TestAliases:
    def test_an_exact_cross_reference_brings_them_and_no_other(self):
        endoglin()
        b.molecule("family", xrefs=[{"curie": "HGNC:33", "label": "One of it", "match": "close"}])
        (found,) = named("cd-105")
        assert (found.ident, found.source, found.kind, found.origin) == (
            "endoglin", "alias", "alias symbol", "genes-1.0",
        )  # fmt: skip
        assert named("LOST") == []

    def test_own_names_come_before_them(self):
        endoglin()
        b.molecule("cd105-like", name="CD105")
        assert [name.ident for name in named("CD105")] == ["cd105-like"]

    def test_one_that_two_rows_have_means_both(self):
        for number in "45":
            xref = {"curie": f"HGNC:{number}", "label": f"G{number}", "match": "exact"}
            b.molecule(f"m{number}", xrefs=[xref])
        assert [name.ident for name in named("shared")] == ["m4", "m5"]

    def test_a_word_counts_as_it_is_written_and_never_in_a_search(self):
        endoglin()
        assert [name.ident for name in named("MIX")] == ["endoglin"]
        assert named("mix") == named("Mix") == []
        names = molecules_by_name()
        assert names.get("MIX") == names.get("CD 105") == ["endoglin"]
        assert "mix" not in names
        assert search("mix").count == 0
        b.claim("MSC-CL-0001", mediators=["endoglin"])
        assert search("mix").count == 0

    def test_search_finds_a_row_and_its_statements_by_them(self):
        endoglin()
        b.claim("MSC-CL-0001", mediators=["endoglin"])
        assert [document.ident for document in search("CD105").documents] == ["endoglin", "MSC-CL-0001"]

    def test_panels_leave_out_those_that_are_own_names_of_other_things(self):
        endoglin()
        b.cell_type("eng", name="ENG cells", synonyms=["CD105"])
        assert molecules_by_name().get("CD105") is None
        assert molecules_by_name().get("Endoglin") == ["endoglin"]


class TestOutside:
    def test_the_rows_that_are_broader_come_along_once_each_by_exact_and_close_identifiers(self):
        also = {"curie": "CL:9", "label": "macroglia", "match": "close"}
        b.cell_type("glia", xrefs=[{"curie": "CL:0", "label": "glial cell", "match": "exact"}, also])
        b.cell_type("macroglia", xrefs=[{"curie": "CL:9", "label": "macroglia", "match": "close"}])
        b.cell_type("ependymal", xrefs=[{"curie": "CL:0", "label": "glial cell", "match": "broad"}])
        (found,) = outside("astrocytes")
        assert (found.label, found.curie) == ("astrocyte", "CL:1")
        assert sorted(name.ident for name in found.broader) == ["glia", "macroglia"]

    def test_a_close_identifier_names_nothing(self):
        b.cell_type("macroglia", xrefs=[{"curie": "CL:9", "label": "other", "match": "close"}])
        assert named("CL:9") == named("other") == []
        assert search("CL:9").count == 0

    def test_several_things_have_each_their_own_broader_rows(self):
        b.molecule("family", xrefs=[{"curie": "FPLX:A", "label": "A", "match": "exact"}])
        assert [(one.label, [name.ident for name in one.broader]) for one in outside("CATA")] == [
            ("CAT", []), ("CATA", ["family"]),
        ]  # fmt: skip
        assert outside("nothing") == []


def test_the_page_and_the_api_show_the_names_with_their_source(api):
    endoglin()
    assert api("molecules/endoglin/")["other_names"] == [
        {"name": "ENG", "kind": "approved symbol", "xref": "HGNC:3349", "source": "genes-1.0"},
        {"name": "MIX", "kind": "alias symbol", "xref": "HGNC:3349", "source": "genes-1.0"},
        {"name": "CD105", "kind": "alias symbol", "xref": "HGNC:3349", "source": "genes-1.0"},
    ]
    exported = Client().get("/api/v1/molecules.csv?fields=other_names").getvalue().decode()
    assert exported.split() == ["other_names", "ENG|MIX|CD105"]
    html = Client().get("/molecules/endoglin/").content.decode()
    assert "MIX, CD105" in " ".join(html.split())
    assert "alias symbols, HGNC:3349" in html
    b.molecule("endoglin", synonyms=["cd-105"])
    assert [name["name"] for name in api("molecules/endoglin/")["other_names"]] == ["ENG", "MIX"]
    b.molecule("hgf")
    assert "Official names" not in Client().get("/molecules/hgf/").content.decode()
