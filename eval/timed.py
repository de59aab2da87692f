"""A command run in a process of its own, with what it took: `spent` gives its seconds, its peak of memory, its output.

`python -m eval.timed COMMAND...` is the small process between: a process inherits the peak of the one that starts it
(Linux counts it before the new program is loaded), and this one's is a few megabytes.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spent:
    """What a command took."""

    seconds: float
    megabytes: float
    output: str


def spent(command: Sequence[str], environment: Mapping[str, str] | None = None) -> Spent:
    """Run a command. Raises CalledProcessError where it fails."""
    outer = [sys.executable, "-m", "eval.timed", *command]
    ran = subprocess.run(
        outer, env={**os.environ, **(environment or {})}, check=True, stdout=subprocess.PIPE, text=True
    )
    output, _, last = ran.stdout.rstrip("\n").rpartition("\n")
    return Spent(**json.loads(last), output=output)


def main(command: Sequence[str]) -> int:
    """Run the command and print what it took after its output; gives its exit code."""
    began = time.perf_counter()
    code = subprocess.run(command, check=False).returncode
    took = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1_000
    sys.stdout.write("\n" + json.dumps({"seconds": took, "megabytes": peak}) + "\n")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
