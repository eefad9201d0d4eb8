"""Extraction: from the bytes of a page to its checked tables.

What a program needs stands at the root: `gouji.extract`. `Extractor` takes pages that are read already;
it is imported when it is asked for, so that the command line starts fast.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gouji.inference.extractor import Extractor

__all__ = ["Extractor"]


def __getattr__(name: str) -> Any:
    if name == "Extractor":
        from gouji.inference.extractor import Extractor

        return Extractor
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
