"""Filters that refuse what is none of their values, and join, exclude and look up the others."""

from collections.abc import Callable, Collection, Container, Iterable, Sequence
from difflib import get_close_matches
from typing import Any

import django_filters
from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet, TextChoices
from django.db.models.enums import ChoicesType
from django_filters.utils import get_field_parts

from core.querysets import published_along
from core.rest.fields import FlagField, TermsField
from core.rest.meant import going_by
from core.rest.terms import ABSENT, ALL, ANY, NO_TERMS, STATES, UNREPORTED, Term, Terms, WrongSigns, in_states

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
                meant = self.going_by(value)
                if len(meant) != 1:
                    raise ValidationError(self.refusal(value, meant))
                self.parent.meant[self.name][value] = meant[0]

    def known(self, values: Collection[str]) -> Container[str]:
        """What is a value, as far as these are asked for."""
        return dict(self.options())

    def going_by(self, value: str) -> list[str]:
        """The values that may be meant by this one."""
        return going_by(value, [(known, (known, label)) for known, label in self.options()])

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

    Its `filter` is not django-filter's: that one knows no signs before values, asks for each value by itself, makes
    rows distinct at the cost of a sort, and would find rows by a relation to a draft. Where no path tells it,
    `several` says that a row may have more than one value.
    """

    field_class = TermsField
    key = ""  # the column of a linked row that values name
    states: Collection[str] = ()  # what can be asked of a value besides that rows have it: absent, unreported

    def __init__(self, *args: Any, paths: Sequence[str] = (), several: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.given_paths, self.given_several = paths, several
        self.extra["check"] = self.check_terms

    @property
    def paths(self) -> Sequence[str]:
        return self.given_paths or (self.field_name,)

    @property
    def several(self) -> bool:
        """Can a row have several values, so that all of them can be asked for?"""
        return self.narrower or self.linked_to_many

    @property
    def linked_to_many(self) -> bool:
        """Can a row have several values of which none is narrower than another?"""
        by_path = len(self.paths) > 1 or any(spans_many(self.model, path) for path in self.paths)
        return self.given_several or self.conjoined or by_path

    @property
    def columns(self) -> list[str]:
        """The columns that hold the values as they are asked for."""
        return [self.key if path == "pk" else f"{path}__{self.key}".removesuffix("__") for path in self.paths]

    @property
    def by_column(self) -> bool:
        """Do columns tell the values of each row, or only the filter itself?"""
        return not self.method and not self.where

    def check_terms(self, terms: Terms) -> None:
        """Notes values under other names; WrongSigns for a state that values have not, or all where rows have one."""
        asked = dict(in_states([*terms.wanted, *terms.excluded]))
        self.check([value for values in asked.values() for value in values])
        for state, values in asked.items():
            if state and state not in self.states:
                raise WrongSigns(self.stateless(state, values[0]))
        if terms.join == ALL and not self.several and len(set(terms.wanted)) > 1:
            raise WrongSigns(
                f"No row has more than one {self.name}, so that '{ALL}:' of several would find nothing. Leave it out."
            )

    def read_as(self, term: Term) -> str:
        """What people read for a value as the query string writes it: `!improved` is "not Improved"."""
        label = self.label_of(term.value)
        if term.state == UNREPORTED and term.excluded:
            return f"{label}, reported {'present or absent' if ABSENT in self.states else ''}".strip()
        if term.state:
            return f"{label}, {'not ' * term.excluded}{STATES[term.state]}"
        if term.excluded and self.states:
            return f"not {label} ({' or '.join(STATES[state] for state in self.states)})"
        return f"{'not ' * term.excluded}{label}"

    def joined(self, join: str) -> str:
        """How several values are joined, where the query says this of it."""
        return join or (ALL if self.conjoined else ANY)

    def stateless(self, state: str, value: str) -> str:
        """Why values cannot be asked for in this state."""
        if self.states:
            ways = [f"'{known}:{value}' for {STATES[known]}" for known in self.states]
            return f"Nothing is said to be absent by {self.name}. There is {' and '.join(ways)}."
        return f"'{state}:' has no meaning for {self.name}: no report gives or denies it. '!{value}' leaves rows out."

    def lookups(self, values: Collection[str]) -> dict[str, Collection]:
        """{lookup: what it is given} of which a row must pass one."""
        return {f"{column}__in": values for column in self.columns}

    def condition(self, model: type[Model], values: Collection[str]) -> Q:
        """That a row has one of the values."""
        if self.where:
            return getattr(self.parent, self.where)(values)
        return self.related(model, values, self.in_state(""))

    def in_state(self, state: str) -> Q:
        """What must hold of the related row, too, to put a row in this state."""
        return Q()

    def related(self, model: type[Model], values: Collection[str], also: Q) -> Q:
        """That a row is related to one of the values by a published row of which this holds, too.

        Each path has a subquery of its own: joined all at once, the rows of several relations multiply.
        """
        condition = Q(pk__in=[])
        for lookup, given in self.lookups(values).items():
            found = Q(**{lookup: given}) & published_along(model, lookup) & also
            if spans_many(model, lookup.removesuffix("__in")):
                found = Q(pk__in=model._base_manager.filter(found).values("pk"))
            condition |= found
        return condition

    def filter(self, queryset: QuerySet, terms: Terms | None) -> QuerySet:
        wanted, excluded, join = terms or NO_TERMS
        one_by_one = self.joined(join) == ALL or not wanted
        for values in [[value] for value in wanted] if one_by_one else [wanted]:
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
