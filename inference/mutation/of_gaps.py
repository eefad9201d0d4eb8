"""Layout damage between the cells of a row: separators, blanks, zeros, what comes in between.

Flow:  sheet -> **mutations** -> mutated page -> extraction -> tallies
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from gouji.inference.mutation.choices import Choice, Mutation, all_rows, changed, one_row, one_table
from gouji.inference.mutation.sheet import Part, Place, Sheet

_SEPARATORS = (" ", "  ", "\t", "\n", "\n\n", " | ", "\u3000", "\u00a0", "　　")
_BLANK_MARKS = ("/", "-", "—", "——", "无", "－")


def _regapped(choose: Choice, separators: Sequence[str]) -> Mutation:
    """Give all gaps between the cells of some rows one separator."""

    def mutation(sheet: Sheet, rng: random.Random) -> Sheet | None:
        new = rng.choice(separators)
        gaps = [gap for row in choose(sheet, rng) for gap in sheet.gaps(row)]
        return changed(sheet, [Part(gap.start, gap.end, new) for gap in gaps])

    return mutation


def _one_gap(separators: Sequence[str]) -> Mutation:
    """Give one gap between two cells another separator."""

    def mutation(sheet: Sheet, rng: random.Random) -> Sheet | None:
        gaps = [gap for row in sheet.rows for gap in sheet.gaps(row)]
        gap = rng.choice(gaps) if gaps else Place(0, 0)
        return changed(sheet, [Part(gap.start, gap.end, rng.choice(separators))] if gaps else [])

    return mutation


def _inserted_in_gap(texts: Sequence[str]) -> Mutation:
    """Insert something alien between two cells."""

    def mutation(sheet: Sheet, rng: random.Random) -> Sheet | None:
        gaps = [gap for row in sheet.rows for gap in sheet.gaps(row)]
        if not gaps:
            return None
        at = rng.choice(gaps).start
        return sheet.edited([Part(at, at, rng.choice(texts).format(rng.randrange(1, 12)))])

    return mutation


def _zeros(mark: Sequence[str], choose: Choice) -> Mutation:
    """Print zeros as marks, or as nothing; in these cells None and 0 are both right from then on."""

    def mutation(sheet: Sheet, rng: random.Random) -> Sheet | None:
        new = rng.choice(mark)
        zeros = [
            key for row in choose(sheet, rng) for key in sheet.printed_cells(row) if sheet.surface(key) == "0"
        ]
        edits = [Part(sheet.cells[key].start, sheet.cells[key].end, new) for key in zeros]
        blank = dict.fromkeys(zeros)
        return changed(
            replace(
                sheet,
                truth={**sheet.truth, **{key: None for key in zeros if not sheet.truth[key]}},
                printed={**sheet.printed, **blank},
                doubtful=sheet.doubtful | {key for key in zeros if not sheet.truth[key]},
            ),
            edits,
        )

    return mutation


def _zeros_vanished(choose: Choice) -> Mutation:
    """Take zeros away with the separator before them: without a trace."""

    def mutation(sheet: Sheet, rng: random.Random) -> Sheet | None:
        edits, zeros = [], []
        for row in choose(sheet, rng):
            cells = sheet.printed_cells(row)
            gaps = sheet.gaps(row)
            if len(cells) != len(gaps) + 1:
                continue
            for key, gap in zip(cells[1:], gaps, strict=True):
                if sheet.surface(key) == "0":
                    edits.append(Part(gap.start, sheet.cells[key].end, ""))
                    zeros.append(key)
        mutated = changed(sheet, edits)
        return mutated and replace(
            mutated,
            printed={**sheet.printed, **dict.fromkeys(zeros)},
            doubtful=sheet.doubtful | {key for key in zeros if not sheet.truth[key]},
        )

    return mutation


def _blanks_vanished(choose: Choice) -> Mutation:
    """Close the gaps that blank cells left, as wide as the narrowest one of the page."""

    def mutation(sheet: Sheet, rng: random.Random) -> Sheet | None:
        every = [sheet.text[gap.start : gap.end] for row in sheet.rows for gap in sheet.gaps(row)]
        narrow = min(every, key=len, default="")
        rows = [row for row in choose(sheet, rng) if len(sheet.printed_cells(row)) < len(sheet.rows[row])]
        return changed(sheet, [Part(gap.start, gap.end, narrow) for row in rows for gap in sheet.gaps(row)])

    return mutation


def _marks_gone(sheet: Sheet, rng: random.Random) -> Sheet | None:
    """The marks of blank cells."""
    marks = [place for key, place in sheet.cells.items() if sheet.printed[key] is None]
    return changed(sheet, [Part(place.start, place.end, "") for place in marks])


def _subtotals(sheet: Sheet, rng: random.Random) -> Sheet | None:
    """A column 小计 in every row of the applications: the sum of its cells but the first and the total."""
    edits = list(_subtotal_edits(sheet))
    return changed(sheet, edits) if len(edits) > 5 else None


def _subtotal_edits(sheet: Sheet) -> Iterator[Part]:
    for row, keys in sheet.rows.items():
        if not row.startswith("applications/") or len(keys) < 4 or not set(keys) <= sheet.cells.keys():
            continue
        gap = sheet.gap(keys[-2], keys[-1])
        if gap is not None and not sheet.text[gap.start : gap.end].strip(" \t\n|\u3000\u00a0"):
            subtotal = sum(sheet.printed[key] or 0 for key in keys[1:-1])
            yield Part(gap.end, gap.end, f"{subtotal:g}" + sheet.text[gap.start : gap.end])


MUTATIONS_OF_GAPS: Mapping[str, Mutation] = {
    "separator_gone": _one_gap(("",)),
    "separators_gone_in_row": _regapped(one_row, ("",)),
    "separators_gone_in_table": _regapped(one_table, ("",)),
    "separator_changed": _one_gap(_SEPARATORS),
    "separators_changed_in_row": _regapped(one_row, _SEPARATORS),
    "separators_changed_in_table": _regapped(one_table, _SEPARATORS),
    "row_over_lines": _regapped(one_row, ("\n", "\n\n", "\n \n", "\r\n")),
    "blanks_vanished_in_row": _blanks_vanished(one_row),
    "blanks_vanished_in_table": _blanks_vanished(one_table),
    "blank_marks_gone": _marks_gone,
    "zeros_marked_in_row": _zeros(_BLANK_MARKS, one_row),
    "zeros_marked_in_table": _zeros(_BLANK_MARKS, one_table),
    "zeros_blank_in_row": _zeros(("",), one_row),
    "zeros_vanished_in_row": _zeros_vanished(one_row),
    "zeros_vanished_in_table": _zeros_vanished(one_table),
    "zeros_vanished_everywhere": _zeros_vanished(all_rows),
    "page_mark_in_row": _inserted_in_gap(("\n- {} -\n", "\n— {} —\n", "\n第 {} 页 共 14 页\n")),
    "page_number_in_row": _inserted_in_gap(("\n{}\n", "\n{}\n\n")),
    "subtotal_column": _subtotals,
}
