"""Every address of the site."""

from django.contrib import admin
from django.urls import include, path, re_path
from drf_spectacular.views import SpectacularAPIView

from compare import views as compare
from core.rest.errors import api_not_found
from identify import views as identify
from mscbase import views
from search import views as search

urlpatterns = [
    path("", views.home, name="home"),
    path("about/", views.about, name="about"),
    path("conflicts/", views.conflicts, name="conflict-list"),
    path("downloads/", views.downloads, name="downloads"),
    path("search/", search.search, name="search"),
    path("", include("figures.urls")),
    path("sources/compare/", compare.page, name="compare"),
    path("sources/compare.csv", compare.CompareView.as_view(), {"format": "csv"}, name="compare-csv"),
    path("identify/", identify.page, name="identify"),
    path("", include("core.urls")),
    path("", include("catalog.urls")),
    path("", include("mechanisms.urls")),
    path("", include("trials.urls")),
    path("api/schema/", SpectacularAPIView.as_view(), name="api-schema"),
    path("api/docs/", views.api_docs, name="api-docs"),
    path("api/v1/", include("mscbase.api_urls")),
    re_path(r"^api/.*$", api_not_found),
    path("admin/", admin.site.urls),
]
handler404 = "mscbase.views.not_found"
handler500 = "mscbase.views.server_error"
handler400 = "mscbase.views.bad_request"
