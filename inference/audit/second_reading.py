"""Look at a report a second time: its years, its blanks, and suits that its table knows nothing of.

Flow:  page and report -> **second reading** -> findings

`second/year`: the title's year is the one that the text gives for its figures. `second/blanks`:
every cell of a table holds a number; where some are blank it is unknown what a blank stands for.
`second/lawsuit`: where prose tells of a suit, without a number, the review table is not all noughts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from gouji.inference.audit.claim_words import Sense
from gouji.inference.audit.findings import Finding, Quote
from gouji.inference.audit.prose import Sentence, closed_up
from gouji.inference.audit.reports import Report
from gouji.inference.extraction import CheckState, State
from gouji.model.forms import Form
from gouji.model.page import Page, fold

_YEAR = r"(20\d\d)年"
_PERIOD = re.compile(
    rf"统计(?:数据)?的?(?:期限|时限|时间|期间|区间|范围)[^。;\d]{{0,12}}{_YEAR}1月1日起?(?:至|到|-|—+)"
    rf"(?:{_YEAR})?12月31日"
)
_ANNOUNCED = re.compile(
    rf"现(?:将|就)[^。;,\d《》]{{0,30}}{_YEAR}度?[^。;,\d《》]{{0,12}}政府信息公开[^。;,\d《》]{{0,8}}报告[^。;《》]{{0,6}}"
    r"(?:公布|如下|发布)"
)
_COURT = r"(?:人民法院|法院)"
_SUED = re.compile(
    rf"诉至[^,。]{{0,10}}{_COURT}|{_COURT}[^,。]{{0,8}}(?:判决|裁定|驳回|撤销|开庭|立案|审结|已受理)"
    rf"|向[^,。]{{0,15}}{_COURT}(?:提起|提出)[^,。]{{0,6}}诉讼|(?:被|遭)[^,。]{{0,12}}(?:起诉|提起(?:行政)?诉讼)"
)
_NOT_TOLD = re.compile(
    r"未|无|没有|不存在|可以|可依法|有权|如|若|避免|防止|减少|降低|防范|风险|或者?向|应当|的,可|学习|培训|案例|旁听|情况|工作|应诉|做好|处理"
)


def second_reading(
    page: Page, prose: Sequence[Sentence], report: Report, forms: Mapping[str, Form]
) -> list[Finding]:
    """What the text of a report's page says of its year and of suits."""
    return [*_years(page, report), *_lawsuits(page, prose, report, forms)]


def _years(page: Page, report: Report) -> Iterator[Finding]:
    """The years that the text gives for its figures, against the title's."""
    if report.year is None or not report.title or not re.search(str(report.year), fold(report.title)):
        return
    text, places = closed_up(page)
    for pattern in (_PERIOD, _ANNOUNCED):
        for match in pattern.finditer(text):
            years = [int(year) for year in match.groups() if year]
            other = next((year for year in years if year != report.year), None)
            yield Finding(
                check="second/year",
                state=CheckState.HOLDS if other is None else CheckState.FAILS,
                sources=(report.source,),
                issuer=report.issuer,
                year=report.year,
                left=years[0] if other is None else other,
                right=report.year,
                quote=_quote(page, places[match.start()], places[match.end() - 1] + 1),
            )


def count_blanks(report: Report, forms: Mapping[str, Form]) -> Iterator[Finding]:
    """The blank cells of each table, counted by what is printed in them."""
    for table_id in report.forms:
        table = report.table(table_id, forms)
        if table is None:
            continue
        cells = [report.cells[key] for key in table.keys() if key in report.cells]
        marks = Counter(cell.raw or "empty" for cell in cells if cell.state is State.BLANK)
        yield Finding(
            check=f"second/blanks/{table_id}",
            state=CheckState.UNKNOWN if marks else CheckState.HOLDS,
            sources=(report.source,),
            issuer=report.issuer,
            year=report.year,
            left=sum(marks.values()),
            right=0,
            note=", ".join(f"{count} {mark}" for mark, count in marks.most_common()) or None,
        )


def _lawsuits(
    page: Page, prose: Sequence[Sentence], report: Report, forms: Mapping[str, Form]
) -> Iterator[Finding]:
    """Suits over disclosure that prose tells of without a number, against the review table."""
    table = report.table("review", forms)
    if table is None:
        return
    figures = [
        report.figure(table, key) for key in table.keys() if not key.startswith("review/reconsideration/")
    ]
    for sentence in prose:
        if not _tells_of_a_suit(sentence):
            continue
        open_cells = any(figure is None for figure in figures)
        told = any(figures)
        words = [word for clause in sentence.clauses for word in clause.words]
        yield Finding(
            check="second/lawsuit",
            state=CheckState.HOLDS if told else CheckState.UNKNOWN if open_cells else CheckState.FAILS,
            sources=(report.source,),
            issuer=report.issuer,
            year=report.year,
            left=None,
            right=None if open_cells else sum(figure or 0 for figure in figures),
            quote=_quote(page, min(word.start for word in words), max(word.end for word in words)),
        )


def _tells_of_a_suit(sentence: Sentence) -> bool:
    """Whether a suit over disclosure is told as something that happened, this year or at no said time."""
    text = ",".join(clause.text for clause in sentence.clauses)
    clauses = sentence.clauses
    return (
        _SUED.search(text) is not None
        and _NOT_TOLD.search(text) is None
        and any(clause.has(Sense.DISCLOSURE, Sense.APPLICATION) for clause in clauses)
        and not any(clause.has(Sense.LAST, Sense.NEXT, Sense.OTHER_YEAR, Sense.NUMBER) for clause in clauses)
    )


def _quote(page: Page, start: int, end: int) -> Quote:
    return Quote(page.text[start:end], start, end)
