"""Rows come with all that they link to in one query, and linked rows cannot be narrowed by mistake."""

from operator import attrgetter

import pytest

from core.rest.serializers import or_default
from core.rows import attach_links, read_in_chunks, read_rows
from mechanisms.models import Claim, Mechanism
from tests import builders


@pytest.fixture
def claims(world):
    builders.claim("MSC-CL-0001", mediators=["vegf", "hgf"], targets=["t-cell"], references=[12, 7])
    builders.claim("MSC-CL-0002", mediators=["hgf"])
    return Claim.objects.order_by("accession")


def test_links_of_all_rows_are_one_query(claims, django_assert_num_queries):
    with django_assert_num_queries(2):
        [[first, second]] = read_rows(claims)
        assert [m.slug for m in first.mediators.all()] == ["hgf", "vegf"]
        assert [(m.slug, m.name) for m in second.mediators.all()] == [("hgf", "Hgf")]
        assert [c.slug for c in first.targets.all()] == ["t-cell"]
        assert [r.number for r in first.references.all()] == [7, 12]
        assert list(second.references.all()) == []
        assert first.mediators.count() == 2


def test_rows_of_several_models_share_the_query(claims, django_assert_num_queries):
    builders.trial("MSC-TR-0001", conditions=["stroke"])
    trials = [builders.trial("MSC-TR-0001")]
    with django_assert_num_queries(2):
        [[claim, _], [trial]] = read_rows(claims, trials)
        assert [c.slug for c in trial.conditions.all()] == ["stroke"]
        assert len(claim.mediators.all()) == 2


def test_what_was_prefetched_stays_whole(claims, django_assert_num_queries):
    [[claim, _]] = read_rows(claims.prefetch_related("mediators"))
    with django_assert_num_queries(0):
        assert claim.mediators.all()[0].kind == "protein"


def test_attached_rows_refuse_to_be_narrowed(claims):
    [[claim, _]] = read_rows(claims)
    with pytest.raises(TypeError, match="slice"):
        claim.mediators.filter(slug="hgf")


def test_chunks_hold_every_row_with_its_links(claims, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr("core.rows.CHUNK", 1)
    with django_assert_num_queries(3):
        chunks = list(read_in_chunks(claims))
        assert [[row.accession for row in chunk] for chunk in chunks] == [["MSC-CL-0001"], ["MSC-CL-0002"]]
        assert [m.slug for m in chunks[1][0].mediators.all()] == ["hgf"]


def test_rows_without_links_cost_nothing(world, django_assert_num_queries):
    mechanism = builders.mechanism("paracrine")
    with django_assert_num_queries(0):
        attach_links([mechanism], [], [{"accession": "MSC-CL-0001"}])
    assert list(Mechanism.objects.all()) == [mechanism]


def test_only_a_missing_row_is_read_as_the_default_and_a_mistake_is_not(world):
    trial = builders.trial("MSC-TR-0001")
    assert or_default(attrgetter("record.title"), "none")(trial) == "none"
    with pytest.raises(AttributeError):
        or_default(attrgetter("recrd.title"), "none")(trial)

    class Mistaken:
        @property
        def title(self):
            raise AttributeError("of its own")

    with pytest.raises(AttributeError, match="of its own"):
        or_default(attrgetter("title"), "none")(Mistaken())
    trial.record = builders.registry_record("NCT00000001", title="A trial")
    assert or_default(attrgetter("record.title"), "none")(trial) == "A trial"
    with pytest.raises(AttributeError):
        or_default(attrgetter("record.titel"), "none")(trial)
