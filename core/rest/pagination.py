"""Pages of a list, for the API and for the site."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from django.core.paginator import InvalidPage
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema_field
from rest_framework import exceptions, pagination, serializers
from rest_framework.request import Request
from rest_framework.views import APIView

from core.rest.neighbours import RELATIONS
from core.rest.serializers import ReadSerializer


def whole_number(
    parameters: Mapping[str, str], name: str, default: int, lowest: int = 1, highest: int | None = None
) -> int:
    """A parameter as a whole number in its range. ValidationError naming it otherwise."""
    text = parameters.get(name, "")
    if text == "":
        return default
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
    if number is None or number < lowest or (highest and number > highest):
        limits = f"from {lowest} to {highest}" if highest else f"of {lowest} or more"
        raise exceptions.ValidationError({name: [f"'{text}' is not a whole number {limits}."]})
    return number


class FacetValueSerializer(ReadSerializer):
    """A value of a filter that occurs in a list."""

    value = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # a field of the row
    count = serializers.IntegerField(
        help_text="Rows of the list with this value alone, the other filters as they are."
    )


@extend_schema_field(serializers.DictField(child=FacetValueSerializer(many=True)), component_name="Facets")
class FacetsField(serializers.DictField):
    """For each filter named in `facets`: the values that occur, most rows first."""


class NeighbourSerializer(ReadSerializer):
    """An entity near one that was asked for, which has rows where that one has none."""

    parameter = serializers.CharField(help_text="The filter.")
    asked = serializers.CharField(help_text="The value that it was asked for.")
    relation = serializers.CharField(
        help_text=f"How the two are near, one of {', '.join(RELATIONS)}; alone is the value without the others."
    )
    value = serializers.CharField(help_text="What the filter takes for this one.")
    label = serializers.CharField()  # type: ignore[assignment]  # a field of the row
    count = serializers.IntegerField(help_text="Rows with this value alone, the other filters as they are.")


class PageSerializer(ReadSerializer):
    """A page of a list, to be completed by its `results`."""

    count = serializers.IntegerField(help_text="Rows of the whole list.")
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    facets = FacetsField(
        required=False, help_text="Values of the filters named in `facets`, most rows first."
    )
    neighbours = NeighbourSerializer(
        many=True, required=False,
        help_text="Of an empty list that was asked for entities: those near them that have rows.",
    )  # fmt: skip


Row = TypeVar("Row")


class Pages(pagination.PageNumberPagination):
    """`{"count", "next", "previous", "results"}`, 50 a page, at most 1000."""

    page_size = 50
    max_page_size = 1000
    page_size_query_param = "page_size"

    page_query_description = "The page of the list, from 1."
    page_size_query_description = (
        f"Rows of a page: {page_size} unless asked otherwise, at most {max_page_size}."
    )

    def get_page_size(self, request: Request) -> int:
        return whole_number(request.query_params, "page_size", self.page_size, highest=self.max_page_size)

    def paginate_queryset(
        self, queryset: QuerySet[Any, Row] | Sequence[Row], request: Request, view: APIView | None = None
    ) -> list[Row]:
        self.request = request
        number = whole_number(request.query_params, "page", 1)
        paginator = self.django_paginator_class(queryset, self.get_page_size(request))
        try:
            self.page = paginator.page(number)
        except InvalidPage as error:
            raise exceptions.NotFound(
                f"There is no page {number}: the last one is {paginator.num_pages}."
            ) from error
        return list(self.page)
