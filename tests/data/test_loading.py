"""The fixtures of the site are in canonical form, and loading them again changes nothing."""

from core import releases
from core.fixture_files import canonical, fixture_files, parse
from core.loading import load, loadable_models
from core.models import Release
from core.models.names import Name
from search.indexing import refresh
from search.models import SearchDocument
from tests.core.test_loading import snapshot


def test_a_second_load_changes_nothing():
    before = snapshot(), Release.objects.count(), Name.objects.count()
    report = load()
    assert report.changed == 0
    assert (snapshot(), Release.objects.count(), Name.objects.count()) == before
    assert report.total == sum(model._base_manager.count() for model in loadable_models())
    assert refresh() == 0


def test_a_release_is_named_by_its_content():
    release = Release.objects.latest()
    entry = releases.published()[-1]
    assert (release.version, release.digest) == (entry["version"], entry["digest"])


def test_canonical_form_is_a_fixed_point():
    for path in fixture_files():
        text = canonical(parse(path))
        assert text == path.read_text(encoding="utf-8"), f"{path.name}: run `make fix`"


def test_every_row_with_names_has_a_document():
    rows = set(Name.objects.values_list("model", "ident"))
    assert set(SearchDocument.objects.values_list("model", "ident")) == rows


def test_no_version_and_no_content_is_published_twice():
    entries = releases.published()
    assert entries
    for part in ("version", "digest"):
        assert len({entry[part] for entry in entries}) == len(entries)
