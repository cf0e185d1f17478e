"""Indications, statistics, routes, adverse events and outcome measures in the API."""

from tests import builders as make
from tests.resources import (
    DESCRIBED,
    DESCRIBED_CELLS,
    ResourceTests,
    StatementTests,
    entity_row,
    link,
    statement_row,
)


class TestIndications(StatementTests):
    prefix = "indications"
    accession = "MSC-IN"
    filters = {
        "condition=breast-cancer": "1", "condition=cancer": "1 2", "condition=breast-cancer,stroke": "1 3",
        "condition=!cancer": "3 4", "condition=all:cancer,breast-cancer": "1",
        "basis=treated": "1 3 4", "basis=studied": "2",
        "basis=treated,studied": "1 2 3 4", "basis=!studied": "1 3 4",
    }  # fmt: skip
    orders = {"ordering=condition": "1 4 2 3", "ordering=-condition": "3 2 4 1"}
    facets = {
        "condition": "cancer:2 breast-cancer:1 burn:1 stroke:1", "condition&basis=studied": "cancer:1",
        "basis": "treated:3 studied:1", "basis&condition=cancer": "studied:1 treated:1",
    }  # fmt: skip
    row = statement_row(
        "indications", "MSC-IN-0001", "indication",
        condition=link("breast-cancer", "Breast cancer"), basis="treated",
    )  # fmt: skip
    cells = {"references": "7", "condition": "breast-cancer"}

    @classmethod
    def build(cls):
        make.condition("breast-cancer", broader="cancer")
        super().build()

    @classmethod
    def statement(cls, accession, number, provenance):
        condition = {1: "breast-cancer", 2: "cancer", 3: "stroke", 4: "burn", 5: "cancer"}[number]
        basis = "studied" if number == 2 else "treated"
        make.indication(accession, condition=condition, basis=basis, **provenance)


class TestStatistics(StatementTests):
    prefix = "trial-statistics"
    accession = "MSC-TS"
    filters = {
        "unit=trials": "2 4", "unit=percent": "1", "unit=percent,publications": "1 3", "unit=!trials": "1 3",
        "source=bone-marrow": "1 4", "source=bone-marrow,skin": "1 2 4", "source=!bone-marrow": "2 3",
        "condition=breast-cancer": "1", "condition=cancer": "1 2", "condition=breast-cancer,stroke": "1 4",
        "condition=!cancer": "3 4", "condition=all:cancer,breast-cancer": "1", "q=share": "1", "q=registered": "1",
    }  # fmt: skip
    orders = {
        "ordering=value": "2 1 4 3", "ordering=-value": "3 4 1 2",
        "ordering=unit": "1 3 2 4", "ordering=-unit": "2 4 3 1",
    }  # fmt: skip
    facets = {
        "unit": "trials:2 percent:1 publications:1", "unit&source=bone-marrow": "percent:1 trials:1",
        "source": "bone-marrow:2 skin:1", "source&unit=percent": "bone-marrow:1",
        "condition": "cancer:2 breast-cancer:1 stroke:1", "condition&unit=trials": "cancer:1 stroke:1",
    }  # fmt: skip
    row = statement_row(
        "trial-statistics", "MSC-TS-0001", "trial-statistic",
        measure="Share in phase 2", value=42.25, value_sign="<", unit="percent", population="registered trials",
        denominator=200, source=link("bone-marrow", "Bone marrow"), condition=link("breast-cancer", "Breast cancer"),
        period_start=2001, period_end=2011, as_of="2012-01-31",
    )  # fmt: skip
    cells = {"references": "7", "source": "bone-marrow", "condition": "breast-cancer"}

    @classmethod
    def build(cls):
        make.condition("breast-cancer", broader="cancer")
        super().build()

    @classmethod
    def statement(cls, accession, number, provenance):
        make.statistic(accession, **provenance, **{
            1: {"measure": "Share in phase 2", "value": "42.25", "value_sign": "<", "unit": "percent",
                "population": "registered trials", "denominator": 200, "source": "bone-marrow",
                "condition": "breast-cancer", "period_start": 2001, "period_end": 2011, "as_of": "2012-01-31"},
            2: {"value": 7, "source": "skin", "condition": "cancer"},
            3: {"value": 100, "unit": "publications"},
            4: {"value": 50, "source": "bone-marrow", "condition": "stroke"},
            5: {"value": 1, "unit": "percent", "source": "bone-marrow", "condition": "cancer"},
        }[number])  # fmt: skip


class TestRoutes(ResourceTests):
    prefix = "administration-routes"
    filters = {
        "q=another": "hepatic-artery", "q=vein": "intravenous", "q=ARTERY into": "hepatic-artery intra-arterial",
        "has=trials": "hepatic-artery intra-arterial", "has=!trials": "intravenous", "has=trials,!trials": "",
        "has=any:trials": "hepatic-artery intra-arterial",
        "section=methods": "hepatic-artery", "section=methods,results": "hepatic-artery",
        "section=all:methods,results": "hepatic-artery",
        "section=!results": "intra-arterial intravenous",
    }  # fmt: skip
    facets = {"has": "trials:2", "section": "methods:1 results:1"}
    orders = {
        "": "hepatic-artery intra-arterial intravenous",
        "ordering=slug": "hepatic-artery intra-arterial intravenous",
        "ordering=-slug": "intravenous intra-arterial hepatic-artery",
        "ordering=name": "intravenous intra-arterial hepatic-artery",
        "ordering=-name": "hepatic-artery intra-arterial intravenous",
    }  # fmt: skip
    row = entity_row(
        "administration-routes", "hepatic-artery", broader=link("intra-arterial", "Into an artery")
    )
    cells = DESCRIBED_CELLS | {"broader": "intra-arterial"}

    @staticmethod
    def build():
        make.route("intra-arterial", name="Into an artery")
        make.route("hepatic-artery", broader="intra-arterial", **DESCRIBED)
        make.route("intravenous", name="By vein")
        make.trial("MSC-TR-0001", routes=["hepatic-artery"], section="methods")
        make.trial("MSC-TR-0002", routes=["hepatic-artery"])
        make.trial("MSC-TR-0003", routes=["intravenous"], draft=True)


class TestAdverseEvents(ResourceTests):
    prefix = "adverse-events"
    filters = {
        "q=another": "fever", "q=feeling": "nausea",
        "has=trials": "fever nausea", "has=!trials": "rash", "has=trials,!trials": "", "has=any:trials": "fever nausea",
        "section=methods": "fever nausea", "section=methods,results": "fever nausea",
        "section=all:methods,results": "fever",
        "section=!results": "nausea rash",
    }  # fmt: skip
    facets = {"has": "trials:2", "section": "methods:2 results:1"}
    orders = {
        "": "fever nausea rash", "ordering=slug": "fever nausea rash", "ordering=-slug": "rash nausea fever",
        "ordering=name": "nausea fever rash", "ordering=-name": "rash fever nausea",
    }  # fmt: skip
    row = entity_row("adverse-events", "fever")
    cells = DESCRIBED_CELLS

    @staticmethod
    def build():
        make.adverse_event("fever", **DESCRIBED)
        make.adverse_event("nausea", name="Feeling sick")
        make.adverse_event("rash", name="Spots")
        make.trial("MSC-TR-0001", adverse_events=["fever", "nausea"], section="methods")
        make.trial("MSC-TR-0002", adverse_events=["fever"])
        make.trial("MSC-TR-0003", adverse_events=["rash"], draft=True)


class TestOutcomeMeasures(ResourceTests):
    prefix = "outcome-measures"
    filters = {
        "q=another": "survival", "q=minutes six": "walk",
        "has=trials": "survival pain", "has=!trials": "walk", "has=trials,!trials": "",
        "has=any:trials": "survival pain",
        "section=methods": "pain survival", "section=methods,results": "pain survival",
        "section=all:methods,results": "survival",
        "section=!results": "pain walk",
    }  # fmt: skip
    facets = {"has": "trials:2", "section": "methods:2 results:1"}
    orders = {
        "": "pain survival walk", "ordering=slug": "pain survival walk", "ordering=-slug": "walk survival pain",
        "ordering=name": "survival walk pain", "ordering=-name": "pain walk survival",
    }  # fmt: skip
    row = entity_row("outcome-measures", "survival")
    cells = DESCRIBED_CELLS

    @staticmethod
    def build():
        make.outcome_measure("survival", **DESCRIBED)
        make.outcome_measure("pain", name="Visual scale")
        make.outcome_measure("walk", name="Six minutes of walking")
        make.trial("MSC-TR-0001", outcome_measures=["survival", "pain"], section="methods")
        make.trial("MSC-TR-0002", outcome_measures=["survival"])
        make.trial("MSC-TR-0003", outcome_measures=["walk"], draft=True)
