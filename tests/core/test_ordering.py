"""Rows without a value stand last in both directions, on every database."""

import pytest
from django.test import Client

from tests import builders as make


@pytest.fixture(scope="module", autouse=True)
def trials(module_world):
    """Four trials, of which each ordering column leaves some without a value."""
    make.trial("MSC-TR-9001", outcome="mixed", dose_cells_min=5, dose_cells_max=5)
    make.trial("MSC-TR-9002", dose_cells_min=9, dose_cells_max=9, registry_id="NCT00000007", enrolment=7)
    make.trial("MSC-TR-9003", outcome="improved", registry_id="NCT00000003", enrolment=3)
    make.trial("MSC-TR-9004")


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
def test_missing_values_stand_last(ordering, expected):
    rows = Client().get("/api/v1/trials/", {"ordering": ordering}).json()["results"]
    assert [int(row["accession"][-1]) for row in rows] == expected
