"""The process that reads one file at a time for `index.reading`; run as `python -m index.reader`.

Messages are pickles behind their length (8 bytes, big-endian): a path with its limits comes in, a Document or
an error goes out.
"""

from __future__ import annotations

import os
import pickle
import sys
from pathlib import Path
from typing import BinaryIO

from corpus.errors import Damaged, UprError
from corpus.model import Document

_LENGTH = 8


def receive(stream: BinaryIO) -> object:
    """The next message; raises EOFError where the other side is gone."""
    head = stream.read(_LENGTH)
    if len(head) < _LENGTH:
        raise EOFError
    body = stream.read(int.from_bytes(head, "big"))
    return pickle.loads(body)


def send(stream: BinaryIO, message: object) -> None:
    """Write one message."""
    body = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    stream.write(len(body).to_bytes(_LENGTH, "big") + body)
    stream.flush()


def limit_memory(megabytes: int) -> None:
    """Let this process take no more than so much memory, where the platform can say so."""
    if sys.platform == "win32":
        return
    import resource

    wanted = megabytes * 1024 * 1024
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    if hard == resource.RLIM_INFINITY or wanted < hard:
        resource.setrlimit(resource.RLIMIT_DATA, (wanted, hard))


def read(path: Path, max_mb: int, max_pages: int) -> Document | UprError:
    """The document in a file, or why there is none."""
    from corpus.load import Limits
    from corpus.parse import parse

    try:
        return parse(path, Limits(max_bytes=max_mb * 1024 * 1024, max_pages=max_pages))
    except UprError as error:
        return error
    except RecursionError:
        return Damaged(f"{path.name!r} is nested too deeply to be read.", "Save it again from its program.")
    except (ValueError, LookupError, OSError, ArithmeticError, AttributeError, TypeError) as error:
        reason = f"{path.name!r} could not be read ({type(error).__name__}: {error})."
        return Damaged(reason, "Open it and save it again, or report the file.")


def main() -> None:
    """Serve until the other side closes the pipe."""
    limit_memory(int(sys.argv[1]))
    requests, replies = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not get between the messages
    while True:
        try:
            request = receive(requests)
        except EOFError:
            return
        assert isinstance(request, tuple)
        send(replies, read(*request))


if __name__ == "__main__":
    main()
