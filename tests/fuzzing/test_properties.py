"""Whatever a file holds, it is a page, or an error that says so; whatever a page holds, it is answered.

What is drawn here is no report: pieces of reports, of markup, of JSON and of nothing at all, in any order.
Real reports in any layout are drawn in tests/inference/extractor, records of answers in
tests/inference/outputs; `python -m tests.fuzzing` goes on for hours.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gouji.model.forms import load_forms
from gouji.model.page import Page

from .promises import assert_answer_is_sound
from .targets import check_answer, check_file, extractor

# By hand, hours of it, other files for each seed:
#   EXAMPLES=20000 pytest tests/fuzzing/test_properties.py --hypothesis-seed=1
EXAMPLES = int(os.environ.get("EXAMPLES", "0"))
BOUNDED = settings(
    deadline=None,
    max_examples=EXAMPLES or 60,
    derandomize=not EXAMPLES,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)

TABLES = [table for form in load_forms().values() for table in form.tables]
BLOCKS = [block for table in TABLES for block in table.blocks]
LABELS = sorted(
    {table.title for table in TABLES}
    | {label.label for block in BLOCKS for label in (*block.rows, *block.columns, *block.groups)}
)
MARKS = ("", "0", "/", "—", "1,036", "14.495万元", "减1", "１２", "0 0", "²", "9" * 40)
FIGURES = st.integers(-3, 60_000).map(str) | st.sampled_from(MARKS)
PIECES = st.one_of(st.sampled_from(LABELS), FIGURES, FIGURES, st.text(max_size=6))
SEPARATORS = st.sampled_from(
    ("\n", "\t", " ", "|", "\n| ", " | ", ",", "", "\u3000", "\r\n", "&", "<br>", "\u200b")
)
MARKUP = st.sampled_from(
    """<table> <tr> <td> <td/colspan=3> <td/rowspan=2> <th> </td> </table> <p> <div/hidden> <!-- --> <ruby>
    <style>td{display:none}</style> <script>var/a={ }</script> <pre> &lt; &#xd800;""".split()  # noqa: SIM905
)
QUOTED = st.sampled_from(
    ('{"', '":"', '","', '":', ",", '"}', "[", "]", "[[", "{", "}", "null", "\\ud800", "'", "```json\n")
)
MAIL = b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n"
MAGIC = st.sampled_from(
    (b"", b"%PDF-1.7\n", b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b\x08", b"WARC/1.0\r\n", b"PAR1", MAIL)
)


def woven(pieces: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Pieces of a page, with something or nothing between any two."""
    return st.lists(st.tuples(pieces, SEPARATORS), max_size=60).map(
        lambda drawn: "".join(piece + separator for piece, separator in drawn)
    )


@settings(BOUNDED)
@given(MAGIC, st.binary(max_size=300))
def test_any_bytes_are_pages_or_errors(magic: bytes, data: bytes):
    check_file(magic + data)


@settings(BOUNDED)
@given(woven(PIECES))
def test_any_text_is_answered_with_every_cell_once_and_every_place_true(text: str):
    page = Page("given", text)

    assert_answer_is_sound(page, extractor().extract(page))


@settings(BOUNDED)
@given(
    st.one_of(
        woven(st.one_of(PIECES, MARKUP, MARKUP)), woven(st.one_of(PIECES, QUOTED, QUOTED)), woven(PIECES)
    )
)
def test_any_file_of_text_is_read_and_answered_or_an_error(text: str):
    check_answer(text.encode("utf-8", "replace"))
