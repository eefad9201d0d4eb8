"""doccano: JSON lines for sequence labelling to import there, and its export to read back.

Flow:  labelled pages -> **lines** -> a person corrects -> **export** -> labellings

doccano stores the numbers that its editor gives it, and that counts UTF-16 units: an emoji, or a
Han character beyond U+FFFF, is two of them (seen in doccano 1.8.4). Offsets are turned from
characters to units on the way out, and back on the way in. With a project's "grapheme mode" the
editor counts otherwise, CRLF as one: leave that off.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate
from typing import Any

from gouji.annotations.labelling import Export, Labelling, listed, task_data
from gouji.annotations.pages import LabelledPage, json_line
from gouji.annotations.regions import Region

_OURS = {"id", "text", "data", "label", "labels", "entities", "Comments"}  # doccano's own keys of a line


def task_lines(pages: Iterable[LabelledPage]) -> Iterator[str]:
    """One JSON line a page, its spans as labels."""
    for page in pages:
        units = _units(page.text)
        labels = [[units[span.start], units[span.end], str(span.tag)] for span in page.spans]
        yield json_line({"text": page.text, "label": labels, **task_data(page)})


def read_export(content: str, where: str, *, with_empty: bool = False) -> Export:
    """What a JSONL export holds.

    Args:
        content: The file's text.
        where: Its name, for errors.
        with_empty: Keep the pages without any label. The export does not say whether such a page
            was seen by anyone; without this, they are left out.
    """
    labellings: list[Labelling] = []
    faults: list[str] = []
    empty: list[str] = []
    for number, line in enumerate(content.split("\n"), 1):
        if not line.strip():
            continue
        place = f"{where} line {number}"
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as error:
            faults.append(f"{place}: not JSON: {error}; export as JSONL")
            continue
        labelling = _labelling(record, place, faults)
        if labelling is None:
            continue
        if labelling.regions or with_empty:
            labellings.append(labelling)
        else:
            empty.append(labelling.name.removeprefix("doccano-"))
    left_out = (
        f"{where}: left out, without labels: {listed(empty)};"
        " pass --with-empty if they were checked and hold no table"
    )
    return Export(tuple(labellings), tuple(faults), (left_out,) if empty else ())


def _labelling(record: Any, place: str, faults: list[str]) -> Labelling | None:
    if not isinstance(record, dict):
        faults.append(f"{place}: found {type(record).__name__}; expected an object: export as JSONL")
        return None
    place = f"{place} (task {record.get('id', '?')})"
    text = record.get("text", record.get("data"))
    labels = record.get("label", record.get("labels", record.get("entities")))
    if not isinstance(text, str) or not isinstance(labels, list):
        faults.append(
            f"{place}: expected a text and a list of labels; export as JSONL from sequence labelling"
        )
        return None
    known = len(faults)
    regions = tuple(_regions(labels, text, place, faults))
    if not regions and len(faults) > known:
        return None
    return Labelling(
        place=place,
        name=f"doccano-{record.get('id', place)}",
        text=text,
        data={key: value for key, value in record.items() if key not in _OURS},
        regions=regions,
    )


def _regions(labels: Iterable[Any], text: str, place: str, faults: list[str]) -> Iterator[Region]:
    units = _units(text)
    for label in labels:
        start, end, tag = _triple(label)
        if type(start) is not int or type(end) is not int or not isinstance(tag, str):
            faults.append(f"{place}: label {label!r}: expected [start, end, label]")
            continue
        first, last = bisect_left(units, start), bisect_left(units, end)
        if not 0 <= min(start, end) <= max(start, end) <= units[-1]:
            faults.append(f"{place}: label {label!r} does not lie in the text, which has {units[-1]} units")
        elif (units[first], units[last]) != (start, end):
            faults.append(f"{place}: label {label!r} cuts a character beyond U+FFFF in two; label it anew")
        else:
            yield Region(first, last, tag)


def _triple(label: Any) -> tuple[Any, Any, Any]:
    """A label as start, end and name; projects with relations export objects."""
    if isinstance(label, Mapping):
        return label.get("start_offset"), label.get("end_offset"), label.get("label")
    return (label[0], label[1], label[2]) if isinstance(label, list) and len(label) == 3 else (None,) * 3


def _units(text: str) -> list[int]:
    """For each place between characters, how many UTF-16 units stand before it.

    >>> _units("a😀b")
    [0, 1, 3, 4]
    """
    return list(accumulate((2 if character > "\uffff" else 1 for character in text), initial=0))
