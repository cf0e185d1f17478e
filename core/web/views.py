"""The site's pages: one kind of list, one kind of detail, filled by the apps.

A page shows what its API twin answers: both take query set, filters and orders from the same
viewset. What another app has to say about a row, it adds as a `panel`.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import InvalidPage, Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.views import View
from rest_framework.exceptions import ValidationError

from core.linking import evaluate_together
from core.models import Entity, RetiredAccession, Statement
from core.models.documents import part_address
from core.rest.ordering import total_order
from core.rest.pagination import Pages, whole_number
from core.web.sidebar import Query, narrowing

PAGE_PARAMETERS = {"page", "page_size", "ordering"}
_panels = defaultdict(list)


@dataclass
class Panel:
    """A block of a detail page: its rows, and where the whole list of them is."""

    title: str
    template: str
    rows: object
    more: str = ""
    slug: str = ""
    empty: str = ""
    summarise: Callable | None = None

    @cached_property
    def summary(self):
        """What the rows come to: [(slot, [(name, number of rows, address of these)])], or None."""
        return self.summarise(list(self.rows)) if self.summarise else None


def panel(*models, first=False):
    """Add a block to the pages of these models: the function makes a `Panel`, several, or None from a row.

    Blocks stand in the order in which they are added; one that is `first` stands before all others.
    """

    def register(function):
        for model in models:
            _panels[model].insert(0 if first else len(_panels[model]), function)
        return function

    return register


def panels_of(row):
    """The blocks of a row's page that have something to show, or say why they do not."""
    made = []
    for function in _panels[type(row)]:
        block = function(row)
        made += block if isinstance(block, list) else [block]
    made = [block for block in made if block]
    evaluate_together([block.rows for block in made])
    return [block for block in made if block.rows or block.empty]


def filtered_list(model, **filters):
    """The address of a model's list with these filters set."""
    return f"{reverse(f'{model._meta.model_name}-list')}?{urlencode(filters)}"


class ResourceList(View):
    """A list page. Subclasses name the API `viewset`, a title, an intro and a template.

    The template extends `generic/list.html` and fills its blocks `head` and `row`.

    `facet_filters` are the filters that the page counts, in the order in which they stand, None for all.
    `form_filters` are those that its form asks for, None for all others. A facet with very many values
    stands in the form, too.
    """

    viewset = None
    api_name = ""  # of the API twin, where it is not the model's
    title = ""
    intro = ""
    template_name = "generic/list.html"
    facet_filters = None
    form_filters = None
    empty = "Nothing here matches. Remove a filter to see more."

    def get(self, request):
        self.query = Query(request.GET)
        filterset = self.filterset(request.GET)
        problems = filterset.problems(PAGE_PARAMETERS)
        try:
            rows, order = self.rows(filterset) if not problems else ([], [])
            size = whole_number(request.GET, "page_size", Pages.page_size, highest=Pages.max_page_size)
            number = whole_number(request.GET, "page", 1)
        except ValidationError as error:
            problems, rows, size, number = error.detail, [], Pages.page_size, 1
        paginator = Paginator(rows, size)
        try:
            page = paginator.page(number)
        except InvalidPage as error:
            raise Http404(f"There is no page {number}: the last one is {paginator.num_pages}.") from error
        context = {
            "title": self.title,
            "intro": self.intro,
            "empty": self.empty,
            "page": page,
            "problems": problems,
            "filterset": filterset,
            "narrowing": narrowing(
                filterset, self.facet_filters, self.form_filters, None if problems else paginator.count
            ),
            "query": self.query,
            "api_url": self.api_url(),
            **self.extra(page),
        }
        return render(request, self.template_name, context, status=400 if problems else 200)

    def filterset(self, data):
        return self.viewset.filterset_class(data, queryset=self.viewset.queryset.all())

    def rows(self, filterset):
        queryset = filterset.qs
        order = total_order(self.request.GET.getlist("ordering"), queryset, self.viewset.ordering_fields)
        return queryset.order_by(*order), order

    def extra(self, page):
        return {}

    def api_url(self):
        name = self.api_name or self.viewset.queryset.model._meta.model_name
        query = self.request.GET.urlencode()
        return reverse(f"api-{name}-list") + (f"?{query}" if query else "")


class ResourceDetail(View):
    """A row's page: its facts, then the panels that the apps add.

    The template extends `generic/detail.html` and fills its block `facts`.
    """

    viewset = None
    template_name = "generic/detail.html"

    def get(self, request, ident):
        queryset = self.viewset.queryset.all()
        try:
            row = get_object_or_404(queryset, **{queryset.lookup_field: ident})
        except Http404:
            if retired := RetiredAccession.objects.filter(accession=ident).first():
                return gone(request, retired)
            raise
        model_name = queryset.model._meta.model_name
        context = {
            "row": row,
            "model": queryset.model,
            "is_statement": isinstance(row, Statement),
            "is_entity": isinstance(row, Entity),
            "title": str(row) if not isinstance(row, Statement) or isinstance(row, Entity) else row.accession,
            "panels": panels_of(row),
            "api_url": part_address(f"api-{model_name}-detail", ident),
            "list_url": reverse(f"{model_name}-list"),
            **self.extra(row),
        }
        return render(request, self.template_name, context)

    def extra(self, row):
        return {}


def gone(request, retired):
    """410: the accession was published once, with its successor where there is one."""
    return render(request, "errors/410.html", {"retired": retired, "title": "Retired"}, status=410)
