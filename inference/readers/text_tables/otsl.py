"""Tables as models that read pictures write them in tokens: OTSL, also within docling's DocTags.

Flow:  lines -> **rows** -> blocks

`fcel` holds print, `ched` and `rhed` a head's, `srow` a heading over the row; `ecel` is empty; `lcel`, `ucel`
and `xcel` belong to the cell at their left or above them, and are empty here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from gouji.inference.readers.text_tables.rows import Found, table_of

_NAMES = "fcel|ecel|lcel|ucel|xcel|ched|rhed|srow|nl"
PRESENT = re.compile(r"<(?:fcel|ched|rhed|otsl)>")
_TOKEN = re.compile(rf"<({_NAMES})>((?:(?!<(?:{_NAMES})>).)*)", re.DOTALL)
_AROUND = re.compile(r"</?otsl>|<loc_\d+>")
_CAPTION = re.compile(r"<caption>(.*?)</caption>", re.DOTALL)


def find(lines: Sequence[str], index: int) -> Found | None:
    """The table whose tokens begin on a line."""
    if not PRESENT.search(lines[index]):
        return None
    end = index
    while end < len(lines) and (_TOKEN.search(lines[end]) or (end == index and "<otsl>" in lines[end])):
        end += 1
    text = _AROUND.sub("", "\n".join(lines[index:end]))
    captions = [caption[1] for caption in _CAPTION.finditer(text)]
    text = _CAPTION.sub("", text)
    first = _TOKEN.search(text)
    if first is None:
        return None
    rows: list[list[str]] = [[]]
    for token in _TOKEN.finditer(text):
        if token[1] == "nl":
            rows.append([])
        else:
            rows[-1].append(token[2] if token[1] in ("fcel", "ched", "rhed", "srow") else "")
    above = [*captions, text[: first.start()].strip()]
    return Found((*filter(None, above), table_of(row for row in rows if row)), end)
