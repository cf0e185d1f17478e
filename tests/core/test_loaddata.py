"""Django's own loaddata reads the fixture files, too, and load_kb goes on from there."""

import pytest
from django.core.management import call_command

from core.fixture_files import fixture_files
from core.loading import load
from core.models.names import Name
from mechanisms.models import Claim, ClaimConflict
from tests.core.small_fixtures import Fixtures


@pytest.fixture
def fixtures(world, tmp_path):
    fixtures = Fixtures(tmp_path)
    fixtures.replace(
        "statements/claims.yaml", "direction: no-effect", "direction: no-effect\n    curation_status: draft"
    )
    return fixtures


def loaddata(fixtures):
    call_command("loaddata", *map(str, fixture_files(fixtures.root)), verbosity=0)


def test_writes_the_same_rows_as_a_load(fixtures, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        loaddata(fixtures)
    first = Claim._base_manager.get(accession="MSC-CL-0001")
    assert first.text == "HGF makes vessels grow."
    assert Name.objects.get(key="scatterfactor").ident == "hgf"
    assert first.section.natural_key() == ("lee-2021", "results")
    assert [r.natural_key() for r in first.references.all()] == [("lee-2021", 1)]
    assert sorted(m.slug for m in first.mediators.all()) == ["hgf", "vegf"]
    assert ClaimConflict._base_manager.get().natural_key() == ("MSC-CL-0001", "MSC-CL-0002")
    report = load(fixtures.root)
    assert (report.changed, report.differences, report.not_from_fixtures) == (0, [], {})


def test_finds_drafts_and_what_depends_on_them_again(fixtures):
    loaddata(fixtures)
    fixtures.replace("statements/claims.yaml", "HGF does not.", "HGF does nothing.")
    loaddata(fixtures)
    assert Claim._base_manager.count() == 2
    assert Claim._base_manager.get(accession="MSC-CL-0002").text == "HGF does nothing."
    assert ClaimConflict._base_manager.count() == 1


def test_of_what_the_fixtures_say_is_no_edit(fixtures):
    load(fixtures.root)
    fixtures.replace("statements/claims.yaml", "HGF does not.", "HGF does nothing.")
    loaddata(fixtures)
    report = load(fixtures.root)
    assert (report.changed, report.differences) == (0, [])


def test_dumpdata_writes_what_loaddata_reads(fixtures, tmp_path):
    load(fixtures.root)
    dump = tmp_path / "dump.json"
    call_command(
        "dumpdata", "core", "catalog", "mechanisms", use_base_manager=True, output=str(dump), verbosity=0,
        use_natural_foreign_keys=True, use_natural_primary_keys=True, exclude=["core.contentversion"],
    )  # fmt: skip
    Claim._base_manager.filter(accession="MSC-CL-0001").update(text="Edited.")
    call_command("loaddata", str(dump), verbosity=0)
    assert Claim._base_manager.get(accession="MSC-CL-0001").text == "HGF makes vessels grow."
    assert Claim._base_manager.count() == 2
