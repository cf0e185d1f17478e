"""How fixture files are read, and the one form they are written in. Nothing is loaded here."""

from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from core.fixture_files import LoadError, Record, canonical, fixture_files, fixture_root, parse

CLAIM = apps.get_model("mechanisms", "claim")
MOLECULE = apps.get_model("catalog", "molecule")


@pytest.fixture
def folder(tmp_path, settings):
    """An empty folder of fixtures, the site's own for this test."""
    settings.FIXTURE_DIRS = [tmp_path]
    (tmp_path / "entities").mkdir()
    return tmp_path


def write(folder, text, name="entities/one.yaml"):
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_files_are_read_in_the_order_of_their_folders_and_names(folder):
    for name in (
        "statements/02-b.yaml",
        "statements/01-a.yaml",
        "entities/z.yaml",
        "releases.yaml",
        "entities/x.txt",
    ):
        write(folder, "[]", name)
    (folder / "statements" / "deep").mkdir()
    write(folder, "[]", "statements/deep/file.yaml")
    assert [path.relative_to(folder).as_posix() for path in fixture_files()] == [
        "entities/z.yaml",
        "statements/01-a.yaml",
        "statements/02-b.yaml",
    ]
    assert fixture_files(folder) == fixture_files()
    assert fixture_root() == folder


def test_a_record_knows_where_it_stands_and_what_it_is_called(folder):
    path = write(
        folder,
        "- model: catalog.molecule\n  fields: {slug: hgf, name: HGF β}\n"
        "- {model: mechanisms.claim, fields: {accession: MSC-CL-0001, slug: x}}\n"
        "- {model: core.reference, fields: {number: 7}}\n"
        "- {model: catalog.molecule, fields: {}}\n",
    )
    records = parse(path)
    assert records[0] == Record("entities/one.yaml", 1, MOLECULE, {"slug": "hgf", "name": "HGF β"})
    assert [(record.position, str(record)) for record in records] == [
        (1, "hgf"), (2, "MSC-CL-0001"), (3, "7"), (4, "4"),
    ]  # fmt: skip
    error = records[1].error("is wrong", "text")
    assert str(error) == "entities/one.yaml: record 2 (MSC-CL-0001), field text: is wrong"
    assert (error.file, error.record, error.field, error.message) == (
        "entities/one.yaml", "2 (MSC-CL-0001)", "text", "is wrong",
    )  # fmt: skip


def test_an_error_names_what_it_knows():
    assert str(LoadError("is wrong")) == "is wrong"
    assert str(LoadError("is wrong", "a.yaml")) == "a.yaml: is wrong"
    assert str(LoadError("is wrong", record=3)) == "record 3: is wrong"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- {model: [", "entities/one.yaml: is not valid YAML: "),
        ("a: 1", "entities/one.yaml: must hold a list of records"),
        ("- {model: core.section, fields: {}}\n- 3", "entities/one.yaml: record 2: must be a mapping"),
        ("- {model: core.section, fields: []}", "entities/one.yaml: record 1: must be a mapping"),
        ("- {model: core.section, fields: {}, pk: 1}", "entities/one.yaml: record 1: must be a mapping"),
        ("- {model: core.nothing, fields: {}}",
         "entities/one.yaml: record 1, field model: names an unknown model: 'core.nothing'"),
        ("- {model: nothing, fields: {}}",
         "entities/one.yaml: record 1, field model: names an unknown model: 'nothing'"),
        ("- {model: 3, fields: {}}", "entities/one.yaml: record 1, field model: names an unknown model: 3"),
        ("- {model: a.b.c, fields: {}}", "entities/one.yaml: record 1, field model: names an unknown model: 'a.b.c'"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_says_where(folder, text, said):
    with pytest.raises(LoadError) as caught:
        parse(write(folder, text))
    assert str(caught.value).startswith(said)


def test_a_file_that_is_no_text_is_no_yaml(folder):
    path = write(folder, "")
    path.write_bytes(b"- \xff\xfe")
    with pytest.raises(LoadError, match="is not valid YAML"):
        parse(path)


def test_the_canonical_form_orders_fields_leaves_out_the_empty_and_keeps_keys_on_one_line():
    records = [
        Record("", 1, CLAIM, {
            "references": [["review", 12], ["review", 3]], "text": "HGF helps.", "mediators": [["hgf"], ["vegf"]],
            "accession": "MSC-CL-0001", "curator_note": "", "section": ["review", "results"], "targets": [],
            "process": None, "direction": "increases",
        }),
        Record("", 2, MOLECULE, {
            "xrefs": [{"curie": "HGNC:4893", "label": "HGF", "match": "exact"}], "synonyms": ["β", "scatter factor"],
            "kind": "protein", "name": "HGF", "slug": "hgf", "zzz": 1, "is_msc_marker": False,
        }),
    ]  # fmt: skip
    assert canonical(records) == (
        "- model: mechanisms.claim\n"
        "  fields:\n"
        "    accession: MSC-CL-0001\n"
        "    text: HGF helps.\n"
        "    section: [review, results]\n"
        "    direction: increases\n"
        "    references: [[review, 3], [review, 12]]\n"
        "    mediators: [[hgf], [vegf]]\n"
        "\n"
        "- model: catalog.molecule\n"
        "  fields:\n"
        "    slug: hgf\n"
        "    name: HGF\n"
        "    synonyms: [β, scatter factor]\n"
        "    xrefs:\n"
        "      - {curie: 'HGNC:4893', label: HGF, match: exact}\n"
        "    kind: protein\n"
        "    is_msc_marker: false\n"
        "    zzz: 1\n"
    )


def test_long_text_is_folded_and_a_value_given_twice_is_written_twice():
    shared = ["hgf"]
    text = "word " * 60
    lines = canonical(
        [Record("", 1, CLAIM, {"text": text.strip(), "mediators": [shared], "targets": [shared]})]
    ).splitlines()
    assert max(map(len, lines)) <= 115
    assert "    mediators: [[hgf]]" in lines
    assert "    targets: [[hgf]]" in lines


class TestCommand:
    """`format_fixtures` rewrites, keeps the ledger of accessions and names the release."""

    def run(self):
        output = StringIO()
        call_command("format_fixtures", stdout=output)
        return output.getvalue().splitlines()

    def test_it_rewrites_only_what_is_not_in_canonical_form(self, folder):
        good = "- model: catalog.molecule\n  fields:\n    slug: hgf\n    name: HGF\n"
        write(folder, good, "entities/good.yaml")
        bad = write(
            folder, "- {model: catalog.molecule, fields: {name: VEGF, slug: vegf}}", "entities/bad.yaml"
        )
        first, second = self.run()
        assert first == "rewrote bad.yaml"
        assert second.startswith("Release 20")
        assert bad.read_text() == good.replace("hgf", "vegf").replace("HGF", "VEGF")
        assert len(self.run()) == 1

    def test_the_ledger_keeps_every_accession_that_was_ever_given(self, folder):
        (folder / "accessions.txt").write_text("MSC-CL-0009\nMSC-CL-0002\n")
        write(folder, "- {model: mechanisms.claim, fields: {accession: MSC-CL-0003}}")
        write(folder, "- {model: catalog.molecule, fields: {slug: hgf}}", "entities/two.yaml")
        self.run()
        assert (folder / "accessions.txt").read_text() == "MSC-CL-0002\nMSC-CL-0003\nMSC-CL-0009\n"

    def test_without_a_ledger_it_begins_one(self, folder):
        write(folder, "- {model: mechanisms.claim, fields: {accession: MSC-CL-0003}}")
        self.run()
        assert (folder / "accessions.txt").read_text() == "MSC-CL-0003\n"

    def test_a_file_that_cannot_be_read_is_an_error_of_the_command(self, folder):
        write(folder, "a: 1")
        with pytest.raises(CommandError, match="must hold a list of records"):
            call_command("format_fixtures")
