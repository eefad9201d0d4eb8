"""A process that can be thrown away ends when it is told to, however early that is."""

from __future__ import annotations

import subprocess
import sys

import pytest

# In the forked process TERM comes before anything else does, and its parent's way to handle it is inherited.
EARLY = """
import os, signal
from gouji.inference.disposable import Died, Disposable
from gouji.inference.limits import Limits

signal.signal(signal.SIGTERM, lambda *_: None)
os.register_at_fork(after_in_child=lambda: os.kill(os.getpid(), signal.SIGTERM))
process = Disposable(iter, lambda: None, Limits())
message = process.receive()
process.end()
print(message.how if isinstance(message, Died) else message)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no TERM")
def test_a_process_that_is_ended_while_it_begins_does_not_go_on():
    done = subprocess.run([sys.executable, "-c", EARLY], capture_output=True, text=True, timeout=60)

    assert done.stdout == "SIGTERM\n", done.stderr
