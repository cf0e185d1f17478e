"""The page that compares tissue sources."""

from dataclasses import dataclass

from django.shortcuts import render
from django.urls import reverse

from catalog.models import TissueSource
from compare.comparison import MOST, Comparison, ComparisonFilter, sources_with_trials


@dataclass
class Column:
    """A compared source, with the address of the comparison without it where enough others remain."""

    source: TissueSource
    remove: str


def page(request):
    """The table, with the choice of sources above it. Without a query, the choice alone."""
    asked = ComparisonFilter(request.GET, queryset=TissueSource.objects.none())
    problems = asked.problems() if request.GET else {}
    slugs, known = asked.slugs(), sources_with_trials()
    context = {
        "title": "Compare sources",
        "problems": problems,
        "chosen": slugs,
        "choices": known,
        "most": MOST,
        "differences": request.GET.get("differences") == "true",
    }
    if slugs and not problems:
        table = Comparison(slugs, asked.form.cleaned_data["differences"], known)
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


def columns(table):
    slugs = [source.slug for source in table.sources]
    return [
        Column(
            source,
            "?" + table.query([s for s in slugs if s != source.slug]) if len(slugs) > 2 else "",
        )
        for source in table.sources
    ]
