"""What every list of entities can be filtered by: the kinds of statement and the sections that speak of an entity."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from functools import cache, cached_property

from django.db.models import CharField, Model, Q, Value
from django.urls import reverse

from core.models import Section, Statement, TreeEntity
from core.querysets import published_along, union
from core.rest.filters import ChoiceFilter, Choices, EntityFilter, ResourceFilterSet


@cache
def statements_on(model: type[Model]) -> dict[type[Statement], list[str]]:
    """{kind of statement: lookup paths to those that link to a row of this model}"""
    found = defaultdict(list)
    for relation in model._meta.related_objects:
        if issubclass(relation.related_model, Statement):
            found[relation.related_model].append(relation.name)
    return dict(found)


def list_name(model: type[Model]) -> str:
    """What the API calls the list of this model: `claims`."""
    return reverse(f"api-{model._meta.model_name}-list").rstrip("/").rpartition("/")[2]


class KindFilter(ChoiceFilter):
    """A kind of statement that can link to the rows of the list, by the name of its list in the API."""

    def options(self) -> Choices:
        names = sorted(list_name(kind) for kind in statements_on(self.model))
        return [(name, name.replace("-", " ")) for name in names]

    def named(self, value: str) -> Iterable[tuple[str, Iterable[str]]]:
        for kind in statements_on(self.model):
            yield list_name(kind), (list_name(kind), kind.kind)


class SpeakingSectionFilter(EntityFilter):
    """A section with a statement that links to the row."""

    states = ()

    @property
    def paths(self) -> Sequence[str]:
        return [f"{path}__section" for paths in statements_on(self.model).values() for path in paths]


class EntityFilterSet(ResourceFilterSet):
    """`has` finds the entities with statements of a kind; in a tree those of narrower ones count, as on its pages.

    `section` finds those that a statement of the section links to.
    """

    has = KindFilter(choices=list, where="spoken_of", conjoined=True, label="Has")
    section = SpeakingSectionFilter(entity=Section, label="Section")

    def spoken_of(self, kinds: Collection[str]) -> Q:
        """That statements of one of these kinds link to an entity."""
        model, condition = self.queryset.model, Q(pk__in=[])
        for kind, paths in statements_on(model).items():
            if list_name(kind) not in kinds:
                continue
            if issubclass(model, TreeEntity):
                condition |= Q(pk__in=self.ids_spoken_of[list_name(kind)])
                continue
            for path in paths:
                linked = model._base_manager.filter(published_along(model, path))
                condition |= Q(pk__in=linked.values("pk"))
        return condition

    @cached_property
    def ids_spoken_of(self) -> dict[str, set[int]]:
        """{kind: ids of the entities of a tree that its statements link to, and of all that is broader}"""
        model = self.queryset.model
        lines = model._default_manager.ancestry()
        selects = [
            model._base_manager.filter(published_along(model, path)).order_by().distinct()
            .values_list(Value(list_name(kind), CharField()), "pk")
            for kind, paths in statements_on(model).items() for path in paths
        ]  # fmt: skip
        found: dict[str, set[int]] = defaultdict(set)
        for name, pk in union(selects):
            found[name].update(lines[pk])
        return found
