"""Find the official tables on a page, the form that each follows, and each row's strip.

Flow:  spans -> **tables** -> readings -> one reading of the page

Which form a table follows is decided by its own labels: every form's table is aligned with
the page, and the one that fits best is taken, table by table. A table in a band has no row
labels; its numbers follow the last of its column labels.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from gouji.inference.anchors import Alignment, Anchor, align, labels_of
from gouji.inference.collector import collect_strip
from gouji.inference.groups import Groups, GroupsOnPage
from gouji.inference.lines import Line, lines_of
from gouji.inference.marked import MarkedPage
from gouji.inference.strips import Strip
from gouji.inference.wording import Wordings, bare, likeness, ordinal_of, without_brackets
from gouji.model.forms import Form, Label, Table, families
from gouji.model.labels import Span, Tag

HEADS = 2  # fewer column labels of a band than this are a mention, not a table
_FEWEST_NUMBERED = 3  # rows whose bare numbers are their ordinals
_MORE_WORDS = 3  # characters beyond the form's label that may be another row's
KEEN = 0.9  # a label this like a row that stands elsewhere says that the order of print is broken


@dataclass(frozen=True, slots=True)
class FoundTable:
    """One table of a form on a page: a strip for each line whose label, or numbers, were found."""

    form: Form
    table: Table
    lines: tuple[Line, ...]
    strips: Mapping[int, Strip]  # by index of the line
    heads: Mapping[int, tuple[Span, ...]]  # the column labels printed above each line
    start: int
    end: int
    leading: Strip | None = None  # numbers between the column labels and the first row label
    disordered: bool = False  # numbers and labels were torn apart: only what proves itself is read
    doubtful: frozenset[int] = frozenset()  # lines whose label may as well be another line's


class TableFinder:
    """Finds the tables of a set of forms; keeps what it learnt of their wording from page to page."""

    def __init__(self, forms: Mapping[str, Form]) -> None:
        self.forms = forms
        self._families = families(forms.values())
        self._rows = {
            (form.id, table.id): Wordings([row for _, row in table.rows()], table.likeness)
            for form in forms.values()
            for table in form.tables
        }
        self._known = Wordings([row for rows in self._rows.values() for row in rows.labels])
        self._lines = {
            (form.id, table.id): lines_of(table) for form in forms.values() for table in form.tables
        }
        self._columns = {
            (form.id, table.id): Wordings([column for block in table.blocks for column in block.columns])
            for form in forms.values()
            for table in form.tables
        }
        self._printed = {
            (form.id, table.id): frozenset(
                without_brackets(wording)
                for block in table.blocks
                for item in block.items
                for wording in item.wordings
            )
            for form in forms.values()
            for table in form.tables
        }
        self._groups = {
            (form.id, table.id): groups
            for form in forms.values()
            for table in form.tables
            if (groups := Groups(table, self._rows[form.id, table.id])).twins
        }
        self._in_words = {
            (form.id, table.id): Wordings(labels)
            for form in forms.values()
            for table in form.tables
            if (labels := [label for block in table.blocks for label in block.in_words])
        }
        self._bands = {
            (form.id, table.id): _BandWords(table)
            for form in forms.values()
            for table in form.tables
            if table.printed == "band"
        }

    def find(self, marked: MarkedPage) -> list[FoundTable]:
        """The tables that a page holds, in the order of the form."""
        found = [a for a in self._alignments(marked) if self._is_table(marked, a)]
        if len(self._families) > 1:
            found = self._apart(found)
        found.sort(key=lambda alignment: alignment.anchors[0].start)
        bands = [band for family in self._families for band in self._bands_of(marked, family, found)]
        starts = sorted([*(a.anchors[0].start for a in found), *(band.start for band in bands)])
        tables = []
        for alignment in found:
            last = alignment.anchors[-1].end
            limit = next((start for start in starts if start >= last), len(marked.page.text))
            tables.append(self._rows_table(marked, alignment, limit))
        return [*tables, *bands]

    def _bands_of(
        self, marked: MarkedPage, family: Sequence[Form], found: Sequence[Alignment]
    ) -> Iterator[FoundTable]:
        """The tables in a band of a family of forms, behind the family's other tables."""
        own = [alignment for alignment in found if alignment.form in family]
        form = own[0].form if own else family[0]
        after = max((alignment.anchors[-1].end for alignment in own), default=0)
        for table in form.tables:
            if table.printed == "band" and (band := self._band(marked, form, table, after)) is not None:
                yield band

    def _apart(self, found: Sequence[Alignment]) -> list[Alignment]:
        """The tables less those that lie among the rows of a better one of another family of forms."""
        family = {form.id: place for place, forms in enumerate(self._families) for form in forms}
        kept: list[Alignment] = []
        for alignment in sorted(found, key=lambda alignment: -alignment.score):
            first, last = alignment.anchors[0].start, alignment.anchors[-1].end
            if not any(
                family[other.form.id] != family[alignment.form.id]
                and first < other.anchors[-1].end
                and other.anchors[0].start < last
                for other in kept
            ):
                kept.append(alignment)
        return kept

    def _alignments(self, marked: MarkedPage) -> list[Alignment]:
        """For each table the form that fits best; where two fit alike, the one that fits the others."""
        labels = labels_of(marked.page, marked.spans, self._known)
        every = [
            align(labels, form, table, self._rows[form.id, table.id], self._groups_on(marked, form, table))
            for form in self.forms.values()
            for table in form.tables
            if table.printed != "band"
        ]
        overall: dict[str, float] = dict.fromkeys(self.forms, 0.0)
        for alignment in every:
            overall[alignment.form.id] += max(alignment.score, 0.0)
        best: dict[str, Alignment] = {}
        fits = [(a.score + self._heads_alike(marked, a), overall[a.form.id]) for a in every]
        for alignment, _ in sorted(zip(every, fits, strict=True), key=lambda pair: pair[1]):
            best[alignment.table.id] = alignment
        return list(best.values())

    def _heads_alike(self, marked: MarkedPage, alignment: Alignment) -> int:
        """How many of the form's own column labels stand over the rows.

        Forms share row labels, and a sentence may hold one more: what the numbers are, the columns say.
        """
        if not alignment.anchors:
            return 0
        columns = self._columns[alignment.form.id, alignment.table.id]
        first = alignment.anchors[0].start
        above = min((head.start for head in marked.heads_above(first)), default=first)
        found: set[str] = set()
        for head in marked.tagged(Tag.COLUMN, above, alignment.anchors[-1].end):
            text = marked.page.text[head.start : head.end]
            found.update(f"{column.id}/{column.label}" for column in columns.like(text, KEEN))
        return len(found)

    def _groups_on(self, marked: MarkedPage, form: Form, table: Table) -> GroupsOnPage | None:
        groups = self._groups.get((form.id, table.id))
        return None if groups is None else groups.on(marked.page, marked.spans)

    def _is_table(self, marked: MarkedPage, alignment: Alignment) -> bool:
        """Whether the labels are a table's: several, or one under the table's own column labels."""
        if len(alignment.anchors) != 1:
            return bool(alignment.anchors)
        columns = [column for block in alignment.table.blocks for column in block.columns]
        heads = marked.heads_above(alignment.anchors[0].start)
        texts = {marked.page.text[head.start : head.end] for head in heads}
        return any(likeness(text, column) == 1.0 for text in texts for column in columns)

    def _rows_table(self, marked: MarkedPage, alignment: Alignment, limit: int) -> FoundTable:
        key = (alignment.form.id, alignment.table.id)
        lines, rows, anchors = self._lines[key], self._rows[key], alignment.anchors
        end = _table_end(marked, anchors[-1].end, limit)
        strips = {}
        begins = [
            begin if not _headed(marked, begin, anchor.start) else anchor.start
            for anchor, begin in zip(
                anchors, marked.rows_between_rules([a.start for a in anchors]), strict=True
            )
        ]
        numbered = _bare_ordinals(marked, anchors, rows)
        untils = [numbered.get(anchor.row, begin) for anchor, begin in zip(anchors, begins, strict=True)]
        for anchor, begin, until in zip(anchors, begins, [*untils[1:], end], strict=True):
            strips[anchor.row] = collect_strip(
                marked,
                begin,
                self._before_words(marked, key, anchor.end, until),
                expected=len(lines[anchor.row].keys),
                signed=not lines[anchor.row].sums,
                anchor=anchor,
                rows=rows,
            )
        heads = {anchor.row: marked.heads_above(anchor.start) for anchor in anchors}
        start = min([anchors[0].start, *(head.start for head in heads[anchors[0].row])])
        leading = None
        if anchors[0].row > 0 and heads[anchors[0].row]:
            above = heads[anchors[0].row][-1].end
            expected = anchors[0].row * len(lines[0].keys)
            leading = collect_strip(marked, above, begins[0], expected=expected, signed=not lines[0].sums)
        return FoundTable(
            alignment.form,
            alignment.table,
            lines,
            strips,
            heads,
            start,
            end,
            leading,
            disordered=self._out_of_order(marked, alignment, rows),
            doubtful=alignment.doubtful
            | self._behind_others(key, strips)
            | self._wordy(marked, key, anchors),
        )

    def _wordy(self, marked: MarkedPage, key: tuple[str, str], anchors: Sequence[Anchor]) -> frozenset[int]:
        """The lines without sums whose label says more than the form's: another row's may be in it."""
        return frozenset(
            anchor.row
            for anchor in anchors
            if anchor.likeness < KEEN and not self._lines[key][anchor.row].sums
            if _says_more(
                "".join(without_brackets(marked.page.text[p.start : p.end]) for p in anchor.pieces),
                self._rows[key].labels[anchor.row],
            )
        )

    def _behind_others(self, key: tuple[str, str], strips: Mapping[int, Strip]) -> frozenset[int]:
        """The lines without sums whose numbers follow another item's label, which the tagger passed over."""
        return frozenset(
            row
            for row, strip in strips.items()
            if strip.chunks and not self._lines[key][row].sums
            if (words := bare(strip.gaps[0])) and any(label in words for label in self._printed[key])
        )

    def _before_words(self, marked: MarkedPage, key: tuple[str, str], start: int, end: int) -> int:
        """Where the first item answered in words stands, before `end`; what is behind it is no value."""
        labels = self._in_words.get(key)
        for tag in (Tag.ROW, Tag.GROUP, Tag.COLUMN) if labels is not None else ():
            for span in marked.tagged(tag, start, end):
                if labels is not None and labels.like(marked.page.text[span.start : span.end], KEEN):
                    end = min(end, span.start)
        return end

    def _out_of_order(self, marked: MarkedPage, alignment: Alignment, rows: Wordings) -> bool:
        """Whether a row that found no place in the order of print has its label somewhere else."""
        placed = {anchor.row for anchor in alignment.anchors}
        first, last = alignment.anchors[0].start, alignment.anchors[-1].end
        for span in marked.tagged(Tag.ROW, first, last + 1):
            found = rows.matches(marked.page.text[span.start : span.end])
            keen = {row for row, score in found if score >= KEEN}
            if keen and not keen & placed:  # of rows that print the same words one may have none
                return True
        return False

    def _band(self, marked: MarkedPage, form: Form, table: Table, after: int) -> FoundTable | None:
        """The table whose rows stand side by side: its numbers follow its last column label."""
        words = self._bands[form.id, table.id]
        heads = self._band_heads(marked, words, after)
        if not heads:
            return None
        end = _table_end(marked, heads[-1].end, len(marked.page.text))
        line = self._lines[form.id, table.id][0]
        strip = collect_strip(marked, heads[-1].end, end, expected=len(line.keys), signed=not line.sums)
        printed = strip.chunks or any(chunk.tagged for chunk in strip.strays)
        if not (printed or _has_room(strip.gaps[0], len(line.keys))):
            return None  # column labels alone: the row below them is not on the page
        strip = replace(strip, confidence=min(head.confidence for head in heads))
        torn = bool(marked.tagged(Tag.VALUE, heads[0].start, heads[-1].start))
        torn = torn or not (strip.side_by_side(marked.page) or self._heads_in_order(marked, words, heads))
        return FoundTable(form, table, (line,), {0: strip}, {0: heads}, heads[0].start, end, disordered=torn)

    @staticmethod
    def _heads_in_order(marked: MarkedPage, words: _BandWords, heads: Sequence[Span]) -> bool:
        """Whether the band's column labels, whole or cut, stand in the form's order.

        Where they do not, the tool has read the page in another order, and may have done so
        with the numbers, which no sum would betray.
        """
        printed: list[str] = []
        for head in heads:
            text = marked.page.text[head.start : head.end]
            of_row, of_column = (
                max((score for _, score in labels.matches(text)), default=0.0)
                for labels in (words.rows, words.columns)
            )
            if of_row > of_column:
                continue
            columns = words.columns.like(text, KEEN)
            words_printed = without_brackets(text)
            if columns and not _runs_through(words_printed, without_brackets(columns[0].label)):
                words_printed = without_brackets(columns[0].label)
            if printed[-1:] != [words_printed]:
                printed.append(words_printed)
        return _runs_through("".join(printed), words.official)

    def _band_heads(self, marked: MarkedPage, words: _BandWords, after: int) -> tuple[Span, ...]:
        """The column labels of a band: in the section that its heading opens, or bearing its words."""
        heads: list[Span] = []
        inside = False
        for span in marked.spans:
            if span.start < after or span.tag not in (Tag.SECTION, Tag.COLUMN):
                continue
            text = marked.page.text[span.start : span.end]
            if span.tag is Tag.COLUMN:
                if inside or heads or words.own.matches(text):
                    heads.append(span)
            elif words.heading.matches(text):
                inside, heads = True, []
            elif heads:
                break
        matched = sum(bool(words.own.matches(marked.page.text[h.start : h.end])) for h in heads)
        return tuple(heads) if matched >= HEADS else ()


class _BandWords:
    """The wordings of a table whose rows stand side by side."""

    def __init__(self, table: Table) -> None:
        block = table.blocks[0]
        self.heading = Wordings([Label("heading", table.title, (table.heading, *table.aliases))])
        self.rows = Wordings([*block.rows, *block.groups])
        self.columns = Wordings(block.columns)
        self.own = Wordings([*self.rows.labels, *(c for c in block.columns if len(c.label) > 2)])
        # Once for each row, and once more where a tool prints cells merged downwards in every line.
        self.official = "".join(bare(column.label) for column in block.columns) * (len(block.rows) + 1)


def _says_more(printed: str, label: Label) -> bool:
    """Whether a printed label has words that no wording of the form's has, behind one that it holds whole."""
    wordings = [bare(wording) for wording in label.wordings]
    return any(
        _runs_through(words, printed) and len(printed) >= len(words) + _MORE_WORDS for words in wordings
    ) and not any(_runs_through(printed, words) for words in wordings)


def _runs_through(part: str, whole: str) -> bool:
    """Whether the characters of `part` stand in `whole` in that order, others between them or not."""
    rest = iter(whole)
    return all(character in rest for character in part)


def _table_end(marked: MarkedPage, after: int, limit: int) -> int:
    """Where a table ends at the latest: the next section's heading, or the next table."""
    sections = marked.tagged(Tag.SECTION, after, limit)
    return sections[0].start if sections else limit


def _bare_ordinals(marked: MarkedPage, anchors: Sequence[Anchor], rows: Wordings) -> dict[int, int]:
    """Where each row's ordinal begins, in a table that prints them as cells of their own: `1` / `属于…`.

    A number before a label may be its ordinal, or the last one of the row before. That the rows that
    the form numbers have just their numbers there, but for one or two, is no chance.
    """
    found: dict[int, int] = {}
    others = 0
    for anchor in anchors:
        ordinal = ordinal_of(rows.labels[anchor.row].label)
        number = marked.number_before(anchor.start) if ordinal.isdigit() else None
        if number is not None and marked.page.folded[number.start : number.end] == ordinal:
            found[anchor.row] = number.start
        elif ordinal.isdigit():
            others += 1
    return found if len(found) >= max(_FEWEST_NUMBERED, 4 * others) else {}


def _has_room(gap: str, cells: int) -> bool:
    """Whether as many lines, borders or no-break spaces begin a gap as empty cells leave behind."""
    blank = gap[: len(gap) - len(gap.lstrip(" \t\n\r|│┃\u00a0\u3000\u200b"))]
    kinds = ("\n", "\t", "|│┃", "\u00a0\u3000")
    return any(sum(character in kind for character in blank) >= cells - 1 for kind in kinds)


def _headed(marked: MarkedPage, start: int, end: int) -> bool:
    """Whether a label other than a row's or a group's stands between two places."""
    return any(marked.tagged(tag, start, end) for tag in (Tag.SECTION, Tag.SUBTABLE, Tag.COLUMN, Tag.NOTE))
