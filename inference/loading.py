"""Keep the extractors of this process: a model takes as long to load as ten pages to read.

Flow:  model folder, forms -> **extractor** -> pages
"""

from __future__ import annotations

import gc
import os
from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from gouji.model.forms import forms_with

if TYPE_CHECKING:
    from gouji.inference.extractor import Extractor

_Stamp = tuple[str, int]  # a file, and when it was changed, in ns
_Key = tuple[tuple[_Stamp, ...] | None, tuple[_Stamp, ...]]  # model, forms

_MOST = 4  # kept at a time
_OBJECTS = 50_000  # made and not gone, from which cycles are looked for; some 5 MB
_kept: dict[_Key, Extractor] = {}
_inherited: dict[_Key, Extractor] = {}  # of the process that this one was forked from
_lock = Lock()


def kept_extractor(model: Path | None = None, forms: Sequence[Path] = ()) -> Extractor:
    """The extractor of a model and of forms, loaded when it is first asked for or its files have changed.

    Several threads may ask for it, and extract with it, at a time.

    Args:
        model: A model folder; the shipped one where not given.
        forms: Files of forms, besides the shipped ones.

    Raises:
        ModelError: The model folder is incomplete.
        FormError: A form's file is faulty.
    """
    key = (None if model is None else _stamps(_files(model)), _stamps(forms))
    with _lock:
        if key not in _kept:
            from gouji.inference.extractor import Extractor

            loaded = Extractor(model, forms_with(forms))
            while len(_kept) >= _MOST:
                del _kept[next(iter(_kept))]
            _kept[key] = loaded
        return _kept[key]


def serve_pages_only() -> None:
    """Have a process that does nothing but extract look for cycles of objects seldom.

    What it has loaded stays, and a page leaves next to none; to look at all of it seven times a page takes 2
    of a page's 30 ms.
    """
    gc.freeze()
    gc.set_threshold(_OBJECTS, *gc.get_threshold()[1:])


def _files(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else [folder]


def _stamps(paths: Sequence[Path]) -> tuple[_Stamp, ...]:
    return tuple((os.path.abspath(path), path.stat().st_mtime_ns if path.exists() else 0) for path in paths)


def _begin_anew() -> None:
    """In a forked process: load its own, and leave those of the other alone; what it had locked stays so."""
    global _inherited, _kept, _lock
    _inherited, _kept, _lock = _kept, {}, Lock()


if hasattr(os, "register_at_fork"):  # not on every system
    os.register_at_fork(after_in_child=_begin_anew)
