"""Which source's MSCs carry which marker, and become which cell."""

from collections.abc import Iterable
from dataclasses import dataclass

from catalog.api import DifferentiationViewSet, MarkerExpressionViewSet
from catalog.models import TissueSource
from core.models import Entity, Statement
from figures.matrix import Cell, Head, Matrix

# kind: (resource, what its statements are about, title, what the columns are)
KINDS = {
    "markers": (MarkerExpressionViewSet, "marker", "Markers by source", "markers"),
    "differentiation": (DifferentiationViewSet, "cell_type", "Differentiation by source", "types of cell"),
}


@dataclass(kw_only=True)
class SourceMatrix(Matrix):
    """`statements` are by (row, column), as `cells`."""

    table_template = "figures/source_table.html"

    statements: dict[tuple[int, int], Statement]

    @property
    def statement_table(self) -> list[tuple[Head, list[Statement | None]]]:
        across = range(len(self.columns))
        return [(row, [self.statements.get((r, c)) for c in across]) for r, row in enumerate(self.rows)]


def source_matrix(kind: str, sources: Iterable[TissueSource], download: str = "") -> SourceMatrix:
    """The figure for these sources: a row for each of which something is reported, the fullest column first."""
    viewset, name, title, plural = KINDS[kind]
    sources = list(sources)
    found = {(row.source_id, getattr(row, name)): row for row in viewset.queryset.filter(source__in=sources)}
    numbers: dict[Entity, int] = {}
    for _, entity in found:
        numbers[entity] = numbers.get(entity, 0) + 1
    columns = sorted(numbers, key=lambda entity: (-numbers[entity], entity.name.lower()))
    reported = {source for source, _ in found}
    rows = [source for source in sources if source.pk in reported]
    statements = {
        (r, c): found[source.pk, entity]
        for r, source in enumerate(rows)
        for c, entity in enumerate(columns)
        if (source.pk, entity) in found
    }
    return SourceMatrix(
        ident=kind, title=title, download=download, statements=statements,
        description=f"{len(statements)} statements on {len(rows)} sources and {len(columns)} {plural}. "
        "A blank is not listed, which is not a negative.",
        rows=[Head(source.name, source.get_absolute_url()) for source in rows],
        columns=[Head(entity.name, entity.get_absolute_url()) for entity in columns],
        cells={
            place: Cell(row.get_absolute_url(), getattr(row, "status", "positive"), row.text)
            for place, row in statements.items()
        },
    )  # fmt: skip
