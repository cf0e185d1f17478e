"""Trials of the review: Table 2, row by row, and the figures of the text."""

from datetime import date

import pytest

from trials.models import Trial, TrialStatistic

AUTO, NOT = "autologous", "not-stated"
TABLE_2 = [
    ("amyotrophic-lateral-sclerosis", AUTO, "bone-marrow", None, (10**6, 10**6), 2, "intrathecal", "improved",
     "NCT01363401", []),
    ("amyotrophic-lateral-sclerosis", AUTO, "adipose-tissue", (10**7, 10**8), None, None, "intrathecal", "no-effect",
     "NCT01609283", []),
    ("amyotrophic-lateral-sclerosis", AUTO, "bone-marrow", (15 * 10**6,) * 2, None, None, "intrathecal", "mixed",
     "NCT02881489", []),
    ("type-2-diabetes", AUTO, "bone-marrow", None, None, None, "pancreaticoduodenal-artery", "improved", None,
     [119, 120]),
    ("type-2-diabetes", NOT, "placenta", None, (1_350_000,) * 2, 3, "intravenous", "improved", None, [121]),
    ("spinal-cord-injury", AUTO, "bone-marrow", (8 * 10**6,) * 2, None, None, "intrathecal", "improved", None, [122]),
    ("spinal-cord-injury", AUTO, "bone-marrow", (89_700_000,) * 2, None, None, "intra-arterial intravenous",
     "no-effect", None, [123]),
    ("spinal-cord-injury", AUTO, "bone-marrow", (10**6,) * 2, None, None, "intrathecal", "mixed", None, [124]),
    ("spinal-cord-injury", AUTO, "bone-marrow", (700_000, 1_200_000), None, None, "intrathecal", "positive-trend",
     None, [125]),
    ("stroke", AUTO, "bone-marrow", (50 * 10**6, 60 * 10**6), None, None, "intravenous", "no-effect", None, [126]),
    ("stroke", AUTO, "bone-marrow", (45_700_000,) * 2, (854_000,) * 2, 2, "intravenous", "improved", None, [127]),
    ("stroke", NOT, "umbilical-cord", (5 * 10**6, 10**7), None, None, "intraventricular", "safety-only", None, [128]),
]  # fmt: skip


@pytest.mark.parametrize("place", range(12))
def test_each_row_of_table_2_is_structured_as_printed(place):
    condition, donor, source, absolute, per_kg, number, routes, outcome, registry_id, references = TABLE_2[
        place
    ]
    trial = Trial.objects.get(accession=f"MSC-TR-{place + 1:04}")
    assert [c.slug for c in trial.conditions.all()] == [condition]
    assert (trial.donor, trial.source.slug) == (donor, source)
    assert (trial.dose_cells_min, trial.dose_cells_max) == (absolute or (None, None))
    assert (trial.dose_cells_per_kg_min, trial.dose_cells_per_kg_max) == (per_kg or (None, None))
    assert trial.number_of_doses == number
    assert {r.slug for r in trial.routes.all()} == set(routes.split())
    assert (trial.outcome, trial.registry_id) == (outcome, registry_id)
    assert [r.number for r in trial.references.all()] == references
    assert (trial.section.slug, trial.evidence) == ("table-2", "clinical")


def test_intervals_are_as_printed():
    given = Trial.objects.exclude(interval=None).values_list("accession", "interval", "interval_unit")
    assert sorted(given) == [("MSC-TR-0005", 1, "month"), ("MSC-TR-0011", 4, "week")]


def test_adverse_events_stand_where_the_efficacy_column_names_them(slugs):
    both = {"MSC-TR-0004", "MSC-TR-0005"}
    assert slugs("trials/", adverse_event="nausea") == slugs("trials/", adverse_event="vomiting") == both


def test_a_broad_condition_finds_the_narrow(slugs):
    assert slugs("trials/", condition="diabetes") == {"MSC-TR-0004", "MSC-TR-0005"}


def test_a_route_finds_every_trial_given_that_way_and_no_other(slugs):
    assert slugs("trials/", route="intrathecal") == {f"MSC-TR-{n:04}" for n in (1, 2, 3, 6, 8, 9)}
    assert slugs("trials/", route="intra-arterial") == {"MSC-TR-0004", "MSC-TR-0007"}


def test_a_dose_is_compared_in_its_own_unit(slugs):
    assert slugs("trials/", dose_unit="cells/kg") == {f"MSC-TR-{n:04}" for n in (1, 5, 11)}
    assert slugs("trials/", dose_unit="cells", dose_min="4e7") == {f"MSC-TR-{n:04}" for n in (2, 7, 10, 11)}
    assert slugs("trials/", dose_unit="cells", dose_max="1e6") == {"MSC-TR-0008", "MSC-TR-0009"}
    assert slugs("trials/", dose_unit="cells/kg", dose_min="1e6", dose_max="1.1e6") == {"MSC-TR-0001"}
    assert slugs("trials/", dose_unit="!cells") == {f"MSC-TR-{n:04}" for n in (1, 5, 11)}


def test_mixed_results_are_linked(api):
    stroke = api("trials/MSC-TR-0010/")["conflicts_with"]
    assert [row["accession"] for row in stroke] == ["MSC-TR-0011"]
    assert stroke[0]["kind"] in ("unresolved", "context-dependent")
    assert stroke[0]["why"]


def test_the_trial_of_the_text_is_there(api):
    trial = api("trials/NCT02923375/")
    assert trial["accession"] == "MSC-TR-0013"
    assert trial["source"]["slug"] == "induced-pluripotent-stem-cells"
    assert trial["outcome"] == "safety-only"
    assert [row["number"] for row in trial["references"]] == [118]


def test_figures_keep_unit_denominator_and_date():
    figures = {
        (float(s.value), s.value_sign, s.unit): s
        for s in TrialStatistic.objects.filter(section__slug="clinical-application")
    }
    assert {(178.0, "=", "trials"), (16.0, "=", "percent"), (98.0, "=", "publications"), (74.0, "=", "percent"),
            (18.0, "=", "percent"), (40.0, "<", "percent")} <= set(figures)  # fmt: skip
    completed = figures[16.0, "=", "percent"]
    assert (completed.denominator, completed.as_of) == (178, date(2018, 10, 27))
    assert (completed.period_start, completed.period_end) == (2007, 2017)
    assert figures[74.0, "=", "percent"].denominator == 98
    assert "published" in figures[18.0, "=", "percent"].population.lower()
