"""Which source's MSCs carry which marker, and become which cell."""

from catalog.api import DifferentiationViewSet, MarkerExpressionViewSet
from figures.matrix import Cell, Head, matrix

KINDS = {
    "markers": (MarkerExpressionViewSet, "marker", "Markers by source", "markers"),
    "differentiation": (DifferentiationViewSet, "cell_type", "Differentiation by source", "types of cell"),
}


def statements_by_source(sources, statements, column):
    """Sources × markers or cells: the rows of a table, each cell the statement there or None."""
    found, columns = {}, {}
    for row in statements.filter(source__in=sources):
        other = getattr(row, column)
        found[row.source_id, other.pk] = row
        columns[other.pk] = other
    ordered = sorted(
        columns.values(), key=lambda c: (-sum((s.pk, c.pk) in found for s in sources), c.name.lower())
    )
    named = {pk for pk, _ in found}
    rows = [(s, [found.get((s.pk, c.pk)) for c in ordered]) for s in sources if s.pk in named]
    return {"columns": ordered, "rows": rows}


def by_source(kind, found, download=""):
    """The figure of a matrix of statements as `statements_by_source` makes it."""
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
    figure = matrix(kind, title, description, rows, columns, cells, download=download)
    figure.twin, figure.content["statements"] = "figures/source_table.html", found
    return figure


def source_matrix(kind, sources, download=""):
    """The figure for these sources."""
    viewset, column, *_ = KINDS[kind]
    return by_source(kind, statements_by_source(list(sources), viewset.queryset, column), download)
