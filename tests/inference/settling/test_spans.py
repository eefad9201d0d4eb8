"""Spans that a person draws, retags and deletes: what becomes of those around, the file, labelled pages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from gouji.annotations.pages import load_labelled_pages
from gouji.inference.cli import main
from gouji.inference.settling.corrections import Stale
from gouji.inference.settling.span_edits import SpanEdit, SpanEditError, checked, corrected, tagged
from gouji.inference.settling.span_file import SPANS, SpanFile
from gouji.model.labels import Span, Tag
from gouji.model.page import Page

TEXT = "行政许可\n286\n行政处罚 3"
PAGE = Page("a.txt", TEXT)
ROW, VALUE = Span(Tag.ROW, 0, 4), Span(Tag.VALUE, 5, 8)


def after(spans: list[Span], start: int, end: int, tag: Tag | None) -> list[tuple[str, str]]:
    """The tag and the print of each span, once a stretch was tagged."""
    edit = tagged(PAGE, spans, (start, end), tag, "li")
    return [(str(s.tag), TEXT[s.start : s.end]) for s in corrected(TEXT, spans, [edit])]


def test_a_stretch_that_is_drawn_is_a_span_without_the_blanks_at_its_ends():
    assert after([ROW, VALUE], 8, 14, Tag.GROUP) == [
        ("ROW", "行政许可"),
        ("VALUE", "286"),
        ("GROUP", "行政处罚"),
    ]


def test_a_span_that_is_drawn_over_others_cuts_them():
    assert after([Span(Tag.ROW, 0, 13)], 5, 8, Tag.VALUE) == [
        ("ROW", "行政许可"),
        ("VALUE", "286"),
        ("ROW", "行政处罚"),
    ]


def test_a_span_that_is_drawn_over_one_of_its_own_tag_moves_that_ones_bounds():
    assert after([Span(Tag.ROW, 0, 13)], 0, 4, Tag.ROW) == [("ROW", "行政许可")]
    assert after([ROW], 0, 13, Tag.ROW) == [("ROW", "行政许可\n286\n行政处罚")]


def test_a_span_is_retagged_and_deleted():
    assert after([ROW, VALUE], 0, 4, Tag.GROUP) == [("GROUP", "行政许可"), ("VALUE", "286")]
    assert after([ROW, VALUE], 0, 4, None) == [("VALUE", "286")]


@pytest.mark.parametrize(("start", "end"), [(4, 5), (3, 3), (5, 99), (-1, 4)])
def test_what_is_no_print_of_the_page_cannot_be_tagged(start: int, end: int):
    with pytest.raises(SpanEditError):
        tagged(PAGE, [], (start, end), Tag.ROW, "li")


def test_a_page_called_right_has_those_spans_whatever_a_tagger_finds():
    edit = checked(PAGE, [ROW, VALUE], "li")

    assert corrected(TEXT, [Span(Tag.NOTE, 2, 12, 0.4)], [edit]) == (ROW, VALUE)


def test_the_last_correction_is_taken_back_and_then_the_one_before(tmp_path: Path):
    file = SpanFile(tmp_path / SPANS)
    edits = [tagged(PAGE, [ROW], (0, 4), tag, "li") for tag in (Tag.GROUP, Tag.COLUMN)]
    page, token = edits[0].page, 0
    for edit in edits:
        token = file.append(edit, token)

    token = file.undo(page, "wang", token)
    first = file.standing(page)
    token = file.undo(page, "wang", token)

    assert (first, file.standing(page), token) == ((edits[0],), (), 4)
    assert len(file.path.read_text("utf-8").splitlines()) == 4  # nothing is overwritten
    with pytest.raises(SpanEditError, match="no correction"):
        file.undo(page, "wang", token)


def test_who_has_not_seen_anothers_correction_is_told_and_nothing_is_written(tmp_path: Path):
    file = SpanFile(tmp_path / SPANS)
    edit = tagged(PAGE, [ROW], (0, 4), None, "li")
    file.append(edit, 0)

    with pytest.raises(Stale) as told:
        file.append(tagged(PAGE, [ROW], (5, 8), Tag.VALUE, "wang"), 0)

    assert [each.by for each in told.value.since] == ["li"]
    assert file.standing(edit.page) == (edit,)


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("not JSON", "is no JSON"),
        ("[]", "is no JSON object"),
        ('{"page": "9f", "by": "li", "when": "now"}', "misses end, spans, start"),
        (
            '{"page": "9f", "by": "li", "when": "now", "start": 0, "end": 9, "spans": [[5, 3, "ROW"]]}',
            "spans",
        ),
        (
            '{"page": "9f", "by": "li", "when": "now", "start": 0, "end": 9, "spans": [[5, 7, "TAG"]]}',
            "spans",
        ),
        (
            '{"page": "9f", "by": "li", "when": "now", "start": 6, "end": 9, "spans": [[5, 7, "ROW"]]}',
            "between",
        ),
    ],
)
def test_a_line_that_is_no_correction_is_told_with_its_place_and_passed_over(
    tmp_path: Path, line: str, fault: str
):
    file = SpanFile(tmp_path / SPANS)
    file.path.write_text(line + "\n", encoding="utf-8")
    file.append(SpanEdit("9f", "li", "2026-11-30T08:00:00Z", 0, 4, (ROW,)), 0)

    (told,) = file.faults()

    assert "spans.jsonl line 1: " in told
    assert fault in told
    assert len(file.standing("9f")) == 1


def test_a_page_with_corrected_spans_becomes_a_labelled_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, samples: Path
):
    monkeypatch.chdir(tmp_path)
    text = (samples / "yunling_2022__lines.txt").read_text(encoding="utf-8")
    page, start = Page("a.txt", text), text.index("行政许可")
    Path("a.txt").write_text(text, encoding="utf-8")
    SpanFile(Path(SPANS)).append(tagged(page, [], (start, start + 4), Tag.GROUP, "li"), 0)

    command = ["annotations", "from-corrections", ".", "a.txt", "-o", "labelled.jsonl"]
    result = CliRunner().invoke(main, command)

    assert result.exit_code == 0, result.stderr
    (labelled,) = load_labelled_pages(Path("labelled.jsonl"))
    assert Span(Tag.GROUP, start, start + 4) in labelled.spans
    assert len(labelled.spans) > 100  # the others are the tagger's


def test_a_doubtful_page_is_labelled_once_somebody_calls_its_spans_right(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, samples: Path
):
    monkeypatch.chdir(tmp_path)
    text = (samples / "hexi_2020__glued.txt").read_text(encoding="utf-8")
    page, file = Page("a.txt", text), SpanFile(Path(SPANS))
    Path("a.txt").write_text(text, encoding="utf-8")
    command = ["annotations", "from-corrections", "corrections.jsonl", "a.txt", "--overwrite"]
    edit = tagged(page, [], (0, 5), Tag.NOTE, "li")
    file.append(edit, 0)

    before = CliRunner().invoke(main, command)
    file.append(checked(page, corrected(text, [], [edit]), "li"), 1)
    after_ = CliRunner().invoke(main, command)

    assert "of its cells are ambiguous still" in before.stderr
    assert json.loads(after_.stdout)["spans"] == [[*_printed(text, 0, 5), "NOTE"]]


def _printed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())
