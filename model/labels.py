"""What a token of a report page can be: the tags, their BIO labels, and tagged spans.

Flow:  page -> tokens -> **tags -> spans** -> form -> readings -> checks

A tag names the role of a piece of text in the printed table. A tag never says which
row or column it is: that is worked out later, from the form's own labels.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Tag(StrEnum):
    """The role of a piece of text; the value is the name used in labels and files."""

    SECTION = "SECTION"  # 二、主动公开政府信息情况
    SUBTABLE = "SUBTABLE"  # 第二十条第（五）项
    COLUMN = "COLUMN"  # 自然人, 法人或其他组织, 信息内容, 行政复议
    ROW = "ROW"  # 1.属于国家秘密
    GROUP = "GROUP"  # 三、本年度办理结果, （三）不予公开
    VALUE = "VALUE"  # 821, 减1, 14.495万元, and the marks / - — of an empty cell
    NOTE = "NOTE"  # （本列数据的勾稽关系为：…）


VALUE, ROW = Tag.VALUE, Tag.ROW  # asked for at every span: an attribute of an enumeration takes long
OUTSIDE = "O"
LABELS: tuple[str, ...] = (OUTSIDE, *(f"{prefix}-{tag}" for tag in Tag for prefix in "BI"))
LABEL_IDS: dict[str, int] = {label: index for index, label in enumerate(LABELS)}


@dataclass(frozen=True, slots=True)
class Span:
    """A tagged piece of page text; `page.text[start:end]` is its surface, always."""

    tag: Tag
    start: int  # characters, not bytes
    end: int
    confidence: float = 1.0  # 0..1, the weakest token's probability


def spans_of_labels(
    labels: Sequence[str],
    bounds: Sequence[tuple[int, int]],
    confidences: Sequence[float] | None = None,
) -> list[Span]:
    """Join the BIO labels of a page's tokens into spans.

    An `I-` that continues nothing opens a span: the tagger's slip at a window's edge
    must not lose a number.

    Args:
        labels: One BIO label a token.
        bounds: One `(start, end)` a token, in characters of the page.
        confidences: One probability a token; 1.0 where not given.

    >>> spans_of_labels(["B-ROW", "I-ROW", "O", "B-VALUE"], [(0, 2), (2, 4), (4, 5), (5, 6)])
    [Span(tag=<Tag.ROW: 'ROW'>, start=0, end=4, confidence=1.0), \
Span(tag=<Tag.VALUE: 'VALUE'>, start=5, end=6, confidence=1.0)]
    """
    spans: list[Span] = []
    open_tag: str | None = None
    for index, (label, (start, end)) in enumerate(zip(labels, bounds, strict=True)):
        confidence = confidences[index] if confidences is not None else 1.0
        if label == OUTSIDE:
            open_tag = None
            continue
        prefix, tag = label.split("-", 1)
        if prefix == "I" and tag == open_tag:
            last = spans[-1]
            spans[-1] = Span(last.tag, last.start, end, min(last.confidence, confidence))
        else:
            spans.append(Span(Tag(tag), start, end, confidence))
        open_tag = tag
    return spans


def labels_of_spans(spans: Iterable[Span], bounds: Sequence[tuple[int, int]]) -> list[str]:
    """The BIO label of each token, given the page's spans in reading order.

    A token belongs to a span when it overlaps it; the first token of a span is `B-`.
    """
    labels = [OUTSIDE] * len(bounds)
    token = 0
    for span in spans:
        while token < len(bounds) and bounds[token][1] <= span.start:
            token += 1
        prefix = "B"
        while token < len(bounds) and bounds[token][0] < span.end:
            labels[token] = f"{prefix}-{span.tag}"
            prefix = "I"
            token += 1
    return labels
