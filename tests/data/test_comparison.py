"""How the review's sources stand to each other, cell by cell as a reader of its statements says it."""

from collections import Counter
from functools import cache
from itertools import combinations

import pytest

from catalog.models import SourceTrait, TissueSource
from compare.comparison import Comparison
from core.statements import model_of

# Aspect, one source, the other, state; then what is said of the one and of the other, and the statements behind.
# A relation is written as it stands in the cell: "lower than bone-marrow".
BM, AT, UC, PL, AM = "bone-marrow", "adipose-tissue", "umbilical-cord", "placenta", "amnion"
ESC, IPSC, PB, DP = (
    "embryonic-stem-cells",
    "induced-pluripotent-stem-cells",
    "peripheral-blood",
    "dental-pulp",
)
TRAITS = [
    # Adipose tissue set against bone marrow, in the review's own words.
    ("yield", AT, BM, "difference", "higher than bone-marrow", "lower than adipose-tissue", "0532"),
    ("immunosuppression", AT, BM, "difference", "higher than bone-marrow", "lower than adipose-tissue", "0533"),
    ("osteogenesis", AT, BM, "difference", "lower than bone-marrow", "higher than adipose-tissue", "0534"),
    ("chondrogenesis", AT, BM, "difference", "lower than bone-marrow", "higher than adipose-tissue", "0535"),
    ("clinical-use", AT, BM, "agreement", "one of the three sources", "one of the three sources", "0519 0520"),
    ("isolation", AT, BM, "not-comparable", "have been isolated", "the conventional tissue", ""),
    ("nomenclature", AT, BM, "not-comparable", "often called adipose-derived", "is considered to mean", ""),
    ("accessibility", AT, BM, "not-reported", "is accessible", "", ""),
    ("procurement-risk", BM, AT, "not-reported", "often painful", "", ""),
    ("donor-dependence", BM, AT, "not-reported", "depends on characteristics of the donor", "", ""),
    ("safety", BM, AT, "not-reported", "confirmed that MSCs from bone marrow are safe", "", ""),
    # Dental pulp: a frequency, which is not the yield of adipose tissue.
    ("colony-forming-cells", DP, BM, "difference", "higher than bone-marrow", "lower than dental-pulp", "0536"),
    ("yield", AT, DP, "not-reported", "higher than bone-marrow", "", ""),
    ("colony-forming-cells", AT, DP, "not-reported", "", "higher than bone-marrow", ""),
    ("accessibility", AT, DP, "not-comparable", "is accessible", "dental surgery is fairly common", ""),
    ("isolation", DP, AT, "agreement", "have been isolated", "have been isolated", "0502 0507"),
    # Tissues of birth, said of amnion, placenta and umbilical cord in one sentence.
    ("expansion", AM, PL, "agreement", "higher", "higher", "0540 0541"),
    ("expansion", AM, UC, "agreement", "higher", "higher", "0540 0542"),
    ("engraftment", PL, UC, "agreement", "higher", "higher", "0544 0545"),
    ("osteogenesis", AM, PL, "agreement", "lower than bone-marrow", "lower than bone-marrow",
     "0546 0547 0548 0549"),
    ("osteogenesis", AM, BM, "difference", "lower than bone-marrow", "higher than amnion", "0546"),
    ("osteogenesis", PL, PB, "difference", "lower than peripheral-blood", "higher than placenta", "0549"),
    ("osteogenesis", UC, BM, "difference", "lower than bone-marrow", "higher than umbilical-cord", "0550"),
    ("osteogenesis", UC, PB, "difference", "lower than peripheral-blood", "higher than umbilical-cord", "0551"),
    ("expansion", AM, BM, "not-reported", "higher", "", ""),
    ("engraftment", AM, BM, "not-comparable", "higher", "lower than induced-pluripotent-stem-cells", ""),
    ("isolation", UC, AM, "not-reported", "have been isolated", "", ""),
    # Both measured by a third.
    ("osteogenesis", AT, UC, "agreement", "lower than bone-marrow", "lower than bone-marrow", "0534 0550"),
    ("osteogenesis", AT, IPSC, "difference", "lower than bone-marrow", "similar to bone-marrow", "0534 0554"),
    ("chondrogenesis", AT, IPSC, "difference", "lower than bone-marrow", "similar to bone-marrow", "0535 0555"),
    ("osteogenesis", PL, IPSC, "difference", "lower than bone-marrow", "similar to bone-marrow", "0548 0554"),
    ("osteogenesis", BM, PB, "agreement", "higher than amnion", "higher than amnion",
     "0546 0547 0548 0549 0550 0551"),
    ("osteogenesis", AT, PB, "not-comparable", "lower than bone-marrow", "higher than amnion", ""),
    ("engraftment", UC, IPSC, "not-comparable", "higher", "higher than bone-marrow", ""),
    # MSCs from pluripotent stem cells.
    ("adipogenesis", IPSC, BM, "agreement", "similar to bone-marrow",
     "similar to induced-pluripotent-stem-cells", "0553"),
    ("osteogenesis", IPSC, BM, "agreement", "similar to bone-marrow",
     "similar to induced-pluripotent-stem-cells", "0554"),
    ("proliferation", ESC, BM, "difference", "higher than bone-marrow", "lower than embryonic-stem-cells", "0556"),
    ("proliferation", ESC, IPSC, "agreement", "higher than bone-marrow", "higher than bone-marrow", "0556 0557"),
    ("senescence", ESC, BM, "difference", "lower than bone-marrow", "higher than embryonic-stem-cells", "0562"),
    ("senescence", ESC, IPSC, "agreement", "lower than bone-marrow", "lower than bone-marrow", "0562 0563"),
    ("passages", ESC, IPSC, "agreement", "more than 50 times", "more than 50 times", "0560 0561"),
    ("telomerase", ESC, IPSC, "agreement", "higher", "higher", "0558 0559"),
    ("telomerase", ESC, BM, "not-reported", "higher", "", ""),
    ("immune-privilege", IPSC, BM, "difference", "higher than bone-marrow",
     "lower than induced-pluripotent-stem-cells", "0569"),
    ("survival", IPSC, BM, "difference", "higher than bone-marrow",
     "lower than induced-pluripotent-stem-cells", "0570"),
    ("engraftment", IPSC, BM, "difference", "higher than bone-marrow",
     "lower than induced-pluripotent-stem-cells", "0571"),
    ("allogeneic-use", ESC, BM, "difference", "higher than bone-marrow", "lower than embryonic-stem-cells", "0572"),
    ("allogeneic-use", ESC, IPSC, "agreement", "higher than bone-marrow", "higher than bone-marrow", "0572 0573"),
    ("clinical-use", ESC, IPSC, "agreement", "early stage", "early stage", "0574 0575 0576 0577"),
    ("clinical-use", ESC, BM, "not-comparable", "early stage", "one of the three sources", ""),
    ("clinical-use", UC, AT, "agreement", "one of the three sources", "one of the three sources", "0520 0521"),
    ("safety", IPSC, BM, "not-comparable", "suggests that MSCs", "Several clinical trials", ""),
    ("ethics", ESC, IPSC, "not-reported", "raises ethical issues", "", ""),
    ("marker-profile", "lung", BM, "difference", "different from bone-marrow", "different from lung", "0401"),
    ("marker-profile", "lung", IPSC, "not-comparable", "different from bone-marrow", "similar", ""),
    ("marker-profile", BM, IPSC, "not-comparable", "different from lung", "similar", ""),
    # The list of tissues that MSC-like cells have been isolated from.
    ("isolation", "brain", "gingiva", "agreement", "have been isolated", "have been isolated", "0504 0508"),
    ("isolation", "islets-of-langerhans", "synovium", "agreement", "have been isolated", "have been isolated",
     "0511 0514"),
    ("isolation", "foetal-liver", BM, "not-comparable", "have been isolated", "the conventional tissue", ""),
]  # fmt: skip
OTHERS = [  # section, then the same
    # Markers and differentiation of Table 1, and the one marker of the text.
    ("markers", "cd49d", AT, BM, "difference", "positive", "negative", "ME-0401 ME-0402"),
    ("markers", "cd73", AT, BM, "agreement", "positive", "positive", None),
    ("markers", "stro-1", BM, "synovium", "agreement", "positive", "positive", None),
    ("markers", "cd44", AT, BM, "not-reported", "positive", "", ""),
    ("markers", "cd73", DP, BM, "not-reported", "", "positive", ""),
    ("differentiation", "osteoblast", AT, BM, "agreement", "reported", "reported", "DP-0003 DP-0010"),
    ("differentiation", "chondrocyte", PB, BM, "not-reported", "", "reported", ""),
    ("differentiation", "neuron-like-cell", UC, PL, "agreement", "reported", "reported", "DP-0030 DP-0048"),
    # Trials of Table 2.
    ("trials", "amyotrophic-lateral-sclerosis", BM, AT, "conflict", "improved", "no-effect", "TR-0001 TR-0002 TR-0003"),
    ("trials", "type-2-diabetes", BM, PL, "agreement", "improved", "improved", "TR-0004 TR-0005"),
    ("trials", "stroke", BM, UC, "not-comparable", "no-effect", "safety-only", ""),
    ("trials", "spinal-cord-injury", BM, UC, "not-reported", "mixed", "", ""),
    # The one pair of opposed claims that both name a source names the same one.
    ("disagreements", "mscs-from-ipscs-no-harm-seen-stability-of-the-genome-open", IPSC, BM, "not-reported",
     "had no teratogenic effects", "", ""),
    # How tissues are classed here.
    ("origin", "origin", AT, BM, "agreement", "adult", "adult", ""),
    ("origin", "origin", UC, BM, "difference", "birth-associated", "adult", ""),
]  # fmt: skip
CELLS = [("traits", *row) for row in TRAITS] + OTHERS


@cache
def source(slug):
    return TissueSource.objects.get(slug=slug)


def rows_of(*slugs):
    table = Comparison([source(slug) for slug in slugs])
    return {(section.name, row.name): row for section in table.sections for row in section.rows}


def said_in(cell):
    """All that a cell says: sentences, codes, and relations as "lower than bone-marrow"."""
    joined = {"similar": "similar to", "different": "different from"}
    relations = [
        f"{joined.get(t.relation, f'{t.relation} than')} {t.comparator.slug}" if t.comparator else t.relation
        for t in cell.statements
        if t.relation
    ]
    return [*relations, *(t.value for t in cell.statements), *(t.text for t in cell.statements), cell.value]


def says(cell, words):
    """In full as a relation or code, or within a sentence."""
    return any(words == said or (" " in words and words in said) for said in said_in(cell))


@pytest.mark.parametrize("expected", CELLS, ids=lambda e: " ".join(e[:4]))
def test_two_sources_stand_as_the_review_says(expected):
    section, name, one, other, state, of_one, of_other, statements = expected
    row = rows_of(one, other)[section, name]
    assert row.state == state
    for cell, words in zip(row.cells, (of_one, of_other), strict=True):
        assert cell.listed == bool(words)
        assert not words or says(cell, words), said_in(cell)
    if statements is not None:
        found = [accession for pair in row.pairs for accession in pair.statements]
        assert [a.removeprefix("MSC-").removeprefix("ST-") for a in found] == statements.split()


def test_enough_cells_are_written_down_of_each_state():
    states = [cell[4] for cell in CELLS]
    assert len(CELLS) >= 40
    assert {s: states.count(s) >= 1 for s in set(states)} == dict.fromkeys(
        ["difference", "conflict", "not-comparable", "agreement", "not-reported"], True
    )


@cache
def of_each_pair():
    """(slugs of two, their rows) for each two sources."""
    slugs = TissueSource.objects.order_by("slug").values_list("slug", flat=True)
    return [(two, rows_of(*two)) for two in combinations(slugs, 2)]


TURNED = {"higher": "lower", "lower": "higher", "similar": "similar", "different": "different"}


def reported():
    """{(aspect, slug): what is said of the source, by whom it is measured} as the traits have it, from both sides."""
    found = {}
    for trait in SourceTrait.objects.filter(relation__gt="").select_related("source", "comparator"):
        one, other = trait.source.slug, trait.comparator and trait.comparator.slug
        found.setdefault((trait.aspect, one), set()).add((trait.relation, other))
        if other:
            found.setdefault((trait.aspect, other), set()).add((TURNED[trait.relation], one))
    return found


def test_no_difference_has_the_same_on_both_sides_and_each_direct_comparison_is_one():
    """Over all pairs of sources. `similar` to each other is agreement, any other relation a difference."""
    relations = reported()
    differences = 0
    for (one, other), rows in of_each_pair():
        for (section, name), row in rows.items():
            if section == "traits":
                ours, theirs = (relations.get((name, slug), set()) for slug in (one, other))
                direct = {relation for relation, measure in ours if measure == other}
                if direct:
                    assert row.state == ("agreement" if direct == {"similar"} else "difference"), (
                        name,
                        one,
                        other,
                    )
                elif row.state == "difference":
                    shared = {measure for _, measure in ours} & {measure for _, measure in theirs}
                    assert any(
                        {r for r, m in ours if m == by} != {r for r, m in theirs if m == by} for by in shared
                    ), (name, one, other)
            if row.state == "difference":
                differences += 1
                first, second = row.cells
                assert first.listed
                assert second.listed
                assert first.text != second.text
                assert first.value != second.value or section == "traits"
    assert differences == 1 + 26 + 132  # one marker, traits, classes of origin


def test_what_one_sentence_says_of_several_sources_is_agreement_between_each_two():
    together = {
        "isolation": range(502, 517), "clinical-use": range(519, 522), "expansion": range(540, 543),
        "engraftment": range(543, 546), "passages": range(560, 562), "telomerase": range(558, 560),
        "allogeneic-use": range(572, 574),
    }  # fmt: skip
    for aspect, numbers in together.items():
        traits = SourceTrait.objects.filter(accession__in=[f"MSC-ST-{number:04}" for number in numbers])
        slugs = sorted(traits.values_list("source__slug", flat=True))
        assert len(slugs) == len(numbers)
        for one, other in combinations(slugs, 2):
            assert rows_of(one, other)["traits", aspect].state == "agreement", (aspect, one, other)


def test_no_statement_stands_in_a_cell_of_a_source_that_it_is_not_about():
    """Each is said of the source of its cell: as it stands, or turned round where it was measured by that source."""
    known = {}
    for two, rows in of_each_pair():
        for row in rows.values():
            for slug, cell in zip(two, row.cells, strict=True):
                assert cell.source.slug == slug
                for told in cell.statements:
                    statement = known.setdefault(
                        told.accession, model_of(told.accession).objects.get(accession=told.accession)
                    )
                    if told.value == "as-comparator":
                        assert statement.comparator.slug == slug
                        assert told.relation == TURNED[statement.relation]
                        assert told.comparator == statement.source
                        assert told.text.startswith(told.relation.capitalize())
                        assert told.text != statement.text
                    else:
                        assert statement.source.slug == slug
                        assert told.text == statement.text
                        assert told.relation == getattr(statement, "relation", "")
    # Each statement of four kinds, and two claims that are opposed.
    kinds = Counter(type(statement).kind for statement in known.values())
    assert kinds == {
        "marker-expression": 55, "differentiation": 51, "source-trait": 82, "trial": 13, "claim": 2,
    }  # fmt: skip


@pytest.mark.parametrize("size", [3, 4, 6])
def test_each_two_of_several_sources_stand_as_they_do_alone(size):
    alone = {
        (key, two): (row.state, row.pairs[0].statements) for two, rows in of_each_pair() for key, row in rows.items()
        if row.pairs
    }  # fmt: skip
    slugs = [AT, AM, BM, DP, ESC, IPSC, "islets-of-langerhans", "lung", PB, PL, "synovium", UC]
    for several in list(combinations(slugs, size))[:: 5 * size - 8]:
        for key, row in rows_of(*several).items():
            for pair in row.pairs:
                two = tuple(sorted(pair.slugs))
                assert (pair.state, pair.statements) == alone[key, two], (key, two)
                assert set(pair.statements) <= {t.accession for cell in row.cells for t in cell.statements}
            states = {pair.state for pair in row.pairs}
            if row.state == "difference":
                assert "difference" in states
            elif row.state == "agreement":
                assert states == {"agreement"}
            assert (row.state == "not-reported") == (
                sum(cell.listed for cell in row.cells) < 2 and not row.counted
            )
