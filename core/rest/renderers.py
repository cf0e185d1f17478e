"""The formats of the API: JSON, and the flat ones that hold the whole filtered set.

A format is a renderer and its place in `FORMATS`, at the end. The settings and everything else take it from there.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

import orjson
import xlsxwriter
from rest_framework.renderers import BaseRenderer

Shown = dict[str, Any]  # a row as the API shows it, by name of the field

LIST_SEPARATOR = "|"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
SIGNED_NUMBER = re.compile(r"[+-][0-9]+(\.[0-9]*)?([eE][+-]?[0-9]+)?")
BYTE_ORDER_MARK = "\ufeff".encode()


class Format(BaseRenderer):
    """A format of the API."""

    label: str  # what people call it
    charset: str | None = None


class JSONRenderer(Format):
    media_type = "application/json"
    format = "json"
    label = "JSON"

    def render(
        self, data: object, accepted_media_type: str | None = None,
        renderer_context: Mapping[str, object] | None = None,
    ) -> bytes:  # fmt: skip
        return b"" if data is None else orjson.dumps(data, default=plain)


def plain(value: object) -> float | str:
    """What JSON has no type for: a decimal is a number, anything else its text."""
    return float(value) if isinstance(value, Decimal) else str(value)


def cell(value: object) -> str:
    """One value as text for a flat format: a link is its key, a list is joined with `|`."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        for name in ("slug", "identifier", "number", "accession", "curie", "name"):
            if name in value:
                return str(value[name])
        return " ".join(cell(part) for part in value.values())
    if isinstance(value, (list, tuple)):
        return LIST_SEPARATOR.join(cell(part) for part in value)
    return str(value)


def safe_cell(value: object) -> str:
    """`cell`, with a quote before what a spreadsheet would run as a formula.

    A lone sign ("=" for equal, "-" for negative) and a signed number are no formulas and stay as they are.

    >>> safe_cell("=1+1"), safe_cell("="), safe_cell("-3.5e6"), safe_cell("-CD34")
    ("'=1+1", '=', '-3.5e6', "'-CD34")
    """
    text = cell(value)
    is_formula = text.startswith(FORMULA_STARTS) and len(text) > 1 and not SIGNED_NUMBER.fullmatch(text)
    return "'" + text if is_formula else text


class ExportRenderer(Format):
    """A format that writes one row after the other: `stream(rows, columns)` yields bytes."""

    render_style = "binary"

    def render(
        self, data: list[Shown] | Shown | None, accepted_media_type: str | None = None,
        renderer_context: Mapping[str, object] | None = None,
    ) -> bytes:  # fmt: skip
        rows = data if isinstance(data, list) else [] if data is None else [data]
        return b"".join(self.stream(rows, list(rows[0]) if rows else []))

    def stream(self, rows: Iterable[Shown], columns: Sequence[str]) -> Iterator[bytes]:
        raise NotImplementedError


class JSONLinesRenderer(ExportRenderer):
    media_type = "application/x-ndjson"
    format = "jsonl"
    label = "JSON Lines"

    def stream(self, rows: Iterable[Shown], columns: Sequence[str]) -> Iterator[bytes]:
        for row in rows:
            yield orjson.dumps(row, default=plain) + b"\n"


class CSVRenderer(ExportRenderer):
    media_type = "text/csv"
    format = "csv"
    label = "CSV"
    charset = "utf-8"
    delimiter = ","

    def stream(self, rows: Iterable[Shown], columns: Sequence[str]) -> Iterator[bytes]:
        buffer = io.StringIO()
        writer = csv.writer(buffer, delimiter=self.delimiter, lineterminator="\r\n")
        writer.writerow(columns)
        for row in rows:
            writer.writerow([safe_cell(row[name]) for name in columns])
            if buffer.tell() > 16_384:
                yield buffer.getvalue().encode()
                buffer.seek(0)
                buffer.truncate()
        yield buffer.getvalue().encode()


class TSVRenderer(CSVRenderer):
    media_type = "text/tab-separated-values"
    format = "tsv"
    label = "TSV"
    delimiter = "\t"


class XLSXRenderer(ExportRenderer):
    media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    format = "xlsx"
    label = "Excel"

    def stream(self, rows: Iterable[Shown], columns: Sequence[str]) -> Iterator[bytes]:
        buffer = io.BytesIO()
        book = xlsxwriter.Workbook(buffer, {"constant_memory": True, "strings_to_formulas": False,
                                            "strings_to_urls": False})  # fmt: skip
        sheet = book.add_worksheet()
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, columns, book.add_format({"bold": True}))
        for place, row in enumerate(rows, start=1):
            values = [
                row[name] if isinstance(row[name], (int, float, Decimal)) else cell(row[name])[:32_767]
                for name in columns
            ]
            sheet.write_row(place, 0, values)
        book.close()
        yield buffer.getvalue()


FORMATS: list[type[Format]] = [JSONRenderer, CSVRenderer, TSVRenderer, JSONLinesRenderer, XLSXRenderer]


def flat_formats() -> list[type[ExportRenderer]]:
    """Those that hold the whole filtered set."""
    return [renderer for renderer in FORMATS if issubclass(renderer, ExportRenderer)]


def marked_formats() -> str:
    """Those that may open with a byte order mark, as a sentence names them: "csv and tsv"."""
    return " and ".join(str(renderer.format) for renderer in FORMATS if issubclass(renderer, CSVRenderer))
