"""Rows come with all that they link to in one query, and linked rows cannot be narrowed by mistake."""

from operator import attrgetter

import pytest

from core.rest.serializers import or_default
from core.rows import ChainedRows, attach_links, linked, read_in_chunks, read_rows
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


def test_of_a_foreign_row_a_list_leaves_unread_what_it_does_not_show(claims):
    """What of it is long, and shown on its own page alone."""
    builders.claim("MSC-CL-0001", mechanism="paracrine")
    claim = Claim.objects.with_named("mechanism").get(accession="MSC-CL-0001")
    unread = {"synonyms", "xrefs", "curator_note", "summary"}
    assert claim.mechanism.get_deferred_fields() == unread


def test_links_of_a_row_that_was_read_by_itself_are_read_too(claims):
    assert [m.slug for m in linked(claims[0], "mediators")] == ["hgf", "vegf"]
    [[first, _]] = read_rows(claims)
    assert [m.slug for m in linked(first, "mediators")] == ["hgf", "vegf"]


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


def test_rows_of_two_models_in_one_list_get_the_links_of_their_own(world):
    trial, record = builders.trial("MSC-TR-0001", conditions=["stroke"]), builders.registry_record(id=1000)
    builders.trial("MSC-TR-0002", id=1000, conditions=["burn"])
    [[first, second]] = read_rows([type(trial).objects.get(pk=trial.pk), record])
    assert [condition.slug for condition in first.conditions.all()] == ["stroke"]
    assert "_prefetched_objects_cache" not in second.__dict__


class TestChainedRows:
    @pytest.fixture
    def rows(self, claims):
        for number in (3, 4, 5):
            builders.claim(f"MSC-CL-000{number}")
        first, second, third = (Claim.objects.order_by("-accession") for _ in range(3))
        return ChainedRows(
            first.filter(accession__lte="MSC-CL-0002"),
            second.none(),
            third.filter(accession__gt="MSC-CL-0002"),
        )

    @pytest.mark.parametrize(
        ("place", "found"),
        [
            (slice(0, 2), "21"), (slice(1, 3), "15"), (slice(2, 4), "54"), (slice(4, 9), "3"), (slice(5, 9), ""),
            (slice(None), "21543"), (slice(3, None), "43"), (slice(0, 0), ""),
        ],
    )  # fmt: skip
    def test_a_slice_goes_on_from_one_query_set_to_the_next(self, rows, place, found):
        assert "".join(claim.accession[-1] for claim in rows[place]) == found

    def test_all_rows_one_after_the_other(self, rows):
        assert [claim.accession[-1] for chunk in read_in_chunks(rows) for claim in chunk] == list("21543")
        assert (rows.counts, len(rows)) == ([2, 0, 3], 5)

    def test_a_slice_asks_only_what_it_reaches_into_and_counts_once(self, rows, django_assert_num_queries):
        with django_assert_num_queries(2):
            assert len(rows[0:2]) == 2
        with django_assert_num_queries(1):
            assert len(rows[3:5]) == 2
        with django_assert_num_queries(2):
            assert len(rows[1:3]) == 2
