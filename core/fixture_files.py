"""The curated data as files: where they are, how they are read, and the one form they are written in.

A fixture file is Django's own YAML form with natural keys. The canonical form puts fields in the
order of the model, leaves out what is empty, and keeps keys and numbers on one line, so that a
change of one fact is a change of one line.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml
from django.apps import apps
from django.conf import settings

from core.models.natural_keys import NaturalKeyModel

Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
RELEASES_FILE = "releases.yaml"


class LoadError(Exception):
    """What is wrong with the fixtures: in which file, which record, which field."""

    def __init__(self, message: str, file: Path | str = "", record: int | str = "", field: str = "") -> None:
        self.file, self.record, self.field, self.message = str(file), str(record), str(field), message
        place = ", ".join(
            f"{name} {value}" for name, value in (("record", record), ("field", field)) if str(value)
        )
        super().__init__(": ".join(part for part in (str(file), place, message) if part))


@dataclass
class Record:
    """One record of a fixture file, not yet checked against its model."""

    file: str
    position: int
    model: type[NaturalKeyModel]
    fields: dict[str, Any]

    def __str__(self) -> str:
        for name in ("accession", "slug", "number"):
            if name in self.fields:
                return str(self.fields[name])
        return f"{self.position}"

    def error(self, message: str, field: str = "") -> LoadError:
        return LoadError(message, self.file, f"{self.position} ({self})", field)


def fixture_root() -> Path:
    return Path(settings.FIXTURE_DIRS[0])


def fixture_files(root: Path | None = None) -> list[Path]:
    """Every fixture file below `root`, in the order in which a reader meets them."""
    root = Path(root or fixture_root())
    return sorted(path for path in root.glob("*/*.yaml"))


def parse(path: Path, root: Path | None = None) -> list[Record]:
    """The records of one file. LoadError where it is no list of {model, fields}."""
    name = path.relative_to(root or fixture_root()).as_posix()
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader)  # noqa: S506 a safe loader
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise LoadError(f"is not valid YAML: {error}", name) from error
    if not isinstance(content, list):
        raise LoadError("must hold a list of records", name)
    records = []
    for position, raw in enumerate(content, start=1):
        if (
            not isinstance(raw, dict)
            or set(raw) != {"model", "fields"}
            or not isinstance(raw["fields"], dict)
            or not all(isinstance(name, str) for name in raw["fields"])
        ):
            raise LoadError("must be a mapping of `model` and `fields`", name, position)
        try:
            model: Any = apps.get_model(raw["model"])
        except (LookupError, ValueError, AttributeError, TypeError) as error:
            raise LoadError(f"names an unknown model: {raw['model']!r}", name, position, "model") from error
        records.append(Record(name, position, model, raw["fields"]))
    return records


def file_digest(path: Path) -> str:
    """SHA-256 of a text file with LF line ends, as `sha256sum` gives it in a checkout that has them."""
    return sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()


def name_tables(root: Path | None = None) -> list[Path]:
    """The generated tables of names below `root` (see docs/names.md): part of the content, but no records."""
    return sorted(Path(root or fixture_root()).glob("names/*.tsv"))


def digest_of(records: Iterable[Record], tables: Iterable[Path] = ()) -> str:
    """SHA-256 of what records and tables say, whatever the records' order, files, layout, comments, line ends are."""
    lines = (
        json.dumps([record.model._meta.label_lower, given(record.fields)], sort_keys=True, default=str)
        for record in records
    )
    return sha256("\n".join([*sorted(lines), *map(file_digest, tables)]).encode()).hexdigest()


def given(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields of a record without those that are empty: leaving one out says the same."""
    return {name: value for name, value in fields.items() if value not in (None, "", [])}


class _Flow(list):
    """A list that is written on one line."""


class _FlowMap(dict):
    """A mapping that is written on one line."""


class _Dumper(yaml.SafeDumper):
    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: object) -> bool:
        return True


_Dumper.add_representer(_Flow, lambda d, v: d.represent_sequence("tag:yaml.org,2002:seq", v, flow_style=True))
_Dumper.add_representer(
    _FlowMap, lambda d, v: d.represent_mapping("tag:yaml.org,2002:map", v, flow_style=True)
)


def _inline(value: object) -> object:
    if isinstance(value, list):
        return _Flow(_inline(part) for part in value)
    if isinstance(value, dict):
        return _FlowMap((key, _inline(part)) for key, part in value.items())
    return value


def _in_form(name: str, value: Any) -> object:
    if name == "xrefs":
        return [_inline(xref) for xref in value]
    return _inline(sorted(value) if name == "references" else value)


def _ordered(model: type[NaturalKeyModel], fields: dict[str, Any]) -> dict[str, object]:
    kept = given(fields)
    own = (field.name for field in (*model._meta.local_fields, *model._meta.local_many_to_many))
    names = dict.fromkeys(["accession", "slug", "document", "number", "name", *own, *kept])
    return {name: _in_form(name, kept[name]) for name in names if name in kept}


def canonical(records: Iterable[Record]) -> str:
    """The text of a fixture file that holds these records, in canonical form."""
    blocks = []
    for record in records:
        raw = {"model": record.model._meta.label_lower, "fields": _ordered(record.model, record.fields)}
        blocks.append(yaml.dump([raw], Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110))
    return "\n".join(blocks)
