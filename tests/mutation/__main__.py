"""Plant small faults in copies of the source, one at a time, and see whether a test fails: `make mutate`.

First all tests on small worlds run once in clean copies, to record which test runs which lines. Then each mutant meets
the tests that run its lines, those of its own app first, until one fails. A fault within functions is planted in a fork
of a process that has collected the tests; any other one in the file, and meets all tests in a new process.
Results: var/mutation.json, and a table in Markdown.
"""

import argparse
import json
import os
import queue
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from itertools import accumulate
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import coverage
from tqdm import tqdm

from tests.mutation.mutants import File, Mutant, sample

ROOT = Path(__file__).resolve().parents[2]
TARGETS = (
    "core", "search", "identify", "compare", "catalog/filters.py", "mechanisms/filters.py", "trials/filters.py",
)  # fmt: skip
NOT_MUTATED = ("migrations", "apps.py", "admin.py", "admin_site.py")
# Tests of the data, of documents, settings and figures, and those that need other processes or another database.
NOT_RUN = (
    "tests/data", "tests/figures", "tests/test_documentation.py", "tests/test_settings.py", "tests/test_operations.py",
    "tests/test_migrations.py", "tests/core/test_concurrent_loading.py", "tests/trials/test_registry_fields_move.py",
)  # fmt: skip
APPS = ["core", "search", "catalog", "mechanisms", "trials", "compare", "identify", "mscbase"]
KILLED = ("killed", "timeout")
PLUGINS = ("-p", "no:hypothesispytest", "-p", "no:xdist", "--reuse-db")


class Copy:
    """A copy of the source in which faults are planted and tests run."""

    def __init__(self, place: Path) -> None:
        self.root = place
        self.waiting: subprocess.Popen[bytes] | None = None
        self.jobs: Connection | None = None
        listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
        names = subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True).stdout
        for name in names.splitlines():
            if (ROOT / name).is_file():
                (place / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, place / name)
        self.python("manage.py", "migrate", "--verbosity=0", DATABASE_URL=f"sqlite:///{place}/empty.sqlite3")

    def start(self, *arguments: str, log: str, pass_fds: tuple[int, ...] = (), **environment: str):
        """A running command in this copy; what it says goes to the file `log`."""
        with (self.root / log).open("w") as file:
            return subprocess.Popen(
                [sys.executable, *arguments], cwd=self.root, stdout=file, stderr=file, start_new_session=True,
                pass_fds=pass_fds, env={**os.environ, "PYTHONPATH": str(self.root), **environment},
            )  # fmt: skip

    def python(self, *arguments: str, timeout: float | None = None, **environment: str) -> str:
        """How a command ended: `passed`, `failed` or `timeout`; what it said is in `output.log`."""
        process = self.start(*arguments, log="output.log", **environment)
        try:
            return "failed" if process.wait(timeout) else "passed"
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            return "timeout"

    def database(self, name: str) -> dict[str, str]:
        """The settings of a database without content in this file."""
        shutil.copy(self.root / "empty.sqlite3", self.root / name)
        return {"TEST_DB": str(self.root / name), "DATABASE_URL": "sqlite:///unused.sqlite3"}

    def pytest(
        self, *arguments: str, run: tuple[str, ...] = (), timeout: float | None = None, **environment: str
    ) -> str:
        """How tests ended in a new process, under coverage.py where `run` is its command."""
        plugins = ("-p", "tests.mutation.recorder", *PLUGINS)
        environment |= self.database("test.sqlite3")
        return self.python(*run, "-m", "pytest", *plugins, *arguments, timeout=timeout, **environment)

    def warm(self, files: list[str]) -> None:
        """Start the process that collects these tests and then waits for mutants."""
        self.jobs, other = Pipe()
        self.waiting = self.start(
            "-m", "pytest", "-p", "tests.mutation.worker", *PLUGINS, *files, log="warm.log", pass_fds=(other.fileno(),),
            MUTATION_JOBS=str(other.fileno()), PYTHONDONTWRITEBYTECODE="1", **self.database("warm.sqlite3"),
        )  # fmt: skip
        other.close()
        self.jobs.recv()

    def in_fork(self, *job: Any) -> str:
        """How tests ended in a fork of the waiting process, or `not planted`."""
        assert self.jobs
        self.jobs.send(job)
        return self.jobs.recv()

    def close(self) -> None:
        if self.jobs and self.waiting:
            self.jobs.send(None)
            self.waiting.wait()


class Suite:
    """The tests, how long each takes, and which of them run which lines."""

    def __init__(self, copies: list[Copy], limit: float) -> None:
        self.limit = limit
        self.seconds: dict[str, float] = {}
        self.failed: list[str] = []
        self.lines: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
        files = [
            str(path.relative_to(ROOT))
            for top in ("tests", *APPS)
            for path in sorted((ROOT / top).rglob("test_*.py" if top == "tests" else "*.py"))
            if not str(path.relative_to(ROOT)).startswith(NOT_RUN) and "migrations" not in path.parts
        ]
        with ThreadPoolExecutor(len(copies)) as pool:
            shares = [files[n :: len(copies)] for n in range(len(copies))]
            for found in pool.map(self.record, copies, shares):
                self.add(*found)

    @staticmethod
    def record(copy: Copy, files: list[str]) -> tuple[Path, dict, coverage.CoverageData]:
        record, data, settings = (
            copy.root / name for name in ("tests.json", "lines.sqlite3", "coverage.ini")
        )
        included = ",".join(f"{t}/*" if "." not in t else t for t in TARGETS)
        settings.write_text(f"[run]\ninclude = {included}\n")
        run = ("-m", "coverage", "run", f"--rcfile={settings}", f"--data-file={data}")
        copy.pytest(*files, run=run, MUTATION_RECORD=str(record))
        if not record.is_file():
            sys.exit(f"Without a mutant the tests do not run:\n{(copy.root / 'output.log').read_text()}")
        measured = coverage.CoverageData(str(data))
        measured.read()
        return copy.root, json.loads(record.read_text()), measured

    def add(self, root: Path, recorded: dict, measured: coverage.CoverageData) -> None:
        self.seconds |= recorded["passed"]
        self.failed += recorded["failed"]
        for name in measured.measured_files():
            lines = self.lines[str(Path(name).relative_to(root))]
            for line, tests in measured.contexts_by_lineno(name).items():
                lines[line] |= set(tests)

    @property
    def files(self) -> list[str]:
        return sorted({name.split("::")[0] for name in self.seconds})

    def tests_for(self, mutant: Mutant) -> list[str]:
        """The ids of the tests that could notice a mutant, the likeliest first."""
        lines = self.lines[mutant.path]
        if self.only_at_import(mutant):
            chosen = set().union(*lines.values()) & set(self.seconds)
            others = set(self.seconds) - chosen
        else:
            chosen = self.running(mutant) & set(self.seconds)
            # What a shared fixture ran was recorded under the first test that asked for it.
            files = {name.split("::")[0] for name in chosen}
            others = {name for name in self.seconds if name.split("::")[0] in files} - chosen
        ordered = [*self.in_order(chosen, mutant), *self.in_order(others, mutant)]
        times = accumulate(self.seconds[name] for name in ordered)
        return [
            name
            for name, time in zip(ordered, times, strict=True)
            if time <= self.limit or name == ordered[0]
        ]

    def running(self, mutant: Mutant) -> set[str]:
        """The tests that run the lines of a mutant; a blank one stands for what ran before the first test."""
        lines = self.lines[mutant.path]
        return set().union(*(lines[n] for n in range(mutant.first, mutant.last + 1)))

    def only_at_import(self, mutant: Mutant) -> bool:
        return mutant.at_import or self.running(mutant) == {""}

    def in_order(self, names: set[str], mutant: Mutant) -> list[str]:
        """Tests of a class or module together, as they may share a world: the same app first, then the fastest."""
        groups: dict[str, list[str]] = defaultdict(list)
        for name in self.seconds:
            if name in names:
                groups[name.rpartition("::")[0]].append(name)
        app = f"tests/{mutant.path.split('/')[0]}/"
        cost = {group: sum(self.seconds[name] for name in members) for group, members in groups.items()}
        ordered = sorted(groups, key=lambda group: (not group.startswith(app), cost[group]))
        return [name for group in ordered for name in groups[group]]


def outcome(mutant: Mutant, source: str, copy: Copy, suite: Suite) -> str:
    """`killed` or `timeout` where a test noticed the mutant, `survived`, or `not run` where no test runs its lines."""
    tests = suite.tests_for(mutant)
    if not tests:
        return "not run"
    path = copy.root / mutant.path
    clean, times = path.read_text(), path.stat()
    seconds = int(10 + 4 * sum(suite.seconds[name] for name in tests))
    path.write_text(source)  # for the new process, and for modules that are not imported yet
    try:
        ended = "not planted"
        if not suite.only_at_import(mutant):
            ended = copy.in_fork(str(path), source, clean, tests, seconds)
        if ended == "not planted":
            chosen = copy.root / "chosen.txt"
            chosen.write_text("\n".join(tests))
            files = sorted({name.split("::")[0] for name in tests})
            ended = copy.pytest(
                "-x", *files, timeout=30 * seconds, MUTATION_SELECT=str(chosen), PYTHONDONTWRITEBYTECODE="1"
            )
    finally:
        path.write_text(clean)
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))  # so that its bytecode stays good
    return {"passed": "survived", "failed": "killed"}.get(ended, ended)


def run(
    mutants: list[Mutant], files: dict[str, File], copies: list[Copy], suite: Suite, minutes: float
) -> list[dict]:
    """What became of each mutant that was reached in so many minutes."""
    deadline = time.monotonic() + 60 * minutes
    free: queue.Queue[Copy] = queue.Queue()
    for copy in copies:
        free.put(copy)

    def result(mutant: Mutant) -> dict | None:
        if time.monotonic() > deadline:
            return None
        file, copy, started = files[mutant.path], free.get(), time.monotonic()
        try:
            ended = outcome(mutant, file.mutated(mutant), copy, suite)
        finally:
            free.put(copy)
        took = round(time.monotonic() - started, 1)
        if ended not in KILLED:
            tqdm.write(f"{mutant.id} {ended}\n{file.diff(mutant)}", file=sys.stderr)
        told = {"id": mutant.id, "outcome": ended, "seconds": took, "diff": file.diff(mutant)}
        return told | asdict(mutant)

    with ThreadPoolExecutor(len(copies)) as pool:
        list(pool.map(lambda copy: copy.warm(suite.files), copies))
        results = [
            found for found in tqdm(pool.map(result, mutants), total=len(mutants), unit="mutant") if found
        ]
        list(pool.map(Copy.close, copies))
    return sorted(results, key=lambda found: (found["path"], found["number"]))


def table(results: list[dict]) -> str:
    """The numbers of each module, and what was not noticed, in Markdown."""
    counts: dict[str, Counter] = defaultdict(Counter)
    for result in results:
        parts = result["path"].split("/")
        module = "/".join(parts[:2]) if parts[0] == "core" and len(parts) > 2 else parts[0]
        counts[result["path"] if parts[-1] == "filters.py" and len(parts) == 2 else module][
            result["outcome"]
        ] += 1
    counts["all"] = sum(counts.values(), Counter())
    lines = [
        "| module | mutants | killed | survived | no test runs it | killed, % |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    for module, count in counts.items():
        killed, total = sum(count[outcome] for outcome in KILLED), count.total()
        lines.append(
            f"| {module} | {total} | {killed} | {count['survived']} | {count['not run']} | {100 * killed / total:.0f} |"
        )
    for result in results:
        if result["outcome"] not in KILLED:
            lines.append(f"\n`{result['id']}` {result['outcome']}\n\n```diff\n{result['diff']}\n```")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("paths", nargs="*", default=TARGETS, help="files or directories to mutate")
    parser.add_argument("--count", type=int, default=300, help="size of the sample")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument(
        "--limit", type=float, default=60, help="seconds of tests for one mutant (processor time)"
    )
    parser.add_argument("--minutes", type=float, default=60, help="when no further mutant is begun")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--again",
        action="store_true",
        help="run the survivors of the last run, without limit, not a new sample",
    )
    options = parser.parse_args()
    found = {
        str(path.relative_to(ROOT))
        for target in options.paths
        for path in ([ROOT / target] if target.endswith(".py") else (ROOT / target).rglob("*.py"))
        if not any(part in NOT_MUTATED for part in path.relative_to(ROOT).parts)
    }
    files = {path: File(ROOT, path) for path in sorted(found)}
    mutants = sample(files.values(), options.count, options.seed)
    saved = ROOT / "var" / "mutation.json"
    if options.again:
        left = {(r["path"], r["diff"]) for r in json.loads(saved.read_text()) if r["outcome"] not in KILLED}
        mutants = [m for file in files.values() for m in file.mutants if (m.path, file.diff(m)) in left]
    with tempfile.TemporaryDirectory(prefix="mutation-") as place:
        copies = [Copy(Path(place) / str(n)) for n in range(options.processes)]
        suite = Suite(copies, float("inf") if options.again else options.limit)
        sys.stderr.write(f"{len(suite.seconds)} tests take {sum(suite.seconds.values()):.0f} s")
        failed = " ".join(suite.failed)
        sys.stderr.write(f"; left out, as they fail here: {failed}\n" if failed else "\n")
        results = run(mutants, files, copies, suite, options.minutes)
    if len(results) < len(mutants):
        sys.stderr.write(
            f"{len(results)} of {len(mutants)} mutants were reached in {options.minutes:g} minutes\n"
        )
    saved.parent.mkdir(exist_ok=True)
    saved.write_text(json.dumps(results, indent=1))
    sys.stdout.write(table(results) + "\n")


if __name__ == "__main__":
    main()
