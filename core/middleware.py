"""What every response carries: a request id, the release, and validators for caches."""

import hashlib
import re
import uuid
from collections.abc import Callable
from urllib.parse import unquote_plus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseNotModified

from core.content import current_state
from core.models import Release
from core.rest.errors import is_api, problem

TRACKING = re.compile(r"^(utm_\w+|_|fbclid|gclid|msclkid)$")
REQUEST_ID = re.compile(r"^[A-Za-z0-9._-]{1,64}$")


class Request(HttpRequest):
    """A request with what is added to it here."""

    id: str
    release: Release | None
    number_of_documents: int


View = Callable[[Request], HttpResponse]


def request_id(get_response: View) -> View:
    """`X-Request-ID`: the client's, if it is a plain one, else a new one."""

    def middleware(request: Request) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        request.id = given if REQUEST_ID.match(given) else uuid.uuid4().hex
        response = get_response(request)
        response["X-Request-ID"] = request.id
        return response

    return middleware


def ignore_tracking_parameters(get_response: View) -> View:
    """Drop what other sites add to links, before anything reads the query: filters stay strict otherwise."""

    def middleware(request: Request) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        kept = (pair for pair in query.split("&") if not TRACKING.match(unquote_plus(pair.partition("=")[0])))
        request.META["QUERY_STRING"] = "&".join(kept)
        return get_response(request)

    return middleware


def refuse_null_characters(get_response: View) -> View:
    """400 for a NUL in path or query: PostgreSQL cannot store one, so it can never match."""

    def middleware(request: Request) -> HttpResponse:
        if "\x00" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            message = "A null character is nothing that can be asked for."
            if is_api(request):
                name = next(
                    (name for name in request.GET if "\x00" in name + "".join(request.GET.getlist(name))),
                    "path",
                )
                return problem(
                    400, message, errors=[{"parameter": name.replace("\x00", ""), "message": message}]
                )
            return HttpResponseBadRequest(message, content_type="text/plain")
        return get_response(request)

    return middleware


def entity_tag(request: HttpRequest, content: str) -> str:
    """A strong ETag: equal exactly when content, software, address and wanted format are."""
    parts = (
        content, settings.SOFTWARE_VERSION, request.get_host(), request.get_full_path(),
        request.headers.get("Accept", ""),
    )  # fmt: skip
    return '"' + hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32] + '"'


def release_and_caching(get_response: View) -> View:
    """`X-MSCbase-Release` everywhere; under /api/v1/ also ETag, Cache-Control and 304."""

    def middleware(request: Request) -> HttpResponse:
        content, release, documents = current_state()
        request.release, request.number_of_documents = release, documents
        cacheable = request.path_info.startswith("/api/v1/") and request.method in ("GET", "HEAD")
        tag = entity_tag(request, content) if cacheable else ""
        if tag and tag in request.headers.get("If-None-Match", ""):
            response: HttpResponse = HttpResponseNotModified()
            response["ETag"] = tag
        else:
            response = get_response(request)
            if tag and response.status_code == 200:
                response["ETag"] = tag
                response["Vary"] = "Accept"
        if cacheable:
            response.setdefault(
                "Cache-Control", "public, no-cache" if response.status_code in (200, 304) else "no-store"
            )
        if release:
            response["X-MSCbase-Release"] = release.version
        return response

    return middleware
