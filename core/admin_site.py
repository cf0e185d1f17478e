"""One kind of admin for every model: to look and search, not to edit.

The fixtures are the only place where a fact is edited; an edit here would be lost at the next load.
"""

from django.apps import apps
from django.contrib import admin

from core.models import Entity, Statement

SEARCHABLE = ("accession", "slug", "name", "text", "title", "topic", "value")


class ReadOnlyAdmin(admin.ModelAdmin):
    show_full_result_count = False

    def get_queryset(self, request):
        """Drafts too: the admin is for curators."""
        return self.model._base_manager.order_by(*(self.model._meta.ordering or ["pk"]))

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_list_display(self, request):
        return list_display(self.model)

    def get_search_fields(self, request):
        names = {f.name for f in self.model._meta.fields}
        return [name for name in SEARCHABLE if name in names]

    def get_list_filter(self, request):
        return [f.name for f in self.model._meta.fields if f.choices or f.name == "section"]


def list_display(model):
    """The columns that tell the rows of a model apart."""
    if issubclass(model, Statement):
        return ["accession", "text", "section", "evidence"]
    if issubclass(model, Entity):
        return ["slug", "name"]
    return ["pk", "__str__"]


def register_all(app_label):
    for model in apps.get_app_config(app_label).get_models():
        admin.site.register(model, ReadOnlyAdmin)
