"""Tables as CSV and TSV, among the lines of a text or alone: quotes, and line breaks within them, understood.

Flow:  lines -> **records** -> blocks

Commas stand in sentences too. Records are a table where several of their cells are official labels, and none
is a sentence. Cells parted by tabs alone are read in the text itself, unless quotes or what pandas writes
are among them.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from gouji.inference.readers.form_words import is_official
from gouji.inference.readers.text_tables.rows import Found, Lines, is_filled, table_of

# Among tabs: a data frame's index or marks, a cell in quotes.
_TABS = re.compile(
    r"(?m)^ *\t *0 *\t *1 *\t|\t(?:nan|NaN|<NA>|None|-?\d+\.0+) *(?:\t|$)"
    r'|(?:^|\t)"[^"\t]{0,200}"(?:\t|$)'
)
PRESENT = re.compile(
    rf"(?m)^[^,\n]*,[^,\n]*,|^[^;\n]*;[^;\n]*;|{_TABS.pattern.removeprefix('(?m)')}"
    r"|^[^\t\n]*\t[^\n]*\t"
)
_DELIMITERS = ",;\t"
_FEWEST = 2  # records
_FEWEST_LABELS = 2  # official ones among the cells, from which records are a table of a report
_WIDE = 3  # cells of every record, from which one official label is enough
_MOST_LINES = 30  # of one record; a quotation mark that is not closed would take the rest of the text
_FEWEST_OF_SHEET, _PADDING = 3, 2  # rows; blank cells behind a heading
_SENTENCE = re.compile(r"[。！？].")
_PARTED = re.compile(r"\S *(?:[|│┃\t]| {2}) *-?\d")  # a number behind other print: cells of another kind
# With its unit, or a mark in its place.
_FIGURE = re.compile(r"\W*(?:\d[\d.,]*(?:[件项条次个宗份元]|万元)?|[^\W\d]{0,3})\W*")


def find(lines: Lines, index: int, *, plain_tabs: bool = False) -> Found | None:
    """The records that begin at a line, with the delimiter that parts them into most cells.

    Args:
        lines: The lines of the text.
        index: Where the records begin.
        plain_tabs: Whether cells that tabs alone part are looked for, too.
    """
    delimiters = [mark for mark in _DELIMITERS if mark in lines[index]]
    for mark in sorted(delimiters, key=lambda mark: -lines[index].count(mark)):
        if index < lines.fruitless.get(mark, 0):
            continue
        found = list(_records(islice(lines, index, None), mark))
        text = "\n".join(lines[index : index + found[-1][1]]) if found else ""
        records = [record for record, _ in found]
        if mark == "\t" and not plain_tabs and not _TABS.search(text) and not _is_sheet(records):
            lines.fruitless[mark] = index + (found[-1][1] if found else 0)
            continue
        even = len(set(map(len, records))) == 1 and all(len(record) >= _WIDE for record in records)
        if len(records) >= _FEWEST and is_official(records, 1 if even else _FEWEST_LABELS):
            return Found((table_of(records),), index + found[-1][1])
        if found:
            lines.tried(mark, index + found[-1][1])
    return None


def _is_sheet(records: Sequence[Sequence[str]]) -> bool:
    """Whether records are a sheet's rows: as wide as one another, merged cells filled up."""
    rows = [[cell.strip() for cell in record] for record in records]
    widths = set(map(len, rows))
    padded = any(not row[0] or (not any(row[-_PADDING:]) and not is_official([row], 1)) for row in rows)
    return (
        len(rows) >= _FEWEST_OF_SHEET
        and len(widths) == 1
        and min(widths) > _PADDING
        and (padded or is_filled(rows))
    )


def _records(lines: Iterable[str], mark: str) -> Iterator[tuple[list[str], int]]:
    """Records of several cells each, none a sentence, and for each how many lines were read."""
    reader = csv.reader((f"{line}\n" for line in lines), delimiter=mark)
    before = 0
    try:
        for record in reader:
            if not _is_record(record) or reader.line_num - before > _MOST_LINES:
                return
            before = reader.line_num
            yield record, before
    except csv.Error:
        return


def _is_record(cells: Sequence[str]) -> bool:
    """Whether pieces of a line are cells: an official label is among them, or a figure among several."""
    if len(cells) < 2 or cells[0].lstrip().startswith(("[", "{", "|")):
        return False
    if any(_SENTENCE.search(cell) or _PARTED.search(cell) for cell in cells):
        return False
    has_figure = len(cells) >= _WIDE and any(_FIGURE.fullmatch(cell) for cell in cells)
    return has_figure or is_official([cells], 1)
