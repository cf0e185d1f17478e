"""Write into docs/api.md what each list can be filtered and ordered by, as the code says it."""

import re
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.http import QueryDict

from core.models import Section
from core.rest.schema import about
from mscbase.api_urls import router

GUIDE = settings.BASE_DIR / "docs" / "api.md"


class Command(BaseCommand):
    help = "Write the filters and orders of every list into docs/api.md."

    def handle(self, *args: Any, **options: Any) -> None:
        text = GUIDE.read_text(encoding="utf-8")
        GUIDE.write_text(with_parameters(text), encoding="utf-8", newline="\n")


def with_parameters(guide: str) -> str:
    """The guide with the filters and orders of each list below what it says of the resource."""
    for prefix, viewset, _ in router.registry:
        section = rf"(^### `{prefix}/`\n\n(?:[^-\n].*\n)+)(?:\n|- `.*\n)*Orders: .*\n"
        described = "\n" + "\n".join(parameters(viewset)) + "\n"
        guide, found = re.subn(section, rf"\g<1>{described}", guide, flags=re.MULTILINE)
        if found != 1:
            raise CommandError(
                f"docs/api.md needs one section '### `{prefix}/`': a paragraph, then 'Orders: '."
            )
    return guide


def parameters(viewset: Any) -> list[str]:
    filters = viewset.filterset_class(QueryDict(), queryset=Section.objects.none()).filters
    lines = [f"- `{name}`: {about(f)}{one_of(f)}" for name, f in filters.items()]
    orders = ", ".join(f"`{name}`" for name in viewset.ordering_fields)
    return [*lines, *[""][: len(lines)], f"Orders: {orders}."]


def one_of(f: Any) -> str:
    known = dict(f.options()) if getattr(f, "enumerated", False) else {}
    return f" One of {', '.join(known)}." if known else ""
