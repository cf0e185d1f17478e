"""What every page's template may use."""

from django.http import HttpRequest

NAVIGATION = [
    ("tissuesource-list", "Sources"),
    ("surfacemarker-list", "Markers"),
    ("identify", "Check a profile"),
    ("celltype-list", "Cell types"),
    ("mechanism-list", "Mechanisms"),
    ("molecule-list", "Molecules"),
    ("claim-list", "Claims"),
    ("condition-list", "Conditions"),
    ("trial-list", "Trials"),
    ("conflict-list", "Disagreements"),
    ("reference-list", "References"),
    ("api-docs", "API"),
]


def site(request: HttpRequest) -> dict:
    """`release`: the content's release, or None before the first load. `navigation`: the main menu.

    `several_documents`: is there more than one, so that a section or reference must name its own?
    """
    return {
        "release": getattr(request, "release", None),
        "several_documents": getattr(request, "number_of_documents", 0) > 1,
        "navigation": NAVIGATION,
    }
