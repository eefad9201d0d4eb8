"""Labelled pages: a page's text, its tagged spans, and, where it is known, its truth matrix.

One JSON object a line, in utf-8:

    {"id": "…", "text": "…", "spans": [[88, 92, "ROW"], …], "tool": "…", "damage": "…",
     "issuer": "…", "form": "2021", "truth": {"review/reconsideration/total": 3, …}, "expect": "full"}

`spans` count characters (Unicode code points) of `text`, `start` inclusive, `end` exclusive, in
reading order and not overlapping, without blanks at their ends. All but `id`, `text` and `spans`
may be absent. A file is refused as a whole, with every fault in it listed; docs/labels.md says more.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gouji.annotations.page_faults import record_faults
from gouji.annotations.truth import TruthNotes
from gouji.model.errors import GoujiError
from gouji.model.forms import Form, load_forms
from gouji.model.labels import Span, Tag

SHIPPED = Path(__file__).parent / "labelled"  # the labelled pages that come with the project


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
    expect: str = ""  # what may be asked of it, as an index of page files says
    notes: TruthNotes | None = None  # what its truth file tells besides; JSON lines do not hold it


def load_labelled_pages(path: Path, forms: Mapping[str, Form] | None = None) -> list[LabelledPage]:
    """Read a JSON-lines file of labelled pages.

    Args:
        path: The file.
        forms: The forms that `form` and `truth` may name; the shipped ones where not given.

    Raises:
        AnnotationError: The file cannot be read, or any of its lines is faulty; all faults at once.
    """
    forms = load_forms() if forms is None else forms
    pages: list[LabelledPage] = []
    faults: list[str] = []
    seen: dict[str, int] = {}  # id -> its line
    try:
        # Only a line feed ends a line: U+2028 and U+0085 stand unescaped in JSON texts.
        lines = path.read_bytes().decode("utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise AnnotationError(f"{path}: cannot be read: {error}; expected JSON lines in utf-8") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (json.JSONDecodeError, RecursionError) as error:
            faults.append(f"{path} line {number}: not JSON: {error}")
            continue
        found = list(record_faults(record, forms))
        if not found:
            page = page_of_record(record)
            pages.append(page)
            if seen.setdefault(page.id, number) != number:
                found.append(f"id {page.id!r} stands on line {seen[page.id]} already; give each page its own")
        faults.extend(f"{path} line {number}: {fault}" for fault in found)
    if faults:
        raise AnnotationError("\n".join(faults))
    return pages


def write_labelled_pages(pages: Iterable[LabelledPage], path: Path) -> int:
    """Write labelled pages as JSON lines; returns how many."""
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for line in labelled_lines(pages):
            file.write(line)
            count += 1
    return count


def labelled_lines(pages: Iterable[LabelledPage]) -> Iterator[str]:
    """The lines of labelled pages, one a page, each with its end."""
    for page in pages:
        yield json_line(_record_of_page(page))


def json_line(record: Mapping[str, Any]) -> str:
    """A record as one line, also for readers that end lines at U+2028, U+2029 and U+0085."""
    line = json.dumps(record, ensure_ascii=False)
    for character in "\u2028\u2029\x85":
        line = line.replace(character, f"\\u{ord(character):04x}")
    return line + "\n"


def page_of_record(record: Mapping[str, Any]) -> LabelledPage:
    """The page of a record that has no faults."""
    return LabelledPage(
        id=record["id"],
        text=record["text"],
        spans=tuple(Span(Tag(tag), start, end) for start, end, tag in record["spans"]),
        tool=record.get("tool", ""),
        damage=record.get("damage", ""),
        issuer=record.get("issuer", ""),
        form=record.get("form"),
        truth=record.get("truth"),
        expect=record.get("expect", ""),
    )


def _record_of_page(page: LabelledPage) -> dict[str, Any]:
    record: dict[str, Any] = {
        "id": page.id,
        "text": page.text,
        "spans": [[span.start, span.end, str(span.tag)] for span in page.spans],
    }
    for key in ("tool", "damage", "issuer", "form", "truth", "expect"):
        value = getattr(page, key)
        if value:
            record[key] = dict(value) if key == "truth" else value
    return record
