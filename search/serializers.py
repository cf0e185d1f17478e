"""Search results, suggestions and resolved identifiers, in the API."""

from rest_framework import serializers

from core.rest.resolved import MeaningSerializer
from core.rest.serializers import AddressField, ReadSerializer


class SpansField(serializers.ListField):
    """[[start, end]] of the words that matched."""

    child = serializers.ListField(child=serializers.IntegerField())


class SuggestionSerializer(ReadSerializer):
    """A row that a search found, and why."""

    kind = serializers.CharField(source="document.kind")
    id = serializers.CharField(source="document.ident", help_text="Slug, accession or number.")
    name = serializers.CharField(source="document.title")
    url = AddressField(source="document.url")
    api_url = AddressField(source="document.api_url")
    matched = serializers.CharField(
        help_text='Why: "name", "synonym: endoglin", "text", "condition: Stroke".'
    )


class ResultSerializer(SuggestionSerializer):
    """The same, with what to show of it. Marks are [start, end] of the words that matched."""

    snippet = serializers.CharField(help_text="Plain text: other names, or what the statement links to.")
    name_marks = SpansField()
    marks = SpansField()


class AbsentSerializer(ReadSerializer):
    """A name or code in the query under which nothing is held here."""

    text = serializers.CharField(help_text="As it was typed.")
    meanings = MeaningSerializer(
        many=True, help_text="Several, where the name is ambiguous; none for an unknown code."
    )


class SearchSerializer(ReadSerializer):
    """One page of what a search found, best first."""

    count = serializers.IntegerField(source="found.count")
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    kinds = serializers.DictField(
        source="found.kinds",
        child=serializers.IntegerField(),
        help_text="Results of each kind, `kind` left aside.",
    )
    did_you_mean = serializers.CharField(
        source="found.did_you_mean",
        allow_null=True,
        help_text="The corrected query, if that one was answered.",
    )
    partly = serializers.BooleanField(source="found.partly", help_text="No row has every word.")
    left_out = serializers.ListField(
        source="found.left_out",
        child=serializers.CharField(),
        help_text="The words that these rows need not have, where none has every word. The rarest word is kept.",
    )
    absent = AbsentSerializer(
        source="found.absent",
        many=True,
        help_text="Names of the field in the query under which nothing is held here; then nothing is found.",
    )
    results = ResultSerializer(many=True)


class SuggestionsSerializer(serializers.Serializer):
    q = serializers.CharField()
    results = SuggestionSerializer(many=True)
