"""Open a table that holds a report a row: its columns are a form's cells, named by row and column together.

Flow:  content -> **rows** -> one content a row, as the forms print it -> pages

Every row is a report, `FILE#N`; the body that it is of, and the year, stand in columns of their own. A cell
without a column is not known to be blank, and is marked; a row of the form without any is left out.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from gouji.inference.readers.cell_paths import cells_named
from gouji.inference.readers.content import Content, Options
from gouji.inference.readers.writer import Table
from gouji.inference.reading import ReadingError, page_of_bytes
from gouji.inference.unread_marks import UNSEEN
from gouji.model.forms import Block, load_forms
from gouji.model.forms import Table as FormTable

_FEWEST_CELLS = 8  # of a form, that a table's columns are named by, from which it is wide
_FEWEST_ALONE = 30  # likewise, where no column names a body: a band has 15
_SHOWN = 40  # lines, in which a wide table begins
_MOST_HEADS = 6  # rows of them: groups within groups over rows and columns
_FEWEST_NUMBERS = 3  # of a row of data
_NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?(?:[件项条次个宗份元]|万元)?")
_BODY = re.compile(r"单位|机构|机关|部门|地区|主体|名称|区域|issuer|name|body", re.IGNORECASE)
_YEAR_HEAD = re.compile(r"年份|年度|^年$|year", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_WORDS = re.compile(r"[\u3400-\u9fff]")
# A column's label behind a row's, in one head.
_PATH = re.compile(r"[_/.·:：\-—>](?:本年|上一年|现行|处理决定|自然人|商业|总计|结果|其他)")
_AGAIN = "自然人"  # what heads of several levels say once for each row of the form
_FEWEST_AGAIN = 3


@dataclass(frozen=True, slots=True)
class _Wide:
    """A wide table: the cell that each column is, and which columns name the body and the year."""

    form: str
    cells: Mapping[int, str]
    body: int | None
    year: int | None
    rows: tuple[tuple[str, ...], ...]


def is_wide(head: bytes) -> bool:
    """Whether a text begins with a wide table."""
    try:
        text = head.decode("utf-8")
    except UnicodeDecodeError as error:  # at its end the head may be cut within a character
        text = head.decode("utf-8" if error.start > len(head) - 4 else "gb18030", "ignore")
    lines = text.split("\n", _SHOWN)[:_SHOWN]
    signs = any("<t" not in line and _names_cells(line) for line in lines)
    return signs and next(_wide_tables(text), None) is not None


def _names_cells(line: str) -> bool:
    return line.count(_AGAIN) >= _FEWEST_AGAIN or len(_PATH.findall(line)) >= _FEWEST_CELLS


def unpack(content: Content, options: Options) -> Iterator[Content]:
    """The reports of a wide table.

    Raises:
        ReadingError: It cannot be decoded, or holds no whole row.
    """
    text = page_of_bytes(content.whole(), content.name, options.encoding or content.charset).text
    number = 0
    for wide, above in _wide_tables(text):
        for row in wide.rows:
            number += 1
            page = _page(wide, row, _YEAR.search(above))
            yield Content(f"{content.name}#{number}", page.encode(), charset="utf-8", decoded=True)
    if not number:
        raise ReadingError(f"{content.name}: begins as a table with a report a row, and holds no whole row")


def _wide_tables(text: str) -> Iterator[tuple[_Wide, str]]:
    """The wide tables of a text, and what stands above each."""
    from gouji.inference.readers.text_tables import tables_of_text

    for table, above in tables_of_text(text):
        wide = _wide(table)
        if wide is not None:
            yield wide, above


def _wide(table: Table) -> _Wide | None:
    """A table as a wide one; None where its columns are no cells of a form."""
    rows = table.rows
    first = next((i for i, row in enumerate(rows) if sum(map(_is_number, row)) >= _FEWEST_NUMBERS), 0)
    if not 0 < first <= _MOST_HEADS or len(rows[first]) < _FEWEST_CELLS:
        return None
    paths = _paths(rows[:first], len(rows[first]))
    named = cells_named(paths)
    if named is None or len(named[1]) < _FEWEST_CELLS:
        return None
    form, keys = named
    others = [place for place, path in enumerate(paths) if path not in keys]
    data = tuple(row for row in rows[first:] if any(map(_is_number, row)))
    body = _column(others, paths, data, _BODY, _WORDS)
    if body is None and len(keys) < _FEWEST_ALONE:
        return None
    cells = {place: keys[path] for place, path in enumerate(paths) if path in keys}
    return _Wide(form, cells, body, _column(others, paths, data, _YEAR_HEAD, _YEAR), data)


def _is_number(cell: str) -> bool:
    return _NUMBER.fullmatch(cell) is not None


def _paths(heads: Sequence[Sequence[str]], width: int) -> list[str]:
    """What the heads of each column say, from above.

    In the upper rows a head stands over the empty cells at its right too, as far as none begins above them.
    """
    levels: list[list[str]] = []
    begun = [False] * width
    for depth, row in enumerate(heads):
        level = [*row, *[""] * (width - len(row))][:width]
        begins = [before or bool(cell) for before, cell in zip(begun, level, strict=True)]
        for place in range(1, width):
            if not level[place] and not begun[place] and depth < len(heads) - 1:
                level[place] = level[place - 1]
        levels.append(level)
        begun = begins
    columns = zip(*levels, strict=True)
    return ["_".join(part for part, _ in groupby(filter(None, column))) for column in columns]


def _column(
    places: Sequence[int],
    paths: Sequence[str],
    rows: Sequence[Sequence[str]],
    head: re.Pattern[str],
    print_: re.Pattern[str],
) -> int | None:
    """The first column of some whose head says one thing, or else the first, whose cells all print it."""
    fitting = [place for place in places if all(place < len(r) and print_.search(r[place]) for r in rows)]
    return next((place for place in fitting if head.search(paths[place])), next(iter(fitting), None))


def _page(wide: _Wide, row: Sequence[str], year: re.Match[str] | None) -> str:
    """A row as a report: the body, the year, and the form's tables."""
    printed = {key: row[place] if place < len(row) else UNSEEN for place, key in wide.cells.items()}
    own_year = _YEAR.search(row[wide.year]) if wide.year is not None else year
    lines = [[f"填报单位：{row[wide.body]}"]] if wide.body is not None else []
    lines += [[f"统计期限：{own_year[0]}年"]] if own_year is not None else []
    for table in load_forms()[wide.form].tables:
        held = [line for block in table.blocks for line in _block(table, block, printed)]
        lines += [[table.title], *held] if held else []
    return "\n".join(line[0] if len(line) == 1 else _quoted(line) for line in lines) + "\n"


def _block(table: FormTable, block: Block, printed: Mapping[str, str]) -> list[list[str]]:
    """The lines of a block whose rows the table has: each its label and its cells."""
    rows = []
    for row in block.rows:
        keys = [f"{table.id}/{row.id}/{column.id}" for column in block.columns]
        if any(key in printed for key in keys):
            rows.append((row.label, [printed.get(key, UNSEEN) for key in keys]))
    heads = [column.label for column in block.columns]
    if not rows:
        return []
    if table.printed == "band":
        cells = [cell for _, own in rows for cell in own]
        return [[label for label, _ in rows], heads * len(rows), cells]
    return [
        *([[block.label]] if block.label else []),
        ["信息内容", *heads],
        *([label, *own] for label, own in rows),
    ]


def _quoted(cells: Sequence[str]) -> str:
    held = io.StringIO()
    csv.writer(held, quoting=csv.QUOTE_ALL, lineterminator="").writerow(cells)
    return held.getvalue()
