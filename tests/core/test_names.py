"""Which rows of a small world a name means."""

import pytest

from catalog.models import CellType, Molecule
from core.names import named
from tests import builders as b

pytestmark = pytest.mark.usefixtures("world")


def meant(text, model=None):
    return [(name.model, name.ident) for name in named(text, model)]


def test_the_most_direct_kind_of_name_decides_between_rows():
    b.molecule("hgf", name="HGF", synonyms=["scatter factor"])
    b.molecule("scatter", name="Scatter Factor")
    b.molecule("mitogen", synonyms=["HGF"])
    assert meant("hgf") == [("molecule", "hgf")]
    assert meant("scatter-factor") == [("molecule", "scatter")]
    assert meant("mitogens of cells") == meant("") == meant("–") == []


def test_rows_of_one_kind_can_be_asked_for_and_each_counts_once():
    b.molecule("stroma", name="Stroma", synonyms=["STROMA"])
    b.cell_type("stromal", name="Stroma")
    assert meant("stroma") == [("molecule", "stroma")]  # by its slug
    assert meant("Stroma", CellType) == [("celltype", "stromal")]
    assert meant("Stroma", Molecule) == [("molecule", "stroma")]
