"""Documents, sections, references and the statements of every kind in the API."""

from tests import builders as make
from tests.resources import ResourceTests, StatementTests, get, link, statement_row

REVIEW = link("review", "A review")


class TestDocuments(ResourceTests):
    prefix = "documents"
    orders = {
        "": "review late early", "ordering=order": "review late early", "ordering=-order": "early late review",
        "ordering=slug": "early late review", "ordering=-slug": "review late early",
        "ordering=year": "early review late", "ordering=-year": "late review early",
    }  # fmt: skip
    row = {
        "slug": "review", "order": 1, "title": "A review", "authors": "B. Author", "journal": "The Journal",
        "year": 2015, "volume": "77", "pages": "1-20", "doi": "10.1/1", "pmid": "12", "pmcid": "PMC3",
        "url": "http://testserver/documents/review/", "api_url": "http://testserver/api/v1/documents/review/",
    }  # fmt: skip

    @staticmethod
    def build():
        make.document(
            "review", title="A review", authors="B. Author", journal="The Journal", year=2015, volume="77",
            pages="1-20", doi="10.1/1", pmid="12", pmcid="PMC3",
        )  # fmt: skip
        make.document("late", year=2020)
        make.document("early", year=1999)


class TestSections(ResourceTests):
    """They stand in reading order, one document after the other."""

    prefix = "sections"
    filters = {
        "document=review": "results methods deep", "document=report": "report:results",
        "document=review,report": "results methods deep report:results", "document=!review": "report:results",
    }  # fmt: skip
    orders = {
        "": "results methods deep report:results", "ordering=order": "results methods deep report:results",
        "ordering=-order": "report:results deep methods results",
        "ordering=slug": "deep methods results report:results",
        "ordering=-slug": "results report:results methods deep",
    }  # fmt: skip
    facets = {"document": "review:3 report:1", "document&document=report": "review:3 report:1"}
    row = {
        "slug": "deep", "identifier": "deep", "title": "Deep down", "order": 3, "document": REVIEW,
        "parent": "methods",
        "url": "http://testserver/sections/deep/", "api_url": "http://testserver/api/v1/sections/deep/",
    }  # fmt: skip
    cells = {"document": "review"}

    @staticmethod
    def ident(row):
        return row["identifier"]

    def test_a_section_of_another_document_has_an_address_below_it(self):
        row = get("documents/report/sections/results/").json()
        assert row["identifier"] == "report:results"
        assert row["url"] == "http://testserver/documents/report/sections/results/"

    @staticmethod
    def build():
        make.document("review", title="A review")
        make.section("results", order=1)
        methods = make.section("methods", order=2)
        make.section("deep", title="Deep down", order=3, parent=methods)
        make.section("report:results", order=1)


class TestReferences(ResourceTests):
    """A section has the references of its statements of every kind, drafts aside."""

    prefix = "references"
    filters = {
        "document=review": "7 8 9 10", "document=report": "report:7", "document=report,review": "7 8 9 10 report:7",
        "document=!review": "report:7",
        "section=methods": "7", "section=results": "8 9", "section=report:results": "report:7",
        "section=methods,results": "7 8 9", "section=!methods": "8 9 10 report:7",
        "section=all:methods,results": "",
        "q=smith": "7", "q=SMITH stem": "7", "q=journal": "7", "q=10.1000/7": "7", "q=123456": "7", "q=10": "7 10",
        "q=smith nosuchword": "",
    }  # fmt: skip
    orders = {
        "": "7 8 9 10 report:7", "ordering=number": "7 report:7 8 9 10",
        "ordering=-number": "10 9 8 7 report:7",
        "ordering=year": "8 7 9 10 report:7", "ordering=-year": "9 7 8 10 report:7",
    }  # fmt: skip
    facets = {
        "section": "results:2 methods:1 report:results:1", "section&q=smith": "methods:1",
        "document": "review:4 report:1", "document&section=results": "review:2",
    }  # fmt: skip
    row = {
        "number": 7, "identifier": "7", "label": "Smith J 2011", "document": REVIEW, "authors": "Smith J, Jones K",
        "title": "Of stem cells", "journal": "The Journal", "year": 2011, "doi": "10.1000/7", "pmid": "123456",
        "url": "http://testserver/references/7/", "api_url": "http://testserver/api/v1/references/7/",
    }  # fmt: skip
    cells = {"document": "review"}

    @staticmethod
    def ident(row):
        return str(row["identifier"])

    @staticmethod
    def build():
        make.document("review", title="A review")
        make.reference(
            7, authors="Smith J, Jones K", title="Of stem cells", journal="The Journal", year=2011, doi="10.1000/7",
            pmid="123456",
        )  # fmt: skip
        make.reference(8, year=2001)
        make.reference(9, year=2019)
        make.reference(10)
        make.claim("MSC-CL-0001", section="methods", references=[7])
        make.trial("MSC-TR-0001", section="results", references=[8, 9])
        make.claim("MSC-CL-0002", section="methods", references=[10], draft=True)
        make.claim("MSC-CL-0003", section="report:results", references=["report:7"])


class TestStatements(StatementTests):
    """One list of every kind: a claim, a marker expression, a trial, a differentiation, and a draft claim."""

    prefix = "statements"
    accession = "MSC"
    everything = "MSC-CL-0001 MSC-DP-0004 MSC-ME-0002 MSC-TR-0003"
    filters = {
        "kind=claim": "1", "kind=claim,trial": "1 3", "kind=!claim": "2 3 4", "kind=trial&section=methods": "3",
    }  # fmt: skip
    orders = {
        "": "1 4 2 3", "ordering=accession": "1 4 2 3", "ordering=-accession": "3 2 4 1",
        "ordering=kind": "1 4 2 3", "ordering=-kind": "3 2 4 1",
        "ordering=section": "2 1 3 4", "ordering=-section": "4 1 3 2",
        "ordering=evidence": "4 2 1 3", "ordering=-evidence": "3 1 4 2",
        "ordering=-evidence,-accession": "3 1 2 4",
    }  # fmt: skip
    facets = {
        "kind": "claim:1 differentiation:1 marker-expression:1 trial:1", "kind&section=methods": "claim:1 trial:1",
    }  # fmt: skip
    row = statement_row("statements", "MSC-CL-0001", "claim")
    cells = {"references": "7"}

    @classmethod
    def named(cls, rows):
        known = {accession[-1]: accession for accession in cls.everything.split()}
        return [known[row] for row in rows.split()]

    @classmethod
    def statement(cls, accession, number, provenance):
        build, kind = {
            1: (make.claim, "CL"), 2: (make.expression, "ME"), 3: (make.trial, "TR"),
            4: (make.differentiation, "DP"), 5: (make.claim, "CL"),
        }[number]  # fmt: skip
        build(f"MSC-{kind}-000{number}", **provenance)

    @classmethod
    def link(cls):
        make.release()

    def test_a_draft_is_not_there(self):
        assert get("statements/MSC-CL-0005/", status=404)
        assert get("statements/MSC-CL-0001/").json()["kind"] == "claim"
