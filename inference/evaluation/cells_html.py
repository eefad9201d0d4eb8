"""Show an evaluation of cells as one HTML page, with the page's text around each cell that is not right.

Flow:  evaluations, page texts -> **HTML**
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from xml.etree.ElementTree import Element

from gouji.inference.evaluation.cells import Evaluation, PageScore
from gouji.inference.evaluation.coverage import risk_coverage
from gouji.inference.evaluation.excerpts import excerpt, places
from gouji.inference.evaluation.figures import (
    GROUP_HEADS,
    NOTHING,
    Figures,
    curve_figures,
    curve_words,
    group_texts,
    leading_figures,
    words,
)
from gouji.inference.evaluation.groups import group_tallies, shown_groups
from gouji.inference.evaluation.tally import Tally, percent
from gouji.inference.evaluation.verdicts import CellScore
from gouji.inference.html_page import Child, el, page, row, table
from gouji.inference.plots import risk_plot, share_bar

Texts = Callable[[Path], str | None]


def evaluation_html(ours: Evaluation, others: Sequence[Evaluation], texts: Texts) -> str:
    """The report, as the text of an HTML file.

    Args:
        ours: Our own evaluation.
        others: Other programs' on the same pages.
        texts: Gives a page file's decoded text, None where it cannot be read.
    """
    wrong = list(_excerpts(ours, texts, lambda cell: cell.is_fault, opened=True))
    left = list(_excerpts(ours, texts, _is_open_number, opened=False))
    figures = leading_figures(ours, others)
    return page(
        figures.title,
        _cards(ours),
        el("h2", "In figures"),
        _leading_table(figures),
        el(
            "dl",
            *(el(*pair) for word, meaning in words(ours, others) for pair in (("dt", word), ("dd", meaning))),
        ),
        el("h2", "By what may be asked, form, table, damage, tool"),
        el(
            "p",
            "A bar shows numbers right, open, and wrong; a page with two damages counts with both.",
            class_="faint",
        ),
        _group_table(ours, others),
        *_coverage(ours, others),
        el("h2", "Wrong cells, and candidates without the truth"),
        *(wrong or [el("p", "None.")]),
        el("h2", "Printed numbers that were left open"),
        *(left or [el("p", "None.")]),
    )


def _cards(ours: Evaluation) -> Element:
    total = ours.total
    numbers, blanks, verified = total.numbers, total.blanks, total.verified

    def card(figure: str, meaning: str, *, bad: bool = False) -> Element:
        return el("div", el("b", figure, class_="bad" if bad else "good"), meaning, class_="card")

    bound = f" (below {percent(verified.at_most, 1)} of reports)" if verified.pages else ""
    return el(
        "div",
        card(percent(numbers.right_share), f"of {numbers.cells:,} printed numbers right"),
        card(percent(numbers.open_share), "of them open"),
        card(f"{numbers.wrong:,}", "of them wrong", bad=numbers.wrong > 0),
        card(percent(blanks.right_share), f"of {blanks.cells:,} blanks right"),
        card(f"{blanks.wrong:,}", "of them called a number", bad=blanks.wrong > 0),
        card(f"{verified.pages:,}", f"of {total.pages:,} pages verified"),
        card(
            f"{verified.faulty:,}" if verified.pages else NOTHING,
            f"of them with a fault{bound}",
            bad=verified.faulty > 0,
        ),
        class_="cards",
    )


def _leading_table(figures: Figures) -> Element:
    def shown(label: str, *texts: str) -> Element:
        level = len(label) - len(label.lstrip())
        class_ = "beside" if level else "row"
        return row("\u2003" * (level // 4) + label.strip(), *(text.strip() for text in texts), class_=class_)

    return table(figures.heads, [[shown(*texts) for texts in rows] for rows in figures.sections])


def _group_table(ours: Evaluation, others: Sequence[Evaluation]) -> Element:
    verified = ours.verified()
    beside = [(other.program, group_tallies(other, verified)) for other in others]
    bodies = []
    for kind, names in shown_groups(ours, verified).items():
        rows = []
        for name, tally in names.items():
            rows.append(row(name if kind == "all" else f"{kind} {name}", *_figures(tally)))
            for program, groups in beside:
                rows.append(row(f"by {program}", *_figures(groups[kind][name]), class_="beside"))
        bodies.append(rows)
    heads = [head.replace("\n", " ") for head in GROUP_HEADS]
    return table([*heads[:3], "", *heads[3:]], bodies)


def _figures(tally: Tally) -> Iterator[Child]:
    pages, cells, *rest = group_texts(tally)
    numbers = tally.numbers
    yield from (pages, cells)
    yield share_bar({"right": numbers.right, "open": numbers.open, "wrong": numbers.wrong})
    yield from rest


def _coverage(ours: Evaluation, others: Sequence[Evaluation]) -> Iterator[Element]:
    found = {evaluation.program: risk_coverage(evaluation) for evaluation in (ours, *others)}
    mine = found[ours.program]
    shown = curve_figures(mine)
    if shown is None:
        return
    yield el("h2", shown.title)
    yield el("p", " ".join(curve_words(mine)))
    points = {
        name: [(point.coverage or 0, point.risk or 0) for point in (*curve.curve, curve.chosen)]
        for name, curve in found.items()
    }
    yield el("div", risk_plot(points), class_="plots")
    yield el(
        "p", "A ring marks a program as it ran; one without confidences is that point alone.", class_="faint"
    )
    yield table(shown.heads, [[row(*texts) for texts in rows] for rows in shown.sections])


def _is_open_number(cell: CellScore) -> bool:
    return cell.is_open and cell.is_number and not cell.is_fault


def _excerpts(
    ours: Evaluation, texts: Texts, wanted: Callable[[CellScore], bool], *, opened: bool
) -> Iterator[Element]:
    """For each page with such cells what is to be seen of them; cells that share a place share an excerpt."""
    for score in ours.scores:
        cells = [cell for cell in score.cells if wanted(cell)]
        if cells:
            title = f"{score.page.path.name} ({score.status}): {len(cells)} of {len(score.cells)} cells"
            blocks = _blocks(score, cells, texts(score.page.path))
            yield el("details", el("summary", title), *blocks, **({"open": "open"} if opened else {}))


def _blocks(score: PageScore, cells: Sequence[CellScore], text: str | None) -> Iterator[Element]:
    if text is None:
        yield el("div", el("p", "The page's text cannot be read."), _cell_list(cells), class_="place")
        return
    for place, here in places(score, cells, text).items():
        if place is None:
            where = [el("p", "Nothing on the page says where.", class_="faint")]
        else:
            how = f"Characters {place.start} to {place.end}, {place.how}:"
            where = [el("span", how, class_="faint"), excerpt(text, place.start, place.end)]
        yield el("div", *where, _cell_list(here), class_="place")


def _cell_list(cells: Sequence[CellScore]) -> Element:
    """The cells; those of a row in one line."""
    lines = []
    for row_key, of_row in groupby(cells, key=lambda cell: cell.key.rpartition("/")[0]):
        said = "; ".join(f"{cell.key.rpartition('/')[2]}: {_account(cell)}" for cell in of_row)
        lines.append(el("li", el("b", row_key), f" {said}"))
    return el("ul", *lines)


def _account(cell: CellScore) -> str:
    found = cell.found
    if found.ambiguous:
        said = f"one of {', '.join(map(_value, found.candidates))}{' …' if found.more else ''}"
    elif found.value is None:
        said = found.state or "nothing"
    else:
        sure = "" if found.confidence is None else f", confidence {found.confidence:g}"
        said = f"{_value(found.value)}{f' ({found.state}{sure})' if found.state else ''}"
    return f"{said}, truth {_value(cell.truth)}"


def _value(value: int | float | None) -> str:
    """A value as print has it: 41 for 41.0.

    >>> _value(None), _value(41.0), _value(14.495)
    ('blank', '41', '14.495')
    """
    return "blank" if value is None else f"{int(value) if value == int(value) else value}"
