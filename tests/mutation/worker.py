"""A pytest plugin of the mutation run: a process that has collected all tests and set up the database, and then runs
chosen tests in a fork of itself for each mutant it is given.

`MUTATION_JOBS` is the file descriptor of a connection: in come (path, source, clean source, names of tests, seconds),
out goes how it ended; None ends it.
"""

import os
import shutil
import signal
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from django.db import connections

from tests.mutation.planting import plant

PASSED, FAILED, NOT_PLANTED = range(3)
ENDED = {PASSED: "passed", FAILED: "failed", NOT_PLANTED: "not planted"}


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool:
    items = {item.nodeid: item for item in session.items}
    # One test, so that the database is set up once for all.
    run([session.items[0]], then=session.items[-1])
    connections.close_all()
    jobs = Connection(int(os.environ["MUTATION_JOBS"]))
    jobs.send("ready")
    while job := jobs.recv():
        path, source, clean, names, seconds = job
        fresh_database()
        if child := os.fork():
            _, status = os.waitpid(child, 0)
            jobs.send("timeout" if os.WIFSIGNALED(status) else ENDED[os.WEXITSTATUS(status)])
        else:
            os._exit(ended(path, source, clean, [items[name] for name in names], seconds))
    return True


def ended(path: str, source: str, clean: str, items: list[pytest.Item], seconds: int) -> int:
    """What the tests say of the mutant."""
    # Ends the process, and counts what it computes: on a busy machine it may wait long. The alarm is for deadlocks.
    signal.setitimer(signal.ITIMER_PROF, seconds)
    signal.alarm(30 * seconds)
    try:
        if not plant(path, clean, source):
            return NOT_PLANTED
        return FAILED if run(items) else PASSED
    except BaseException:  # noqa: BLE001 whatever else goes wrong, the fault made it so
        return FAILED


def run(items: list[pytest.Item], then: pytest.Item | None = None) -> bool:
    """Does any of these tests fail?"""
    for item, following in zip(items, [*items[1:], then], strict=True):
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if item.session.testsfailed:
            return True
    return False


def fresh_database() -> None:
    """Nothing is left of what an earlier mutant wrote."""
    database = Path(os.environ["TEST_DB"])
    for suffix in ("-wal", "-shm"):
        database.with_name(database.name + suffix).unlink(missing_ok=True)
    shutil.copy(database.with_name("empty.sqlite3"), database)
