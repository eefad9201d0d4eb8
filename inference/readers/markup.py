"""Write text and rows of cells as markup, so that what another program told is read as a page is.

Flow:  values -> **markup** -> HTML's reader -> page

Text of several lines keeps them as they are: they may be laid out.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

_LAID_OUT = re.compile(r"[\t\n]")


def paragraphs(text: str) -> str:
    """Text, none of it markup.

    >>> paragraphs("第一章 <略>"), paragraphs("规章\\t3")
    ('<p>第一章 &lt;略&gt;</p>', '<pre>规章\\t3</pre>')
    """
    escaped = html.escape(text, quote=False)
    if _LAID_OUT.search(text.strip("\n")):
        return f"<pre>{escaped}</pre>"
    return f"<p>{escaped}</p>" if text.strip() else ""


def table(rows: Iterable[Iterable[str]], *, is_grid: bool = False) -> str:
    """Rows of cells; an empty text is an empty cell, or of a grid a part of a merged one.

    >>> table([["规章", "3", ""]])
    '<table><tr><td>规章</td><td>3</td><td></td></tr></table>'
    """
    frame = ' class="dataframe"' * is_grid
    return f"<table{frame}>{''.join(f'<tr>{_cells(row)}</tr>' for row in rows)}</table>"


def _cells(row: Iterable[str]) -> str:
    return "".join(f"<td>{html.escape(cell, quote=False)}</td>" for cell in row)
