"""Pages of a list, for the API and for the site."""

from django.core.paginator import InvalidPage
from rest_framework import exceptions, pagination


def whole_number(parameters, name, default, lowest=1, highest=None):
    """A parameter as a whole number in its range. ValidationError naming it otherwise."""
    text = parameters.get(name, "")
    if text == "":
        return default
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
    if number is None or number < lowest or (highest and number > highest):
        limits = f"from {lowest} to {highest}" if highest else f"of {lowest} or more"
        raise exceptions.ValidationError({name: [f"'{text}' is not a whole number {limits}."]})
    return number


FACETS_SCHEMA = {
    "type": "object",
    "description": "For each filter named in `facets`: the values that occur, most rows first.",
    "additionalProperties": {
        "type": "array",
        "items": {
            "type": "object",
            "properties": {
                "value": {"type": "string"},
                "label": {"type": "string"},
                "count": {
                    "type": "integer",
                    "description": "Rows of the list with this value alone, the other filters as they are.",
                },
            },
            "required": ["value", "label", "count"],
        },
    },
}


class Pages(pagination.PageNumberPagination):
    """`{"count", "next", "previous", "results"}`, 50 a page, at most 1000."""

    page_size = 50
    max_page_size = 1000
    page_size_query_param = "page_size"

    def get_paginated_response_schema(self, schema):
        described = super().get_paginated_response_schema(schema)
        link = {"type": ["string", "null"], "format": "uri"}
        described["properties"] |= {"next": link, "previous": link, "facets": FACETS_SCHEMA}
        return described

    def get_page_size(self, request):
        return whole_number(request.query_params, "page_size", self.page_size, highest=self.max_page_size)

    def paginate_queryset(self, queryset, request, view=None):
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
