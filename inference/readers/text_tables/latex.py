r"""Tables as LaTeX writes them: `tabular` and its kin, with cells over several columns and rows.

Flow:  lines -> **rows** -> blocks

A cell over several columns is followed by as many empty ones, so that every row has a cell for each column.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gouji.inference.readers.text_tables.rows import Found, table_of

PRESENT = re.compile(r"\\begin\s*\{(?:tabular|array|longtable|tabu|tblr|longtblr|supertabular|xltabular)")
_BEGIN = re.compile(
    r"\\begin\s*\{((?:tabular[xy]?|array|longtable|tabu|tblr|longtblr|supertabular|xltabular)\*?)\}"
)
_RULES = re.compile(
    r"\\(?:[hv]line|toprule|midrule|bottomrule|specialrule(?:\{[^{}]*\}){3}|end(?:first)?head|end(?:last)?foot"
    r"|(?:c|cmid)(?:line|rule)(?:\([^()]*\))?\s*\{[^{}]*\}|addlinespace(?:\[[^\]]*\])?|centering|noalign\{[^{}]*\})"
)
_ENVIRONMENT = re.compile(r"\\(?:begin|end)\s*\{[^{}]*\}(?:\[[^\]]*\])?")
_COLUMNS = re.compile(r"\\multicolumn\s*\{\s*0*(\d{1,9})\d*\s*\}")
_WIDEST = 100  # columns that a cell spans
_COMMAND = re.compile(r"\\([A-Za-z]+)\*?")
_OPTION = re.compile(r"\s*\[[^\]]*\]")
_ARGUMENTS = {"multicolumn": 3, "multirow": 3, "parbox": 2, "rotatebox": 2, "textcolor": 2, "raisebox": 2}
_SETTING = frozenset(("color", "cellcolor", "rowcolor", "vspace", "hspace", "fontsize", "arraystretch"))
_BLANK = frozenset(("quad", "qquad", "enspace", "hfill"))
_PLAIN = str.maketrans({"~": " ", "{": "", "}": ""})


def find(lines: Sequence[str], index: int) -> Found | None:
    """The table whose environment opens on a line."""
    begin = _BEGIN.search(lines[index])
    if begin is None:
        return None
    text = "\n".join(lines[index:])
    end = text.find(f"\\end{{{begin[1]}}}", begin.end())
    nested = _BEGIN.search(text, begin.end())
    while nested is not None and nested.start() < end:  # an environment within a cell
        end = text.find(f"\\end{{{begin[1]}}}", end + 1) if nested[1] == begin[1] else end
        nested = _BEGIN.search(text, nested.end())
    body = text[_behind_columns(text, begin) : end if end >= 0 else len(text)]
    rows = [_cells(row) for row in _split(_RULES.sub(" ", _without_comments(body)), "\\\\")]
    above = text[: begin.start()].strip()
    blocks = (table_of(row for row in rows if len(row) > 1 or row[0].strip()),)
    line = index + (text.count("\n", 0, end) + 1 if end >= 0 else len(lines) - index)
    return Found((above, *blocks) if above and "\\" not in above else blocks, line)


def _behind_columns(text: str, begin: re.Match[str]) -> int:
    """Where an environment's rows begin: behind its options, its width, and what it says of its columns."""
    at = begin.end()
    for _ in range(
        2 if begin[1].rstrip("*") in ("tabularx", "tabulary", "xltabular") or "*" in begin[1] else 1
    ):
        option = _OPTION.match(text, at)
        argument = _argument(text, option.end() if option else at)
        at = argument[1] if argument else at
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
    """
    text = _ENVIRONMENT.sub(
        "", re.sub(r"\\begin\s*\{tabular\*?\}(?:\[[^\]]*\])?\{(?:[^{}]|\{[^{}]*\})*\}", "", written)
    )
    text = text.replace("\\\\", "\n")
    while (command := _COMMAND.search(text)) is not None:
        at = command.end()
        held: list[str] = []
        for _ in range(_ARGUMENTS.get(command[1], 1)):
            while (option := _OPTION.match(text, at)) is not None:
                at = option.end()
            argument = _argument(text, at)
            if argument is None:
                break
            held.append(argument[0])
            at = argument[1]
        inside = "" if command[1] in _SETTING else held[-1] if held else " " * (command[1] in _BLANK)
        text = text[: command.start()] + inside + text[at:]
    text = text.replace("``", "“").replace("''", "”")
    return re.sub(r"\\([&%_#${}])", r"\1", text.translate(_PLAIN)).strip()


def _argument(text: str, at: int) -> tuple[str, int] | None:
    """What stands in the braces that open at a place, and where they end."""
    opening = re.compile(r"\s*\{").match(text, at)
    if opening is None:
        return None
    depth = 1
    for place in range(opening.end(), len(text)):
        depth += {"{": 1, "}": -1}.get(text[place], 0)
        if depth == 0:
            return text[opening.end() : place], place + 1
    return None
