"""Blocks of detail pages: a Sankey diagram of the claims that the page is about."""

from django.urls import reverse
from django.utils.http import urlencode

from catalog.models import Condition, Molecule
from core.models import Entity
from core.web.blocks import Block
from figures.bar_chart import bar_chart
from figures.claim_index import index_rows
from figures.sankey import sankey
from figures.views import size
from mechanisms.blocks import claims_here, trees_here
from mechanisms.models import Mechanism
from mechanisms.templatetags.mechanisms import family

FEW_CLAIMS = 4  # from which on a drawing says more than the list below it
ACTS_ON = ["mechanism", "target", "process"]


def sankey_block(
    row: Entity, title: str, columns: list[str], filters: dict[str, str], colour: str = "none"
) -> Block | None:
    claims = claims_here(row)
    if len(claims) < FEW_CLAIMS:
        return None
    index = index_rows(claims, trees_here(row))
    figure = sankey("acts-drawn", title, index, columns, filters, **size(columns), family=colour)
    figure.narrow = bar_chart(figure)
    query = urlencode({**filters, "columns": ",".join(columns)}, doseq=True)
    figure.download = f"{reverse('mechanism-map')}?{query}"
    return Block(title, "figures/block.html", figure, slug="acts")


def sankey_of_molecule(molecule: Molecule) -> Block | None:
    return sankey_block(molecule, "Where it acts", ACTS_ON, {"molecule": molecule.slug})


def sankey_of_condition(condition: Condition) -> Block | None:
    return sankey_block(condition, "How MSCs act here", ACTS_ON, {"condition": condition.slug})


def sankey_of_mechanism(mechanism: Mechanism) -> Block | None:
    columns = ["mediator", "target", "process"]
    return sankey_block(
        mechanism, "By what, on what", columns, {"mechanism": mechanism.slug}, family(mechanism)
    )
