"""Errors under /api/ as RFC 9457 problem details, never HTML."""

from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import resolve, reverse
from rest_framework import exceptions, serializers, status
from rest_framework.request import Request
from rest_framework.views import exception_handler

from core.models import RetiredAccession
from core.rest.resolved import MeaningSerializer, NotHere
from core.rest.serializers import ReadSerializer

TITLES = {
    400: "The request was not understood",
    404: "Not found",
    405: "Method not allowed",
    406: "Format not available",
    410: "Retired",
    429: "Too many requests",
    500: "Something went wrong here",
}


PROBLEM_TYPE = "application/problem+json"


class Retired(exceptions.APIException):
    """The accession was published once and is no longer."""

    status_code = status.HTTP_410_GONE

    def __init__(self, retired: RetiredAccession) -> None:
        self.retired = retired
        successor = f" Its successor is {retired.successor}." if retired.successor else ""
        super().__init__(f"{retired.accession} has been retired.{successor}")


class ParameterProblemSerializer(ReadSerializer):
    """What is wrong with one parameter."""

    parameter = serializers.CharField()
    message = serializers.CharField()


class ProblemSerializer(ReadSerializer):
    """Problem details of RFC 9457."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    errors = ParameterProblemSerializer(many=True, required=False)  # type: ignore[assignment]  # a field
    not_here = MeaningSerializer(many=True, required=False)
    successor = serializers.CharField(required=False, help_text="The accession that replaces a retired one.")
    request_id = serializers.CharField(required=False, help_text="What the log names the failed request.")

    def to_representation(self, row: dict[str, Any]) -> dict[str, Any]:
        return {name: get(row) for name, get in self.getters.items() if name in row}


def problem(code: int, detail: str, request: Request | None = None, **extra: Any) -> HttpResponse:
    """An application/problem+json response."""
    said = {
        "type": "about:blank",
        "title": TITLES.get(code, "Error"),
        "status": code,
        "detail": detail,
        **extra,
    }
    body = orjson.dumps(ProblemSerializer(context={"request": request}).to_representation(said))
    return HttpResponse(body, status=code, content_type=PROBLEM_TYPE)


def problem_response(error: Exception, context: dict[str, Any]) -> HttpResponse | None:
    """DRF's exception handler: the same statuses and headers, as problem details.

    A bad parameter is listed under `errors` as {"parameter", "message"}.
    """
    response = exception_handler(error, context)
    if response is None:
        return None
    extra: dict[str, Any] = {}
    if isinstance(error, exceptions.ValidationError) and isinstance(error.detail, dict):
        extra["errors"] = [
            {"parameter": name, "message": str(message)}
            for name, messages in error.detail.items()
            for message in (messages if isinstance(messages, list) else [messages])
        ]
        detail = " ".join(entry["message"] for entry in extra["errors"])
    else:
        detail = str(response.data.get("detail", "") if isinstance(response.data, dict) else response.data[0])
    if isinstance(error, NotHere):
        extra["not_here"] = error.meant
    if isinstance(error, Retired) and error.retired.successor:
        extra["successor"] = error.retired.successor
    answer = problem(response.status_code, detail, context.get("request"), **extra)
    for header, value in response.headers.items():
        if header.lower() != "content-type":
            answer[header] = value
    return answer


def api_not_found(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """A missing slash leads on; anything else is a 404."""
    path = request.path
    if (
        not path.endswith("/")
        and resolve(f"{request.path_info}/").func is not api_not_found
        and request.method in ("GET", "HEAD")
    ):
        query = request.META.get("QUERY_STRING")
        return HttpResponsePermanentRedirect(f"{path}/" + (f"?{query}" if query else ""))
    return problem(
        404, f"There is nothing at {request.path}. The list of resources is at {reverse('api-root')}."
    )


def is_api(request: HttpRequest) -> bool:
    return request.path_info.startswith("/api/")
