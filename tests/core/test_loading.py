"""Loading: everything or nothing, and an error that names file, record and field."""

import shutil

import pytest
import yaml
from django.apps import apps
from django.core.management import CommandError, call_command

from core import releases
from core.fixture_files import LoadError, canonical, fixture_files, fixture_root, parse
from core.loading import load, loadable_models
from core.models import Release, RetiredAccession
from mechanisms.models import Claim
from search.models import Term
from tests.builders import registry_record
from trials.models import Trial, TrialRecord

TABLE_2 = "statements/10-table-2.yaml"
CONTACT = "statements/17-cell-cell-contact.yaml"


@pytest.fixture
def copy(tmp_path):
    """A copy of the fixtures to spoil, with `edit(file, change)` to do it."""
    root = shutil.copytree(fixture_root(), tmp_path / "fixtures")

    class Copy:
        path = root

        @staticmethod
        def edit(file, change):
            records = yaml.safe_load((root / file).read_text(encoding="utf-8"))
            change(records)
            (root / file).write_text(yaml.safe_dump(records, allow_unicode=True), encoding="utf-8")

    return Copy


def snapshot():
    """Every row of every loadable model, links included."""
    rows = {}
    for model in loadable_models():
        columns = [f.attname for f in model._meta.concrete_fields]
        rows[model] = sorted(map(repr, model._base_manager.values_list(*columns)))
        for f in model._meta.many_to_many:
            rows[model, f.name] = sorted(map(repr, f.remote_field.through._base_manager.values_list()))
    return rows


def test_a_second_load_changes_nothing():
    before = snapshot(), Release.objects.count(), Term.objects.count()
    report = load()
    assert report.changed == 0
    assert (snapshot(), Release.objects.count(), Term.objects.count()) == before


def test_the_report_counts_what_is_there():
    report = load()
    assert report.total == sum(model._base_manager.count() for model in loadable_models())


def spoil_value(file, number, field, value):
    def change(records):
        records[number]["fields"][field] = value

    return file, change


def repeat(file, number):
    def change(records):
        records.append(records[number])

    return file, change


SPOILT = {
    "a section that does not exist": (*spoil_value(CONTACT, 0, "section", ["no-such"]), "section", "no section"),
    "a reference that does not exist": (
        *spoil_value(CONTACT, 0, "references", [["fan-2020", 293]]), "references", "293",
    ),
    "an unknown natural key": (*spoil_value(CONTACT, 0, "mediators", [["cd733"]]), "mediators", "nearest is cd73"),
    "an unknown field": (*spoil_value(CONTACT, 0, "mediator", [["cd73"]]), "mediator", "did you mean mediators"),
    "a key that is no list": (*spoil_value(CONTACT, 0, "mechanism", "cell-contact"), "mechanism", "brackets"),
    "an unknown choice": (*spoil_value(CONTACT, 0, "direction", "raises"), "direction", "raises"),
    "a text that is too long": (*spoil_value(CONTACT, 0, "text", "x" * 301), "text", "300"),
    "a number where text belongs": (*spoil_value(CONTACT, 0, "text", 7), "text", "quote it"),
    "no text": (*spoil_value(CONTACT, 0, "text", ""), "text", "blank"),
    "an accession of another kind": (*spoil_value(CONTACT, 0, "accession", "MSC-TR-1701"), "accession", "MSC-CL-"),
    "a duplicate accession": (*repeat(CONTACT, 0), "accession", "given twice"),
    "a link given twice": (*spoil_value(CONTACT, 0, "targets", [["t-cell"], ["t-cell"]]), "targets", "same row twice"),
    "a dose without its other end": (*spoil_value(TABLE_2, 4, "dose_cells_max", 10), "dose_cells_min", "both ends"),
    "a registry id that is none": (*spoil_value(TABLE_2, 4, "registry_id", "NCT1"), "registry_id", "eight digits"),
    "a dose that is no whole number": (*spoil_value(TABLE_2, 4, "dose_cells_min", 1.5), "dose_cells_min", "whole"),
    "a field that only an import writes": (*spoil_value(TABLE_2, 4, "record", "NCT1"), "record", "cannot be set"),
}  # fmt: skip


@pytest.mark.parametrize("what", SPOILT)
def test_a_spoilt_fixture_is_named_and_changes_nothing(copy, what):
    file, change, field, message = SPOILT[what]
    copy.edit(file, change)
    before = snapshot()
    with pytest.raises(LoadError) as caught:
        load(copy.path)
    assert caught.value.file == file
    assert caught.value.record
    assert caught.value.field == field
    assert message in str(caught.value)
    assert snapshot() == before


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- model: [", "not valid YAML"),
        ("model: core.section", "list of records"),
        ("- {model: core.nothing, fields: {}}", "unknown model"),
        ("- {model: core.release, fields: {}}", "cannot be loaded"),
        ("- {model: core.section}", "`model` and `fields`"),
        ("- {model: core.section, fields: {title: A}}", "document"),
    ],
)
def test_a_malformed_file_is_named(copy, text, message):
    (copy.path / "statements" / "99-broken.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(LoadError, match="statements/99-broken.yaml") as caught:
        load(copy.path)
    assert message in str(caught.value)


def test_the_command_says_that_nothing_was_changed(copy):
    (copy.path / "statements" / "99-broken.yaml").write_text("- 1", encoding="utf-8")
    with pytest.raises(CommandError, match=r"Nothing was changed.*99-broken"):
        call_command("load_kb", fixtures=copy.path)


def test_an_empty_folder_is_an_error_not_an_empty_knowledge_base(tmp_path):
    with pytest.raises(LoadError, match="no fixture files"):
        load(tmp_path)
    assert Claim.objects.exists()


def test_what_is_gone_is_retired_and_its_accession_stays_known(copy):
    conflicts = "statements/24-conflicts.yaml"
    copy.edit(conflicts, lambda records: records.clear())
    copy.edit(CONTACT, lambda records: records.pop(0))
    report = load(copy.path)
    assert report.retired["mechanisms.claim"] == 1
    assert not Claim.objects.filter(accession="MSC-CL-1701").exists()
    assert RetiredAccession.objects.filter(accession="MSC-CL-1701").exists()
    assert Release.objects.latest().version != Release.objects.earliest().version


def test_a_branch_of_a_tree_can_go_whole(copy):
    new = [("far-branch", "broader", "tissue-repair"), ("farther-branch", "broader", "far-branch")]
    extra = copy.path / "entities" / "zz-branch.yaml"
    records = [
        {"model": "mechanisms.biologicalprocess", "fields": {"slug": slug, "name": slug, field: [broader]}}
        for slug, field, broader in reversed(new)
    ]
    extra.write_text(yaml.safe_dump(records), encoding="utf-8")
    assert load(copy.path).created == {"mechanisms.biologicalprocess": 2}
    extra.unlink()
    assert load(copy.path).retired == {"mechanisms.biologicalprocess": 2}


def test_a_tree_without_a_root_is_refused(copy):
    def change(records):
        tops = [record for record in records if "broader" not in record["fields"]]
        tops[0]["fields"]["broader"] = [tops[1]["fields"]["slug"]]
        tops[1]["fields"]["broader"] = [tops[0]["fields"]["slug"]]

    copy.edit("entities/conditions.yaml", change)
    with pytest.raises(LoadError, match="own ancestor"):
        load(copy.path)


def test_a_retired_accession_is_not_given_again(copy):
    retired = [{"model": "core.retiredaccession", "fields": {"accession": "MSC-CL-1701"}}]
    (copy.path / "document" / "retired.yaml").write_text(yaml.safe_dump(retired), encoding="utf-8")
    with pytest.raises(LoadError, match="never reused"):
        load(copy.path)


def test_a_corrected_fact_is_updated_in_place(copy):
    before = Claim.objects.get(accession="MSC-CL-1701").pk
    copy.edit(*spoil_value(CONTACT, 0, "text", "Another sentence."))
    report = load(copy.path)
    assert report.updated == {"mechanisms.claim": 1}
    claim = Claim.objects.get(accession="MSC-CL-1701")
    assert (claim.pk, claim.text, claim.folded) == (before, "Another sentence.", claim.folded)
    assert "another sentence" in claim.folded


def test_a_field_that_is_left_out_goes_back_to_empty(copy):
    copy.edit(TABLE_2, lambda records: records[0]["fields"].pop("registry_id"))
    load(copy.path)
    assert Trial.objects.get(accession="MSC-TR-0001").registry_id is None


def test_registry_records_and_their_links_survive_a_load():
    registry_record("NCT01363401", sponsor="A sponsor")
    registry_record("NCT00000001")
    load()
    assert Trial.objects.get(accession="MSC-TR-0001").record.sponsor == "A sponsor"
    assert TrialRecord.objects.filter(registry_id="NCT00000001").exists()


def test_plain_loaddata_gives_the_same_rows(django_capture_on_commit_callbacks):
    before = {key: len(rows) for key, rows in snapshot().items()}
    kept = set(Claim.objects.values_list("accession", "text", "folded"))
    for model in reversed(loadable_models()):
        for name in {"broader", "parent"} & {f.name for f in model._meta.fields}:
            model._base_manager.update(**{name: None})
        model._base_manager.all().delete()
    Term.objects.all().delete()
    with django_capture_on_commit_callbacks(execute=True):
        call_command("loaddata", *map(str, fixture_files()), verbosity=0)
    assert {key: len(rows) for key, rows in snapshot().items()} == before
    assert set(Claim.objects.values_list("accession", "text", "folded")) == kept
    assert Term.objects.filter(key="gja1").exists()


def test_a_release_is_named_by_its_content():
    release = Release.objects.latest()
    entry = releases.published()[-1]
    assert (release.version, release.digest) == (entry["version"], entry["digest"])
    assert sum(file["records"] for file in release.files.values()) == load().total


def test_versions_of_one_month_are_numbered():
    from datetime import date

    taken = set()
    for expected in ("2026.11", "2026.11.1", "2026.11.2"):
        assert releases.next_version(taken, date(2026, 11, 23)) == expected
        taken.add(expected)


def test_canonical_form_is_a_fixed_point(tmp_path):
    for path in fixture_files():
        text = canonical(parse(path))
        assert text == path.read_text(encoding="utf-8"), f"{path.name}: run `make fix`"


def test_models_come_after_those_they_point_to():
    order = loadable_models()
    assert order.index(apps.get_model("core", "document")) < order.index(apps.get_model("core", "section"))
    assert order.index(Claim) < order.index(apps.get_model("mechanisms", "claimconflict"))
