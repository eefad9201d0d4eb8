"""Rows of a table without rules: each value is given to the label that it stands beside.

Flow:  labels, values -> **rows** -> tables without rules

Labels that page breaks cut are joined. Where anything is left over, or may stand in two places, there are no
rows.
"""

from __future__ import annotations

from collections.abc import Sequence

from gouji.inference.readers.form_words import form_words
from gouji.inference.readers.pdf_lines import ends_in_brackets, is_open_ended
from gouji.inference.readers.pdf_open_cells import EVEN, STEP, Body, Cell
from gouji.inference.readers.pdf_places import (
    LINE,
    ORDINAL,
    SLACK,
    is_cell_value,
    is_part_of_value,
    is_sign_or_unit,
)
from gouji.inference.readers.pdf_stacked import is_rest
from gouji.model.label_words import bare, without_brackets

_SHORTEST = 2  # characters of a row's label, besides its ordinal


def rows_of(body: Body) -> list[Cell] | None:
    """The labels of the rows and of the groups, in the order of print, the rows' with their values.

    None where a value stands beside no label, or a label beside none that is no group's.
    """
    begun = min(row.y for row in body.lines if row.values)
    labels = [label for label in body.labels() if label.bottom + label.height > begun]
    numbered = _are_numbered(labels, body)
    values = body.values(numbered=numbered)
    if values is None or not values:
        return None
    if not labels:
        return _without_label(values)
    for column, value in values:
        label = _label_of(value, labels)
        around = _parts_around(value, labels)
        if around is not None and (label is None or label.left < around[0].left - EVEN):
            label, rest = around
            label.parts += rest.parts
            labels.remove(rest)
        if label is None or not _give(label, column, value, body.reach):
            return None
    if any(label.values and is_group(label, labels) for label in labels):
        return None
    joined = _over_breaks(labels, body, numbered=numbered)
    if joined is None or not all(_is_sure(body, v) for label in joined for v in label.values.values()):
        return None
    rows = [label for label in joined if label.values]
    top, bottom = min(row.top for row in rows), max(row.bottom for row in rows)
    kept = [label for label in joined if label.bottom >= top and label.top <= bottom]
    if not all(label.values or is_group(label, kept) or ORDINAL.match(label.text) for label in kept):
        return None
    if any(len(bare(label.text)) < _SHORTEST for label in rows):
        return None
    return sorted(kept, key=lambda label: label.top)


def _are_numbered(labels: Sequence[Cell], body: Body) -> bool:
    """Whether each row begins with an ordinal; what begins a sheet may be the rest of one."""
    places = [(row.sheet, row.y) for row in body.lines if row.values]
    beside = [label for label in labels if any(label.sheet == at and label.spans(y) for at, y in places)]
    rows = [label for label in beside if not is_group(label, labels) and not _is_at_top(label, body)]
    return bool(rows) and all(ORDINAL.match(label.text) or label.text in "（(" for label in rows)


def is_group(label: Cell, labels: Sequence[Cell]) -> bool:
    """Whether other labels stand at the right of one: it is that of a group."""
    return any(
        other.left >= label.right - SLACK
        and other.top <= label.bottom + label.height
        and label.top - label.height <= other.bottom
        for other in labels
    )


def _without_label(values: Sequence[tuple[int, Cell]]) -> list[Cell] | None:
    """The one row of a table that has no labels."""
    row = Cell([], 0, values=dict(values))
    tops = [value.top for _, value in values]
    lines = [line for _, value in values for _, line in value.parts]
    if not all(is_cell_value(line) or is_part_of_value(line) for line in lines):
        return None
    level = max(tops) - min(tops) <= values[0][1].height
    return [row] if level and len(row.values) == len(values) else None


def _label_of(value: Cell, labels: Sequence[Cell]) -> Cell | None:
    """The label that a value stands beside, the last before it; None where there are two, or none."""
    beside = [
        label
        for label in labels
        if label.sheet == value.sheet and (label.spans(value.top) or label.spans(value.middle))
    ]
    last = max((label.left for label in beside), default=0.0)
    beside = [label for label in beside if label.left >= last - EVEN]
    if len(beside) > 1:
        beside = [
            label
            for label in beside
            if min(abs(label.top - value.top), abs(label.middle - value.middle)) <= EVEN
        ]
    return beside[0] if len(beside) == 1 else None


def _give(label: Cell, column: int, value: Cell, reach: float) -> bool:
    """Give a value to the row of a label; one more in a column is the rest of a number.

    It is so where it stands right below the number, beside a form's label: within that no other row begins.
    """
    number = label.values.setdefault(column, value)
    if number is value:
        return True
    (_, upper), (y, rest) = number.parts[-1], value.parts[0]
    if not (
        _are_official(label)
        and label.top - EVEN <= number.top
        and value.bottom <= label.bottom + EVEN
        and y - number.bottom <= reach + STEP
        and number.text[0] not in "0０"
        and is_rest(rest, upper)
    ):
        return False
    number.parts += value.parts
    number.is_broken = True
    return True


def _parts_around(value: Cell, labels: Sequence[Cell]) -> tuple[Cell, Cell] | None:
    """The two parts of a label that are set apart, one as far above a value as the other is below it.

    No label stands at their right: theirs is a row's, no group's.
    """
    own = [label for label in labels if label.sheet == value.sheet and not label.values]
    above = [label for label in own if label.bottom < value.top]
    below = [label for label in own if label.top > value.bottom]
    if not above or not below:
        return None
    upper, lower = max(above, key=lambda label: label.bottom), min(below, key=lambda label: label.top)
    is_one = (
        lower.top - upper.bottom <= 2 * LINE * value.height
        and abs(upper.left - lower.left) <= EVEN
        and abs((upper.top + lower.bottom) / 2 - value.middle) <= EVEN
        and not ORDINAL.match(lower.text)
        and not is_group(upper, labels)
    )
    return (upper, lower) if is_one else None


def _is_sure(body: Body, value: Cell) -> bool:
    """Whether a value is whole: known from the lines of cells, or because nothing stands close to it."""
    last = value.parts[-1][1]
    if is_sign_or_unit(value.text) or ends_in_brackets(value.text) or is_open_ended(last):
        return False
    own = [is_cell_value(line) or is_part_of_value(line) for _, line in value.parts]
    if any(own) and not all(own) and not any(bracket in value.text for bracket in "（("):
        return False  # words below a number that are no remark may be a label's
    return value.is_broken or body.reach > 0 or not body.is_doubted(last)


def _over_breaks(labels: Sequence[Cell], body: Body, *, numbered: bool) -> list[Cell] | None:
    """The labels, each with its rest on the next sheet; None where that may be another row's."""
    joined: list[Cell] = []
    for label in labels:
        above = next((each for each in reversed(joined) if abs(each.left - label.left) <= EVEN), None)
        if above is None or not _may_go_on(above, label, body):
            joined.append(label)
        elif not (above.values and label.values):
            if _are_official(above, label):
                joined.append(label)
            else:
                _join(above, label)
        elif _is_one_official(above, label) or (
            numbered and all(_goes_on_in(above, label, place, body) for place in label.values)
        ):
            _join(above, label)
        elif not numbered and _are_official(above, label):
            joined.append(label)
        else:
            return None
    return joined


def _are_official(*labels: Cell) -> bool:
    """Whether each is a label of a form, as no part of one is."""
    return all(without_brackets(label.text) in form_words().all for label in labels)


def _is_one_official(above: Cell, rest: Cell) -> bool:
    """Whether two parts make a label of a form, and are not one each."""
    return without_brackets(above.text + rest.text) in form_words().all and not _are_official(above, rest)


def _may_go_on(above: Cell, label: Cell, body: Body) -> bool:
    """Whether a label is the first of its column on a sheet, at its top, and begins no row by its ordinal."""
    return label.sheet == above.sheet + 1 and _is_at_top(label, body) and not ORDINAL.match(label.text)


def _is_at_top(label: Cell, body: Body) -> bool:
    top = next(row.y for row in body.lines if row.sheet == label.sheet)
    return label.top - top <= LINE * label.height


def _goes_on_in(above: Cell, label: Cell, place: int, body: Body) -> bool:
    """Whether a row's number goes on beside the rest of its label."""
    if place not in above.values:
        return False
    number, rest = above.values[place], label.values[place].parts[0][1]
    if is_part_of_value(rest):
        return True
    both = is_cell_value(number.parts[-1][1]) and is_cell_value(rest)
    return both and body.is_broken(number, rest, place, numbered=True)


def _join(above: Cell, label: Cell) -> None:
    """Take a label's rest, and what stands beside it, into it."""
    above.parts += label.parts
    above.sheet = label.sheet
    for place, value in label.values.items():
        if place in above.values:
            above.values[place].parts += value.parts
            above.values[place].is_broken = True
        else:
            above.values[place] = value
