"""Choose what a person is shown of an evaluation: the leading figures, their words, the groups, the curve.

Flow:  evaluation -> **figures** -> text, Markdown

Figures are rows of texts, so that every output shows the same. Each program has a column of the leading
figures, and a row of each group.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gouji.inference.evaluation.cells import Evaluation
from gouji.inference.evaluation.coverage import RISKS, THRESHOLDS, Point, RiskCoverage
from gouji.inference.evaluation.groups import group_tallies, shown_groups
from gouji.inference.evaluation.openness import Openness
from gouji.inference.evaluation.tally import Count, PageCount, Tally, percent, share

Row = tuple[str, ...]
NOTHING = "–"  # instead of a figure of nothing
STATUSES = ("verified", "contradicted", "incomplete", "no_tables", "error")
ALWAYS = STATUSES[:3]  # shown, be there such a page or none
GROUP_HEADS = (
    *("pages of", "pages", "printed\nnumbers", "\nright", "\nopen", "\nwrong"),
    *("blanks\nright", "\nopen", "called a\nnumber", "verified\npages", "with a\nfault", "reports\nbelow"),
)


@dataclass(frozen=True, slots=True)
class Figures:
    """A table of texts: what stands above it, its heads, and its rows in sections; labels stand first."""

    title: str
    heads: Row
    sections: tuple[tuple[Row, ...], ...]


def leading_figures(ours: Evaluation, others: Sequence[Evaluation] = ()) -> Figures:
    """What became of the printed numbers, of the blanks and of the pages; two columns a program."""
    programs = (ours, *others)
    found = {score.status for program in programs for score in program.scores}
    shown = [status for status in STATUSES if status in ALWAYS or status in found]
    columns = [list(_leading_rows(program, shown)) for program in programs]
    sections: list[list[Row]] = []
    for of_programs in zip(*columns, strict=True):
        label = of_programs[0].label
        if not label.startswith(" "):
            sections.append([])
        sections[-1].append((label, *(text for row in of_programs for text in (row.figure, row.beside))))
    total = ours.total
    title = f"{ours.program} on {total.pages:,} pages, copies of {len(total.all.reports):,} reports"
    heads = ("", *(head for program in programs for head in (program.program, "")))
    return Figures(title, heads, tuple(tuple(rows) for rows in sections))


def group_figures(ours: Evaluation, others: Sequence[Evaluation] = ()) -> Figures:
    """A row for each group of pages, and one beneath for each other program."""
    verified = ours.verified()
    beside = [(other.program, group_tallies(other, verified)) for other in others]
    sections = []
    for kind, tallies in shown_groups(ours, verified).items():
        if kind == "truth":
            continue  # a row a report: the JSON and the HTML have them
        rows: list[Row] = [] if kind == "all" else [(f"by {kind}", *("" for _ in GROUP_HEADS[1:]))]
        indent = "" if kind == "all" else "  "
        for name, tally in tallies.items():
            rows.append((f"{indent}{name}", *group_texts(tally)))
            rows.extend((f"{indent}  {other}", *group_texts(groups[kind][name])) for other, groups in beside)
        sections.append(tuple(rows))
    return Figures("By groups of pages", GROUP_HEADS, tuple(sections))


def group_texts(tally: Tally) -> Row:
    """The figures of one group, one for each of `GROUP_HEADS` but the first."""
    numbers, blanks, verified = tally.numbers, tally.blanks, tally.verified
    return (
        *(f"{tally.pages:,}", f"{numbers.cells:,}", percent(numbers.right_share, 1)),
        *(percent(numbers.open_share, 1), f"{numbers.wrong:,}" if numbers.cells else NOTHING),
        *(percent(blanks.right_share, 1), percent(blanks.open_share, 1)),
        *(f"{blanks.wrong:,}" if blanks.cells else NOTHING, f"{verified.pages:,}"),
        *(f"{verified.faulty:,}" if verified.pages else NOTHING, percent(verified.at_most, 1)),
    )


def curve_figures(found: RiskCoverage) -> Figures | None:
    """What is answered, and how much of it wrong, as the confidence asked for rises; None without any."""
    if not found.curve:
        return None
    rows = [("as it ran", *_point_texts(found.chosen))]
    rows.extend((f"≥ {bound:g}", *_point_texts(found.at(bound))) for bound in THRESHOLDS)
    heads = ("confidence", "answered", "coverage", "wrong", "risk")
    return Figures("Risk against coverage, by the confidence asked for", heads, (tuple(rows),))


def words(ours: Evaluation, others: Sequence[Evaluation] = ()) -> Iterator[tuple[str, str]]:
    """What the leading figures mean, each word with its explanation."""
    yield "right", "the number that is printed; of a blank, that it is blank or 0, which are one reading"
    yield "open", "no answer: the cell is ambiguous or missing, whatever its truth"
    yield "wrong", "any other answer; a printed number that is called blank is wrong, too"
    yield "fault", "a wrong cell, or a number for a cell that the report does not have"
    yield "verified", "every cell is answered, and every sum holds"
    yield "contradicted", "every cell is answered, and a sum fails as printed"
    yield "incomplete", "a cell is open"
    yield (
        "below",
        "with 95% confidence, the share of reports with a fault is less, where reports are like these"
        " (Clopper-Pearson; some 3/N where none of N has one). Pages of one truth are copies of one report,"
        " and count once",
    )
    for program in (ours, *others):
        if program.values_only:
            yield (
                program.program,
                "tells no blank from no answer: its null counts as right where the page is blank, and as open"
                " where a number is printed",
            )


def curve_words(found: RiskCoverage) -> Iterator[str]:
    """What the curve shows, in sentences."""
    if not found.curve:
        return
    chosen, aurc = found.chosen, percent(found.aurc, 4)
    yield "Of the cells that print a number, or were given one: coverage is the share that is answered, risk"
    yield "the share of the answers that is wrong, where only those as confident as asked for are kept."
    if not chosen.wrong:
        yield f"No answer is wrong: the curve lies on zero up to {percent(chosen.coverage)}, where the"
        yield "program stops, and its mean risk (AURC) is 0."
        return
    less = [(risk, found.within(risk)) for risk in RISKS if risk < (chosen.risk or 0)]
    kept = (f"{percent(0.0 if p is None else p.coverage)} at {risk:.2%} or less" for risk, p in less)
    yield f"As it ran, {percent(chosen.coverage)} are answered at a risk of {percent(chosen.risk, 3)};"
    yield f"it would be {', '.join(kept)}. The mean risk along the curve (AURC) is {aurc}."


def open_lines(evaluation: Evaluation, openness: Openness) -> Iterator[str]:
    """What open cells are worth: how many no sum could settle, and how often candidates hold the truth."""
    total = evaluation.total
    if openness.open:
        yield (
            f"Open numbers: {openness.open:,}. No sum could settle {openness.unsettled:,} of them, for blanks"
            f" leave no trace there: {percent(openness.within_reach)} of the numbers are within reach."
        )
    if reasons := evaluation.reasons():
        counts = ", ".join(f"{why} {count:,}" for why, count in reasons.most_common())
        yield f"Open cells, numbers and blanks, by reason: {counts}."
    if total.undecided:
        tables = (
            f"{table} {percent(tally.first_share)} of {tally.undecided:,}"
            for table, tally in evaluation.by_table().items()
            if tally.undecided
        )
        yield (
            f"Ambiguous cells: {total.undecided:,}. The candidates listed hold the truth in"
            f" {percent(total.among_share)}; {total.broken:,} whole lists miss it. The first candidate is the"
            f" truth in {percent(total.first_share)} ({', '.join(tables)})."
        )


@dataclass(frozen=True, slots=True)
class _Leading:
    """One of the leading figures of one program."""

    label: str
    figure: str
    beside: str = ""


def _leading_rows(evaluation: Evaluation, statuses: Sequence[str]) -> Iterator[_Leading]:
    total, by_status = evaluation.total, evaluation.by(lambda score: [score.status])
    called_blank = NOTHING if evaluation.values_only else f"{total.overlooked:,}"
    yield _Leading("printed numbers", f"{total.numbers.cells:,}")
    yield _count_row("  right", total.numbers.right, total.numbers)
    yield _count_row("  open", total.numbers.open, total.numbers)
    yield _count_row("  wrong", total.numbers.wrong, total.numbers)
    yield _Leading("    called blank", called_blank)
    yield _Leading("blanks", f"{total.blanks.cells:,}")
    yield _count_row("  right", total.blanks.right, total.blanks)
    yield _Leading("    given as 0", f"{total.soft:,}")
    yield _count_row("  open", total.blanks.open, total.blanks)
    yield _count_row("  called a number", total.blanks.wrong, total.blanks)
    yield _Leading("pages", f"{total.pages:,}")
    yield _Leading("  every cell right", f"{total.exact:,}", _aligned(total.exact_share))
    yield _fault_row("  with a fault", total.all)
    has_statuses = not by_status.keys().isdisjoint(STATUSES[:-1])
    for status in statuses:
        label, of_status = f"  {status.replace('_', ' ')}", by_status.get(status, Tally()).all
        of_pages = _aligned(share(of_status.pages, total.pages))
        known = has_statuses or status == "error"
        yield _Leading(label, f"{of_status.pages:,}", of_pages) if known else _Leading(label, NOTHING)
        if status in ALWAYS:
            yield _fault_row("    with a fault", of_status)


def _count_row(label: str, part: int, whole: Count) -> _Leading:
    return _Leading(label, f"{part:,}", _aligned(share(part, whole.cells)))


def _fault_row(label: str, count: PageCount) -> _Leading:
    if not count.pages:
        return _Leading(label, NOTHING)
    reports = f"{len(count.faulty_reports):,}/{len(count.reports):,} reports"
    return _Leading(label, f"{count.faulty:,}", f"{reports}, below {percent(count.at_most, 1)}")


def _aligned(part: float | None) -> str:
    """A share in a column of texts that stand to the left."""
    return f"{percent(part):>7}"


def _point_texts(point: Point) -> Row:
    return (f"{point.answered:,}", percent(point.coverage), f"{point.wrong:,}", percent(point.risk, 3))
