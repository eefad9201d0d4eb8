"""Vary labels and values as publishers do: brackets, ordinals, aliases, lost characters, units, blanks.

Flow:  figures, issuers and prose -> **wording** -> report -> markup -> flattener -> labelled page
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass

from gouji.model.forms import Label
from gouji.training.figures import Number
from gouji.training.foreign import explanation
from gouji.training.printed import Print, plain

_HALF = str.maketrans("（），：“”；、", '(),:"";、')
_FULL_DIGITS = str.maketrans("0123456789.-", "０１２３４５６７８９．－")
_EXPLANATIONS = (
    "（指{year}年事项数）",
    "（减少的用负数表示，如-3）",
    "（指本单位{year}年办理的数量）",
    "（设区的市以上填报）",
    "（含{year}年度结转）",
    "（以正式印发的文号为准，包括决定、命令、通告、意见）",
    "（包括确认、给付、裁决、奖励及其他对外办理的事项）",
    "（单位：件）",
    "（单位：万元，保留4位小数）",
    "（不含下属单位）",
)
_MATTERS = tuple(
    "决定 命令 公告 通告 通知 意见 批复 确认 给付 裁决 奖励 征收 检查 登记 备案 审核 年检 服务".split()  # noqa: SIM905
    + "规定 办法 细则 规划 计划 方案 目录 清单 指南 协议 补助 评定 认定 鉴定 仲裁 调解".split()  # noqa: SIM905
)
_ENUMERATIONS = (
    "（含{}等）",
    "（包括{}）",
    "（指{}，不含{}）",
    "（不包括{}和{}类）",
    "（以“{}”“{}”为题的文件）",
    "（{}须另行填报，{}合并计算）",
)
_PRINTED = 0.3  # of the liberties taken with labels to learn from, those that publishers are seen to take
_EXPLAINED_GROUPS = 0.25  # of the other labels' share: real reports explain rows and columns
_BREAKABLE = {
    "商业企业": 2,
    "科研机构": 2,
    "结果维持": 2,
    "结果纠正": 2,
    "其他结果": 2,
    "尚未审结": 2,
    "自然人": 2,
    "社会公益组织": 4,
    "法律服务机构": 4,
    "本年新制作数量": 3,
    "本年新公开数量": 3,
    "总计": 1,
    "其他": 1,
}


_ORDINALS = ("{}.", "{}、", "{}．", "（{}）", "{}", "", "{}. ")
_ORDINAL_WEIGHTS = (40, 12, 8, 8, 6, 6, 20)


@dataclass(frozen=True, slots=True)
class Wording:
    """How one publisher prints: drawn once a report, so that a report is of one piece."""

    rng: random.Random
    year: int
    half: bool  # half-width brackets and commas
    ordinal: str  # how `1.` prints
    quotes: bool  # “三安全一稳定” keeps its quotation marks
    alias: float  # how often a label prints in other than official words
    explained: float  # how often a long explanation stands in brackets after a label
    augmented: bool  # to learn from: explanations are of any words now and then, as no publisher prints
    breaks: float  # how often a label has a line break in its cell
    spaced: float  # how often blanks stand inside a label
    upright: int | None  # characters a line where groups print down the page; None: across
    lossy: float  # how often a label loses a character
    line_break: str  # within a cell
    blank: str | None  # what stands for nought; None: 0
    blank_share: float  # of the noughts
    unit: str  # printed after a sum of money
    unit_break: bool
    count_unit: str  # printed after every other number
    thousands: bool
    full_digits: bool
    minus: str  # `-`, `减`, `－`
    plus: str
    padding: str  # a stray blank in the cells of values

    @classmethod
    def draw(cls, rng: random.Random, year: int, *, augmented: bool = False) -> Wording:
        """A publisher's habits; most keep to the official print."""
        often = rng.random() < 0.5
        official = rng.random() < 0.35  # labels as issued, to the letter
        liberty = 0 if official else 1
        strained = liberty * (1 if augmented else _PRINTED)
        return cls(
            rng=rng,
            year=year,
            half=rng.random() < 0.35,
            ordinal="{}." if official else rng.choices(_ORDINALS, _ORDINAL_WEIGHTS)[0],
            quotes=official or rng.random() < 0.75,
            alias=liberty * rng.choice((0, 0.05, 0.1, 0.4)),
            explained=strained * rng.choice((0, 0, 0, 0, 0.1, 0.5)),
            augmented=augmented,
            breaks=rng.choice((0, 0, 0.2, 0.8)),
            spaced=strained * rng.choice((0, 0, 0, 0, 0.05, 0.2, 0.4)),
            upright=rng.choice((1, 1, 2, 3)) if rng.random() < 0.06 else None,
            lossy=liberty * rng.choice((0, 0, 0, 0.03, 0.08)),
            line_break=rng.choice(("\n", "\n", "\n", "\n\n")),
            blank=rng.choices(
                (None, "", "/", "-", "—", "无", "\u00a0", "－", "——"), (44, 20, 9, 5, 4, 2, 9, 1, 1)
            )[0],
            blank_share=rng.choice((1.0, 1.0, 0.7, 0.3)),
            unit=rng.choice(("", "", "", "万元", "元", " 万元")) if often else "",
            unit_break=rng.random() < 0.15,
            count_unit=rng.choice(("件", "件", "个", "项", " 件")) if rng.random() < 0.03 else "",
            thousands=rng.random() < 0.08,
            full_digits=rng.random() < 0.04,
            minus=rng.choice(("-", "-", "减", "－", "-")),
            plus=rng.choice(("", "", "", "+", "增")),
            padding=rng.choices(("", "\u00a0{}", "{}\u00a0", " {}", "\u3000{}"), (90, 4, 3, 2, 1))[0],
        )

    def _explanation(self) -> str:
        """What a publisher explains in brackets behind a label."""
        if self.augmented and self.rng.random() < 1 / 3:
            return explanation(self.rng)
        if self.rng.random() < 0.5:
            return self.rng.choice(_EXPLANATIONS).format(year=self.year - self.rng.randrange(2))
        lists = ["、".join(self.rng.sample(_MATTERS, self.rng.randint(1, 6))) for _ in range(2)]
        return self.rng.choice(_ENUMERATIONS).format(*lists)

    def label(self, label: Label, explained: float | None = None) -> str:
        """A form's label as this publisher prints it; `explained` overrides how often that is."""
        rng = self.rng
        text = label.label
        if label.aliases and rng.random() < self.alias:
            text = rng.choice(label.aliases)
        return self.text(text, explained)

    def group(self, label: Label) -> str:
        """A label that stands before a group of rows: in a narrow cell, so now and then down the page."""
        text = self.label(label, self.explained * _EXPLAINED_GROUPS)
        if self.upright is None or "\n" in text:
            return text
        return "\n".join(text[at : at + self.upright] for at in range(0, len(text), self.upright))

    def text(self, text: str, explained: float | None = None) -> str:
        """Official words as this publisher prints them; a line break in the cell is a `\\n`."""
        rng = self.rng
        text = re.sub(r"^([0-9])\.", lambda m: self.ordinal.format(m.group(1)), text) or text
        text = text.replace("2023", str(self.year))
        if not self.quotes:
            text = text.replace("“", "").replace("”", "")
        if rng.random() < self.lossy and len(text) > 4:
            cut = rng.randrange(2, len(text))
            text = text[:cut] + text[cut + 1 :]
        if rng.random() < (self.explained if explained is None else explained):
            inside = len(text) > 3 and rng.random() < 0.08
            at = rng.randrange(2, len(text)) if inside else len(text)
            text = text[:at] + self._explanation() + text[at:]
        if rng.random() < self.breaks and text in _BREAKABLE:
            text = text[: _BREAKABLE[text]] + self.line_break + text[_BREAKABLE[text] :]
        elif rng.random() < self.breaks / 4 and len(text) > 8:
            cut = rng.randrange(3, len(text) - 2)
            text = text[:cut] + self.line_break + text[cut:]
        if rng.random() < self.spaced and len(text) > 2:
            blank = rng.choice((" ", " ", "\u3000", "\u00a0"))
            for _ in range(rng.choice((1, 1, 1, 2))):
                cut = rng.randrange(1, len(text))
                text = text[:cut] + blank + text[cut:]
        return text.translate(_HALF) if self.half else text

    def bare(self, text: str) -> str:
        """A heading as this publisher prints it: brackets and blanks, no other liberties."""
        if self.rng.random() < self.spaced:
            text = " ".join((text[:2], text[2:]))
        return text.translate(_HALF) if self.half else text

    def prose_style(self) -> Callable[[str], str]:
        """How this publisher's paragraphs print: half-width or not, numbers set off by blanks or not."""
        rng = self.rng
        half = rng.random() < (0.7 if self.half else 0.05)
        spaced_marks = half and rng.random() < 0.2
        set_off = rng.random() < 0.12

        def style(text: str) -> str:
            if half:
                text = text.translate(_HALF)
            if spaced_marks:
                text = text.replace(",", ", ").replace(":", ": ")
            return re.sub(r"([0-9][0-9.,]*%?)", r" \1 ", text) if set_off else text

        return style

    def value(self, figure: Number, *, money: bool, signed: bool) -> Print:
        """A figure as this publisher prints it."""
        rng = self.rng
        if figure == 0 and self.blank is not None and rng.random() < self.blank_share:
            return Print(self.blank, None)
        grouped = self.thousands and abs(figure) >= 1000
        text = f"{abs(figure):,}" if grouped else plain(abs(figure))
        if money and isinstance(figure, int) and figure and rng.random() < 0.1:
            text += "." + "0" * rng.choice((1, 2, 4))
        if figure < 0:
            text = self.minus + text
        elif signed and figure > 0:
            text = self.plus + text
        if self.full_digits:
            text = text.translate(_FULL_DIGITS)
        unit = (self.unit if figure else "") if money else self.count_unit
        text += ("\n" if money and unit and self.unit_break else "") + unit
        if self.padding and rng.random() < 0.9:
            text = self.padding.format(text)
        return Print(text, figure, unit.strip() or None)
