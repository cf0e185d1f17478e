from django.apps import AppConfig


class MSCbaseConfig(AppConfig):
    name = "mscbase"
