"""Filters that serve page, API and export alike, and refuse what they do not understand.

Every filter takes several values, repeated or comma-separated (OR, or AND after `all:`); different filters
are AND; a value that opens with `!` is excluded. An unknown parameter or value is an error that names it and
the nearest valid one: a typo must not look like an answer.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Container, Iterator, Sequence
from typing import Any, NamedTuple

import django_filters
from django.apps import apps
from django.conf import settings
from django.db.models import Model, Q, QuerySet
from django.utils.module_loading import import_string
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework import exceptions
from rest_framework.request import Request

from core.models import Document, Entity, Evidence, Reference, Section, Statement, reference_label
from core.names import named
from core.querysets import published_along
from core.rest.entity_names import EntityNames, key_of, read_names
from core.rest.fields import QuantityField, YearField
from core.rest.hints import hint
from core.rest.meant import MeantOtherwise, going_by
from core.rest.strict_filters import (
    ChoiceFilter,
    Choices,
    FlagFilter,
    StrictFilter,
    TermsFilter,
    nearest,
    spans_many,
    unknown_parameters,
)
from core.rest.terms import ABSENT, UNREPORTED, in_states

__all__ = [
    "ChoiceFilter", "Choices", "EntityFilter", "FlagFilter", "QuantityFilter", "Reports", "ResourceFilterSet",
    "StatementFilterSet", "StrictFilter", "TermsFilter", "TypedFilter", "WordsFilter", "YearFilter", "nearest",
    "spans_many", "unknown_parameters",
]  # fmt: skip
API_PARAMETERS = {"page", "page_size", "ordering", "fields", "omit", "include", "format", "facets", "bom"}


class Reports(NamedTuple):
    """How statements say in `path` whether a row has a value: the choices that say so, and those that deny it."""

    path: str
    present: Sequence[str]
    absent: Sequence[str]


class EntityFilter(TermsFilter):
    """A linked entity, by slug. With `narrower`, everything narrower than it counts too.

    `entity` is a model, or "app.Model" where the model stands above this filter's app. django-filter's own
    would ask the database for the entities of each filter.

    Where entities are filtered by what statements report of them, a value is asked for as reported present, or by
    `unreported:` as not reported in any state; with `reports`, by `absent:` as reported absent.
    """

    unknown = "There is no {f.entity._meta.verbose_name} '{value}'."

    def __init__(
        self,
        *args: Any,
        entity: type[Model] | str,
        narrower: bool = False,
        reports: Reports | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.entity_or_label, self.narrower, self.reports = entity, narrower, reports

    @property
    def states(self) -> Collection[str]:  # type: ignore[override]
        if issubclass(self.model, Statement) or not issubclass(self.model, Entity):
            return ()
        reported = any(published_along(self.model, path) for path in self.paths)
        return [*([ABSENT] * bool(self.reports)), UNREPORTED] if reported else ()

    def in_state(self, state: str) -> Q:
        """What a report must say; whatever it says, there is none of what is unreported."""
        if not self.reports or state == UNREPORTED:
            return Q()
        return Q(**{f"{self.reports.path}__in": self.reports.absent if state else self.reports.present})

    def condition(self, model: type[Model], values: Collection[str]) -> Q:
        if self.where:
            return super().condition(model, values)
        condition = Q(pk__in=[])
        for state, mine in in_states(values):
            if state == UNREPORTED:
                for value in mine:
                    condition |= ~self.related(model, [value], Q())
            else:
                condition |= self.reported(model, mine, state)
        return condition

    def reported(self, model: type[Model], values: Collection[str], state: str) -> Q:
        """That one of the values is reported present, or absent, of a row."""
        return self.related(model, values, self.in_state(state))

    @property
    def entity(self) -> type[Model]:
        given = self.entity_or_label
        return apps.get_model(given) if isinstance(given, str) else given

    @property
    def key(self) -> str:  # type: ignore[override]
        return key_of(self.entity)

    @property
    def names(self) -> EntityNames:
        """The entities to choose among, read once for all filters of the filter set."""
        if "entity_names" not in self.parent.__dict__:
            entities = (f.entity for f in self.parent.filters.values() if isinstance(f, EntityFilter))
            self.parent.entity_names = read_names(entities)
        return self.parent.entity_names[self.entity]

    def known(self, values: Collection[str]) -> Container[str]:
        return self.names

    def going_by(self, value: str) -> list[str]:
        return [name.ident for name in named(value, self.entity) if name.ident in self.names]

    def hint(self, value: str) -> str:
        return hint(value, self.entity)

    def options(self) -> Choices:
        return self.names.options()

    def label_of(self, value: str) -> str:
        return self.names[value].name if value in self.names else value

    def lookups(self, values: Collection[str]) -> dict[str, Collection]:
        if not self.narrower:
            return super().lookups(values)
        return {f"{path}__in": self.names.ids_with_narrower(values) for path in self.paths}


class TypedFilter(TermsFilter):
    """Values that stand in a column, of which there may be many: they are typed and looked up."""

    offered = False

    def holding(self) -> list[QuerySet]:
        """The rows whose column holds the values."""
        return [self.model._default_manager.all()]

    def found(self, **lookups: object) -> list[str]:
        """The values that pass this lookup."""
        column = self.key or self.field_name
        asked = {f"{column}__{lookup}": value for lookup, value in lookups.items()}
        return [
            value for rows in self.holding() for value in rows.filter(**asked).values_list(column, flat=True)
        ]

    def known(self, values: Collection[str]) -> Container[str]:
        return self.found(**{"in": values})

    def going_by(self, value: str) -> list[str]:
        """An index finds the value in small letters or capitals; to find it in any case it would not do."""
        return going_by(
            value, [(known, ()) for known in set(self.found(**{"in": [value.lower(), value.upper()]}))]
        )

    def label_of(self, value: str) -> str:
        return value


class ReferenceFilter(TypedFilter):
    """A reference, by its number in the first document, or as `document:number`."""

    key = "identifier"
    linked_to_many = True  # whatever the statement

    def holding(self) -> list[QuerySet]:
        return [Reference.objects.all()]

    def hint(self, value: str) -> str:
        known = Reference.objects.values_list(self.key, flat=True)
        return f" References are numbered {known.first()} to {known.last()}." if known else ""

    def label_of(self, value: str) -> str:
        return reference_label(value, "", None)


class WordsFilter(django_filters.CharFilter):
    """Rows in whose column every word stands, whatever the case."""

    schema_type = "string"

    def __init__(self, field_name: str | None = None, lookup_expr: str = "icontains", **kwargs: Any) -> None:
        super().__init__(field_name, lookup_expr, **kwargs)

    def filter(self, queryset: QuerySet, value: str) -> QuerySet:
        for word in value.split():
            queryset = super().filter(queryset, word)
        return queryset


class QuantityFilter(django_filters.NumberFilter):
    """A number; `unit` is the parameter that says in what, where a number alone would mean several things."""

    field_class = QuantityField
    schema_type = "number"

    def __init__(self, *args: Any, unit: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unit = unit

    def unit_missing(self) -> str:
        units = [value for value, _ in self.parent.filters[self.unit].options()]
        return f"{self.name} needs a unit: {' or '.join(f'{self.unit}={unit}' for unit in units)}."


class YearFilter(django_filters.NumberFilter):
    """A year, for a date column: give `lookup_expr`."""

    field_class = YearField
    schema_type = "integer"


class ResourceFilterSet(django_filters.FilterSet):
    """A filter set whose form names each bad value; unknown parameters are errors, too."""

    q: WordsFilter | None = WordsFilter(label="Words", method="matching")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meant: dict[str, dict[str, str]] = defaultdict(dict)
        self.having: dict[str, Callable[[type[Model]], Q]] = {}
        for name, f in self.filters.items():
            f.name = name

    def matching(self, queryset: QuerySet, name: str, words: str) -> QuerySet:
        """Rows that have every word, as the search that `SEARCH_IN_LISTS` names finds them."""
        if words not in self.having:
            self.having[words] = import_string(settings.SEARCH_IN_LISTS)(words)
        return queryset.filter(self.having[words](queryset.model))

    def querysets(self) -> list[QuerySet]:
        """The query sets that make up the list, for the values now asked for: one of each model in it."""
        return [self.filter_queryset(self.queryset.all())]

    def filters_of(self, model: type[Model]) -> dict[str, Any]:
        """{name: filter} by which rows of this model in the list are chosen."""
        return self.filters

    def problems(self, allowed: Collection[str] = frozenset()) -> dict[str, list[str]]:
        """{parameter: messages} of everything wrong with the query; empty where all is well.

        Raises MeantOtherwise where nothing is wrong but that values go by other names.
        """
        found = unknown_parameters(self.data, {*self.filters, *allowed})
        if not self.is_valid():
            found.update({name: list(messages) for name, messages in self.form.errors.items()})
        for name, message in self.contradictions():
            found.setdefault(name, []).append(message)
        if self.meant and not found:
            raise MeantOtherwise(self.meant)
        return found

    def contradictions(self) -> Iterator[tuple[str, str]]:
        """(parameter, message) of values that are right by themselves, but not together."""
        values = self.form.cleaned_data
        for lower, f in self.filters.items():
            upper = lower.removesuffix("_min") + "_max"
            low, high = values.get(lower), values.get(upper)
            if upper in self.filters and low is not None and high is not None and low > high:
                message = f"{lower} is above {upper}: {self.data[lower]} and {self.data[upper]}."
                yield from ((name, message) for name in (lower, upper))
            unit = getattr(f, "unit", "")
            if unit and low is not None and not values.get(unit) and unit not in self.form.errors:
                yield unit, f.unit_missing()


class StatementFilterSet(ResourceFilterSet):
    """What every kind of statement can be filtered by."""

    document = EntityFilter("section__document", entity=Document, label="Document")
    section = EntityFilter(entity=Section, label="Section")
    reference = ReferenceFilter("references", label="Reference")
    evidence = ChoiceFilter(choices=Evidence, label="Evidence")

    def in_conflict(self) -> Q:
        """That other statements of its kind conflict with it, for a flag."""
        return Q(pk__in=self.queryset.model.objects.in_conflict().values("pk"))


class StrictFilterBackend(DjangoFilterBackend):
    """The API's filters: every problem at once, as a 400."""

    def filter_queryset(self, request: Request, queryset: QuerySet, view: Any) -> QuerySet:
        filterset = view.filterset = self.get_filterset(request, queryset, view)  # counts facets, too
        if found := filterset.problems(API_PARAMETERS):
            raise exceptions.ValidationError(found)
        return filterset.qs
