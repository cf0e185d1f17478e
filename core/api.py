"""The endpoints of documents, sections, references, statements of any kind, and the release."""

from typing import Any

from django.db.models import Model, QuerySet
from django.http import QueryDict
from django.http.response import HttpResponseBase
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import exceptions
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.conflicts import CONFLICT_ORDER
from core.filters import (
    AnyStatementFilter,
    ConflictFilter,
    DocumentFilter,
    ReferenceSetFilter,
    SectionSetFilter,
    UnitedFilterSet,
)
from core.models import Document, Reference, Release, RetiredAccession, Section
from core.rest.errors import Retired
from core.rest.filters import API_PARAMETERS
from core.rest.ordering import asked_columns
from core.rest.viewsets import (
    SHAPE_PARAMETERS,
    ListViewSet,
    ResourceViewSet,
    refuse_unknown,
)
from core.serializers import (
    AnyStatementSerializer,
    ConflictRowSerializer,
    DocumentSerializer,
    ReferenceSerializer,
    ReleaseSerializer,
    SectionSerializer,
)
from core.statements import StatementRows, model_of


class DocumentViewSet(ResourceViewSet):
    """Publications whose statements are encoded here."""

    queryset = Document.objects.all()
    serializer_class = DocumentSerializer
    filterset_class = DocumentFilter
    ordering_fields = {"order": "order", "slug": "slug", "year": "year"}


class DocumentPartViewSet(ResourceViewSet):
    """Found by identifier, or by document and its own key there."""

    queryset: QuerySet = Section.objects.none()

    def get_object(self) -> Model:
        if "document" in self.kwargs:
            return self.part_of_document(**self.kwargs)
        return super().get_object()

    def part_of_document(self, document: str, key: str, format: str | None = None) -> Model:
        key_field = self.queryset.model.natural_key_fields[-1]
        found = self.get_queryset().filter(document__slug=document)
        is_possible = key_field != "number" or key.isdecimal()
        if is_possible and (row := found.filter(**{key_field: key}).first()):
            return row
        name = self.queryset.model._meta.verbose_name
        raise exceptions.NotFound(f"There is no {name} '{key}' in a document '{document}'.")


class SectionViewSet(DocumentPartViewSet):
    """Sections, tables and figures of documents, in reading order: where each statement stands."""

    queryset = Section.objects.select_related("document", "parent")
    serializer_class = SectionSerializer
    filterset_class = SectionSetFilter
    ordering_fields = {"order": ("document__order", "order"), "slug": "slug"}


class ReferenceViewSet(DocumentPartViewSet):
    """Works that documents cite, by their number there.

    Authors and titles are blank until they are imported from a verified bibliography.
    """

    queryset = Reference.objects.select_related("document")
    serializer_class = ReferenceSerializer
    filterset_class = ReferenceSetFilter
    ordering_fields = {"number": "number", "year": "year"}


class UnitedViewSet(ListViewSet):
    """A list that unites rows of several models."""

    queryset = Section.objects.none()  # rows are united by the filter set
    filterset: UnitedFilterSet
    filterset_class: type[UnitedFilterSet] = UnitedFilterSet
    default_order: tuple[str, ...]

    @classmethod
    def order_asked(cls, parameters: QueryDict) -> list[str]:
        """The columns of the united rows to order by, ending in unique ones. None of them can be missing."""
        asked = asked_columns(parameters.getlist("ordering"), cls.ordering_fields)
        return [*("-" * descending + column for column, descending in asked), *cls.default_order]

    def list(self, request: Request, **kwargs: Any) -> HttpResponseBase:
        self.filterset = self.filterset_class(request.query_params, queryset=self.queryset)
        if found := self.filterset.problems(API_PARAMETERS - {"include"}):
            raise exceptions.ValidationError(found)
        rows = self.filterset.rows(self.order_asked(request.query_params))
        return self.answer(rows, rows.chunks())


class ConflictViewSet(UnitedViewSet):
    """Pairs of statements of one kind that conflict, with what they disagree about and why.

    `kind_of_statement` says whether `statement` and `other` are claims or trials.
    """

    serializer_class = ConflictRowSerializer
    filterset_class = ConflictFilter
    ordering_fields = {"topic": "topic", "kind": "kind", "kind_of_statement": "statement_kind"}
    default_order = CONFLICT_ORDER


class StatementViewSet(UnitedViewSet):
    """Every curated statement of any kind, each with its section, references and evidence."""

    serializer_class = AnyStatementSerializer
    filterset_class = AnyStatementFilter
    lookup_field = "accession"
    ordering_fields = {
        "accession": "accession", "kind": "statement_kind", "section": ("document_order", "section_order"),
        "evidence": "evidence",
    }  # fmt: skip
    default_order = ("accession",)

    @extend_schema(parameters=[OpenApiParameter("accession", str, OpenApiParameter.PATH)])
    def retrieve(self, request: Request, accession: str, **kwargs: Any) -> Response:
        refuse_unknown(request, SHAPE_PARAMETERS - {"include"})
        model = model_of(accession)
        rows = StatementRows([model.objects.filter(accession=accession)])[:1] if model else []
        if not rows:
            raise missing_statement(accession)
        [shown] = self.row_serializer().show(rows)
        return Response(shown)


def missing_statement(accession: str) -> exceptions.APIException:
    """Why no statement answers to this accession: retired, or never given."""
    if retired := RetiredAccession.objects.named(accession):
        return Retired(retired)
    return exceptions.NotFound(f"There is no statement '{accession}'.")


class ReleaseView(APIView):
    """The release that is served: version, date, digest and counts."""

    @extend_schema(responses=ReleaseSerializer)
    def get(self, request: Request) -> Response:
        refuse_unknown(request, {"format"})
        release = Release.objects.order_by("-pk").first()
        if release is None:
            raise exceptions.NotFound("Nothing has been loaded yet: run `python manage.py load_kb`.")
        return Response(ReleaseSerializer(release).data)
