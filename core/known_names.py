"""The names that published files give to what has an identifier: generated, sorted tables beside the fixtures.

`names/known.tsv` has the names of what the knowledge base holds, `names/outside.tsv` those of what it does not.
Both are looked up by bisection in a mapped file: nothing is read before it is asked for, and nothing kept.
"""

import mmap
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from core.fixture_files import fixture_root
from core.text import key

KNOWN, OUTSIDE = "names/known.tsv", "names/outside.tsv"
# Marks a name that is an ordinary word, too, and counts only where it is written as its source writes it.
AS_WRITTEN = "as written"


class KnownName(NamedTuple):
    """A name of what a CURIE identifies: `kind` as "alias symbol", `source` the file that gives it, with version."""

    curie: str
    name: str
    kind: str
    as_written: bool
    source: str


class OutsideName(NamedTuple):
    """What a name means that the knowledge base does not hold.

    `broader` are the CURIEs of the nearest broader things that it does hold.
    """

    curie: str
    label: str
    broader: list[str]


def known_names(curie: str) -> list[KnownName]:
    """The names of what this CURIE identifies, the most official first."""
    path = table(KNOWN)
    return known_names_in(path, path.stat().st_mtime_ns, curie) if path.exists() else []


@lru_cache(maxsize=5_000)
def known_names_in(path: Path, written: int, curie: str) -> list[KnownName]:
    """The same in a file as it was written last: a claim's document asks for those of every molecule in it."""
    return [
        KnownName(curie, name, kind, bool(mark), source) for _, name, kind, mark, source in rows(path, curie)
    ]


def outside_names(text: str) -> list[OutsideName]:
    """What a name, or a CURIE, means outside of the knowledge base; several things where it is ambiguous."""
    text = text.strip()
    named = [curie for _, curie, written in rows(table(OUTSIDE), key(text)) if not written or text.isupper()]
    return [
        OutsideName(curie, label, broader.split())
        for curie in named or [text] * (":" in text)
        for _, label, broader in rows(table(OUTSIDE), curie)
    ]


def table(name: str) -> Path:
    return fixture_root() / name


def rows(path: Path, first: str) -> Iterator[list[str]]:
    """The rows of a sorted table whose first column is this."""
    wanted = first.encode() + b"\t"
    if not first.strip() or not path.exists():
        return
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as text:
        low, high = 0, len(text)  # the first row that is not below what is wanted begins between them
        while low < high:
            start = text.rfind(b"\n", 0, (low + high) // 2) + 1
            end = text.find(b"\n", start) + 1
            if text[start:end] < wanted:
                low = end
            else:
                high = start
        while text[low : low + len(wanted)] == wanted:
            end = text.find(b"\n", low)
            yield text[low:end].decode().split("\t")
            low = end + 1
