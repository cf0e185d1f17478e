"""The generated tables of names, against the entities that have their identifiers."""

import re

import pytest

from core.fixture_files import fixture_root
from core.known_names import KNOWN, OUTSIDE, known_names
from core.models import Entity, Name
from core.names import named, outside
from core.text import key
from search.documents import curated_models

RENEW = "run `manage.py collect_names` (docs/names.md)"
# The vocabularies whose names are collected, for every identifier that they have.
COLLECTED = ("HGNC:", "MGI:", "MESH:", "CL:", "UBERON:", "MONDO:", "NCBITaxon:", "miRBase:MI0")


def table(name):
    text = (fixture_root() / name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines()]


def entities():
    return [row for model in curated_models() if issubclass(model, Entity) for row in model.objects.all()]


def curies(*matches):
    return {xref["curie"] for row in entities() for xref in row.xrefs if xref["match"] in matches}


def idents(text):
    return {(name.model, name.ident) for name in named(text)}


@pytest.mark.parametrize("name", [KNOWN, OUTSIDE])
def test_a_table_is_sorted_as_it_is_looked_up(name):
    firsts = [row[0].encode() for row in table(name)]
    assert firsts == sorted(firsts)


def test_every_identifier_of_these_vocabularies_has_its_names():
    missing = [c for c in sorted(curies("exact")) if c.startswith(COLLECTED) and not known_names(c)]
    assert missing == [], RENEW


def test_no_name_belongs_to_an_identifier_that_no_entity_has():
    assert {row[0] for row in table(KNOWN)} <= curies("exact"), RENEW


def test_every_broader_identifier_is_that_of_an_entity():
    broader = {curie for first, _, more in table(OUTSIDE) if ":" in first for curie in more.split()}
    assert len(broader) > 100
    assert broader <= curies("exact", "close"), RENEW


def test_nothing_outside_is_what_an_entity_is():
    assert {row[0] for row in table(OUTSIDE) if ":" in row[0]}.isdisjoint(curies("exact")), RENEW


def test_keys_outside_are_keys_as_they_are_made_now():
    labels = {row[0]: row[1] for row in table(OUTSIDE) if ":" in row[0]}
    keys = {(row[0], row[1]) for row in table(OUTSIDE) if ":" not in row[0]}
    assert sum((key(label), curie) in keys for curie, label in labels.items()) > 0.9 * len(labels), RENEW
    assert all(re.fullmatch(r"[a-z0-9]{3,}", word) for word, _ in keys)


def test_every_own_name_leads_to_its_own_row_first():
    """No alias corrects one molecule into another."""
    for row in entities():
        own = (row._meta.model_name, row.slug)
        for name in (row.slug, row.name, *row.synonyms):
            found = named(name, type(row))
            assert own in {(other.model, other.ident) for other in found}, (name, own)
            assert all(other.source != Name.Source.ALIAS for other in found), name


def test_no_alias_is_the_own_name_of_another_row():
    own = Name.objects.exclude(source=Name.Source.ALIAS)
    taken = [
        (alias.value, alias.ident)
        for alias in Name.objects.filter(source=Name.Source.ALIAS, key__in=own.order_by().values("key"))
        if own.filter(key=alias.key, source__in=("name", "synonym", "identifier"))
        .exclude(model=alias.model, row_id=alias.row_id)
        .exists()
    ]
    shared = {"inflammation", "senescence"}  # a process and a condition with one identifier
    assert [pair for pair in taken if pair[1] not in shared] == [], RENEW


def test_every_cd_number_that_hgnc_gives_finds_its_molecule():
    found = 0
    for row in entities():
        for xref in row.xrefs:
            if xref["match"] == "exact" and xref["curie"].startswith("HGNC:"):
                for name in known_names(xref["curie"]):
                    if re.fullmatch(r"CD\d+[a-zA-Z]?", name.name):
                        found += 1
                        assert ("molecule", row.slug) in idents(name.name), name
                        assert ("molecule", row.slug) in idents(name.name.replace("CD", "cd-")), name
    assert found >= 50


@pytest.mark.parametrize(
    ("text", "ident"),
    [
        ("CD106", "vcam-1"), ("CD54", "icam-1"), ("CD95", "fas"), ("CD279", "pd-1"), ("CD184", "cxcr4"),
        ("CD61", "integrin-beta-3"), ("CD49e", "integrin-alpha-5"), ("CD178", "fas-l"), ("CD221", "igf-1r"),
        ("CD18", "integrin-beta-2"), ("CD102", "icam-2"), ("TNFSF6", "fas-l"), ("PTK2", "fak"), ("SCYA2", "mcp-1"),
        ("MADR2", "smad2"), ("Muc18", "cd146"), ("fusin", "cxcr4"), ("interleukin 4", "il-4"), ("BSF-1", "il-4"),
        ("microRNA 145", "mir-145"), ("hsa-mir-21", "mir-21"), ("Histiocytes", "macrophage"),
        ("pneumocytes", "alveolar-epithelial-cell"), ("nerve cells", "neuron"), ("Bone Disease", "bone-diseases"),
        ("Apoplexy", "stroke"), ("NIDDM", "type-2-diabetes"), ("Transplant Rejections", "allogeneic-immune-rejection"),
        ("tunica mucosa uteri", "endometrium"), ("Mus musculus", "mouse"), ("tumor stem-cell", "cancer-stem-cell"),
        ("granulocyte", None), ("MET", "c-met"), ("END", "cd105"), ("end", None), ("met", None),
    ],
)  # fmt: skip
def test_names_of_the_field(text, ident):
    assert [name.ident for name in named(text)] == ([ident] if ident else [])


def test_an_alias_of_two_rows_means_both():
    assert idents("MAC-1") == {("molecule", "cd11b"), ("molecule", "integrin-beta-2")}


@pytest.mark.parametrize("text", ["AVP", "ATF2", "MODY", "IPEX", "ARC", "myofibril", "LGALS2", "HC11B", "eN"])
def test_names_that_would_mislead_are_no_aliases(text):
    assert named(text) == []


@pytest.mark.parametrize(
    ("text", "label", "broader"),
    [
        ("osteoarthritis", "Osteoarthritis", {"bone-diseases", "inflammatory-diseases"}),
        ("Parkinson's disease", "Parkinson Disease", {"neurodegenerative-diseases"}),
        ("Alzheimer disease", "Alzheimer Disease", {"neurodegenerative-diseases"}),
        ("hepatitis", "Hepatitis", {"liver-diseases"}),
        ("glioblastoma", "Glioblastoma", {"cancer"}),
        ("astrocytes", "astrocyte", set()),
        ("plasmablast", "plasmablast", {"b-cell"}),
        ("oligodendrocyte", "oligodendrocyte", set()),
        ("hearts", "Heart", set()),
        ("IL-22", "IL22", set()),
        ("CD27", "CD27", set()),
        ("VEGFC", "VEGFC", {"vegf"}),
        ("zebrafish", "Zebrafish", set()),
        ("psoriasis", "Psoriasis", {"immune-disorders", "inflammatory-diseases"}),
        ("atherosclerosis", "Atherosclerosis", {"cardiovascular-diseases"}),
        ("Huntington's disease", "Huntington Disease", {"neurodegenerative-diseases"}),
        ("osteoporosis", "Osteoporosis", {"bone-diseases"}),
        ("heart failure", "Heart Failure", {"cardiovascular-diseases"}),
        ("melanomas", "Melanoma", {"cancer"}),
        ("microglia", "Microglia", set()),
        ("eosinophil", "eosinophil", set()),
        ("podocytes", "podocyte", {"epithelial-cell"}),
        ("EGFR", "EGFR", set()),
        ("SMAD3", "SMAD3", {"smad"}),
        ("HSPA1A", "HSPA1A", {"hsp70"}),
        ("TLR-4", "TLR4", {"tlr"}),
        ("FGF2", "FGF2", {"fgf"}),
        ("ITGA7", "ITGA7", {"integrin"}),
        ("NOTCH1", "NOTCH1", {"notch"}),
        ("rabbit", "Rabbits", set()),
        ("kidneys", "Kidney", set()),
        ("dog", "Dogs", set()),
    ],
)  # fmt: skip
def test_what_is_not_here_is_known_with_what_is_broader(text, label, broader):
    assert named(text) == []
    found = outside(text)
    assert label in [one.label for one in found]
    assert {name.ident for one in found if one.label == label for name in one.broader} == broader
