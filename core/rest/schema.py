"""The OpenAPI description, generated from the views, in terms that generators of clients understand.

Whatever several operations share is a component: choices are named enumerations, parameters and errors are
referred to. Of a row nothing is required, since `fields` and `omit` may leave anything out; of a linked row what
names it is, and `include` adds the rest.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal

from django.db.models import TextChoices
from django.http import QueryDict
from django.urls import get_script_prefix
from drf_spectacular.extensions import (
    OpenApiFilterExtension,
    OpenApiSerializerExtension,
    OpenApiSerializerFieldExtension,
)
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import (
    ResolvedComponent,
    build_array_type,
    build_basic_type,
    build_media_type_object,
    build_parameter_type,
)
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_serializer
from inflection import camelize, underscore
from rest_framework.generics import GenericAPIView
from rest_framework.serializers import Serializer

from core.models import Section
from core.rest.errors import PROBLEM_TYPE, ProblemSerializer
from core.rest.facets import facets_of
from core.rest.filters import (
    EntityFilter,
    QuantityFilter,
    ReferenceFilter,
    ResourceFilterSet,
    TermsFilter,
    WordsFilter,
)
from core.rest.pagination import PageSerializer
from core.rest.renderers import ExportRenderer, marked_formats
from core.rest.serializers import (
    LinkSerializer,
    ResourceSerializer,
    SparseSerializer,
    in_full,
    link_serializer,
)
from core.rest.terms import ALL, ANY, STATES
from core.rest.viewsets import ExportView, ListViewSet

Described = dict[str, Any]  # a part of the description
Direction = Literal["request", "response"]

OTHER_NAME = {
    "description": "A value goes by another name here: `Location` is the address with the value that is meant.",
}
OF_ONE_RESOURCE = {"fields", "omit", "include", "facets", "ordering"}
PROBLEMS = {
    "400": ("BadRequest", "An unknown parameter, value, field or format, named in `errors`."),
    "404": ("NotFound", "There is no such row or page."),
    "406": ("NotAcceptable", "None of the accepted media types is available."),
    "410": ("Retired", "The accession was retired; `successor` names what replaces it."),
    "429": ("TooManyRequests", "Too many requests; `Retry-After` says when to ask again."),
}


class ResourceSchema(AutoSchema):
    """One operation: its parameters, its answer in every format, and the errors."""

    def get_auth(self) -> list[Described]:
        return []  # nobody needs a key

    # Components

    def component(self, kind: str, name: str, described: Described) -> Described:
        """A reference to a component of this name, which must always be the same."""
        component = ResolvedComponent(name=name, type=kind, schema=described, object=name)
        self.registry.register_on_missing(component)
        if self.registry[component].schema != described:
            raise ValueError(f"Two {kind} of the API description are called {name}.")
        return component.ref

    def enumeration(self, name: str, values: Mapping[str, str]) -> Described:
        """A named enumeration of {value: name of its constant in a client}."""
        described = {"type": "string", "enum": list(values), "x-enum-varnames": list(values.values())}
        return self.component(ResolvedComponent.SCHEMA, name, described)

    def list_parameter(self, name: str, items: Described, description: str, **more: Any) -> Described:
        """A query parameter that takes several values, each in a parameter of its own."""
        return build_parameter_type(
            name=name, schema=build_array_type(items), location="query", description=description,
            style="form", explode=True, **more,
        )  # fmt: skip

    # Parameters

    def _get_parameters(self) -> list[Described]:
        parameters = {p["name"]: p for p in super()._get_parameters()}
        parameters |= {p["name"]: p for p in self.parameters_of_rows()}
        return [self.shared(parameters[name]) for name in sorted(parameters)]

    def shared(self, parameter: Described) -> Described:
        """A reference to the parameter, called after its rows where other ones mean something else by it."""
        common = parameter["name"]
        own = f"{self.row_name if self.row else self.get_tags()[0]}-{common}"
        for name in [own] if common in OF_ONE_RESOURCE else [common, own]:
            try:
                return self.component(ResolvedComponent.PARAMETER, name, parameter)
            except ValueError:
                continue
        return parameter

    @property
    def row(self) -> SparseSerializer | None:
        """The serializer of the rows that the operation answers with, if they are such as can be shaped."""
        row = self._get_serializer() if isinstance(self.view, GenericAPIView) else None
        return row if isinstance(row, SparseSerializer) else None

    @property
    def row_name(self) -> str:
        return self._get_serializer_name(self.row, "response")

    def parameters_of_rows(self) -> Iterable[Described]:
        """`fields`, `omit`, `include` and `facets`: what an answer is to hold."""
        if isinstance(self.view, ExportView) and (self._is_list_view() or not self.row):
            yield build_parameter_type(
                name="bom", schema={"type": "integer", "minimum": 0, "maximum": 1}, location="query",
                description=f"1 opens {marked_formats()} with a byte order mark, for spreadsheets.",
            )  # fmt: skip
        if not self.row:
            return
        name = self.row_name
        columns = self.enumeration(f"{name}Field", constants(self.row.built_fields()))
        yield self.list_parameter("fields", columns, "Only these fields.")
        yield self.list_parameter("omit", columns, "Without these fields.")
        if includable := self.row.includable() if isinstance(self.row, ResourceSerializer) else ():
            links = self.enumeration(f"{name}Include", constants(includable))
            yield self.list_parameter("include", links, "Links to show in full.")
        facets = facets_of(filters_of(self.view)) if isinstance(self.view, ListViewSet) else ()
        if facets and self._is_list_view():
            described = "Filters whose values to count, for the other filters as they are."
            yield self.list_parameter(
                "facets", self.enumeration(f"{name}Facet", constants(facets)), described
            )

    def _get_format_parameters(self) -> list[Described]:
        if len(formats := self.map_renderers("format")) < 2:
            return []
        known = self.enumeration("Format", constants(formats))
        description = "The format of the answer, also as a suffix of the path: `/api/v1/trials.csv`."
        return [build_parameter_type(name="format", schema=known, location="query", description=description)]

    # Answers

    def _get_response_bodies(self, direction: Direction = "response") -> Described:
        problem = {"schema": self.resolve_serializer(ProblemSerializer, direction).ref}
        bodies = super()._get_response_bodies(direction)
        if getattr(self.view, "filterset_class", None) and self._is_list_view():
            bodies["302"] = self.component(ResolvedComponent.RESPONSE, "OtherName", OTHER_NAME)
        for status, (name, description) in PROBLEMS.items():
            if status != "410" or "{" in self.path or "resolve" in self.path:
                described = {"description": description, "content": {PROBLEM_TYPE: problem}}
                bodies[status] = self.component(ResolvedComponent.RESPONSE, name, described)
        return bodies

    def _get_response_for_code(
        self,
        serializer: Any,
        status_code: str,
        media_types: list[str] | None = None,
        direction: Direction = "response",
    ) -> Described:
        """A page of a list, where it is one, or else a row; a file in the flat formats."""
        if isinstance(serializer, SparseSerializer) and self._is_list_view(serializer):
            serializer = page_of(type(serializer), self.row_name)
        answer = super()._get_response_for_code(serializer, status_code, media_types, direction)
        for renderer in self.view.get_renderers():
            if isinstance(renderer, ExportRenderer) and renderer.media_type in answer["content"]:
                file = build_media_type_object(build_basic_type(OpenApiTypes.BINARY))
                answer["content"][renderer.media_type] = file
        return answer

    def _map_basic_serializer(self, serializer: Serializer, direction: Direction) -> Described:
        described = super()._map_basic_serializer(serializer, direction)
        described["required"] = [name for name, f in serializer.fields.items() if f.required or f.read_only]
        if isinstance(serializer, SparseSerializer):
            del described["required"]
        if isinstance(serializer, ResourceSerializer) and not type(serializer).__doc__:
            described["description"] = f"A row of {serializer.model()._meta.verbose_name_plural}."
        return described

    # Rules and defaults are for what is written, and nothing is.

    def _get_serializer_field_meta(self, field: Any, direction: Direction) -> Described:
        meta = super()._get_serializer_field_meta(field, direction)
        return {key: value for key, value in meta.items() if key in ("nullable", "title", "description")}

    def _map_serializer_field(
        self, field: Any, direction: Direction, bypass_extensions: bool = False
    ) -> Described:
        described = super()._map_serializer_field(field, direction, bypass_extensions)
        return {key: value for key, value in described.items() if key not in ("minimum", "maximum")}

    def _insert_field_validators(self, field: Any, schema: Described) -> None:
        pass


def page_of(row: type[Serializer], name: str) -> type[PageSerializer]:
    page = type(f"Paginated{name}ListSerializer", (PageSerializer,), {"results": row(many=True)})
    page.__doc__ = "A page of the list."
    return extend_schema_serializer(many=False)(page)


def constants(values: Iterable[str]) -> dict[str, str]:
    """{value: name of its constant in a client}"""
    return {value: underscore(value).replace(":", "_").upper() for value in values}


def filters_of(view: ListViewSet) -> ResourceFilterSet:
    """The filter set of a list, asked nothing."""
    return view.filterset_class(QueryDict(), queryset=view.queryset.none())


# Choices


def choices_named(values: Iterable[str]) -> type[TextChoices] | None:
    """The choices of some model that have these values."""
    wanted = set(values)
    return next((c for c in TextChoices.__subclasses__() if set(c.values) == wanted), None)


def enumerated(
    schema: ResourceSchema, values: Iterable[str], otherwise: str, signs: Mapping[str, str] | None = None
) -> Described:
    """A reference to the enumeration of these values, called as their choices are, or `otherwise`.

    As values of a filter they stand there once more behind each of {sign: how its constants open}.
    """
    known = choices_named(values)
    name = known.__qualname__.replace(".", "") if known else otherwise
    names = {choice.value: choice.name for choice in known} if known else constants(values)
    if signs:
        name += "Filter" if list(signs) == ["!"] else "sFilter"
        plain = names
        for sign, opening in signs.items():
            names = names | {f"{sign}{value}": f"{opening}_{constant}" for value, constant in plain.items()}
    return schema.enumeration(name, names)


class Choices(OpenApiSerializerFieldExtension):
    """One of some choices, or blank."""

    target_class = "rest_framework.serializers.ChoiceField"
    match_subclasses = True

    def map_serializer_field(self, auto_schema: AutoSchema, direction: Direction) -> Described:
        assert isinstance(auto_schema, ResourceSchema)
        field = self.target
        owner = type(field.parent).__name__.removesuffix("Serializer")
        values = [value for value in field.choices if value]
        known = enumerated(auto_schema, values, owner + camelize(field.field_name))
        return {"oneOf": [known, {"const": ""}]} if field.allow_blank else known


# Linked rows


class Link(OpenApiSerializerExtension):
    """A linked row: what names it, and the rest of its own fields with `include`."""

    target_class = "core.rest.serializers.LinkSerializer"
    match_subclasses = True

    def map_serializer(self, auto_schema: AutoSchema, direction: Direction) -> Described:
        assert isinstance(auto_schema, ResourceSchema)
        link: LinkSerializer = self.target
        described = auto_schema._map_serializer(link, direction, bypass_extensions=True)
        if link.model in in_full:
            row = in_full[link.model]
            own = {
                name: auto_schema._map_serializer_field(field, direction)
                for name, field in row().fields.items() if name in row.own_fields()
            }  # fmt: skip
            described["properties"] = own | described["properties"]
            described["required"] = [name for name in link.fields if name in row.built_fields()]
            described["description"] = f"One of {link.model._meta.verbose_name_plural}, linked to."
        return described


class SectionLink(OpenApiSerializerFieldExtension):
    """The slug of a section, and the section with `include`."""

    target_class = "core.rest.serializers.SectionField"

    def map_serializer_field(self, auto_schema: AutoSchema, direction: Direction) -> Described:
        assert isinstance(auto_schema, ResourceSchema)
        linked = auto_schema.resolve_serializer(link_serializer(Section), direction)
        return {"oneOf": [build_basic_type(OpenApiTypes.STR), linked.ref]}


# Filters and orders


class Filters(OpenApiFilterExtension):
    """The parameters of a filter set."""

    target_class = "core.rest.filters.StrictFilterBackend"
    priority = 1  # before what describes any filter set

    def get_schema_operation_parameters(
        self, auto_schema: AutoSchema, *args: Any, **kwargs: Any
    ) -> list[Described]:
        assert isinstance(auto_schema, ResourceSchema)
        view = auto_schema.view
        filters = filters_of(view).filters if isinstance(view, ListViewSet) else {}
        return [self.parameter(auto_schema, name, f) for name, f in filters.items()]

    def parameter(self, schema: ResourceSchema, name: str, f: Any) -> Described:
        if not isinstance(f, TermsFilter):
            described = {"type": f.schema_type}
            return build_parameter_type(name=name, schema=described, location="query", description=about(f))
        items: Described = {"type": "string"}
        if f.enumerated:
            owner = type(f.parent).__name__.removesuffix("Set").removesuffix("Filter")
            signs = {"!": "EXCEPT"}
            if f.several:
                join = ANY if f.joined("") == ALL else ALL
                signs[f"{join}:"] = join.upper()
            items = enumerated(schema, dict(f.options()), owner + camelize(name), signs)
        return schema.list_parameter(name, items, about(f))


def about(f: Any) -> str:
    """What a filter asks for, and what may stand before its values."""
    taken = ", ".join(f"`{sign}` ({meaning})" for sign, meaning in signs_of(f))
    return f"{asks_for(f)} Takes {taken}." if taken else asks_for(f)


def asks_for(f: Any) -> str:
    if isinstance(f, EntityFilter):
        narrower = ", narrower ones included" if f.narrower else ""
        return f"{f.label}: slugs of {f.entity._meta.verbose_name_plural}{narrower}."
    if isinstance(f, ReferenceFilter):
        return f"{f.label}: number in the first document, `document:number` in others."
    if isinstance(f, WordsFilter):
        return f"{f.label}, all of which must stand there, whatever their case, accents or Greek letters."
    if isinstance(f, QuantityFilter):
        return f"{f.label}, as 1000000 or 1e6" + (f", in `{f.unit}`, which it needs." if f.unit else ".")
    return f"{f.label}."


def signs_of(f: Any) -> Iterator[tuple[str, str]]:
    """(sign, what it means) beyond what holds of every filter."""
    if not isinstance(f, TermsFilter):
        return
    if f.several and f.joined("") == ALL:
        yield f"{ANY}:", "any of the values, not all"
    elif f.several:
        yield f"{ALL}:", "every one of the values"
    for state in f.states:
        yield f"{state}:", STATES[state]
    if f.states:
        yield "!", " or ".join(STATES[state] for state in f.states)


class Orders(OpenApiFilterExtension):
    """The orders of a list, each also backwards."""

    target_class = "core.rest.ordering.StrictOrderingFilter"

    def get_schema_operation_parameters(
        self, auto_schema: AutoSchema, *args: Any, **kwargs: Any
    ) -> list[Described]:
        assert isinstance(auto_schema, ResourceSchema)
        known = constants(getattr(auto_schema.view, "ordering_fields", {}))
        both = known | {f"-{field}": f"{constant}_DESCENDING" for field, constant in known.items()}
        items = auto_schema.enumeration(f"{auto_schema.row_name}Order", both)
        return [auto_schema.list_parameter("ordering", items, "Fields to order by, backwards with `-`.")]


def serve_from_script_name(result: Described, **context: Any) -> Described:
    """Name the path that the server mounts the site at, so that clients find the operations below it."""
    if (prefix := get_script_prefix()) != "/":
        result["servers"] = [{"url": prefix.rstrip("/")}]
    return result
