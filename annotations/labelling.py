"""What people labelled in a tool, brought to labelled pages, or refused with every fault at once.

Flow:  a tool's export -> **labellings** -> regions -> spans -> **labelled pages**

Where several people labelled one page and disagree, nobody is outvoted: the one that the tool
marks as true counts, or, where that is asked for, the newest; otherwise it is a fault.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gouji.annotations.page_faults import record_faults
from gouji.annotations.pages import AnnotationError, LabelledPage, page_of_record
from gouji.annotations.regions import Region, check_regions, trimmed
from gouji.model.forms import Form, load_forms

_TEXTS = ("tool", "damage", "issuer", "form")  # of what travels with a page, the plain ones
_LISTED = 10  # tasks that a message names


@dataclass(frozen=True, slots=True)
class Labelling:
    """One person's labels of one task."""

    place: str  # names it in an error: `export.json task 12, annotation 7`
    name: str  # what the page is called where the task's data does not say
    text: str
    data: Mapping[str, Any]  # what travelled with the text
    regions: tuple[Region, ...]
    updated: str = ""  # ISO time, where the tool exports it
    chosen: bool = False  # marked in the tool as the true one of several


@dataclass(frozen=True, slots=True)
class Export:
    """What a tool's file holds: labellings, what could not be read, and what was left out."""

    labellings: tuple[Labelling, ...]
    faults: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Import:
    """The pages of one or more exports, and what was left out, in words."""

    pages: tuple[LabelledPage, ...]
    left_out: tuple[str, ...] = ()


def listed(tasks: Sequence[str]) -> str:
    """Tasks by their numbers, the first of many.

    >>> listed(["4", "7"]), listed([str(number) for number in range(99)])
    ('task 4, 7', '99 tasks: 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, …')
    """
    if len(tasks) <= _LISTED:
        return f"task {', '.join(tasks)}"
    return f"{len(tasks)} tasks: {', '.join(tasks[:_LISTED])}, …"


def task_data(page: LabelledPage) -> dict[str, str]:
    """What travels with a page's text through a tool: always the same keys, and texts only.

    doccano refuses a whole file in which one task lacks a key of another, and rounds numbers.
    """
    return {
        "page": page.id,
        **{key: getattr(page, key) or "" for key in _TEXTS},
        "truth": json.dumps(dict(page.truth), ensure_ascii=False) if page.truth else "",
        "checksum": _checksum(page.text),
    }


def pages_of_exports(
    exports: Iterable[Export], *, newest: bool = False, forms: Mapping[str, Form] | None = None
) -> Import:
    """Labelled pages from exports; where several people labelled one page, the labelling that counts.

    Args:
        exports: What was read of each file.
        newest: Where people disagree and none is marked as true, take the labelling last changed.
        forms: The forms that the tasks' data may name; the shipped ones where not given.

    Raises:
        AnnotationError: Anything in the exports is faulty; all faults at once.
    """
    forms = load_forms() if forms is None else forms
    faults: list[str] = []
    left_out: list[str] = []
    by_page: dict[str, list[Labelling]] = {}
    for export in exports:
        faults.extend(export.faults)
        left_out.extend(export.left_out)
        for labelling in export.labellings:
            by_page.setdefault(_page_id(labelling), []).append(labelling)
    pages = []
    for page_id, labellings in by_page.items():
        disagreement = _disagreement(labellings, newest)
        if disagreement is not None:
            faults.append(f"{page_id}: {disagreement}")
            continue
        labelling = _counting(labellings)
        record, found = _record(page_id, labelling)
        found.extend(() if found else record_faults(record, forms))
        faults.extend(f"{labelling.place} ({page_id}): {fault}" for fault in found)
        if not found:
            pages.append(page_of_record(record))
    if faults:
        raise AnnotationError("\n".join(faults))
    return Import(tuple(pages), tuple(left_out))


def _page_id(labelling: Labelling) -> str:
    page_id = labelling.data.get("page")
    return page_id if isinstance(page_id, str) and page_id else labelling.name


def _counting(labellings: Sequence[Labelling]) -> Labelling:
    """The labelling that counts of several that are settled: one marked as true, else the newest."""
    return max(labellings, key=lambda labelling: (labelling.chosen, labelling.updated))


def _disagreement(labellings: Sequence[Labelling], newest: bool) -> str | None:
    """Why it cannot be said which of a page's labellings counts; None where it can."""
    if len({labelling.text for labelling in labellings}) > 1:
        places = ", ".join(labelling.place for labelling in labellings)
        return f"is the name of several texts ({places}); give each page its own"
    rivals = [labelling for labelling in labellings if labelling.chosen] or list(labellings)
    first = _outcome(rivals[0])
    other = next((rival for rival in rivals if _outcome(rival) != first), None)
    dated = all(labelling.updated for labelling in rivals)
    if other is None or (newest and dated):
        return None
    differing = sorted(first ^ _outcome(other))
    start, end, label = differing[0]
    remedy = (
        "mark one as ground truth, delete the other, or pass --newest"
        if dated
        else "import the file of one person only: the export does not say which is newer"
    )
    return (
        f"{rivals[0].place} and {other.place} disagree at {len(differing)} regions,"
        f' the first [{start}, {end}, "{label}"]; {remedy}'
    )


def _outcome(labelling: Labelling) -> frozenset[tuple[int, int, str]]:
    regions = trimmed(labelling.text, labelling.regions)
    return frozenset((region.start, region.end, region.label) for region in regions)


def _record(page_id: str, labelling: Labelling) -> tuple[dict[str, Any], list[str]]:
    """The page as a record of our own format, and what is wrong with it."""
    data = labelling.data
    checked = check_regions(labelling.text, labelling.regions)
    faults = list(checked.faults)
    spans = [[span.start, span.end, str(span.tag)] for span in checked.spans]
    record = {"id": page_id, "text": labelling.text, "spans": spans}
    record.update({key: data[key] for key in _TEXTS if data.get(key)})
    if data.get("checksum") not in (None, "", _checksum(labelling.text)):
        faults.append(
            "its text is not the one that gouji wrote; write the page's task anew and label it there"
        )
    if data.get("truth"):
        try:
            record["truth"] = json.loads(data["truth"])
        except (TypeError, ValueError):
            faults.append(f"truth: found {data['truth']!r}; expected the JSON that gouji wrote")
    return record, faults


def _checksum(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
