"""A load changes only what the fixtures own; rows edited elsewhere are kept and named until they are restored."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.models import Molecule
from core.fixture_files import LoadError
from core.loading import load
from core.models import Document, LoadedRow, Release, RetiredAccession
from mechanisms.models import Claim, ClaimConflict
from tests import builders
from tests.core.small_fixtures import SECOND_CLAIM, Fixtures

CLAIMS = "statements/claims.yaml"
MOLECULES = "entities/molecules.yaml"
CONFLICTS = "statements/conflicts.yaml"
HGF = "HGF makes vessels grow."


@pytest.fixture
def fixtures(world, tmp_path):
    """The small fixtures, loaded once."""
    fixtures = Fixtures(tmp_path)
    load(fixtures.root)
    return fixtures


def differences(report):
    return [str(difference) for difference in report.differences]


def claim(accession="MSC-CL-0001"):
    return Claim._base_manager.get(accession=accession)


def edit(accession="MSC-CL-0001", **values):
    Claim._base_manager.filter(accession=accession).update(**values)


def edited():
    return Release.objects.latest().edited


def test_rows_of_the_fixtures_are_remembered_by_model_and_natural_key(fixtures):
    known = set(LoadedRow.objects.values_list("model", "key"))
    assert known >= {
        ("core.document", "lee-2021"),
        ("core.reference", "lee-2021 1"),
        ("catalog.molecule", "hgf"),
        ("mechanisms.claim", "MSC-CL-0001"),
        ("mechanisms.claimconflict", "MSC-CL-0001 MSC-CL-0002"),
    }
    assert len(known) == 9


def test_a_second_load_writes_nothing(fixtures):
    with CaptureQueriesContext(connection) as queries:
        report = load(fixtures.root)
    assert [q["sql"] for q in queries if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))] == []
    assert (report.changed, differences(report), report.not_from_fixtures, edited()) == (0, [], {}, 0)


class TestRowsThatAreNotFromTheFixtures:
    def test_are_counted_and_left_alone(self, fixtures):
        builders.molecule("made-elsewhere", name="Made elsewhere")
        builders.claim("MSC-CL-0009", text="Said elsewhere.", draft=True, section=claim().section)
        for restore in (False, True):
            report = load(fixtures.root, restore=restore)
            assert report.not_from_fixtures == {"catalog.molecule": 1, "mechanisms.claim": 1}
            assert (report.changed, differences(report), edited()) == (0, [], 0)
        assert Molecule.objects.get(slug="made-elsewhere").name == "Made elsewhere"
        assert claim("MSC-CL-0009").text == "Said elsewhere."
        assert not RetiredAccession.objects.exists()

    def test_cannot_be_named_by_a_fixture(self, fixtures):
        builders.molecule("made-elsewhere")
        fixtures.replace(CLAIMS, "[vegf]", "[made-elsewhere]")
        with pytest.raises(LoadError, match="no molecule made-elsewhere") as caught:
            load(fixtures.root)
        assert (caught.value.file, caught.value.field) == (CLAIMS, "mediators")

    def test_are_kept_when_the_fixtures_name_them_later_and_say_something_else(self, fixtures):
        builders.molecule("fgf2", name="Theirs", kind="protein")
        builders.molecule("igf1", name="IGF1", kind="protein")
        fixtures.replace(
            MOLECULES,
            "# The factors.",
            "- {model: catalog.molecule, fields: {slug: fgf2, name: FGF2, kind: protein}}\n"
            "- {model: catalog.molecule, fields: {slug: igf1, name: IGF1, kind: protein}}",
        )
        report = load(fixtures.root)
        assert differences(report) == [
            "catalog.molecule fgf2: made elsewhere, and now in the fixtures too; differs from the fixtures in name"
        ]
        assert report.not_from_fixtures == {}
        assert Molecule.objects.get(slug="fgf2").name == "Theirs"
        load(fixtures.root, restore=True)
        assert Molecule.objects.get(slug="fgf2").name == "FGF2"
        assert LoadedRow.objects.filter(key__in=["fgf2", "igf1"]).count() == 2

    def test_hold_what_they_need_of_the_fixtures(self, fixtures):
        builders.claim("MSC-CL-0009", mediators=[Molecule.objects.get(slug="il-10")], section=claim().section)
        fixtures.replace(
            MOLECULES, "- model: catalog.molecule\n  fields: {slug: il-10, name: IL-10, kind: protein}\n", ""
        )
        report = load(fixtures.root, restore=True)
        assert differences(report) == [
            "catalog.molecule il-10: gone from the fixtures, but MSC-CL-0009: What MSC-CL-0009 says. still needs it"
        ]
        assert [m.slug for m in claim("MSC-CL-0009").mediators.all()] == ["il-10"]
        Claim._base_manager.filter(accession="MSC-CL-0009").delete()
        assert load(fixtures.root).retired == {"catalog.molecule": 1}
        assert not Molecule.objects.filter(slug="il-10").exists()


class TestAnEditedRow:
    def test_is_kept_and_named_with_the_fields_that_differ(self, fixtures):
        edit(text="Edited.", evidence="animal")
        for _ in range(2):
            report = load(fixtures.root)
            assert differences(report) == [
                "mechanisms.claim MSC-CL-0001: edited elsewhere; differs from the fixtures in text, evidence"
            ]
            assert (report.changed, edited()) == (0, 1)
            assert (claim().text, claim().evidence) == ("Edited.", "animal")

    def test_is_one_whose_links_were_changed_too(self, fixtures):
        claim().mediators.remove(Molecule.objects.get(slug="vegf"))
        assert differences(load(fixtures.root)) == [
            "mechanisms.claim MSC-CL-0001: edited elsewhere; differs from the fixtures in mediators"
        ]
        assert [m.slug for m in claim().mediators.all()] == ["hgf"]

    def test_is_restored_when_asked_for(self, fixtures):
        edit(text="Edited.")
        claim().mediators.clear()
        report = load(fixtures.root, restore=True)
        assert (report.updated, differences(report), edited()) == ({"mechanisms.claim": 1}, [], 0)
        assert claim().text == HGF
        assert sorted(m.slug for m in claim().mediators.all()) == ["hgf", "vegf"]
        assert differences(load(fixtures.root)) == []

    def test_needs_a_decision_where_the_fixtures_changed_too(self, fixtures):
        edit(text="Edited.")
        fixtures.replace(CLAIMS, HGF, "HGF makes new vessels grow.")
        for _ in range(2):
            [difference] = load(fixtures.root).differences
            assert (difference.model, difference.key) == ("mechanisms.claim", "MSC-CL-0001")
            assert difference.problem == "needs a decision, edited elsewhere and in the fixtures"
            assert difference.fields == ["text"]
            assert claim().text == "Edited."
        load(fixtures.root, restore=True)
        assert claim().text == "HGF makes new vessels grow."

    def test_is_ours_again_once_the_fixtures_say_the_same(self, fixtures):
        edit(text="Edited.")
        load(fixtures.root)
        fixtures.replace(CLAIMS, HGF, "Edited.")
        report = load(fixtures.root)
        assert (report.changed, differences(report), edited()) == (0, [], 0)
        fixtures.replace(CLAIMS, "Edited.", "Corrected.")
        assert load(fixtures.root).updated == {"mechanisms.claim": 1}
        assert claim().text == "Corrected."

    def test_does_not_hold_up_the_rows_beside_it(self, fixtures):
        edit(text="Edited.")
        fixtures.replace(CLAIMS, "HGF does not.", "HGF does nothing.")
        assert load(fixtures.root).updated == {"mechanisms.claim": 1}
        assert claim("MSC-CL-0002").text == "HGF does nothing."

    def test_that_the_fixtures_no_longer_hold_is_kept_until_restored(self, fixtures):
        edit("MSC-CL-0002", text="Edited.")
        fixtures.remove(CONFLICTS)
        fixtures.replace(CLAIMS, SECOND_CLAIM, "")
        report = load(fixtures.root)
        assert differences(report) == [
            "mechanisms.claim MSC-CL-0002: edited elsewhere, and gone from the fixtures"
        ]
        assert report.retired == {"mechanisms.claimconflict": 1}
        assert (claim("MSC-CL-0002").text, edited()) == ("Edited.", 1)
        assert load(fixtures.root, restore=True).retired == {"mechanisms.claim": 1}
        assert RetiredAccession.objects.get().accession == "MSC-CL-0002"
        assert [row.model for row in LoadedRow.objects.filter(key="MSC-CL-0002")] == ["core.retiredaccession"]

    def test_says_so_in_the_api(self, fixtures, api):
        assert api("release/")["edited"] == 0
        edit(text="Edited.")
        load(fixtures.root)
        assert api("release/")["edited"] == 1


class TestARemovedRow:
    def test_is_named_and_comes_back_only_when_asked_for(self, fixtures):
        ClaimConflict._base_manager.all().delete()
        claim("MSC-CL-0002").delete()
        for _ in range(2):
            report = load(fixtures.root)
            assert differences(report) == [
                "mechanisms.claim MSC-CL-0002: removed elsewhere",
                "mechanisms.claimconflict MSC-CL-0001 MSC-CL-0002: removed elsewhere",
            ]
            assert (report.changed, edited()) == (0, 2)
            assert not Claim._base_manager.filter(accession="MSC-CL-0002").exists()
        report = load(fixtures.root, restore=True)
        assert report.created == {"mechanisms.claim": 1, "mechanisms.claimconflict": 1}
        assert (claim("MSC-CL-0002").text, edited()) == ("HGF does not.", 0)

    def test_takes_its_links_with_it(self, fixtures):
        Molecule.objects.get(slug="vegf").delete()
        assert differences(load(fixtures.root)) == [
            "catalog.molecule vegf: removed elsewhere",
            "mechanisms.claim MSC-CL-0001: edited elsewhere; differs from the fixtures in mediators",
        ]
        load(fixtures.root, restore=True)
        assert sorted(m.slug for m in claim().mediators.all()) == ["hgf", "vegf"]

    def test_cannot_be_linked_to_by_a_row_that_is_written(self, fixtures):
        Molecule.objects.get(slug="il-10").delete()
        fixtures.replace(CLAIMS, "[vegf]", "[il-10]")
        with pytest.raises(
            LoadError, match="il-10, which was removed elsewhere: load with --restore"
        ) as caught:
            load(fixtures.root)
        assert (caught.value.file, caught.value.field) == (CLAIMS, "mediators")
        load(fixtures.root, restore=True)
        assert sorted(m.slug for m in claim().mediators.all()) == ["hgf", "il-10"]


class TestTheFirstLoadAfterAnUpgrade:
    """Rows are there, but nobody knows yet who wrote them."""

    @pytest.fixture(autouse=True)
    def upgraded(self, fixtures):
        LoadedRow.objects.all().delete()

    def test_takes_over_the_rows_that_the_fixtures_name(self, fixtures):
        edit(text="An older wording.")
        report = load(fixtures.root)
        assert (report.updated, differences(report)) == ({"mechanisms.claim": 1}, [])
        assert claim().text == HGF
        assert LoadedRow.objects.count() == 9

    def test_leaves_all_others_alone(self, fixtures):
        builders.molecule("made-elsewhere")
        assert load(fixtures.root).not_from_fixtures == {"catalog.molecule": 1}
        assert load(fixtures.root).not_from_fixtures == {"catalog.molecule": 1}
        assert Molecule.objects.filter(slug="made-elsewhere").exists()


def test_a_retired_accession_gets_its_successor_from_the_fixtures_later(fixtures):
    fixtures.remove(CONFLICTS)
    fixtures.replace(CLAIMS, SECOND_CLAIM, "")
    load(fixtures.root)
    load(fixtures.root)
    (fixtures.root / "document" / "retired.yaml").write_text(
        "- model: core.retiredaccession\n  fields: {accession: MSC-CL-0002, successor: MSC-CL-0001}\n"
    )
    assert differences(load(fixtures.root)) == []
    assert RetiredAccession.objects.get().successor == "MSC-CL-0001"


def test_a_new_column_with_its_default_is_no_edit(fixtures, monkeypatch):
    """As after a migration: the database and the fixtures know a field that the last load did not."""
    from core import fixture_models, loaded_rows

    def without_volume(model):
        return {name: f for name, f in fixture_models.fixture_fields(model).items() if name != "volume"}

    with monkeypatch.context() as patch:
        patch.setattr(loaded_rows, "fixture_fields", without_volume)
        loaded_rows.defaults.cache_clear()
        LoadedRow.objects.filter(model="core.document").delete()
        document = Document.objects.get()
        content = loaded_rows.current_contents(Document, [document], {})[document.pk]
        digest = loaded_rows.content_digest(Document, content)
    loaded_rows.defaults.cache_clear()
    LoadedRow.objects.create(model="core.document", key="lee-2021", digest=digest)
    fixtures.replace("document/document.yaml", "title: A review", "title: Another title")
    assert differences(load(fixtures.root)) == []
    assert Document.objects.get().title == "Another title"


class TestTheCommand:
    @staticmethod
    def output(fixtures, **options):
        out = StringIO()
        call_command("load_kb", fixtures=fixtures.root, stdout=out, stderr=StringIO(), **options)
        return out.getvalue().splitlines()

    def test_names_each_row_and_how_to_go_on(self, fixtures):
        edit(text="Edited.")
        builders.molecule("made-elsewhere")
        assert self.output(fixtures)[:-1] == [
            "not from fixtures     1 catalog.molecule",
            "kept as it is: mechanisms.claim MSC-CL-0001: edited elsewhere; differs from the fixtures in text",
            "1 rows differ from the fixtures: make the edits there, or bring the rows back with `load_kb --restore`.",
        ]

    def test_restores(self, fixtures):
        edit(text="Edited.")
        assert self.output(fixtures, restore=True)[0] == "updated      1 mechanisms.claim"
        assert claim().text == HGF

    def test_names_no_more_than_twenty_rows(self, fixtures):
        more = [
            f"- {{model: catalog.molecule, fields: {{slug: m{n}, name: M{n}, kind: protein}}}}\n"
            for n in range(23)
        ]
        (fixtures.root / "entities" / "more.yaml").write_text("".join(more))
        load(fixtures.root)
        Molecule.objects.filter(slug__startswith="m").update(name="Edited")
        lines = self.output(fixtures)
        assert len([line for line in lines if line.startswith("kept as it is: catalog.molecule m")]) == 20
        assert "and 3 more" in lines
