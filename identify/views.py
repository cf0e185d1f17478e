"""The check of a marker profile: its page, and its place in the API."""

from urllib.parse import urlencode

from django.db.models import Exists, OuterRef
from django.shortcuts import render
from django.urls import reverse
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import APIView

from catalog.models import IdentityCriterion, SurfaceMarker
from compare.views import TEXT, URI, listing, shape
from core.rest.serializers import ENTITY_LINK, REFERENCE_LINK
from core.rest.viewsets import BOM, ExportMixin
from identify.identification import LISTS, asked_for, identify, linked, profile_of

SIGN = {"type": "string", "enum": ["positive", "negative", "variable"]}
MAYBE_SIGN = {"type": ["string", "null"], "enum": ["positive", "negative", "variable", None]}
CRITERION = shape(
    name=TEXT, accession=TEXT, met={"type": ["boolean", "null"]},
    markers=listing(shape(
        marker=ENTITY_LINK, expected=SIGN, observed=MAYBE_SIGN,
        verdict={"type": "string", "enum": ["met", "violated", "not-tested"]},
    )),
    references=listing(REFERENCE_LINK), url=URI,
)  # fmt: skip
REPORTED = listing(
    shape(
        slug=TEXT, name=TEXT, observed=SIGN, reported=TEXT, statements=listing(TEXT),
        references=listing(REFERENCE_LINK),
    )
)  # fmt: skip
SOURCE = shape(
    source=ENTITY_LINK, matches=REPORTED, conflicts=REPORTED, undecided=REPORTED,
    not_listed=listing(shape(slug=TEXT, name=TEXT, observed=SIGN)), references=listing(REFERENCE_LINK), url=URI,
)  # fmt: skip
READ = shape(
    slug=TEXT, name=TEXT, observed=SIGN, written=listing(TEXT), is_msc_marker={"type": "boolean"}
)  # fmt: skip
UNKNOWN = shape(
    marker=TEXT, written=TEXT, observed=MAYBE_SIGN, reason=TEXT,
    suggestion={"oneOf": [ENTITY_LINK, {"type": "null"}]},
)  # fmt: skip
ANSWER = shape(
    panel=listing(READ), criteria=listing(CRITERION), sources=listing(SOURCE), unknown=listing(UNKNOWN), url=URI
)  # fmt: skip
COUNTED = ("matches", "conflicts", "undecided", "not_listed")


def page(request):
    """The form, and below it what the panel says."""
    problems = asked_for(request.GET) if request.GET else {}
    given = any(value.strip() for values in request.GET.lists() for value in values[1])
    if given and not problems:
        profile = profile_of(request.GET)
        problems = profile.problems
    context = {
        "title": "Check a marker profile",
        "problems": problems if given else {},
        "pasted": "\n".join(request.GET.getlist("profile")),
        "pickable": pickable(request.GET),
        "picked": any(request.GET.getlist(sign) for sign in LISTS),
    }
    if given and not problems:
        context |= {
            "answer": identify(profile),
            "api_url": f"{reverse('api-identify')}?{request.GET.urlencode()}",
            "permalink": address(profile),
        }
    return render(request, "identify/identify.html", context, status=400 if context["problems"] else 200)


def address(profile):
    """The page of the same panel, by slugs: short enough to cite."""
    return f"{reverse('identify')}?{urlencode(profile.as_lists(), safe=',')}"


def pickable(data):
    """[(marker, [(sign, is it picked)])], the markers of identity criteria first."""
    picked = {
        sign: {word.strip() for value in data.getlist(sign) for word in value.split(",")} for sign in LISTS
    }
    named = IdentityCriterion.objects.all()
    markers = SurfaceMarker.objects.annotate(
        wanted=Exists(named.filter(positive_markers=OuterRef("pk"))),
        unwanted=Exists(named.filter(negative_markers=OuterRef("pk"))),
    ).order_by("-wanted", "-unwanted", "name", "slug")
    return [(marker, [(sign, marker.slug in picked[sign]) for sign in LISTS]) for marker in markers]


class IdentifyView(ExportMixin, APIView):
    """What a marker panel says: identity criteria marker by marker, and the sources that agree best.

    Names may be slugs, synonyms or gene symbols. `met` is null where something is not tested and
    nothing violated. Weak and variable staining decides nothing. A source's `not_listed` markers are unreported, never
    a conflict. `unknown` names what could not be read, with the reason. As `.csv`: one line a source.
    """

    @extend_schema(
        parameters=[
            OpenApiParameter(sign, str, many=True, description=f"Markers that were {sign}, comma-separated.")
            for sign in LISTS
        ]
        + [
            OpenApiParameter(
                "profile", str, description="A panel as pasted: CD73+ CD90+ CD45- or CD90 pos, CD45 neg."
            ),
            OpenApiParameter("format", str, description="json, csv, tsv, jsonl or xlsx."),
            BOM,
        ],
        responses=OpenApiResponse(ANSWER),
    )
    def get(self, request, format=None):
        if problems := asked_for(request.query_params, {"format", "bom"}):
            raise exceptions.ValidationError(problems)
        profile = profile_of(request.query_params)
        if profile.problems:
            raise exceptions.ValidationError(profile.problems)
        answer = identify(profile)
        if self.wants_export():
            return self.export(flat_rows(answer), ["source", *COUNTED, "references"])
        return Response(as_json(answer, request.build_absolute_uri))


def as_json(answer, absolute):
    """The answer of the page, its addresses absolute."""
    return {
        "panel": [
            linked(o.molecule)
            | {"observed": o.observed, "written": o.written, "is_msc_marker": o.molecule.is_msc_marker}
            for o in answer.profile.observations
        ],
        "criteria": [c | {"url": absolute(c["url"])} for c in answer.criteria],
        "sources": [s | {"url": absolute(s["url"])} for s in answer.sources],
        "unknown": answer.profile.unknown,
        "url": absolute(address(answer.profile)),
    }


def flat_rows(answer):
    """One line a source: the slugs of its markers of each sort, joined."""
    for source in answer.sources:
        yield {"source": source["source"], "references": source["references"]} | {
            name: source[name] for name in COUNTED
        }
