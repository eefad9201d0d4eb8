"""Make the sample pages of a layout that no tool makes: the tables read aloud, row by row, in sentences.

Flow:  report -> stand-ins -> **read aloud** -> text and spans -> labelled pages, page files, truths

Run from anywhere, with the train extra: `python samples/read_aloud/make.py`. Reports, figures and prose are
made up; none is a real issuer's. The pages are whole ones, whose own form's every cell is printed.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from itertools import count, islice
from pathlib import Path

from gouji.annotations.page_files import write_page_files
from gouji.annotations.pages import LabelledPage, write_labelled_pages
from gouji.model.forms import load_forms
from gouji.model.labels import Tag
from gouji.training.composition import compose_report
from gouji.training.reports import Cell, Grid, Report
from gouji.training.standins import Codebook

HERE = Path(__file__).parent
SEED, LABELLED, TESTED = 5, 5, 12


def read_aloud_pages(seed: int) -> Iterator[LabelledPage]:
    """Pages of one issuer each, without end; each depends on the seed and its number alone."""
    issuers: set[str] = set()
    for number in count():
        report = compose_report(random.Random(f"{seed}/{number}"), consistent=True)
        if not _is_whole(report) or report.issuer in issuers:
            continue
        issuers.add(report.issuer)
        codebook = Codebook()
        text, pieces = codebook.decode(read_aloud(codebook.encode(_with_blanks_said(report))))
        yield LabelledPage(
            id=f"aloud{number}",
            text=text,
            spans=tuple(piece.span for piece in pieces),
            tool="read_aloud",
            issuer=report.issuer,
            form=report.form,
            truth=report.truth,
        )


def read_aloud(report: Report) -> str:
    """The page: paragraphs as they are, each table one paragraph of sentences."""
    return "\n".join(
        "".join(map(_sentence, block.rows)) if isinstance(block, Grid) else block.text
        for block in report.blocks
    )


def _sentence(row: tuple[Cell, ...]) -> str:
    labels = " ".join(_said(cell) for cell in row if cell.tag is not Tag.VALUE and cell.text)
    values = " ".join(_said(cell) for cell in row if cell.tag is Tag.VALUE)
    if not values:
        return f"表头依次读作{labels}。"
    return (
        f"这一行是{labels}，由左至右读 {values} ，读完。" if labels else f"数字由左至右读 {values} ，读完。"
    )


def _said(cell: Cell) -> str:
    return cell.text.replace("\n", "")


def _with_blanks_said(report: Report) -> Report:
    """An empty cell is read as 无."""

    def said(cell: Cell) -> Cell:
        return replace(cell, text="无") if cell.tag is Tag.VALUE and not cell.text.strip() else cell

    blocks = (
        replace(block, rows=tuple(tuple(map(said, row)) for row in block.rows))
        if isinstance(block, Grid)
        else block
        for block in report.blocks
    )
    return replace(report, blocks=tuple(blocks))


def _is_whole(report: Report) -> bool:
    """Whether every cell of the report's form is printed, and no blank as a double dash.

    The assembler takes that for two blanks; no tag could help it.
    """
    form = load_forms().get(report.form or "")
    cells = (cell for block in report.blocks if isinstance(block, Grid) for row in block.rows for cell in row)
    return (
        form is not None
        and set(report.truth) == {key for table in form.tables for key in table.keys()}
        and all(cell.text != "——" for cell in cells)
    )


if __name__ == "__main__":
    pages = read_aloud_pages(SEED)
    write_labelled_pages(islice(pages, LABELLED), HERE / "labelled.jsonl")
    write_page_files(islice(pages, TESTED), HERE)
