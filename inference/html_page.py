"""Write one HTML file that stands by itself: elements, a stylesheet, tables that scroll when narrow.

Flow:  evaluation -> sections of elements -> **page** -> one file

Pages hold whatever the web holds, so nothing is ever pasted into markup: everything is an element of
ElementTree, which escapes what it writes. No script, and nothing is fetched: the policy in the head says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from xml.etree.ElementTree import Element, tostring

from gouji.inference.outputs.errors import OutputError
from gouji.inference.outputs.files import beside
from gouji.model.errors import GoujiError

Child = Element | str

# What HTML cannot hold: control characters other than blanks, halves of surrogate pairs, non-characters.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")

POLICY = "default-src 'none'; style-src 'unsafe-inline'"

_STYLE = """
:root { color-scheme: light dark; --paper: #fff; --ink: #1b1f24; --faint: #5b6672; --line: #d5dae0;
  --right: #2f6fb0; --missed: #b9c2cb; --wrong: #c8391a; --mark: #ffe58a; --band: #f4f6f8; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #14181d; --ink: #e4e8ec; --faint: #9aa5b1; --line: #363f49;
    --right: #5b9bdc; --missed: #56616d; --wrong: #ff7a5c; --mark: #6b5500; --band: #1c2229; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1rem; max-width: 84rem; background: var(--paper); color: var(--ink);
  font: 15px/1.5 system-ui, "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", sans-serif; }
h1 { font-size: 1.4rem; overflow-wrap: anywhere; } h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
p { max-width: 60rem; } .faint { color: var(--faint); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: .2rem .55rem; border-bottom: 1px solid var(--line); text-align: right;
  vertical-align: top; white-space: nowrap; }
th { font-weight: 600; } thead th { color: var(--faint); }
th:first-child { text-align: left; position: sticky; left: 0; background: var(--paper); min-width: 7rem;
  max-width: 11rem; overflow-wrap: break-word; white-space: normal; }
tr.beside th { font-weight: 400; color: var(--faint); padding-left: 1.2rem; }
tbody.kind { border-top: 2px solid var(--faint); }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(9.5rem, 1fr)); gap: .6rem; }
.card { background: var(--band); padding: .6rem .8rem; border-radius: .4rem; }
.card b { display: block; font-size: 1.4rem; } .card span { display: block; overflow-wrap: anywhere; }
.bad { color: var(--wrong); font-weight: 700; }
.plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(17rem, 1fr)); gap: 1rem; }
svg { display: block; width: 100%; max-width: 40rem; } svg.bar { width: 9rem; height: 1.1em; }
svg text { fill: var(--ink); font-size: 10px; } svg .axis { stroke: var(--line); stroke-width: 1; }
.right { fill: var(--right); } .missed, .open { fill: var(--missed); } .wrong { fill: var(--wrong); }
polyline { fill: none; stroke-width: 2; } polyline.right { fill: none; stroke: var(--right); }
polyline.wrong { fill: none; stroke: var(--wrong); stroke-dasharray: 5 3; }
circle { stroke-width: 2; } circle.right { fill: var(--paper); stroke: var(--right); }
circle.wrong { fill: var(--paper); stroke: var(--wrong); }
dl { display: grid; grid-template-columns: minmax(6rem, max-content) minmax(0, 52rem); gap: .15rem 1rem; }
dt { font-weight: 600; overflow-wrap: anywhere; } dd { margin: 0; }
details { border-bottom: 1px solid var(--line); padding: .3rem 0; }
summary { cursor: pointer; overflow-wrap: anywhere; }
.place { margin: .6rem 0 1rem; } .place ul { margin: .2rem 0; padding-left: 1.2rem; }
.place li { overflow-wrap: anywhere; }
blockquote { margin: .3rem 0; padding: .4rem .7rem; background: var(--band);
  border-left: 3px solid var(--line); white-space: pre-wrap; overflow-wrap: anywhere; }
mark { background: var(--mark); color: inherit; outline: 1px solid var(--faint); padding: 0 .15em; }
i.sign { color: var(--faint); font-style: normal; }
"""


# Nothing runs and nothing is fetched, whatever a page of the web that is quoted here may have smuggled in.
# Bars and plots have styles of their own.
NO_MORE = "base-uri 'none'; form-action 'none'"  # what `default-src` does not speak of
_POLICY = f"default-src 'none'; style-src 'unsafe-inline'; {NO_MORE}"


class ReportError(GoujiError):
    """The HTML file cannot be written."""


def el(tag: str, *children: Child, **attributes: str) -> Element:
    """An element with its children; an attribute that is a word of Python ends in an underscore.

    >>> tostring(el("b", "1 < 2", class_="odd"), encoding="unicode")
    '<b class="odd">1 &lt; 2</b>'
    """
    names = {name.rstrip("_").replace("_", "-"): _printable(value) for name, value in attributes.items()}
    element = Element(tag, names)
    last: Element | None = None
    for child in children:
        if isinstance(child, Element):
            element.append(child)
            last = child
        elif last is None:
            element.text = (element.text or "") + _printable(child)
        else:
            last.tail = (last.tail or "") + _printable(child)
    return element


def table(heads: Sequence[Child], bodies: Iterable[Sequence[Element]]) -> Element:
    """A table that scrolls by itself where the window is narrow; a body for each kind of rows."""
    head = el("thead", el("tr", *(el("th", child, scope="col") for child in heads)))
    body = (el("tbody", *rows, class_="kind") for rows in bodies)
    return el("div", el("table", head, *body), class_="scroll")


def row(name: str, *cells: Child, class_: str = "row") -> Element:
    """A row of a table: its name, and its cells."""
    return el("tr", el("th", name, scope="row"), *(el("td", cell) for cell in cells), class_=class_)


def page(title: str, *sections: Child) -> str:
    """A whole HTML document."""
    head = el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", **{"http-equiv": "Content-Security-Policy", "content": _POLICY}),
        el("meta", name="generator", content="gouji"),
        el("meta", **{"http-equiv": "Content-Security-Policy", "content": POLICY}),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("title", title),
        el("style", _STYLE),
    )
    root = el("html", head, el("body", el("h1", title), *sections), lang="en")
    return "<!DOCTYPE html>\n" + tostring(root, encoding="unicode", method="html") + "\n"


def write_page(path: Path, html: str) -> None:
    """Write a document; the folders that it needs are made.

    Raises:
        ReportError: It cannot be written there, or its folder not be made.
    """
    try:
        with beside(path) as part:
            part.write_text(html, encoding="utf-8", errors="replace")
    except OSError as error:
        raise ReportError(f"{path}: cannot be written: {error.strerror}; check the folder") from error
    except OutputError as error:
        raise ReportError(str(error).replace("name another place with -o", "check the folder")) from error


def _printable(text: str) -> str:
    return _UNPRINTABLE.sub("\ufffd", text)
