"""The comparison of tissue sources in the API, and as a flat table."""

from collections.abc import Iterator
from itertools import chain
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from catalog.models import SourceTrait
from compare.cells import OF_TWO, State
from compare.comparison import Comparison
from core.rest.serializers import (
    AddressField,
    EntityLinkSerializer,
    OptionalAddressField,
    ReadSerializer,
    ReferenceLinkSerializer,
)


@extend_schema_field(str | int)  # type: ignore[arg-type]  # unions are understood, too
class CellValue(serializers.Field):
    """What is reported as a code, or a number of claims or trials."""


class ComparedStatementSerializer(ReadSerializer):
    accession = serializers.CharField()
    value = serializers.CharField()
    text = serializers.CharField()
    detail = serializers.CharField()
    url = AddressField()
    references = ReferenceLinkSerializer(many=True)
    relation = serializers.ChoiceField(choices=SourceTrait.Relation.values, allow_blank=True)
    comparator = serializers.CharField(source="comparator.slug", default="")


class ComparisonCellSerializer(ReadSerializer):
    """What is reported of one source; `listed` false is the absence of any report, never a negative one."""

    source = serializers.CharField(source="source.slug")  # type: ignore[assignment]  # a field of the answer
    listed = serializers.BooleanField()
    value = CellValue()
    text = serializers.CharField()
    url = OptionalAddressField()
    statements = ComparedStatementSerializer(many=True)
    references = ReferenceLinkSerializer(many=True)
    conflicting = serializers.BooleanField()


class ComparedPairSerializer(ReadSerializer):
    """How two sources that something is reported of stand to each other, and the accessions that say so."""

    sources = serializers.ListField(child=serializers.CharField(), source="slugs")
    state = serializers.ChoiceField(choices=OF_TWO)
    statements = serializers.ListField(child=serializers.CharField())


class ComparisonRowSerializer(ReadSerializer):
    """One property, with one cell a source."""

    name = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # a field of the answer
    within = serializers.CharField()
    url = OptionalAddressField()
    difference = serializers.ChoiceField(choices=["none", "listing", "value"])
    cells = ComparisonCellSerializer(many=True)
    state = serializers.ChoiceField(choices=State.values)
    pairs = ComparedPairSerializer(many=True)


class ComparisonSectionSerializer(ReadSerializer):
    name = serializers.CharField()
    title = serializers.CharField()
    note = serializers.CharField()
    rows = ComparisonRowSerializer(many=True)


class ComparisonSerializer(ReadSerializer):
    sources = EntityLinkSerializer(many=True)
    differences = serializers.BooleanField()
    url = AddressField(source="address")
    states = serializers.DictField(child=serializers.IntegerField())
    sections = ComparisonSectionSerializer(many=True)


def flat_columns(table: Comparison) -> list[str]:
    """Section, row, difference, what is reported and its references for each source; then the state, and by what."""
    pairs = [(source.slug, f"{source.slug} references") for source in table.sources]
    statements = [f"{source.slug} statements" for source in table.sources]
    return ["section", "row", "difference", *chain.from_iterable(pairs), "state", *statements]


def flat_rows(table: Comparison) -> Iterator[dict[str, Any]]:
    links = ReferenceLinkSerializer()
    for section in table.sections:
        for row in section.rows:
            reports = chain.from_iterable((cell.text, links.show(cell.references)) for cell in row.cells)
            statements = ([told.accession for told in cell.statements] for cell in row.cells)
            line = (section.name, row.name, row.difference, *reports, row.state, *statements)
            yield dict(zip(flat_columns(table), line, strict=True))
