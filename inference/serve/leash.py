"""Run a command that must not outlive the service: `python -m gouji.inference.serve.leash COMMAND…`.

Flow:  training of the workbench -> **leash** -> `gouji train`, what that starts

A service that is killed can end nothing any more. It holds the other end of this process's standard input,
which then is closed, whatever became of it; so the command ends here, with all processes of its group.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress

_NICE = 10  # the service's own work goes before


def run(command: Sequence[str]) -> int:
    """Run a command until it ends, or standard input is closed; its exit status."""
    with suppress(AttributeError, OSError):  # not on every system
        os.nice(_NICE)
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # the group is told to end: this process ends after it
    threading.Thread(target=_end_with_the_service, args=(child,), daemon=True).start()
    return child.wait()


def _end_with_the_service(child: subprocess.Popen[bytes]) -> None:
    while os.read(0, 1):  # nothing is sent; the buffered stream would keep the interpreter from its end
        pass
    if os.name == "posix" and os.getpgrp() == os.getpid():  # a group of its own, and of nobody else's
        os.killpg(0, signal.SIGKILL)
    child.kill()


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
