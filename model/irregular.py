"""Tell what lies under a name and is no file: a pipe, a socket, a device.

Reading one may wait for ever, or never end, and empties a pipe for whom it was meant: nothing that is
named as an input is opened before this has been asked. What comes from one is given to standard input.
"""

from __future__ import annotations

import stat
from pathlib import Path

_KINDS = (
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


def what_is_no_file(path: Path) -> str | None:
    """What to say of a name that is there and is neither a file nor a folder; None of any other.

    >>> what_is_no_file(Path("/dev/null"))
    'is a device, no file; save what comes from it and name that, or give it to standard input, as -'
    """
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):
        return None  # opening it says what is wrong
    kind = next((kind for is_one, kind in _KINDS if is_one(mode)), None)
    if kind is None:
        return None
    return f"is {kind}, no file; save what comes from it and name that, or give it to standard input, as -"
