"""A person's correction of the spans of a page, as a line of `spans.jsonl`; and the spans under corrections.

Flow:  tagged spans -> a person draws, retags, deletes -> **corrected spans** -> labelled pages

A correction says what is tagged within one stretch of the text, whatever was tagged there before: so it holds
for any tagger's spans. Over the whole text, and checked, it says that this is all there is to tag.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gouji.annotations.page_faults import printed_bounds
from gouji.inference.settling.answers import now, page_hash
from gouji.model.errors import GoujiError
from gouji.model.labels import Span, Tag
from gouji.model.page import Page, fold

_KEYS = {"page", "source", "by", "when", "start", "end", "spans", "before", "checked", "undo"}


class SpanEditError(GoujiError):
    """A line is no correction, or what is to be tagged makes no sense."""


@dataclass(frozen=True, slots=True)
class SpanEdit:
    """What is tagged within a stretch of a page's text, as a person says; or that the last one is taken back.

    >>> edit = SpanEdit("9f", "li", "2026-11-30T08:00:00Z", 5, 7, (Span(Tag.VALUE, 5, 7),))
    >>> span_edit_of(edit.to_record()) == edit
    True
    """

    page: str  # `page_hash` of its text
    by: str
    when: str  # ISO 8601, UTC
    start: int = 0  # characters of the page's text
    end: int = 0
    spans: tuple[Span, ...] = ()  # all that is tagged between them
    before: tuple[Span, ...] = ()  # what was, when the person saw it; spans that reach beyond are whole
    is_checked: bool = False  # it is of the whole page, and a person says that it is right
    is_undo: bool = False
    source: str | None = None  # what the page was called then, for a person to find it

    def to_record(self) -> dict[str, Any]:
        """The correction as JSON has it."""
        told: dict[str, Any] = {"page": self.page}
        if self.source is not None:
            told["source"] = self.source
        if self.is_undo:
            told["undo"] = True
        else:
            told |= {"start": self.start, "end": self.end, "spans": _triples(self.spans)}
            told |= {"checked": True} if self.is_checked else {"before": _triples(self.before)}
        return told | {"by": self.by, "when": self.when}


def span_edit_of(data: object) -> SpanEdit:
    """The correction of a line's JSON.

    Raises:
        SpanEditError: It is none.
    """
    if not isinstance(data, Mapping):
        raise SpanEditError("is no JSON object; expected a correction: page, start, end, spans, by, when")
    needed = {"page", "by", "when"} | (set() if data.get("undo") else {"start", "end", "spans"})
    if missing := sorted(needed - data.keys()):
        raise SpanEditError(f"misses {', '.join(missing)}")
    if unknown := sorted(data.keys() - _KEYS):
        raise SpanEditError(f"has {', '.join(unknown)}, which no correction has")
    start, end = data.get("start", 0), data.get("end", 0)
    page, by, when = data["page"], data["by"], data["when"]
    if not all(isinstance(name, str) for name in (page, by, when)) or not (type(start) is type(end) is int):
        raise SpanEditError("expected text as page, by and when, and whole numbers as start and end")
    if not 0 <= start <= end:
        raise SpanEditError(f"start {start}, end {end}: expected a stretch of the text")
    spans, before = _spans(data.get("spans", ())), _spans(data.get("before", ()))
    if any(span.start < start or end < span.end for span in spans):
        raise SpanEditError(f"spans: expected all between {start} and {end}")
    is_checked, is_undo, source = bool(data.get("checked")), bool(data.get("undo")), data.get("source")
    return SpanEdit(page, by, when, start, end, spans, before, is_checked, is_undo, source)


def tagged(page: Page, spans: Sequence[Span], place: tuple[int, int], tag: Tag | None, by: str) -> SpanEdit:
    """The correction by which a stretch bears a tag, as one span, or none.

    Blanks at its ends are left out. Other spans that it lies over are cut; one of its own tag is drawn anew,
    nothing of it stays beyond the stretch.

    Args:
        page: The page.
        spans: What is tagged in its text now.
        place: The stretch of the text, start and end.
        tag: The tag; None: what lies there is no span.
        by: Who says so.

    Raises:
        SpanEditError: The stretch is not of the text, or holds nothing but blanks.

    >>> page, row = Page("a.txt", "行政许可 286"), Span(Tag.ROW, 0, 8)
    >>> edit = tagged(page, [row], (4, 8), Tag.VALUE, "li")
    >>> [(str(span.tag), span.start, span.end) for span in corrected(page.text, [row], [edit])]
    [('ROW', 0, 4), ('VALUE', 5, 8)]
    """
    length = len(page.text)
    if not 0 <= place[0] < place[1] <= length:
        raise SpanEditError(f"{place[0]} to {place[1]}: is no stretch of the text, which ends at {length}")
    start, end = printed_bounds(fold(page.text), *place)
    if start >= end:
        raise SpanEditError(f"{place[0]} to {place[1]}: holds nothing but blanks; choose what is printed")
    over = tuple(span for span in spans if span.start < end and start < span.end)
    own = [span for span in over if span.tag is tag]
    first, last = min([start, *(s.start for s in own)]), max([end, *(s.end for s in own)])
    drawn = () if tag is None else (Span(tag, start, end),)
    return SpanEdit(page_hash(page), by, now(), first, last, drawn, over, source=page.source)


def checked(page: Page, spans: Iterable[Span], by: str) -> SpanEdit:
    """The correction that says of all spans of a page that they are right, and all that there are."""
    known = tuple(Span(span.tag, span.start, span.end) for span in spans)
    return SpanEdit(page_hash(page), by, now(), 0, len(page.text), known, is_checked=True, source=page.source)


def corrected(text: str, spans: Iterable[Span], edits: Iterable[SpanEdit]) -> tuple[Span, ...]:
    """The spans of a page under corrections, in the order in which these were given."""
    kept, folded = list(spans), fold(text)
    for edit in edits:
        stay: list[Span] = []
        for span in kept:
            if span.end <= edit.start or edit.end <= span.start:
                stay.append(span)
                continue
            for piece in ((span.start, edit.start), (edit.end, span.end)):
                start, end = printed_bounds(folded, *piece)
                if start < end:
                    stay.append(Span(span.tag, start, end, span.confidence))
        kept = [*stay, *edit.spans]
    return tuple(sorted(kept, key=lambda span: span.start))


def _triples(spans: Iterable[Span]) -> list[list[int | str]]:
    return [[span.start, span.end, str(span.tag)] for span in spans]


def _spans(data: Any) -> tuple[Span, ...]:
    """The spans of a line's JSON, if they can be those of a text: in order, none over another."""
    try:
        spans = tuple(Span(Tag(tag), start, end) for start, end, tag in data)
        ends = [0, *(span.end for span in spans)]
        if any(type(s.start) is not int or type(s.end) is not int for s in spans):
            raise ValueError
        if any(not last <= span.start < span.end for last, span in zip(ends, spans, strict=False)):
            raise ValueError
    except (TypeError, ValueError) as error:
        raise SpanEditError(
            f"spans: {str(data)[:80]}; expected [start, end, tag], in the text's order and none over another"
        ) from error
    return spans
