from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "core"

    def ready(self):
        from core import indexing  # noqa: F401 connects the signals
        from core.search import indexing as search_indexing  # noqa: F401 the same
