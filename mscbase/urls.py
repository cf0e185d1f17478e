"""Every address of the site: its pages, its API, and what machines ask of it."""

from django.contrib import admin
from django.urls import include, path, re_path

from core.rest.errors import api_not_found
from mscbase import views

urlpatterns = [
    path("", include("mscbase.page_urls")),
    path("api/schema/", views.api_description, name="api-schema"),
    path("api/docs/", views.api_docs, name="api-docs"),
    path("api/v1/", include("mscbase.api_urls")),
    re_path(r"^api/.*$", api_not_found),
    path("admin/", admin.site.urls),
]
handler404 = "mscbase.views.not_found"
handler500 = "mscbase.views.server_error"
handler400 = "mscbase.views.bad_request"
