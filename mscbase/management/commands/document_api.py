"""Write the parts of docs/api.md that the API says of itself: its formats, and what each list can be asked."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from drf_spectacular.generators import SchemaGenerator

from core.rest.renderers import FORMATS
from mscbase.api_urls import router

GUIDE = Path(settings.BASE_DIR) / "docs" / "api.md"
BLOCK = re.compile(r"(<!-- (\w+): written by `make fix` -->\n).*?(<!-- end -->)", re.DOTALL)
TYPES = {"number": "A number", "integer": "A whole number", "boolean": "True or false"}
SHAPES = {
    "ordering": "Orders", "fields": "Fields", "include": "Links that `include` shows in full", "facets": "Facets",
}  # fmt: skip
Described = dict[str, Any]  # a part of the OpenAPI description


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, default=GUIDE)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        file.write_text(brought_up_to_date(file.read_text(encoding="utf-8")), encoding="utf-8")


def brought_up_to_date(guide: str) -> str:
    """The guide with each marked block as the API is now."""
    written = {"formats": format_table, "resources": resources}
    return BLOCK.sub(lambda block: f"{block[1]}\n{written[block[2]]()}\n\n{block[3]}", guide)


def format_table() -> str:
    rows = [f"| {r.label} | `.{r.format}` | `?format={r.format}` | `{r.media_type}` |" for r in FORMATS]
    return "\n".join(["| format | suffix | parameter | media type |", "| --- | --- | --- | --- |", *rows])


def resources() -> str:
    described = Description(SchemaGenerator().get_schema(request=None, public=True))
    lists: Iterable[tuple[str, Any, str]] = router.registry
    parts = (described.section(prefix, viewset.filterset_class.base_filters) for prefix, viewset, _ in lists)
    return "\n\n".join(chain.from_iterable(parts))


class Description:
    def __init__(self, described: Described) -> None:
        self.described = described

    def resolved(self, node: Described) -> Described:
        """What a reference refers to, or the node itself."""
        if "$ref" not in node:
            return node
        _, _, kind, name = node["$ref"].split("/")
        return self.described["components"][kind][name]

    def section(self, prefix: str, filters: Iterable[str]) -> Iterator[str]:
        """What a list holds, its filters, orders, fields, links and facets."""
        operation = self.described["paths"][f"/api/v1/{prefix}/"]["get"]
        found = [self.resolved(parameter) for parameter in operation["parameters"]]
        parameters = {parameter["name"]: parameter for parameter in found}
        yield f"### `{prefix}/`"
        yield operation["description"]
        if filters:
            yield "\n".join(f"- `{name}`: {self.asked(parameters[name])}" for name in filters)
        for name, said in SHAPES.items():
            if name in parameters:
                yield f"{said}: {self.choices(parameters[name])}."

    def choices(self, parameter: Described) -> str:
        """The values of a parameter, without those that are another one backwards, excluded or joined."""
        values = self.resolved(parameter["schema"].get("items", {})).get("enum", ())
        return ", ".join(f"`{value}`" for value in values if not value.startswith(("-", "!", "all:", "any:")))

    def asked(self, parameter: Described) -> str:
        """What a filter asks for, and its values or their type."""
        choices, kind = self.choices(parameter), TYPES.get(parameter["schema"]["type"])
        values = f"One of {choices}" if choices else kind
        return f"{parameter['description']} {values}." if values else parameter["description"]
