"""Search and suggestions in the API."""

from urllib.parse import urlencode

from django.urls import reverse
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import exceptions, serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from core.api import Negotiation, refuse_unknown
from core.filtering import nearest
from core.pagination import Pages, whole_number
from core.renderers import JSONRenderer
from core.search import ranking
from core.search.documents import kinds
from core.search.finding import search, suggest
from core.search.queries import kind_named

SPANS = serializers.ListField(child=serializers.ListField(child=serializers.IntegerField()), read_only=True)


class SuggestionSerializer(serializers.Serializer):
    """A row that a search found, and why."""

    kind = serializers.CharField()
    id = serializers.CharField(help_text="Slug, accession or number.")
    name = serializers.CharField()
    url = serializers.URLField()
    api_url = serializers.URLField()
    matched = serializers.CharField(
        help_text='Why: "name", "synonym: endoglin", "text", "condition: Stroke".'
    )


class ResultSerializer(SuggestionSerializer):
    """The same, with what to show of it. Marks are [start, end] of the words that matched."""

    snippet = serializers.CharField(help_text="Plain text: other names, or what the statement links to.")
    name_marks = SPANS
    marks = SPANS


class SearchSerializer(serializers.Serializer):
    count = serializers.IntegerField()
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    kinds = serializers.DictField(
        child=serializers.IntegerField(), help_text="Results of each kind, `kind` left aside."
    )
    did_you_mean = serializers.CharField(
        allow_null=True, help_text="The corrected query, if that one was answered."
    )
    partly = serializers.BooleanField(help_text="No row has every word: these have the most of them.")
    results = ResultSerializer(many=True)


class SuggestionsSerializer(serializers.Serializer):
    q = serializers.CharField()
    results = SuggestionSerializer(many=True)


def link(request, document, query):
    """A document as the API names it, with the reason why it is a result."""
    return {
        "kind": document.kind,
        "id": document.ident,
        "name": document.title,
        "url": request.build_absolute_uri(page_of(document)),
        "api_url": request.build_absolute_uri(reverse(f"api-{document.model}-detail", args=[document.ident])),
        "matched": ranking.reason(query, document),
    }


def page_of(document):
    return reverse(f"{document.model}-detail", args=[document.ident])


def result(request, document, query):
    text, spans = ranking.snippet(query, document)
    return link(request, document, query) | {
        "snippet": text, "name_marks": ranking.name_marks(query, document), "marks": spans,
    }  # fmt: skip


def asked_kind(parameters):
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

    def words(self, request, allowed):
        refuse_unknown(request, allowed | {"format"})
        if "q" not in request.query_params:
            raise exceptions.ValidationError({"q": ["Give words: ?q=endoglin."]})
        return request.query_params["q"]


class SearchView(JSONView):
    """Everything that words find, over every entity and statement, best first.

    Words are ANDed, `"a phrase"` holds together, `kind:claim` narrows. Case, accents, Greek letters, hyphens, plurals,
    British and American spelling do not matter. Mistyped words are mended, which `did_you_mean` says.
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
    def get(self, request):
        words = self.words(request, {"q", "kind", "page", "page_size"})
        number = whole_number(request.query_params, "page", 1)
        size = whole_number(request.query_params, "page_size", Pages.page_size, highest=Pages.max_page_size)
        found = search(words, asked_kind(request.query_params))
        last = max(1, -(-found.count // size))
        if number > last:
            raise exceptions.NotFound(f"There is no page {number}: the last one is {last}.")
        return Response(
            {
                "count": found.count,
                "next": self.page_link(number + 1) if number < last else None,
                "previous": self.page_link(number - 1) if number > 1 else None,
                "kinds": found.kinds,
                "did_you_mean": found.did_you_mean,
                "partly": found.partly,
                "results": [result(request, document, found.query) for document in found.page(number, size)],
            }
        )

    def page_link(self, number):
        parameters = self.request.query_params.dict() | {"page": number}
        return self.request.build_absolute_uri(f"{reverse('api-search')}?{urlencode(parameters)}")


class SuggestView(JSONView):
    """The few named rows whose name, synonym or identifier the letters typed so far most probably open."""

    @extend_schema(
        parameters=[OpenApiParameter("q", str, required=True, description="The letters typed so far.")],
        responses=SuggestionsSerializer,
    )
    def get(self, request):
        words = self.words(request, {"q"})
        query, documents = suggest(words)
        return Response({"q": words, "results": [link(request, document, query) for document in documents]})
