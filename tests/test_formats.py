"""An output format is a renderer in `FORMATS`: all that offers formats reads them there, and none goes untested."""

import io

import pytest
from django.core.management import call_command
from django.test import Client

from core.rest import renderers
from core.rest.renderers import ExportRenderer
from mscbase.management.commands.document_api import brought_up_to_date
from tests import builders, example
from tests.formats import FORMATS, NO_FORMAT, QUESTION
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
def built(module_world):
    example.build()


@pytest.fixture
def _one_more_format():
    """One more renderer: every view holds this very list."""
    renderers.FORMATS.append(NamesRenderer)
    yield
    renderers.FORMATS.remove(NamesRenderer)


def test_every_renderer_has_its_row_in_the_table_of_the_tests():
    assert [(str(r.format), r.label, r.media_type, issubclass(r, ExportRenderer)) for r in renderers.FORMATS] == [
        (name, f.label, f.media_type, f.flat) for name, f in FORMATS.items()
    ]  # fmt: skip


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("address", ["molecules.{}?", "molecules/?format={}&"])
def test_a_file_is_what_the_table_says(name, address, world):
    builders.molecule("tgf", name='TGF-β, "active"', synonyms=["=1+1", "TGFβ"])
    response = Client().get(f"/api/v1/{address.format(name)}q=tgf&{QUESTION}")
    body = b"".join(response)
    assert response["Content-Type"] == FORMATS[name].content_type
    assert body.startswith(FORMATS[name].opens)
    assert [row["name"] for row in FORMATS[name].rows(body)] == ['TGF-β, "active"']


@pytest.mark.usefixtures("_one_more_format")
class TestOneMoreFormat:
    @pytest.mark.parametrize("address", ["sources.names", "sources/?format=names"])
    def test_a_list_is_written_in_it(self, address):
        response = Client().get(f"/api/v1/{address}")
        assert b"".join(response.streaming_content) == b"amnion\nbone-marrow\nskin\n"
        assert response["Content-Type"] == "text/x-names"
        assert response["Content-Disposition"] == 'attachment; filename="mscbase-tissuesource.names"'

    def test_pages_link_to_it_by_its_label(self):
        assert '<a href="/api/v1/sources.names">Names only</a>' in read("/downloads/").html
        assert (
            '<a href="/api/v1/sources.names?origin=adult">Names only</a>'
            in read("/sources/?origin=adult").html
        )

    def test_the_export_offers_it(self, tmp_path):
        call_command("export_kb", tmp_path, format="names", stdout=io.StringIO(), stderr=io.StringIO())
        assert (tmp_path / "sources.names").read_text(encoding="utf-8") == "amnion\nbone-marrow\nskin\n"

    def test_the_description_and_the_guide_name_it(self):
        description = Client().get("/api/schema/?format=json").json()
        assert description["components"]["schemas"]["Format"]["enum"][-1] == "names"
        assert (
            "text/x-names" in description["paths"]["/api/v1/sources/"]["get"]["responses"]["200"]["content"]
        )
        guide = brought_up_to_date("<!-- formats: written by `make fix` -->\n<!-- end -->")
        assert "| Names only | `.names` | `?format=names` | `text/x-names` |" in guide

    def test_an_unknown_format_is_answered_with_it(self):
        message = Client().get("/api/v1/sources/?format=pdf").json()["errors"][0]["message"]
        assert message == f"{NO_FORMAT.removesuffix('.')}, names."
