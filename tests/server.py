"""The site as `make run` serves it, on the test run's own database, for tests that need a real server."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

ROOT = Path(__file__).resolve().parent.parent


def database_url():
    """The address of the test database, for another process."""
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{settings['NAME']}"
    host = settings["HOST"]
    login = settings["USER"] + (f":{settings['PASSWORD']}" if settings["PASSWORD"] else "")
    at, query = (
        (f"{login}@", f"?host={host}") if host.startswith("/") else (f"{login}@{host}:{settings['PORT']}", "")
    )
    return f"postgres://{at.lstrip('@')}/{settings['NAME']}{query}"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def serve(**settings: str):
    """The address of a running server with these settings; it stops with the block."""
    port = free_port()
    environment = os.environ | {"DATABASE_URL": database_url(), "DJANGO_SETTINGS_MODULE": "tests.settings"}
    environment |= settings
    command = [
        sys.executable, "-m", "gunicorn", "mscbase.wsgi", "--bind", f"127.0.0.1:{port}", "--workers", "1",
        "--log-level", "warning",
    ]  # fmt: skip
    process = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        address = f"http://127.0.0.1:{port}{settings.get('SCRIPT_NAME', '')}"
        for _ in range(100):
            try:
                urllib.request.urlopen(f"{address}/healthz", timeout=1)  # noqa: S310 our own address
                break
            except OSError:
                if process.poll() is not None:
                    raise RuntimeError("the server did not start") from None
                time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=10)
