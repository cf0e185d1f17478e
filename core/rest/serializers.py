"""How rows look in the API: one shape for every linked thing."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import exceptions, serializers

from core.models import Entity, Reference, Section, Statement
from core.models.documents import part_address
from core.rest.filters import nearest
from core.text import slugify

ENTITY_FIELDS = ["slug", "name", "synonyms", "xrefs", "xrefs_match", "curator_note"]
STATEMENT_FIELDS = [
    "accession", "kind", "text", "section", "document", "references", "evidence", "curator_note",
]  # fmt: skip
LINKS = ["url", "api_url"]
_serializers = {}


def kind_of(model):
    """What a row of this model is called in the API: a statement's kind, or the model in kebab-case."""
    return getattr(model, "kind", None) if issubclass(model, Statement) else slugify(model._meta.verbose_name)


def link(row):
    """A linked row as the API shows it; a draft is not shown."""
    if isinstance(row, Statement) and not row.is_published:
        return None
    if isinstance(row, Section):
        return row.identifier
    if isinstance(row, Reference):
        return {"number": row.number, "label": row.label, "identifier": row.identifier}
    if isinstance(row, Statement) and not isinstance(row, Entity):
        return {"accession": row.accession, "text": row.text}
    return {"slug": row.slug, "name": str(row)}


ENTITY_LINK = {
    "type": "object",
    "properties": {"slug": {"type": "string"}, "name": {"type": "string"}},
    "required": ["slug", "name"],
}
REFERENCE_LINK = {
    "type": "object",
    "properties": {
        "number": {"type": "integer"},
        "label": {"type": "string"},
        "identifier": {"type": "string"},
    },
    "required": ["number", "label", "identifier"],
}
STATEMENT_LINK = {
    "type": "object",
    "properties": {"accession": {"type": "string"}, "text": {"type": "string"}},
    "required": ["accession", "text"],
}


XREFS = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {
            "curie": {"type": "string"},
            "label": {"type": "string"},
            "match": {"type": "string", "enum": ["exact", "close", "broad"]},
        },
        "required": ["curie", "label", "match"],
    },
}
CONFLICTS = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {name: {"type": "string"} for name in ("accession", "text", "kind", "topic", "why")},
        "required": ["accession", "text", "kind", "topic", "why"],
    },
}


def link_schema(model):
    if issubclass(model, Section):
        return {"type": "string"}
    if issubclass(model, Reference):
        return REFERENCE_LINK
    if issubclass(model, Statement) and not issubclass(model, Entity):
        return STATEMENT_LINK
    return ENTITY_LINK


class Link(serializers.RelatedField):
    """A linked row: {"slug", "name"}, {"number", "label", "identifier"}, or a section's identifier."""

    def __init__(self, **kwargs):
        super().__init__(read_only=True, source=kwargs.get("source"))

    def use_pk_only_optimization(self):
        return False

    def to_representation(self, row):
        return link(row)


def names_in(values):
    """The names in repeated or comma-separated parameters."""
    return [name.strip() for value in values for name in value.split(",") if name.strip()]


class SparseMixin:
    """`fields=` and `omit=` of the request, and absolute addresses."""

    def sparse(self, fields, parameters):
        """Only the `fields` asked for, without those to `omit`."""
        if not parameters:
            return fields
        only, without = names_in(parameters.getlist("fields")), names_in(parameters.getlist("omit"))
        for parameter, asked in (("fields", only), ("omit", without)):
            for name in asked:
                if name not in fields:
                    raise exceptions.ValidationError(
                        {parameter: [f"There is no field '{name}' here.{nearest(name, fields)}"]}
                    )
        return {name: f for name, f in fields.items() if (not only or name in only) and name not in without}

    def absolute(self, path):
        request = self.context.get("request")
        return request.build_absolute_uri(path) if request else path


class ResourceSerializer(SparseMixin, serializers.ModelSerializer):
    """A model as a resource. `fields=`, `omit=` and `include=` of the request shape it."""

    serializer_related_field = Link
    url = serializers.SerializerMethodField(help_text="The page of this row.")
    api_url = serializers.SerializerMethodField(help_text="This row in the API.")

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        if hasattr(cls, "Meta"):
            _serializers[cls.Meta.model] = cls

    def __init__(self, *args, plain=False, **kwargs):
        self.plain = plain
        super().__init__(*args, **kwargs)

    def build_relational_field(self, field_name, relation_info):
        return Link, {"many": True, "read_only": True} if relation_info.to_many else {}

    def get_uniqueness_extra_kwargs(self, field_names, declared_fields, extra_kwargs):
        return extra_kwargs, {}  # read-only: nothing is validated

    def get_fields(self):
        fields = super().get_fields()
        if self.plain:
            return {name: f for name, f in fields.items() if not self.is_link(f)}
        if (request := self.context.get("request")) is not None and self.is_outermost():
            fields = self.expand(fields, request.query_params.getlist("include"))
            fields = self.sparse(fields, request.query_params)
        return fields

    def is_outermost(self):
        return self.parent is None or self.parent.parent is None

    @staticmethod
    def is_link(f):
        return isinstance(f, (Link, serializers.ManyRelatedField))

    def expand(self, fields, asked):
        """Show the linked rows named by `include` in full, without their own links."""
        model = self.Meta.model
        linked = {
            name: model._meta.get_field(name).related_model for name, f in fields.items() if self.is_link(f)
        }
        for name in names_in(asked):
            if linked.get(name) not in _serializers:
                raise exceptions.ValidationError(
                    {"include": [f"'{name}' is no linked entity here.{nearest(name, linked)}"]}
                )
            many = isinstance(fields[name], serializers.ManyRelatedField)
            fields[name] = _serializers[linked[name]](many=many, plain=True, read_only=True)
        return fields

    @extend_schema_field({"type": "string", "format": "uri"})
    def get_url(self, row):
        return self.absolute(row.get_absolute_url())

    @extend_schema_field({"type": "string", "format": "uri"})
    def get_api_url(self, row):
        name = self.Meta.model._meta.model_name
        ident = getattr(row, row.__class__._default_manager.all().lookup_field)
        return self.absolute(part_address(f"api-{name}-detail", ident))


class EntitySerializer(ResourceSerializer):
    """A thing with a name; synonyms and cross references are plain values."""

    synonyms = serializers.ListField(child=serializers.CharField(), read_only=True)
    xrefs = serializers.SerializerMethodField(
        help_text="CURIE, official label, match: exact, close or broad."
    )

    xrefs_match = serializers.SerializerMethodField(
        help_text="The match of each cross reference, in their order, for formats that are flat."
    )

    @extend_schema_field(XREFS)
    def get_xrefs(self, row):
        return row.xrefs

    @extend_schema_field({"type": "array", "items": XREFS["items"]["properties"]["match"]})
    def get_xrefs_match(self, row):
        return [xref["match"] for xref in row.xrefs]


class StatementSerializer(ResourceSerializer):
    """An assertion with its provenance."""

    kind = serializers.SerializerMethodField()
    document = serializers.CharField(
        source="section.document.slug", read_only=True, help_text="Slug of the document that says so."
    )

    @extend_schema_field({"type": "string"})
    def get_kind(self, row):
        return row.kind

    @staticmethod
    def conflicts(row, own):
        """The statements that pull apart from `row`, whichever of the pair it is."""
        pairs = [(c, c.other) for c in row.conflicts.all()]
        pairs += [(c, getattr(c, own)) for c in row.conflicts_as_other.all()]
        pairs.sort(key=lambda pair: pair[1].accession)
        return [{**link(other), "kind": c.kind, "topic": c.topic, "why": c.why} for c, other in pairs]


class ConflictSerializer(ResourceSerializer):
    """A pair of statements that pull apart."""

    url = api_url = None
