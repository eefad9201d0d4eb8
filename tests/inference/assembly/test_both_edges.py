"""A row that both edges of a sheet cut off is read between them, where its headers tell its first column."""

from __future__ import annotations

from gouji.inference.extraction import State
from gouji.inference.extractor import Extractor
from gouji.inference.readers.writer import write_lines
from gouji.inference.unread_marks import CUT_OFF
from gouji.model.page import Page

_LEAVES = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"] * 3
_PRINTED = ["0", "17", "2", "20", "0", "2", "0", "2", "4", "5", "0", "5"]


def test_the_cells_between_the_edges_are_read_and_the_first_is_open(extractor: Extractor):
    states = _review(extractor, ["行政复议", "行政诉讼"], _LEAVES[:14], [CUT_OFF, *_PRINTED, CUT_OFF])

    assert states == [State.AMBIGUOUS, *[State.READ] * 12, *[State.MISSING] * 2]


def test_columns_of_which_the_first_row_of_the_form_has_none_are_not_told(extractor: Extractor):
    states = _review(extractor, ["行政诉讼"], _LEAVES[5:14], [CUT_OFF, *_PRINTED[:7], CUT_OFF])

    assert State.READ not in states


def _review(extractor: Extractor, groups: list[str], leaves: list[str], row: list[str]) -> list[State]:
    """The states of the cells of the table, as its edges leave it."""
    rows = [groups, ["未经复议直接起诉", "复议后起诉"], leaves, row]
    written = write_lines(
        [
            [("四、政府信息公开行政复议、行政诉讼情况", False)],
            [("\t".join(cells), True) for cells in rows],
            [("五、存在的主要问题及改进情况", False)],
        ]
    )
    page = Page("a", written.text, rows=written.tables[0])
    extraction = extractor.extract(page)
    return [cell.state for cell in extraction.cells if cell.key.startswith("review/")]
