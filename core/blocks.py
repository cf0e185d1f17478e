"""Blocks of the pages of sections and references."""

from django.urls import reverse

from core.models import Reference, Section
from core.statements import StatementRows, statement_models
from core.web.blocks import Block

MOST_ROWS = 200


def statements_of_section(section: Section) -> Block:
    empty = "Nothing of this section has been encoded yet."
    return statements("Statements", empty, f"?section={section.identifier}", section=section)


def statements_citing(reference: Reference) -> Block:
    empty = "No statement that is encoded so far cites this reference."
    return statements(
        "Statements that cite it", empty, f"?reference={reference.identifier}", references=reference
    )


def statements(title: str, empty: str, query: str, **condition: Section | Reference) -> Block:
    rows = StatementRows([model.objects.filter(**condition) for model in statement_models().values()])
    return Block(
        title, "partials/statements.html", rows[:MOST_ROWS] if rows else [],
        reverse("statement-list") + query, "statements", empty,
    )  # fmt: skip
