"""Small worlds are empty to begin with, stay apart from each other, and are found by search like live content."""

import pytest

from catalog.models import Molecule
from core.models import Release
from core.models.names import Name
from tests import builders
from tests.worlds import empty_database


class TestSharedWorld:
    @pytest.fixture(scope="class", autouse=True)
    @classmethod
    def molecules(cls, class_world):
        builders.molecule("hgf", synonyms=["scatter factor"])

    def test_it_holds_what_the_class_built_and_nothing_else(self, api):
        assert [row["slug"] for row in api("molecules/")["results"]] == ["hgf"]
        builders.molecule("vegf")

    def test_what_a_test_adds_is_gone_for_the_next(self, api):
        assert [row["slug"] for row in api("molecules/")["results"]] == ["hgf"]

    def test_what_is_built_is_found_by_search_and_by_its_synonyms(self, api):
        assert [row["id"] for row in api("search/", q="scatter factor")["results"]] == ["hgf"]
        assert api("resolve/", id="Scatter Factor")["id"] == "hgf"


class TestOwnWorld:
    def test_a_claim_builds_what_it_links_to(self, world, api):
        builders.claim("MSC-CL-0001", mediators=["hgf"], conditions=["stroke"], references=[7])
        row = api("claims/MSC-CL-0001/")
        assert row["mediators"] == [{"slug": "hgf", "name": "Hgf"}]
        assert row["references"] == [{"number": 7, "label": "Reference 7", "identifier": "7"}]
        assert api("conditions/")["count"] == 1

    def test_the_next_world_is_empty_again(self, world):
        assert not Molecule.objects.exists()
        assert not Name.objects.exists()

    def test_a_key_given_again_changes_the_row(self, world):
        first = builders.molecule("hgf", kind="family")
        again = builders.molecule("hgf", name="HGF")
        assert (again.pk, again.kind, again.name) == (first.pk, "family", "HGF")


class TestOtherContent:
    def test_it_is_set_aside_and_comes_back(self, world, api):
        builders.release()
        builders.molecule("hgf")
        with empty_database():
            assert api("search/", q="hgf")["count"] == Release.objects.count() == 0
            builders.molecule("hgf-like")
            assert [row["id"] for row in api("search/", q="hgf")["results"]] == ["hgf-like"]
        assert [row["id"] for row in api("search/", q="hgf")["results"]] == ["hgf"]
        assert Release.objects.latest().version == "2020.01"
