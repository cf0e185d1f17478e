"""Progress of long work: a bar on a terminal, plain lines elsewhere."""

import sys

from tqdm import tqdm


def track(steps, label, stream=None):
    """Yield the steps of a list, showing how far they are. On no terminal: one line when they are done."""
    stream = stream or sys.stderr
    steps = list(steps)
    if stream.isatty():
        yield from tqdm(steps, desc=label, file=stream, leave=False, unit="")
        return
    yield from steps
    if steps:
        stream.write(f"{label}: {len(steps)}\n")
