"""Errors under /api/ as RFC 9457 problem details, never HTML."""

import orjson
from django.http import HttpResponse, HttpResponsePermanentRedirect
from django.urls import resolve, reverse
from rest_framework import exceptions, status
from rest_framework.views import exception_handler

TITLES = {
    400: "The request was not understood",
    404: "Not found",
    405: "Method not allowed",
    406: "Format not available",
    410: "Retired",
    429: "Too many requests",
    500: "Something went wrong here",
}


class Retired(exceptions.APIException):
    """The accession was published once and is no longer."""

    status_code = status.HTTP_410_GONE

    def __init__(self, retired):
        self.retired = retired
        successor = f" Its successor is {retired.successor}." if retired.successor else ""
        super().__init__(f"{retired.accession} has been retired.{successor}")


def problem(code, detail, **extra):
    """An application/problem+json response."""
    body = {
        "type": "about:blank",
        "title": TITLES.get(code, "Error"),
        "status": code,
        "detail": detail,
        **extra,
    }
    return HttpResponse(orjson.dumps(body), status=code, content_type="application/problem+json")


def problem_response(error, context):
    """DRF's exception handler: the same statuses and headers, as problem details.

    A bad parameter is listed under `errors` as {"parameter", "message"}.
    """
    response = exception_handler(error, context)
    if response is None:
        return None
    extra = {}
    if isinstance(error, exceptions.ValidationError) and isinstance(error.detail, dict):
        extra["errors"] = [
            {"parameter": name, "message": str(message)}
            for name, messages in error.detail.items()
            for message in (messages if isinstance(messages, list) else [messages])
        ]
        detail = " ".join(entry["message"] for entry in extra["errors"])
    else:
        detail = str(response.data.get("detail", "") if isinstance(response.data, dict) else response.data[0])
    if isinstance(error, Retired) and error.retired.successor:
        extra["successor"] = error.retired.successor
    answer = problem(response.status_code, detail, **extra)
    for header, value in response.headers.items():
        if header.lower() != "content-type":
            answer[header] = value
    return answer


def api_not_found(request, *args, **kwargs):
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


def is_api(request):
    return request.path_info.startswith("/api/")
