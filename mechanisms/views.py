"""The list of claims."""

from core.web.views import ListPage


class ClaimList(ListPage):
    facets = (
        "mechanism", "direction", "target", "process", "mediator", "condition", "preparation", "evidence", "organism",
        "pathway", "actor", "source", "mediator_kind", "conflicting", "document", "section",
    )  # fmt: skip
