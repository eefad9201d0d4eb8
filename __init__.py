"""gouji: the official tables of government-information disclosure reports, rebuilt and checked.

    import gouji

    extraction = gouji.extract(html)  # or text, bytes, a file's path
    extraction.status  # verified, contradicted, incomplete, no_tables
    extraction["applications/total/total"].value
    extraction.table("applications").to_frame()
    for answer in gouji.extract_many(paths): ...  # in order; a failure is an `Unread` in its place

Each name is imported when it is asked for, so that `import gouji` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gouji.inference.api import extract, extract_many, frame, load, read
    from gouji.inference.extraction import Cell, Check, CheckState, State, Status
    from gouji.inference.extractor import Extractor
    from gouji.inference.outputs.issued import IssuedTable
    from gouji.inference.readers import Unread
    from gouji.inference.result import Extraction
    from gouji.model.errors import GoujiError
    from gouji.model.page import Page

    __version__: str

__all__ = [
    "Cell",
    "Check",
    "CheckState",
    "Extraction",
    "Extractor",
    "GoujiError",
    "IssuedTable",
    "Page",
    "State",
    "Status",
    "Unread",
    "__version__",
    "extract",
    "extract_many",
    "frame",
    "load",
    "read",
]

_HOMES = {
    "inference.api": ("extract", "extract_many", "frame", "load", "read"),
    "inference.extraction": ("Cell", "Check", "CheckState", "State", "Status"),
    "inference.extractor": ("Extractor",),
    "inference.outputs.issued": ("IssuedTable",),
    "inference.readers": ("Unread",),
    "inference.result": ("Extraction",),
    "model.errors": ("GoujiError",),
    "model.page": ("Page",),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}


if not TYPE_CHECKING:  # a checker would take any name for one that is there

    def __getattr__(name: str) -> Any:
        if name == "__version__":
            from importlib.metadata import version

            value: Any = version("gouji")
        elif name in _HOME:
            value = getattr(import_module(f"gouji.{_HOME[name]}"), name)
        else:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
