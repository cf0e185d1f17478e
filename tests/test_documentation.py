"""The documents say what is there: every resource, filter and setting, and examples in three languages."""

import re
from pathlib import Path

import pytest

from mscbase.api_urls import router
from mscbase.management.commands.document_api import brought_up_to_date

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
API = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(("prefix", "viewset"), [(p, v) for p, v, _ in router.registry])
def test_every_resource_and_filter_is_documented(prefix, viewset):
    section = re.search(rf"^### `{prefix}/`\n(.*?)(?=^##|\Z)", API, re.DOTALL | re.MULTILINE)
    assert section, f"docs/api.md lacks {prefix}/"
    for name in viewset.filterset_class.base_filters:
        assert f"`{name}`" in section.group(1), f"docs/api.md lacks the filter {name} of {prefix}/"


def test_what_the_guide_takes_from_the_api_is_current():
    assert set(re.findall(r"<!-- (\w+): written by `make fix` -->", API)) == {"formats", "resources"}
    assert brought_up_to_date(API) == API, "docs/api.md is not what the API is: run `make fix`."


def test_every_setting_is_documented():
    text = (ROOT / "mscbase" / "settings.py").read_text(encoding="utf-8")
    for name in set(re.findall(r"env\.\w+\(\s*\"(\w+)\"", text)):
        assert f"`{name}`" in README, f"README.md lacks {name}"


def test_the_three_examples_are_in_curl_python_and_r():
    for language in ("bash", "python", "r"):
        assert f"```{language}\n" in README


def test_every_folder_of_the_map_exists():
    for folder in re.findall(r"^    (\w+)/ ", README, re.MULTILINE):
        assert (ROOT / folder).is_dir(), folder


def test_the_fixtures_readme_names_every_file():
    text = (ROOT / "fixtures" / "README.md").read_text(encoding="utf-8")
    for path in (ROOT / "fixtures").glob("*/*.yaml"):
        assert f"`{path.name}`" in text, f"fixtures/README.md lacks {path.name}"
