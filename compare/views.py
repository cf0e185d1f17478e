"""The page that compares tissue sources."""

from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from catalog.models import TissueSource
from compare.comparison import FEWEST, MOST, Comparison, ComparisonFilter


class Column(NamedTuple):
    """A compared source, with the address of the comparison without it where enough others remain."""

    source: TissueSource
    remove: str


def page(request: HttpRequest) -> HttpResponse:
    """The table, with the choice of sources above it. Without a query, the choice alone."""
    asked = ComparisonFilter(request.GET, queryset=TissueSource.objects.none())
    problems = asked.problems() if request.GET else {}
    known = list(TissueSource.objects.order_by("name", "slug"))
    context: dict[str, Any] = {
        "title": "Compare sources",
        "problems": problems,
        "chosen": asked.slugs(),
        "choices": known,
        "most": MOST,
        "differences": request.GET.get("differences") == "true",
    }
    if request.GET and not problems:
        table = Comparison(asked.sources(known), asked.form.cleaned_data["differences"])
        context |= {
            "table": table,
            "title": "Compare " + ", ".join(s.name.lower() for s in table.sources),
            "columns": columns(table),
            "api_url": f"{reverse('api-compare')}?{table.query()}",
            "csv_url": f"{reverse('compare-csv')}?{table.query()}",
            "permalink": table.address,
            "toggle": "?" + table.query(differences=not table.differences),
        }
    return render(request, "compare/compare.html", context, status=400 if problems else 200)


def columns(table: Comparison) -> list[Column]:
    can_remove = len(table.sources) > FEWEST
    return [Column(s, "?" + table.query(without=s) if can_remove else "") for s in table.sources]
