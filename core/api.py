"""The API's views: one read-only kind of viewset for every resource."""

from django.http import Http404, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view, inline_serializer
from rest_framework import exceptions, mixins, negotiation, viewsets
from rest_framework.response import Response
from rest_framework.views import APIView

from core.backends import total_order
from core.errors import Retired
from core.facets import asked_facets, facets
from core.filtering import API_PARAMETERS, nearest
from core.filters import AnyStatementFilter, DocumentFilter, ReferenceSetFilter, SectionSetFilter
from core.models import Document, Reference, Release, RetiredAccession, Section
from core.renderers import ExportRenderer
from core.resolving import resolve
from core.serializers import (
    AnyStatementSerializer,
    DocumentSerializer,
    ReferenceSerializer,
    ReleaseSerializer,
    ResolvedSerializer,
    SectionSerializer,
    names_in,
)
from core.statements import StatementRows, model_of, published

ENTITY_ORDER = {"slug": "slug", "name": "name"}
STATEMENT_ORDER = {"accession": "accession", "section": "section__order", "evidence": "evidence"}
SHAPE_PARAMETERS = {"fields", "omit", "include", "format"}


class Negotiation(negotiation.DefaultContentNegotiation):
    """`?format=` of an unknown format is a 400 that lists the known ones."""

    def filter_renderers(self, renderers, format):
        known = [renderer.format for renderer in renderers]
        if format not in known:
            raise exceptions.ValidationError(
                {"format": [f"There is no format '{format}'. Valid: {', '.join(known)}."]}
            )
        return super().filter_renderers(renderers, format)


class ExportMixin:
    """Lists in a flat format: the whole filtered set, streamed, not one page of it."""

    content_negotiation_class = Negotiation
    filterset = None

    def with_facets(self, response, names):
        """The response with the values of these filters and the number of rows of each."""
        if names:
            counted = facets(self.filterset, names)
            response.data["facets"] = {n: [v._asdict() for v in values] for n, values in counted.items()}
        return response

    def wants_export(self):
        return isinstance(self.request.accepted_renderer, ExportRenderer)

    def export(self, rows, columns):
        renderer = self.request.accepted_renderer
        content_type = renderer.media_type + ("; charset=utf-8" if renderer.charset else "")
        response = StreamingHttpResponse(renderer.stream(rows, columns), content_type=content_type)
        name = self.request.resolver_match.url_name.removeprefix("api-").removesuffix("-list")
        response["Content-Disposition"] = f'attachment; filename="mscbase-{name}.{renderer.format}"'
        return response


FACETS = OpenApiParameter(
    "facets",
    str,
    description="Filters whose values to count for the other filters in force, comma-separated.",
)
SHAPE = [
    OpenApiParameter("fields", str, description="Only these fields, comma-separated."),
    OpenApiParameter("omit", str, description="Without these fields, comma-separated."),
    OpenApiParameter("include", str, description="Linked entities to show in full, comma-separated."),
]


@extend_schema_view(list=extend_schema(parameters=[*SHAPE, FACETS]))
class ListOnlyViewSet(ExportMixin, mixins.ListModelMixin, viewsets.GenericViewSet):
    """A resource without identifiers of its own."""

    ordering_fields = {}

    def get_queryset(self):
        """With what only the API shows; linked entities that `include` asks for are read whole."""
        queryset = super().get_queryset()
        if hasattr(queryset, "with_conflicts"):
            queryset = queryset.with_conflicts()
        included = names_in(self.request.query_params.getlist("include"))
        return (
            queryset.linked_in_full(included)
            if included and hasattr(queryset, "linked_in_full")
            else queryset
        )

    def list(self, request, *args, **kwargs):
        queryset = self.filter_queryset(self.get_queryset())
        names = asked_facets(self.filterset, request.query_params.getlist("facets"))
        if self.wants_export():
            serializer = self.get_serializer()
            rows = (serializer.to_representation(row) for row in queryset.iterator(chunk_size=500))
            return self.export(rows, list(serializer.fields))
        page = self.paginate_queryset(queryset)
        return self.with_facets(self.get_paginated_response(self.get_serializer(page, many=True).data), names)


@extend_schema_view(retrieve=extend_schema(parameters=SHAPE))
class ResourceViewSet(ListOnlyViewSet, mixins.RetrieveModelMixin):
    """A resource: list with filters, detail by its public identifier."""

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        cls.lookup_field = cls.queryset.lookup_field

    def retrieve(self, request, *args, **kwargs):
        refuse_unknown(request, SHAPE_PARAMETERS)
        return super().retrieve(request, *args, **kwargs)

    def get_object(self):
        ident = self.kwargs[self.lookup_field]
        if self.lookup_field == "number" and not ident.isdigit():
            raise Http404
        try:
            return get_object_or_404(self.get_queryset(), **{self.lookup_field: ident})
        except Http404:
            raise self.missing(ident) from None

    def missing(self, ident):
        """Why there is no such row: retired, or unknown with the nearest known identifier."""
        if retired := RetiredAccession.objects.filter(accession=ident).first():
            return Retired(retired)
        queryset = self.get_queryset()
        known = queryset.order_by(self.lookup_field).values_list(self.lookup_field, flat=True)
        name = queryset.model._meta.verbose_name
        return exceptions.NotFound(f"There is no {name} '{ident}'.{nearest(ident, known)}")


class DocumentViewSet(ResourceViewSet):
    """Publications whose statements are encoded here."""

    queryset = Document.objects.all()
    serializer_class = DocumentSerializer
    filterset_class = DocumentFilter
    ordering_fields = {"slug": "slug", "year": "year"}


class SectionViewSet(ResourceViewSet):
    """Sections and tables of the review, in reading order."""

    queryset = Section.objects.select_related("document", "parent")
    serializer_class = SectionSerializer
    filterset_class = SectionSetFilter
    ordering_fields = {"order": "order", "slug": "slug"}


class ReferenceViewSet(ResourceViewSet):
    """Works that the review cites, by their number there."""

    queryset = Reference.objects.select_related("document")
    serializer_class = ReferenceSerializer
    filterset_class = ReferenceSetFilter
    ordering_fields = {"number": "number", "year": "year"}


class StatementViewSet(ExportMixin, viewsets.GenericViewSet):
    """Every curated statement of any kind, with its section, references and evidence."""

    serializer_class = AnyStatementSerializer
    filterset_class = AnyStatementFilter
    queryset = Section.objects.none()
    lookup_field = "accession"
    ordering_fields = {
        "accession": "accession", "kind": "statement_kind", "section": "section_order", "evidence": "evidence",
    }  # fmt: skip

    @classmethod
    def order_asked(cls, parameters):
        """The columns of the united kinds to order by, the accession last."""
        asked = total_order(parameters.getlist("ordering"), cls.queryset, cls.ordering_fields)
        return [*(name for name in asked if name.lstrip("-") in cls.ordering_fields.values()), "accession"]

    @extend_schema(responses=AnyStatementSerializer(many=True), parameters=[*SHAPE[:2], FACETS])
    def list(self, request, **kwargs):
        self.filterset = filterset = AnyStatementFilter(request.query_params, queryset=self.queryset)
        if found := filterset.problems(API_PARAMETERS - {"include"}):
            raise exceptions.ValidationError(found)
        names = asked_facets(filterset, request.query_params.getlist("facets"))
        rows = filterset.rows(self.order_asked(request.query_params))
        serializer = self.get_serializer()
        if self.wants_export():
            return self.export(
                (serializer.to_representation(row) for row in rows.iterator()), list(serializer.fields)
            )
        page = self.paginate_queryset(rows)
        listed = [serializer.to_representation(row) for row in page]
        return self.with_facets(self.get_paginated_response(listed), names)

    @extend_schema(parameters=[OpenApiParameter("accession", str, OpenApiParameter.PATH), *SHAPE[:2]])
    def retrieve(self, request, accession, **kwargs):
        refuse_unknown(request, SHAPE_PARAMETERS - {"include"})
        model = model_of(accession)
        rows = StatementRows([published(model).filter(accession=accession)])[:1] if model else []
        if not rows:
            raise missing_statement(accession)
        return Response(self.get_serializer().to_representation(rows[0]))


def missing_statement(accession):
    """Why no statement answers to this accession: retired, or never given."""
    if retired := RetiredAccession.objects.filter(accession=accession).first():
        return Retired(retired)
    return exceptions.NotFound(f"There is no statement '{accession}'.")


def refuse_unknown(request, allowed):
    """400 for parameters that this endpoint does not know."""
    if unknown := sorted(set(request.query_params) - set(allowed)):
        raise exceptions.ValidationError(
            {name: [f"There is no parameter '{name}' here.{nearest(name, allowed)}"] for name in unknown}
        )


class ReleaseView(APIView):
    """The release that is served: version, date, digest and counts."""

    @extend_schema(responses=ReleaseSerializer)
    def get(self, request):
        refuse_unknown(request, {"format"})
        release = Release.objects.order_by("-pk").first()
        if release is None:
            raise exceptions.NotFound("Nothing has been loaded yet: run `python manage.py load_kb`.")
        return Response(ReleaseSerializer(release).data)


class ResolveView(APIView):
    """Our row for an identifier of any kind: a CURIE, NCT number, accession, slug, name or synonym.

    404 where nothing matches; 300 with `candidates` where several do.
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
    def get(self, request):
        refuse_unknown(request, {"id", "format"})
        wanted = request.query_params.get("id", "").strip()
        if not wanted:
            raise exceptions.ValidationError({"id": ["Give an identifier: ?id=UBERON:0002371."]})
        if retired := RetiredAccession.objects.filter(accession=wanted.upper()).first():
            raise Retired(retired)
        found = [ResolvedSerializer(term, context={"request": request}).data for term in resolve(wanted)]
        if not found:
            raise exceptions.NotFound(f"Nothing here is known as '{wanted}'.")
        if len(found) > 1:
            return Response({"candidates": found}, status=300)
        return Response(found[0])
