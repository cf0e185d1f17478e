"""Settings work with nothing set, and fail loudly where silence would be dangerous."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PRINT = "from mscbase import settings as s; print(getattr(s, '{}'))"


def setting(name, **environment):
    clean = {
        k: v
        for k, v in os.environ.items()
        if k not in ("SECRET_KEY", "ALLOWED_HOSTS", "DEBUG", "DATABASE_URL")
    }
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


def test_a_setting_that_makes_no_sense_is_refused():
    assert setting("DEBUG", DEBUG="perhaps").returncode != 0
