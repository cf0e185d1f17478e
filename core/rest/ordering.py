"""`ordering=`: an unknown field is an error, and the order is always total."""

from rest_framework import exceptions, filters

from core.rest.filters import nearest


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
