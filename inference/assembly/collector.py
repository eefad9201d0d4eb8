"""Walk over the tokens between one row's label and the next, and collect the row's numbers.

Flow:  anchors -> **collector** -> row strips -> readings

A row ends where something stands that is not the row's own: another label, a heading, a
sentence. Numbers found beyond that point are strays: no row may take them silently. What
may be the row's or not is taken, and the strip says that it was interrupted.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from gouji.inference.assembly.figures import BLANK_MARKS, EMPHASIS, NOTE, NOTE_APART, Figure
from gouji.inference.assembly.marked import MarkedPage
from gouji.inference.assembly.number_print import (
    UNITS,
    chunk_of,
    is_of_number,
    joins_digits,
    run_together,
    with_whole_part,
)
from gouji.inference.assembly.strips import BORDERS, DOUBTFUL, Chunk, Seen
from gouji.inference.assembly.word_cells import SHORTEST_LABEL, is_among_blanks, word_cell
from gouji.model.label_words import bare
from gouji.model.labels import ROW, VALUE, Span, Tag
from gouji.model.page import GHOST
from gouji.model.tokens import NUMBER, ORDINAL, SEPARATOR, WORD, Token

_NOTE = re.compile(NOTE)
_NOTE_APART = re.compile(NOTE_APART)
NEARBY_WORDS = 2  # words of foreign text behind which an untagged number may still be the row's
NUMBERED_ROW = re.compile(r"[0-9][.、]|\(?[一二三四五六七八九十]{1,2}[)、]")
_NO_TEXT = frozenset((GHOST, *EMPHASIS))
_DRAWN = frozenset(f"{BORDERS}\t")
_LABELS = frozenset({ROW, Tag.COLUMN, Tag.SUBTABLE, Tag.SECTION})


@dataclass(slots=True)
class Collector:
    """The state of one walk over the tokens of a strip."""

    marked: MarkedPage
    expected: int  # numbers in a full row
    signed: bool  # a number may be negative, and no sum checks it; else a dash marks a blank cell
    own: Callable[[Span], bool]  # whether a label span belongs to the row itself
    words_are_cells: bool  # what is no number may be a cell's print as well
    groups: frozenset[str]  # the bare labels of groups that the row does not stand in
    chunks: list[Chunk] = field(default_factory=list)
    strays: list[Chunk] = field(default_factory=list)
    page_marks: list[Chunk] = field(default_factory=list)
    foreign: bool = False  # foreign text was passed
    ended: bool = False  # a heading or another label was passed
    seen: set[Seen] = field(default_factory=set)
    labels: set[str] = field(default_factory=set)  # the words of the row's own label that were passed
    words: int = 0  # of foreign text that were passed
    apart: bool = False  # foreign text began in a cell of its own
    start: int = 0  # of the walk, in characters
    passed: Span | None = None  # the label of the token before: what it says is said once
    noted: int = 0  # where the last number's note ends, in characters
    begun: int = 0  # where the last thing ends that is the row's own

    def walk(self, start: int, end: int) -> None:
        self.start = self.begun = start
        tokens, owners = self.marked.tokens, self.marked.owners
        for index in self.marked.between(start, end):
            token, owner = tokens[index], owners[index]
            if token.kind is SEPARATOR or token.start < self.noted:
                continue
            if token.kind is WORD and self._is_note(token, owner):
                continue
            alone = token.kind is not WORD and self.marked.fills_cell(index)
            if not alone and index and tokens[index - 1].kind is SEPARATOR and self._takes_words(index, end):
                continue
            if owner is not None and owner.tag is not VALUE:
                if token.kind is NUMBER and self.marked.may_be_number(index):
                    self._number(index, token, None)
                elif owner is not self.passed:
                    self._label(owner)
                    self.passed = owner
                continue
            figure = self.marked.figure_at(token.start)
            if figure is not None:
                self._figure(index, figure, owner)
            elif token.kind is not NUMBER or self.marked.is_ordinal(index):
                self._word(index, token, owner)
            elif owner is not None or not self.marked.is_of_document(token.start):
                self._number(index, token, owner)
            else:
                self._foreign_word(index)
                self.strays.append(chunk_of(self.marked, index, token, None))

    def _takes_words(self, index: int, end: int) -> bool:
        """Take what a cell prints that is no number, where the row has room for it; a token begins it."""
        if not self.words_are_cells or self.ended or self.foreign:
            return False
        full = len(self.chunks) >= self.expected
        if full and (self.signed or not self._is_beside(index)):
            return False  # sums alone tell which column is the publisher's
        token = self.marked.tokens[index]
        cell = word_cell(self.marked, index, self.begun, end, self.own, sole=self.expected == 1, full=full)
        if cell is None or self.marked.figure_at(token.start) is not None or self._is_page_mark(token):
            return False
        self._add(cell)
        self.noted = cell.end
        if cell.unread and is_among_blanks(self.marked, cell.start, cell.end):
            self.seen.add(Seen.BEHIND_TEXT)
        return True

    def _is_beside(self, index: int) -> bool:
        """Whether a token begins the next cell of the row's line, as of a column 备注 behind its numbers."""
        before, folded = self.marked.tokens[index - 1], self.marked.folded
        beside = before.parts_cells and before.start == self.begun and "\n" not in self.marked.surface(before)
        return beside and folded[before.end].isalnum()  # no sentence goes on there

    def _figure(self, index: int, figure: Figure, owner: Span | None) -> None:
        """Take what one cell prints and is no plain number: a numeral, or what nobody can read."""
        self.noted = figure.end
        if not figure.digits and owner is None and (self.ended or self.foreign):
            return
        chunk = Chunk(
            figure.digits,
            figure.start,
            figure.end,
            tagged=owner is not None or figure.readable,  # the tagger knows no numerals
            places=(figure.start,) * len(figure.digits),
            unread=not figure.readable,
        )
        if self._is_page_mark(self.marked.tokens[index]):
            self.page_marks.append(chunk)
        else:
            self._add(chunk)

    def _is_note(self, token: Token, owner: Span | None) -> bool:
        """Whether a remark or a note's mark begins right behind the last number: it is passed over whole."""
        last = None if self.ended else self._last
        if last is not None and last.is_mark:
            last = None
        end, folded = self.marked.remarks.get(token.start), self.marked.folded
        if end is None and last is not None and (owner is None or owner.tag not in _LABELS):
            between = folded[last.unit_end or last.end : token.start]
            pattern = _NOTE_APART if between else _NOTE
            mark = pattern.match(folded, token.start) if between in ("", " ") else None
            end = mark.end() if mark else None
        if end is None:
            return False
        if last is not None:
            self.chunks[-1] = last._replace(note=(token.start, end))
        self.noted = end
        return True

    def _label(self, owner: Span) -> None:
        words = bare(self.marked.page.text[owner.start : owner.end])
        if owner.tag is ROW and self.own(owner):
            # The same words again, behind numbers: the row may have been printed twice.
            if self.chunks and words in self.labels:
                self.seen.add(Seen.LABEL_AGAIN)
            self.labels.add(words)
            self.begun = max(self.begun, owner.end)
        elif self._begins_row(owner, words):
            self.ended = True
            self.seen.add(Seen.FOREIGN_ROW)
        elif owner.tag is ROW:
            self.apart = True
        elif owner.tag in (Tag.GROUP, Tag.NOTE) or not words or owner.confidence < DOUBTFUL:
            self.foreign = self.foreign or bool(self.chunks)
            # A group's label before the first number may stand before another row's, whose own was lost.
            group = owner.tag is Tag.GROUP and not self.chunks and len(words) > 1 and not self.signed
            if group and not self._is_drawn_empty(owner.start):
                self.seen.add(Seen.GROUP_LABEL)
        else:
            self.ended = True

    def _is_drawn_empty(self, place: int) -> bool:
        """Whether all cells of the row stand drawn and empty on its label's line, and a place below it."""
        line, below, _ = self.marked.folded[self.begun : place].partition("\n")
        return bool(below) and sum(map(_DRAWN.__contains__, line)) >= self.expected

    def _begins_row(self, label: Span, words: str) -> bool:
        """Whether a label is another row's: behind a full row, 小计 is; a group's is, before all numbers."""
        if label.tag is not ROW:  # with numbers of its own a group is a row that the form does not have
            return label.tag is Tag.GROUP and words in self.groups and not self.chunks
        long = len(words) >= (1 if self._is_full() else SHORTEST_LABEL)
        return long or (words != "" and NUMBERED_ROW.match(self.marked.folded, label.start) is not None)

    def _number(self, index: int, token: Token, owner: Span | None) -> None:
        marked = self.marked
        dash = not self.signed and marked.folded[token.start] == "-"
        if dash and not marked.stands_alone(index):  # a blank's mark that ran into it
            if owner is not None:
                self._add(Chunk("", token.start, token.start + 1, confidence=owner.confidence))
            token = token._replace(start=token.start + 1)
        chunk = chunk_of(marked, index, token, owner)
        if self.signed:
            chunk = self._signed(index, token, chunk)
        before = marked.beside(index, -1)
        if before is not None and before.kind is WORD and marked.surface(before) in (".", ","):
            self.seen.add(Seen.BEHIND_POINT)  # it may be the rest of a number
        if before is not None and before.kind is ORDINAL and marked.ends_pointed_number(before):
            self.seen.add(Seen.BEHIND_POINTED)  # so may this one
        if self._is_page_mark(token):
            self.page_marks.append(chunk)
        elif not self._goes_on(chunk):
            if marked.is_like_page_mark(token):
                self.seen.add(Seen.PAGE_MARK)  # it may be one, whatever the tagger says
            self._add(chunk)

    def _signed(self, index: int, token: Token, chunk: Chunk) -> Chunk:
        """A number that may be negative, or have decimals."""
        chunk, is_cut = with_whole_part(self.marked, index, chunk, self._last)
        if is_cut:
            self.chunks.pop()
        if self.marked.is_behind_sign(index):
            self.seen.add(Seen.BEHIND_SIGN)  # it may be negative
        if self.marked.stands_alone_in_brackets(index):  # in an account's manner it is below zero
            return chunk._replace(start=chunk.start - 1, end=chunk.end + 1, near=False, unread=True)
        if self.marked.is_bracket_open(self.start, token.start):
            self.seen.add(Seen.IN_BRACKETS)  # it may be part of an explanation that the label opened
        return chunk

    def _is_page_mark(self, token: Token) -> bool:
        like = self.marked.is_like_page_mark(token)
        return like and self.marked.is_page_mark(token, full=self._is_full(), summed=not self.signed)

    @property
    def _last(self) -> Chunk | None:
        return self.chunks[-1] if self.chunks else None

    def _goes_on(self, chunk: Chunk) -> bool:
        """Whether a number goes on where the last one ends, and has been joined to it."""
        last = None if self.ended else self._last
        joined = run_together(self.marked, last, chunk, signed=self.signed) if last is not None else None
        if joined is not None:
            self.chunks[-1] = joined
        return joined is not None

    def _follows(self, chunk: Chunk) -> bool:
        """Whether nothing but separators stands between the last chunk and this one."""
        between = self.marked.between(self.chunks[-1].print_end, chunk.start) if self.chunks else None
        return between is not None and all(self.marked.tokens[i].kind is SEPARATOR for i in between)

    def _is_full(self) -> bool:
        return sum(not chunk.is_mark for chunk in self.chunks) >= self.expected

    def _add(self, chunk: Chunk) -> None:
        apart = self.foreign and not self._follows(chunk)
        in_prose = self.words > NEARBY_WORDS and not chunk.tagged and chunk.touching
        in_prose |= self.words > 0 and self._is_below_drawing(chunk)
        if self.ended or in_prose or (apart and (self._is_full() or not chunk.tagged)):
            # A number the tagger passed over, so near that it may be the row's: `24 ,709.4757`.
            if not self.ended and not chunk.tagged and self.words <= NEARBY_WORDS:
                self.seen.add(Seen.PASSED_OVER)
            sentence = chunk.tagged and self.marked.is_in_sentence(chunk.start)
            self.strays.append(chunk._replace(tagged=False) if sentence else chunk)
            return
        # Without a sum, nothing else tells whether the first number behind a text is still the row's.
        first = self.signed and not self.chunks
        if not chunk.is_mark and (apart or (first and (self.apart or self._is_below_text(chunk)))):
            self.seen.add(Seen.BEHIND_TEXT)
        self.chunks.append(chunk)
        self.begun = chunk.end
        self.passed = None  # a label that goes on behind a number is another thing than one before it

    def _is_below_text(self, chunk: Chunk) -> bool:
        """Whether a sentence stands before a number on a line of its own.

        A table may be read aloud in sentences; one that begins on a line of its own is no part of it.
        """
        if not self.words or "\n" not in self.marked.folded[self.start : chunk.start]:
            return False
        return self.words > NEARBY_WORDS or self.marked.is_in_sentence(chunk.start)

    def _is_below_drawing(self, chunk: Chunk) -> bool:
        """Whether borders part the row's last two numbers, and none stands on the line of this one below."""
        folded = self.marked.folded
        if len(self.chunks) < 2 or "\n" not in folded[self.chunks[-1].end : chunk.start]:
            return False
        last = folded[self.chunks[-2].end : self.chunks[-1].start]
        below = folded[folded.rfind("\n", 0, chunk.start) + 1 : folded.find("\n", chunk.start) + 1 or None]
        return "\n" not in last and not _DRAWN.isdisjoint(last) and _DRAWN.isdisjoint(below)

    def _word(self, index: int, token: Token, owner: Span | None) -> None:
        surface = self.marked.surface(token)
        if self.marked.is_escape(index) or is_of_number(self.marked, index) or self._is_page_mark(token):
            return
        if owner is None:
            last = self._last
            if surface in BLANK_MARKS and self.marked.stands_alone(index):
                self._add(Chunk("", token.start, token.end, tagged=False))
            elif last is not None and last.digits and last.end == token.start and UNITS.fullmatch(surface):
                self.chunks[-1] = last._replace(unit=surface, unit_end=token.end)
            elif token.kind is WORD and surface not in _NO_TEXT:
                self._foreign_word(index)
            return
        pile = self.strays if self.strays and (self.ended or self.foreign) else self.chunks
        last = pile[-1] if pile else None
        if last is not None and last.digits and last.end <= token.start:
            between = self.marked.folded[last.unit_end or last.end : token.start]
            unit = (last.unit or "") + surface
            if not between.strip(GHOST + " \n\r\t|│") and between.count("\n") < 3 and UNITS.fullmatch(unit):
                pile[-1] = last._replace(unit=unit, unit_end=token.end)
                return
        if (
            surface in BLANK_MARKS
            and not (self.signed and joins_digits(self.marked, index))
            and not self._is_before_label(token)
        ):
            self._add(Chunk("", token.start, token.end, confidence=owner.confidence))

    def _foreign_word(self, index: int) -> None:
        self.foreign = self.foreign or bool(self.chunks)
        self.words += 1
        self.apart = self.apart or (index > 0 and self.marked.tokens[index - 1].parts_cells)

    def _is_before_label(self, token: Token) -> bool:
        """Whether the row's label goes on behind a token on its line, as beside the 无 of a group's label."""
        line_end = self.marked.folded.find("\n", token.end)
        if self.chunks or line_end < 0:
            return False
        values = (i for i in self.marked.between(token.end, line_end) if self.marked.is_value(i))
        first = next((self.marked.tokens[index].start for index in values), line_end)
        return any(map(self.own, self.marked.tagged(ROW, token.end, first)))
