"""Find tables that are no `table`: rows and cells that are divisions, list items or spans.

Flow:  tree -> **rows of cells** -> blocks -> text
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode


def grid_rows(node: LexborNode, depth: int) -> list[list[LexborNode]] | None:
    return None
