"""The comparison of tissue sources: its page, its place in the API, its table as a file."""

from dataclasses import dataclass

from django.shortcuts import render
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import APIView

from catalog.models import TissueSource
from compare.comparison import MOST, Comparison, ComparisonFilter, sources_with_trials
from core.rest.serializers import ENTITY_LINK, REFERENCE_LINK
from core.rest.viewsets import BOM, ExportMixin

URI = {"type": "string", "format": "uri"}
TEXT = {"type": "string"}


def shape(**properties):
    """An object of a JSON schema with all of these properties, always there."""
    return {"type": "object", "properties": properties, "required": list(properties)}


def listing(items):
    return {"type": "array", "items": items}


STATEMENT = shape(
    accession=TEXT, value=TEXT, text=TEXT, detail=TEXT, url=URI, references=listing(REFERENCE_LINK)
)
CELL = shape(
    source=TEXT, listed={"type": "boolean"}, value={"type": ["string", "integer"]}, text=TEXT, url=TEXT,
    statements=listing(STATEMENT), references=listing(REFERENCE_LINK),
)  # fmt: skip
ROW = shape(
    name=TEXT, label=TEXT, within=TEXT, url=TEXT,
    difference={"type": "string", "enum": ["none", "listing", "value"]}, cells=listing(CELL),
)  # fmt: skip
COMPARISON = shape(
    sources=listing(ENTITY_LINK), differences={"type": "boolean"}, url=URI,
    sections=listing(shape(name=TEXT, title=TEXT, note=TEXT, rows=listing(ROW))),
)  # fmt: skip


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
            "permalink": f"{reverse('compare')}?{table.query()}",
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


class CompareView(ExportMixin, APIView):
    """Two to six tissue sources side by side: markers, differentiation, traits, claims, trials.

    `sections` hold aligned `rows`, each with one cell a source. `listed` false is the absence of any
    report, never a negative one. `difference` is `value` where reports differ, `listing` where they agree but
    some source has none. As `.csv`, `.tsv`, `.jsonl` or `.xlsx`: one line a row, two columns a source.
    """

    @extend_schema(
        parameters=[
            OpenApiParameter(
                "source", str, required=True, many=True,
                description="Slugs of two to six tissue sources, repeated or comma-separated, in the order wanted.",
            ),
            OpenApiParameter("differences", OpenApiTypes.BOOL, description="Only the rows that differ."),
            OpenApiParameter("format", str, description="json, csv, tsv, jsonl or xlsx."),
            BOM,
        ],
        responses=OpenApiResponse(COMPARISON),
    )  # fmt: skip
    def get(self, request, format=None):
        asked = ComparisonFilter(request.query_params, queryset=TissueSource.objects.none())
        if problems := asked.problems({"format", "bom"}):
            raise exceptions.ValidationError(problems)
        table = Comparison(asked.slugs(), asked.form.cleaned_data["differences"])
        if self.wants_export():
            return self.export(flat_rows(table), flat_columns(table))
        return Response(as_json(table, request.build_absolute_uri))


def as_json(table, absolute):
    """The table of the page, its addresses absolute."""

    def linked(thing, **more):
        return {**thing, "url": absolute(thing["url"]) if thing["url"] else "", **more}

    def cell(c):
        values = {"source": c.source.slug, "listed": c.listed, "value": c.value, "text": c.text, "url": c.url}
        return linked(values, statements=[linked(s) for s in c.statements], references=c.references)

    def row(r):
        values = {"name": r.name, "label": r.label, "within": r.within, "url": r.url}
        return linked(values, difference=r.difference, cells=[cell(c) for c in r.cells])

    return {
        "sources": [{"slug": source.slug, "name": source.name} for source in table.sources],
        "differences": bool(table.differences),
        "url": absolute(f"{reverse('compare')}?{table.query()}"),
        "sections": [
            {"name": s.name, "title": s.title, "note": s.note, "rows": [row(r) for r in s.rows]}
            for s in table.sections
        ],
    }


def flat_columns(table):
    """Section, row, difference, then what is reported and its references for each source."""
    pairs = [(source.slug, f"{source.slug} references") for source in table.sources]
    return ["section", "row", "difference", *(name for pair in pairs for name in pair)]


def flat_rows(table):
    for section in table.sections:
        for row in section.rows:
            line = {"section": section.name, "row": row.name, "difference": row.difference}
            for cell in row.cells:
                line[cell.source.slug] = cell.text
                line[f"{cell.source.slug} references"] = cell.references
            yield line
