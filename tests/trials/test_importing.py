"""Records of registries are imported in batches: each state once, bad records skipped, nothing written twice."""

import tracemalloc
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.content import current_state
from core.models.names import Name
from core.names import named
from search.engine import search
from search.models import SearchDocument
from tests import builders as make
from tests.resources import get
from tests.synthetic import registry_records
from trials import importing
from trials.importing import ImportReport, import_records
from trials.models import Trial, TrialRecord, TrialRecordVersion

pytestmark = pytest.mark.usefixtures("world")
MONDAY, TUESDAY = datetime(2020, 1, 6, tzinfo=UTC), datetime(2020, 1, 7, tzinfo=UTC)
FIRST = {
    "registry_id": "NCT00000001", "title": "Cells in hearts", "official_title": "Of cells in hearts",
    "study_type": "INTERVENTIONAL", "status": "RECRUITING", "phase": "PHASE1/PHASE2", "enrolment": 0,
    "start_date": "2013-01-01", "completion_date": date(2015, 6, 30), "first_posted": "2012-11-01",
    "last_updated": "2014-02-03", "countries": ["Italy"], "sponsor": "A hospital",
    "registry_conditions": ["Angina"], "registry_interventions": ["Cells"],
}  # fmt: skip


def numbers(report: ImportReport) -> tuple[int, int, int, int]:
    return report.created, report.updated, report.unchanged, report.versions


def versions(registry_id: str = "NCT00000001") -> list[tuple[int, datetime, str]]:
    rows = TrialRecordVersion.objects.filter(record__registry_id=registry_id).order_by("number")
    return [(version.number, version.imported_at, version.content.get("status")) for version in rows]


class TestStates:
    def test_every_field_is_stored_and_kept_in_a_version(self):
        report = import_records([FIRST], MONDAY)
        assert (numbers(report), report.problems) == ((1, 0, 0, 1), [])
        record = TrialRecord.objects.get()
        assert {name: getattr(record, name) for name in FIRST} == FIRST | {
            "start_date": date(2013, 1, 1), "first_posted": date(2012, 11, 1), "last_updated": date(2014, 2, 3),
        }  # fmt: skip
        assert record.registry == "clinicaltrials.gov"
        version = TrialRecordVersion.objects.get()
        assert version.content == FIRST | {"registry": "clinicaltrials.gov", "completion_date": "2015-06-30"}
        assert (version.number, version.imported_at, version.last_updated) == (1, MONDAY, date(2014, 2, 3))
        assert version.digest == record.digest

    def test_a_new_state_is_a_version_and_one_that_comes_back_is_shown_again(self):
        import_records([FIRST], MONDAY)
        done = FIRST | {"status": "COMPLETED", "sponsor": ""}
        assert numbers(import_records([done], TUESDAY)) == (0, 1, 0, 1)
        record = TrialRecord.objects.get()
        assert (record.status, record.sponsor) == ("COMPLETED", "")
        assert versions() == [(1, MONDAY, "RECRUITING"), (2, TUESDAY, "COMPLETED")]
        assert numbers(import_records([FIRST], TUESDAY)) == (0, 1, 0, 0)
        assert TrialRecord.objects.get().status == "RECRUITING"
        assert versions() == [(1, MONDAY, "RECRUITING"), (2, TUESDAY, "COMPLETED")]
        shown = [version["shown"] for version in get("trials/NCT00000001/").json()["versions"]]
        assert shown == [False, True]

    def test_what_is_missing_none_or_empty_is_the_same_and_empties_the_field(self):
        import_records([FIRST])
        bare = {"registry_id": "NCT00000001"}
        assert numbers(import_records([bare])) == (0, 1, 0, 1)
        empty = bare | {"title": "", "enrolment": None, "countries": [], "start_date": None}
        assert numbers(import_records([empty])) == (0, 0, 1, 0)
        record = TrialRecord.objects.get()
        assert (record.title, record.enrolment, record.start_date, record.countries) == ("", None, None, [])

    def test_a_registry_id_that_comes_again_is_a_later_state(self):
        report = import_records([FIRST, FIRST | {"status": "COMPLETED"}, FIRST])
        assert numbers(report) == (1, 2, 0, 2)
        assert TrialRecord.objects.get().status == "RECRUITING"

    def test_a_second_run_changes_nothing(self):
        records = [FIRST, *registry_records(5, first=2)]
        import_records(records, MONDAY)
        state, rows = current_state().token, list(TrialRecordVersion.objects.order_by("pk").values())
        with CaptureQueriesContext(connection) as captured:
            assert numbers(import_records(records, TUESDAY)) == (0, 0, 6, 0)
        assert {query["sql"].split()[0] for query in captured} <= {"SELECT", "SAVEPOINT", "RELEASE", "PRAGMA"}
        assert (current_state().token, list(TrialRecordVersion.objects.order_by("pk").values())) == (
            state,
            rows,
        )


class TestBadRecords:
    @pytest.mark.parametrize(
        ("wrong", "field", "message"),
        [
            ({"registry_id": "NCT1"}, "registry_id", "must be NCT and eight digits"),
            ({"registry_id": ""}, "registry_id", "This field cannot be blank."),
            ({"registry_id": None}, "registry_id", "This field cannot be blank."),
            ({"status": "DONE"}, "status", "Value 'DONE' is not a valid choice."),
            ({"phase": "PHASE9"}, "phase", "Value 'PHASE9' is not a valid choice."),
            ({"study_type": ["OBSERVATIONAL"]}, "study_type", "Value \"['OBSERVATIONAL']\" is not a valid choice."),
            ({"registry": "elsewhere"}, "registry", "Value 'elsewhere' is not a valid choice."),
            ({"enrolment": -1}, "enrolment", "Ensure this value is greater than or equal to 0."),
            ({"enrolment": "many"}, "enrolment", "“many” value must be an integer."),
            ({"start_date": "2013"}, "start_date",
             "“2013” value has an invalid date format. It must be in YYYY-MM-DD format."),
            ({"countries": "Italy"}, "countries", "must be a list of non-empty strings"),
            ({"countries": ["Italy", ""]}, "countries", "must be a list of non-empty strings"),
            ({"title": "x" * 601}, "title", "Ensure this value has at most 600 characters (it has 601)."),
            ({"sponsor": "A\0B"}, "sponsor", "holds a character that no database stores"),
            ({"registry_conditions": ["\ud800"]}, "registry_conditions", "holds a character that no database stores"),
            ({"colour": "red"}, "colour", "is not a field of a record"),
        ],
    )  # fmt: skip
    def test_a_bad_record_is_named_and_skipped_and_the_rest_kept(self, wrong, field, message):
        bad = FIRST | {"registry_id": "NCT00000002"} | wrong
        report = import_records([FIRST, bad, FIRST | {"registry_id": "NCT00000003"}])
        [problem] = report.problems
        assert problem == (2, bad["registry_id"] or "", field, message)
        assert set(TrialRecord.objects.values_list("registry_id", flat=True)) == {
            "NCT00000001",
            "NCT00000003",
        }
        assert numbers(report) == (2, 0, 0, 2)

    def test_what_is_no_record_at_all(self):
        [problem] = import_records(["NCT00000001"]).problems
        assert str(problem) == "record 1 (no id), all: is no mapping of fields to values"


class TestTrials:
    def test_trials_are_linked_drafts_too_and_found_by_what_the_record_says(self):
        make.trial("MSC-TR-0001", registry_id="NCT00000001")
        make.trial("MSC-TR-0002", registry_id="NCT00000002", draft=True)
        make.trial("MSC-TR-0003", registry_id="NCT00000009")
        import_records([FIRST, FIRST | {"registry_id": "NCT00000002"}])
        linked = Trial.with_drafts.order_by("accession").values_list("record__registry_id", flat=True)
        assert list(linked) == ["NCT00000001", "NCT00000002", None]
        found = [document.ident for document in search("hearts").documents]
        assert sorted(found) == ["MSC-TR-0001", "NCT00000002"]
        import_records([FIRST | {"title": "Cells in kidneys"}])
        assert [document.ident for document in search("kidneys").documents] == ["MSC-TR-0001"]

    def test_a_record_is_listed_found_and_resolved(self):
        import_records([FIRST])
        assert get("trials/?curated=false&status=RECRUITING").json()["count"] == 1
        assert [document.ident for document in search("angina").documents] == ["NCT00000001"]
        assert [name.ident for name in named("nct00000001")] == ["NCT00000001"]


class TestSize:
    """What a batch costs is the same for the first and the last of thousands."""

    @pytest.fixture(autouse=True)
    def batches(self, monkeypatch):
        monkeypatch.setattr(importing, "BATCH", 500)
        make.trial("MSC-TR-0001", registry_id="NCT00000001")

    def queries(self, first: int, count: int) -> int:
        with CaptureQueriesContext(connection) as captured:
            import_records(registry_records(count, first=first))
        return len(captured)

    def peak(self, first: int, count: int) -> int:
        tracemalloc.start()
        import_records(registry_records(count, first=first))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    def test_queries(self):
        once = self.queries(1, 500)
        more = self.queries(501, 2_000)
        analyze = 1
        assert more <= 4 * (once - analyze) + analyze
        columns = connection.features.max_query_params  # an insert is parted where a query takes no more
        parts = 500 * 60 // columns + 5 if columns else 0
        assert once <= 30 + parts
        assert SearchDocument.objects.filter(model="trialrecord").count() == 2_499

    def test_memory(self):
        once = self.peak(1, 500)
        assert self.peak(501, 2_500) < 1.5 * once
        assert TrialRecord.objects.count() == TrialRecordVersion.objects.count() == 3_000


def test_a_broken_batch_leaves_the_ones_before(monkeypatch):
    monkeypatch.setattr(importing, "BATCH", 2)

    def records():
        yield from registry_records(5)
        raise OSError("the file ends here")

    with pytest.raises(OSError, match="the file ends here"):
        import_records(records())
    assert TrialRecord.objects.count() == 4
    assert SearchDocument.objects.count() == Name.objects.count() == 4
