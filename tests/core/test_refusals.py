"""What is said of a value that is none: the same on a page and in the API, and of a field that holds none."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils.html import escape

from core.models.entities import validate_synonyms, validate_xrefs
from tests import builders as make


@pytest.fixture(scope="module", autouse=True)
def built(module_world):
    make.claim("MSC-CL-0001", mediators=["hgf"], section="methods", references=[7, 8])
    make.trial("MSC-TR-0001", registry_id="NCT00000007")


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("claims/?mediator=zzz", "There is no molecule 'zzz'."),
        ("claims/?mediator=hgg", "There is no molecule 'hgg'."),
        ("claims/?mediator=hgff", "There is no molecule 'hgff'. Did you mean 'hgf'?"),
        (
            "claims/?direction=zzz",
            (
                "'zzz' is not a value of direction. Valid:"
                " increases, decreases, no-effect, modulates, mediates, requires, associated."
            ),
        ),
        ("claims/?direction=increased", "'increased' is not a value of direction. Did you mean 'increases'?"),
        ("claims/?conflicting=maybe", "'maybe' is neither true nor false."),
        ("claims/?section=metods", "There is no section 'metods'. Did you mean 'methods'?"),
        ("claims/?reference=99", "'99' is not a value of reference. References are numbered 7 to 8."),
        (
            "trials/?registry_id=NCT00000008",
            "There is no registry id 'NCT00000008'. Did you mean 'NCT00000007'?",
        ),
        ("trials/?registry_id=zzz", "There is no registry id 'zzz'."),
        ("trials/?dose_min=many", "'many' is not a number such as 1000000 or 1e6."),
        (
            "trials/?dose_min=1000000000000000001",
            "'1000000000000000001' is not a number such as 1000000 or 1e6.",
        ),
        ("trials/?dose_max=-2e18", "'-2e18' is not a number such as 1000000 or 1e6."),
        ("trials/?year_min=then", "'then' is not a year from 1900 to 2100."),
        ("trials/?dose_unit=zells", "'zells' is not a value of dose_unit. Did you mean 'cells'?"),
    ],
)
def test_a_value_that_is_none_is_named_with_the_nearest(query, message):
    answer = Client().get(f"/api/v1/{query}")
    assert answer.status_code == 400
    assert [error["message"] for error in answer.json()["errors"]] == [message]
    page = Client().get(f"/{query}")
    assert page.status_code == 400
    assert escape(message) in page.content.decode()


@pytest.mark.parametrize("synonyms", [None, "NT5E", {"NT5E": 1}, [""], ["  "], ["NT5E", 5], ["NT5E", "NT5E"]])
def test_synonyms_are_a_list_of_different_names(synonyms):
    with pytest.raises(ValidationError):
        validate_synonyms(synonyms)
    validate_synonyms([])
    validate_synonyms(["NT5E", "nt5e"])


XREF = {"curie": "HGNC:1", "label": "One", "match": "exact"}


@pytest.mark.parametrize(
    ("xrefs", "problem"),
    [
        (None, "must be a list"), (XREF, "must be a list"), (["HGNC:1"], "exactly the keys"),
        ([{"curie": "HGNC:1", "label": "One"}], "exactly the keys"), ([XREF | {"more": "x"}], "exactly the keys"),
        ([XREF | {"label": ""}], "non-empty"), ([XREF | {"label": 1}], "non-empty"),
        ([XREF | {"curie": "HGNC1"}], "is not a CURIE"), ([XREF | {"match": "near"}], "not one of exact, close, broad"),
        ([XREF, XREF | {"match": ""}], "non-empty"),
    ],
)  # fmt: skip
def test_a_cross_reference_has_curie_label_and_match(xrefs, problem):
    with pytest.raises(ValidationError, match=problem):
        validate_xrefs(xrefs)


def test_cross_references_of_every_match_are_accepted():
    validate_xrefs([XREF | {"match": match} for match in ("exact", "close", "broad")])
    validate_xrefs([])
