"""Load the knowledge base from its fixtures."""

import time
from argparse import ArgumentParser
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.fixture_files import LoadError
from core.loading import Report, load
from core.progress import track

# Rows edited elsewhere that are named one by one.
NAMED = 20


class Command(BaseCommand):
    help = (
        "Load fixtures/ in one transaction and record the release. Running it twice changes nothing. "
        "Rows that were edited elsewhere are kept and named."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--fixtures", type=Path, help="Another folder of fixture files.")
        parser.add_argument(
            "--restore", action="store_true", help="Put back what the fixtures say of rows edited elsewhere."
        )

    def handle(self, *args: Any, fixtures: Path | None = None, restore: bool = False, **options: Any) -> None:
        start = time.monotonic()
        try:
            report = load(fixtures, partial(track, stream=self.stderr), restore)
        except LoadError as error:
            raise CommandError(f"Nothing was changed. {error}") from error
        for verb in ("created", "updated", "retired", "not_from_fixtures"):
            for label, count in getattr(report, verb).items():
                self.stdout.write(f"{verb.replace('_', ' '):8} {count:5} {label}")
        self.name_differences(report)
        outcome = f"{report.changed} rows changed" if report.changed else "nothing to change"
        self.stdout.write(
            f"Release {report.release}: {report.total} records, {outcome}, {time.monotonic() - start:.1f} s"
        )

    def name_differences(self, report: Report) -> None:
        for difference in report.differences[:NAMED]:
            self.stdout.write(f"kept as it is: {difference}")
        if len(report.differences) > NAMED:
            self.stdout.write(f"and {len(report.differences) - NAMED} more")
        if report.differences:
            self.stdout.write(
                f"{len(report.differences)} rows differ from the fixtures: make the edits there, or bring the rows "
                "back with `load_kb --restore`."
            )
