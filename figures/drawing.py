"""What every figure shares: title and size, labels broken into lines, the SVG file that stands alone."""

import base64
import hashlib
import re
from dataclasses import dataclass
from functools import cache
from typing import ClassVar

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

CHARACTER_WIDTH = 7  # of a letter at 12 px in the widest of the usual fonts
LINE_HEIGHT = 15
ON_PAGES_ONLY = "/* on pages only */"


@dataclass(kw_only=True)
class Figure:
    """A drawing of `width` × `height` pixels; each kind of figure adds what its template draws.

    `ident` is unique on a page, `count` the number of rows behind the figure, `download` the address of its
    file, `narrow` the drawing for a narrow screen. `table_template` shows the same numbers as a table.
    """

    template: ClassVar[str]
    table_template: ClassVar[str]

    ident: str
    title: str
    description: str
    width: float = 0
    height: float = 0
    count: int = 0
    download: str = ""
    legend: str = ""
    narrow: "Figure | None" = None

    def __len__(self) -> int:
        """The number of rows behind it: a figure of nothing is not shown."""
        return self.count


def wrap_label(label: str, width: float, most: int = 3) -> list[str]:
    """The label in at most `most` lines that fit the width in pixels, the last one cut short if it must be."""
    limit = max(4, int(width / CHARACTER_WIDTH))
    lines = [""]
    for word in label.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > limit:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    if len(lines) > most:
        lines = [*lines[: most - 1], " ".join(lines[most - 1 :])]
    return [line if len(line) <= limit else line[: limit - 1].rstrip() + "…" for line in lines]


@cache
def standalone_style() -> str:
    """The figures' rules with every colour filled in: a file for papers and slides is always light."""
    css = settings.BASE_DIR / "static" / "css"
    light = (css / "tokens.css").read_text(encoding="utf-8").split("@media")[0]
    values = dict(re.findall(r"(--[\w-]+):\s*([^;]+);", light))
    rules = (css / "figures.css").read_text(encoding="utf-8").split(ON_PAGES_ONLY)[0]
    rules = re.sub(r"/\*.*?\*/", "", rules, flags=re.DOTALL)
    return re.sub(r"var\((--[\w-]+)\)", lambda name: values[name[1]], rules).strip()


def style_source() -> str:
    """What the Content-Security-Policy must name for a file's own style to apply."""
    digest = hashlib.sha256(standalone_style().encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def standalone(figure: Figure, base: str) -> str:
    """The figure as a document of its own: rules inside, links absolute."""
    style = mark_safe(standalone_style())  # noqa: S308 our own file
    drawn = render_to_string(figure.template, {"figure": figure, "base": base, "style": style})
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{drawn.strip()}\n'
