"""Two loads at once: the second waits for the first, on either database."""

import os
import subprocess
import sys
import time

import pytest
from django.db import connection

from core import loading
from tests.core.small_fixtures import Fixtures
from tests.server import ROOT, database_url

pytestmark = pytest.mark.usefixtures("committed_world")
HOLD = """
import django, sys
django.setup()
from core.loading import exclusive_transaction
with exclusive_transaction():
    print("holding", flush=True)
    sys.stdin.readline()
"""


def process(*command: str) -> subprocess.Popen:
    environment = os.environ | {"DATABASE_URL": database_url(), "DJANGO_SETTINGS_MODULE": "tests.settings"}
    return subprocess.Popen(
        [sys.executable, *command], cwd=ROOT, env=environment, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def test_a_load_waits_until_the_other_one_has_ended(tmp_path):
    connection.close()  # what this test itself holds open must not be waited for
    holder = process("-c", HOLD)
    assert holder.stdout.readline() == "holding\n", holder.stderr.read()
    load = process("manage.py", "load_kb", "--fixtures", str(Fixtures(tmp_path).root))
    time.sleep(4)
    assert load.poll() is None, load.stderr.read()
    holder.communicate("end\n", timeout=30)
    out, err = load.communicate(timeout=120)
    assert load.returncode == 0, err
    assert "created      3 catalog.molecule" in out


def test_a_load_waits_longer_than_a_request_does():
    with loading.exclusive_transaction():
        assert loading.PATIENCE == 600
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                assert cursor.execute("PRAGMA busy_timeout").fetchone() == (600_000,)
