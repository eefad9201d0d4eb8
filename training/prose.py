"""Write what stands around the tables: paragraphs with numbers in them, navigation, footers.

Flow:  figures, issuers and **prose** -> report -> markup -> flattener -> labelled page

A sentence is drawn from a template, and its slots from lists or, where a made-up name
will do, from pairs of common words: far more combinations than a tagger could learn by
heart. None of it is ever tagged, so it says on purpose what the tables say too.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from gouji.training import phrases
from gouji.training.places import Issuer

_SLOT = re.compile(r"\{(\w+)\}")


class Writer:
    """Writes one report's prose.

    Args:
        issuer: Who publishes.
        year: The year that is reported on.
        rng: Where all chance comes from.
    """

    def __init__(self, issuer: Issuer, year: int, rng: random.Random) -> None:
        self.rng = rng
        self._year = year
        draw = rng.choice
        self._slots: dict[str, Callable[[], str]] = {
            "year": lambda: str(year),
            "short": lambda: issuer.short,
            "issuer": lambda: issuer.name,
            "place": lambda: issuer.place,
            "verb": lambda: draw(phrases.VERBS),
            "two": lambda: draw(phrases.WORDS),
            "kind": lambda: draw(phrases.KINDS),
            "people": lambda: draw(phrases.PEOPLE),
            "unit": lambda: draw(phrases.UNITS),
            "channel": lambda: draw(phrases.CHANNELS),
            "fault": lambda: draw(phrases.FAULTS),
            "updown": lambda: draw(("增长", "下降", "减少", "增加")),
            "s": lambda: str(rng.randrange(0, 40)),
            "n": lambda: str(int(10 ** rng.uniform(0, 4))),
            "big": lambda: _count(rng),
            "pct": lambda: f"{rng.uniform(0, 100):.{rng.randrange(3)}f}",
            "month": lambda: str(rng.randrange(1, 13)),
            "day": lambda: str(rng.randrange(1, 32)),
            "money": lambda: f"{10 ** rng.uniform(0, 4):.{rng.randrange(5)}f}",
            "phone": self.phone,
            "zip": lambda: str(rng.randrange(100000, 860000)),
            "domain": lambda: "".join(draw("abcdefghijlmnqstxyz") for _ in range(rng.randrange(3, 8))),
        }

    def fill(self, template: str) -> str:
        """A template with its slots filled."""
        return _SLOT.sub(lambda match: self._slots[match.group(1)](), template)

    def phone(self) -> str:
        """A telephone number."""
        number = str(self.rng.randrange(20000000, 89999999))
        return self.rng.choice((f"0{self.rng.randrange(310, 999)}-{number[:7]}", number, "12345"))

    def paragraphs(self, kind: str) -> list[str]:
        """The paragraphs of one section of prose: `overview`, `problems` or `others`."""
        rng = self.rng
        if kind == "others":
            return [self.fill(rng.choice(phrases.OTHERS)) for _ in range(rng.choice((1, 1, 2)))]
        templates, most = (phrases.OVERVIEW, 7) if kind == "overview" else (phrases.PROBLEMS, 4)
        style = rng.choice(("none", "（{}）", "({})", "{}.", "{}、", "（{}） "))
        paragraphs = []
        for number in range(1, rng.randrange(1, most) + 1):
            body = "".join(self.fill(rng.choice(templates)) for _ in range(rng.randrange(1, 4)))
            if style == "none":
                paragraphs.append(body)
                continue
            head = style.format(
                "一二三四五六七八九十"[number - 1] if "（" in style or "(" in style else number
            )
            title = self.fill(rng.choice(phrases.SUBHEADS))
            if rng.random() < 0.4:
                paragraphs.extend((head + title, body))
            else:
                paragraphs.append(head + title + "。" + body)
        return paragraphs

    def sentence(self) -> str:
        """One sentence of the overview, as stands before or after a table now and then."""
        return self.fill(self.rng.choice(phrases.OVERVIEW))

    def navigation(self) -> list[str]:
        """What a site prints before the report."""
        rng = self.rng
        names = rng.sample(phrases.NAVIGATION, rng.randrange(3, 14))
        lines = [rng.choice((" ", " | ", "  ", "\n")).join(names)] if rng.random() < 0.7 else []
        if not lines and rng.random() < 0.5:
            bullet = rng.choice(("• ", "\uf0b7 ", "* ", "  * ", "- ", "· "))
            lines = [bullet + name for name in names]
        if rng.random() < 0.7:
            crumb = rng.choice((" > ", ">", " >> ", " / ")).join(
                rng.sample(phrases.NAVIGATION, rng.randrange(2, 5))
            )
            lines.append(rng.choice(("当前位置：", "您现在的位置：", "")) + crumb)
        return lines

    def imprint(self) -> str:
        """The line under the title: when, from where, how often read."""
        rng, year = self.rng, self._year + 1
        date = f"{year}-{rng.randrange(1, 4):02}-{rng.randrange(1, 29):02}"
        time = rng.choice(("", f" {rng.randrange(8, 19):02}:{rng.randrange(60):02}"))
        parts = [
            rng.choice(("发布时间：", "发布日期:", "日期：", "成文日期：")) + date + time,
            self.fill(rng.choice(("来源：{issuer}", "信息来源：{two}办公室", "来源:{place}"))),
            rng.choice(
                (
                    "字体：【大 中 小】",
                    "浏览次数：",
                    "点击数：" + _count(rng),
                    "访问量:" + _count(rng),
                    "打印 分享",
                )
            ),
        ]
        return rng.choice(("    ", " ", "  ")).join(parts[: rng.randrange(1, 4)])

    def footer(self) -> list[str]:
        """What a site prints after the report."""
        rng = self.rng
        lines = rng.sample(phrases.FOOTER, rng.randrange(0, 6))
        if rng.random() < 0.6:
            lines.append(self.fill("主办：{place}人民政府办公室  承办：{place}{two}中心"))
        if rng.random() < 0.6:
            licence = f"{rng.choice('京津冀晋苏浙皖闽')}ICP备{rng.randrange(10**7, 10**8)}号"
            lines.append(f"版权所有 网站标识码：{rng.randrange(10**9, 10**10)} {licence}")
        return lines

    def leftover(self) -> str:
        """A rule of style or a line of script that stayed when a page lost its markup."""
        template = self.rng.choice(phrases.LEFTOVERS)
        return re.sub("#", lambda _: str(self.rng.randrange(1, 40)), template)

    def contents(self) -> list[str]:
        """A list of contents with page numbers."""
        heads = phrases.HEADINGS
        dots, page = self.rng.choice(("……", "\t", " ...... ", "  ")), 1
        lines = ["目录"]
        for ordinal, head in zip("一二三四五六", heads, strict=True):
            lines.append(f"{ordinal}、{head}{dots}{page}")
            page += self.rng.randrange(0, 4)
        return lines

    def counts(self) -> list[tuple[str, ...]]:
        """The rows of a table of other counts: names down the side, one to six columns of numbers."""
        rng = self.rng
        width = rng.choice((1, 1, 1, 2, 3, 4, 6))
        heads = (
            "数量",
            "单位：条",
            "合计",
            "本年度",
            f"{self._year}年",
            f"{self._year - 1}年",
            *phrases.CHANNELS,
        )
        head = (rng.choice(("指标名称", "类别", "公开渠道", "项目", "")), *rng.sample(heads, width))
        names = rng.sample(phrases.KINDS, rng.randrange(2, 9))
        return [head, *((name, *(self.fill("{n}") for _ in range(width))) for name in names)]


def _count(rng: random.Random) -> str:
    number = int(10 ** rng.uniform(2, 7))
    return f"{number:,}" if rng.random() < 0.3 else str(number)
