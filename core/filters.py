"""What sections, references and statements of every kind can be filtered by."""

from collections.abc import Callable, Collection, Mapping, Sequence

from django.db.models import Model, Q, QuerySet

from core.conflicts import ConflictRows, conflict_models
from core.models import Conflict, Document, Section
from core.rest.filters import (
    ChoiceFilter,
    Choices,
    EntityFilter,
    ResourceFilterSet,
    StatementFilterSet,
    WordsFilter,
)
from core.rest.terms import NO_TERMS, Terms
from core.statements import StatementRows, UnitedRows, statement_models


class DocumentFilter(ResourceFilterSet):
    q = None


class SectionSetFilter(ResourceFilterSet):
    q = None
    document = EntityFilter(entity=Document, label="Document")


class ReferenceSetFilter(ResourceFilterSet):
    """References by the sections that cite them."""

    document = EntityFilter(entity=Document, label="Document")
    section = EntityFilter(entity=Section, label="Cited in section", where="cited_in", several=True)

    def cited_in(self, sections: Collection[str]) -> Q:
        condition = Q()
        for model in statement_models().values():
            # One subquery a kind: joined all at once, nine tables of links multiply.
            citing = model.objects.filter(Q(section__identifier__in=sections), references__isnull=False)
            condition |= Q(pk__in=citing.order_by().values("references"))
        return condition


class UnitedFilterSet(ResourceFilterSet):
    """Filters of a list that unites rows of several models; the filter `model_filter` chooses among these."""

    model_filter = "kind"
    rows_class: type[UnitedRows]
    models: Callable[[], Mapping[str, type[Model]]]  # {value of the model filter: model}

    def any_model(self, queryset: QuerySet, name: str, terms: Terms) -> QuerySet:
        return queryset

    def querysets(self) -> list[QuerySet]:
        """The rows of each model asked for that pass the other filters."""
        asked = self.form.cleaned_data[self.model_filter] or NO_TERMS
        return [
            self.filter_queryset(model._default_manager.all()) for kind, model in self.models().items()
            if (not asked.wanted or kind in asked.wanted) and kind not in asked.excluded
        ]  # fmt: skip

    def rows(self, order: Sequence[str]) -> UnitedRows:
        return self.rows_class(self.querysets(), order)


def kinds_of(models: Callable[[], Mapping[str, type[Model]]]) -> Callable[[], Choices]:
    """The kinds of statement of these models, once all models are there."""
    return lambda: [(kind, str(statement_models()[kind]._meta.verbose_name)) for kind in models()]


class AnyStatementFilter(UnitedFilterSet, StatementFilterSet):
    """The statements of every kind together."""

    rows_class = StatementRows
    models = staticmethod(statement_models)

    kind = ChoiceFilter(choices=kinds_of(statement_models), label="Kind", method="any_model")


class ConflictFilter(UnitedFilterSet):
    """The conflicts between statements of every kind together."""

    model_filter = "kind_of_statement"
    rows_class = ConflictRows
    models = staticmethod(conflict_models)

    q = None
    kind = ChoiceFilter(choices=Conflict.Kind, label="Kind")
    kind_of_statement = ChoiceFilter(
        choices=kinds_of(conflict_models), label="Kind of statement", method="any_model"
    )
    topic = WordsFilter(label="Topic")
