"""Which state of the content this is, and what it is called.

`fixtures/releases.yaml` names each published state by the digest of what its records say, so that the same content
carries the same version wherever it is loaded. A state that is not published is named after the last one that is,
with the start of its own digest: `2026.11+1f0c22ab`. No name depends on what a database held before.
"""

from collections.abc import Mapping
from datetime import date as Date
from itertools import chain
from pathlib import Path
from typing import Any

import yaml
from django.db.models import Q

from core.fixture_files import (
    RELEASES_FILE,
    Record,
    digest_of,
    file_digest,
    fixture_files,
    fixture_root,
    name_tables,
    parse,
)
from core.models import Release


def published(root: Path | None = None) -> list[dict[str, Any]]:
    """The committed list of releases, oldest first: [{version, date, digest}]."""
    path = Path(root or fixture_root()) / RELEASES_FILE
    return yaml.safe_load(path.read_text(encoding="utf-8")) or [] if path.exists() else []


def version_of(digest: str, entries: list[dict[str, Any]]) -> str:
    """The published version of this content, or a name that no published version can have."""
    for entry in entries:
        if entry["digest"] == digest:
            return entry["version"]
    return f"{entries[-1]['version'] if entries else '0'}+{digest[:8]}"


def next_version(taken: set[str], today: Date) -> str:
    """`YYYY.MM`, or `YYYY.MM.N` where the month has a release already."""
    month = f"{today:%Y.%m}"
    number = 0
    while (version := month if not number else f"{month}.{number}") in taken:
        number += 1
    return version


def record(by_file: Mapping[Path, list[Record]], edited: int, root: Path | None = None) -> Release:
    """Write the release of this content, last in the transaction; the current one if unchanged.

    `edited` is the number of rows that differ from the fixtures because they were edited elsewhere.
    """
    entries, tables = published(root), name_tables(root)
    digest = digest_of(chain.from_iterable(by_file.values()), tables)
    version = version_of(digest, entries)
    files = {
        path.relative_to(root or fixture_root()).as_posix(): {"sha256": file_digest(path), "records": records}
        for path, records in (
            *((path, len(records)) for path, records in by_file.items()),
            *((path, path.read_bytes().count(b"\n")) for path in tables),
        )
    }
    current = Release.objects.order_by("-pk").first()
    if not current or (current.version, current.digest) != (version, digest):
        Release.objects.filter(Q(version=version) | Q(digest=digest)).delete()
        dates = {entry["version"]: entry["date"] for entry in entries}
        current = Release(version=version, digest=digest, date=dates.get(version, Date.today()))
    if (current.files, current.edited) != (files, edited):
        current.files, current.edited = files, edited
        current.save()
    return current


def publish(root: Path | None = None, today: Date | None = None) -> dict[str, Any]:
    """Add the content as it is now to the committed list. Returns its entry, new or old."""
    entries = published(root)
    records = chain.from_iterable(parse(path, root) for path in fixture_files(root))
    digest = digest_of(records, name_tables(root))
    for entry in entries:
        if entry["digest"] == digest:
            return entry
    today = today or Date.today()
    entry = {"version": next_version({e["version"] for e in entries}, today), "date": today, "digest": digest}
    path = Path(root or fixture_root()) / RELEASES_FILE
    path.write_text(yaml.safe_dump([*entries, entry], sort_keys=False), encoding="utf-8", newline="\n")
    return entry
