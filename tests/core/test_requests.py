"""What every request meets: numbers in ranges, orders, errors, request ids, validators, unknown addresses."""

import json

import pytest
from django.db.models import Q
from django.test import Client
from rest_framework.exceptions import ValidationError

from catalog.models import Molecule
from core.querysets import published_along
from core.rest.errors import problem
from core.rest.ordering import asked_columns, missing_last, total_order
from core.rest.pagination import whole_number
from mechanisms.models import Claim
from tests import builders as b
from tests.formats import NO_FORMAT
from trials.models import Trial

pytestmark = pytest.mark.usefixtures("world")


@pytest.mark.parametrize(
    ("text", "number"), [("", 7), ("1", 1), ("100", 100), ("0100", 100), ("000000001", 1)]
)
def test_a_whole_number_in_its_range_is_read(text, number):
    assert whole_number({"n": text}, "n", 7, highest=100) == number
    assert whole_number({}, "n", 7) == 7


@pytest.mark.parametrize("text", ["0", "101", "-1", "+1", "1.0", " 1", "x", "²", "٣", "1" * 10, "0000000001"])
def test_anything_else_is_named_with_the_range(text):
    with pytest.raises(ValidationError) as caught:
        whole_number({"n": text}, "n", 7, highest=100)
    assert caught.value.detail == {"n": [f"'{text}' is not a whole number from 1 to 100."]}


def test_without_a_highest_number_the_lowest_is_named():
    assert whole_number({"n": "999999999"}, "n", 7) == 999_999_999
    with pytest.raises(ValidationError) as caught:
        whole_number({"n": "4"}, "n", 7, lowest=5)
    assert caught.value.detail == {"n": ["'4' is not a whole number of 5 or more."]}


ORDERS = {"name": "name", "place": ("section__order", "accession")}


def test_orders_are_read_as_columns():
    assert asked_columns(["name,-place", " ", "-name"], ORDERS) == [
        ("name", False), ("section__order", True), ("accession", True), ("name", True),
    ]  # fmt: skip
    assert asked_columns([], ORDERS) == []


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ("nam", "Cannot order by 'nam'. Did you mean 'name'?"),
        ("-plac", "Cannot order by '-plac'. Did you mean 'place'?"),
        ("xyz", "Cannot order by 'xyz'. Valid: name, place."),
        ("name,--name", "Cannot order by '--name'. Did you mean 'name'?"),
    ],
)
def test_an_order_that_is_not_there_is_named(asked, message):
    with pytest.raises(ValidationError) as caught:
        asked_columns([asked], ORDERS)
    assert caught.value.detail == {"ordering": [message]}


def test_an_order_is_total_and_puts_the_missing_last():
    assert total_order([], Claim.objects.all(), {}) == [*Claim._meta.ordering, "pk"]
    assert total_order(["-n"], Molecule.objects.all(), {"n": "name"})[0] == "-name"
    assert missing_last(Molecule, "name", False) == "name"
    term = missing_last(Trial, "dose_cells_min", True)
    assert (term.descending, term.nulls_last) == (True, True)
    term = missing_last(Trial, "source__name", False)
    assert (term.descending, term.nulls_last) == (False, True)
    assert missing_last(Trial, "section__title", False) == "section__title"
    assert missing_last(Trial, "efficacy", False).nulls_last is True


@pytest.mark.parametrize(
    ("status", "title"),
    [
        (400, "The request was not understood"), (404, "Not found"), (405, "Method not allowed"),
        (406, "Format not available"), (410, "Retired"), (418, "Error"), (429, "Too many requests"),
        (500, "Something went wrong here"),
    ],
)  # fmt: skip
def test_a_problem_is_titled_by_its_status(status, title):
    assert json.loads(problem(status, "Why.").content) == {
        "type": "about:blank", "title": title, "status": status, "detail": "Why.",
    }  # fmt: skip


def test_what_a_path_crosses_must_be_published():
    assert published_along(Claim, "mediators__slug") == Q()
    assert published_along(Molecule, "claims_as_mediator__mechanism") == Q(
        claims_as_mediator__curation_status="published"
    )
    assert published_along(Claim, "conflicts__kind") == Q(
        conflicts__claim__curation_status="published", conflicts__other__curation_status="published"
    )
    assert published_along(Claim, "conflicts__other__text") == published_along(Claim, "conflicts__kind") & Q(
        conflicts__other__curation_status="published"
    )


def test_a_problem_has_the_standard_shape():
    response = problem(410, "It is gone.", successor="MSC-CL-0002")
    assert response.status_code == 410
    assert response["Content-Type"] == "application/problem+json"
    assert response.content == (
        b'{"type":"about:blank","title":"Retired","status":410,"detail":"It is gone.","successor":"MSC-CL-0002"}'
    )
    assert b'"title":"Error"' in problem(418, "").content


def get(path, status=200, **headers):
    response = Client().get(path, headers=headers)
    assert response.status_code == status, response.content[:300]
    return response


class TestErrors:
    def test_a_bad_parameter_is_listed(self):
        body = get("/api/v1/claims/?sorce=x&pge=2", 400).json()
        assert body == {
            "type": "about:blank", "title": "The request was not understood", "status": 400,
            "detail": " ".join(entry["message"] for entry in body["errors"]), "errors": body["errors"],
        }  # fmt: skip
        assert sorted((entry["parameter"], entry["message"]) for entry in body["errors"]) == [
            ("pge", "There is no parameter 'pge' here. Did you mean 'page'?"),
            ("sorce", "There is no parameter 'sorce' here. Did you mean 'source'?"),
        ]

    def test_a_missing_row_is_named_with_the_nearest(self):
        b.molecule("hgf-like")
        body = get("/api/v1/molecules/hgf-lik/", 404).json()
        assert (body["title"], body["detail"]) == (
            "Not found", "There is no molecule 'hgf-lik'. Did you mean 'hgf-like'?",
        )  # fmt: skip

    def test_a_retired_row_names_its_successor(self):
        b.retired("MSC-CL-0001", successor="MSC-CL-0002")
        b.retired("MSC-CL-0003")
        body = get("/api/v1/claims/MSC-CL-0001/", 410).json()
        assert (body["detail"], body["successor"]) == (
            "MSC-CL-0001 has been retired. Its successor is MSC-CL-0002.", "MSC-CL-0002",
        )  # fmt: skip
        body = get("/api/v1/claims/MSC-CL-0003/", 410).json()
        assert body["detail"] == "MSC-CL-0003 has been retired."
        assert "successor" not in body
        assert "MSC-CL-0002" in get("/claims/MSC-CL-0001/", 410).content.decode()
        get("/claims/MSC-CL-0009/", 404)

    @pytest.mark.parametrize("accession", ["MSC-CL-0001", "msc-cl-0001", "Msc-cL-0001"])
    def test_a_retired_row_is_known_in_any_letter_case(self, accession):
        b.retired("MSC-CL-0001", successor="MSC-CL-0002")
        for path in (f"claims/{accession}/", f"statements/{accession}/", f"resolve/?id={accession}"):
            assert get(f"/api/v1/{path}", 410).json()["successor"] == "MSC-CL-0002"
        for path in (f"claims/{accession}/", f"statements/{accession}/"):
            assert "MSC-CL-0002" in get(f"/{path}", 410).content.decode()

    def test_an_unknown_address_names_the_list_of_resources(self):
        body = get("/api/v1/nothing/", 404).json()
        assert body["detail"] == "There is nothing at /api/v1/nothing/. The list of resources is at /api/v1/."
        get("/api/v1/nothing", 404)
        assert get("/api/v1/claims?q=x", 301)["Location"] == "/api/v1/claims/?q=x"
        assert get("/api/v1/claims", 301)["Location"] == "/api/v1/claims/"
        assert Client().post("/api/v1/claims").status_code == 404

    def test_a_method_that_only_reads_is_named(self):
        response = Client().post("/api/v1/claims/")
        assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, OPTIONS")
        assert response.json()["title"] == "Method not allowed"

    def test_a_null_character_is_refused(self):
        message = "A null character is nothing that can be asked for."
        body = get("/api/v1/claims/?q=a%00b", 400).json()
        assert (body["detail"], body["errors"]) == (message, [{"parameter": "q", "message": message}])
        assert get("/api/v1/claims/?a%00b=x", 400).json()["errors"][0]["parameter"] == "ab"
        assert get("/api/v1/claims/%00/", 400).json()["errors"][0]["parameter"] == "path"
        page = get("/claims/?q=%00", 400)
        assert (page["Content-Type"], page.content.decode()) == ("text/plain", message)

    def test_a_format_that_is_not_there_is_named(self):
        body = get("/api/v1/claims/?format=pdf", 400).json()
        assert body["errors"] == [{"parameter": "format", "message": NO_FORMAT}]


class TestHeaders:
    def test_a_plain_request_id_comes_back_and_any_other_is_replaced(self):
        assert get("/healthz", **{"X-Request-ID": "a.B_9-"})["X-Request-ID"] == "a.B_9-"
        for given in ("", "a b", "x" * 65, "ä"):
            new = get("/healthz", **{"X-Request-ID": given})["X-Request-ID"]
            assert len(new) == 32
            assert new != given
        assert get("/healthz", **{"X-Request-ID": "x" * 64})["X-Request-ID"] == "x" * 64

    def test_the_release_is_named_once_there_is_one(self):
        assert "X-MSCbase-Release" not in get("/api/v1/claims/")
        b.release("2020.01")
        b.release("2020.02")
        assert get("/api/v1/claims/")["X-MSCbase-Release"] == "2020.02"
        assert get("/about/")["X-MSCbase-Release"] == "2020.02"

    def test_an_answer_can_be_asked_for_again_by_its_tag(self):
        first = get("/api/v1/molecules/")
        tag = first["ETag"]
        assert (tag[0], tag[-1], len(tag)) == ('"', '"', 34)
        assert first["Vary"].startswith("Accept")
        assert "no-cache" in first["Cache-Control"]
        again = get("/api/v1/molecules/", 304, **{"If-None-Match": tag})
        assert (again["ETag"], again.content) == (tag, b"")
        assert "no-cache" in again["Cache-Control"]
        b.molecule("hgf")
        assert get("/api/v1/molecules/", **{"If-None-Match": tag})["ETag"] != tag

    @pytest.mark.parametrize(
        ("path", "headers"),
        [
            ("/api/v1/molecules/?q=x", {}),
            ("/api/v1/organisms/", {}),
            ("/api/v1/molecules/", {"Accept": "application/json"}),
            ("/api/v1/molecules/", {"Host": "localhost"}),
        ],
    )
    def test_another_address_or_format_has_another_tag(self, path, headers):
        assert get(path, **headers)["ETag"] != get("/api/v1/molecules/")["ETag"]

    def test_another_version_of_the_software_has_another_tag(self, settings):
        tag = get("/api/v1/molecules/")["ETag"]
        settings.SOFTWARE_VERSION = "another"
        assert get("/api/v1/molecules/")["ETag"] != tag

    def test_errors_and_pages_have_no_tag(self):
        response = get("/api/v1/molecules/nothing/", 404)
        assert "ETag" not in response
        assert response["Cache-Control"] == "no-store"
        assert "ETag" not in get("/about/")
        assert "ETag" not in Client().options("/api/v1/molecules/")
