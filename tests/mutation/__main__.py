"""Plant small faults in copies of the source, one at a time, and see whether a test fails: `make mutate`.

First all tests run once in the clean copy, to record which test runs which lines. Then each mutant meets the tests that
run its lines: those on small worlds first, then those on the live knowledge base, the fastest first, until one
fails. A fault outside of every function meets all small tests. Results: var/mutation.json, and a table in Markdown.
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
from pathlib import Path

import coverage
from tqdm import tqdm

from tests.mutation.mutants import File, Mutant, sample

ROOT = Path(__file__).resolve().parents[2]
TARGETS = (
    "core", "search", "identify", "compare", "catalog/filters.py", "mechanisms/filters.py", "trials/filters.py",
)  # fmt: skip
NOT_MUTATED = ("migrations", "apps.py", "admin.py", "admin_site.py")
# Tests that need a browser, another database or a network of processes, and those of the documents.
NOT_RUN = (
    "tests/test_accessibility.py", "tests/test_browser.py", "tests/search/test_search_browser.py",
    "tests/test_documentation.py", "tests/test_settings.py", "tests/test_data.py", "tests/test_operations.py",
    "tests/figures", "tests/search/test_golden.py", "tests/core/test_progress.py",
)  # fmt: skip
LIVE_SECONDS = 60  # of tests on the knowledge base for one mutant; what is left out can only kill more
KILLED = ("killed", "timeout")


class Copy:
    """A copy of the source in which faults are planted and tests run."""

    def __init__(self, place: Path) -> None:
        self.root = place
        listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
        for name in subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split(
            "\n"
        ):
            if (ROOT / name).is_file():
                (place / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, place / name)

        self.python("manage.py", "migrate", "--verbosity=0", DATABASE_URL=f"sqlite:///{place}/empty.sqlite3")

    def python(self, *arguments: str, timeout: float | None = None, **environment: str) -> str:
        """How a command ended: `passed`, `failed` or `timeout`; what it said is in `output.log`."""
        environment = {**os.environ, "PYTHONPATH": str(self.root), **environment}
        with (self.root / "output.log").open("w") as log:
            process = subprocess.Popen(
                [sys.executable, *arguments],
                cwd=self.root, env=environment, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
            try:
                return "failed" if process.wait(timeout) else "passed"
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
                return "timeout"

    def pytest(
        self, *arguments: str, run: tuple[str, ...] = (), timeout: float | None = None, **environment: str
    ) -> str:
        """How tests ended that begin with an empty database, under coverage.py where `run` is its command."""
        shutil.copy(self.root / "empty.sqlite3", self.root / "test.sqlite3")
        environment |= {
            "TEST_DB": str(self.root / "test.sqlite3"),
            "DATABASE_URL": "sqlite:///unused.sqlite3",
        }
        plugins = (
            "-p",
            "tests.mutation.recorder",
            "-p",
            "no:hypothesispytest",
            "-p",
            "no:xdist",
            "--reuse-db",
        )
        return self.python(*run, "-m", "pytest", *plugins, *arguments, timeout=timeout, **environment)


class Suite:
    """The tests of one kind (`small` or `live`), and which of them run which lines."""

    def __init__(self, kind: str, copy: Copy) -> None:
        self.kind, self.record, self.data = kind, copy.root / f"{kind}.json", copy.root / f".coverage-{kind}"
        settings = copy.root / "coverage.ini"
        settings.write_text(
            f"[run]\ninclude = {','.join(f'{t}/*' if '.' not in t else t for t in TARGETS)}\n"
        )
        run = ("-m", "coverage", "run", f"--rcfile={settings}", f"--data-file={self.data}")
        ignored = [f"--ignore={path}" for path in NOT_RUN]
        copy.pytest(*ignored, run=run, MUTATION_RECORD=str(self.record), MUTATION_KIND=kind)
        recorded = json.loads(self.record.read_text())
        self.seconds: dict[str, float] = recorded["passed"]
        self.failed: list[str] = recorded["failed"]
        if not self.seconds:
            sys.exit(f"No {kind} test passes without a mutant:\n{(copy.root / 'output.log').read_text()}")
        measured = coverage.CoverageData(str(self.data))
        measured.read()
        self.lines = {
            str(Path(name).relative_to(copy.root)): measured.contexts_by_lineno(name)
            for name in measured.measured_files()
        }

    def tests_for(self, mutant: Mutant) -> list[str]:
        """The ids of the tests that could notice a mutant, the fastest first."""
        lines = self.lines.get(mutant.path, {})
        if not mutant.at_import:
            chosen = set().union(*(lines.get(n, ()) for n in range(mutant.first, mutant.last + 1)))
        else:
            chosen = set().union(self.seconds if self.kind == "small" else (), *lines.values())
        chosen &= set(self.seconds)
        if self.kind == "live":
            ordered = sorted(chosen, key=self.seconds.__getitem__)
            times = accumulate(self.seconds[name] for name in ordered)
            return [name for name, time in zip(ordered, times, strict=True) if time < LIVE_SECONDS]
        # What a shared fixture ran was recorded under the first test that asked for it.
        files = {name.split("::")[0] for name in chosen}
        others = {name for name in self.seconds if name.split("::")[0] in files} - chosen
        return [*self.in_order(chosen, mutant), *self.in_order(others, mutant)]

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


def outcome(mutant: Mutant, source: str, copy: Copy, suites: list[Suite]) -> str:
    """`killed` or `timeout` where a test noticed the mutant, `survived`, or `not run` where no test runs its lines."""
    path = copy.root / mutant.path
    clean, times = path.read_text(), path.stat()
    path.write_text(source)
    ran = False
    try:
        for suite in suites:
            if tests := suite.tests_for(mutant):
                ran = True
                chosen = copy.root / "chosen.txt"
                chosen.write_text("\n".join(tests))
                timeout = 40 + 4 * sum(suite.seconds[name] for name in tests)
                files = sorted({name.split("::")[0] for name in tests})
                ended = copy.pytest(
                    "-x", *files, timeout=timeout, MUTATION_SELECT=str(chosen), PYTHONDONTWRITEBYTECODE="1"
                )
                if ended != "passed":
                    return "killed" if ended == "failed" else ended
    finally:
        path.write_text(clean)
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))  # so that its bytecode stays good
    return "survived" if ran else "not run"


def run(mutants: list[Mutant], files: dict[str, File], copies: list[Copy], suites: list[Suite]) -> list[dict]:
    """What became of each mutant, in the order given."""
    free: queue.Queue[Copy] = queue.Queue()
    for copy in copies:
        free.put(copy)

    def result(mutant: Mutant) -> dict:
        file, copy, started = files[mutant.path], free.get(), time.monotonic()
        try:
            ended = outcome(mutant, file.mutated(mutant), copy, suites)
        finally:
            free.put(copy)
        took = round(time.monotonic() - started, 1)
        if ended not in KILLED:
            tqdm.write(f"{mutant.id} {ended}\n{file.diff(mutant)}", file=sys.stderr)
        return {
            "id": mutant.id,
            "outcome": ended,
            "seconds": took,
            "diff": file.diff(mutant),
            **asdict(mutant),
        }

    with ThreadPoolExecutor(len(copies)) as pool:
        return list(tqdm(pool.map(result, mutants), total=len(mutants), unit="mutant"))


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
    parser.add_argument("--small", action="store_true", help="without the tests that load the knowledge base")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--again", action="store_true", help="run the survivors of the last run, not a new sample"
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
        copies = [Copy(Path(place) / str(n)) for n in range(2)]
        with ThreadPoolExecutor(len(copies)) as pool:
            suites = list(pool.map(Suite, ("small",) if options.small else ("small", "live"), copies))
        for suite in suites:
            sys.stderr.write(
                f"{len(suite.seconds)} tests ({suite.kind}) take {sum(suite.seconds.values()):.0f} s"
            )
            sys.stderr.write(
                f"; left out, as they fail here: {' '.join(suite.failed)}\n" if suite.failed else "\n"
            )
        results = run(mutants, files, copies, suites)
    saved.parent.mkdir(exist_ok=True)
    saved.write_text(json.dumps(results, indent=1))
    sys.stdout.write(table(results) + "\n")


if __name__ == "__main__":
    main()
