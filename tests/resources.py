"""What one resource of the API answers in a small world, written down: a class a resource, tables of expected rows.

A class names its `prefix`, builds its world in `build`, and says what it expects:

- `filters` {query: rows}, `orders` {query: rows in their order, "" for the order without one},
- `facets` {query: "value:rows …" in their order}, where "kind&source=skin" is the facet `kind` among the rows of skin,
- `row`, every field of its first row, and `cells`, how the links and lists of that row stand in a flat file.

Rows are named by slug, number or topic, statements by the last digit of their accession. `tests/test_resources.py`
fails for a filter, order, facet or field that no class expects anything of.
"""

from urllib.parse import parse_qsl

import pytest
from django.test import Client

from tests import builders
from tests.formats import FLAT, FORMATS


def get(path: str, status: int = 200):
    response = Client().get(f"/api/v1/{path}")
    assert response.status_code == status, response.content[:500]
    return response


def exported(prefix: str, suffix: str, query: str = "") -> list[dict]:
    """The rows of a list in a flat format, each cell as the format gives it."""
    return FORMATS[suffix].rows(b"".join(get(f"{prefix}.{suffix}?{query}").streaming_content))


class ResourceTests:
    prefix = ""
    filters: dict[str, str] = {}
    orders: dict[str, str] = {}
    facets: dict[str, str] = {"": ""}
    row: dict = {}
    cells: dict[str, str] = {}

    @staticmethod
    def build():
        raise NotImplementedError

    @pytest.fixture(scope="class", autouse=True)
    @classmethod
    def built(cls, class_world):
        cls.build()

    def pytest_generate_tests(self, metafunc):
        everything = {"": self.orders[""]}
        for argument, table in {
            "filtered": self.filters or everything,
            "ordered": self.orders,
            "faceted": self.facets,
        }.items():
            if argument in metafunc.fixturenames:
                cases = [pytest.param(case, id=case[0] or "-") for case in table.items()]
                metafunc.parametrize(argument, cases)

    @classmethod
    def named(cls, rows):
        """The identifiers of rows that an expectation names."""
        return rows.split()

    @staticmethod
    def ident(row):
        return str(next(row[name] for name in ("slug", "accession", "number", "topic") if name in row))

    def listed(self, query):
        return [self.ident(row) for row in get(f"{self.prefix}/?{query}").json()["results"]]

    def test_filter(self, filtered):
        query, rows = filtered
        assert sorted(self.listed(query)) == sorted(self.named(rows))

    def test_order(self, ordered):
        query, rows = ordered
        assert self.listed(query) == self.named(rows)

    def test_facet(self, faceted):
        query, values = faceted
        name = query.partition("&")[0]
        found = get(f"{self.prefix}/?facets={query}").json().get("facets", {})
        assert list(found) == name.split()
        assert [f"{v['value']}:{v['count']}" for values in found.values() for v in values] == values.split()

    def test_pages(self):
        rows = self.named(self.orders[""])
        first = get(f"{self.prefix}/?page_size=2").json()
        assert ([self.ident(row) for row in first["results"]], first["count"]) == (rows[:2], len(rows))
        assert first["previous"] is None
        second = Client().get(first["next"]).json()
        assert [self.ident(row) for row in second["results"]] == rows[2:4]
        assert (second["next"] is None) == (len(rows) < 5)

    def first_of(self, rows):
        return next(row for row in rows if self.ident(row) == self.ident(self.row))

    def test_every_field_of_a_listed_row(self):
        assert self.first_of(get(f"{self.prefix}/").json()["results"]) == self.row

    def test_the_detail_is_the_listed_row(self):
        if "api_url" in self.row:
            assert Client().get(self.row["api_url"]).json() == self.row

    @pytest.mark.parametrize("suffix", FLAT)
    def test_every_cell_of_an_export(self, suffix):
        rows = exported(self.prefix, suffix)
        assert [self.ident(row) for row in rows] == self.named(self.orders[""])
        cell = FORMATS[suffix].cell
        assert self.first_of(rows) == {name: cell(value, self.flat(name)) for name, value in self.row.items()}

    def flat(self, name):
        """A value of the row as one text, number or truth."""
        value = self.cells.get(name, self.row[name])
        assert not isinstance(value, (list, dict)), f"say in `cells` how {name} stands in a flat file"
        return value


# How the statements 1 to 4 and the draft 5 of every world are referenced. The draft is like the first in all.
PROVENANCE = {
    1: {"section": "methods", "references": [7], "evidence": "clinical", "curator_note": "A note."},
    2: {"section": "introduction", "references": [7, 8], "evidence": "animal"},
    3: {"section": "methods", "references": [], "evidence": "not-stated"},
    4: {"section": "report:results", "references": ["report:8"], "evidence": "animal"},
    5: {"section": "methods", "references": [7], "evidence": "clinical", "draft": True},
}


class StatementTests(ResourceTests):
    """Four statements and a draft, with what every kind of statement is filtered and ordered by.

    The fourth is of a second document, whose section and reference have the names of others of the first.
    """

    accession = "MSC-XX"
    provenance_filters = {
        "document=review": "1 2 3", "document=report": "4", "document=review,report": "1 2 3 4",
        "document=!review": "4",
        "section=methods": "1 3", "section=introduction,report:results": "2 4", "section=!methods": "2 4",
        "section=results": "",
        "reference=7": "1 2", "reference=8": "2", "reference=7,report:8": "1 2 4", "reference=!7": "3 4",
        "reference=all:7,8": "2",
        "evidence=animal": "2 4", "evidence=animal,clinical": "1 2 4", "evidence=!animal": "1 3",
        "section=methods&evidence=clinical": "1", "q=0002": "2", "q=says 0001": "1", "q=note": "1",
        "q=says nosuchword": "",
    }  # fmt: skip
    provenance_orders = {
        "": "1 2 3 4", "ordering=accession": "1 2 3 4", "ordering=-accession": "4 3 2 1",
        "ordering=section": "2 1 3 4", "ordering=-section": "4 1 3 2",
        "ordering=evidence": "2 4 1 3", "ordering=-evidence": "3 1 2 4",
        "ordering=-evidence,-accession": "3 1 4 2",
    }  # fmt: skip
    provenance_facets = {
        "document": "review:3 report:1", "document&evidence=animal": "report:1 review:1",
        "section": "methods:2 introduction:1 report:results:1", "reference": "7:2 8:1 report:8:1",
        "evidence": "animal:2 clinical:1 not-stated:1", "evidence&section=methods": "clinical:1 not-stated:1",
        "section&section=methods": "methods:2 introduction:1 report:results:1",
    }  # fmt: skip

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        for name in ("filters", "orders", "facets"):
            setattr(cls, name, getattr(cls, f"provenance_{name}") | getattr(cls, name))

    @classmethod
    def build(cls):
        for slug in ("introduction", "methods", "results", "report:results"):
            builders.section(slug)
        for number, provenance in PROVENANCE.items():
            cls.statement(f"{cls.accession}-000{number}", number, provenance)
        cls.link()

    @classmethod
    def statement(cls, accession, number, provenance):
        """Builds the statement of this number."""
        raise NotImplementedError

    @classmethod
    def link(cls):
        """Builds what stands between the statements, once they are there."""

    @classmethod
    def named(cls, rows):
        return [
            f"{cls.accession}-000{row}" if row.isdigit() and len(row) == 1 else row for row in rows.split()
        ]

    def test_a_draft_is_not_there(self):
        assert get(f"{self.prefix}/{self.accession}-0005/", status=404)


def expected_rows(query: str) -> dict[str, list[str]]:
    """{parameter: values} of a query of a table."""
    found: dict[str, list[str]] = {}
    for name, value in parse_qsl(query):
        found.setdefault(name, []).append(value)
    return found


def statement_row(path: str, accession: str, kind: str, **fields) -> dict:
    """The first statement of a world as the API gives it, with the `fields` that its kind adds."""
    return {
        "accession": accession,
        "kind": kind,
        "text": f"What {accession} says.",
        "section": "methods",
        "document": "review",
        "references": [{"number": 7, "label": "Reference 7", "identifier": "7"}],
        "evidence": "clinical",
        "curator_note": "A note.",
        **fields,
        "url": f"http://testserver/{path}/{accession}/",
        "api_url": f"http://testserver/api/v1/{path}/{accession}/",
    }


def entity_row(path: str, slug: str, **fields) -> dict:
    """An entity as the API gives it, with all that `DESCRIBED` says of it and the `fields` of its kind."""
    return {
        "slug": slug,
        **DESCRIBED,
        "xrefs_match": ["exact", "broad"],
        "other_names": [],
        **fields,
        "url": f"http://testserver/{path}/{slug}/",
        "api_url": f"http://testserver/api/v1/{path}/{slug}/",
    }


def link(slug: str, name: str) -> dict:
    return {"slug": slug, "name": name}


DESCRIBED = {
    "name": "Quite another name",
    "synonyms": ["First synonym", "Second"],
    "xrefs": [
        {"curie": "X:1", "label": "one", "match": "exact"},
        {"curie": "Y:2", "label": "two", "match": "broad"},
    ],
    "curator_note": "A note.",
}
DESCRIBED_CELLS = {
    "synonyms": "First synonym|Second",
    "xrefs": "X:1|Y:2",
    "xrefs_match": "exact|broad",
    "other_names": "",
}
