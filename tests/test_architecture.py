"""Imports point one way: core ← search ← catalog ← mechanisms ← trials ← figures, compare, identify ← mscbase."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LAYERS = ["core", "search", "catalog", "mechanisms", "trials", "figures", "compare", "identify", "mscbase"]
FILES = {
    "models",
    "querysets",
    "filters",
    "serializers",
    "api",
    "views",
    "blocks",
    "admin",
    "importing",
    "actions",
    "apps",
    "__init__",
}


def imported_packages(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield node.module.split(".")[0]


@pytest.mark.parametrize("app", LAYERS)
def test_an_app_imports_only_what_stands_below_it(app):
    above = set(LAYERS[LAYERS.index(app) + 1 :])
    modules = [path for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts]
    assert modules
    for path in modules:
        assert not above & set(imported_packages(path)), f"{path} imports from above {app}"


@pytest.mark.parametrize("app", ["catalog", "mechanisms", "trials"])
def test_apps_use_the_same_file_names(app):
    assert {path.stem for path in (ROOT / app).glob("*.py")} <= FILES


def test_no_python_file_outgrows_400_lines():
    for app in [*LAYERS, "tests"]:
        for path in (ROOT / app).rglob("*.py"):
            if "migrations" not in path.parts:
                assert len(path.read_text(encoding="utf-8").splitlines()) <= 400, path


def test_templates_carry_no_inline_styles_or_handlers():
    for path in (ROOT / "templates").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert " style=" not in text, path
        assert " onclick=" not in text, path


def test_no_line_of_a_template_is_longer_than_160_characters():
    for path in (ROOT / "templates").rglob("*.*"):
        longest = max(map(len, path.read_text(encoding="utf-8").splitlines()))
        assert longest <= 160, f"{path} has a line of {longest}"
