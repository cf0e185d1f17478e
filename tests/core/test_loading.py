"""Loading: everything or nothing, and an error that names file, record and field."""

from datetime import date

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from catalog.models import IdentityCriterion, Molecule
from core import releases
from core.fixture_files import LoadError
from core.loading import load, loadable_models
from core.models import Release, RetiredAccession
from mechanisms.models import BiologicalProcess, Claim
from tests.builders import registry_record
from tests.core.small_fixtures import SECOND_CLAIM, Fixtures
from trials.models import Trial, TrialRecord

CLAIMS, CONFLICTS, TRIALS = "statements/claims.yaml", "statements/conflicts.yaml", "statements/trials.yaml"
HGF = "HGF makes vessels grow."
TRIAL = """\
- model: trials.trial
  fields:
    accession: MSC-TR-0001
    text: A trial.
    section: [lee-2021, results]
    dose_cells_min: 5
    dose_cells_max: 10
    registry_id: NCT00000007
"""


@pytest.fixture
def fixtures(tmp_path):
    """The small fixtures with a trial, loaded once."""
    fixtures = Fixtures(tmp_path)
    (fixtures.root / TRIALS).write_text(TRIAL, encoding="utf-8")
    load(fixtures.root)
    return fixtures


def snapshot():
    """Every row of every loadable model, links included."""
    rows = {}
    for model in loadable_models():
        columns = [f.attname for f in model._meta.concrete_fields]
        rows[model] = sorted(map(repr, model._base_manager.values_list(*columns)))
        for f in model._meta.many_to_many:
            rows[model, f.name] = sorted(map(repr, f.remote_field.through._base_manager.values_list()))
    return rows


def test_the_report_counts_what_is_there(fixtures):
    assert load(fixtures.root).total == 9 + 1 == sum(m._base_manager.count() for m in loadable_models())


# What is done to a file, and the field and the words by which it is named.
SPOILT = {
    "a section that does not exist": (CLAIMS, "results]\n    ref", "other]\n    ref", "section", "no section"),
    "a reference that does not exist": (CLAIMS, "[[lee-2021, 1]]", "[[lee-2021, 293]]", "references", "293"),
    "an unknown natural key": (CLAIMS, "[vegf]", "[veggf]", "mediators", "nearest is vegf"),
    "an unknown field": (CLAIMS, "mediators:", "mediator:", "mediator", "did you mean mediators"),
    "a key that is no list": (CLAIMS, "direction: increases", "mechanism: paracrine", "mechanism", "brackets"),
    "an unknown choice": (CLAIMS, "increases", "raises", "direction", "raises"),
    "a text that is too long": (CLAIMS, HGF, "x" * 301, "text", "300"),
    "a number where text belongs": (CLAIMS, HGF, "7", "text", "quote it"),
    "no text": (CLAIMS, HGF, '""', "text", "blank"),
    "an accession of another kind": (CLAIMS, "MSC-CL-0001", "MSC-TR-0002", "accession", "MSC-CL-"),
    "a duplicate accession": (CLAIMS, "MSC-CL-0001", "MSC-CL-0002", "accession", "given twice"),
    "a link given twice": (CLAIMS, "[vegf]", "[hgf]", "mediators", "same row twice"),
    "a dose without its other end": (TRIALS, "    dose_cells_max: 10\n", "", "dose_cells_min", "both ends"),
    "a registry id that is none": (TRIALS, "NCT00000007", "NCT1", "registry_id", "eight digits"),
    "a dose that is no whole number": (TRIALS, "dose_cells_min: 5", "dose_cells_min: 1.5", "dose_cells_min", "whole"),
    "a field that only an import writes": (TRIALS, "registry_id:", "record:", "record", "cannot be set"),
}  # fmt: skip


@pytest.mark.parametrize("what", SPOILT)
def test_a_spoilt_fixture_is_named_and_changes_nothing(fixtures, what):
    file, old, new, field, message = SPOILT[what]
    fixtures.replace("entities/molecules.yaml", "name: VEGF", "name: Another name")
    fixtures.replace(file, old, new)
    before = snapshot()
    with pytest.raises(LoadError) as caught:
        load(fixtures.root)
    assert caught.value.file == file
    assert caught.value.record
    assert caught.value.field == field
    assert message in str(caught.value)
    assert snapshot() == before


@pytest.mark.parametrize("name", ["authors", "title", "journal", "year", "doi", "pmid"])
def test_what_a_reference_is_comes_from_an_import_alone(fixtures, name):
    fixtures.replace("document/document.yaml", "number: 1}", f"number: 1, {name}: x}}")
    with pytest.raises(LoadError, match="cannot be set by a fixture") as caught:
        load(fixtures.root)
    assert caught.value.field == name


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
def test_a_malformed_file_is_named(fixtures, text, message):
    (fixtures.root / "statements" / "99-broken.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(LoadError, match="statements/99-broken.yaml") as caught:
        load(fixtures.root)
    assert message in str(caught.value)


def test_the_command_says_that_nothing_was_changed(fixtures):
    (fixtures.root / "statements" / "99-broken.yaml").write_text("- 1", encoding="utf-8")
    with pytest.raises(CommandError, match=r"Nothing was changed.*99-broken"):
        call_command("load_kb", fixtures=fixtures.root)


def test_an_empty_folder_is_an_error_not_an_empty_knowledge_base(fixtures, tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(LoadError, match="no fixture files"):
        load(tmp_path / "empty")
    assert Claim.objects.count() == 2


def test_what_is_gone_is_retired_and_its_accession_stays_known(fixtures):
    fixtures.remove(CONFLICTS)
    fixtures.replace(CLAIMS, SECOND_CLAIM, "")
    report = load(fixtures.root)
    assert report.retired == {"mechanisms.claim": 1, "mechanisms.claimconflict": 1}
    assert [claim.accession for claim in Claim.objects.all()] == ["MSC-CL-0001"]
    assert [retired.accession for retired in RetiredAccession.objects.all()] == ["MSC-CL-0002"]
    assert Release.objects.latest().version != Release.objects.earliest().version


@pytest.mark.parametrize(
    ("is_marker", "problem"), [("true", ""), ("false", "hgf is not marked as a surface marker")]
)
def test_a_link_to_a_marker_is_to_a_molecule_that_is_marked_as_one(fixtures, is_marker, problem):
    fixtures.replace("entities/molecules.yaml", "slug: hgf", f"slug: hgf\n    is_msc_marker: {is_marker}")
    (fixtures.root / "statements" / "criteria.yaml").write_text(
        "- model: catalog.identitycriterion\n"
        "  fields: {accession: MSC-IC-0001, name: Minimal, text: It is., section: [lee-2021, results],"
        " positive_markers: [[hgf]]}\n"
    )
    if problem:
        with pytest.raises(LoadError, match=problem):
            load(fixtures.root)
    else:
        assert load(fixtures.root).created == {"catalog.identitycriterion": 1}
        assert [m.slug for m in IdentityCriterion.objects.get().positive_markers.all()] == ["hgf"]


def test_a_branch_of_a_tree_can_go_whole(fixtures):
    extra = fixtures.root / "entities" / "zz-branch.yaml"
    extra.write_text(
        "- {model: mechanisms.biologicalprocess, fields: {slug: far, name: Far, broader: [repair]}}\n"
        "- {model: mechanisms.biologicalprocess, fields: {slug: repair, name: Repair}}\n"
    )
    assert load(fixtures.root).created == {"mechanisms.biologicalprocess": 2}
    assert BiologicalProcess.objects.get(slug="far").broader.slug == "repair"
    extra.unlink()
    assert load(fixtures.root).retired == {"mechanisms.biologicalprocess": 2}


def test_a_tree_without_a_root_is_refused(fixtures):
    (fixtures.root / "entities" / "conditions.yaml").write_text(
        "- {model: catalog.condition, fields: {slug: one, name: One, kind: disease, broader: [other]}}\n"
        "- {model: catalog.condition, fields: {slug: other, name: Other, kind: disease, broader: [one]}}\n"
    )
    with pytest.raises(LoadError, match="own ancestor"):
        load(fixtures.root)


def test_a_retired_accession_is_not_given_again(fixtures):
    (fixtures.root / "document" / "retired.yaml").write_text(
        "- {model: core.retiredaccession, fields: {accession: MSC-CL-0001}}\n"
    )
    with pytest.raises(LoadError, match="never reused"):
        load(fixtures.root)


def test_a_corrected_fact_is_updated_in_place(fixtures):
    before = Claim.objects.get(accession="MSC-CL-0001").pk
    fixtures.replace(CLAIMS, HGF, "Another sentence.")
    report = load(fixtures.root)
    assert report.updated == {"mechanisms.claim": 1}
    claim = Claim.objects.get(accession="MSC-CL-0001")
    assert (claim.pk, claim.text) == (before, "Another sentence.")


def test_a_field_that_is_left_out_goes_back_to_empty(fixtures):
    fixtures.replace(TRIALS, "    registry_id: NCT00000007\n", "")
    load(fixtures.root)
    assert Trial.objects.get(accession="MSC-TR-0001").registry_id is None


def test_registry_records_and_their_links_survive_a_load(fixtures):
    registry_record("NCT00000007", sponsor="A sponsor")
    registry_record("NCT00000001")
    fixtures.replace(TRIALS, "A trial.", "Another sentence.")
    load(fixtures.root)
    assert Trial.objects.get(text="Another sentence.").record.sponsor == "A sponsor"
    assert TrialRecord.objects.filter(registry_id="NCT00000001").exists()


def test_versions_of_one_month_are_numbered():
    taken = set()
    for expected in ("2026.11", "2026.11.1", "2026.11.2"):
        assert releases.next_version(taken, date(2026, 11, 23)) == expected
        taken.add(expected)


def test_models_come_after_those_they_point_to():
    order = loadable_models()
    assert order.index(apps.get_model("core", "document")) < order.index(apps.get_model("core", "section"))
    assert order.index(Molecule) < order.index(Claim)
    assert order.index(Claim) < order.index(apps.get_model("mechanisms", "claimconflict"))
