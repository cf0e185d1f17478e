"""Tests build small worlds of their own; those in `tests/data` read the knowledge base, which a process loads once."""

import os
import shutil
import socket

import pytest
from django.db import connections
from django.test import Client

from core.loading import load
from tests.server import serve
from tests.worlds import ROOT, SHARED, WORLDS, delete_content, empty_database, reads_live_content, set_apart

# Playwright's loop runs in the thread of the browser tests, which only read here.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="session")
def knowledge_base(django_db_setup, django_db_blocker):
    """The live content, loaded on first need: for the tests in `tests/data`, which get it unasked."""
    with django_db_blocker.unblock():
        load()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config, items):
    """Tests of code have an empty database, those of the data have the live content and come last."""
    for item in items:
        # Every test may use the database, so that none ever runs on a real one.
        item.add_marker(pytest.mark.django_db)
        if isinstance(item, pytest.Function):
            give_content(item)
    items.sort(key=reads_live_content)
    if not SHARED.is_dir():
        left_out = [item for item in items if item.get_closest_marker("shared")]
        items[:] = [item for item in items if item not in left_out]
        if left_out:
            config.hook.pytest_deselected(items=left_out)
            config.add_cleanup(lambda: print(f"Not checked against the review: {SHARED} is not at hand."))  # noqa: T201


def give_content(item):
    """The fixture of the content that a test has, unless it takes one itself."""
    named = set(item.fixturenames)
    if reads_live_content(item):
        if named & WORLDS:
            raise pytest.UsageError(
                f"{item.nodeid} builds a world of its own: it belongs beside the code it tests."
            )
        item.fixturenames.insert(0, "knowledge_base")
    elif "knowledge_base" in named:
        raise pytest.UsageError(
            f"{item.nodeid} reads the live content: build a small world, or move it to tests/data."
        )
    elif not item.get_closest_marker("django_db").kwargs or named & WORLDS:
        # First of all, so that what other fixtures build stands in it.
        worlds = [name for name in item.fixturenames if name in WORLDS] or ["world"]
        item.fixturenames[:] = [*worlds, *(name for name in item.fixturenames if name not in WORLDS)]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """With CI=true a test that would be skipped fails: what is missing there must be noticed."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and os.environ.get("CI") == "true":
        report.outcome, report.longrepr = (
            "failed",
            f"CI=true skips nothing, and this was: {report.longrepr[2]}",
        )
    return report


@pytest.fixture
def world(db):
    """An empty database for one test, to be filled by `tests.builders`."""
    with empty_database():
        yield


def shared_world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), empty_database():
        yield


@pytest.fixture(scope="module")
def committed_world(django_db_setup, django_db_blocker):
    """An empty database that is committed, so that other processes see it, too."""
    with django_db_blocker.unblock():
        delete_content()
        yield
        delete_content()


@pytest.fixture(autouse=True)
def _set_apart(request):
    """Tests that share a world add to it from the same version on."""
    if {"module_world", "class_world"} & set(request.fixturenames):
        request.getfixturevalue("db")
        set_apart()


# The same for all tests of a module or class: a fixture of the same scope fills it once, and tests nest in it.
module_world = pytest.fixture(shared_world, scope="module", name="module_world")
class_world = pytest.fixture(shared_world, scope="class", name="class_world")


@pytest.fixture(autouse=True)
def _no_live_fixtures(request, settings):
    """Tests of code load fixtures of their own, never those of the site."""
    if not reads_live_content(request.node):
        settings.FIXTURE_DIRS = [ROOT / "tests" / "no-fixtures"]


@pytest.fixture(autouse=True)
def _no_network(request, monkeypatch):
    """Nothing here talks to the outside; browser tests talk to their own server, databases by sockets."""
    if "browser" in request.keywords:
        return
    connect = socket.socket.connect

    def local_only(self, address):
        host = address[0] if isinstance(address, tuple) else ""
        if host not in ("", "127.0.0.1", "localhost", "::1"):
            raise AssertionError(f"a test tried to connect to {address}")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", local_only)


@pytest.fixture
def api():
    """GET from the API: `api("trials/", disease="stroke")` is the decoded answer, 200 or else an error."""

    def get(path, expect=200, **parameters):
        response = Client().get(f"/api/v1/{path}", parameters)
        assert response.status_code == expect, response.content[:500]
        return response.json()

    return get


@pytest.fixture
def slugs(api):
    """The slugs (or accessions) of all rows of a filtered list."""

    def get(path, **parameters):
        rows = api(path, page_size=1000, **parameters)["results"]
        return {row.get("slug") or row["accession"] for row in rows}

    return get


FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="module")
def site(knowledge_base, django_db_blocker):
    """The address of the site, served from the test database."""
    with django_db_blocker.unblock(), serve() as address:
        yield address


@pytest.fixture(scope="module")
def browser():
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not chromium:
        pytest.skip("there is no Chromium on this machine")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield launched
        launched.close()
        # Inside Playwright's loop Django has connections of its own, which nobody else would close.
        connections.close_all()
