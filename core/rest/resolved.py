"""Rows that a name leads to, in the API, and what a name means that leads to none."""

from collections.abc import Iterable

from rest_framework import exceptions, serializers

from core.models.names import Name
from core.names import Outside, model_named
from core.rest.serializers import AddressField, ReadSerializer, kind_of


class ResolvedSerializer(ReadSerializer):
    """A row that an identifier leads to, with the links to its page and its API twin."""

    kind = serializers.SerializerMethodField()
    id = serializers.CharField(source="ident")
    name = serializers.CharField()
    url = AddressField()
    api_url = AddressField()

    def get_kind(self, name: Name) -> str:
        return kind_of(model_named(name.model))


class MeaningSerializer(ReadSerializer):
    """What a name means in the field, and the rows here that it would belong under."""

    label = serializers.CharField(help_text="Official label.")  # type: ignore[assignment]  # also an option of fields
    curie = serializers.CharField()
    broader = ResolvedSerializer(many=True)


class NotHere(exceptions.NotFound):
    """A name of something that the knowledge base does not hold."""

    def __init__(self, meant: Iterable[Outside]) -> None:
        self.meant = list(meant)
        super().__init__(" ".join(map(said_of, self.meant)))


def said_of(one: Outside) -> str:
    """The same in words."""
    names = dict.fromkeys(name.name for name in one.broader)
    broader = f" Broader here: {', '.join(names)}." if names else ""
    return f"{one.label} ({one.curie}) is not in this knowledge base.{broader}"
