"""The search page: the same answer as `/api/v1/search/`, with the matched words marked."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from rest_framework.exceptions import ValidationError

from core.rest.filters import unknown_parameters
from core.rest.pagination import whole_number
from search import engine
from search.api import asked_kind
from search.results import Result, label_of

PAGE_SIZE = 20
PARAMETERS = {"q", "kind", "page"}


@dataclass(frozen=True)
class FoundKind:
    """A kind that results are of, and how many."""

    kind: str
    label: str
    count: int


def search(request: HttpRequest) -> HttpResponse:
    """Results for `q`, by kind. Anything typed gives a page; only a parameter that is not known is refused."""
    words = request.GET.get("q", "")
    context: dict[str, Any] = {"title": "Search", "q": words}
    try:
        if unknown := unknown_parameters(sorted(request.GET), PARAMETERS):
            raise ValidationError(unknown)
        kind, number = asked_kind(request.GET), whole_number(request.GET, "page", 1)
    except ValidationError as error:
        return render(request, "search/search.html", context | {"problems": error.detail}, status=400)
    found = engine.search(words, kind)
    paginator = Paginator(range(found.count), PAGE_SIZE)
    if number > paginator.num_pages:
        raise Http404(f"There is no page {number}: the last one is {paginator.num_pages}.")
    context |= {
        "found": found,
        "results": [Result(found.query, document) for document in found.page(number, PAGE_SIZE)],
        "kinds": [FoundKind(kind, label_of(kind, n), n) for kind, n in found.kinds.items()],
        "total": sum(found.kinds.values()),
        "paginator": paginator,
        "page_obj": paginator.page(number),
        "api_url": f"{reverse('api-search')}?{request.GET.urlencode()}" if words else None,
    }
    return render(request, "search/search.html", context)
