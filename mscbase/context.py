"""What every page's template may use."""

from core.models import Release

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


def site(request):
    """`release`: the content's release, or None before the first load. `navigation`: the main menu."""
    if not hasattr(request, "release"):
        request.release = Release.objects.order_by("-pk").first()
    return {"release": request.release, "navigation": NAVIGATION}
