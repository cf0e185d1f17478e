"""A matrix: marks or numbers where rows and columns meet."""

from dataclasses import dataclass

from figures.drawing import Figure, wrap_label

LETTER_WIDTH, TILT = 6.8, 0.72  # width of a letter; cosine of the tilt of the column heads
WIDEST_LABEL, NUMBER_WIDTH = 300, 34


@dataclass
class Cell:
    """What stands where a row meets a column. `kind` says how it is drawn; `x`, `y` are its middle."""

    href: str
    kind: str
    description: str
    text: str = ""
    radius: float = 0
    x: float = 0
    y: float = 0


@dataclass
class Head:
    """The head of a row or column: `text` is the label as far as it fits, `rows` a number beside it."""

    label: str
    href: str = ""
    family: str = ""
    rows: int | None = None
    text: str = ""
    x: float = 0
    y: float = 0


@dataclass(kw_only=True)
class Matrix(Figure):
    """`cells` are by (row, column); `missing` is drawn where there is none. Column heads may be `tilted`."""

    template = "figures/matrix.svg"
    table_template = "figures/matrix_table.html"

    rows: list[Head]
    columns: list[Head]
    cells: dict[tuple[int, int], Cell]
    cell_width: int = 34
    row_height: int = 24
    tilted: bool = True
    missing: str = ""

    def __post_init__(self) -> None:
        number_width = NUMBER_WIDTH if any(row.rows is not None for row in self.rows) else 0
        longest = max((len(row.label) for row in self.rows), default=0) * LETTER_WIDTH + 14
        self.label_width = min(WIDEST_LABEL, longest) + number_width
        reach = [len(column.label) * LETTER_WIDTH * TILT for column in self.columns] if self.tilted else [0]
        top = max(reach, default=0) + (22 if self.tilted else 30)
        for c, column in enumerate(self.columns):
            column.x, column.y = round(self.label_width + self.cell_width * (c + 0.5), 1), round(top - 8, 1)
        for r, row in enumerate(self.rows):
            row.y = round(top + self.row_height * r, 1)
            row.text = wrap_label(row.label, self.label_width - number_width, 1)[0]
        for (r, c), cell in self.cells.items():
            cell.x, cell.y = self.columns[c].x, round(self.rows[r].y + self.row_height / 2, 1)
        ends = [self.cell_width * (c + 0.5) + length for c, length in enumerate(reach)]
        right = max([self.cell_width * len(self.columns) + 4, *ends])
        self.width = round(self.label_width + right, 1)
        self.height = round(top + self.row_height * len(self.rows) + 4, 1)
        self.count = self.count or len(self.cells)

    @property
    def band_width(self) -> float:
        return round(self.label_width + self.cell_width * len(self.columns), 1)

    @property
    def number_x(self) -> float:
        return round(self.label_width - 12, 1)

    @property
    def box(self) -> tuple[float, float, int, int]:
        """x, y, width and height of a cell's box, from its middle."""
        return 1 - self.cell_width / 2, 1 - self.row_height / 2, self.cell_width - 2, self.row_height - 2

    @property
    def table(self) -> list[tuple[Head, list[Cell | None]]]:
        """Each row with its cells."""
        across = range(len(self.columns))
        return [(row, [self.cells.get((r, c)) for c in across]) for r, row in enumerate(self.rows)]

    @property
    def text_y(self) -> float:
        """The baseline of a row's text, from the top of the row."""
        return self.row_height / 2 + 4

    @property
    def blanks(self) -> list[tuple[float, float]]:
        """Where `missing` is drawn: the middle of the column and the baseline in the row."""
        return [
            (column.x, round(row.y + self.text_y, 1))
            for r, row in enumerate(self.rows)
            for c, column in enumerate(self.columns)
            if self.missing and (r, c) not in self.cells
        ]
