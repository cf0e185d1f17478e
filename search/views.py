"""The search page: the same answer as `/api/v1/search/`, with the matched words marked."""

from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from rest_framework.exceptions import ValidationError

from core.rest.filters import nearest
from core.rest.pagination import whole_number
from core.web.views import Query
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
class KindLink:
    """A kind that results are of, with its number and the address of those alone."""

    label: str
    count: int
    link: str
    chosen: bool


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
    words, context = request.GET.get("q", ""), {"title": "Search", "query": Query(request.GET)}
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
    last = max(1, -(-found.count // PAGE_SIZE))
    if number > last:
        raise Http404(f"There is no page {number}: the last one is {last}.")
    context |= {
        "q": words,
        "found": found,
        "results": [shown(found.query, document, models) for document in found.page(number, PAGE_SIZE)],
        "kinds": kind_links(found, models, context["query"]),
        "total": sum(found.kinds.values()),
        "all_kinds": context["query"].with_values(kind=None),
        "number": number,
        "last": last,
        "first": (number - 1) * PAGE_SIZE + 1,
        "previous_page": number > 1 and to_page(request, number - 1),
        "next_page": number < last and to_page(request, number + 1),
        "api_url": f"{reverse('api-search')}?{request.GET.urlencode()}" if words else None,
    }
    return render(request, "search/search.html", context)


def to_page(request, number):
    data = request.GET.copy()
    data["page"] = number
    return f"?{data.urlencode()}"


def kind_links(found, models, query):
    return [
        KindLink(label_of(models[kind], count), count, query.with_values(kind=kind), kind == found.query.kind)
        for kind, count in found.kinds.items()
    ]
