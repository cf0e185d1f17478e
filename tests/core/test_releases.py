"""A release is named by what its records say, on every machine alike."""

from datetime import date

import pytest
import yaml

from core import releases
from core.loading import load
from core.models import Release
from tests import builders
from tests.core.small_fixtures import Fixtures

CLAIMS = "statements/claims.yaml"
MOLECULES = "entities/molecules.yaml"


@pytest.fixture
def fixtures(world, tmp_path):
    return Fixtures(tmp_path)


def digest(fixtures):
    return load(fixtures.root).release.digest


def publish(fixtures, *entries):
    rows = [{"version": version, "date": date(2026, 11, 2), "digest": of} for version, of in entries]
    (fixtures.root / "releases.yaml").write_text(yaml.safe_dump(rows))


class TestTheDigest:
    def test_is_the_same_in_a_checkout_with_other_line_ends(self, fixtures):
        before = load(fixtures.root).release
        for path in fixtures.root.glob("*/*.yaml"):
            path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
        after = load(fixtures.root).release
        assert b"\r\n" in (fixtures.root / CLAIMS).read_bytes()
        assert (after.version, after.digest, after.files) == (before.version, before.digest, before.files)
        assert Release.objects.count() == 1

    def test_knows_nothing_of_comments_layout_and_order(self, fixtures):
        before = digest(fixtures)
        fixtures.replace(MOLECULES, "# The factors.", "# Other words.")
        fixtures.replace(
            MOLECULES,
            "- model: catalog.molecule\n  fields: {slug: vegf, name: VEGF, kind: protein}",
            '- fields: {kind: "protein", name: VEGF, slug: vegf, synonyms: [], curator_note: ""}\n'
            "  model: catalog.molecule",
        )
        assert digest(fixtures) == before

    def test_knows_nothing_of_file_names(self, fixtures):
        before = load(fixtures.root).release
        (fixtures.root / MOLECULES).rename(fixtures.root / "statements" / "factors.yaml")
        after = load(fixtures.root).release
        assert after.digest == before.digest
        assert after.files["statements/factors.yaml"]["records"] == 3
        assert MOLECULES not in after.files

    def test_changes_with_every_fact(self, fixtures):
        seen = {digest(fixtures)}
        fixtures.replace(CLAIMS, "direction: increases", "direction: decreases")
        seen.add(digest(fixtures))
        fixtures.replace(CLAIMS, "[[hgf], [vegf]]", "[[hgf]]")
        seen.add(digest(fixtures))
        fixtures.replace(MOLECULES, "factor, scatter factor]", "factor]")
        seen.add(digest(fixtures))
        assert len(seen) == 4

    def test_changes_with_the_tables_of_names_and_lists_them(self, fixtures):
        seen = {digest(fixtures)}
        table = fixtures.root / "names" / "known.tsv"
        table.parent.mkdir()
        for line in ("HGNC:1\tA\n", "HGNC:1\tB\n"):
            table.write_text(line)
            seen.add(digest(fixtures))
        assert len(seen) == 3
        assert Release.objects.latest().files["names/known.tsv"]["records"] == 1
        assert releases.publish(fixtures.root)["digest"] in seen

    def test_of_each_file_is_the_one_that_sha256sum_gives(self, fixtures):
        (fixtures.root / "entities" / "empty.yaml").write_text("[]\n")
        files = load(fixtures.root).release.files
        assert files["entities/empty.yaml"] == {
            "sha256": "37517e5f3dc66819f61f5a7bb8ace1921282415f10551d2defa5c3eb0985b570",
            "records": 0,
        }


class TestTheName:
    def test_of_published_content_is_its_published_one(self, fixtures):
        publish(fixtures, ("2026.10", "0" * 64), ("2026.11", digest(fixtures)))
        release = load(fixtures.root).release
        assert (release.version, release.date) == ("2026.11", date(2026, 11, 2))

    @pytest.mark.parametrize(
        "rows",
        [
            [("2026.11", "f" * 64)],
            [("2026.10", "f" * 64), ("2026.11", "e" * 64), ("2026.11.1", "d" * 64)],
            [("2026.11.1", "same")],
            [("2026.11", "f" * 64), ("2026.11.1", "same")],
            [("2026.11", "same"), ("2026.11.1", "f" * 64)],
        ],
        ids=lambda rows: ", ".join(f"{version} {of[:4]}" for version, of in rows),
    )
    def test_does_not_depend_on_releases_that_the_database_holds(self, fixtures, rows):
        content = digest(fixtures)
        publish(fixtures, ("2026.11", content))
        Release.objects.all().delete()
        for version, of in rows:
            builders.release(version, digest=content if of == "same" else of)
        release = load(fixtures.root).release
        assert (release.version, release.digest) == ("2026.11", content)
        assert Release.objects.latest() == release
        assert Release.objects.filter(digest=content).count() == 1

    def test_of_unpublished_content_is_the_last_published_one_and_the_digest(self, fixtures):
        publish(fixtures, ("2026.10", "0" * 64), ("2026.11", digest(fixtures)))
        fixtures.replace(CLAIMS, "HGF does not.", "HGF does nothing.")
        builders.release("2026.12", digest="1" * 64)
        release = load(fixtures.root).release
        assert release.version == f"2026.11+{release.digest[:8]}"
        assert load(fixtures.root).release == release

    def test_of_content_where_nothing_is_published_starts_at_zero(self, fixtures):
        release = load(fixtures.root).release
        assert release.version == f"0+{release.digest[:8]}"

    def test_becomes_the_published_one_once_it_is_published(self, fixtures):
        local = load(fixtures.root).release
        publish(fixtures, ("2026.11", local.digest))
        assert load(fixtures.root).release.version == "2026.11"
        assert not Release.objects.filter(version=local.version).exists()

    def test_goes_back_with_the_content(self, fixtures):
        first = digest(fixtures)
        fixtures.replace(CLAIMS, "HGF does not.", "HGF does nothing.")
        publish(fixtures, ("2026.11", first), ("2026.11.1", digest(fixtures)))
        assert load(fixtures.root).release.version == "2026.11.1"
        fixtures.replace(CLAIMS, "HGF does nothing.", "HGF does not.")
        assert load(fixtures.root).release.version == "2026.11"
        assert Release.objects.latest().version == "2026.11"


class TestPublishing:
    def test_adds_the_content_once_with_the_next_number_of_the_month(self, fixtures):
        publish(fixtures, ("2026.11", "0" * 64))
        entry = releases.publish(fixtures.root, date(2026, 11, 25))
        assert (entry["version"], entry["date"]) == ("2026.11.1", date(2026, 11, 25))
        assert releases.publish(fixtures.root, date(2026, 12, 1)) == entry
        assert [e["version"] for e in releases.published(fixtures.root)] == ["2026.11", "2026.11.1"]
        assert load(fixtures.root).release.version == "2026.11.1"
