"""The API's views: one read-only kind of viewset for every resource."""

from collections.abc import Collection, Iterable, Sequence
from itertools import chain
from typing import Any

from django.db.models import Model, QuerySet
from django.http import Http404, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django_filters.filterset import filterset_factory
from rest_framework import exceptions, negotiation, viewsets
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.models import RetiredAccession
from core.names import named
from core.rest.entity_names import key_of
from core.rest.errors import Retired
from core.rest.facets import asked_facets, facets
from core.rest.fields import names_in
from core.rest.filters import ResourceFilterSet, unknown_parameters
from core.rest.hints import hint
from core.rest.neighbours import neighbours
from core.rest.ordering import Orders
from core.rest.pagination import FacetValueSerializer, NeighbourSerializer
from core.rest.renderers import BYTE_ORDER_MARK, CSVRenderer, ExportRenderer, Shown, marked_formats
from core.rest.serializers import SparseSerializer
from core.rows import ChainedRows, links_of, read_in_chunks, read_rows

ENTITY_ORDER: Orders = {"slug": "slug", "name": "name"}
STATEMENT_ORDER: Orders = {
    "accession": "accession", "section": ("section__document__order", "section__order"), "evidence": "evidence",
}  # fmt: skip
SHAPE_PARAMETERS = {"fields", "omit", "include", "format"}


class Negotiation(negotiation.DefaultContentNegotiation):
    """`?format=` of an unknown format is a 400 that lists the known ones."""

    def filter_renderers(self, renderers: Iterable[BaseRenderer], format: str) -> list[BaseRenderer]:
        known = [str(renderer.format) for renderer in renderers]
        if format not in known:
            raise exceptions.ValidationError(
                {"format": [f"There is no format '{format}'. Valid: {', '.join(known)}."]}
            )
        return super().filter_renderers(renderers, format)


class ExportView(APIView):
    """Answers that have flat formats, too: whole, and streamed."""

    content_negotiation_class = Negotiation

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        asked = request.query_params.get("bom", "")
        if asked not in ("", "0", "1"):
            raise exceptions.ValidationError({"bom": [f"'{asked}' is neither 0 nor 1."]})
        self.with_bom = asked == "1"
        if self.with_bom and not isinstance(request.accepted_renderer, CSVRenderer):
            raise exceptions.ValidationError({"bom": [f"A byte order mark is for {marked_formats()} alone."]})

    def wants_export(self) -> bool:
        return isinstance(self.request.accepted_renderer, ExportRenderer)

    def export(self, rows: Iterable[Shown], columns: Sequence[str]) -> HttpResponseBase:
        renderer, match = self.request.accepted_renderer, self.request.resolver_match
        assert isinstance(renderer, ExportRenderer)
        content_type = renderer.media_type + ("; charset=utf-8" if renderer.charset else "")
        parts = chain([BYTE_ORDER_MARK] if self.with_bom else [], renderer.stream(rows, columns))
        name = str(match and match.url_name).removeprefix("api-").removesuffix("-list")
        disposition = f'attachment; filename="mscbase-{name}.{renderer.format}"'
        return StreamingHttpResponse(
            parts, content_type=content_type, headers={"Content-Disposition": disposition}
        )


class ListViewSet(ExportView, viewsets.GenericViewSet):
    """A list with filters, orders and facets: a page of it, or all of it in a flat format."""

    queryset: QuerySet
    filterset_class: type[ResourceFilterSet] = ResourceFilterSet
    filterset: ResourceFilterSet
    ordering_fields: Orders = {}

    def row_serializer(self) -> SparseSerializer:
        serializer = self.get_serializer()
        assert isinstance(serializer, SparseSerializer)
        return serializer

    def answer(self, rows: Sequence | QuerySet, chunks: Iterable[Sequence]) -> HttpResponseBase:
        """A page of the rows, with the facets asked for; all of them by `chunks` in a flat format."""
        names = asked_facets(self.filterset, self.request.query_params.getlist("facets"))
        serializer = self.row_serializer()
        if self.wants_export():
            return self.export(chain.from_iterable(map(serializer.show, chunks)), list(serializer.getters))
        [page] = read_rows(self.paginate_queryset(rows) or [])
        response = self.get_paginated_response(serializer.show(page))
        if names:
            show = FacetValueSerializer().show
            response.data["facets"] = {n: show(values) for n, values in facets(self.filterset, names).items()}
        if not response.data["count"] and (near := neighbours(self.filterset)) is not None:
            response.data["neighbours"] = NeighbourSerializer().show(near)
        return response


class ListOnlyViewSet(ListViewSet):
    """A resource without identifiers of its own."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if cls.queryset is not None:
            cls.filterset_class = filterset_factory(cls.queryset.model, cls.filterset_class, fields=[])

    def get_queryset(self) -> QuerySet:
        """Links that `include` asks for are read in full."""
        queryset = super().get_queryset()
        included = names_in(self.request.query_params.getlist("include"))
        model: type[Model] = queryset.model
        many = {f.name for f in links_of(model)} & set(included)
        return queryset.defer(None).prefetch_related(*many) if included else queryset

    def rows(self) -> QuerySet | ChainedRows:
        """The rows of the list, as the query wants and orders them."""
        return self.filter_queryset(self.get_queryset())

    def list(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        rows = self.rows()
        return self.answer(rows, read_in_chunks(rows))


class ResourceViewSet(ListOnlyViewSet):
    """A resource: list with filters, detail by its public identifier."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        model: type[Model] = cls.queryset.model
        cls.lookup_field = key_of(model)

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        refuse_unknown(request, SHAPE_PARAMETERS)
        [rows] = read_rows([self.get_object()])
        [shown] = self.row_serializer().show(rows)
        return Response(shown)

    def get_object(self) -> Model:
        ident = self.kwargs[self.lookup_field]
        try:
            return get_object_or_404(self.get_queryset(), **{self.lookup_field: ident})
        except Http404:
            raise self.missing(ident) from None

    def missing(self, ident: str) -> exceptions.APIException:
        """Why there is no such row: retired, or unknown, with what goes by its name."""
        if retired := RetiredAccession.objects.named(ident):
            return Retired(retired)
        model = self.get_queryset().model
        meant = "".join(f" Did you mean '{name.ident}'?" for name in named(ident, model)[:1])
        return exceptions.NotFound(
            f"There is no {model._meta.verbose_name} '{ident}'.{meant or hint(ident, model)}"
        )


def refuse_unknown(request: Request, allowed: Collection[str]) -> None:
    """400 for parameters that this endpoint does not know."""
    if unknown := unknown_parameters(sorted(request.query_params), allowed):
        raise exceptions.ValidationError(unknown)
