"""The page that checks a marker profile."""

from typing import NamedTuple

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse

from catalog.models import IdentityCriterion, SurfaceMarker
from identify.identification import LISTS, asked_for, identify, profile_of


def page(request: HttpRequest) -> HttpResponse:
    """The form, and below it what the panel says."""
    problems = asked_for(request.GET) if request.GET else {}
    given = any(value.strip() for values in request.GET.lists() for value in values[1])
    samples: list[str] = []
    if given and not problems:
        profile = profile_of(request.GET)
        problems, samples = profile.problems, profile.samples
    context = {
        "title": "Check a marker profile",
        "problems": problems if given else {},
        "samples": samples,
        "pasted": "\n".join(request.GET.getlist("profile")),
        "lists": LISTS,
        "pickable": pickable(request.GET),
        "picked": any(request.GET.getlist(sign) for sign in LISTS),
    }
    if given and not problems:
        context |= {
            "answer": identify(profile),
            "api_url": f"{reverse('api-identify')}?{request.GET.urlencode()}",
            "permalink": profile.address,
        }
    return render(request, "identify/identify.html", context, status=400 if context["problems"] else 200)


class Pick(NamedTuple):
    """A marker of the list to pick from, and the signs that it was picked with."""

    marker: SurfaceMarker
    signs: list[str]


def pickable(data: QueryDict) -> list[Pick]:
    """Every marker, those of identity criteria first."""
    picked = {
        sign: {word.strip() for value in data.getlist(sign) for word in value.split(",")} for sign in LISTS
    }
    named = IdentityCriterion.objects.all()
    markers = SurfaceMarker.objects.annotate(
        wanted=Exists(named.filter(positive_markers=OuterRef("pk"))),
        unwanted=Exists(named.filter(negative_markers=OuterRef("pk"))),
    ).order_by("-wanted", "-unwanted", "name", "slug")
    return [Pick(marker, [sign for sign in LISTS if marker.slug in picked[sign]]) for marker in markers]
