"""Queries as researchers type them, each with the row that must be among the first five results.

`golden_queries.tsv` is written without a look at the ranking. `kind` and `expected` name the rows of which one answers
the query (a slug may be that of several kinds); `why` says what is hard about it, and begins with "question:" where the
query is a whole question, "typo:" where one letter of one word is wrong, "absent:" where the base holds nothing of what
is asked, so that no row is the answer. `name` holds the words of the query that are names or codes, never to be
replaced by others. A query that fails stays in.
"""

import csv
from collections import Counter
from pathlib import Path

import pytest

from core.text import fold
from search.documents import kinds
from search.engine import answer, search
from search.frequencies import current_frequencies
from search.models import SearchDocument
from search.queries import read
from search.scoring import weights_of

PATH = Path(__file__).resolve().parent / "golden_queries.tsv"
with PATH.open(encoding="utf-8", newline="") as file:
    GOLDEN = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
GROUPS = ("question", "typo", "absent")


def group(row):
    """What `why` begins with, if it is one of the groups; "plain" for a few words as they come."""
    return next((name for name in GROUPS if row["why"].startswith(f"{name}:")), "plain")


ANSWERED = [row for row in GOLDEN if group(row) != "absent"]


def first_five(text):
    return [(document.kind, document.ident) for document in search(text).page(1, 5)]


def is_answered(row):
    return any(
        kind in row["kind"].split() and ident in row["expected"].split()
        for kind, ident in first_five(row["query"])
    )


def test_at_least_97_in_100_queries_are_answered_by_the_first_five(capsys):
    missed = [row["query"] for row in ANSWERED if not is_answered(row)]
    recall = 1 - len(missed) / len(ANSWERED)
    with capsys.disabled():
        print(f"\nrecall@5 {recall:.3f} over {len(ANSWERED)} queries; missed: {missed}")  # noqa: T201
    assert recall >= 0.97


def test_what_is_absent_finds_nothing_and_is_said_to_be_absent():
    found = {row["query"]: search(row["query"]) for row in GOLDEN if group(row) == "absent"}
    assert [query for query, answer in found.items() if answer.count or answer.did_you_mean] == []
    assert [query for query, answer in found.items() if not answer.absent] == []


def test_no_name_is_replaced_by_another():
    replaced = []
    for row in GOLDEN:
        answered = fold(search(row["query"]).query.text).split()
        replaced += [name for name in row["name"].split() if not set(fold(name).split()) <= set(answered)]
    assert replaced == []


def test_the_golden_set_is_large_and_asks_for_rows_that_exist():
    counts = Counter(group(row) for row in GOLDEN)
    assert len(GOLDEN) >= 400
    assert counts["question"] >= 100
    assert counts["typo"] >= 60
    assert counts["absent"] >= 40
    assert len({row["query"].casefold() for row in GOLDEN}) == len(GOLDEN)
    known = set(SearchDocument.objects.values_list("kind", "ident"))
    for row in ANSWERED:
        row_kinds, idents = row["kind"].split(), row["expected"].split()
        assert set(row_kinds) <= set(kinds()), row
        for ident in idents:
            assert any((kind, ident) in known for kind in row_kinds), (ident, row)


def test_what_is_absent_has_no_expected_row_and_names_what_is_not_there():
    for row in GOLDEN:
        if group(row) == "absent":
            assert (row["kind"], row["expected"]) == ("", ""), row
            assert row["name"], row


def test_the_names_that_must_stay_are_words_of_the_query():
    assert sum(bool(row["name"]) for row in GOLDEN) >= 80
    for row in GOLDEN:
        assert set(row["name"].split()) <= set(row["query"].replace(",", " ").split()), row


def test_the_golden_set_covers_every_kind_of_row_with_a_page_of_its_own():
    asked = {kind for row in GOLDEN for kind in row["kind"].split()}
    not_in_the_fixtures = {"trial-record"}
    assert set(kinds()) - asked <= {"indication", "section", "reference"} | not_in_the_fixtures


@pytest.mark.parametrize("row", GOLDEN[::4], ids=lambda row: row["query"])
def test_the_index_finds_exactly_the_documents_that_have_the_words(row):
    """What the database finds is what Python says matches, so that both databases find the same."""
    query = read(row["query"], kinds())
    weights = weights_of(query, current_frequencies())
    found = {(document.kind, document.ident) for document in answer(query, weights).documents}
    have = {
        (document.kind, document.ident)
        for document in SearchDocument.objects.all()
        if query.kind in ("", document.kind)
        and all(wanted.found_in(" ".join(columns(document))) for wanted in query.wanted)
    }
    assert found == have


def columns(document):
    return document.name_words, document.other_words, document.text_words, document.link_words
