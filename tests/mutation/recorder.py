"""A pytest plugin of the mutation run. It records which test runs which lines and how long it takes, or it runs chosen
tests in a chosen order.

`MUTATION_RECORD` names the file to write; coverage.py, running around pytest, has the lines.
`MUTATION_SELECT` names a file with the ids of the tests to run, one a line.
"""

import json
import os
import time
from collections import defaultdict
from pathlib import Path

import coverage
import pytest

RECORD, SELECT = os.environ.get("MUTATION_RECORD"), os.environ.get("MUTATION_SELECT")
seconds: dict[str, float] = defaultdict(float)
failed: set[str] = set()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items[:] = [i for i in items if "knowledge_base" not in getattr(i, "fixturenames", ())]
    if SELECT:
        order = {name: place for place, name in enumerate(Path(SELECT).read_text().splitlines())}
        items[:] = sorted((i for i in items if i.nodeid in order), key=lambda i: order[i.nodeid])


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item):
    """Lines, and seconds of the processor, are recorded under the name of the test, its setup included."""
    if measuring := coverage.Coverage.current():
        measuring.switch_context(item.nodeid)
    started = time.process_time()
    try:
        return (yield)
    finally:
        seconds[item.nodeid] += time.process_time() - started


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.outcome != "passed":
        failed.add(report.nodeid)


def pytest_sessionfinish() -> None:
    if RECORD:
        passed = {name: round(time, 4) for name, time in seconds.items() if name not in failed}
        Path(RECORD).write_text(json.dumps({"passed": passed, "failed": sorted(failed)}, indent=0))
