"""Mechanisms in templates: colours by family, claims in the order of the mechanisms."""

from collections.abc import Iterable

from django import template

from mechanisms.models import Claim, Mechanism

register = template.Library()


@register.filter
def family(mechanism: Mechanism | None) -> str:
    """The slug of the top of a mechanism's tree: what its colour goes by."""
    if mechanism is None:
        return "none"
    return (mechanism.broader or mechanism).slug


@register.filter
def by_mechanism(claims: Iterable[Claim]) -> list[Claim]:
    """Claims in the order of the mechanisms, those of no single mechanism last."""
    return sorted(
        claims, key=lambda claim: (claim.mechanism.order if claim.mechanism else 1_000, claim.accession)
    )
