"""Load the knowledge base from its fixtures."""

import time
from functools import partial
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from core.fixture_files import LoadError
from core.loading import load
from core.progress import track


class Command(BaseCommand):
    help = "Load fixtures/ in one transaction and record the release. Running it twice changes nothing."

    def add_arguments(self, parser):
        parser.add_argument("--fixtures", type=Path, help="Another folder of fixture files.")

    def handle(self, *args, fixtures=None, **options):
        start = time.monotonic()
        try:
            report = load(fixtures, partial(track, stream=self.stderr))
        except LoadError as error:
            raise CommandError(f"Nothing was changed. {error}") from error
        for verb in ("created", "updated", "retired"):
            for label, count in getattr(report, verb).items():
                self.stdout.write(f"{verb:8} {count:5} {label}")
        outcome = f"{report.changed} rows changed" if report.changed else "nothing to change"
        self.stdout.write(
            f"Release {report.release.version}: {report.total} records, {outcome}, "
            f"{time.monotonic() - start:.1f} s"
        )
