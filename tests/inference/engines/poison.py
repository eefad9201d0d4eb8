"""Poison for readers in every process, however it is started: put this module's folder on PYTHONPATH.

A text with `crash` in it kills the process that reads it, one with `hang` never ends, and any other takes a
while. It stands in a `sitecustomize`, for an engine's processes are started by the engine.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

_SITE = """
import importlib.util, os, signal, sys, time

class Poison:
    def find_spec(self, name, path, target=None):
        if name != "gouji.inference.readers.text":
            return None
        sys.meta_path.remove(self)
        spec = importlib.util.find_spec(name)
        load = spec.loader.exec_module

        def exec_module(module):
            load(module)
            read = module.read

            def poisoned(content, options):
                time.sleep(0.03)
                if b"crash" in content.whole():
                    os.kill(os.getpid(), signal.SIGSEGV)
                if b"hang" in content.whole():
                    time.sleep(600)
                return read(content, options)

            module.read = poisoned

        spec.loader.exec_module = exec_module
        return spec

sys.meta_path.insert(0, Poison())
"""
LIMIT = "seconds=5"  # innocent pages keep to it on a busy machine


def surroundings(folder: Path, **more: str) -> Mapping[str, str]:
    """The variables of a process whose Python poisons readers, as do those that it starts.

    Args:
        folder: Where the module is written.
        more: Other variables.
    """
    (folder / "sitecustomize.py").write_text(_SITE, encoding="utf-8")
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    return {**os.environ, "PATH": path, "PYTHONPATH": str(folder), "PYTHONUNBUFFERED": "1", **more}


def pages(samples: Path) -> list[str]:
    """Reports, pages without one, and poison: one hangs, two crash, one holds half a character."""
    texts = [f"页 {number}" for number in range(56)]
    texts[3] = texts[40] = (samples / "yunling_2022__lines.txt").read_text(encoding="utf-8")
    texts[5] = texts[41] = "页 crash"
    texts[20] = "页 hang"
    texts[22] = "页 \ud800 半"
    texts[30] = " "
    return texts
