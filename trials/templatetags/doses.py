"""Doses as the field writes them."""

from django import template

from trials.models import Dose

register = template.Library()
SUPERSCRIPTS = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


@register.filter
def cells(number: int | str | None) -> str:
    """A number of cells as the field writes it: 4.57 × 10⁷.

    >>> cells(45700000)
    '4.57 × 10⁷'
    """
    if number is None or number == "":
        return ""
    power = len(str(int(number))) - 1
    factor = f"{int(number) / 10**power:.3g}"
    return f"{factor} × 10{str(power).translate(SUPERSCRIPTS)}"


@register.filter
def dose(stated: Dose) -> str:
    """One dose of a trial: "5 × 10⁶ – 1 × 10⁷ cells"."""
    low, high = cells(stated.min), cells(stated.max)
    return f"{low} {stated.unit}" if low == high else f"{low} – {high} {stated.unit}"
