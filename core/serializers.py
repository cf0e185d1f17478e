"""Documents, sections, references, releases and statements of any kind, in the API."""

from django.urls import reverse
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.models import Conflict, Document, Evidence, Reference, Release, Section
from core.models.documents import DocumentPart, part_address
from core.rest.serializers import (
    LINKS,
    ReadSerializer,
    ReferenceLinkSerializer,
    ResourceSerializer,
    SparseSerializer,
    StatementLinkSerializer,
)
from core.statements import StatementRow


class DocumentSerializer(ResourceSerializer):
    class Meta:
        model = Document
        fields = [
            "slug", "order", "title", "authors", "journal", "year", "volume", "pages", "doi", "pmid", "pmcid", *LINKS,
        ]  # fmt: skip


class DocumentPartSerializer(ResourceSerializer):
    def get_api_url(self, row: DocumentPart) -> str:
        return self.absolute(part_address(f"api-{row._meta.model_name}-detail", row.identifier))


class SectionSerializer(DocumentPartSerializer):
    class Meta:
        model = Section
        fields = ["slug", "identifier", "title", "order", "document", "parent", "url", "api_url"]


class ReferenceSerializer(DocumentPartSerializer):
    class Meta:
        model = Reference
        fields = [
            "number", "label", "identifier", "document", "authors", "title", "journal", "year", "doi", "pmid", *LINKS,
        ]  # fmt: skip


class AnyStatementSerializer(SparseSerializer):
    """A statement of any kind."""

    accession = serializers.CharField()
    kind = serializers.CharField()
    text = serializers.CharField()
    section = serializers.CharField()
    document = serializers.CharField()
    references = ReferenceLinkSerializer(many=True)
    evidence = serializers.ChoiceField(choices=Evidence.choices)
    curator_note = serializers.CharField()
    url = serializers.SerializerMethodField()
    api_url = serializers.SerializerMethodField()

    @extend_schema_field(serializers.URLField)
    def get_url(self, row: StatementRow) -> str:
        return self.absolute(reverse("statement-detail", args=[row.accession]))

    @extend_schema_field(serializers.URLField)
    def get_api_url(self, row: StatementRow) -> str:
        return self.absolute(reverse("api-statement-detail", args=[row.accession]))


class ConflictRowSerializer(SparseSerializer):
    """Two statements of one kind that conflict."""

    topic = serializers.CharField()
    kind = serializers.ChoiceField(choices=Conflict.Kind.choices)
    why = serializers.CharField()
    kind_of_statement = serializers.CharField()
    statement = StatementLinkSerializer()
    other = StatementLinkSerializer()


class FixtureFileSerializer(ReadSerializer):
    sha256 = serializers.CharField()
    records = serializers.IntegerField()


class ReleaseSerializer(serializers.ModelSerializer):
    files = serializers.DictField(
        child=FixtureFileSerializer(), help_text="Per fixture file: its SHA-256 and its number of records."
    )

    class Meta:
        model = Release
        fields = read_only_fields = ["version", "date", "digest", "edited", "files"]
