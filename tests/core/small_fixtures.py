"""A fixture folder small enough to be read: one document, three molecules, two claims in conflict."""

from pathlib import Path
from textwrap import dedent

FILES = {
    "document/document.yaml": """
        - model: core.document
          fields: {slug: lee-2021, order: 1, title: A review, authors: A. Lee, journal: A Journal, year: 2021}
        - model: core.section
          fields: {slug: results, document: [lee-2021], title: Results, order: 1}
        - model: core.reference
          fields: {document: [lee-2021], number: 1}
    """,
    "entities/molecules.yaml": """
        # The factors.
        - model: catalog.molecule
          fields:
            slug: hgf
            name: HGF
            kind: protein
            synonyms: [hepatocyte growth factor, scatter factor]
        - model: catalog.molecule
          fields: {slug: vegf, name: VEGF, kind: protein}
        - model: catalog.molecule
          fields: {slug: il-10, name: IL-10, kind: protein}
    """,
    "statements/claims.yaml": """
        - model: mechanisms.claim
          fields:
            accession: MSC-CL-0001
            text: HGF makes vessels grow.
            section: [lee-2021, results]
            references: [[lee-2021, 1]]
            direction: increases
            mediators: [[hgf], [vegf]]
        - model: mechanisms.claim
          fields:
            accession: MSC-CL-0002
            text: HGF does not.
            section: [lee-2021, results]
            direction: no-effect
    """,
    "statements/conflicts.yaml": """
        - model: mechanisms.claimconflict
          fields:
            claim: [MSC-CL-0001]
            other: [MSC-CL-0002]
            kind: unresolved
            topic: Vessels
            why: Nobody knows.
    """,
}

SECOND_CLAIM = """\
- model: mechanisms.claim
  fields:
    accession: MSC-CL-0002
    text: HGF does not.
    section: [lee-2021, results]
    direction: no-effect
"""


class Fixtures:
    """The files in a folder of their own, to be changed by text."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for name, text in FILES.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(dedent(text).lstrip(), encoding="utf-8")

    def replace(self, file: str, old: str, new: str) -> None:
        text = (self.root / file).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        (self.root / file).write_text(text.replace(old, new), encoding="utf-8")

    def remove(self, file: str) -> None:
        (self.root / file).unlink()
