"""Which source's MSCs carry which marker, and become which cell."""

from collections.abc import Iterable

from catalog.models import DifferentiationPotential, MarkerExpression, TissueSource
from core.models import Entity
from figures.matrix import Cell, Head, Matrix

Report = MarkerExpression | DifferentiationPotential
# kind: (model, what its statements are about, title, what the columns are)
KINDS: dict[str, tuple[type[Report], str, str, str]] = {
    "markers": (MarkerExpression, "marker", "Markers by source", "markers"),
    "differentiation": (DifferentiationPotential, "cell_type", "Differentiation by source", "types of cell"),
}


class SourceMatrix(Matrix):
    """Each mark is a statement."""

    table_template = "figures/source_table.html"


def source_matrix(kind: str, sources: Iterable[TissueSource], download: str = "") -> SourceMatrix:
    """The figure for these sources: a row for each of which something is reported, the fullest column first."""
    model, name, title, plural = KINDS[kind]
    sources = list(sources)
    found: dict[Entity, dict[int, Report]] = {}
    for row in model.objects.filter(source__in=sources).select_related(name):
        found.setdefault(getattr(row, name), {})[row.source_id] = row
    columns = sorted(found, key=lambda entity: (-len(found[entity]), entity.name.lower()))
    rows = [source for source in sources if any(source.pk in reports for reports in found.values())]
    cells = {
        (r, c): Cell(report.get_absolute_url(), getattr(report, "status", "positive"), report.text)
        for r, source in enumerate(rows)
        for c, entity in enumerate(columns)
        if (report := found[entity].get(source.pk))
    }
    return SourceMatrix(
        ident=kind, title=title, download=download, cells=cells,
        description=f"{len(cells)} statements on {len(rows)} sources and {len(columns)} {plural}. "
        "A blank is not listed, which is not a negative.",
        rows=[Head(source.name, source.get_absolute_url()) for source in rows],
        columns=[Head(entity.name, entity.get_absolute_url()) for entity in columns],
    )  # fmt: skip
