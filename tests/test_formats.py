"""An output format is a renderer and its line in the settings: all that offers formats reads them there."""

import io

import pytest
from django.core.management import call_command
from django.test import Client
from rest_framework.settings import api_settings

from core.rest.renderers import ExportRenderer
from mscbase.management.commands.document_api import brought_up_to_date
from tests import example
from tests.reading import read


class NamesRenderer(ExportRenderer):
    """The first column of the rows, one a line."""

    media_type = "text/x-names"
    format = "names"
    label = "Names only"

    def stream(self, rows, columns):
        for row in rows:
            yield f"{row[columns[0]]}\n".encode()


@pytest.fixture(scope="module", autouse=True)
def world(module_world):
    example.build()


@pytest.fixture
def _one_more_format():
    """One more line in the settings: every view holds this very list."""
    api_settings.DEFAULT_RENDERER_CLASSES.append(NamesRenderer)
    yield
    api_settings.DEFAULT_RENDERER_CLASSES.remove(NamesRenderer)


pytestmark = pytest.mark.usefixtures("_one_more_format")


@pytest.mark.parametrize("address", ["sources.names", "sources/?format=names"])
def test_a_list_is_written_in_it(address):
    response = Client().get(f"/api/v1/{address}")
    assert b"".join(response.streaming_content) == b"amnion\nbone-marrow\nskin\n"
    assert response["Content-Type"] == "text/x-names"
    assert response["Content-Disposition"] == 'attachment; filename="mscbase-tissuesource.names"'


def test_pages_link_to_it_by_its_label():
    assert '<a href="/api/v1/sources.names">Names only</a>' in read("/downloads/").html
    assert (
        '<a href="/api/v1/sources.names?origin=adult">Names only</a>' in read("/sources/?origin=adult").html
    )


def test_the_export_offers_it(tmp_path):
    call_command("export_kb", tmp_path, format="names", stdout=io.StringIO(), stderr=io.StringIO())
    assert (tmp_path / "sources.names").read_text(encoding="utf-8") == "amnion\nbone-marrow\nskin\n"


def test_the_description_and_the_guide_name_it():
    description = Client().get("/api/schema/?format=json").json()
    assert description["components"]["schemas"]["Format"]["enum"][-1] == "names"
    assert "text/x-names" in description["paths"]["/api/v1/sources/"]["get"]["responses"]["200"]["content"]
    guide = brought_up_to_date("<!-- formats: written by `make fix` -->\n<!-- end -->")
    assert "| Names only | `.names` | `?format=names` | `text/x-names` |" in guide


def test_an_unknown_format_is_answered_with_it():
    message = Client().get("/api/v1/sources/?format=pdf").json()["errors"][0]["message"]
    assert message == "There is no format 'pdf'. Valid: json, csv, tsv, jsonl, xlsx, names."
