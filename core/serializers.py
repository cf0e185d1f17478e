"""Documents, sections, references, releases and statements of any kind, in the API."""

from django.urls import reverse
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.models import Document, Reference, Release, Section
from core.rest.serializers import LINKS, REFERENCE_LINK, ResourceSerializer, SparseMixin


class DocumentSerializer(ResourceSerializer):
    class Meta:
        model = Document
        fields = [
            "slug", "order", "title", "authors", "journal", "year", "volume", "pages", "doi", "pmid", "pmcid", *LINKS,
        ]  # fmt: skip


class SectionSerializer(ResourceSerializer):
    class Meta:
        model = Section
        fields = ["slug", "identifier", "title", "order", "document", "parent", "url", "api_url"]


class ReferenceSerializer(ResourceSerializer):
    class Meta:
        model = Reference
        fields = [
            "number", "label", "identifier", "document", "authors", "title", "journal", "year", "doi", "pmid", *LINKS,
        ]  # fmt: skip


class AnyStatementSerializer(SparseMixin, serializers.Serializer):
    """A statement of any kind."""

    accession = serializers.CharField()
    kind = serializers.CharField()
    text = serializers.CharField()
    section = serializers.CharField()
    document = serializers.CharField()
    references = serializers.SerializerMethodField()
    evidence = serializers.CharField()
    curator_note = serializers.CharField()
    url = serializers.SerializerMethodField()
    api_url = serializers.SerializerMethodField()

    def get_fields(self):
        return self.sparse(
            super().get_fields(), self.context["request"].query_params if "request" in self.context else {}
        )

    @extend_schema_field({"type": "array", "items": REFERENCE_LINK})
    def get_references(self, row):
        return row["references"]

    @extend_schema_field({"type": "string", "format": "uri"})
    def get_url(self, row):
        return self.absolute(reverse("statement-detail", args=[row["accession"]]))

    @extend_schema_field({"type": "string", "format": "uri"})
    def get_api_url(self, row):
        return self.absolute(reverse("api-statement-detail", args=[row["accession"]]))


class ReleaseSerializer(serializers.ModelSerializer):
    files = serializers.SerializerMethodField(
        help_text="Per fixture file: its SHA-256 and its number of records."
    )

    class Meta:
        model = Release
        fields = ["version", "date", "digest", "edited", "files"]

    @extend_schema_field({"type": "object", "additionalProperties": {"type": "object"}})
    def get_files(self, release):
        return release.files
