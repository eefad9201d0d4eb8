"""Labelled pages: a page's text, its tagged spans, and, where it is known, its truth matrix.

One JSON object a line:

    {"id": "…", "text": "…", "spans": [[88, 92, "ROW"], …], "tool": "…", "damage": "…",
     "issuer": "…", "form": "2021", "truth": {"review/reconsideration/total": 3, …}}

`spans` count characters of `text`, `start` inclusive, `end` exclusive, in reading order and
not overlapping. All but `id`, `text` and `spans` may be absent. A file is refused as a whole,
with every fault in it listed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gouji.model.errors import GoujiError
from gouji.model.labels import Span, Tag


class AnnotationError(GoujiError):
    """A file of labelled pages is faulty; the message lists every fault found in it."""


@dataclass(frozen=True, slots=True)
class LabelledPage:
    """A page with the spans that a tagger should find in it."""

    id: str
    text: str
    spans: tuple[Span, ...]
    tool: str = ""  # what flattened it, as MARKUP-TOOL
    damage: str = ""
    issuer: str = ""
    form: str | None = None
    truth: Mapping[str, int | float | None] | None = None  # cell key -> value, None for blank


def load_labelled_pages(path: Path) -> list[LabelledPage]:
    """Read a JSON-lines file of labelled pages.

    Raises:
        AnnotationError: The file cannot be read, or any of its lines is faulty; all faults at once.
    """
    pages, faults = [], []
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise AnnotationError(f"{path}: cannot be read: {error}; expected JSON lines in utf-8") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        where = f"{path} line {number}"
        try:
            record = json.loads(line)
        except json.JSONDecodeError as error:
            faults.append(f"{where}: not JSON: {error}")
            continue
        found = list(_record_faults(record))
        faults.extend(f"{where}: {fault}" for fault in found)
        if not found:
            pages.append(_page_of_record(record))
    if faults:
        raise AnnotationError("\n".join(faults))
    return pages


def write_labelled_pages(pages: Iterable[LabelledPage], path: Path) -> int:
    """Write labelled pages as JSON lines; returns how many."""
    count = 0
    with path.open("w", encoding="utf-8") as file:
        for page in pages:
            file.write(json.dumps(_record_of_page(page), ensure_ascii=False) + "\n")
            count += 1
    return count


def _record_faults(record: Any) -> Iterator[str]:
    if not isinstance(record, dict):
        yield f"found {type(record).__name__}; expected an object"
        return
    text = record.get("text")
    for key in ("id", "text"):
        if not isinstance(record.get(key), str):
            yield f"{key}: found {record.get(key)!r}; expected a text"
    if not isinstance(record.get("spans"), list):
        yield "spans: expected a list of [start, end, tag]"
        return
    last = 0
    for span in record["spans"]:
        if not (isinstance(span, list) and len(span) == 3 and all(isinstance(n, int) for n in span[:2])):
            yield f"span {span!r}: expected [start, end, tag]"
            continue
        start, end, tag = span
        if tag not in Tag.__members__:
            yield f"span {span!r}: unknown tag; expected one of {', '.join(Tag)}"
        if end <= start:
            yield f"span {span!r} ends before it starts"
        if start < last:
            yield f"span {span!r} overlaps the one before it, or comes before it"
        if isinstance(text, str) and end > len(text):
            yield f"span {span!r} ends after the text, which has {len(text)} characters"
        last = max(last, end)


def _page_of_record(record: Mapping[str, Any]) -> LabelledPage:
    return LabelledPage(
        id=record["id"],
        text=record["text"],
        spans=tuple(Span(Tag(tag), start, end) for start, end, tag in record["spans"]),
        tool=record.get("tool", ""),
        damage=record.get("damage", ""),
        issuer=record.get("issuer", ""),
        form=record.get("form"),
        truth=record.get("truth"),
    )


def _record_of_page(page: LabelledPage) -> dict[str, Any]:
    record: dict[str, Any] = {
        "id": page.id,
        "text": page.text,
        "spans": [[span.start, span.end, str(span.tag)] for span in page.spans],
    }
    for key in ("tool", "damage", "issuer", "form", "truth"):
        value = getattr(page, key)
        if value:
            record[key] = dict(value) if key == "truth" else value
    return record
