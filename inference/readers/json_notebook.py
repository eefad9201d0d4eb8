"""Read a Jupyter notebook's JSON: the Markdown of its cells, and what its programs printed, in their order.

Flow:  value -> **Markdown** -> kind -> reader

Programs themselves are no print and are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_PRINTS = ("text/html", "text/markdown", "text/plain")  # of one output, the richest first


def notebook_text(value: Any) -> str | None:
    """What a notebook shows; None where the value is none.

    >>> notebook_text({"nbformat": 4, "cells": [{"cell_type": "markdown", "source": ["# 年报\\n", "无"]}]})
    '# 年报\\n无'
    """
    if not isinstance(value, dict) or "nbformat" not in value or not isinstance(value.get("cells"), list):
        return None
    return "\n\n".join(filter(None, (part for cell in value["cells"] for part in _shown(cell))))


def _shown(cell: Any) -> Iterator[str]:
    """What a cell shows: its Markdown, or its outputs."""
    if not isinstance(cell, dict):
        return
    if cell.get("cell_type") != "code":
        yield _joined(cell.get("source"))
    outputs = cell.get("outputs")
    for output in outputs if isinstance(outputs, list) else ():
        if isinstance(output, dict):
            data = output.get("data")
            prints = data if isinstance(data, dict) else {}
            yield _joined(next((prints[kind] for kind in _PRINTS if kind in prints), output.get("text")))


def _joined(lines: Any) -> str:
    """Lines that are one string, or a list of some."""
    if isinstance(lines, list):
        return "".join(line for line in lines if isinstance(line, str))
    return lines if isinstance(lines, str) else ""
