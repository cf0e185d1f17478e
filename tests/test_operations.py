"""What operators, proxies and load balancers meet: hosts, path prefixes, probes, the server's own limits."""

import json
import re
import socket
import subprocess
import urllib.error
import urllib.request
from functools import cache
from io import BytesIO
from wsgiref.util import setup_testing_defaults

import pytest
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client, RequestFactory
from django.urls import set_script_prefix
from django.utils.datastructures import CaseInsensitiveMapping

from core.middleware import ignore_tracking_parameters
from mscbase.views import not_found, server_error
from mscbase.wsgi import mounted_at
from tests import wide
from tests.server import ROOT, serve
from tests.test_pages import PAGES

BAD_HOSTS = ["evil.example", "bad host", "", "127.0.0.1:port", "a" * 5000, "é"]
PREFIX = "/mscbase"
ADDRESS = re.compile(r"""\b(?:href|src|action|data-[a-z-]+)=["'](/[^"']*)["']""")


application = cache(get_wsgi_application)


@pytest.fixture(scope="module", autouse=True)
def built(module_world):
    wide.build()


class Answer:
    """What a WSGI server gets for one GET, as status, headers and decoded body."""

    def __init__(self, path: str, prefix: str = PREFIX, **environ: str) -> None:
        path, _, query = path.partition("?")
        environ |= {"SCRIPT_NAME": prefix, "PATH_INFO": path, "QUERY_STRING": query, "wsgi.input": BytesIO()}
        setup_testing_defaults(environ)
        chunks = application()(environ, self.start)
        self.body = b"".join(chunks).decode()
        chunks.close()

    def start(self, status: str, headers: list[tuple[str, str]]) -> None:
        self.status, self.headers = int(status.split()[0]), CaseInsensitiveMapping(headers)


@pytest.fixture(autouse=True)
def _connection_and_prefix_stay():
    """A real WSGI call would close the connection of the test, and leave its prefix behind."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)
    set_script_prefix("/")


@pytest.mark.parametrize("host", BAD_HOSTS)
@pytest.mark.parametrize(
    "path", ["/", "/claims/", "/sources/source-1/", "/no/such/page/", "/claims", "/admin/"]
)
def test_a_page_refuses_a_host_that_is_not_the_sites(path, host):
    response = Client().get(path, headers={"host": host})
    assert response.status_code == 400
    assert response["Content-Type"].startswith("text/html")
    assert "<h1>Bad request</h1><p>The Host header names no host that this site answers to." in response.text


@pytest.mark.parametrize("path", ["/", "/api/v1/claims/"])
def test_a_host_that_is_not_the_sites_is_one_line_in_the_log(path, caplog):
    Client().get(path, headers={"host": "evil.example"})
    [line] = caplog.text.splitlines()
    assert line.startswith("WARNING  django.security.DisallowedHost:")
    assert "Invalid HTTP_HOST header: 'evil.example'." in line


@pytest.mark.parametrize("host", BAD_HOSTS)
@pytest.mark.parametrize(
    "path", ["/api/v1/", "/api/v1/claims/", "/api/v1/claims.csv", "/api/v1/nothing", "/api/docs/"]
)
def test_the_api_refuses_a_host_that_is_not_the_sites(path, host):
    response = Client().get(path, headers={"host": host})
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert response.json() == {
        "type": "about:blank",
        "title": "The request was not understood",
        "status": 400,
        "detail": "The Host header names no host that this site answers to.",
    }


@pytest.mark.parametrize("host", [*BAD_HOSTS, "10.1.2.3"])
def test_probes_answer_whatever_the_host(host):
    alive = Client().get("/healthz", headers={"host": host})
    assert (alive.status_code, alive.content) == (200, b"ok\n")
    ready = Client().get("/readyz", headers={"host": host})
    assert (ready.status_code, ready.json()["ready"]) == (200, True)
    assert ready["X-Request-ID"]


def test_the_page_of_an_error_needs_no_host():
    response = server_error(RequestFactory().get("/claims/", headers={"host": "evil.example"}))
    assert response.status_code == 500
    assert "The error has been logged." in response.text


@pytest.mark.parametrize("path", [path for path in PAGES if path != "/api/docs/"])
def test_every_address_on_a_page_is_under_the_prefix(path):
    answer = Answer(path)
    assert answer.status == Client().get(path).status_code
    addresses = ADDRESS.findall(answer.body)
    assert len(addresses) > 20
    assert [address for address in addresses if not address.startswith(f"{PREFIX}/")] == []


def test_scripts_and_styles_are_found_under_the_prefix():
    found = {a for a in ADDRESS.findall(Answer("/").body) if a.startswith("/mscbase/static/")}
    assert {"/mscbase/static/css/base.css", "/mscbase/static/js/site.js"} <= found
    for address in found:
        assert Answer(address.removeprefix(PREFIX)).status == 200, address


def test_one_process_answers_with_and_without_a_prefix():
    assert 'href="/static/css/base.css"' in Answer("/", prefix="").body
    assert 'href="/mscbase/static/css/base.css"' in Answer("/").body
    assert 'href="/static/css/base.css"' in Answer("/", prefix="").body


def test_api_links_are_under_the_prefix():
    page = json.loads(Answer("/api/v1/claims/?page=2&page_size=4").body)
    assert page["next"] == "http://127.0.0.1/mscbase/api/v1/claims/?page=3&page_size=4"
    assert page["previous"] == "http://127.0.0.1/mscbase/api/v1/claims/?page_size=4"
    claim = page["results"][0]
    assert claim["url"] == f"http://127.0.0.1/mscbase/claims/{claim['accession']}/"
    assert "curl -s 'http://127.0.0.1/mscbase/api/v1/trials.csv?condition=stroke'" in Answer("/").body


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("/api/v1/claims?mediator=hgf", "/mscbase/api/v1/claims/?mediator=hgf"),
        ("/claims?mediator=hgf", "/mscbase/claims/?mediator=hgf"),
        ("/statements/MSC-CL-0001/", "/mscbase/claims/MSC-CL-0001/"),
    ],
)
def test_redirects_stay_under_the_prefix(path, target):
    answer = Answer(path)
    assert answer.status in (301, 302)
    assert answer.headers["Location"] == target


def test_the_api_is_known_as_such_under_the_prefix():
    answer = Answer("/api/v1/claims/", HTTP_ORIGIN="https://example.org")
    assert answer.headers["ETag"]
    assert answer.headers["Cache-Control"] == "public, no-cache"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    missing = Answer("/api/v1/nothing/")
    assert missing.headers["Content-Type"] == "application/problem+json"
    assert json.loads(missing.body)["detail"] == (
        "There is nothing at /mscbase/api/v1/nothing/. The list of resources is at /mscbase/api/v1/."
    )
    assert (Answer("/healthz").status, Answer("/readyz").status) == (200, 200)


def test_the_openapi_description_names_the_prefix():
    assert json.loads(Answer("/api/schema/?format=json").body)["servers"] == [{"url": "/mscbase"}]
    assert "servers" not in json.loads(Answer("/api/schema/?format=json", prefix="").body)


def test_a_page_that_was_not_found_says_so_under_the_prefix():
    request = RequestFactory().get("/api/nothing/", SCRIPT_NAME=PREFIX)
    assert not_found(request)["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("prefix", "told", "path", "script_name", "path_info"),
    [
        ("", "", "/claims/", "", "/claims/"),
        ("/mscbase", "", "/mscbase/claims/", "/mscbase", "/claims/"),
        ("/mscbase", "", "/claims/", "/mscbase", "/claims/"),
        ("/mscbase", "", "/mscbase", "/mscbase", ""),
        ("/mscbase", "", "/mscbases/", "/mscbase", "/mscbases/"),
        ("/mscbase", "/other", "/mscbase/", "/other", "/mscbase/"),
        ("", "/other", "/claims/", "/other", "/claims/"),
    ],
)
def test_the_site_is_mounted_at_its_prefix(prefix, told, path, script_name, path_info):
    environ = {"SCRIPT_NAME": told, "PATH_INFO": path}
    assert mounted_at(prefix, lambda environ, start_response: environ)(environ, None) == {
        "SCRIPT_NAME": script_name,
        "PATH_INFO": path_info,
    }


TRACKING = "utm_source=x&utm_medium=mail&_=1700000000&fbclid=a%2Fb&gclid=1&msclkid="


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("", ""), (TRACKING, ""), ("utm_id", ""), ("mediator=hgf&utm_source=x&page=2", "mediator=hgf&page=2"),
        ("q=utm_source%3Dx&%75tm_source=1", "q=utm_source%3Dx"), ("q=a+b&&fbclid=1", "q=a+b&"),
        ("utm=1&__=2&fbclids=3&xutm_source=4&utm_=5", "utm=1&__=2&fbclids=3&xutm_source=4&utm_=5"),
    ],
)  # fmt: skip
def test_tracking_parameters_are_dropped_and_nothing_else_is(given, kept):
    request = RequestFactory().get("/", QUERY_STRING=given)
    assert ignore_tracking_parameters(lambda request: request.META["QUERY_STRING"])(request) == kept


@pytest.mark.parametrize(
    "path",
    [
        "/", "/claims/", "/claims/MSC-CL-0001/", "/search/", "/sources/compare/", "/identify/",
        "/conflicts/", "/coverage/", "/mechanisms/", "/mechanisms/mechanism-1/", "/api/v1/",
        "/api/v1/claims/", "/api/v1/claims/MSC-CL-0001/", "/api/v1/claims.csv", "/api/v1/search/?q=marker",
        "/api/v1/suggest/?q=marker", "/api/v1/resolve/?id=mediator-1",
        "/api/v1/compare/?source=source-1&source=source-2", "/api/v1/identify/?profile=marker-1%2B",
    ],
)  # fmt: skip
def test_a_link_with_tracking_parameters_opens(path):
    joint = "&" if "?" in path else "?"
    response = Client().get(f"{path}{joint}{TRACKING}")
    assert response.status_code == 200
    assert b"utm_source" not in response.getvalue()


@pytest.mark.parametrize("path", ["/api/v1/claims/", "/claims/", "/conflicts/"])
def test_any_other_unknown_parameter_is_refused(path):
    for query in ("utm=1", "fbclid2=1", "__=1"):
        assert Client().get(f"{path}?{query}").status_code == 400, query


def test_tracking_parameters_change_neither_links_nor_validators():
    response = Client().get("/api/v1/claims/?page_size=5&utm_source=x")
    assert response.json()["next"] == "http://testserver/api/v1/claims/?page=2&page_size=5"
    again = Client().get("/api/v1/claims/?_=17&page_size=5", headers={"if-none-match": response["ETag"]})
    assert again.status_code == 304


def test_a_port_in_use_is_said_first_and_in_one_line():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = subprocess.run(
            ["make", "--no-print-directory", "run", f"PORT={port}"], cwd=ROOT, capture_output=True, text=True,
            check=False, timeout=60,
        )  # fmt: skip
    assert result.returncode == 2
    assert result.stdout == ""
    said = f"Port {port} is in use: choose another one, as in make run PORT=9000.  Stop.\n"
    assert re.fullmatch(rf"Makefile:\d+: \*\*\* {re.escape(said)}", result.stderr)


@pytest.fixture(scope="module")
def prefixed(django_db_setup, django_db_blocker, tmp_path_factory):
    """The address of the site under a prefix, as gunicorn serves it, and the home directory of gunicorn."""
    home = tmp_path_factory.mktemp("home")
    with (
        django_db_blocker.unblock(),
        serve(SCRIPT_NAME=PREFIX, HOME=str(home), XDG_RUNTIME_DIR=str(home)) as address,
    ):
        yield address, home


def status_of(address: str) -> int:
    try:
        return urllib.request.urlopen(address, timeout=30).status  # noqa: S310 our own address
    except urllib.error.HTTPError as error:
        return error.code


def test_a_long_search_finds_its_page_and_an_endless_line_is_refused(prefixed):
    address, _ = prefixed
    assert status_of(f"{address}/search/?q=" + "a" * 10_000) == 200
    assert status_of(f"{address}/search/?q=" + "%22" * 10_000) == 200
    assert status_of(f"{address}/search/?q=" + "a" * 32_768) == 414


def test_the_server_knows_its_prefix_with_and_without_it_in_the_path(prefixed):
    address, _ = prefixed
    for start in (address, address.removesuffix(PREFIX)):
        assert status_of(f"{start}/healthz") == 200
        page = urllib.request.urlopen(f"{start}/claims/?evidence=animal", timeout=30)  # noqa: S310 our own address
        assert 'href="/mscbase/static/css/base.css"' in page.read().decode()


def test_the_server_opens_no_control_socket(prefixed):
    _, home = prefixed
    assert list(home.iterdir()) == []
