"""Show an evaluation of cells as one HTML page, with the page's text around each cell that is not right.

Flow:  evaluations, page texts -> **HTML**
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from xml.etree.ElementTree import Element

from gouji.inference.evaluation.cells import CellScore, Evaluation, PageScore, Tally, Verdict
from gouji.inference.evaluation.cells_report import group_tallies, shown_groups, status_line
from gouji.inference.evaluation.coverage import CoveragePoint, coverage
from gouji.inference.evaluation.excerpts import excerpt, places
from gouji.inference.html_page import Child, el, page, row, table
from gouji.inference.plots import curve, share_bar

Texts = Callable[[Path], str | None]


def evaluation_html(ours: Evaluation, others: Sequence[Evaluation], texts: Texts) -> str:
    """The report, as the text of an HTML file.

    Args:
        ours: Our own evaluation.
        others: Other programs' on the same pages.
        texts: Gives a page file's decoded text, None where it cannot be read.
    """
    wrong = list(_excerpts(ours, texts, lambda cell: cell.is_fault, opened=True))
    missed = list(
        _excerpts(ours, texts, lambda c: c.verdict is Verdict.MISSED and not c.is_fault, opened=False)
    )
    return page(
        f"{ours.program} on {len(ours.scores)} pages",
        el("p", f"Pages by status: {status_line(ours)}.", class_="faint"),
        _cards(ours, others),
        el("h2", "By what may be asked, form, table, damage, tool"),
        el(
            "p",
            "A bar shows the cells right, missed, and wrong. Verified are the pages that"
            f" {ours.program} calls so; a page with two damages counts with both.",
            class_="faint",
        ),
        _group_table(ours, others),
        *_coverage(ours),
        el("h2", "Wrong cells, and candidates without the truth"),
        *(wrong or [el("p", "None.")]),
        el("h2", "Missed cells"),
        *(missed or [el("p", "None.")]),
    )


def _cards(ours: Evaluation, others: Sequence[Evaluation]) -> Element:
    verified = ours.verified()
    mine, sure = ours.total, ours.of_pages(verified)
    beside = [(other.program, other.total, other.of_pages(verified)) for other in others]

    def card(
        figure: str, meaning: str, theirs: Callable[[Tally, Tally], str], *, bad: bool = False
    ) -> Element:
        lines = [el("span", f"{name}: {theirs(total, part)}", class_="faint") for name, total, part in beside]
        return el("div", el("b", figure, class_="bad" if bad else "good"), meaning, *lines, class_="card")

    cards = [
        card(f"{mine.right_share:.2%}", f"of {mine.cells} cells right", lambda t, _: f"{t.right_share:.2%}"),
        card(str(mine.wrong), "cells wrong", lambda t, _: str(t.wrong), bad=mine.wrong > 0),
        card(
            str(sure.wrong),
            f"wrong in the {sure.pages} pages called verified",
            lambda _, part: str(part.wrong),
            bad=sure.wrong > 0,
        ),
        card(str(mine.missed), "cells missed", lambda t, _: str(t.missed)),
        card(f"{mine.exact}", f"of {mine.pages} pages exact", lambda t, _: str(t.exact)),
        card(f"{mine.tables_exact}", f"of {mine.tables} tables exact", lambda t, _: str(t.tables_exact)),
    ]
    if mine.undecided:
        meaning = f"of {mine.undecided} ambiguous cells list the truth"
        figure = f"{mine.first_share:.2%}"
        cards += [
            el("div", el("b", f"{mine.among_share:.2%}"), meaning, class_="card"),
            el("div", el("b", figure), "of them list it first", class_="card"),
        ]
    return el("div", *cards, class_="cards")


def _group_table(ours: Evaluation, others: Sequence[Evaluation]) -> Element:
    verified = ours.verified()
    beside = [(other.program, group_tallies(other, verified)) for other in others]
    heads = ("pages of", "right", "wrong", "missed", "", "pages exact", "tables exact", "soft", "cells")
    bodies = []
    for kind, names in shown_groups(ours, verified).items():
        rows = []
        for name, tally in names.items():
            rows.append(row(name if kind == "all" else f"{kind} {name}", *_figures(tally)))
            for program, groups in beside:
                rows.append(row(f"by {program}", *_figures(groups[kind][name]), class_="beside"))
        bodies.append(rows)
    return table(heads, bodies)


def _figures(tally: Tally) -> Iterator[Child]:
    yield f"{tally.right_share:.2%}"
    yield el("span", str(tally.wrong), class_="bad" if tally.wrong else "good")
    yield str(tally.missed)
    yield share_bar({"right": tally.right, "missed": tally.missed, "wrong": tally.wrong})
    yield from (f"{tally.exact}/{tally.pages}", f"{tally.tables_exact}/{tally.tables}")
    yield from (str(tally.soft), str(tally.cells))


def _coverage(ours: Evaluation) -> Iterator[Element]:
    points = coverage(ours)
    if not points:
        return
    yield el("h2", "Answers kept as the confidence asked for rises")
    ticks = [f"{point.threshold:g}" for point in points]
    shares, wrong = [point.answered_share for point in points], [point.wrong for point in points]
    kept = curve(ticks, shares, class_="right", axis="cells answered, by least confidence")
    faulty = curve(ticks, wrong, class_="wrong", axis="of these wrong, by least confidence", most=max(wrong))
    yield el("div", kept, faulty, class_="plots")
    heads = ("confidence", "answered", "of all cells", "wrong", "of the answered", "called blank, is not")
    yield table(heads, [[_point_row(point) for point in points]])


def _point_row(point: CoveragePoint) -> Element:
    answered, wrong = f"{point.answered_share:.2%}", f"{point.wrong_share:.4%}"
    counts = (str(point.answered), answered, str(point.wrong), wrong, str(point.missed))
    return row(f"≥ {point.threshold:g}", *counts)


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
    """The cells; those of a row that miss the same way in one line."""
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
