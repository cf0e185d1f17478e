"""A registry's record beside the trials of documents: its row, its page, its versions and how search finds it."""

import pytest
from django.test import Client

from core.names import named
from search.engine import search, suggest
from search.models import SearchDocument
from tests import builders as make
from tests.reading import read
from tests.resources import get
from trials.models import Trial, TrialRecord

RECORD = "NCT00000012"


def found(text: str) -> list[str]:
    return [document.ident for document in search(text).documents]


def record(**given) -> TrialRecord:
    return make.registry_record(RECORD, title="Cells in hearts", **given)


@pytest.mark.usefixtures("world")
class TestInTheApi:
    def test_every_field_of_a_row(self):
        record(
            official_title="A trial of cells in hearts", status="RECRUITING", study_type="OBSERVATIONAL", phase="NA",
            enrolment=0, start_date="2013-01-01", completion_date="2015-06-30", first_posted="2012-11-01",
            last_updated="2014-02-03", countries=["Italy"], sponsor="A hospital",
            registry_conditions=["Heart failure"], registry_interventions=["Cells"],
        )  # fmt: skip
        row = get("trials/").json()["results"][0]
        assert row == {
            "accession": "", "kind": "trial-record", "text": "", "section": "", "document": "", "references": [],
            "evidence": "", "curator_note": "", "registry_id": RECORD, "conditions": [], "source": None, "donor": "",
            "doses": [], "dose_cells_min": None, "dose_cells_max": None, "dose_cells_per_kg_min": None,
            "dose_cells_per_kg_max": None, "number_of_doses": None, "interval": None, "interval_unit": "",
            "routes": [], "outcome": "", "efficacy": "", "outcome_measures": [], "adverse_events": [],
            "curated": False, "conflicts_with": [], "title": "Cells in hearts", "status": "RECRUITING", "phase": "NA",
            "enrolment": 0, "start_date": "2013-01-01", "completion_date": "2015-06-30", "countries": ["Italy"],
            "sponsor": "A hospital", "official_title": "A trial of cells in hearts", "study_type": "OBSERVATIONAL",
            "first_posted": "2012-11-01", "last_updated": "2014-02-03", "registry_conditions": ["Heart failure"],
            "registry_interventions": ["Cells"], "url": f"http://testserver/trials/{RECORD}/",
            "api_url": f"http://testserver/api/v1/trials/{RECORD}/",
        }  # fmt: skip
        assert get(f"trials/{RECORD}/").json() == row | {"versions": []}

    def test_a_row_has_the_fields_of_a_trial_in_their_order(self):
        record()
        make.trial("MSC-TR-0001")
        trial, other = get("trials/").json()["results"]
        assert list(trial) == list(other)

    def test_a_record_with_the_row_number_of_a_disputed_trial_is_not_in_conflict(self):
        trials = [make.trial(f"MSC-TR-000{number}") for number in (1, 2)]
        make.conflict(*trials)
        make.registry_record(RECORD, id=trials[0].pk)
        assert [len(row["conflicts_with"]) for row in get("trials/").json()["results"]] == [1, 1, 0]

    def test_the_columns_asked_for(self):
        record()
        assert get("trials/?fields=title,curated").json()["results"] == [
            {"curated": False, "title": "Cells in hearts"}
        ]
        assert "title" not in get("trials/?omit=title").json()["results"][0]
        assert get("trials/?include=conditions").json()["results"][0]["conditions"] == []

    def test_versions_the_newest_first_with_what_changed_field_by_field(self):
        row = record(digest="b" * 64)
        make.record_version(row, 1, status="RECRUITING", countries=["Italy"], sponsor="A")
        make.record_version(row, 2, status="COMPLETED", countries=["Italy", "France"], enrolment=3)
        assert get(f"trials/{RECORD}/").json()["versions"] == [
            {
                "number": 2, "imported_at": "2020-01-20T00:00:00+00:00", "last_updated": None, "shown": True,
                "changes": [
                    {"field": "countries", "before": ["Italy"], "after": ["Italy", "France"]},
                    {"field": "enrolment", "before": None, "after": 3},
                    {"field": "sponsor", "before": "A", "after": None},
                    {"field": "status", "before": "RECRUITING", "after": "COMPLETED"},
                ],
            },
            {"number": 1, "imported_at": "2020-01-10T00:00:00+00:00", "last_updated": None, "shown": False,
             "changes": []},
        ]  # fmt: skip

    def test_other_letter_case_leads_to_the_address(self):
        record()
        response = Client().get(f"/api/v1/trials/{RECORD.lower()}/?fields=title")
        assert (response.status_code, response["Location"]) == (301, f"/api/v1/trials/{RECORD}/?fields=title")
        make.trial("MSC-TR-0001")
        assert Client().get("/api/v1/trials/msc-tr-0001/")["Location"] == "/api/v1/trials/MSC-TR-0001/"

    def test_a_published_trial_stands_for_its_record_and_a_draft_does_not(self):
        record()
        trial = make.trial("MSC-TR-0001", registry_id=RECORD, draft=True)
        assert get(f"trials/{RECORD}/").json()["kind"] == "trial-record"
        trial.curation_status = "published"
        trial.save()
        assert get(f"trials/{RECORD}/").json()["accession"] == "MSC-TR-0001"
        assert [row["accession"] for row in get("trials/").json()["results"]] == ["MSC-TR-0001"]

    @pytest.mark.parametrize("address", ["trials/NCT00000013/", "trials/?registry_id=NCT00000013"])
    def test_a_registry_id_that_is_not_here_is_answered_with_the_nearest(self, address):
        record()
        assert f"Did you mean '{RECORD}'?" in get(address, status=404 if "=" not in address else 400).text


@pytest.mark.usefixtures("world")
class TestOnPages:
    def test_other_letter_case_leads_to_the_page(self):
        record()
        response = Client().get(f"/trials/{RECORD.lower()}/")
        assert (response.status_code, response["Location"]) == (301, f"/trials/{RECORD}/")

    def test_a_record_that_a_trial_stands_for_leads_to_the_trial(self):
        record()
        make.trial("MSC-TR-0001", registry_id=RECORD)
        assert Client().get(f"/trials/{RECORD.lower()}/")["Location"] == "/trials/MSC-TR-0001/"

    def test_what_the_registry_does_not_say_is_said(self):
        make.registry_record(RECORD, title="")
        page = read(f"/trials/{RECORD}/")
        assert page.heading == RECORD
        assert page.facts["Registered as"] == "without a title"
        assert page.facts["Status"] == page.facts["Conditions"] == page.facts["Start"] == "not given"

    def test_the_list_counts_trials_and_records_apart(self):
        record()
        make.trial("MSC-TR-0001")
        make.trial("MSC-TR-0002")
        counted = [read(f"/trials/{query}").part(".result-count").text for query in ("", "?curated=false")]
        assert counted == [
            "2 curated trials, 1 registry record",
            "0 curated trials, 1 registry record",
        ]

    def test_pages_of_conditions_and_sources_show_curated_trials_alone(self):
        record(registry_conditions=["Stroke"])
        make.trial("MSC-TR-0001", conditions=["stroke"], source="skin")
        for path in ("/conditions/stroke/", "/sources/skin/"):
            panel = next(
                part for part in read(path).parts("section.panel") if part.heading == "Curated trials 1"
            )
            assert RECORD not in panel.text


@pytest.mark.usefixtures("world")
class TestInSearch:
    def test_a_record_is_found_by_what_it_says(self):
        record(
            official_title="Of cardiac myoblasts",
            registry_conditions=["Angina"],
            sponsor="A hospital",
            phase="PHASE2",
        )
        row = SearchDocument.objects.get(ident=RECORD)
        assert (row.kind, row.model, row.title, row.named) == (
            "trial-record",
            "trialrecord",
            "Cells in hearts",
            False,
        )
        assert row.names == [["identifier", RECORD]]
        assert row.about == "phase: Phase 2"
        for words in (RECORD, RECORD.lower(), "cells hearts", "myoblast", "angina", "hospital", "phase 2"):
            assert found(words) == [RECORD], words
        assert [name.name for name in named(RECORD)] == ["Cells in hearts"]

    def test_a_registry_id_is_suggested(self):
        record()
        assert [document.ident for document in suggest("NCT0000001")[1]] == [RECORD]
        result = get("suggest/?q=NCT0000001").json()["results"][0]
        assert (result["kind"], result["url"], result["api_url"]) == (
            "trial-record",
            f"http://testserver/trials/{RECORD}/",
            f"http://testserver/api/v1/trials/{RECORD}/",
        )

    def test_a_curated_trial_is_found_by_the_registered_title_and_stands_for_its_record(self):
        row = record()
        make.trial("MSC-TR-0001", registry_id=RECORD)
        assert found("hearts") == ["MSC-TR-0001"]
        assert [(term.model, term.ident) for term in named(RECORD)] == [("trial", "MSC-TR-0001")]
        row.title = "Cells in kidneys"
        row.save()
        assert (found("hearts"), found("kidneys")) == ([], ["MSC-TR-0001"])

    def test_a_record_is_found_again_when_its_trial_goes(self):
        record()
        other = make.registry_record("NCT00000013", title="Other hearts")
        trial = make.trial("MSC-TR-0001", registry_id=RECORD)
        assert found("hearts") == [other.registry_id, "MSC-TR-0001"]
        trial.registry_id = other.registry_id
        trial.save()
        assert found("hearts") == [RECORD, "MSC-TR-0001"]
        trial.curation_status = Trial.CurationStatus.DRAFT
        trial.save()
        assert found("hearts") == [other.registry_id, RECORD]
        trial.delete()
        assert found("hearts") == [other.registry_id, RECORD]

    def test_a_trial_is_found_no_more_by_a_record_that_is_gone(self):
        row = record()
        make.trial("MSC-TR-0001", registry_id=RECORD)
        row.delete()
        assert found("hearts") == []
