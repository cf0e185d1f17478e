"""The search page: the same answer as `/api/v1/search/`, with the matched words marked."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from rest_framework.exceptions import ValidationError

from core.rest.filters import nearest
from core.rest.pagination import whole_number
from search import engine, ranking
from search.api import asked_kind, page_of
from search.documents import kinds

PAGE_SIZE = 20
PARAMETERS = {"q", "kind", "page"}


@dataclass
class Result:
    """One result as the page shows it: texts as [(part, is marked)]."""

    kind: str
    label: str
    ident: str
    url: str
    name: list
    snippet: list
    matched: str
    named: bool


@dataclass
class FoundKind:
    """A kind that results are of, and how many; `is_chosen` where only this one is shown."""

    kind: str
    label: str
    count: int
    is_chosen: bool


def parts(text, spans):
    """A text cut at its marks: [(part, is marked)].

    >>> parts("MSCs carry CD105.", [[11, 16]])
    [('MSCs carry ', False), ('CD105', True), ('.', False)]
    """
    cut, place = [], 0
    for start, end in spans:
        cut += [(text[place:start], False), (text[start:end], True)]
        place = end
    return [(part, marked) for part, marked in [*cut, (text[place:], False)] if part]


def label_of(model, count=1):
    name = model._meta.verbose_name if count == 1 else model._meta.verbose_name_plural
    return str(name[:1].upper() + name[1:])


def shown(query, document, models):
    snippet, spans = ranking.snippet(query, document)
    return Result(
        document.kind, label_of(models[document.kind]), document.ident, page_of(document),
        parts(document.title, ranking.name_marks(query, document)), parts(snippet, spans),
        ranking.reason(query, document), document.named,
    )  # fmt: skip


def search(request):
    """Results for `q`, by kind. Anything typed gives a page; only a parameter that is not known is refused."""
    words, context = request.GET.get("q", ""), {"title": "Search"}
    try:
        if unknown := sorted(set(request.GET) - PARAMETERS):
            name = unknown[0]
            raise ValidationError(
                {name: [f"There is no parameter '{name}' here.{nearest(name, PARAMETERS)}"]}
            )
        kind, number = asked_kind(request.GET), whole_number(request.GET, "page", 1)
    except ValidationError as error:
        return render(
            request, "search/search.html", context | {"problems": error.detail, "q": words}, status=400
        )
    found, models = engine.search(words, kind), kinds()
    paginator = Paginator(range(found.count), PAGE_SIZE)
    if number > paginator.num_pages:
        raise Http404(f"There is no page {number}: the last one is {paginator.num_pages}.")
    context |= {
        "q": words,
        "found": found,
        "results": [shown(found.query, document, models) for document in found.page(number, PAGE_SIZE)],
        "kinds": kinds_found(found, models),
        "total": sum(found.kinds.values()),
        "paginator": paginator,
        "page_obj": paginator.page(number),
        "api_url": f"{reverse('api-search')}?{request.GET.urlencode()}" if words else None,
    }
    return render(request, "search/search.html", context)


def kinds_found(found, models):
    return [
        FoundKind(kind, label_of(models[kind], count), count, kind == found.query.kind)
        for kind, count in found.kinds.items()
    ]
