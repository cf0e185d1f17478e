import csv
import io

import pytest

from core.rest.renderers import CSVRenderer, cell, safe_cell


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
