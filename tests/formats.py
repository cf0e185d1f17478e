"""The formats of the API as they must be, written down by hand: a row each, in the order in which they are offered.

Whatever test is about formats takes them from here. `tests/test_formats.py` fails for a renderer without a row.
"""

import csv
import io
import json
from collections.abc import Callable
from typing import Any, NamedTuple

import openpyxl

Rows = list[dict[str, Any]]


def delimited(delimiter: str) -> Callable[[bytes], Rows]:
    """The rows of a file of lines whose cells are parted by `delimiter`."""
    return lambda body: list(csv.DictReader(io.StringIO(body.decode(), newline=""), delimiter=delimiter))


def page(body: bytes) -> Rows:
    return json.loads(body)["results"]


def lines(body: bytes) -> Rows:
    return [json.loads(line) for line in body.splitlines()]


def workbook(body: bytes) -> Rows:
    head, *rows = openpyxl.load_workbook(io.BytesIO(body)).active.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def as_it_is(value: Any, flat: Any) -> Any:
    return value


def as_text(value: Any, flat: Any) -> Any:
    """Every cell is text, an empty one where there is nothing."""
    if isinstance(flat, bool):
        return "true" if flat else "false"
    return "" if flat is None else str(flat)


def in_workbook(value: Any, flat: Any) -> Any:
    """Numbers are numbers, truth is truth, empty cells are nothing."""
    return None if flat == "" else flat


class Format(NamedTuple):
    """What a format must be, by its name, which is the suffix of the address and the file, and the parameter."""

    label: str  # what links and the guide call it
    content_type: str  # the header; the description names the media type before the semicolon
    opens: bytes  # what the file of `QUESTION` begins with; all of it where that can be told
    rows: Callable[[bytes], Rows]  # the rows of a file
    cell: Callable[
        [Any, Any], Any
    ]  # what a cell of a row holds, of its value in JSON and of that as one text
    flat: bool = True  # holds the whole filtered set

    @property
    def media_type(self) -> str:
        return self.content_type.partition(";")[0]


# Asked in a world of the molecule `tgf`, called `TGF-β, "active"`, with the synonyms `=1+1` and `TGFβ`.
QUESTION = "fields=slug,name,synonyms"
FORMATS = {
    "json": Format(
        "JSON", "application/json",
        '{"count":1,"next":null,"previous":null,"results":'
        '[{"slug":"tgf","name":"TGF-β, \\"active\\"","synonyms":["=1+1","TGFβ"]}]}'.encode(),
        page, as_it_is, flat=False,
    ),
    "csv": Format(
        "CSV", "text/csv; charset=utf-8",
        'slug,name,synonyms\r\ntgf,"TGF-β, ""active""",\'=1+1|TGFβ\r\n'.encode(),
        delimited(","), as_text,
    ),
    "tsv": Format(
        "TSV", "text/tab-separated-values; charset=utf-8",
        'slug\tname\tsynonyms\r\ntgf\t"TGF-β, ""active"""\t\'=1+1|TGFβ\r\n'.encode(),
        delimited("\t"), as_text,
    ),
    "jsonl": Format(
        "JSON Lines", "application/x-ndjson",
        '{"slug":"tgf","name":"TGF-β, \\"active\\"","synonyms":["=1+1","TGFβ"]}\n'.encode(),
        lines, as_it_is,
    ),
    "xlsx": Format(
        "Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        b"PK\x03\x04",
        workbook, in_workbook,
    ),
}  # fmt: skip
FLAT = [name for name, expected in FORMATS.items() if expected.flat]
MEDIA_TYPES = [expected.media_type for expected in FORMATS.values()]
NO_FORMAT = f"There is no format 'pdf'. Valid: {', '.join(FORMATS)}."
