"""What goes wrong when answers are written in another form: the user's file, or a package not there."""

from __future__ import annotations

import importlib
from types import ModuleType

from gouji.model.errors import GoujiError

EXTRA = "tables"


class OutputError(GoujiError):
    """A file cannot be written or read; the message names it, and what to do."""


def needed(module: str, extra: str = EXTRA) -> ModuleType:
    """A module of an extra, `tables` where none is named.

    Raises:
        OutputError: It is not installed; says what to install.
    """
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as error:
        package = module.split(".")[0]
        if (error.name or package).split(".")[0] != package:
            raise
        raise OutputError(f"{package} is not installed; run pip install 'gouji[{extra}]'") from error
