"""Regions that people labelled, checked and brought to spans in reading order.

Flow:  a tool's export -> **regions -> spans** -> labelled pages

Blanks at a region's ends are trimmed: nobody selects text so exactly with a mouse. A region that
stands twice counts once. Nothing else is mended.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gouji.annotations.page_faults import TAG_NAMES, printed_bounds
from gouji.model.labels import Span, Tag
from gouji.model.page import GHOST, fold


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch of a task's text that somebody labelled; nothing of it is checked yet."""

    start: int  # characters (code points), whatever the tool counts
    end: int
    label: str
    surface: str | None = None  # the text that the tool says it covers

    def __str__(self) -> str:
        return f'[{self.start}, {self.end}, "{self.label}"]'


@dataclass(frozen=True, slots=True)
class CheckedRegions:
    """The spans that regions make, and what is wrong with the others."""

    spans: tuple[Span, ...]
    faults: tuple[str, ...]


def check_regions(text: str, regions: Iterable[Region]) -> CheckedRegions:
    """Bring regions to spans.

    >>> check_regions("规章 3 ", [Region(3, 5, "VALUE"), Region(0, 2, "ROW", "规章")]).spans
    (Span(tag=<Tag.ROW: 'ROW'>, start=0, end=2, confidence=1.0), \
Span(tag=<Tag.VALUE: 'VALUE'>, start=3, end=4, confidence=1.0))
    >>> check_regions("规章 3", [Region(0, 4, "ROW"), Region(3, 4, "VALUE")]).faults
    ('[3, 4, "VALUE"] \\'3\\' overlaps [0, 4, "ROW"] \\'规章 3\\'; delete or shorten one of them',)
    """
    faults = []
    spans: list[Span] = []
    for region in trimmed(text, regions):
        last = spans[-1] if spans else None
        fault = _fault(region, text)
        if fault is None and last is not None and region.start < last.end:
            fault = (
                f"{_quoted(region, text)} overlaps {_quoted(Region(last.start, last.end, last.tag), text)};"
                " delete or shorten one of them"
            )
        if fault is None:
            spans.append(Span(Tag(region.label), region.start, region.end))
        else:
            faults.append(fault)
    return CheckedRegions(tuple(spans), tuple(faults))


def trimmed(text: str, regions: Iterable[Region]) -> list[Region]:
    """The regions without blanks at their ends, each once, in the order of their starts.

    A region that does not lie in the text, or holds nothing but blanks, stays as it is.
    """
    folded = fold(text)
    found: dict[tuple[int, int, str], Region] = {}
    for region in regions:
        start, end = region.start, region.end
        if 0 <= start < end <= len(text):
            printed = printed_bounds(folded, start, end)
            start, end = printed if printed[0] < printed[1] else (start, end)
        found.setdefault((start, end, region.label), Region(start, end, region.label, region.surface))
    return sorted(found.values(), key=lambda region: (region.start, region.end))


def _fault(region: Region, text: str) -> str | None:
    if region.label not in Tag.__members__:
        return f"{region}: unknown label; expected one of {TAG_NAMES}"
    if not 0 <= region.start < region.end <= len(text):
        return f"{region} does not lie in the text, which has {len(text)} characters; label it anew"
    covered = text[region.start : region.end]
    if not _solid(covered):
        return f"{region} holds nothing but blanks; delete it"
    if region.surface is not None and _solid(region.surface) != _solid(covered):
        return f"{region} covers {covered!r}, but the export says {region.surface!r}; label it anew"
    return None


def _solid(text: str) -> str:
    """The text without blanks, which tools print as they like."""
    return "".join(fold(text).replace(GHOST, "").split())


def _quoted(region: Region, text: str) -> str:
    return f"{region} {text[region.start : region.end]!r}"
