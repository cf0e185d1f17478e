"""Filters that serve page, API and export alike, and refuse what they do not understand.

Every filter takes several values, repeated or comma-separated (OR); different filters are AND; a
value that opens with `!` is excluded. An unknown parameter or value is an error that names it and
the nearest valid one: a typo must not look like an answer.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Container, Iterable, Sequence
from difflib import get_close_matches
from typing import Any

import django_filters
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet, TextChoices
from django.db.models.enums import ChoicesType
from django_filters.rest_framework import DjangoFilterBackend
from django_filters.utils import get_field_parts
from rest_framework import exceptions
from rest_framework.request import Request

from core.models import Document, Evidence, Reference, Section, reference_label
from core.querysets import published_along
from core.rest.entity_names import EntityNames, all_names, key_of, read_names
from core.rest.fields import FlagField, QuantityField, Terms, TermsField, YearField
from core.rest.meant import MeantOtherwise, going_by

API_PARAMETERS = {"page", "page_size", "ordering", "fields", "omit", "include", "format", "facets", "bom"}
Choices = Iterable[tuple[str, str]]  # (value, what people read)


def nearest(word: object, known: Iterable[object]) -> str:
    """ " Did you mean 'x'?" for the known word nearest to `word`, or nothing."""
    close = get_close_matches(str(word).lower(), [str(k) for k in known], 1, cutoff=0.5)
    return f" Did you mean '{close[0]}'?" if close else ""


def unknown_parameters(names: Iterable[str], known: Collection[str]) -> dict[str, list[str]]:
    """{parameter: messages} for each name that is not known."""
    return {
        name: [f"There is no parameter '{name}' here.{nearest(name, known)}"]
        for name in names
        if name not in known
    }


class StrictFilter(django_filters.Filter):
    """Refuses what is none of a filter's values. Mixed into the filters of django-filter.

    `where` names a method of the filter set that gives the condition, where no column tells it.
    """

    enumerated = False  # are its values the same whatever the content?
    offered = True  # are the values chosen from a list, or typed?
    narrower = False  # does what is narrower than a value count, too?
    schema_type = "string"
    unknown = "'{value}' is not a value of {f.name}."

    def __init__(self, *args: Any, where: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.where, self.extra["check"] = where, self.check

    def check(self, values: Collection[str]) -> None:
        """Notes which value is meant by one that goes by another name; ValidationError for what is no value."""
        known = self.known(values)
        for value in values:
            if value not in known:
                meant = going_by(value, self.named(value))
                if len(meant) != 1:
                    raise ValidationError(self.refusal(value, meant))
                self.parent.meant[self.name][value] = meant[0]

    def known(self, values: Collection[str]) -> Container[str]:
        """What is a value, as far as these are asked for."""
        return dict(self.options())

    def named(self, value: str) -> Iterable[tuple[str, Iterable[str]]]:
        """The values that may be meant by this one, each with its names."""
        return [(known, (known, label)) for known, label in self.options()]

    def refusal(self, value: str, several: Collection[str]) -> str:
        """What is wrong with a value that none goes by, or several."""
        hint = f" Several go by this name: {', '.join(sorted(several))}." if several else self.hint(value)
        return self.unknown.format(value=value, f=self) + hint

    def hint(self, value: str) -> str:
        known = [known for known, _ in self.options()]
        return nearest(value, known) or (f" Valid: {', '.join(known)}." if len(known) < 30 else "")

    def options(self) -> Choices:
        """What can be chosen, in a form for example. Nothing where values are typed."""
        return ()

    def label_of(self, value: str) -> str:
        return {known: str(label) for known, label in self.options()}.get(value, value)


class TermsFilter(StrictFilter, django_filters.MultipleChoiceFilter):
    """Rows whose `field_name` (or any of `paths`) is one of the given values; each of them where `conjoined`.

    Its `filter` is not django-filter's: that one knows no `!`, asks for each value by itself, makes rows
    distinct at the cost of a sort, and would find rows by a relation to a draft. `also` is what must hold of
    the related row, too.
    """

    field_class = TermsField
    key = ""  # the column of a linked row that values name

    def __init__(self, *args: Any, paths: Sequence[str] = (), also: Q | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.given_paths, self.also = paths, also or Q()

    @property
    def paths(self) -> Sequence[str]:
        return self.given_paths or (self.field_name,)

    @property
    def columns(self) -> list[str]:
        """The columns that hold the values as they are asked for."""
        return [self.key if path == "pk" else f"{path}__{self.key}".removesuffix("__") for path in self.paths]

    def lookups(self, values: Collection[str]) -> dict[str, Collection]:
        """{lookup: what it is given} of which a row must pass one."""
        return {f"{column}__in": values for column in self.columns}

    def condition(self, model: type[Model], values: Collection[str]) -> Q:
        if self.where:
            return getattr(self.parent, self.where)(values)
        condition = Q()
        for lookup, given in self.lookups(values).items():
            condition |= Q(**{lookup: given}) & published_along(model, lookup) & self.also
        if any(spans_many(model, path) for path in self.paths):
            return Q(pk__in=model._base_manager.filter(condition).values("pk"))
        return condition

    def filter(self, queryset: QuerySet, terms: Terms | None) -> QuerySet:
        wanted, excluded = terms or ([], [])
        one_by_one = [[value] for value in wanted]
        for values in one_by_one if self.conjoined or not wanted else [wanted]:
            queryset = queryset.filter(self.condition(queryset.model, values))
        return queryset.exclude(self.condition(queryset.model, excluded)) if excluded else queryset


def spans_many(model: type[Model], path: str) -> bool:
    """Does the path cross a relation with many rows on its far side?"""
    return any(field.many_to_many or field.one_to_many for field in get_field_parts(model, path) or ())


class ChoiceFilter(TermsFilter):
    """One of a model's choices, by its stored value. `choices` are theirs, or a function that gives such pairs."""

    enumerated = True

    def __init__(self, *args: Any, choices: type[TextChoices] | Callable[[], Choices], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choices = choices

    def options(self) -> Choices:
        return self.choices.choices if isinstance(self.choices, ChoicesType) else self.choices()


class EntityFilter(TermsFilter):
    """A linked entity, by slug. With `narrower`, everything narrower than it counts too.

    `entity` is a model, or "app.Model" where the model stands above this filter's app. django-filter's own
    would ask the database for the entities of each filter.
    """

    unknown = "There is no {f.entity._meta.verbose_name} '{value}'."

    def __init__(self, *args: Any, entity: type[Model] | str, narrower: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.entity_or_label, self.narrower = entity, narrower

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

    def named(self, value: str) -> Iterable[tuple[str, Iterable[str]]]:
        return all_names(self.entity)

    def hint(self, value: str) -> str:
        return nearest(value, self.names)

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

    def named(self, value: str) -> Iterable[tuple[str, Iterable[str]]]:
        """An index finds the value in small letters or capitals; to find it in any case it would not do."""
        return [(known, ()) for known in set(self.found(**{"in": [value.lower(), value.upper()]}))]

    def label_of(self, value: str) -> str:
        return value


class ReferenceFilter(TypedFilter):
    """A reference, by its number in the first document, or as `document:number`."""

    key = "identifier"

    def holding(self) -> list[QuerySet]:
        return [Reference.objects.all()]

    def hint(self, value: str) -> str:
        known = Reference.objects.values_list(self.key, flat=True)
        return f" References are numbered {known.first()} to {known.last()}." if known else ""

    def label_of(self, value: str) -> str:
        return reference_label(value, "", None)


class FlagFilter(StrictFilter, django_filters.BooleanFilter):
    """true or false, for a boolean column, `method`, or `where`."""

    field_class = FlagField
    enumerated = True
    schema_type = "boolean"
    unknown = "'{value}' is neither true nor false."

    def hint(self, value: str) -> str:
        return ""

    def options(self) -> Choices:
        return [("true", "yes"), ("false", "no")]

    def filter(self, queryset: QuerySet, wanted: bool | None) -> QuerySet:
        if not self.where or wanted is None:
            return super().filter(queryset, wanted)
        condition = getattr(self.parent, self.where)()
        return queryset.filter(condition) if wanted else queryset.exclude(condition)


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
    field_class = QuantityField
    schema_type = "number"


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
        for name, f in self.filters.items():
            f.name = name

    def matching(self, queryset: QuerySet, name: str, words: str) -> QuerySet:
        """Rows whose text holds every word, whatever the case, accents or Greek letters."""
        return queryset.matching(words)  # type: ignore[attr-defined]

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
        if self.meant and not found:
            raise MeantOtherwise(self.meant)
        return found


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
