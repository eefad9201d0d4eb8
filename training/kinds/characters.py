"""What hosts, crawlers and wrong charsets do to the characters of a report's text.

Flow:  composed report -> its text, a cell a line or a row a line -> **changed characters** -> page file
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from gouji.training.reports import Grid, Report

_SHORT = 12  # characters: a crawler that drops repeated lines keeps longer ones
# What hosts put behind characters of their choice, so that copies can be told.
_PINYIN = {
    "政": "zheng", "府": "fu", "信": "xin", "息": "xi", "公": "gong", "开": "kai", "行": "xing", "收": "shou",
    "到": "dao", "处": "chu", "理": "li", "申": "shen", "请": "qing", "自": "zi", "然": "ran", "人": "ren",
    "本": "ben", "年": "nian", "件": "jian", "许": "xu", "可": "ke", "不": "bu", "予": "yu", "总": "zong",
    "计": "ji", "结": "jie", "果": "guo", "其": "qi", "他": "ta", "新": "xin", "法": "fa", "规": "gui",
}  # fmt: skip


def rows_of_text(report: Report) -> str:
    """Paragraphs, and tables a row a line with a tab between two cells."""
    return "\n".join(_lines(report, "\t")) + "\n"


def cells_of_text(report: Report) -> str:
    """Paragraphs and cells, each on a line of its own; nothing where a cell is empty."""
    lines = "\n".join(_lines(report, "\n")).split("\n")
    return "\n".join(filter(None, lines)) + "\n"


def traditional(text: str, configuration: str) -> str:
    """The text as OpenCC converts it: by characters, or with the words of a place."""
    import opencc

    return str(opencc.OpenCC(configuration).convert(text))


def with_pinyin(text: str, rng: random.Random) -> str:
    """The text with the reading of some characters behind them."""
    told = set(rng.sample(sorted(_PINYIN), 20))
    return "".join(f"{c}({_PINYIN[c]})" if c in told and rng.random() < 0.5 else c for c in text)


def misread(text: str, written: str, read: str) -> str:
    """The text as written in one charset and read in another.

    >>> misread("政府", "utf-8", "latin-1")
    'æ\\x94¿åº\\x9c'
    """
    return text.encode(written, "replace").decode(read, "replace")


def without_repeats(text: str) -> str:
    """The text as a crawler keeps it that drops every short line that it has seen."""
    seen: set[str] = set()
    kept = []
    for line in text.splitlines():
        if len(line) > _SHORT or line not in seen:
            kept.append(line)
        seen.add(line)
    return "\n".join(kept) + "\n"


def _lines(report: Report, delimiter: str) -> Iterator[str]:
    for block in report.blocks:
        if isinstance(block, Grid):
            for row in block.rows:
                yield delimiter.join(cell.text.replace("\n", "") for cell in row)
        else:
            yield block.text
