"""Build the search index anew from the rows, as after a change of how words are read."""

import time
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from search.indexing import rebuild


class Command(BaseCommand):
    help = "Rebuild the search index. load_kb keeps it in step; this is for changes outside of it."

    def handle(self, *args: Any, **options: Any) -> None:
        start = time.monotonic()
        with transaction.atomic():
            count = rebuild()
        self.stdout.write(f"{count} documents, {time.monotonic() - start:.1f} s")
