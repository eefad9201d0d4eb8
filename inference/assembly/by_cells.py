"""Choose the columns of rows that have more cells than the form: each is its header's.

Flow:  headers of a block -> **choice by cells** -> printed lines -> line readings

Where the file knows headers and rows by their cells, these say which column is the publisher's own (备注). To
count the numbers does not: a blank in the row makes them as many as the form's columns.
"""

from __future__ import annotations

from gouji.inference.assembly.block_headers import BlockHeaders
from gouji.inference.assembly.cell_places import cells_of, places_of
from gouji.inference.assembly.columns import HEADERS, Choice, Columns, form_order
from gouji.inference.assembly.strips import Strip
from gouji.inference.assembly.wording import named


def by_cells(view: BlockHeaders) -> Choice | None:
    """The columns of rows that have a cell for each header's, and more of them than the form has columns.

    None where no row has. They are open where headers print something in more cells than the form's, and not
    each of its columns is named in one.
    """
    page = view.marked.page
    heads = next((row for _, header in view.leaves if (row := cells_of(page, header.start))), ())
    if not heads:
        return None
    rows = {index: _label_cells(view, strip, len(heads)) for index, strip in view.strips.items()}
    wider = {index: labels for index, labels in rows.items() if 0 < labels < len(heads) - view.width}
    if not wider:
        return None
    texts = [page.text[slice(*cell)] for cell in heads[min(wider.values()) :]]
    printed = tuple(named(view.vocabulary.names, text) for text in texts)
    columns = tuple(column if column in range(view.width) else None for column in printed)
    own = [column for column in columns if column is not None]
    if len(set(wider.values())) == 1 and len(wider) == len(rows) and sorted(own) == list(range(view.width)):
        return Choice(Columns(columns, HEADERS))
    if sum(bool(text.strip()) for text in texts) <= view.width:
        return None
    return Choice(form_order(view.width), frozenset(wider))


def _label_cells(view: BlockHeaders, strip: Strip, width: int) -> int:
    """How many cells of a row hold its label and what stands before it; 0 where it has not so many cells."""
    label_end, first = places_of(strip)
    cells = cells_of(view.marked.page, label_end)
    if len(cells) != width or (strip.chunks and not cells[0][0] <= first <= cells[-1][1]):
        return 0
    return sum(start < label_end for start, _ in cells)
