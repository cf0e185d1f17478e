"""Write every resource of the API to files, whole."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.test import RequestFactory
from django.urls import resolve, reverse

from core.progress import track
from core.rest.renderers import flat_formats


class Command(BaseCommand):
    help = "Write every resource to FOLDER, as the API exports it: one file each."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--format", choices=[f.format for f in flat_formats()], default="csv")
        parser.add_argument("--site", default="localhost", help="Host name in the addresses of rows.")

    def handle(self, *args: Any, folder: Path, site: str, **options: Any) -> None:
        suffix = options["format"]
        folder.mkdir(parents=True, exist_ok=True)
        root = vars(resolve(reverse("api-root")).func)["view_initkwargs"]["api_root_dict"]
        for prefix, name in track(sorted(root.items()), "resources", self.stderr):
            address = f"{reverse(name).rstrip('/')}.{suffix}"
            view, view_args, kwargs = resolve(address)
            request = RequestFactory(SERVER_NAME=site).get(address)
            request.resolver_match = resolve(address)
            response = view(request, *view_args, **kwargs)
            (folder / f"{prefix}.{suffix}").write_bytes(b"".join(response.streaming_content))
        self.stdout.write(f"{len(root)} files in {folder}")
