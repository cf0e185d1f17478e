"""How rows look in the API: one shape for every linked row, and `fields=`, `omit=`, `include=`."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cache, cached_property, reduce
from itertools import permutations
from operator import attrgetter, itemgetter, or_
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model, Q
from django.http import QueryDict
from django.urls import reverse
from drf_spectacular.utils import extend_schema_field
from rest_framework import exceptions, serializers
from rest_framework.utils.model_meta import RelationInfo

from core.models import Conflict, Document, Entity, Reference, Section, Statement, XrefMatch
from core.querysets import linked_model
from core.rest.entity_names import key_of
from core.rest.fields import names_in
from core.rest.filters import nearest
from core.rows import linked, links_of
from core.text import slugify

ENTITY_FIELDS = ["slug", "name", "synonyms", "xrefs", "xrefs_match", "other_names", "curator_note"]
STATEMENT_FIELDS = [
    "accession", "kind", "text", "section", "document", "references", "evidence", "curator_note",
]  # fmt: skip
LINKS = ["url", "api_url"]
MethodField = serializers.SerializerMethodField
Getter = Callable[[Any], Any]  # from a row to the value of one field
in_full: dict[type[Model], type["ResourceSerializer"]] = {}  # {model: the serializer of its rows}


def kind_of(model: type[Model]) -> str:
    """What a row of this model is called in the API: a statement's kind, or the model in kebab-case."""
    return model.kind if issubclass(model, Statement) else slugify(model._meta.verbose_name)


def or_default(read: Getter, default: Any) -> Getter:
    """Reads a value, or the default where a row on the way to it is missing."""

    def get(row: Any) -> Any:
        try:
            return read(row)
        except AttributeError as error:
            if isinstance(error, ObjectDoesNotExist) or (error.name and error.obj is None):
                return default
            raise

    return get


class ReadSerializer(serializers.Serializer):
    """A serializer that only shows rows, which may be instances or dicts.

    Its fields describe a row in the schema and are built once per class. Each becomes a plain function that
    shows the value: the framework's own way costs more than everything else that a list does.
    """

    @classmethod
    @cache
    def built_fields(cls) -> dict[str, serializers.Field]:
        return dict(cls().fields)

    @cached_property
    def getters(self) -> dict[str, Getter]:
        return {name: self.getter(field) for name, field in self.built_fields().items()}

    def getter(self, field: serializers.Field) -> Getter:
        if isinstance(field, MethodField):
            return getattr(self, field.method_name)
        read = self.reader(str(field.source))
        if field.default is not serializers.empty:
            read = or_default(read, field.default)
        if isinstance(field, AddressField):
            return lambda row: self.absolute(path) if (path := read(row)) else ""
        if isinstance(field, serializers.ListSerializer):
            assert isinstance(field.child, serializers.BaseSerializer)
            return self.shown_by(type(field.child)(context=self.context), read, many=True)
        if isinstance(field, serializers.BaseSerializer):
            return self.shown_by(type(field)(context=self.context), read)
        if isinstance(field, serializers.RelatedField):
            return self.shown_by(field, read)
        return read

    def reader(self, source: str) -> Getter:
        """Reads an attribute, dotted or not, or a key where the row is a dict."""
        attribute = attrgetter(source)
        return lambda row: row[source] if isinstance(row, dict) else attribute(row)

    @staticmethod
    def shown_by(field: serializers.Field, read: Getter, many: bool = False) -> Getter:
        """Reads what a row links to and shows it by another field or serializer."""
        show = field.to_representation
        if many:
            return lambda row: [show(one) for one in read(row)]
        return lambda row: None if (one := read(row)) is None else show(one)

    def to_representation(self, row: Any) -> dict[str, Any]:
        return {name: get(row) for name, get in self.getters.items()}

    def show(self, rows: Iterable) -> list[dict[str, Any]]:
        """The rows of one page or chunk."""
        return [self.to_representation(row) for row in rows]

    def absolute(self, path: str) -> str:
        return self.origin + path

    @cached_property
    def origin(self) -> str:
        """Scheme and host of the request, without a slash at the end; empty outside of a request."""
        request = self.context.get("request")
        return request.build_absolute_uri("/")[:-1] if request else ""


class AddressField(serializers.URLField):
    """A path on this site, shown with scheme and host."""


@extend_schema_field(serializers.CharField)
class OptionalAddressField(AddressField):
    """The same, or blank."""


class LinkSerializer(ReadSerializer):
    """A linked row, by what names it. `model` is set where `include` can show it in full."""

    model: type[Model] | None = None


class EntityLinkSerializer(LinkSerializer):
    slug = serializers.CharField()
    name = serializers.CharField()


class DocumentLinkSerializer(LinkSerializer):
    slug = serializers.CharField()
    name = serializers.CharField(source="title")


class ReferenceLinkSerializer(LinkSerializer):
    number = serializers.IntegerField()
    label = serializers.CharField()  # type: ignore[assignment]  # a field of the row
    identifier = serializers.CharField(
        help_text="The number, after the document's slug where it is not the first."
    )


class SectionLinkSerializer(LinkSerializer):
    """A section with `include`; without, it is its slug."""

    slug = serializers.CharField()


class StatementLinkSerializer(LinkSerializer):
    accession = serializers.CharField()
    text = serializers.CharField()


class ConflictingStatementSerializer(StatementLinkSerializer):
    """A statement that another one conflicts with."""

    kind = serializers.CharField()
    topic = serializers.CharField()
    why = serializers.CharField()


class XrefSerializer(ReadSerializer):
    """A cross reference to another resource."""

    curie = serializers.CharField()
    label = serializers.CharField(help_text="The official label there.")  # type: ignore[assignment]  # a field of the row
    match = serializers.ChoiceField(choices=XrefMatch.choices)


class OtherNameSerializer(ReadSerializer):
    """What a published file calls a thing."""

    name = serializers.CharField()
    kind = serializers.CharField(help_text="What it is there: approved symbol, alias symbol, entry term, …")
    xref = serializers.CharField(source="curie", help_text="CURIE of the cross reference that it belongs to.")
    source = serializers.CharField(help_text="The file, with its version.")  # type: ignore[assignment]  # a field


LINK_SERIALIZERS = {
    Entity: EntityLinkSerializer, Document: DocumentLinkSerializer, Reference: ReferenceLinkSerializer,
    Section: SectionLinkSerializer, Statement: StatementLinkSerializer,
}  # fmt: skip


@cache
def link_serializer(model: type[Model]) -> type[LinkSerializer]:
    """The serializer that shows a linked row of this model."""
    shown = next(serializer for kind, serializer in LINK_SERIALIZERS.items() if issubclass(model, kind))
    return type(f"Linked{model.__name__}Serializer", (shown,), {"model": model})


class SectionField(serializers.SlugRelatedField):
    """A section, by its slug."""


class SparseSerializer(ReadSerializer):
    """A resource's row. `fields=` and `omit=` of the request choose its fields, so that none is sure to be there."""

    @cached_property
    def getters(self) -> dict[str, Getter]:
        request = self.context.get("request")
        return self.chosen(super().getters, request.query_params) if request else super().getters

    def chosen(self, getters: dict[str, Getter], parameters: QueryDict) -> dict[str, Getter]:
        """Only the `fields` asked for, without those to `omit`."""
        only, without = names_in(parameters.getlist("fields")), names_in(parameters.getlist("omit"))
        for parameter, asked in (("fields", only), ("omit", without)):
            if unknown := next((name for name in asked if name not in getters), None):
                message = f"There is no field '{unknown}' here.{nearest(unknown, getters)}"
                raise exceptions.ValidationError({parameter: [message]})
        return {n: get for n, get in getters.items() if (not only or n in only) and n not in without}


class ResourceSerializer(SparseSerializer, serializers.ModelSerializer):
    """A model as a resource. `include=` of the request shows linked rows in full."""

    url: MethodField | None = MethodField(help_text="The page of this row.")
    api_url: MethodField | None = MethodField(help_text="This row in the API.")

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if hasattr(cls, "Meta"):
            in_full.setdefault(cls.Meta.model, cls)

    def build_relational_field(
        self, field_name: str, relation_info: RelationInfo
    ) -> tuple[type[serializers.Field], dict[str, Any]]:
        is_null = getattr(relation_info.model_field, "null", False)
        kwargs = {"read_only": True} | ({"many": True} if relation_info.to_many else {"allow_null": is_null})
        if relation_info.related_model is Section:
            return SectionField, {"slug_field": "identifier"} | kwargs
        return link_serializer(relation_info.related_model), kwargs

    def get_uniqueness_extra_kwargs(
        self,
        field_names: Iterable[str],
        declared_fields: Mapping[str, serializers.Field],
        extra_kwargs: dict[str, Any],
    ) -> tuple[dict[str, Any], dict[str, serializers.HiddenField]]:
        return extra_kwargs, {}  # read-only: nothing is validated

    def reader(self, source: str) -> Getter:
        """Foreign keys ask no manager, so a draft that one leads to is left out here."""
        read = super().reader(source)
        if source in {f.name for f in links_of(self.model())}:
            return lambda row: linked(row, source)
        if issubclass(self.linked_models().get(source, object), Statement):
            return lambda row: one if (one := read(row)) and one.is_published else None
        return read

    @classmethod
    def model(cls) -> type[Model]:
        return cls.Meta.model

    @classmethod
    @cache
    def linked_models(cls) -> dict[str, type[Model]]:
        """{field: model} of the fields that show linked rows."""
        relations = {f.name: linked_model(f) for f in cls.model()._meta.get_fields() if f.is_relation}
        declared = cls._declared_fields
        return {n: relations[n] for n in cls.built_fields() if n in relations and n not in declared}

    @classmethod
    def includable(cls) -> list[str]:
        """The fields that `include` shows in full."""
        return [name for name, model in cls.linked_models().items() if model in in_full]

    def chosen(self, getters: dict[str, Getter], parameters: QueryDict) -> dict[str, Getter]:
        return super().chosen(getters | self.expanded(names_in(parameters.getlist("include"))), parameters)

    def expanded(self, asked: Iterable[str]) -> dict[str, Getter]:
        """Getters that show the linked rows of these fields in full, without their own links."""
        models, getters = self.linked_models(), {}
        for name in asked:
            if name not in self.includable():
                message = f"'{name}' is no linked entity here.{nearest(name, models)}"
                raise exceptions.ValidationError({"include": [message]})
            many = isinstance(self.built_fields()[name], serializers.ListSerializer)
            getters[name] = self.shown_by(in_full[models[name]].plain(self.origin), self.reader(name), many)
        return getters

    @classmethod
    def own_fields(cls) -> set[str]:
        """The fields that show nothing of other rows."""
        return set(cls.built_fields()) - set(cls.linked_models())

    @classmethod
    def plain(cls, origin: str) -> "ResourceSerializer":
        """Shows a row in full but for what it links to."""
        serializer, own = cls(), cls.own_fields()
        serializer.origin = origin
        serializer.getters = {name: get for name, get in serializer.getters.items() if name in own}
        return serializer

    @extend_schema_field(serializers.URLField)
    def get_url(self, row: Any) -> str:
        return self.absolute(row.get_absolute_url())

    @extend_schema_field(serializers.URLField)
    def get_api_url(self, row: Any) -> str:
        return f"{self.api_list}{getattr(row, key_of(self.model()))}/"

    @cached_property
    def api_list(self) -> str:
        return self.absolute(reverse(f"api-{self.model()._meta.model_name}-list"))


class EntitySerializer(ResourceSerializer):
    """A thing with a name; synonyms and cross references are plain values."""

    synonyms = serializers.ListField(child=serializers.CharField(), read_only=True)
    xrefs = XrefSerializer(many=True, read_only=True)
    xrefs_match = MethodField(
        help_text="The match of each cross reference, in their order, for formats that are flat."
    )
    other_names = OtherNameSerializer(
        many=True, read_only=True, help_text="What published files call it, beside its name and synonyms."
    )

    @extend_schema_field(serializers.ListField(child=serializers.ChoiceField(choices=XrefMatch.choices)))
    def get_xrefs_match(self, row: Entity) -> list[str]:
        return [xref["match"] for xref in row.xrefs]


class StatementSerializer(ResourceSerializer):
    """An assertion with its provenance."""

    kind = serializers.CharField(read_only=True)
    document = serializers.CharField(
        source="section.document.slug", read_only=True, help_text="Slug of the document that says so."
    )


class DisputableSerializer(StatementSerializer):
    """A statement that others of its kind may conflict with."""

    conflicts_with = MethodField(help_text="Statements that conflict with it.")

    @classmethod
    def own_fields(cls) -> set[str]:
        return super().own_fields() - {"conflicts_with"}

    def show(self, rows: Iterable) -> list[dict[str, Any]]:
        rows = list(rows)
        if "conflicts_with" in self.getters:
            self.read_conflicts(rows)
        return super().show(rows)

    def read_conflicts(self, rows: Iterable[Statement]) -> None:
        """Reads the conflicts of all these rows in one query; `disputed` tells rows that have any, where known."""
        model = linked_model(self.model()._meta.get_field("conflicts"))
        assert issubclass(model, Conflict)
        sides = model.natural_key_fields
        self.conflicts: dict[int, list[dict[str, str]]] = defaultdict(list)
        ids = [row.pk for row in rows if getattr(row, "disputed", True)]
        pairs = model._default_manager.filter(reduce(or_, (Q(**{f"{side}__in": ids}) for side in sides)))
        for pair in pairs.select_related(*sides):
            for row, conflicting in permutations(getattr(pair, side) for side in sides):
                self.conflicts[row.pk].append({
                    "accession": conflicting.accession, "text": conflicting.text,
                    "kind": pair.kind, "topic": pair.topic, "why": pair.why,
                })  # fmt: skip

    @extend_schema_field(ConflictingStatementSerializer(many=True))
    def get_conflicts_with(self, row: Any) -> list[dict[str, str]]:
        return sorted(self.conflicts[row.pk], key=itemgetter("accession"))


class ConflictSerializer(ResourceSerializer):
    """A pair of statements that conflict."""

    url = api_url = None
