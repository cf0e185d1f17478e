"""Rewrite the fixtures in canonical form and record the release that they make."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core import releases
from core.fixture_files import LoadError, canonical, fixture_files, fixture_root, parse


class Command(BaseCommand):
    help = "Rewrite fixtures/ in canonical form and add the content to fixtures/releases.yaml."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            for path in fixture_files():
                text = canonical(parse(path))
                if text != path.read_text(encoding="utf-8"):
                    path.write_text(text, encoding="utf-8", newline="\n")
                    self.stdout.write(f"rewrote {path.name}")
        except LoadError as error:
            raise CommandError(str(error)) from error
        record_accessions()
        entry = releases.publish()
        self.stdout.write(f"Release {entry['version']}")


def record_accessions() -> None:
    """Add new accessions to the ledger of all that were ever given; none is ever taken out."""
    ledger = fixture_root() / "accessions.txt"
    known = set(ledger.read_text(encoding="utf-8").split()) if ledger.exists() else set()
    records = (record for path in fixture_files() for record in parse(path))
    given = {accession for record in records if (accession := record.fields.get("accession"))}
    ledger.write_text("\n".join(sorted(known | given)) + "\n", encoding="utf-8", newline="\n")
