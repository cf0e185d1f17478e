"""Figures of what a list page already holds."""

from django import template
from django.template import Context

from core.rest.filters import ResourceFilterSet
from figures import views
from figures.drawing import Figure
from figures.source_matrix import KINDS, SourceMatrix, source_matrix

register = template.Library()


@register.simple_tag(takes_context=True)
def source_figures(context: Context) -> list[SourceMatrix]:
    """Markers and cell types of the sources that the page lists, those that have something to show."""
    given = views.given_to(context["filterset"])
    figures = [
        source_matrix(kind, context["object_list"], views.address_of(f"source-{kind}", given))
        for kind in KINDS
    ]
    return [figure for figure in figures if figure]


@register.simple_tag
def trial_figures(filterset: ResourceFilterSet) -> list[Figure]:
    """Outcomes by condition, and doses, of the trials that pass the page's filters."""
    return views.trial_figures(filterset)
