"""The OpenAPI description, generated from the views."""

from typing import Any

from django.urls import get_script_prefix
from drf_spectacular.extensions import OpenApiFilterExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import build_parameter_type

from core.rest.filters import ChoiceFilter, EntityFilter

PROBLEM = {
    "type": "object",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"parameter": {"type": "string"}, "message": {"type": "string"}},
                "required": ["parameter", "message"],
            },
        },
    },
    "required": ["type", "title", "status", "detail"],
}
PROBLEM_RESPONSES = {
    "400": "An unknown parameter, value, field or format, named in `errors`.",
    "404": "There is no such row or page.",
    "406": "None of the accepted media types is available.",
    "410": "The accession was retired; `successor` names what replaces it.",
    "429": "Too many requests; `Retry-After` says when to ask again.",
}


class ResourceSchema(AutoSchema):
    """Adds the errors that every operation may answer, as RFC 9457 problem details."""

    def _get_response_bodies(self, direction="response"):
        bodies = super()._get_response_bodies(direction)
        for status, description in PROBLEM_RESPONSES.items():
            bodies.setdefault(
                status,
                {"description": description, "content": {"application/problem+json": {"schema": PROBLEM}}},
            )
        return bodies


class StrictFilters(OpenApiFilterExtension):
    """The parameters of a filter set: every value may be repeated, joined by commas, or negated."""

    target_class = "core.rest.filters.StrictFilterBackend"
    priority = 1

    def get_schema_operation_parameters(self, auto_schema, *args, **kwargs):
        filterset_class = getattr(auto_schema.view, "filterset_class", None)
        filters = filterset_class.base_filters if filterset_class else {}
        return [self.parameter(name, f) for name, f in filters.items()]

    @staticmethod
    def parameter(name, f):
        description = f"{f.label}." if f.label else ""
        if isinstance(f, ChoiceFilter):
            description += " One of: " + ", ".join(value for value, _ in f.choices.choices) + "."
        elif isinstance(f, EntityFilter):
            description += (
                f" Slug of a {f.entity._meta.verbose_name}{', narrower ones included' if f.narrower else ''}."
            )
        schema = {"type": "string" if isinstance(f, (ChoiceFilter, EntityFilter)) else f.schema_type}
        return build_parameter_type(
            name=name, schema=schema, location="query", description=description.strip()
        )


def serve_from_script_name(result: dict[str, Any], **context: Any) -> dict[str, Any]:
    """Name the path that the server mounts the site at, so that clients find the operations below it."""
    if (prefix := get_script_prefix()) != "/":
        result["servers"] = [{"url": prefix.rstrip("/")}]
    return result
