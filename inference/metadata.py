"""Read a report's title, issuer and year from its page, by rules.

Flow:  page -> **metadata** -> extraction

The title is the first line, perhaps broken, that names the report and says a year; breadcrumbs,
quoted titles of other documents and sentences of prose are none; one that a notice issues
(关于印发《…》的通知) is. The issuer is what the title says besides; only where it says none do the page's
own marks (主办, 来源) speak, and then the sentence that says who drew the report up. What the page
does not say is None: nothing is looked up. Names come out in
simplified characters, so that a report joins those of other years.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gouji.model.characters import simplified
from gouji.model.page import GHOSTS, Page

# The title stands in front of the first section; the longest head in the devset has 900 characters.
_HEAD = 6000
_REACH = 90  # characters of a title, its end included, with blanks; the longest official name has 40

_FIRST_SECTION = re.compile(r"^[ \t#*|]*一、", re.MULTILINE)
_REPORT = re.compile(
    r"(?:年\s*度\s*(?:工\s*作\s*)?报\s*告|年\s*报|(?:工作|情况)的?报告)(?:\s*\((20\d\d)年?度?\))?"
)
_BORDER = re.compile(r"[>»|│_。;:《》!?\t]|\n[ \n]*\n|当前位置|您的位置|首页")
_SUBJECT = re.compile(r"(?:政府信息公开|政务公开|信息公开|政府信息工作)")
_NUMERALS = "〇○零OΟ一二三四五六七八九"
_YEAR = re.compile(rf"(?<!\d)(20\d\d)\s*(?:年度?)?|(?<!\d)(二[{_NUMERALS}]{{3}})\s*年度?")
_PROSE = re.compile(
    r"现将|现就|编制|根据|按照|依据|要求|通知|办法|[我本][省市州区县旗乡镇局委厅办院处站]|[,、].*[,、]|我们"
)
_ORGAN = re.compile(
    r"(?:政府|局|委|委员会|办|办公室|办事处|厅|院|所|中心|站|处|会|公司|大学|学院|学校|医院|银行|街道|管委会|集团|队"
    r"|省|市|州|盟|区|县|旗|乡|镇)$"
)
_PERIOD = re.compile(r"统计期限.{0,12}?(20\d\d)\s*年")
_FIRST_WORDS = re.compile(r"一、[^\n]{2,12}\s*(?:\([一1]\)[^\n]{0,20}\s*)?(20\d\d)\s*年(?:以来|度)?[,、]")
_MARK = re.compile(
    r"(?:主办单位|主办|版权所有|发布机构|发布单位|信息来源|来源)\s*[::]?\s*([\u4e00-\u9fff]{4,30})"
)
_FILLED_IN_BY = re.compile(r"(?m)^填报单位:([\u4e00-\u9fff()]{2,40})$")
_PLACES = "省市州区县旗"
# A notice that issues the report that it quotes; in prose the title of another document stands so.
_ISSUES = re.compile(r"(?:^|[\n>|:])[^\n>|:《]{0,30}关于\s*(?:印发|公布|发布|公开)?\s*《$")
_ISSUED = re.compile(r"》\s*的?(?:通知|公告|公示|通告)")
_BEHIND = re.compile(r"\s*\(([\u4e00-\u9fff]{4,25})\)")  # the issuer behind a title that names none
_DRAWN_UP = re.compile(
    r"(?:本|该|此|年度)报告[,、]?\s*(?:由|系)\s*([\u4e00-\u9fff]{4,25}?)(?:办公室)?\s*(?:根据|按照|依据|依照|负责|编制)"
)
_GOVERNMENT_OFFICE = re.compile(r"^(.+?)(?:人民政府|政府)?办公[室厅]$")
# What an office says of its government, whose report it draws up, and never of itself.
_OF_GOVERNMENT = re.compile(
    r"全[省市州区县旗]|各级(?:行政机关|政府)|各[县市]?[县市区](?:政府)?[、,]|市政府各部门|各乡镇"
)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a report says of itself; None where the page does not say it."""

    title: str | None
    issuer: str | None
    year: int | None


def read_metadata(page: Page) -> Metadata:
    """Find a report's title, issuer and year.

    >>> read_metadata(Page("", "首页 > 年报\\n青溪市水务局2020年政府信息公开工作年度报告\\n一、总体情况"))
    Metadata(title='青溪市水务局2020年政府信息公开工作年度报告', issuer='青溪市水务局', year=2020)
    """
    folded = page.folded
    section = _FIRST_SECTION.search(folded)
    start = section.start() if section else len(folded)
    span = next(_titles(folded[: min(start, _HEAD)]), None)
    title = simplified(_unbroken(page.text[span[0] : span[1]])) if span else None
    year = _year(title) if title else None
    issuer = _issuer(title) if title else None
    if issuer is None and span is not None and (behind := _BEHIND.match(folded, span[1])):
        issuer = behind[1] if _ORGAN.search(behind[1]) else None
    issuer = _full_name(issuer, folded) if issuer else _marked_issuer(folded) or _drawn_up_by(folded)
    return Metadata(title, issuer, year or _stated_year(folded, start))


def _titles(head: str) -> Iterator[tuple[int, int]]:
    """The titles in a page's head, likeliest first: those that say a year and an issuer, then the others."""
    found = []
    last = 0
    for match in _REPORT.finditer(head):
        span = _title(head, max(last, match.end() - _REACH), match.end())
        last = match.end()
        if span is not None:
            surface = _unbroken(head[span[0] : span[1]])
            found.append((span, _year(surface) is not None, _issuer(surface) is not None))
    yield from (span for span, year, issuer in found if year and issuer)
    yield from (span for span, year, _ in found if year)
    yield from (span for span, _, issuer in found if issuer)


def _title(head: str, start: int, end: int) -> tuple[int, int] | None:
    """The title that ends there: its own line, and those before it while it wants a year or an issuer."""
    for border in _BORDER.finditer(head, start, end):
        start = border.end()
    quoted = head[start - 1 : start] == "《"
    if quoted and not (_ISSUES.search(head[:start]) and _ISSUED.match(head, end)):
        return None
    if head[start - 1 : start] == "_":
        return None
    breaks = [match.end() for match in re.finditer(r"\n[ \n#*]*", head[start:end])]
    openings = [start, *(start + offset for offset in breaks)]
    opening = openings.pop()
    title = _unbroken(head[opening:end])
    while openings and not (_SUBJECT.search(title) and _year(title) and _issuer(title)):
        earlier = openings.pop()
        if not _continues(_unbroken(head[earlier:opening]), title):
            break
        opening = earlier
        title = _unbroken(head[opening:end])
    opening += _repeated_year(head[opening:end])
    if not _SUBJECT.search(title) or _PROSE.search(title):
        return None
    return opening, end


def _repeated_year(title: str) -> int:
    """How much stands before the title proper: the year at a breadcrumb's end, said again in the title."""
    years = list(_YEAR.finditer(title))
    return years[0].end() if len(years) > 1 and not title[: years[0].start()].strip() else 0


def _continues(line: str, rest: str) -> bool:
    """Whether a line can be the front part of a title that goes on with `rest`."""
    if not line or len(line) > 40:
        return False
    if not _SUBJECT.search(rest):
        return bool(_SUBJECT.search(line)) or bool(_year(line))
    return bool(_ORGAN.search(line.removesuffix("关于"))) or bool(_YEAR.fullmatch(line))


def _year(title: str) -> int | None:
    match = _YEAR.search(title)
    if match is None:
        return None
    if match.group(1):
        return int(match.group(1))
    digits = [max(_NUMERALS.index(numeral) - 4, 0) for numeral in match.group(2)[1:]]
    return 2000 + 100 * digits[0] + 10 * digits[1] + digits[2]


def _issuer(title: str) -> str | None:
    """The title less its year and its fixed words."""
    name = re.sub(r"(?<=[\u4e00-\u9fff])\s+|\s+(?=[\u4e00-\u9fff])", "", _YEAR.sub("", title))
    subject = _SUBJECT.search(name)
    name = name[: subject.start()] if subject else name
    if name.endswith("人民"):  # 青溪市人民政府信息公开…: 政府 is read twice
        name += "政府"
    name = re.sub(r"^关于|(?:关于(?:印发|公布|发布|公开|报送)?|的|年度?|工作)+$", "", name)
    name = name.strip("()（）-—·、,. ")
    return name if len(name) >= 2 else None


def _full_name(issuer: str, folded: str) -> str:
    """The issuer as the page names it in full: 青溪市水务局 for 市水务局, …人民政府 for a bare place."""
    if issuer[-1] in _PLACES and issuer + "人民政府" in folded:
        return issuer + "人民政府"
    if issuer[0] not in _PLACES:
        return issuer
    match = re.search(rf"(?<![\u4e00-\u9fff])([\u4e00-\u9fff]{{2,8}}){re.escape(issuer)}", folded)
    return match.group(1) + issuer if match else issuer


def _marked_issuer(folded: str) -> str | None:
    filled_in = _FILLED_IN_BY.search(folded)
    if filled_in is not None:
        return filled_in[1].strip()
    for match in _MARK.finditer(folded):
        if _ORGAN.search(match.group(1)):
            return match.group(1)
    return None


def _drawn_up_by(folded: str) -> str | None:
    """Who drew the report up, as the sentence in front of it says; of a government's own, the government."""
    match = _DRAWN_UP.search(folded)
    if match is None:
        return None
    name = folded[match.start(1) : match.end()]
    name = re.sub(r"\s*(?:根据|按照|依据|依照|负责|编制)$", "", name)
    office = _GOVERNMENT_OFFICE.match(name)
    if office is None or not _OF_GOVERNMENT.search(folded):
        return name if _ORGAN.search(name) else None
    place = office[1]
    return f"{place}人民政府" if place[-1] in _PLACES else name


def _stated_year(folded: str, section: int) -> int | None:
    """The year of the statistics, or the one that the first section opens with."""
    match = _PERIOD.search(folded) or _FIRST_WORDS.match(folded, folded.find("一、", section))
    return int(match.group(1)) if match else None


def _unbroken(piece: str) -> str:
    """A piece of the page in one line, without the marks of markdown."""
    return re.sub(rf"[ \t]*\r?\n[ \t]*|[{GHOSTS}]|[#*]+", "", piece).strip()
