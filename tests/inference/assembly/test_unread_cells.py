"""What a cell prints that is no whole number where the form counts opens that cell."""

from __future__ import annotations

import pytest

from gouji.inference.assembly.line_readings import LineReadings
from gouji.inference.assembly.lines import lines_of
from gouji.inference.assembly.readings import Reading
from gouji.inference.assembly.search import Print
from gouji.inference.assembly.strips import Chunk, Seen, Strip
from gouji.inference.assembly.unread_cells import without_unread
from gouji.model.forms import load_forms


def test_a_known_cell_beyond_other_text_is_looked_at_as_the_others_are():
    line = lines_of(load_forms()["2021"].table("disclosure"))[0]
    one, other, beyond = Chunk("3", 0, 1), Chunk("5", 2, 3), Chunk("1.53", 9, 13)
    prints = tuple(Print(chunk.start, chunk.end, chunk, whole=True) for chunk in (one, other, beyond))
    strip = Strip(0, (one, other), ("", " ", " "), strays=(beyond,))
    read = LineReadings(strip, (Reading((3, 5, 1.53), prints),), shown=True, known=True)

    assert without_unread(line, read).unsure == {2}


@pytest.mark.parametrize(
    ("seen", "is_torn"), [(frozenset(), False), (frozenset({Seen.BEHIND_POINTED}), True)]
)
def test_what_may_be_the_rest_of_a_pointed_number_opens_its_row(seen: frozenset[Seen], is_torn: bool):
    line = lines_of(load_forms()["2021"].table("disclosure"))[0]
    chunks = Chunk("19", 0, 3, unread=True), Chunk("0", 4, 5), Chunk("5", 6, 7)
    prints = tuple(Print(chunk.start, chunk.end, chunk, whole=True) for chunk in chunks)
    read = LineReadings(
        Strip(0, chunks, ("", " ", " ", ""), seen=seen), (Reading((19, 0, 5), prints),), shown=True
    )

    answer = without_unread(line, read)

    assert bool(answer.doubts) is is_torn
    assert answer.unsure == (frozenset() if is_torn else {0})


@pytest.mark.parametrize(("total", "is_no_cell"), [(53, True), (64, False), (153, False)])
def test_what_cannot_hold_the_rest_of_its_sum_is_no_cell_and_opens_its_row(total: int, is_no_cell: bool):
    line = lines_of(load_forms()["2021"].table("applications"))[0]
    values = (1, 43, 0, 10, 0, 0, total)
    chunks = [Chunk(str(value), 2 * place, 2 * place + 1) for place, value in enumerate(values)]
    chunks[0] = chunks[0]._replace(unread=True)
    prints = tuple(Print(chunk.start, chunk.end, chunk, whole=True) for chunk in chunks)
    read = LineReadings(Strip(0, tuple(chunks), ("",) * 8), (Reading(values, prints),), shown=True)

    answer = without_unread(line, read)

    assert bool(answer.doubts) is is_no_cell
    assert answer.unsure == (frozenset() if is_no_cell else {0})


@pytest.mark.parametrize(("between", "unsure"), [(" o ", {1}), (" | ", set())])
def test_an_empty_cell_among_whose_print_a_word_stands_is_open(between: str, unsure: set[int]):
    line = lines_of(load_forms()["2021"].table("disclosure"))[0]
    one, other = Chunk("3", 0, 1), Chunk("5", 4, 5)
    prints = Print(0, 1, one, whole=True), None, Print(4, 5, other, whole=True)
    read = LineReadings(Strip(0, (one, other), ("", between, "")), (Reading((3, 0, 5), prints),), shown=True)

    assert without_unread(line, read).unsure == unsure
