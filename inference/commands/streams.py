"""Standard streams that are closed, or that take no more: said in words, as of any other output.

A stream that is closed has no number, and the next file that is opened gets it: what is then printed would
stand in that file. So its number is taken before anything is read.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF)


def take_numbers_of_closed_streams() -> None:
    """Let a closed standard input be empty, a closed stderr take all, and a closed stdout nothing."""
    if sys.stdin is None:
        _take(0, os.O_RDONLY)
        sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)
    if sys.stdout is None:
        _take(1, os.O_RDONLY)  # writing there fails, and that is said
        sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
    if sys.stderr is None:
        _take(2, os.O_WRONLY)
        sys.stderr = os.fdopen(2, "w", encoding="utf-8", closefd=False)


@contextmanager
def said_where_it_is_full() -> Iterator[None]:
    """Say that stdout takes no more, and exit with 2; what is still held for it is written first."""
    try:
        try:
            yield
        finally:
            sys.stdout.flush()
    except OSError as error:
        if error.errno not in (*_FULL, errno.EPIPE):
            raise
        nowhere = os.open(os.devnull, os.O_WRONLY)
        sys.stdout = os.fdopen(nowhere, "w", encoding="utf-8")  # what is left is not tried again
        if error.errno == errno.EPIPE:  # who reads has seen enough
            sys.exit(1)
        from gouji.inference.printable import in_line

        name = in_line(os.fsdecode(error.filename)) if error.filename else "stdout"
        fault = f"{name}: cannot be written: {error.strerror}; make room, or name another place"
        click.echo(f"gouji: {fault}", err=True)
        sys.exit(2)


def _take(number: int, how: int) -> None:
    opened = os.open(os.devnull, how)
    if opened != number:
        os.dup2(opened, number)
        os.close(opened)
