"""How the API's lists are filtered and ordered: what is not understood is an error, never ignored."""

from django_filters.rest_framework import DjangoFilterBackend
from rest_framework import exceptions, filters

from core.filtering import API_PARAMETERS, nearest


class StrictFilterBackend(DjangoFilterBackend):
    """The API's filters: every problem at once, as a 400."""

    def filter_queryset(self, request, queryset, view):
        filterset = self.get_filterset(request, queryset, view)
        if filterset is None:
            unknown = set(request.query_params) - API_PARAMETERS
            if unknown and getattr(view, "action", "") == "list":
                raise exceptions.ValidationError(
                    {
                        name: [f"There is no parameter '{name}' here.{nearest(name, API_PARAMETERS)}"]
                        for name in unknown
                    }
                )
            return queryset
        if found := filterset.problems(API_PARAMETERS):
            raise exceptions.ValidationError(found)
        view.filterset = filterset  # the list counts its facets with it
        return filterset.qs


class StrictOrderingFilter(filters.OrderingFilter):
    """`ordering=a,-b`: an unknown field is a 400; ties are always broken the same way."""

    def filter_queryset(self, request, queryset, view):
        return queryset.order_by(
            *total_order(request.query_params.getlist("ordering"), queryset, view.ordering_fields)
        )


def total_order(asked, queryset, allowed):
    """Field names for `order_by` from `ordering` parameters, ending in a unique one.

    Raises ValidationError naming a field that is not in `allowed`.
    """
    names = [name.strip() for value in asked for name in value.split(",") if name.strip()]
    for name in names:
        if name.lstrip("-") not in allowed:
            hint = nearest(name.lstrip("-"), allowed) or f" Valid: {', '.join(allowed)}."
            raise exceptions.ValidationError({"ordering": [f"Cannot order by '{name}'.{hint}"]})
    chosen = [("-" if name.startswith("-") else "") + allowed[name.lstrip("-")] for name in names]
    return [*chosen, *(queryset.model._meta.ordering or []), "pk"]
