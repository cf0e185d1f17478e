"""Panels laid out as tables: a marker a line, a marker a column, or markers beside the signs Positive and Negative.

Cells are parted by tabs, pipes, semicolons or commas. Each column of signs is a sample of its own; a column of
percentages beside a column of signs is of the same sample. A cell says something of its own marker and of no other.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from core.names import Lookup
from identify.panel.tokens import Token, Tokens
from identify.panel.words import NEGATIVE, POSITIVE, SIGN_OF

DELIMITERS = ("\t", "|", ";", ",", ":")
ANSWERS = {"yes": POSITIVE, "y": POSITIVE, "no": NEGATIVE, "n": NEGATIVE, "none": NEGATIVE}
BITS = {"1": POSITIVE, "0": NEGATIVE}
NOT_TESTED = (
    "nd",
    "n.d.",
    "na",
    "n/a",
    "n.a.",
    "nt",
    "n.t.",
    "not tested",
    "not determined",
    "not done",
    "?",
)
NO_ANSWER = "The cell says that it was not tested."
EMPTY = "The cell is empty."
A_SIGN = {"SIGN", "PERCENT", "OPEN", "FILLER", "EXPRESSION", "EXPRESS", "NOT", *SIGN_OF}
RULE = re.compile(r"[-:|+= \t]*-{3}[-:|+= \t]*")
FIGURES = re.compile(r"[<>≤≥~]?=? ?\d+(?:[.,]\d+)?(?: ?(?:±|-|to) ?\d+(?:[.,]\d+)?)?")
FIGURE = re.compile(r"[<>≤≥~]?=? ?\d+(?:[.,]\d+)?")
ASIDE = ("specification", "acceptance", "criterion", "limit", "isotype", "control")
Known = Lookup[Any]
Rows = list[list[str]]


@dataclass
class Cell:
    """What one sample's column says of one marker: text to be read, or the sign, or the reason why there is none."""

    marker: str
    text: str
    sample: str = ""
    sign: str | None = None
    reason: str = ""


@dataclass
class Table:
    cells: list[Cell] = field(default_factory=list)
    samples: list[str] = field(default_factory=list)


def table_in(text: str, known: Known) -> Table | None:
    """The table that a text is, or None where it is none. Lines of a single cell are its title and its legend."""
    lines = [line for line in text.split("\n") if line.strip() and not RULE.fullmatch(line)]
    for delimiter in DELIMITERS:
        split_lines = [split(line, delimiter) for line in lines]
        rows = [cells for cells in split_lines if len(cells) > 1]
        titles = [line for line, cells in zip(lines, split_lines, strict=True) if len(cells) == 1]
        width = max(map(len, rows), default=0)
        if len(rows) < 2 or len(titles) > 2 or (delimiter in ",:" and any(len(row) != width for row in rows)):
            continue
        rows = [row + [""] * (width - len(row)) for row in rows]
        columns = [list(column) for column in zip(*rows, strict=True)]
        is_of_numbers = any("%" in title for title in titles)
        for grid in (rows, columns):
            if table := by_marker(grid, known, is_of_numbers=is_of_numbers) or by_sign(grid, known):
                return table
    return None


def split(line: str, delimiter: str) -> list[str]:
    if delimiter == "|":
        line = line.strip().removeprefix("|").removesuffix("|")
    return [cell.strip(' "') for cell in line.split(delimiter)]


def by_marker(rows: Rows, known: Known, *, is_of_numbers: bool) -> Table | None:
    """A table whose lines are markers: those of a column of names say what the columns to its right are about."""
    width = len(rows[0])
    of_names = [c for c in range(width) if is_of_markers([row[c] for row in rows], known)]
    of_names = [c for c in of_names if not is_again([(row[c - 1], row[c]) for row in rows if c], known)]
    blocks = [
        Block(rows, start, range(start + 1, end), known, is_of_numbers=is_of_numbers).table()
        for start, end in zip(of_names, [*of_names[1:], width], strict=False)
    ]
    if not blocks or not all(found.cells for found in blocks):
        return None
    samples = [sample for found in blocks for sample in found.samples]
    if len(blocks) > 1 and all(len(found.samples) == 1 for found in blocks):  # the same table, folded in two
        samples = samples[:1]
        for found in blocks:
            for cell in found.cells:
                cell.sample = ""
    return Table([cell for found in blocks for cell in found.cells], list(dict.fromkeys(samples)))


def is_of_markers(cells: list[str], known: Known) -> bool:
    names = [cell for cell in cells if (name := only_name(cell, known)) and name in known]
    return len(names) * 2 >= len([cell for cell in cells if cell]) > 0


def is_again(pairs: list[tuple[str, str]], known: Known) -> bool:
    """Does a column only give other names of the markers in the column before it?"""
    named = [(known.get(only_name(a, known)), known.get(only_name(b, known))) for a, b in pairs]
    both = [(a, b) for a, b in named if a is not None and b is not None]
    return bool(both) and all(a == b for a, b in both)


class Block:
    """A column of markers and the columns to its right, up to the next column of markers."""

    def __init__(self, rows: Rows, names: int, columns: range, known: Known, *, is_of_numbers: bool) -> None:
        self.names, self.known = names, known
        self.body = [row for row in rows if self.is_about_marker(row, rows[0], columns)]
        self.headings = [row for row in rows if row not in self.body]
        said = [c for c in columns if self.says_mostly(c)]
        has_unit = any(row[c].startswith("%") for row in self.body for c in columns)
        self.numbers = {c for c in said if is_of_numbers or has_unit or self.is_headed(c, "%", "percent")}
        self.bits = {c for c in said if c not in self.numbers and all(row[c] in BITS for row in self.body)}
        self.said = self.without_figures(said)

    def is_about_marker(self, row: list[str], first: list[str], columns: range) -> bool:
        """Is a line about a marker, and no heading? Among markers a word that means nothing here is the name of one."""
        has_name, has_cells = bool(only_name(row[self.names], self.known)), any(row[c] for c in columns)
        if not has_cells:
            return has_name
        is_new_name = row is not first and is_word(row[self.names])
        return (has_name or is_new_name) and any(says(row[c]) for c in columns)

    def says_mostly(self, column: int) -> bool:
        """Do most cells of a column say something of their marker?"""
        filled = [row[column] for row in self.body if row[column]]
        return 2 * sum(map(says, filled)) > len(filled)

    def is_headed(self, column: int, *words: str) -> bool:
        return any(word in row[column].lower() for row in self.headings for word in words)

    def title(self, column: int) -> str:
        return next((row[column] for row in self.headings if row[column]), "")

    def without_figures(self, said: list[int]) -> list[int]:
        """The columns that say something of the sample: no other figures, limits or controls, if there are others."""
        rated = self.numbers | self.bits
        figures = [c for c in said if c not in rated and any(FIGURE.fullmatch(row[c]) for row in self.body)]
        limits = [
            c for c in said
            if self.is_headed(c, *ASIDE) or all(row[c][:1] in ("", *"<>≤≥") for row in self.body)
        ]  # fmt: skip
        found = [c for c in said if c not in figures]
        return [c for c in found if c not in limits] or found or said

    def table(self) -> Table:
        signs = [c for c in self.said if c not in self.numbers]
        if len(signs) == 1 and len(self.said) == 2:  # a sign and a number of one sample
            columns = (signs[0], *(set(self.said) - set(signs)))
            return Table([self.cell(row, *columns) for row in self.body], [self.title(signs[0])])
        samples = {c: self.title(c) or f"column {place}" for place, c in enumerate(self.said, 1)}
        named = samples if len(samples) > 1 else dict.fromkeys(samples, "")
        cells = [self.cell(row, c, sample=sample) for row in self.body for c, sample in named.items()]
        return Table(cells, list(samples.values()))

    def cell(self, row: list[str], *columns: int, sample: str = "") -> Cell:
        text, *more = [self.text(row, c) for c in columns]
        text += "".join(f" ({number})" for number in more if number)
        name = only_name(row[self.names], self.known) or row[self.names]
        return cell_of(name, text, sample, is_bit=bool(self.bits & set(columns)))

    def text(self, row: list[str], column: int) -> str:
        """A cell as running text writes it. Of a column of negative cells the number is theirs."""
        is_of_negative = column in self.numbers and self.is_headed(column, "negative")
        is_share = (column in self.numbers or "%" in row[self.names]) and FIGURES.fullmatch(row[column])
        return row[column] + "%" * bool(is_share) + " negative" * is_of_negative


def says(text: str) -> bool:
    return is_sign(text) or bool(FIGURES.fullmatch(text)) or text.lower() in NOT_TESTED


def by_sign(rows: Rows, known: Known) -> Table | None:
    """A table that has a sign in the first cell of each line, and markers in the others."""
    if not all(is_sign(sign) and any(cells) for sign, *cells in rows):
        return None
    listed = [(sign, tokens(cell, known)) for sign, *cells in rows for cell in cells if cell]
    if any({t.kind for t in found} - {"NAME", "COMMA", "SLASH", "AND"} for _, found in listed):
        return None
    return Table([cell_of(t.text, sign) for sign, found in listed for t in found if t.kind == "NAME"], [""])


def cell_of(marker: str, text: str, sample: str = "", *, is_bit: bool = False) -> Cell:
    plain = text.lower()
    if not text or plain in NOT_TESTED:
        return Cell(marker, text, sample, reason=NO_ANSWER if text else EMPTY)
    return Cell(marker, text, sample, sign=ANSWERS.get(plain) or (BITS[plain] if is_bit else None))


def tokens(cell: str, known: Known) -> list[Token]:
    return list(Tokens(cell, known))


def only_name(cell: str, known: Known) -> str:
    """The name of the marker that a cell holds and nothing more, or a blank. CD105 (endoglin) is one name."""
    found = [t for t in tokens(cell, known) if t.kind != "OPEN"]
    return found[0].text if [t.kind for t in found] == ["NAME"] else ""


def is_word(cell: str) -> bool:
    """Is a cell one word that means nothing here? Among markers it is the name of one: nestin."""
    return [t.kind for t in tokens(cell, Lookup({}))] == ["OTHER"]


def is_sign(cell: str) -> bool:
    """Does a cell hold signs, percentages and their words alone?"""
    kinds = {t.kind for t in tokens(f"CD0 {cell}", Lookup({"cd0": 0}))[1:]}
    is_unit = "%" in cell and "PERCENT" not in kinds
    return cell.lower() in ANSWERS or (bool(kinds - {"FILLER", "OPEN"}) and kinds <= A_SIGN and not is_unit)
