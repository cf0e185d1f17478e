"""Pages of sections, references and statements."""

from django.urls import path

from core import views
from core.web.urls import pages

urlpatterns = [
    *pages("sections", views.SectionList, views.SectionDetail),
    *pages("references", views.ReferenceList, views.ReferenceDetail),
    *pages("documents", views.DocumentList, views.DocumentDetail),
    *(
        path(f"documents/<slug:document>/{prefix}/<str:key>/", view.as_view(), name=f"document-{name}-detail")
        for prefix, name, view in (
            ("references", "reference", views.ReferenceDetail),
            ("sections", "section", views.SectionDetail),
        )
    ),
    path("statements/", views.StatementList.as_view(), name="statement-list"),
    path("statements/<str:ident>/", views.statement, name="statement-detail"),
]
