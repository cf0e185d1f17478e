"""The API's views: one read-only kind of viewset for every resource."""

from collections.abc import Collection
from itertools import chain
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django_filters.filterset import filterset_factory
from rest_framework import exceptions, negotiation, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from core.models import RetiredAccession
from core.rest.errors import Retired
from core.rest.facets import asked_facets, facets
from core.rest.filters import ResourceFilterSet, nearest, unknown_parameters
from core.rest.pagination import FacetValueSerializer
from core.rest.renderers import BYTE_ORDER_MARK, CSVRenderer, ExportRenderer
from core.rest.serializers import names_in
from core.rows import links_of, read_in_chunks, read_rows

ENTITY_ORDER = {"slug": "slug", "name": "name"}
STATEMENT_ORDER = {
    "accession": "accession", "section": ("section__document__order", "section__order"), "evidence": "evidence",
}  # fmt: skip
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

    content_negotiation_class: type[negotiation.BaseContentNegotiation] = Negotiation
    filterset = None

    def with_facets(self, response, names):
        """The response with the values of these filters and the number of rows of each."""
        if names:
            show = FacetValueSerializer().show
            response.data["facets"] = {n: show(values) for n, values in facets(self.filterset, names).items()}
        return response

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        asked = request.query_params.get("bom", "")
        if asked not in ("", "0", "1"):
            raise exceptions.ValidationError({"bom": [f"'{asked}' is neither 0 nor 1."]})
        self.with_bom = asked == "1"
        if self.with_bom and not isinstance(request.accepted_renderer, CSVRenderer):
            raise exceptions.ValidationError({"bom": ["A byte order mark is for csv and tsv alone."]})

    def wants_export(self):
        return isinstance(self.request.accepted_renderer, ExportRenderer)

    def answer(self, queryset, chunks, facet_names):
        """One page of the query set with these facets, or all rows by `chunks` in a flat format."""
        serializer = self.get_serializer()
        columns = list(serializer.getters)
        if self.wants_export():
            return self.export(chain.from_iterable(map(serializer.show, chunks)), columns)
        [page] = read_rows(self.paginate_queryset(queryset))
        return self.with_facets(self.get_paginated_response(serializer.show(page)), facet_names)

    def export(self, rows, columns):
        renderer = self.request.accepted_renderer
        content_type = renderer.media_type + ("; charset=utf-8" if renderer.charset else "")
        parts = chain([BYTE_ORDER_MARK] if self.with_bom else [], renderer.stream(rows, columns))
        response = StreamingHttpResponse(parts, content_type=content_type)
        name = self.request.resolver_match.url_name.removeprefix("api-").removesuffix("-list")
        response["Content-Disposition"] = f'attachment; filename="mscbase-{name}.{renderer.format}"'
        return response


class ListOnlyViewSet(ExportMixin, viewsets.GenericViewSet):
    """A resource without identifiers of its own."""

    queryset: QuerySet
    filterset_class = ResourceFilterSet
    ordering_fields = {}

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if cls.queryset is not None:
            cls.filterset_class = filterset_factory(cls.queryset.model, cls.filterset_class, fields=[])

    def get_queryset(self):
        """Links that `include` asks for are read in full."""
        queryset = super().get_queryset()
        included = names_in(self.request.query_params.getlist("include"))
        many = {f.name for f in links_of(queryset.model)} & set(included)
        return queryset.defer(None).prefetch_related(*many) if included else queryset

    def list(self, request, *args, **kwargs):
        queryset = self.filter_queryset(self.get_queryset())
        names = asked_facets(self.filterset, request.query_params.getlist("facets"))
        return self.answer(queryset, read_in_chunks(queryset), names)


class ResourceViewSet(ListOnlyViewSet):
    """A resource: list with filters, detail by its public identifier."""

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        cls.lookup_field = cls.queryset.lookup_field

    def retrieve(self, request, *args, **kwargs):
        refuse_unknown(request, SHAPE_PARAMETERS)
        [rows] = read_rows([self.get_object()])
        return Response(*self.get_serializer().show(rows))

    def get_object(self):
        ident = self.kwargs[self.lookup_field]
        try:
            return get_object_or_404(self.get_queryset(), **{self.lookup_field: ident})
        except Http404:
            raise self.missing(ident) from None

    def missing(self, ident):
        """Why there is no such row: retired, or unknown with the nearest known identifier."""
        if retired := RetiredAccession.objects.named(ident):
            return Retired(retired)
        queryset = self.get_queryset()
        known = queryset.order_by(self.lookup_field).values_list(self.lookup_field, flat=True)
        name = queryset.model._meta.verbose_name
        return exceptions.NotFound(f"There is no {name} '{ident}'.{nearest(ident, known)}")


def refuse_unknown(request: Request, allowed: Collection[str]) -> None:
    """400 for parameters that this endpoint does not know."""
    if unknown := unknown_parameters(sorted(request.query_params), allowed):
        raise exceptions.ValidationError(unknown)
