"""What a cell prints that is no whole number where the form counts opens that cell."""

from __future__ import annotations

from gouji.inference.assembly.line_readings import LineReadings
from gouji.inference.assembly.lines import lines_of
from gouji.inference.assembly.readings import Reading
from gouji.inference.assembly.search import Print
from gouji.inference.assembly.strips import Chunk, Strip
from gouji.inference.assembly.unread_cells import without_unread
from gouji.model.forms import load_forms


def test_a_known_cell_beyond_other_text_is_looked_at_as_the_others_are():
    line = lines_of(load_forms()["2021"].table("disclosure"))[0]
    one, other, beyond = Chunk("3", 0, 1), Chunk("5", 2, 3), Chunk("1.53", 9, 13)
    prints = tuple(Print(chunk.start, chunk.end, chunk, whole=True) for chunk in (one, other, beyond))
    strip = Strip(0, (one, other), ("", " ", " "), strays=(beyond,))
    read = LineReadings(strip, (Reading((3, 5, 1.53), prints),), shown=True, known=True)

    assert without_unread(line, read).unsure == {2}
