"""Long work says how far it is, on a terminal as a bar, elsewhere as plain lines."""

import csv
import io

import pytest
from django.core.management import CommandError, call_command

from core.progress import track


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


def test_a_load_names_what_it_loads():
    stream = io.StringIO()
    call_command("load_kb", stdout=io.StringIO(), stderr=stream)
    assert "catalog.tissuesource: 22" in stream.getvalue()


def test_an_export_writes_every_resource_whole(tmp_path):
    call_command("export_kb", tmp_path, site="localhost", stdout=io.StringIO(), stderr=io.StringIO())
    assert len(list(tmp_path.glob("*.csv"))) >= 27
    with (tmp_path / "references.csv").open(encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) == 292


def test_an_export_knows_its_formats(tmp_path):
    call_command("export_kb", tmp_path, format="jsonl", stdout=io.StringIO(), stderr=io.StringIO())
    assert (tmp_path / "trials.jsonl").read_text(encoding="utf-8").count("\n") == 13
    with pytest.raises(CommandError, match="invalid choice"):
        call_command("export_kb", str(tmp_path), "--format=pdf")
