"""Pages of sections, references and statements of any kind."""

from collections import Counter
from typing import Any

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from core import api
from core.models import Document, RetiredAccession
from core.models.documents import part_address
from core.querysets import union
from core.statements import UnitedRows, model_of, statement_models
from core.web.views import DetailPage, ListPage, gone


class SectionList(ListPage):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"counts": statement_counts("section__identifier")}


class ReferenceList(ListPage):
    facets = ()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"counts": statement_counts("references__identifier")}


class DocumentPartPage(DetailPage):
    """The page of a section or reference. Those of the first document have the short address alone."""

    def get(self, request: HttpRequest, ident: str = "", document: str = "", key: str = "") -> HttpResponse:
        first = document and Document.objects.filter(slug=document, order=1).exists()
        if first or ":" in ident:
            name = self.viewset.queryset.model._meta.model_name
            return redirect(part_address(f"{name}-detail", key if first else ident), permanent=True)
        self.kwargs = {"ident": f"{document}:{key}" if document else ident}
        return super().get(request, **self.kwargs)


class UnitedList(ListPage):
    """A list that unites rows of several models."""

    viewset: type[api.UnitedViewSet]

    def rows(self) -> UnitedRows:
        return self.filterset.rows(self.viewset.order_asked(self.request.GET))


class StatementList(UnitedList):
    viewset = api.StatementViewSet
    title = "Statements"
    template_name = "core/statement_list.html"
    facets = ("kind", "document", "section", "evidence")


class ConflictList(UnitedList):
    viewset = api.ConflictViewSet
    title = "Where statements disagree"
    template_name = "core/conflict_list.html"
    facets = ("kind", "kind_of_statement")


def statement(request: HttpRequest, ident: str) -> HttpResponse:
    """The permalink of a statement of any kind: leads to its page."""
    ident = ident.upper()
    model = model_of(ident)
    if model and (row := model.objects.filter(accession=ident).first()):
        return redirect(row, permanent=False)
    if retired := RetiredAccession.objects.named(ident):
        return gone(request, retired)
    raise Http404(f"There is no statement '{ident}'.")


def statement_counts(path: str) -> dict[str, int]:
    """{value of `path`: number of published statements}, over every kind, in one query."""
    counts: Counter[str] = Counter()
    numbers = [
        model.objects.order_by().values_list(path).annotate(n=Count("pk"))
        for model in statement_models().values()
    ]
    for value, n in union(numbers):
        counts[value] += n
    return counts
