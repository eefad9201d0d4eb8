"""Write text and rows of cells as markup, so that what another program told is read as a page is.

Flow:  values -> **markup** -> HTML's reader -> page

Text that is laid out by lines, with borders or tabs, keeps its lines as they are.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

_LAID_OUT = re.compile(r"(?m)^[^\n]*(?:\t|\|[^\n]*\||&[^\n]*\\\\)")


def paragraphs(text: str) -> str:
    """Lines of text, none of them markup.

    >>> paragraphs("第一章\\n<略>")
    '<p>第一章</p><p>&lt;略&gt;</p>'
    """
    if _LAID_OUT.search(text):
        return f"<pre>{html.escape(text, quote=False)}</pre>"
    return "".join(f"<p>{html.escape(line, quote=False)}</p>" for line in text.splitlines() if line.strip())


def table(rows: Iterable[Iterable[str]]) -> str:
    """Rows of cells; an empty text is an empty cell.

    >>> table([["规章", "3", ""]])
    '<table><tr><td>规章</td><td>3</td><td></td></tr></table>'
    """
    return f"<table>{''.join(f'<tr>{_cells(row)}</tr>' for row in rows)}</table>"


def _cells(row: Iterable[str]) -> str:
    return "".join(f"<td>{html.escape(cell, quote=False)}</td>" for cell in row)
