"""Filters that serve page, API and export alike, and refuse what they do not understand.

Every filter takes several values, repeated or comma-separated (OR); different filters are AND; a
value that opens with `!` is excluded. An unknown parameter or value is an error that names it and
the nearest valid one: a typo must not look like an answer.
"""

from collections.abc import Collection, Iterable
from difflib import get_close_matches

import django_filters
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import Q
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework import exceptions

from core.models import Document, Evidence, Reference, Section
from core.querysets import published_along
from core.rest.entity_names import EntityNames, read_names
from core.rest.fields import FlagField, QuantityField, TermsField, YearField
from core.text import key

API_PARAMETERS = {"page", "page_size", "ordering", "fields", "omit", "include", "format", "facets", "bom"}


def nearest(word, known):
    """ " Did you mean 'x'?" for the known word nearest to `word`, or nothing."""
    close = get_close_matches(str(word).lower(), [str(k) for k in known], 1, cutoff=0.5)
    return f" Did you mean '{close[0]}'?" if close else ""


def unknown_parameters(given: Iterable[str], known: Collection[str]) -> dict[str, list[str]]:
    """{parameter: message} for each parameter given that is not known here."""
    return {
        name: [f"There is no parameter '{name}' here.{nearest(name, known)}"]
        for name in given
        if name not in known
    }


class TermsFilter(django_filters.Filter):
    """Rows whose `field_name` (or any of `paths`) is one of the given values."""

    field_class = TermsField
    schema_type = "string"
    enumerated = False  # are its values the same whatever the content?

    def __init__(self, field_name=None, *, paths=None, **kwargs):
        super().__init__(field_name, **kwargs)
        self.paths = paths
        self.extra["check"] = self.check

    def check(self, values):
        known = self.values()
        for value in values:
            if value not in known:
                raise ValidationError(f"'{value}' is not a value of {self.name}.{self.hint(value, known)}")

    def hint(self, value, known):
        return nearest(value, known) or (
            " Valid: " + ", ".join(map(str, known)) + "." if len(known) < 30 else ""
        )

    @property
    def name(self):
        return next((name for name, f in self.parent.filters.items() if f is self), self.field_name)

    def values(self):
        """Every value that may be asked for."""
        raise NotImplementedError

    def options(self):
        """[(value, label)] for a form."""
        raise NotImplementedError

    def lookup(self, values):
        """{lookup suffix: value} that a row must have one of."""
        return {"__in": values}

    def condition(self, queryset, values):
        names = self.paths or (self.field_name,)
        model = queryset.model
        condition = Q()
        for name in names:
            for suffix, value in self.lookup(values).items():
                condition |= Q(**{name + suffix: value}) & published_along(model, name)
        if any(spans_many(model, name) for name in names):
            return Q(pk__in=model._base_manager.filter(condition).values("pk"))
        return condition

    def filter(self, queryset, value):
        if not value:
            return queryset
        if value.wanted:
            queryset = queryset.filter(self.condition(queryset, value.wanted))
        if value.excluded:
            queryset = queryset.exclude(self.condition(queryset, value.excluded))
        return queryset


def spans_many(model, path):
    """Does the path cross a relation with many rows on its far side?"""
    for name in path.split("__"):
        field = model._meta.pk if name == "pk" else model._meta.get_field(name)
        if field.many_to_many or field.one_to_many:
            return True
        if not field.is_relation:
            return False
        model = field.related_model
    return False


class ChoiceFilter(TermsFilter):
    """One of a model's choices, by its stored value."""

    enumerated = True

    def __init__(self, field_name=None, *, choices, **kwargs):
        super().__init__(field_name, **kwargs)
        self.choices = choices

    def values(self):
        return [value for value, _ in self.choices.choices]

    def options(self):
        return self.choices.choices


def slugs_named(entity: type, name: str) -> list[str]:
    """Slugs of the entities whose slug, name or synonym is `name`, whatever its case, signs and Greek letters."""
    columns = [f.name for f in entity._meta.fields if f.name in ("name", "title", "synonyms")]
    own = entity._default_manager.all().lookup_field
    wanted = key(name)
    return [
        slug
        for slug, *values in entity.objects.order_by(own).values_list(own, *columns)
        for words in [[slug, *(w for v in values for w in (v if isinstance(v, list) else [v]))]]
        if wanted and any(key(word) == wanted for word in words)
    ]


class EntityFilter(TermsFilter):
    """A linked entity, by slug. With `narrower`, everything narrower than it counts too.

    `entity` is a model, or "app.Model" where the model stands above this filter's app.
    """

    def __init__(self, field_name=None, *, entity, narrower=False, **kwargs):
        super().__init__(field_name, **kwargs)
        self.entity_or_label, self.narrower = entity, narrower

    @property
    def entity(self):
        given = self.entity_or_label
        return apps.get_model(given) if isinstance(given, str) else given

    @property
    def key(self):
        """The column of the entity that a value names: slug, or identifier of a section."""
        return self.entity._default_manager.all().lookup_field

    @property
    def names(self) -> EntityNames:
        """The entities to choose among, read once for all filters of the filter set."""
        if "entity_names" not in self.parent.__dict__:
            entities = (f.entity for f in self.parent.filters.values() if isinstance(f, EntityFilter))
            self.parent.entity_names = read_names(entities)
        return self.parent.entity_names[self.entity]

    def values(self):
        return list(self.names)

    def options(self):
        return self.names.options()

    def check(self, values):
        for value in values:
            if value not in self.names:
                raise ValidationError(
                    f"There is no {self.entity._meta.verbose_name} '{value}'.{self.hint(value, ())}"
                )

    def hint(self, value, known):
        """The slug of the entity that goes by this name, or else the nearest slug."""
        named = slugs_named(self.entity, value)
        return f" Did you mean '{named[0]}'?" if named else nearest(value, self.values())

    def lookup(self, values):
        if not self.narrower:
            return {f"__{self.key}__in": values}
        return {"__in": self.names.ids_with_narrower(values)}


class SectionFilter(EntityFilter):
    def __init__(self, field_name="section", **kwargs):
        super().__init__(field_name, entity=Section, **kwargs)


class ReferenceFilter(TermsFilter):
    """A reference, by its number in the first document, or as `document:number`."""

    schema_type = "string"
    key = "identifier"

    def values(self):
        return list(Reference.objects.values_list(self.key, flat=True))

    def hint(self, value, known):
        return f" References are numbered {known[0]} to {known[-1]}." if known else ""

    def options(self):
        return None

    def lookup(self, values):
        return {f"__{self.key}__in": values}


class StoredValueFilter(TermsFilter):
    """A text column, by one of the values that it holds."""

    def values(self):
        column = self.model._default_manager.exclude(**{self.field_name: ""}).exclude(
            **{self.field_name: None}
        )
        return list(column.order_by(self.field_name).values_list(self.field_name, flat=True).distinct())

    def options(self):
        return [(value, value) for value in self.values()]

    def check(self, values):
        known = set(self.values())
        for value in values:
            if known and value not in known:
                raise ValidationError(
                    f"'{value}' is not a value of {self.name}.{self.hint(value, sorted(known))}"
                )


class IdentifierFilter(StoredValueFilter):
    """A text column of identifiers: there may be many, so they are typed and not chosen from a list."""

    def options(self):
        return None

    def check(self, values):
        column = self.model._default_manager.filter(**{f"{self.field_name}__in": values})
        known = set(column.values_list(self.field_name, flat=True))
        for value in values:
            if value not in known:
                raise ValidationError(f"There is no {self.label} '{value}'.{nearest(value, self.values())}")


class WordsFilter(django_filters.CharFilter):
    """Rows whose text holds every word, whatever the case, accents or Greek letters."""

    schema_type = "string"

    def filter(self, queryset, value):
        return queryset.matching(value) if value else queryset

    def options(self):
        return None


class QuantityFilter(django_filters.Filter):
    field_class = QuantityField
    schema_type = "number"

    def options(self):
        return None


class YearFilter(django_filters.Filter):
    """A year, for a date column: give `lookup_expr`."""

    field_class = YearField
    schema_type = "integer"

    def options(self):
        return None


class FlagFilter(django_filters.Filter):
    """true or false. `method` on the filter set, or a boolean column."""

    field_class = FlagField
    schema_type = "boolean"

    def options(self):
        return [("true", "yes"), ("false", "no")]


class ResourceFilterSet(django_filters.FilterSet):
    """A filter set whose form names each bad value; unknown parameters are errors, too."""

    q: WordsFilter | None = WordsFilter(label="Words")

    def querysets(self):
        """The query sets that make up the list, for the values now asked for: one of each model in it."""
        return [self.filter_queryset(self.queryset.all())]

    def problems(self, allowed=frozenset()):
        """{parameter: messages} of everything wrong with the query; empty where all is well."""
        found = unknown_parameters(self.data, {*self.filters, *allowed})
        if not self.is_valid():
            found.update({name: list(messages) for name, messages in self.form.errors.items()})
        return found


class StatementFilterSet(ResourceFilterSet):
    """What every kind of statement can be filtered by."""

    document = EntityFilter("section__document", entity=Document, label="Document")
    section = SectionFilter(label="Section")
    reference = ReferenceFilter("references", label="Reference")
    evidence = ChoiceFilter(choices=Evidence, label="Evidence")


class StrictFilterBackend(DjangoFilterBackend):
    """The API's filters: every problem at once, as a 400."""

    def filter_queryset(self, request, queryset, view):
        filterset = self.get_filterset(request, queryset, view)
        if filterset is None:
            unknown = unknown_parameters(request.query_params, API_PARAMETERS)
            if unknown and getattr(view, "action", "") == "list":
                raise exceptions.ValidationError(unknown)
            return queryset
        if found := filterset.problems(API_PARAMETERS):
            raise exceptions.ValidationError(found)
        view.filterset = filterset  # the list counts its facets with it
        return filterset.qs
