"""Figures of small worlds: the numbers in each cell and where they lead, and when rows count as conflicting."""

import pytest

from tests import builders as make
from tests import example
from tests.reading import read


class TestFiguresOfTheExample:
    @pytest.fixture(scope="class", autouse=True)
    @classmethod
    def built(cls, class_world):
        example.build()

    def test_the_coverage_of_sources_and_conditions(self):
        page = read("/coverage/")
        assert page.rows == [
            "Bone marrow | 2 | 1 | 1≠ | 1≠ | 1", "Skin | 1 | – | – | 1≠ | –", "Amnion | – | – | – | – | –",
            "Stroke ▸ | 1≠ | 1≠ | –",
        ]  # fmt: skip
        assert page.parts("table")[0].head[1:] == ["Markers", "Differentiation", "Claims", "Trials", "Yield"]
        assert {
            "/marker-expressions/?source=bone-marrow", "/differentiations/?source=bone-marrow",
            "/claims/?source=bone-marrow", "/trials/?source=skin", "/source-traits/?source=bone-marrow&aspect=yield",
            "/claims/?condition=stroke&mechanism=angiogenesis",
        } <= set(page.links)  # fmt: skip
        assert "/claims/?source=skin" not in page.links

    def test_the_map_of_mechanisms(self):
        page = read("/mechanisms/")
        tables = page.parts("table")
        assert tables[0].rows == [
            "Preparation | Cells | 1", "Preparation | Exosomes | 1", "Mechanism | Paracrine, in general | 1",
            "Mechanism | Angiogenesis | 1", "Mediators | miR-21 | 1", "Mediators | HGF | 1",
            "Target cells | T cell | 1", "Target cells | No target cell named | 1",
            "Processes | Cell growth | 2 | increases 1 , decreases 1",
        ]  # fmt: skip
        assert sorted(tables[1].rows) == sorted([
            "Cells | Paracrine, in general |  | 1", "Exosomes | Angiogenesis |  | 1",
            "Paracrine, in general | miR-21 |  | 1", "Angiogenesis | HGF |  | 1",
            "miR-21 | No target cell named |  | 1", "HGF | T cell |  | 1", "T cell | Cell growth | increases | 1",
            "No target cell named | Cell growth | decreases | 1",
        ])  # fmt: skip
        assert {
            "/claims/?preparation=exosomes", "/claims/?mediator=mir-21", "/claims/?filled=!targets",
            "/claims/?mechanism=paracrine,!angiogenesis", "/claims/?target=t-cell",
        } <= set(page.links)  # fmt: skip
        assert "2 claims drawn." in page.text

    @pytest.mark.parametrize(
        ("query", "drawn"),
        [("condition=stroke", "1 claim drawn."), ("source=bone-marrow", "1 claim drawn."),
         ("mechanism=paracrine", "2 claims drawn."), ("organism=mouse", "1 claim drawn.")],
    )  # fmt: skip
    def test_the_map_of_a_filter(self, query, drawn):
        assert drawn in read(f"/mechanisms/?{query}").text

    def test_outcomes_and_doses_of_trials(self):
        tables = read("/trials/").parts("table")
        assert tables[1].rows == ["Stroke 2 | 1 | 1", "Lacunar stroke 1 |  | 1"]
        assert tables[1].head[1:] == ["▲ Improved", "○ No effect"]
        assert tables[2].rows == [
            "Stroke | 1 × 10⁶ – 2 × 10⁶ | cells | Improved | MSC-TR-0001",
            "Lacunar stroke | 5 × 10⁵ | cells/kg | No effect | MSC-TR-0002",
        ]
        assert {"/trials/?condition=stroke&outcome=improved", "/trials/?condition=lacunar-stroke"} <= set(
            tables[1].links
        )

    def test_the_trials_of_a_filter(self):
        tables = read("/trials/?source=skin").parts("table")
        assert tables[1].rows == ["Lacunar stroke 1 | 1"]
        assert [row.split(" | ")[0] for row in tables[2].rows] == ["Lacunar stroke"]

    def test_markers_and_differentiation_by_source(self):
        markers, cells = (read("/sources/").part(f"#{ident}") for ident in ("markers", "differentiation"))
        assert markers.rows == ["Bone marrow | ● | ◐", "Skin | −"]
        assert markers.head == ["Source", "CD73", "CD90"]
        assert cells.rows == ["Bone marrow | ●"]
        assert "/marker-expressions/MSC-ME-0002/" in markers.links


def coverage_of(source):
    """{property: number} of one source, with ≠ where rows conflict."""
    table = read("/coverage/").parts("table")[0]
    row = next(row for row in table.rows if row.startswith(source))
    numbers = zip(table.head[1:], row.split(" | ")[1:], strict=True)
    return {name: number for name, number in numbers if number != "–"}


class TestOpposition:
    """When the rows of one cell of the coverage contradict each other, and when they only differ."""

    def test_one_marker_reported_present_and_absent(self, world):
        make.expression("MSC-ME-0001", source="skin", marker="cd73", section="methods")
        make.expression("MSC-ME-0002", source="skin", marker="cd73", section="results", status="negative")
        make.expression("MSC-ME-0003", source="bone-marrow", marker="cd73")
        make.expression("MSC-ME-0004", source="bone-marrow", marker="cd90", status="negative")
        assert coverage_of("Skin") == {"Markers": "2≠"}
        assert coverage_of("Bone marrow") == {"Markers": "2"}

    @pytest.mark.parametrize(
        ("one", "other", "number"),
        [("higher", "lower", "2≠"), ("lower", "higher", "2≠"), ("similar", "different", "2≠"),
         ("higher", "similar", "2"), ("higher", "higher", "2"), ("higher", "", "2")],
    )  # fmt: skip
    def test_two_comparisons_of_one_aspect_with_one_source(self, world, one, other, number):
        make.trait("MSC-ST-0001", source="skin", comparator="amnion", relation=one)
        make.trait("MSC-ST-0002", source="skin", comparator="amnion", relation=other)
        assert coverage_of("Skin") == {"Yield": number}

    def test_comparisons_of_other_aspects_or_with_other_sources_do_not_oppose(self, world):
        make.trait("MSC-ST-0001", source="skin", comparator="amnion", relation="higher")
        make.trait("MSC-ST-0002", source="skin", comparator="bone-marrow", relation="lower")
        make.trait("MSC-ST-0003", source="skin", comparator="amnion", relation="lower", aspect="safety")
        assert coverage_of("Skin") == {"Yield": "2", "Safety": "1"}

    def test_claims_and_trials_that_are_in_conflict(self, world):
        claims = [make.claim(f"MSC-CL-000{n}", source="skin", conditions=["stroke"]) for n in (1, 2, 3)]
        trials = [make.trial(f"MSC-TR-000{n}", source="skin", conditions=["stroke"]) for n in (1, 2)]
        make.conflict(claims[0], claims[1])
        assert coverage_of("Skin") == {"Claims": "3≠", "Trials": "2"}
        make.conflict(*trials)
        assert coverage_of("Skin") == {"Claims": "3≠", "Trials": "2≠"}

    def test_a_conflict_with_a_draft_is_none(self, world):
        make.conflict(make.claim("MSC-CL-0001", source="skin"), make.claim("MSC-CL-0002", draft=True))
        assert coverage_of("Skin") == {"Claims": "1"}

    def test_a_condition_is_opened_to_what_is_narrower(self, world):
        make.condition("lacunar-stroke", broader="stroke")
        make.condition("burn")
        make.claim("MSC-CL-0001", mechanism="paracrine", conditions=["lacunar-stroke"])
        make.claim("MSC-CL-0002", mechanism="paracrine", conditions=["stroke"])
        make.claim("MSC-CL-0003", mechanism="paracrine", conditions=["burn"])
        assert read("/coverage/").parts("table")[1].rows == ["Stroke ▸ | 2", "Burn | 1"]
        assert read("/coverage/?condition=stroke").parts("table")[1].rows[-1] == "Lacunar stroke | 1"
