"""The two addresses of a resource's pages."""

from django.urls import path


def pages(prefix, list_view, detail_view):
    """`/prefix/` and `/prefix/<identifier>/`, named after the model as in the API."""
    name = list_view.viewset.queryset.model._meta.model_name
    return [
        path(f"{prefix}/", list_view.as_view(), name=f"{name}-list"),
        path(f"{prefix}/<str:ident>/", detail_view.as_view(), name=f"{name}-detail"),
    ]
