import csv
import io

import pytest
from django.test import Client

from core.rest.renderers import CSVRenderer, cell, safe_cell
from tests import builders as make


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "true"),
        ({"slug": "hgf", "name": "HGF"}, "hgf"),
        ([{"number": 3, "label": "Reference 3"}, {"number": 4, "label": "Reference 4"}], "3|4"),
        ([{"unit": "cells", "min": 1, "max": 2}], "cells 1 2"),
        ([], ""),
    ],
)
def test_a_flat_cell_holds_the_key_of_what_it_links_to(value, text):
    assert cell(value) == text


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_what_a_spreadsheet_would_run_is_escaped(start):
    assert safe_cell(f"{start}1+1").startswith("'")


def test_numbers_are_not_escaped():
    assert safe_cell(-5) == "-5"


def test_csv_keeps_commas_quotes_and_line_ends():
    rows = [{"a": 'x, "y"\nz', "b": "β"}] * 3
    text = b"".join(CSVRenderer().stream(rows, ["a", "b"])).decode()
    assert list(csv.DictReader(io.StringIO(text, newline=""))) == rows


def test_a_long_list_is_streamed_in_parts():
    parts = list(CSVRenderer().stream(({"a": "x" * 1000} for _ in range(100)), ["a"]))
    assert len(parts) > 3


@pytest.mark.parametrize("text", ["=", "+", "-", "@", "-3", "+4.5", "-1.5e6", ">", "a=b", ""])
def test_signs_and_numbers_are_no_formulas(text):
    assert safe_cell(text) == text


@pytest.mark.parametrize(
    "text", ["=A1", "-CD34", "+cmd|' /C calc'!A0", "@SUM(A1)", "-1-1", "--1", "\t=1", "= 1"]
)
def test_formulas_are_quoted(text):
    assert safe_cell(text) == "'" + text


def flat(path, **parameters):
    response = Client().get(f"/api/v1/{path}", parameters)
    assert response.status_code == 200
    return b"".join(response.streaming_content)


def test_bom_is_there_where_asked():
    for slug in ("skin", "brain"):
        make.source(slug)
    make.expression(marker="cd73")
    for path in ("organisms.csv", "organisms.tsv", "compare.csv", "identify.csv"):
        asked = {"source": "skin,brain"} if path == "compare.csv" else {"positive": "cd73"}
        asked = asked if "organisms" not in path else {}
        plain = flat(path, **asked)
        assert not plain.startswith(b"\xef\xbb\xbf")
        assert flat(path, **asked, bom="1") == b"\xef\xbb\xbf" + plain


@pytest.mark.parametrize(
    ("path", "bom"), [("organisms/", "1"), ("organisms.xlsx", "1"), ("organisms.csv", "yes")]
)
def test_bom_elsewhere_is_named(path, bom):
    response = Client().get(f"/api/v1/{path}", {"bom": bom})
    assert response.status_code == 400
    assert response.json()["errors"][0]["parameter"] == "bom"


def test_doses_in_flat_files_are_unit_lowest_and_highest():
    both = {"dose_cells_min": 45_700_000, "dose_cells_max": 45_700_000}
    make.trial("MSC-TR-0001", dose_cells_per_kg_min=854_000, dose_cells_per_kg_max=854_000, **both)
    make.trial("MSC-TR-0002", dose_cells_min=50_000_000, dose_cells_max=60_000_000)
    rows = csv.DictReader(io.StringIO(flat("trials.csv", fields="accession,doses").decode()))
    assert {row["accession"]: row["doses"] for row in rows} == {
        "MSC-TR-0001": "cells 45700000 45700000|cells/kg 854000 854000",
        "MSC-TR-0002": "cells 50000000 60000000",
    }
