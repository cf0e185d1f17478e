"""Search, suggestions and resolving of identifiers in the API."""

from typing import NamedTuple
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from drf_spectacular.utils import OpenApiParameter, extend_schema, inline_serializer
from rest_framework import exceptions
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.models import RetiredAccession
from core.names import named, outside
from core.rest.errors import Retired
from core.rest.filters import nearest
from core.rest.pagination import Pages, whole_number
from core.rest.renderers import JSONRenderer
from core.rest.resolved import NotHere, ResolvedSerializer
from core.rest.viewsets import Negotiation, refuse_unknown
from search.documents import kinds
from search.engine import Found, search, suggest
from search.queries import kind_named
from search.results import Result
from search.serializers import (
    SearchSerializer,
    SuggestionSerializer,
    SuggestionsSerializer,
)  # fmt: skip


def asked_kind(parameters: QueryDict) -> str:
    """The kind that `kind` names, in singular or plural. ValidationError naming the nearest otherwise."""
    asked = parameters.get("kind", "").strip()
    named = kind_named(asked, kinds()) if asked else ""
    if asked and not named:
        raise exceptions.ValidationError(
            {"kind": [f"There is no kind '{asked[:80]}'.{nearest(asked[:80], kinds())}"]}
        )
    return named


class JSONView(APIView):
    """Answers in JSON only; another `format` is a 400."""

    renderer_classes = [JSONRenderer]
    content_negotiation_class = Negotiation

    def words(self, request: Request, allowed: set[str]) -> str:
        refuse_unknown(request, allowed | {"format"})
        if "q" not in request.query_params:
            raise exceptions.ValidationError({"q": ["Give words: ?q=endoglin."]})
        return request.query_params["q"]


class SearchAnswer(NamedTuple):
    """One page of what a search found, with the addresses of its neighbours."""

    found: Found
    next: str | None
    previous: str | None
    results: list[Result]


class SearchView(JSONView):
    """Everything that words find, over every entity and statement, best first.

    Words are ANDed, `"a phrase"` holds together, `kind:claim` narrows. Case, accents, Greek letters, hyphens, plurals,
    British and American spelling do not matter. Rows are ordered by BM25: rare words weigh more; everyday words and
    those that ask for a kind ("which sources …") only raise rows. Where no row has every word, `left_out` says which
    ones the rows shown need not have. Mistyped words are mended, which `did_you_mean` says; names and codes never are:
    those under which nothing is held are `absent`.
    """

    @extend_schema(
        parameters=[
            OpenApiParameter("q", str, required=True, description="Words, phrases in quotes, kind:claim."),
            OpenApiParameter("kind", str, description="Only this kind of row."),
            OpenApiParameter("page", int),
            OpenApiParameter("page_size", int, description="At most 1000; 50 if not given."),
        ],
        responses=SearchSerializer,
    )
    def get(self, request: Request) -> Response:
        words = self.words(request, {"q", "kind", "page", "page_size"})
        number = whole_number(request.query_params, "page", 1)
        size = whole_number(request.query_params, "page_size", Pages.page_size, highest=Pages.max_page_size)
        found = search(words, asked_kind(request.query_params))
        last = max(1, -(-found.count // size))
        if number > last:
            raise exceptions.NotFound(f"There is no page {number}: the last one is {last}.")
        answer = SearchAnswer(
            found,
            self.page_link(number + 1) if number < last else None,
            self.page_link(number - 1) if number > 1 else None,
            [Result(found.query, document) for document in found.page(number, size)],
        )
        return Response(SearchSerializer(context={"request": request}).to_representation(answer))

    def page_link(self, number: int) -> str:
        parameters = self.request.query_params.dict() | {"page": number}
        return self.request.build_absolute_uri(f"{reverse('api-search')}?{urlencode(parameters)}")


class SuggestView(JSONView):
    """The few named rows whose name, synonym or identifier the letters typed so far most probably open."""

    @extend_schema(
        parameters=[OpenApiParameter("q", str, required=True, description="The letters typed so far.")],
        responses=SuggestionsSerializer,
    )
    def get(self, request: Request) -> Response:
        words = self.words(request, {"q"})
        query, documents = suggest(words)
        shown = SuggestionSerializer(context={"request": request})
        return Response(
            {"q": words, "results": shown.show(Result(query, document) for document in documents)}
        )


class ResolveView(APIView):
    """Our row for an identifier of any kind: a CURIE, NCT number, DOI, PMID, accession, slug, name, synonym or alias.

    300 with `candidates` where several match, 404 where nothing does. What is known but not in this knowledge base is
    told there: `not_here` has its label, identifier and the nearest broader rows.
    """

    @extend_schema(
        parameters=[
            OpenApiParameter("id", str, required=True, description="UBERON:0002371, GJA1, NCT02923375, …")
        ],
        responses={
            200: ResolvedSerializer,
            300: inline_serializer("Candidates", {"candidates": ResolvedSerializer(many=True)}),
        },
    )
    def get(self, request: Request) -> Response:
        refuse_unknown(request, {"id", "format"})
        wanted = request.query_params.get("id", "").strip()
        if not wanted:
            raise exceptions.ValidationError({"id": ["Give an identifier: ?id=UBERON:0002371."]})
        if retired := RetiredAccession.objects.named(wanted):
            raise Retired(retired)
        found = ResolvedSerializer(context={"request": request}).show(named(wanted))
        if not found and (meant := outside(wanted)):
            raise NotHere(meant)
        if not found:
            raise exceptions.NotFound(f"Nothing here is known as '{wanted}'.")
        if len(found) > 1:
            return Response({"candidates": found}, status=300)
        return Response(found[0])
