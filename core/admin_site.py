"""One kind of admin for every model: to look and search, not to edit.

The fixtures are the only place where a fact is edited; an edit here would be lost at the next load.
"""

from django.apps import apps
from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from core.models import Entity, Statement

SEARCHABLE = ("accession", "registry_id", "slug", "name", "text", "title", "topic", "value")


class ReadOnlyAdmin(admin.ModelAdmin):
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Drafts too: the admin is for curators."""
        return self.model._base_manager.order_by(*(self.model._meta.ordering or ["pk"]))

    def is_allowed(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    has_add_permission = has_change_permission = has_delete_permission = is_allowed

    def get_list_display(self, request: HttpRequest) -> list:
        return list_display(self.model)

    def get_search_fields(self, request: HttpRequest) -> list[str]:
        names = {f.name for f in self.model._meta.fields}
        return [name for name in SEARCHABLE if name in names]

    def get_list_filter(self, request: HttpRequest) -> list:
        return [f.name for f in self.model._meta.fields if f.choices or f.name == "section"]


def list_display(model: type[Model]) -> list[str]:
    """The columns that tell the rows of a model apart."""
    if issubclass(model, Statement):
        return ["accession", "text", "section", "evidence"]
    if issubclass(model, Entity):
        return ["slug", "name"]
    return ["pk", "__str__"]


def register_all(app_label: str) -> None:
    for model in apps.get_app_config(app_label).get_models():
        admin.site.register(model, ReadOnlyAdmin)
