"""The knowledge base is loaded once for the whole run; every test sees it and undoes its changes."""

import os
import shutil
import socket

import pytest
from django.db import connections
from django.test import Client

from core.loading import load
from tests.server import serve

# Playwright's loop runs in the thread of the browser tests, which only read here.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        load()


def pytest_collection_modifyitems(items):
    """Every test may read the knowledge base, so that none ever runs on a real one."""
    for item in items:
        item.add_marker(pytest.mark.django_db)


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


def required_in_ci(missing):
    """Skip where something is missing, but not where CI=true promises it."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"CI=true needs {missing}")
    pytest.skip(f"no {missing} on this machine")


FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker):
    """The address of the site, served from the test database."""
    with django_db_blocker.unblock(), serve() as address:
        yield address


@pytest.fixture(scope="module")
def browser():
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not chromium:
        required_in_ci("Chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield launched
        launched.close()
        # Inside Playwright's loop Django has connections of its own, which nobody else would close.
        connections.close_all()
