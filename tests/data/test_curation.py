"""What keeps the curated data true: uniqueness, spelling, cross references, ranges, and own words."""

import csv
import re
from collections import defaultdict

import pytest
from django.apps import apps

from core.fixture_files import fixture_files, fixture_root, parse
from core.models import Entity, Statement
from core.models.names import Name
from core.statements import statement_models
from core.text import fold, key
from mechanisms.models import Claim
from tests.test_every_model import MODELS
from tests.worlds import ROOT, SHARED
from trials.models import Trial, TrialStatistic

REVIEW = SHARED / "review"
XREFS = SHARED / "data" / "xrefs.tsv"
RECORDS = [record for path in fixture_files() for record in parse(path)]
ENTITIES = [m for m in apps.get_models() if issubclass(m, Entity) and not m._meta.proxy]


def given_accessions():
    return [record.fields["accession"] for record in RECORDS if issubclass(record.model, Statement)]


def test_an_accession_is_given_once():
    given = given_accessions()
    assert len(given) == len(set(given))


def test_every_accession_ever_given_is_in_the_ledger_and_none_is_lost():
    ledger = (fixture_root() / "accessions.txt").read_text(encoding="utf-8").split()
    assert ledger == sorted(set(ledger))
    retired = {r.fields["accession"] for r in RECORDS if r.model._meta.model_name == "retiredaccession"}
    given = set(given_accessions())
    assert given <= set(ledger), "run `make fix`: new accessions are not in fixtures/accessions.txt"
    assert set(ledger) - given == retired, (
        "an accession that is gone must stand in fixtures/document/retired.yaml"
    )


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m.__name__)
def test_every_model_has_fixtures(model):
    labels = {record.model for record in RECORDS}
    assert model._meta.concrete_model in labels or model._meta.proxy


@pytest.mark.parametrize("model", ENTITIES, ids=lambda m: m.__name__)
def test_nothing_stands_twice_under_two_spellings(model):
    owners = defaultdict(set)
    for row in model.objects.all():
        for word in [row.name, *row.synonyms]:
            owners[key(word)].add(row.slug)
    assert {word: slugs for word, slugs in owners.items() if len(slugs) > 1} == {}


@pytest.mark.parametrize("model", ENTITIES, ids=lambda m: m.__name__)
def test_no_two_entities_share_an_exact_identifier(model):
    owners = defaultdict(set)
    for row in model.objects.all():
        for xref in row.xrefs:
            if xref["match"] == "exact":
                owners[xref["curie"]].add(row.slug)
    assert {curie: slugs for curie, slugs in owners.items() if len(slugs) > 1} == {}


def used_ids(model):
    """Ids of the rows of `model` that some statement or narrower row points to."""
    used = set()
    for relation in model._meta.related_objects:
        if relation.many_to_many:
            through, name = relation.field.remote_field.through, relation.field.m2m_reverse_field_name()
            used |= set(through._base_manager.values_list(f"{name}_id", flat=True))
        else:
            used |= set(relation.related_model._base_manager.values_list(relation.field.attname, flat=True))
    return used


@pytest.mark.parametrize(
    "model", [m for m in ENTITIES if not issubclass(m, Statement)], ids=lambda m: m.__name__
)
def test_every_entity_is_used_or_explained(model):
    unused = model.objects.exclude(pk__in=used_ids(model) - {None})
    assert [row.slug for row in unused if not row.curator_note] == []


@pytest.mark.shared
def test_every_abbreviation_of_the_review_leads_somewhere():
    (path,) = REVIEW.glob("*.txt")
    lines = path.read_text(encoding="utf-8").splitlines()[16:97]
    pairs = [re.split(r"  +", line.strip(), maxsplit=1) for line in lines if "  " in line.strip()]
    assert len(pairs) > 60
    words = set(Name.objects.values_list("key", flat=True))
    organisations = {"ISCT"}  # named as the authority of an identity criterion
    missing = [short for short, _ in pairs if short not in organisations and key(short) not in words]
    assert missing == []


@pytest.mark.shared
def test_every_cross_reference_is_one_that_was_verified():
    matches = {"exact": {"exact", "close"}, "close": {"close"}, "broader": {"broad"}}
    with XREFS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    verified = defaultdict(set)
    for row in rows:
        if row["identifier"]:
            verified[row["identifier"], row["official_label"]] |= matches[row["confidence"]]
    for model in ENTITIES:
        for entity in model.objects.all():
            for xref in entity.xrefs:
                found = verified.get((xref["curie"], xref["label"]))
                assert found, f"{model.__name__} {entity.slug}: {xref} is not in the table"
                assert xref["match"] in found, f"{model.__name__} {entity.slug}: {xref} is matched {found}"


@pytest.mark.parametrize("model", statement_models().values(), ids=lambda m: m.__name__)
def test_statements_are_sentences_of_at_most_300_characters(model):
    for row in model.objects.all():
        assert len(row.text) <= 300, row
        assert row.text[:1].isupper() or row.text[:1].isdigit() or row.text.startswith(("miR", "iPSC")), row
        assert row.text.endswith((".", ".)")), row
        assert "  " not in row.text, row


def shingles(text, length=12):
    words = fold(text).split()
    return {tuple(words[i : i + length]) for i in range(len(words) - length + 1)}


@pytest.mark.shared
def test_no_sentence_is_the_reviews_own():
    (path,) = REVIEW.glob("*.txt")
    review = shingles(re.sub(r"-\n", "", path.read_text(encoding="utf-8")))
    shared = []
    for record in RECORDS:
        for name, value in record.fields.items():
            if isinstance(value, str) and name != "title" and shingles(value) & review:
                shared.append((str(record), name, value))
    assert shared == []


@pytest.mark.shared
def test_every_citation_of_the_review_is_covered_and_none_invented():
    import importlib.util

    spec = importlib.util.spec_from_file_location("coverage_tool", REVIEW.parent / "tools" / "coverage.py")
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    have = set()
    for model in statement_models().values():
        have |= set(model.objects.exclude(references=None).values_list("section__slug", "references__number"))
    wanted = set(tool.pairs())
    assert len(wanted) == 313
    assert have - wanted == set()
    assert wanted - have == set()


def test_numbers_stay_within_the_ranges_of_their_units():
    for trial in Trial.objects.all():
        for dose in trial.doses:
            low, high = {"cells": (10**4, 10**10), "cells/kg": (10**4, 10**8)}[dose.unit]
            assert low <= dose.min <= dose.max <= high, trial
    for statistic in TrialStatistic.objects.all():
        assert statistic.value >= 0
        assert (
            statistic.period_start is None or 1960 <= statistic.period_start <= statistic.period_end <= 2020
        )


def test_british_spelling_in_our_own_words():
    american = re.compile(
        r"\b(tumors?|fetal|ischemi\w*|hematopoie\w*|leukemi\w*|edema|signaling|polariz\w*|characteriz\w*|"
        r"stabiliz\w*|utiliz\w*|mobiliz\w*|color\w*|behavior\w*|center|fiber|modeling|labeled|tunneling)\b",
        re.IGNORECASE,
    )
    for model in statement_models().values():
        for row in model.objects.all():
            assert not american.search(row.text), row


EMPTY_SLOTS = {"mediators": 0.72, "targets": 0.53, "process": 0.03, "all three": 0.02}


def claims_with_empty_slots():
    """({slot: claims in which it is empty}, number of all claims)."""
    claims = list(Claim.objects.prefetch_related("mediators", "targets"))
    empty = {
        "mediators": [c for c in claims if not c.mediators.all()],
        "targets": [c for c in claims if not c.targets.all()],
        "process": [c for c in claims if c.process_id is None],
    }
    in_all = set.intersection(*({c.accession for c in found} for found in empty.values()))
    empty["all three"] = [c for c in empty["process"] if c.accession in in_all]
    return empty, len(claims)


def test_slots_are_filled_and_the_empty_ones_are_listed(capsys):
    """The bounds are what the readings left; a rise means that sentences were encoded without their slots."""
    empty, total = claims_with_empty_slots()
    rows = [f"{slot}\t{c.accession}\t{c.text}\n" for slot, claims in empty.items() for c in claims]
    (ROOT / "var" / "empty-slots.tsv").write_text("".join(rows), encoding="utf-8")
    with capsys.disabled():
        shares = ", ".join(f"{slot} {len(claims) / total:.0%}" for slot, claims in empty.items())
        print(f"\nempty slots of {total} claims: {shares}; listed in var/empty-slots.tsv")  # noqa: T201
    for slot, share in EMPTY_SLOTS.items():
        assert len(empty[slot]) <= share * total, slot


def test_every_claim_without_a_process_is_explained():
    text = (ROOT / "docs" / "empty-slots.md").read_text(encoding="utf-8")
    explained = set(re.findall(r"MSC-CL-\d+", text.split("## No mediator")[0]))
    assert {claim.accession for claim in claims_with_empty_slots()[0]["process"]} == explained


def test_what_two_readings_found_at_the_least():
    on_mechanisms = Claim.objects.filter(section__order__gte=11, section__order__lte=20).count()
    assert on_mechanisms >= 390
    assert sum(model.objects.count() for model in statement_models().values()) >= 1000
