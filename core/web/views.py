"""The site's pages: one kind of list, one kind of detail.

A page shows what its API twin answers: both take query set, filters and orders from the same viewset.
"""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.views.generic import DetailView
from django_filters.views import FilterView
from rest_framework.exceptions import ValidationError
from rest_framework.viewsets import ViewSetMixin

from core.models import Entity, RetiredAccession, Statement
from core.models.documents import part_address
from core.rest.entity_names import key_of
from core.rest.filters import ResourceFilterSet
from core.rest.ordering import total_order
from core.rest.pagination import Pages, whole_number
from core.rest.viewsets import ListViewSet, ResourceViewSet
from core.rows import read_rows
from core.web.blocks import BlockFunction, blocks_of
from core.web.facet_sidebar import facet_sidebar, neighbour_links
from core.web.facts import facts_of
from core.web.reports import report_columns

PAGE_PARAMETERS = {"page", "page_size", "ordering"}


class ListPage(FilterView):
    """The list of a resource with its facet sidebar, shown by `<app>/<model>_list.html`.

    `facets` are the filters whose values the sidebar counts, in its order, None for all that can be counted.
    `form_filters` are those that its form asks for, None for all others. A filter with too many values to
    list stands in the form, too. What is wrong with a query is named, with status 400.
    """

    viewset: type[ListViewSet] = ListViewSet  # each page's own
    paginate_by = Pages.page_size
    title = ""
    facets: Sequence[str] | None = None
    form_filters: Sequence[str] | None = None
    template_name_suffix = "_list"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.filterset = self.get_filterset(self.viewset.filterset_class)
        self.problems = self.filterset.problems(PAGE_PARAMETERS)
        self.object_list = self.filterset.queryset.none()
        try:
            whole_number(request.GET, "page", 1)
            self.paginate_by = whole_number(
                request.GET, "page_size", self.paginate_by, highest=Pages.max_page_size
            )
            if not self.problems:
                self.object_list = self.rows()
        except ValidationError as error:
            self.problems = error.detail
        if self.problems:
            self.kwargs["page"] = 1  # whatever else the query asks for
        return self.render_to_response(self.get_context_data(), status=400 if self.problems else 200)

    def get_queryset(self) -> QuerySet:
        return self.viewset.queryset.all()

    def get_filterset_kwargs(self, filterset_class: type[ResourceFilterSet]) -> dict[str, Any]:
        return super().get_filterset_kwargs(filterset_class) | {"data": self.request.GET}

    def rows(self) -> QuerySet | Sequence:
        """The rows of the list in the order asked for. Raises ValidationError where there is no such order."""
        queryset = self.filterset.qs
        order = total_order(self.request.GET.getlist("ordering"), queryset, self.viewset.ordering_fields)
        return queryset.order_by(*order)

    def get_template_names(self) -> list[str]:
        return [*super().get_template_names(), "generic/entity_list.html"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        page = context["page_obj"]
        [page.object_list] = [context["object_list"]] = read_rows(page.object_list)
        total = None if self.problems else context["paginator"].count
        query = self.filterset.data.urlencode()
        return context | {
            "title": self.title or capfirst(self.viewset.queryset.model._meta.verbose_name_plural),
            "intro": summary_of(self.viewset),
            "problems": self.problems,
            "filterset": self.filterset,
            "report_columns": report_columns(self.filterset, page.object_list) if total else [],
            "neighbours": neighbour_links(self.filterset) if total == 0 else [],
            "sidebar": facet_sidebar(self.filterset, self.facets, self.form_filters, total),
            "api_url": reverse(f"api-{self.request.resolver_match.url_name}")
            + (f"?{query}" if query else ""),
        }


def summary_of(viewset: type[ViewSetMixin]) -> str:
    """What a resource holds: the first paragraph of its viewset's docstring."""
    return " ".join(str(viewset.__doc__).split("\n\n")[0].split())


class DetailPage(DetailView):
    """A row's page: its facts, shown by `<app>/<model>_detail.html`, then its blocks.

    `blocks` are functions that make a `Block`, several, or None from the row.
    """

    viewset: type[ResourceViewSet] = ResourceViewSet  # each page's own
    blocks: Sequence[BlockFunction] = ()
    context_object_name = "row"
    slug_url_kwarg = "ident"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().get(request, *args, **kwargs)
        except Http404:
            if elsewhere := self.elsewhere(self.kwargs["ident"]):
                return elsewhere
            raise

    def elsewhere(self, ident: str) -> HttpResponse | None:
        """Where a row is that is not at this address: at the same in other letter case, or it was retired."""
        queryset, key = self.get_queryset(), self.get_slug_field()
        if row := queryset.filter(**{f"{key}__iexact": ident}).first():
            address = f"{queryset.model._meta.model_name}-detail"
            return redirect(part_address(address, getattr(row, key)), permanent=True)
        retired = RetiredAccession.objects.named(ident)
        return gone(self.request, retired) if retired else None

    def get_queryset(self) -> QuerySet:
        return self.viewset.queryset.all()

    def get_object(self, queryset: QuerySet | None = None) -> Model:
        [[row]] = read_rows([super().get_object(queryset)])
        return row

    def get_slug_field(self) -> str:
        model: type[Model] = self.get_queryset().model
        return key_of(model)

    def get_template_names(self) -> list[str]:
        return [*super().get_template_names(), "generic/detail.html"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row, name = self.object, self.viewset.queryset.model._meta.model_name
        is_statement, is_entity = isinstance(row, Statement), isinstance(row, Entity)
        return super().get_context_data(**kwargs) | {
            "model": self.viewset.queryset.model,
            "is_statement": is_statement,
            "is_entity": is_entity,
            "title": row.accession if is_statement and not is_entity else str(row),
            "facts": partial(facts_of, row),  # called by templates that show them
            "blocks": blocks_of(row, self.blocks),
            "api_url": part_address(f"api-{name}-detail", self.kwargs["ident"]),
            "list_url": reverse(f"{name}-list"),
        }


def gone(request: HttpRequest, retired: RetiredAccession) -> HttpResponse:
    """410: the accession was published once, with its successor where there is one."""
    return render(request, "errors/410.html", {"retired": retired, "title": "Retired"}, status=410)
