"""Which source's MSCs carry which marker, and become which cell."""

from catalog.api import DifferentiationViewSet, MarkerExpressionViewSet
from catalog.views import matrix as statements_by_source
from figures.matrix import Cell, Head, matrix

KINDS = {
    "markers": (MarkerExpressionViewSet, "marker", "Markers by source", "markers"),
    "differentiation": (DifferentiationViewSet, "cell_type", "Differentiation by source", "types of cell"),
}


def by_source(kind, found, download=""):
    """The figure of a matrix of statements as `catalog.views.matrix` makes it."""
    _, _, title, what = KINDS[kind]
    rows = [Head(source.name, source.get_absolute_url()) for source, _ in found["rows"]]
    columns = [Head(column.name, column.get_absolute_url()) for column in found["columns"]]
    cells = {
        (r, c): Cell(row.get_absolute_url(), getattr(row, "status", "positive"), row.text)
        for r, (_, statements) in enumerate(found["rows"])
        for c, row in enumerate(statements)
        if row
    }
    description = (
        f"{len(cells)} statements on {len(rows)} sources and {len(columns)} "
        f"{what}. A blank is not listed, which is not a negative."
    )
    figure = matrix(f"{kind}-drawn", title, description, rows, columns, cells, download=download)
    figure.twin, figure.content["statements"] = "figures/source_table.html", found
    return figure


def every_source(kind, sources):
    """The same for the sources of a query set."""
    viewset, column, *_ = KINDS[kind]
    return by_source(kind, statements_by_source(list(sources), viewset.queryset, column))
