"""Settings work with nothing set, and fail loudly where silence would be dangerous."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from core.rest.throttling import PerClient

ROOT = Path(__file__).resolve().parent.parent
BAD_VALUES = {
    "ALLOWED_HOSTS": ["", "https://example.org", "example.org:8000", "a.org,b org"],
    "API_RATE": ["", "abc", "600", "0/min", "-5/min", "60/month", "600/ms", "600 /min", "1.5/s"],
    "BEHIND_TLS": ["", "perhaps"],
    "DATABASE_URL": ["", "mscbase", "mysql://u:p@h/db", "postgres://u:p@h:port/db", "postgres://u:p@h:5432"],
    "DEBUG": ["", "perhaps"],
    "LOG_LEVEL": ["", "loud"],
    "NUM_PROXIES": ["", "-1", "one", "1.5"],
    "PORT": ["", "0", "65536", "http", "-1"],
    "SCRIPT_NAME": ["mscbase", "/mscbase/", "/", "/a b", "/a?b"],
    "VAR_DIR": ["", "var", "/proc/nowhere", "/proc", "/etc/hostname/var"],
    "WORKERS": ["", "0", "-2", "two"],
}
MUST_BE = {
    "ALLOWED_HOSTS": "host names separated by commas, without scheme and port",
    "API_RATE": "a number of requests per second, minute, hour or day, such as 600/min",
    "BEHIND_TLS": "true or false",
    "DATABASE_URL": "postgres://user:password@host:5432/name or sqlite:////path/of/the/file",
    "DEBUG": "true or false",
    "LOG_LEVEL": "DEBUG, INFO, WARNING, ERROR or CRITICAL",
    "NUM_PROXIES": "the number of proxies in front, 0 or more",
    "PORT": "a whole number from 1 to 65535",
    "SCRIPT_NAME": "a path with a slash in front and none at its end, such as /mscbase",
    "VAR_DIR": "the absolute path of a directory that can be written",
    "WORKERS": "a whole number of processes, 1 or more",
}
PRINT = "from mscbase import settings as s; print(getattr(s, '{}'))"


def setting(name, **environment):
    clean = {k: v for k, v in os.environ.items() if k not in BAD_VALUES and k != "SECRET_KEY"}
    return subprocess.run(
        [sys.executable, "-c", PRINT.format(name)], cwd=ROOT, env=clean | environment, capture_output=True, text=True,
        check=False,
    )  # fmt: skip


def test_debug_is_off_unless_asked_for():
    assert setting("DEBUG").stdout.strip() == "False"
    assert setting("DEBUG", DEBUG="true").stdout.strip() == "True"


def test_a_local_site_makes_its_own_key_once_and_outside_git():
    first, second = setting("SECRET_KEY").stdout, setting("SECRET_KEY").stdout
    assert first == second
    assert len(first.strip()) >= 50
    assert (ROOT / "var" / "secret-key").stat().st_mode & 0o077 == 0
    assert "var/" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()


def test_a_public_site_without_a_key_does_not_start():
    result = setting("SECRET_KEY", ALLOWED_HOSTS="mscbase.example.org")
    assert result.returncode != 0
    assert "SECRET_KEY is not set" in result.stderr
    assert setting("SECRET_KEY", ALLOWED_HOSTS="mscbase.example.org", SECRET_KEY="x" * 50).returncode == 0


@pytest.mark.parametrize(
    ("url", "engine"), [("postgres://u:p@h:5432/db", "postgresql"), ("sqlite:////tmp/x.sqlite3", "sqlite3")]
)
def test_the_database_comes_from_its_address(url, engine):
    assert f"django.db.backends.{engine}" in setting("DATABASES", DATABASE_URL=url).stdout


@pytest.mark.parametrize(
    ("name", "value"), [(n, value) for n, values in BAD_VALUES.items() for value in values]
)
def test_a_setting_that_makes_no_sense_is_refused_in_one_line(name, value):
    result = setting("DEBUG", **{name: value})
    assert result.returncode == 1
    assert result.stdout == ""
    assert result.stderr == f"The setting {name} must be {MUST_BE[name]}.\n"


def test_all_settings_that_make_no_sense_are_named_at_once():
    assert setting("DEBUG", PORT="0", LOG_LEVEL="loud").stderr.splitlines() == [
        "The setting LOG_LEVEL must be DEBUG, INFO, WARNING, ERROR or CRITICAL.",
        "The setting PORT must be a whole number from 1 to 65535.",
    ]


def test_a_command_and_the_server_refuse_alike():
    for command in (["manage.py", "migrate"], ["-m", "gunicorn"]):
        result = subprocess.run(
            [sys.executable, *command], cwd=ROOT, env=os.environ | {"API_RATE": "abc"}, capture_output=True,
            text=True, check=False, timeout=60,
        )  # fmt: skip
        assert result.returncode == 1
        assert result.stderr == f"The setting API_RATE must be {MUST_BE['API_RATE']}.\n"


@pytest.mark.parametrize(
    ("rate", "parsed"),
    [
        ("600/min", (600, 60)), ("5/s", (5, 1)), ("600/minutes", (600, 60)), ("1000/hour", (1000, 3600)),
        ("9/days", (9, 86400)),
    ],
)  # fmt: skip
def test_a_rate_means_what_it_says(rate, parsed):
    assert setting("API_RATE", API_RATE=rate).stdout.strip() == rate
    assert PerClient.parse_rate(None, rate) == parsed


@pytest.mark.parametrize(
    "hosts", ["mscbase.example.org", "a.org,.b.org", "*", "10.0.0.1", "[::1]", "xn--bcher-kva.example"]
)
def test_hosts_that_django_knows_are_accepted(hosts):
    result = setting("ALLOWED_HOSTS", ALLOWED_HOSTS=hosts, SECRET_KEY="x" * 50)
    assert result.stdout.strip() == str(hosts.split(","))


def test_what_the_site_writes_lies_in_its_directory(tmp_path):
    place = tmp_path / "new" / "var"
    assert setting("DATABASES", VAR_DIR=str(place)).stdout.count(f"'{place}/mscbase.sqlite3'") == 1
    assert setting("STATIC_ROOT", VAR_DIR=str(place)).stdout.strip() == f"{place}/static"
    assert [path.name for path in place.iterdir()] == ["secret-key"]
    key = (place / "secret-key").read_text(encoding="utf-8")
    assert setting("SECRET_KEY", VAR_DIR=str(place)).stdout.strip() == key


def test_a_directory_of_its_own_is_var_beside_the_code():
    assert setting("VAR_DIR").stdout.strip() == str(ROOT / "var")
