"""Rows without a value stand last in both directions, on every database."""

import pytest
from django.test import Client

from core.models import Document, Section
from tests.builders import registry_record
from trials.models import Trial


@pytest.fixture
def trials(db):
    """Four trials, of which each ordering column leaves some without a value."""
    Trial.objects.all().delete()
    for enrolment in (3, 7):
        registry_record(f"NCT0000000{enrolment}", enrolment=enrolment)
    document = Document.objects.first()
    section = Section.objects.filter(document=document).first()
    rows = [
        {"outcome": "mixed", "dose_cells_min": 5, "dose_cells_max": 5},
        {"outcome": "", "dose_cells_min": 9, "dose_cells_max": 9, "registry_id": "NCT00000007"},
        {"outcome": "improved", "registry_id": "NCT00000003"},
        {"outcome": ""},
    ]
    for number, row in enumerate(rows, start=1):
        Trial.objects.create(accession=f"MSC-TR-{9000 + number}", text="A trial.", section=section, **row)


@pytest.mark.parametrize(
    ("ordering", "expected"),
    [
        ("dose_cells", [1, 2, 3, 4]),
        ("-dose_cells", [2, 1, 3, 4]),
        ("enrolment", [3, 2, 1, 4]),
        ("-enrolment", [2, 3, 1, 4]),
        ("outcome", [3, 1, 2, 4]),
        ("-outcome", [1, 3, 2, 4]),
        ("-outcome,-dose_cells", [1, 3, 2, 4]),
        ("source", [1, 2, 3, 4]),
    ],
)
def test_missing_values_stand_last(trials, ordering, expected):
    rows = Client().get("/api/v1/trials/", {"ordering": ordering}).json()["results"]
    assert [int(row["accession"][-1]) for row in rows] == expected
