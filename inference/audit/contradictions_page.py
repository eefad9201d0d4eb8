"""Contradictions to look at: a page by kind, by year and by body, a table in CSV, or Markdown.

Flow:  contradictions -> **page | CSV | Markdown** -> file

The page holds no script, and its policy lets none run: what the web printed stands in it as text.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from xml.etree.ElementTree import Element

from gouji.inference.audit.contradictions import Contradiction
from gouji.inference.audit.kinds import Kind
from gouji.inference.audit.signs import FirstDigits
from gouji.inference.html_page import Child, el, page, row, table
from gouji.inference.outputs.files import OWN_MARK
from gouji.inference.outputs.marks import advice, cause

CSV_COLUMNS = (
    "issuer",
    "year",
    "kind",
    "kind_chinese",
    "sign",
    "check",
    "told",
    "left",
    "right",
    "printed",
    "start",
    "end",
    "key",
    "pattern",
    "suggestion_key",
    "suggestion_would_be",
    "source",
    "link",
)
_FIGURES = 300  # below it first digits say nothing
_SHOWN = 60  # characters of what is printed, in Markdown


@dataclass(frozen=True, slots=True)
class Audit:
    """What is shown: the contradictions of a batch, and how large that was."""

    found: Sequence[Contradiction]
    reports: int
    digits: FirstDigits

    @property
    def contradictions(self) -> list[Contradiction]:
        """Print against print."""
        return [each for each in self.found if not each.kind.is_sign]

    @property
    def signs(self) -> list[Contradiction]:
        """What says only where to ask."""
        return [each for each in self.found if each.kind.is_sign]

    @property
    def headline(self) -> str:
        """How many there are, of how many bodies and reports."""
        bodies = len({each.issuer for each in self.contradictions})
        reports = len({each.sources[-1] for each in self.contradictions})
        of = f"{_count(reports, 'report')} of {self.reports}, of {_count(bodies, 'body', 'bodies')}"
        signs = _count(len(self.signs), "sign")
        return f"{_count(len(self.contradictions), 'contradiction')} in {of}; {signs}"


def audit_csv(audit: Audit) -> str:
    """A line for each contradiction and each sign."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(CSV_COLUMNS)
    for each in audit.found:
        printed, one = each.printed, each.suggestion
        where = (printed.text, printed.start, printed.end, printed.key) if printed else (None,) * 4
        sign = "sign" if each.kind.is_sign else "contradiction"
        about = (each.issuer, each.year, str(each.kind), each.kind.chinese, sign, each.check, each.told)
        repair = (one.key, one.would_be) if one else (None, None)
        writer.writerow(
            (*about, each.left, each.right, *where, each.pattern, *repair, each.sources[-1], each.link)
        )
    return text.getvalue()


def audit_markdown(audit: Audit) -> str:
    """The contradictions as tables of Markdown: of kinds by years, then body by body."""
    years = _years(audit)
    lines = [OWN_MARK, "", "# Who contradicts himself", "", audit.headline, ""]
    lines += _line(("kind", *map(str, years), "all")), "|" + "---|" * (len(years) + 2)
    for kind, counts in _by_kind(audit):
        cells = (str(counts[year] or "") for year in years)
        lines.append(_line((f"{kind.chinese} {kind}", *cells, str(counts.total()))))
    for issuer, own in groupby(audit.found, lambda each: each.issuer):
        heads = _line(("year", "kind", "what", "print", "source"))
        lines += ["", f"## {issuer}", "", heads, "|" + "---|" * 5]
        for each in own:
            said = "".join((each.printed.text if each.printed else "").split())
            shown = said if len(said) <= _SHOWN else f"{said[:_SHOWN]}…"
            source = f"[{each.sources[-1]}]({each.link})" if each.link else each.sources[-1]
            name = f"{each.kind.chinese} {each.kind}"
            lines.append(_line((str(each.year or "?"), name, each.told, shown, source)))
    signs = dict.fromkeys(each.kind for each in audit.signs)
    lines += [f"\n{sign.chinese} {sign}, what it does not prove: {sign.proves_not}" for sign in signs]
    return "\n".join(lines) + "\n"


def audit_html(audit: Audit) -> str:
    """A page to look at."""
    return page(
        "Who contradicts himself 谁自相矛盾",
        el("p", audit.headline),
        el("h2", "By kind and year"),
        _kinds_table(audit),
        *_by_year(audit),
        el("h2", "By body"),
        *_bodies(audit.contradictions),
        *_signs(audit),
    )


def _kinds_table(audit: Audit) -> Element:
    years = _years(audit)
    rows = [
        row(
            f"{kind.chinese} {kind}",
            *(str(counts[year] or "") for year in years),
            str(counts.total()),
            el("span", kind.english, class_="faint"),
        )
        for kind, counts in _by_kind(audit)
    ]
    return table(["kind", *map(str, years), "all", ""], [rows])


def _by_year(audit: Audit) -> Iterator[Element]:
    """Of each year the bodies, each a link to what stands of it below."""
    yield el("h2", "By year")
    for year in _years(audit):
        own = Counter(each.issuer for each in audit.contradictions if each.year == year)
        links = (el("a", f"{name} ({n})", href=f"#{_anchor(name, year)}") for name, n in own.items())
        if own:
            yield el("p", el("b", f"{year}: "), *_parted(links))


def _bodies(found: Sequence[Contradiction]) -> Iterator[Element]:
    for issuer, of_body in groupby(found, lambda each: each.issuer):
        yield el("h3", issuer)
        for year, of_year in groupby(of_body, lambda each: each.year):
            own = list(of_year)
            blocks = [_block(kind, list(group)) for kind, group in groupby(own, lambda each: each.kind)]
            yield el("section", el("h4", str(year or "?")), *blocks, id=_anchor(issuer, year))


def _block(kind: Kind, found: Sequence[Contradiction]) -> Element:
    """The contradictions of one kind of one report, the habit that explains them all told once."""
    title = el("b", f"{kind.chinese} {kind}")
    parts: list[Child] = [el("p", title, f" {found[0].sources[-1]}")]
    if patterns := dict.fromkeys(each.pattern for each in found if each.pattern):
        parts += [el("p", cause(pattern), class_="faint") for pattern in patterns]
    parts.append(el("ul", *(el("li", *_item(each)) for each in found)))
    return el("div", *parts, class_="place")


def _item(found: Contradiction) -> list[Child]:
    """What stands against what, its print, and where to look."""
    parts: list[Child] = [found.told]
    if found.printed is not None:
        where = f" [{found.printed.start}:{found.printed.end}]" if found.printed.start is not None else ""
        parts += [" — printed ", el("mark", found.printed.text or "nothing"), where]
    if found.link is not None:
        parts += [" ", el("a", "look", href=found.link)]
    if found.suggestion is not None:
        one = found.suggestion
        parts.append(el("p", advice(one, one.key), class_="faint"))
    return parts


def _signs(audit: Audit) -> Iterator[Element]:
    """The signs, each kind with what it does not prove, and the first digits of the batch."""
    yield el("h2", "Signs: where to ask, not contradictions")
    if not audit.signs:
        yield el("p", "None.")
    by_kind = sorted(audit.signs, key=lambda each: each.kind)
    for kind, own in groupby(by_kind, lambda each: each.kind):
        yield el("h3", f"{kind.chinese} {kind}: {kind.english}")
        yield el("p", f"What it does not prove: {kind.proves_not}", class_="faint")
        yield el("ul", *(el("li", f"{each.issuer} {each.year}: ", *_item(each)) for each in own))
    if audit.digits.figures >= _FIGURES:
        yield from _digits(audit.digits)


def _digits(digits: FirstDigits) -> Iterator[Element]:
    yield el("h3", f"First digits of all {digits.figures} figures from 10 on that no sum makes")
    yield el(
        "p",
        "Benford's law holds for figures that spread over several powers of ten; the counts of small bodies"
        " do not, so that a difference here proves nothing of anybody.",
        class_="faint",
    )
    rows = [
        row(str(digit), str(count), f"{share:.1%}", f"{law:.1%}")
        for digit, count, share, law in digits.rows()
    ]
    yield table(["digit", "figures", "share", "by the law"], [rows])


def _by_kind(audit: Audit) -> Iterator[tuple[Kind, Counter[int]]]:
    for kind in Kind:
        counts = Counter(each.year or 0 for each in audit.found if each.kind is kind)
        if counts:
            yield kind, counts


def _years(audit: Audit) -> list[int]:
    return sorted({each.year or 0 for each in audit.found})


def _anchor(issuer: str, year: int | None) -> str:
    return f"{issuer}-{year or 0}"


def _parted(elements: Iterable[Element]) -> Iterator[Child]:
    for number, element in enumerate(elements):
        if number:
            yield ", "
        yield element


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def _count(number: int, one: str, many: str | None = None) -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
