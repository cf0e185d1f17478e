"""What every drawing shares: its frame, the width of words, the file that stands alone."""

import base64
import hashlib
import re
from dataclasses import dataclass, field
from functools import cache

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

CHARACTER = 7  # width of a letter at 12 px in the widest of the usual fonts
LINE = 15
ON_PAGES_ONLY = "/* on pages only */"


@dataclass
class Figure:
    """A drawing with a title and a description, and how much it shows.

    `ident` is unique on a page, `template` draws it, `twin` is the template of the table with the same
    numbers, `download` the address of the file, `short` the drawing for a narrow
    screen.
    """

    ident: str
    title: str
    description: str
    template: str
    twin: str
    width: float = 0
    height: float = 0
    count: int = 0
    download: str = ""
    legend: str = ""
    short: object = None
    content: dict = field(default_factory=dict)

    def __len__(self):
        """How many rows are behind it: a figure of nothing is not shown."""
        return self.count


def lines_of(label, width, most=3):
    """The label in at most `most` lines that fit the width, the last one cut short if it must be."""
    room = max(4, int(width / CHARACTER))
    lines = [""]
    for word in label.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > room:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    if len(lines) > most:
        lines = [*lines[: most - 1], " ".join(lines[most - 1 :])]
    return [line if len(line) <= room else line[: room - 1].rstrip() + "…" for line in lines]


@cache
def standalone_style():
    """The figures' rules with every colour filled in: a file for papers and slides is always light."""
    css = settings.BASE_DIR / "static" / "css"
    light = (css / "tokens.css").read_text(encoding="utf-8").split("@media")[0]
    values = dict(re.findall(r"(--[\w-]+):\s*([^;]+);", light))
    rules = (css / "figures.css").read_text(encoding="utf-8").split(ON_PAGES_ONLY)[0]
    rules = re.sub(r"/\*.*?\*/", "", rules, flags=re.DOTALL)
    return re.sub(r"var\((--[\w-]+)\)", lambda name: values[name[1]], rules).strip()


def style_source():
    """What the Content-Security-Policy must name for a file's own style to apply."""
    digest = hashlib.sha256(standalone_style().encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def standalone(figure, base):
    """The figure as a document of its own: rules inside, links absolute."""
    style = mark_safe(standalone_style())  # noqa: S308 our own file
    drawn = render_to_string(figure.template, {"figure": figure, "base": base, "style": style})
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{drawn.strip()}\n'
