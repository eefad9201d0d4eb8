"""Run the blocks of a document in order, in a reader's folder, as a reader would paste them.

Each shell block is run by bash and fails with the first command that fails; the Python blocks of a
document share their names, as in one interpreter. What is printed is kept for the block of output that
follows.
"""

from __future__ import annotations

import io
import os
import subprocess
import traceback
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .document import Block, printed_as_said

SHELL, PYTHON, OUTPUT = "sh", "python", "output"


class DocumentFails(AssertionError):
    """A document prints what does not work; says where, what was expected and what came."""


@dataclass(slots=True)
class Session:
    """A reader at work on one document: the working directory is the reader's folder already."""

    document: Path
    names: dict[str, Any] = field(default_factory=lambda: {"__name__": "__main__"})
    printed: str = ""

    def run(self, block: Block) -> None:
        """Run a block, or hold a block of output against what was printed last."""
        if block.language == SHELL:
            self.printed = self._run_shell(block)
        elif block.language == PYTHON:
            self.printed = self._run_python(block)
        elif block.language == OUTPUT and not printed_as_said(block.source, self.printed):
            raise DocumentFails(f"{self._place(block)}: expected\n{block.source}\nprinted\n{self.printed}")

    def _run_shell(self, block: Block) -> str:
        bash = ["bash", "-euo", "pipefail", "-c", block.source]
        done = subprocess.run(
            bash, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8"
        )
        if done.returncode:
            raise DocumentFails(
                f"{self._place(block)}: exit status {done.returncode} of\n{block.source}\n{done.stdout}"
            )
        return done.stdout

    def _run_python(self, block: Block) -> str:
        """Lines are counted as in the document, so that a traceback names the document's line."""
        code = compile("\n" * (block.line - 1) + block.source, str(self.document), "exec")
        try:
            with redirect_stdout(io.StringIO()) as printed:
                exec(code, self.names)
        except Exception:
            raise DocumentFails(f"{self._place(block)}: {traceback.format_exc()}") from None
        return printed.getvalue()

    def _place(self, block: Block) -> str:
        return f"{os.path.relpath(self.document)} line {block.line}"
