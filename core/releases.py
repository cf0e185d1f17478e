"""Which state of the content this is, and what it is called.

`fixtures/releases.yaml` names each published state by the digest of its files, so that the same
content carries the same version wherever it is loaded. A state not named there yet gets the next
number of the month.
"""

from datetime import date as Date
from pathlib import Path

import yaml

from core.fixture_files import RELEASES_FILE, digest_of, digests, fixture_root
from core.models import Release


def published(root=None):
    """The committed list of releases, oldest first: [{version, date, digest}]."""
    path = Path(root or fixture_root()) / RELEASES_FILE
    return yaml.safe_load(path.read_text(encoding="utf-8")) or [] if path.exists() else []


def next_version(taken, today):
    """`YYYY.MM`, or `YYYY.MM.N` where the month has a release already."""
    month = f"{today:%Y.%m}"
    number = 0
    while (version := month if not number else f"{month}.{number}") in taken:
        number += 1
    return version


def record(file_digests, counts, root=None):
    """Write the release of this content, last in the transaction; the current one if unchanged."""
    digest = digest_of(file_digests)
    current = Release.objects.order_by("-pk").first()
    if current and current.digest == digest:
        return current
    known = {entry["digest"]: entry for entry in published(root)}
    taken = {entry["version"] for entry in known.values()} | set(
        Release.objects.values_list("version", flat=True)
    )
    today = Date.today()
    entry = known.get(digest) or {"version": next_version(taken, today), "date": today}
    files = {
        name: {"sha256": sha256, "records": counts.get(name, 0)}
        for name, sha256 in sorted(file_digests.items())
    }
    Release.objects.filter(version=entry["version"]).delete()
    return Release.objects.create(version=entry["version"], date=entry["date"], digest=digest, files=files)


def publish(root=None, today=None):
    """Add the content as it is now to the committed list. Returns its entry, new or old."""
    entries, digest = published(root), digest_of(digests(root))
    for entry in entries:
        if entry["digest"] == digest:
            return entry
    today = today or Date.today()
    entry = {"version": next_version({e["version"] for e in entries}, today), "date": today, "digest": digest}
    path = Path(root or fixture_root()) / RELEASES_FILE
    path.write_text(yaml.safe_dump([*entries, entry], sort_keys=False), encoding="utf-8")
    return entry
