"""Progress of long work: a bar on a terminal, plain lines elsewhere."""

import sys
from collections.abc import Iterable, Iterator
from io import TextIOBase
from typing import TextIO, TypeVar

from tqdm import tqdm

Step = TypeVar("Step")


def track(steps: Iterable[Step], label: str, stream: TextIO | TextIOBase | None = None) -> Iterator[Step]:
    """Yield the steps of a list, showing how far they are. On no terminal: one line when they are done."""
    stream = stream or sys.stderr
    steps = list(steps)
    if stream.isatty():
        yield from tqdm(steps, desc=label, file=stream, leave=False, unit="")
        return
    yield from steps
    if steps:
        stream.write(f"{label}: {len(steps)}\n")
