"""What sections, references and statements of every kind can be filtered by."""

from django.db.models import Q

from core.models import Document, Evidence, Reference, Section
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
from core.statements import StatementRows, statement_models


class KindFilter(TermsFilter):
    """A kind of statement."""

    def values(self):
        return list(statement_models())

    def options(self):
        return [(kind, model._meta.verbose_name) for kind, model in statement_models().items()]


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


class AnyStatementFilter(ResourceFilterSet):
    """The statements of every kind together; `kind` is read by the list, which unites the kinds."""

    kind = KindFilter(label="Kind", method="any_kind")
    document = EntityFilter("section__document", entity=Document, label="Document")
    section = SectionFilter(label="Section")
    reference = ReferenceFilter("references", label="Reference")
    evidence = ChoiceFilter(choices=Evidence, label="Evidence")

    def any_kind(self, queryset, name, terms):
        return queryset

    def querysets(self):
        """The statements of each kind asked for that pass the other filters."""
        kinds = self.form.cleaned_data["kind"] or NO_TERMS
        return [
            self.filter_queryset(model.objects.all()) for kind, model in statement_models().items()
            if (not kinds.wanted or kind in kinds.wanted) and kind not in kinds.excluded
        ]  # fmt: skip

    def rows(self, order):
        """The statements of every kind, united."""
        return StatementRows(self.querysets(), order)
