"""Which of several processes this is, where a launcher has started more than one.

Training runs in several processes under `accelerate launch`. All of them train; the main one
alone prints, and writes the model folder.
"""

from __future__ import annotations

import os

_RANK = ("RANK", "PMI_RANK", "OMPI_COMM_WORLD_RANK")  # torchrun's and accelerate's, MPICH's, Open MPI's
_COUNT = ("WORLD_SIZE", "PMI_SIZE", "OMPI_COMM_WORLD_SIZE")
_COUNT_HERE = ("LOCAL_WORLD_SIZE", "MPI_LOCALNRANKS", "OMPI_COMM_WORLD_LOCAL_SIZE")


def is_main_process() -> bool:
    """Whether this process is the one that prints and writes; true where there is but one."""
    return _number(_RANK, 0) == 0


def process_count() -> int:
    """How many processes train together, on all machines."""
    return _number(_COUNT, 1)


def processes_here() -> int:
    """How many of them share this machine."""
    return _number(_COUNT_HERE, process_count())


def _number(names: tuple[str, ...], otherwise: int) -> int:
    values = (os.environ.get(name, "") for name in names)
    return next((int(value) for value in values if value.isdigit()), otherwise)
