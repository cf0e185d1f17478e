"""Doses: how they are written, and what is no dose."""

import pytest

from trials.models import Dose
from trials.templatetags.doses import cells, dose


@pytest.mark.parametrize(
    ("number", "text"),
    [(1_350_000, "1.35 × 10⁶"), (10**7, "1 × 10⁷"), (45_700_000, "4.57 × 10⁷"), (None, "")],
)
def test_numbers_of_cells_are_written_as_the_field_does(number, text):
    assert cells(number) == text


def test_a_dose_is_a_value_or_a_range():
    assert dose(Dose("cells", 5 * 10**6, 10**7)) == "5 × 10⁶ – 1 × 10⁷ cells"
    assert dose(Dose("cells/kg", 10**6, 10**6)) == "1 × 10⁶ cells/kg"


@pytest.mark.parametrize("name", ["dose_min", "dose_max"])
@pytest.mark.parametrize("value", ["many", "NaN", "inf", "1e99"])
def test_a_dose_that_is_no_number_is_refused(api, name, value):
    assert api("trials/", expect=400, **{name: value})["errors"][0]["parameter"] == name
