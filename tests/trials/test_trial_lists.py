"""Trials, pairs of trials that contradict each other, and what only a registry says, in the API."""

from django.test import Client

from tests import builders as make
from tests.resources import ResourceTests, StatementTests, get, link, statement_row


class TestTrials(StatementTests):
    """The third trial states hardly anything, but is registered; the second is not.

    Of the records r5, r6 and r8 (named by the last digit of their registry id) no trial stands for any: the one of r5
    is a draft. What a record cannot be asked leaves all of them out.
    """

    prefix = "trials"
    accession = "MSC-TR"
    filters = {
        "condition=breast-cancer": "1", "condition=cancer": "1 2", "condition=breast-cancer,stroke": "1 3 4",
        "condition=!cancer": "3 4",
        "disease=breast-cancer": "1", "disease=cancer": "1 2", "disease=breast-cancer,stroke": "1 3 4",
        "disease=!cancer": "3 4",
        "source=bone-marrow": "1 4", "source=bone-marrow,skin": "1 2 4", "source=!bone-marrow": "2 3",
        "donor=autologous": "1 4", "donor=autologous,allogeneic": "1 2 4", "donor=!autologous": "2 3",
        "route=hepatic-artery": "1", "route=intra-arterial": "1 2", "route=hepatic-artery,intravenous": "1 4",
        "route=!intra-arterial": "3 4",
        "outcome=improved": "1", "outcome=improved,mixed": "1 2", "outcome=!improved": "2 3 4",
        "outcome_measure=survival": "1", "outcome_measure=survival,pain": "1 2", "outcome_measure=!survival": "2 3 4",
        "adverse_event=fever": "1 2", "adverse_event=nausea": "2", "adverse_event=nausea,rash": "2 4",
        "adverse_event=!fever": "3 4",
        "registry_id=NCT00000011": "1", "registry_id=NCT00000011,NCT00000004": "1 4",
        "registry_id=NCT00000011,NCT00000006": "1 r6", "registry_id=NCT00000006": "r6",
        "registry_id=!NCT00000011": "2 3 4 r5 r6 r8", "registry_id=!NCT00000006": "1 2 3 4 r5 r8",
        "dose_unit=cells": "1 4", "dose_unit=cells/kg": "2 4", "dose_unit=cells,cells/kg": "1 2 4",
        "dose_unit=!cells": "2 4",
        "dose_unit=all:cells,cells/kg": "4", "dose_unit=all:cells,!cells/kg": "1 4",
        "dose_unit=cells&dose_min=2000000": "1 4", "dose_unit=cells&dose_min=2000001": "4",
        "dose_unit=cells,cells/kg&dose_min=0": "1 2 4", "dose_unit=cells,cells/kg&dose_min=1e6": "1 2 4",
        "dose_unit=all:cells,cells/kg&dose_min=3e5": "4", "dose_unit=all:cells,cells/kg&dose_min=3e6": "",
        "dose_unit=cells&dose_max=1e6": "1", "dose_unit=cells/kg&dose_max=1e6": "2 4",
        "dose_unit=cells/kg&dose_max=999999": "4", "dose_unit=!cells&dose_max=999999": "4",
        "dose_unit=cells&dose_max=100": "", "dose_unit=cells&dose_min=1.5e6&dose_max=3e6": "1",
        "dose_min=1e6&dose_unit=cells/kg": "2", "dose_unit=cells/kg&dose_min=2e5&dose_max=2e5": "4",
        "condition=all:cancer,breast-cancer": "1", "disease=all:cancer,stroke": "",
        "route=all:intra-arterial,hepatic-artery": "1", "outcome_measure=all:survival,pain": "",
        "adverse_event=all:fever,nausea": "2", "adverse_event=all:fever,!nausea": "1",
        "outcome=all:improved": "1", "registry_id=all:NCT00000006": "r6",
        "phase=PHASE2": "1 r5", "phase=PHASE1,PHASE2": "1 4 r5", "phase=!PHASE2": "2 3 4 r6 r8", "phase=PHASE3": "r6",
        "status=COMPLETED": "1 r5", "status=COMPLETED,RECRUITING": "1 4 r5 r6", "status=!COMPLETED": "2 3 4 r6 r8",
        "year_min=2010": "1 3 r5 r6", "year_min=2011": "3 r6", "year_max=2010": "1 4 r5", "year_max=2009": "4",
        "year_min=2009&year_max=2011": "1 r5", "year_min=2013": "r6",
        "conflicting=true": "1 4", "conflicting=false": "2 3", "curated=true": "1 2 3 4",
        "curated=false": "r5 r6 r8", "curated=false&phase=PHASE2": "r5", "curated=true&phase=PHASE2": "1",
        "curated=false&outcome=!improved": "", "curated=false&section=!methods": "",
        "q=better": "1", "q=NCT00000007": "3", "q=hearts": "r6", "q=NCT00000005": "r5",
        "source=bone-marrow&outcome=improved": "1",
    }  # fmt: skip
    orders = {
        "": "1 2 3 4 r5 r6 r8", "ordering=accession": "1 2 3 4 r5 r6 r8", "ordering=-accession": "4 3 2 1 r5 r6 r8",
        "ordering=section": "2 1 3 4 r5 r6 r8", "ordering=-section": "4 1 3 2 r5 r6 r8",
        "ordering=evidence": "2 4 1 3 r5 r6 r8", "ordering=-evidence": "3 1 2 4 r5 r6 r8",
        "ordering=-evidence,-accession": "3 1 4 2 r5 r6 r8", "ordering=outcome,-registry_id": "1 2 4 3 r8 r6 r5",
        "ordering=registry_id": "4 3 1 2 r5 r6 r8", "ordering=-registry_id": "1 3 4 2 r8 r6 r5",
        "ordering=source": "1 4 2 3 r5 r6 r8", "ordering=-source": "2 1 4 3 r5 r6 r8",
        "ordering=donor": "2 1 4 3 r5 r6 r8", "ordering=-donor": "3 1 4 2 r5 r6 r8",
        "ordering=outcome": "1 2 4 3 r5 r6 r8", "ordering=-outcome": "4 2 1 3 r5 r6 r8",
        "ordering=dose_cells": "1 4 2 3 r5 r6 r8", "ordering=-dose_cells": "4 1 2 3 r5 r6 r8",
        "ordering=dose_cells_per_kg": "4 2 1 3 r5 r6 r8", "ordering=-dose_cells_per_kg": "2 4 1 3 r5 r6 r8",
        "ordering=start_date": "4 1 3 2 r5 r6 r8", "ordering=-start_date": "3 1 4 2 r6 r5 r8",
        "ordering=enrolment": "3 4 1 2 r6 r5 r8", "ordering=-enrolment": "1 4 3 2 r5 r6 r8",
    }  # fmt: skip
    facets = {
        "condition": "cancer:2 stroke:2 breast-cancer:1", "condition&donor=allogeneic": "cancer:1",
        "disease": "cancer:2 stroke:2 breast-cancer:1", "disease&disease=stroke": "cancer:2 stroke:2 breast-cancer:1",
        "source": "bone-marrow:2 skin:1", "source&condition=stroke": "bone-marrow:1",
        "donor": "autologous:2 allogeneic:1 not-stated:1", "donor&condition=stroke": "autologous:1 not-stated:1",
        "route": "intra-arterial:2 hepatic-artery:1 intravenous:1", "route&condition=stroke": "intravenous:1",
        "outcome": "improved:1 mixed:1 no-effect:1", "outcome&condition=stroke": "no-effect:1",
        "outcome_measure": "pain:1 survival:1", "outcome_measure&donor=allogeneic": "pain:1",
        "adverse_event": "fever:2 nausea:1 rash:1", "adverse_event&condition=stroke": "rash:1",
        "registry_id": "NCT00000004:1 NCT00000005:1 NCT00000006:1 NCT00000007:1 NCT00000008:1 NCT00000011:1",
        "registry_id&condition=cancer": "NCT00000011:1",
        "dose_unit": "cells:2 cells/kg:2", "dose_unit&condition=cancer": "cells:1 cells/kg:1",
        "dose_unit&dose_unit=cells/kg&dose_min=2e6": "cells:2",
        "phase": "PHASE2:2 PHASE1:1 PHASE3:1", "phase&curated=false": "PHASE2:1 PHASE3:1",
        "phase&condition=stroke": "PHASE1:1",
        "status": "COMPLETED:2 RECRUITING:2", "status&phase=PHASE2": "COMPLETED:2",
        "status&condition=stroke": "RECRUITING:1",
        "conflicting": "false:2 true:2", "conflicting&donor=autologous": "true:2",
        "curated": "true:4 false:3", "curated&phase=PHASE2": "false:1 true:1", "curated&curated=true": "true:4 false:3",
        "curated&outcome=!improved": "true:3",
    }  # fmt: skip
    row = statement_row(
        "trials", "MSC-TR-0001", "trial",
        registry_id="NCT00000011", conditions=[link("breast-cancer", "Breast cancer")],
        source=link("bone-marrow", "Bone marrow"), donor="autologous",
        doses=[{"unit": "cells", "min": 1000000, "max": 2000000}],
        dose_cells_min=1000000, dose_cells_max=2000000, dose_cells_per_kg_min=None, dose_cells_per_kg_max=None,
        number_of_doses=2, interval=1, interval_unit="week", routes=[link("hepatic-artery", "Hepatic artery")],
        outcome="improved", efficacy="Better walking.", outcome_measures=[link("survival", "Survival")],
        adverse_events=[link("fever", "Fever")], curated=True,
        conflicts_with=[{
            "accession": "MSC-TR-0004", "text": "What MSC-TR-0004 says.", "kind": "context-dependent",
            "topic": "Walking", "why": "Another dose.",
        }],
        title="A title", status="COMPLETED", phase="PHASE2", enrolment=40, start_date="2010-05-01",
        completion_date="2012-06-30", countries=["France", "Italy"], sponsor="A hospital",
        official_title="A longer title", study_type="INTERVENTIONAL", first_posted="2009-12-31",
        last_updated="2013-01-02", registry_conditions=["Mammary cancer", "Pain"],
        registry_interventions=["Cells", "Saline"],
    )  # fmt: skip
    cells = {
        "references": "7", "conditions": "breast-cancer", "source": "bone-marrow", "doses": "cells 1000000 2000000",
        "routes": "hepatic-artery", "outcome_measures": "survival", "adverse_events": "fever",
        "conflicts_with": "MSC-TR-0004", "countries": "France|Italy", "registry_conditions": "Mammary cancer|Pain",
        "registry_interventions": "Cells|Saline",
    }  # fmt: skip

    @classmethod
    def build(cls):
        make.condition("breast-cancer", broader="cancer")
        make.route("hepatic-artery", broader="intra-arterial")
        super().build()

    @classmethod
    def statement(cls, accession, number, provenance):
        first = {
            "conditions": ["breast-cancer"], "source": "bone-marrow", "donor": "autologous",
            "dose_cells_min": 1_000_000, "dose_cells_max": 2_000_000, "number_of_doses": 2, "interval": 1,
            "interval_unit": "week", "routes": ["hepatic-artery"], "outcome": "improved",
            "efficacy": "Better walking.", "outcome_measures": ["survival"], "adverse_events": ["fever"],
            "title": "A title", "status": "COMPLETED", "phase": "PHASE2", "enrolment": 40,
            "start_date": "2010-05-01", "completion_date": "2012-06-30", "countries": ["France", "Italy"],
            "sponsor": "A hospital", "official_title": "A longer title", "study_type": "INTERVENTIONAL",
            "first_posted": "2009-12-31", "last_updated": "2013-01-02",
            "registry_conditions": ["Mammary cancer", "Pain"], "registry_interventions": ["Cells", "Saline"],
        }  # fmt: skip
        make.trial(accession, **provenance, **{
            1: first | {"registry_id": "NCT00000011"},
            2: {"conditions": ["cancer"], "source": "skin", "donor": "allogeneic",
                "dose_cells_per_kg_min": 1_000_000, "dose_cells_per_kg_max": 1_000_000, "routes": ["intra-arterial"],
                "outcome": "mixed", "outcome_measures": ["pain"], "adverse_events": ["fever", "nausea"]},
            3: {"registry_id": "NCT00000007", "conditions": ["stroke"], "enrolment": 5, "start_date": "2012-02-01"},
            4: {"registry_id": "NCT00000004", "conditions": ["stroke"], "source": "bone-marrow",
                "donor": "autologous", "dose_cells_min": 5_000_000, "dose_cells_max": 5_000_000,
                "dose_cells_per_kg_min": 200_000, "dose_cells_per_kg_max": 300_000, "routes": ["intravenous"],
                "outcome": "no-effect", "adverse_events": ["rash"], "phase": "PHASE1", "status": "RECRUITING",
                "enrolment": 12, "start_date": "2008-12-31"},
            5: first | {"registry_id": "NCT00000005"},
        }[number])  # fmt: skip

    @classmethod
    def link(cls):
        trials = {number: make.trial(f"MSC-TR-000{number}") for number in (1, 2, 4, 5)}
        make.conflict(trials[1], trials[4], topic="Walking", kind="context-dependent", why="Another dose.")
        make.conflict(trials[2], trials[5], topic="Draft")
        make.registry_record(
            "NCT00000005", status="COMPLETED", phase="PHASE2", enrolment=40, start_date="2010-05-01"
        )
        make.registry_record(
            "NCT00000006", title="Cells in hearts", status="RECRUITING", phase="PHASE3", enrolment=7,
            start_date="2013-01-01",
        )  # fmt: skip
        make.registry_record("NCT00000008")

    @classmethod
    def named(cls, rows):
        return [f"NCT0000000{row[1]}" if row.startswith("r") else row for row in super().named(rows)]

    @staticmethod
    def ident(row):
        return row["accession"] or row["registry_id"]

    def test_a_page_goes_on_from_trials_to_records(self):
        rows = get("trials/?page_size=3&page=2").json()["results"]
        assert [self.ident(row) for row in rows] == ["MSC-TR-0004", "NCT00000005", "NCT00000006"]
        assert [(row["kind"], row["curated"]) for row in rows] == [("trial", True)] + [
            ("trial-record", False)
        ] * 2
        assert [self.ident(row) for row in get("trials/?page_size=6&page=2").json()["results"]] == [
            "NCT00000008"
        ]

    def test_the_detail_is_the_listed_row(self):
        """And with it the versions of the registry's record, of which none was imported here."""
        assert Client().get(self.row["api_url"]).json() == self.row | {"versions": []}

    def test_a_registry_id_is_an_address_too(self):
        assert get("trials/NCT00000011/").json() == self.row | {"versions": []}

    def test_both_doses_of_a_trial_are_given_the_absolute_one_first(self):
        trial = get("trials/MSC-TR-0004/").json()
        assert trial["doses"] == [
            {"unit": "cells", "min": 5_000_000, "max": 5_000_000},
            {"unit": "cells/kg", "min": 200_000, "max": 300_000},
        ]
        assert (trial["dose_cells_per_kg_min"], trial["dose_cells_per_kg_max"]) == (200_000, 300_000)


class TestRegistryRecords:
    """What a registry says of a trial is linked by the registry id, whichever of the two is written first."""

    def test_a_record_is_linked_when_either_side_is_written(self, world):
        make.trial("MSC-TR-0001", registry_id="NCT00000001")
        first = make.registry_record("NCT00000001", status="COMPLETED")
        second = make.registry_record("NCT00000002", status="RECRUITING")
        trial = make.trial("MSC-TR-0002", registry_id="NCT00000002")
        assert get("trials/MSC-TR-0001/").json()["status"] == first.status
        assert get("trials/MSC-TR-0002/").json()["status"] == second.status
        trial.registry_id = "NCT00000003"
        trial.save()
        assert get("trials/MSC-TR-0002/").json()["status"] == ""

    def test_a_record_is_no_statement(self, world, slugs):
        make.release()
        make.trial("MSC-TR-0001", registry_id="NCT00000001")
        make.registry_record("NCT00000002")
        assert slugs("statements/") == slugs("trials/", curated="true") == {"MSC-TR-0001"}


class TestTrialConflicts(ResourceTests):
    prefix = "trial-conflicts"
    filters = {
        "kind=unresolved": "Death Walking", "kind=unresolved,context-dependent": "Death Pain Speech Walking",
        "kind=!unresolved": "Pain Speech",
        "condition=breast-cancer": "Walking", "condition=cancer": "Speech Walking",
        "condition=breast-cancer,stroke": "Death Pain Walking", "condition=!cancer": "Death Pain",
        "condition=all:cancer,breast-cancer": "Walking",
    }  # fmt: skip
    orders = {
        "": "Death Pain Speech Walking", "ordering=topic": "Death Pain Speech Walking",
        "ordering=-topic": "Walking Speech Pain Death", "ordering=kind": "Pain Speech Death Walking",
        "ordering=-kind": "Death Walking Pain Speech",
    }  # fmt: skip
    facets = {
        "kind": "context-dependent:2 unresolved:2", "kind&condition=breast-cancer": "unresolved:1",
        "condition": "cancer:2 stroke:2 breast-cancer:1",
        "condition&kind=unresolved": "breast-cancer:1 cancer:1 stroke:1",
    }  # fmt: skip
    row = {
        "topic": "Walking", "kind": "unresolved", "why": "Only in the dark.",
        "trial": {"accession": "MSC-TR-0001", "text": "What MSC-TR-0001 says."},
        "other": {"accession": "MSC-TR-0002", "text": "What MSC-TR-0002 says."},
    }  # fmt: skip
    cells = {"trial": "MSC-TR-0001", "other": "MSC-TR-0002"}

    @staticmethod
    def build():
        make.condition("breast-cancer", broader="cancer")
        of = {
            1: "breast-cancer",
            2: "breast-cancer",
            3: "stroke",
            4: "stroke",
            5: "cancer",
            6: "cancer",
            7: "stroke",
        }
        trials = {
            number: make.trial(f"MSC-TR-000{number}", conditions=[condition], draft=number == 7)
            for number, condition in of.items()
        }
        make.conflict(trials[1], trials[2], topic="Walking", why="Only in the dark.")
        make.conflict(trials[3], trials[4], topic="Death")
        make.conflict(trials[3], trials[7], topic="Draft")
        make.conflict(trials[5], trials[6], topic="Speech", kind="context-dependent")
        make.conflict(
            trials[4], make.trial("MSC-TR-0008", conditions=["stroke"]), "context-dependent", "Pain"
        )
