"""Figures of what a list page already holds."""

from django import template

from figures import views
from figures.catalogue import by_source

register = template.Library()


@register.simple_tag(takes_context=True)
def source_figure(context, kind, matrix):
    """The drawing of a matrix of statements, for the sources that the page lists."""
    given = views.passed(context["filterset"], context["filterset"].data)
    return by_source(kind, matrix, views.address_of(f"source-{kind}", given))


@register.simple_tag
def trial_figures(filterset):
    """Outcomes by condition, and doses, of the trials that pass the page's filters."""
    return views.trial_figures(filterset)
