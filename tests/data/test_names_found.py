"""Any name of a row finds it among the first five; what is outside finds nothing, but for rows that say it."""

import pytest

from core.known_names import OUTSIDE, table
from core.models import Name
from core.names import named
from search.engine import search

SOURCES = [Name.Source.NAME, Name.Source.SYNONYM, Name.Source.XREF, Name.Source.LABEL, Name.Source.ALIAS]
SAMPLE = 300
EACH = 4  # every fourth name: all of them take minutes
# Labels of what is outside whose words stand in names of narrower things here: "Antibodies" in "Monoclonal antibody".
MOST_SAID = 0.02


@pytest.mark.parametrize("source", SOURCES)
def test_names_find_their_row(source):
    names = Name.objects.filter(source=source, as_written=False).exclude(model__in=["section", "reference"])
    sample = names.order_by("key", "pk")[::EACH]
    assert sample
    lost = []
    for name in sample:
        found = search(name.value)
        if found.absent or (name.model, name.row_id) not in [
            (d.model, d.row_id) for d in found.documents[:5]
        ]:
            lost.append((name.value, name.ident))
    assert lost == []


def test_what_is_outside_finds_nothing():
    rows = [line.split("\t") for line in table(OUTSIDE).read_text(encoding="utf-8").splitlines()]
    labels = [row[1] for row in rows if ":" in row[0]]
    sample = [label for label in labels[:: len(labels) // SAMPLE] if not named(label)]
    answers = {label: search(label) for label in sample}
    assert {label: found.did_you_mean for label, found in answers.items() if found.did_you_mean} == {}
    assert sum(bool(found.count) for found in answers.values()) <= MOST_SAID * len(sample)
