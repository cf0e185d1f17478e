"""Pages of documents, sections, references and statements of any kind."""

from collections import defaultdict

from django.db.models import Count
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse

from core import api
from core.models import Document, Reference, RetiredAccession, Section
from core.models.documents import part_address
from core.statements import StatementRows, model_of, statement_models
from core.web.views import Panel, ResourceDetail, ResourceList, gone, panel


class SectionList(ResourceList):
    viewset = api.SectionViewSet
    title = "Sections"
    intro = "Where each statement stands. Tables are sections of their own."
    template_name = "core/section_list.html"
    form_filters = ()

    def extra(self, page):
        return {"counts": statement_counts("section__identifier")}


class DocumentPartDetail(ResourceDetail):
    """The page of a section or reference. The first document's have the short address alone."""

    def get(self, request, ident="", document="", key=""):
        first = document and Document.objects.filter(slug=document, order=1).exists()
        if first or ":" in ident:
            name = self.viewset.queryset.model._meta.model_name
            return redirect(part_address(f"{name}-detail", key if first else ident), permanent=True)
        return super().get(request, f"{document}:{key}" if document else ident)


class SectionDetail(DocumentPartDetail):
    viewset = api.SectionViewSet
    template_name = "core/section_detail.html"


class ReferenceList(ResourceList):
    viewset = api.ReferenceViewSet
    title = "References"
    intro = (
        "The works that documents cite, by their number there. Authors and titles are blank until "
        "they are imported from a verified bibliography."
    )
    template_name = "core/reference_list.html"
    facet_filters = ()

    def extra(self, page):
        return {"counts": statement_counts("references__identifier")}


class ReferenceDetail(DocumentPartDetail):
    viewset = api.ReferenceViewSet
    template_name = "core/reference_detail.html"


class DocumentList(ResourceList):
    viewset = api.DocumentViewSet
    title = "Documents"
    intro = "The publications whose statements are encoded here."
    template_name = "core/document_list.html"
    form_filters = ()


class DocumentDetail(ResourceDetail):
    viewset = api.DocumentViewSet
    template_name = "core/document_detail.html"


class StatementList(ResourceList):
    viewset = api.StatementViewSet
    api_name = "statement"
    title = "Statements"
    intro = "Everything that is encoded, of every kind, each with its section and references."
    template_name = "core/statement_list.html"
    facet_filters = ("kind", "section", "evidence")

    def filterset(self, data):
        return self.viewset.filterset_class(data, queryset=Section.objects.none())

    def rows(self, filterset):
        order = self.viewset.order_asked(self.request.GET)
        return filterset.rows(order), order


def statement(request, ident):
    """The permalink of a statement of any kind: leads to its page."""
    model = model_of(ident)
    row = model and model.objects.filter(accession=ident).first()
    if row:
        return redirect(row.get_absolute_url(), permanent=False)
    if retired := RetiredAccession.objects.filter(accession=ident).first():
        return gone(request, retired)
    raise Http404(f"There is no statement '{ident}'.")


def statement_counts(path):
    """{value of `path`: number of published statements}, over every kind, in one query."""
    counts = defaultdict(int)
    first, *rest = [
        model.objects.order_by().values_list(path).annotate(n=Count("pk"))
        for model in statement_models().values()
    ]
    for value, n in first.union(*rest, all=True):
        counts[value] += n
    return dict(counts)


@panel(Section)
def statements_of_section(section):
    rows = StatementRows([model.objects.filter(section=section) for model in statement_models().values()])
    return Panel(
        "Statements", "partials/statements.html", rows[:200] if rows.count() else [],
        more=f"{reverse('statement-list')}?section={section.identifier}", slug="statements",
        empty="Nothing of this section has been encoded yet.",
    )  # fmt: skip


@panel(Reference)
def statements_on_reference(reference):
    rows = StatementRows(
        [model.objects.filter(references=reference) for model in statement_models().values()]
    )
    return Panel(
        "What rests on it", "partials/statements.html", rows[:200] if rows.count() else [],
        more=f"{reverse('statement-list')}?reference={reference.identifier}", slug="statements",
        empty="No statement that is encoded so far rests on this reference.",
    )  # fmt: skip
