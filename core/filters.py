"""What sections, references and statements of every kind can be filtered by."""

from django.db.models import Model, Q

from core.conflicts import ConflictRows, conflict_models
from core.models import Conflict, Document, Evidence, Reference, Section
from core.rest.fields import NO_TERMS
from core.rest.filters import (
    ChoiceFilter,
    EntityFilter,
    ReferenceFilter,
    ResourceFilterSet,
    SectionFilter,
    TermsFilter,
    WordsFilter,
)
from core.statements import StatementRows, UnitedRows, statement_models


class DocumentFilter(ResourceFilterSet):
    q = None

    class Meta:
        model = Document
        fields = []


class SectionSetFilter(ResourceFilterSet):
    q = None
    document = EntityFilter(entity=Document, label="Document")

    class Meta:
        model = Section
        fields = []


class ReferenceSetFilter(ResourceFilterSet):
    """References by the sections that cite them."""

    q = WordsFilter(label="Words", method="in_bibliography")
    document = EntityFilter(entity=Document, label="Document")
    section = SectionFilter(field_name=None, label="Cited in section", method="cited_in")

    class Meta:
        model = Reference
        fields = []

    def in_bibliography(self, queryset, name, words):
        for word in words.split():
            columns = ("authors", "title", "journal", "doi", "pmid")
            match = Q(number=int(word)) if word.isdigit() and len(word) < 5 else Q(pk__in=[])
            for column in columns:
                match |= Q(**{f"{column}__icontains": word})
            queryset = queryset.filter(match)
        return queryset

    def cited_in(self, queryset, name, terms):
        def cited(slugs):
            # One subquery a kind: joined all at once, nine tables of links multiply.
            condition = Q()
            for model in statement_models().values():
                citing = model.objects.filter(section__identifier__in=slugs, references__isnull=False)
                condition |= Q(pk__in=citing.order_by().values("references"))
            return Reference.objects.filter(condition).values("pk")

        if terms.wanted:
            queryset = queryset.filter(pk__in=cited(terms.wanted))
        return queryset.exclude(pk__in=cited(terms.excluded)) if terms.excluded else queryset


class UnitedFilterSet(ResourceFilterSet):
    """Filters of a list that unites rows of several models; the filter `model_filter` chooses among these."""

    model_filter = "kind"
    rows_class: type[UnitedRows]

    @classmethod
    def models(cls) -> dict[str, type[Model]]:
        """{value of the model filter: model}"""
        raise NotImplementedError

    def any_model(self, queryset, name, terms):
        return queryset

    def querysets(self):
        """The rows of each model asked for that pass the other filters."""
        asked = self.form.cleaned_data[self.model_filter] or NO_TERMS
        return [
            self.filter_queryset(model.objects.all()) for kind, model in self.models().items()
            if (not asked.wanted or kind in asked.wanted) and kind not in asked.excluded
        ]  # fmt: skip

    def rows(self, order) -> UnitedRows:
        return self.rows_class(self.querysets(), order)


class ModelFilter(TermsFilter):
    """One of the models that a list unites."""

    enumerated = True

    def values(self):
        return list(self.parent.models())

    def options(self):
        return [(kind, statement_models()[kind]._meta.verbose_name) for kind in self.parent.models()]


class AnyStatementFilter(UnitedFilterSet):
    """The statements of every kind together."""

    rows_class = StatementRows
    models = staticmethod(statement_models)

    kind = ModelFilter(label="Kind", method="any_model")
    document = EntityFilter("section__document", entity=Document, label="Document")
    section = SectionFilter(label="Section")
    reference = ReferenceFilter("references", label="Reference")
    evidence = ChoiceFilter(choices=Evidence, label="Evidence")


class ConflictFilter(UnitedFilterSet):
    """The conflicts between statements of every kind together."""

    model_filter = "kind_of_statement"
    rows_class = ConflictRows
    models = staticmethod(conflict_models)

    q = None
    kind = ChoiceFilter(choices=Conflict.Kind, label="Kind")
    kind_of_statement = ModelFilter(label="Kind of statement", method="any_model")
    topic = WordsFilter(label="Topic", method="on_topic")

    def on_topic(self, queryset, name, words):
        """Every word stands in the topic."""
        for word in words.split():
            queryset = queryset.filter(topic__icontains=word)
        return queryset
