r"""Tables as LaTeX writes them: `tabular` and its kin, with cells over several columns and rows.

Flow:  lines -> **rows** -> blocks

A cell over several columns is followed by as many empty ones, so that every row has a cell for each column.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from gouji.inference.readers.marks import PICTURE, noted, resolved, struck
from gouji.inference.readers.text_tables.rows import Found, Lines, table_of

PRESENT = re.compile(r"\\begin\s*\{(?:tabular|array|longtable|tabu|tblr|longtblr|supertabular|xltabular)")
_BEGIN = re.compile(
    r"\\begin\s*\{((?:tabular[xy]?|array|longtable|tabu|tblr|longtblr|supertabular|xltabular)\*?)\}"
)
_UNCLOSED = re.compile(  # where one ends that nothing closes: before another, or two lines that are no row
    rf"\n(?=[^\n]*{_BEGIN.pattern}|[^\n&\\]*\n[^\n&\\]*(?:\n|\Z))|\Z"
)
_RULES = re.compile(
    r"\\(?:[hv]line|toprule|midrule|bottomrule|specialrule(?:\{[^{}]*\}){3}|end(?:first)?head|end(?:last)?foot"
    r"|(?:c|cmid)(?:line|rule)(?:\([^()]*\))?\s*\{[^{}]*\}|addlinespace(?:\[[^\]]{0,200}\])?|centering|noalign\{[^{}]*\})"
)
_ENVIRONMENT = re.compile(r"\\(?:begin|end)\s*\{[^{}]*\}(?:\[[^\]]{0,200}\])?")
_COLUMNS = re.compile(r"\\multicolumn\s*\{\s*0*(\d{1,9})\d*\s*\}")
_WIDEST = 100  # columns that a cell spans
_COMMAND = re.compile(r"\\([A-Za-z]+)\*?")
_OPTION = re.compile(r"\s{0,9}\[[^\]]{0,200}\]")
_OPENING = re.compile(r"\s*\{")
_ARGUMENTS = {
    "multicolumn": 3, "multirow": 3, "parbox": 2, "rotatebox": 2, "textcolor": 2, "raisebox": 2,
    "foreignlanguage": 2, "href": 2, "colorbox": 2, "fcolorbox": 3, "scalebox": 2, "resizebox": 3,
}  # fmt: skip
# What prints more than its letters, or none: marked as in a document's cells.
_MARKS: Mapping[str, Callable[[str], str]] = {
    **dict.fromkeys(("sout", "st", "xout", "cancel", "xcancel"), struck),
    **dict.fromkeys(("textsuperscript", "textsubscript", "footnote", "footnotemark", "tnote"), noted),
    "includegraphics": lambda _: PICTURE,
}
_SETTING = frozenset(("color", "cellcolor", "rowcolor", "vspace", "hspace", "fontsize", "arraystretch"))
_BLANK = frozenset(("quad", "qquad", "enspace", "hfill"))
_BRACE = re.compile(r"[{}]")
_PLAIN = str.maketrans({"~": " ", "{": "", "}": ""})


def find(lines: Lines, index: int) -> Found | None:
    """The table whose environment opens on a line."""
    if _BEGIN.search(lines[index]) is None:
        return None
    text, start = lines.text, lines.starts[index]
    begin = _BEGIN.search(text, start)
    assert begin is not None
    end = text.find(f"\\end{{{begin[1]}}}", begin.end())
    nested = _BEGIN.search(text, begin.end())
    while nested is not None and nested.start() < end:  # an environment within a cell
        end = text.find(f"\\end{{{begin[1]}}}", end + 1) if nested[1] == begin[1] else end
        nested = _BEGIN.search(text, nested.end())
    if end < 0:
        end = next(_UNCLOSED.finditer(text, begin.end())).start()
    body = text[_behind_columns(text, begin) : end]
    rows = [_cells(row) for row in _split(_RULES.sub(" ", _without_comments(body)), "\\\\")]
    above = text[start : begin.start()].strip()
    blocks = (table_of(row for row in rows if len(row) > 1 or row[0].strip()),)
    return Found((above, *blocks) if above and "\\" not in above else blocks, lines.behind(end))


def _behind_columns(text: str, begin: re.Match[str]) -> int:
    """Where an environment's rows begin: behind its options, its width, and what it says of its columns."""
    at = begin.end()
    for _ in range(
        2 if begin[1].rstrip("*") in ("tabularx", "tabulary", "xltabular") or "*" in begin[1] else 1
    ):
        option = _OPTION.match(text, at)
        argument = _argument(text, option.end() if option else at)
        at = at if argument is None else argument
    return at


def _without_comments(text: str) -> str:
    return re.sub(r"(?m)(?<!\\)%.*$", "", text)


def _split(text: str, mark: str) -> Iterator[str]:
    """The pieces between marks that stand within no braces and no environment."""
    depth = start = at = 0
    while at < len(text):
        if depth == 0 and text.startswith(mark, at):
            yield text[start:at]
            at += len(mark)
            option = _OPTION.match(text, at) if len(mark) > 1 else None
            start = at = option.end() if option else at + (text[at : at + 1] == "*" and len(mark) > 1)
            continue
        environment = _ENVIRONMENT.match(text, at)
        if environment is not None:
            depth += 1 if environment[0].startswith("\\begin") else -1
            at = environment.end()
            continue
        if text[at] == "\\":
            at += 2
            continue
        depth += {"{": 1, "}": -1}.get(text[at], 0)
        at += 1
    yield text[start:]


def _cells(row: str) -> list[str]:
    cells: list[str] = []
    for written in _split(row, "&"):
        span = _COLUMNS.search(written)
        cells += [_print(written), *[""] * (min(int(span[1]), _WIDEST) - 1 if span else 0)]
    return cells


def _print(written: str) -> str:
    r"""What a cell prints.

    >>> _print(r"\multicolumn{3}{c|}{\textbf{危及``三安全''}}"), _print(r"\makecell{年度\\结果}")
    ('危及“三安全”', '年度\n结果')
    >>> _print(r"\sout{12}13"), _print(r"3\textsuperscript{1}"), _print(r"规章\footnote{见附件}")
    ('[删]13', '3[注]', '规章')
    """
    text = _ENVIRONMENT.sub(
        "", re.sub(r"\\begin\s*\{tabular\*?\}(?:\[[^\]]*\])?\{(?:[^{}]|\{[^{}]*\})*\}", "", written)
    )
    text = text.replace("\\\\", "\n")
    text = _without_commands(text)
    text = text.replace("``", "“").replace("''", "”")
    return resolved(re.sub(r"\\([&%_#${}])", r"\1", text.translate(_PLAIN)).strip())


def _without_commands(text: str) -> str:
    """What commands print: the last of their arguments, in which others may stand, or nothing."""
    closings = _closings(text)
    parts: list[str] = []
    at = 0
    while (command := _COMMAND.search(text, at)) is not None:
        parts.append(text[at : command.start()])
        at = command.end()
        last: int | None = None
        for _ in range(_ARGUMENTS.get(command[1], 1)):
            while (option := _OPTION.match(text, at)) is not None:
                at = option.end()
            opening = _OPENING.match(text, at)
            if opening is None or opening.end() - 1 not in closings:
                break
            last, at = opening.end(), closings[opening.end() - 1] + 1
        if last is not None and command[1] in _MARKS:
            parts.append(_MARKS[command[1]](text[last : at - 1]))
        elif last is not None and command[1] not in _SETTING:
            at = last  # its closing brace is no print
        elif last is None and command[1] in _BLANK:
            parts.append(" ")
    return "".join([*parts, text[at:]])


def _closings(text: str) -> dict[int, int]:
    """Where each brace that is closed is closed."""
    found: dict[int, int] = {}
    open_: list[int] = []
    for brace in _BRACE.finditer(text):
        if brace[0] == "{":
            open_.append(brace.start())
        elif open_:
            found[open_.pop()] = brace.start()
    return found


def _argument(text: str, at: int) -> int | None:
    """Where the braces that open at a place end; None where none do."""
    opening = _OPENING.match(text, at)
    depth = 0
    for brace in _BRACE.finditer(text, opening.end() - 1) if opening else ():
        depth += 1 if brace[0] == "{" else -1
        if depth == 0:
            return brace.end()
    return None
