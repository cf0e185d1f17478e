"""Search results, suggestions and resolved identifiers, in the API."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.models.documents import part_address
from core.rest.serializers import kind_of
from search.resolve import model_named


class ResolvedSerializer(serializers.Serializer):
    """A row that an identifier leads to, with the links to its page and its API twin."""

    kind = serializers.SerializerMethodField()
    id = serializers.CharField(source="ident")
    name = serializers.CharField()
    url = serializers.SerializerMethodField()
    api_url = serializers.SerializerMethodField()

    def get_kind(self, term) -> str:
        return kind_of(model_named(term.model))

    @extend_schema_field(serializers.URLField)
    def get_url(self, term):
        return self.context["request"].build_absolute_uri(part_address(f"{term.model}-detail", term.ident))

    @extend_schema_field(serializers.URLField)
    def get_api_url(self, term):
        return self.context["request"].build_absolute_uri(
            part_address(f"api-{term.model}-detail", term.ident)
        )


class SpansField(serializers.ListField):
    """[[start, end]] of the words that matched."""

    child = serializers.ListField(child=serializers.IntegerField())


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
    name_marks = SpansField()
    marks = SpansField()


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
