"""Long work says how far it is, on a terminal as a bar, elsewhere as plain lines."""

import csv
import io
import json

import pytest
from django.core.management import CommandError, call_command

from core.progress import track
from mscbase.api_urls import router
from tests import example
from tests.core.small_fixtures import Fixtures


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_on_a_terminal_it_is_a_bar():
    stream = Terminal()
    assert list(track([1, 2, 3], "things", stream)) == [1, 2, 3]
    assert "things" in stream.getvalue()
    assert "/3" in stream.getvalue()
    assert "\r" in stream.getvalue()


def test_elsewhere_it_is_one_plain_line():
    stream = io.StringIO()
    assert list(track([1, 2, 3], "things", stream)) == [1, 2, 3]
    assert stream.getvalue() == "things: 3\n"


def test_a_load_names_what_it_loads(tmp_path):
    stream = io.StringIO()
    call_command("load_kb", fixtures=Fixtures(tmp_path).root, stdout=io.StringIO(), stderr=stream)
    assert "catalog.molecule: 3\n" in stream.getvalue()


def test_an_export_writes_every_resource_whole(tmp_path):
    example.build()
    call_command("export_kb", tmp_path, site="localhost", stdout=io.StringIO(), stderr=io.StringIO())
    assert {path.stem for path in tmp_path.glob("*.csv")} == {prefix for prefix, _, _ in router.registry}
    with (tmp_path / "references.csv").open(encoding="utf-8", newline="") as file:
        assert [row["number"] for row in csv.DictReader(file)] == ["7", "8"]


def test_an_export_knows_its_formats(tmp_path):
    example.build()
    call_command("export_kb", tmp_path, format="jsonl", stdout=io.StringIO(), stderr=io.StringIO())
    lines = (tmp_path / "trials.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["accession"] for line in lines] == ["MSC-TR-0001", "MSC-TR-0002", ""]
    with pytest.raises(CommandError, match="invalid choice"):
        call_command("export_kb", str(tmp_path), "--format=pdf")
