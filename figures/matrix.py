"""Rows × columns of marks: where each stands, whatever it shows."""

from dataclasses import dataclass

from figures.drawing import Figure, lines_of

LETTER, SLOPE = 6.8, 0.72  # width of a letter; cosine of the tilt of the heads


@dataclass
class Cell:
    """What stands where a row meets a column. `kind` says how it is drawn, `words` what it means."""

    href: str
    kind: str
    words: str
    text: str = ""
    size: float = 0


@dataclass
class Head:
    label: str
    href: str = ""
    family: str = ""
    rows: int | None = None


def matrix(
    ident,
    title,
    description,
    rows,
    columns,
    cells,
    *,
    wide=34,
    high=24,
    tilted=True,
    missing="",
    legend="",
    download="",
):
    """A figure of `cells`, {(row, column): Cell}, below their heads. `missing` is drawn where there is none."""
    counted = 34 if any(row.rows is not None for row in rows) else 0
    label_room = min(300, max((len(row.label) for row in rows), default=0) * LETTER + 14) + counted
    reach = [len(column.label) * LETTER * SLOPE for column in columns] if tilted else [0]
    head_room = max(reach, default=0) + (22 if tilted else 30)
    right = max([wide * len(columns) + 4, *(wide * (c + 0.5) + room for c, room in enumerate(reach))])
    drawn_rows = [
        {
            "head": row,
            "label": lines_of(row.label, label_room - counted, 1)[0],
            "y": round(head_room + high * r, 1),
            "text_y": round(head_room + high * (r + 0.5) + 4, 1),
            "band": r % 2 == 0,
        }
        for r, row in enumerate(rows)
    ]
    drawn_columns = [
        {"head": column, "x": round(label_room + wide * (c + 0.5), 1), "y": round(head_room - 8, 1)}
        for c, column in enumerate(columns)
    ]
    drawn_cells, blanks, table = [], [], []
    for r, row in enumerate(rows):
        table.append((row, [cells.get((r, c)) for c in range(len(columns))]))
        for c in range(len(columns)):
            x, y = label_room + wide * (c + 0.5), head_room + high * (r + 0.5)
            place = {"x": round(x, 1), "y": round(y, 1), "text_y": round(y + 4, 1)}
            if cell := cells.get((r, c)):
                place |= {"left": round(x - wide / 2 + 1, 1), "top": round(y - high / 2 + 1, 1)}
                drawn_cells.append({**place, "cell": cell})
            elif missing:
                blanks.append(place)
    return Figure(
        ident,
        title,
        description,
        "figures/matrix.svg",
        "figures/matrix_table.html",
        width=round(label_room + right, 1),
        height=round(head_room + high * len(rows) + 4, 1),
        count=len(cells),
        legend=legend,
        download=download,
        content={
            "rows": drawn_rows,
            "columns": drawn_columns,
            "cells": drawn_cells,
            "blanks": blanks,
            "table": table,
            "tilted": tilted,
            "count_x": round(label_room - 12, 1),
            "missing": missing,
            "wide": wide - 2,
            "high": high - 2,
            "row_width": round(label_room + wide * len(columns), 1),
            "row_height": high,
        },
    )
