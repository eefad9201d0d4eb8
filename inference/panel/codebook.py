"""The codebook: every variable with its labels, cells and formula, and what it can be compared with.

Flow:  variables -> **codebook** -> NAME.codebook.csv and .md, a sheet, a table of a database
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from gouji.inference.outputs.columns import Column, Kind
from gouji.inference.outputs.files import OWN_MARK
from gouji.inference.panel.reasons import REASONS
from gouji.inference.panel.series import Comparable
from gouji.inference.panel.variables import Variable
from gouji.model.forms import Form

LONGEST_LABEL = 80  # characters, Stata's

_COMPARABLE = {
    Comparable.YES: "Comparable across the change of forms",
    Comparable.NEAR: "Nearly comparable: see the note",
    Comparable.NO: "Not comparable: one form alone has it, or the forms ask for different things",
}


def _text(name: str, label: str, meaning: str) -> Column:
    return Column(name, Kind.TEXT, label, meaning)


def codebook_columns(forms: Iterable[Form]) -> list[Column]:
    """The columns of the codebook."""
    return [
        _text("variable", "变量", "Its name."),
        _text("type", "类型", "text, integer, number."),
        _text("unit", "单位", "What it is counted in."),
        _text("label", "中文标签", "Its label in Chinese."),
        _text("meaning", "英文标签", "Its label in English."),
        _text("comparable", "跨表式可比", "yes, near or no."),
        _text("formula", "公式", "How it is computed."),
        *(_text(f"form_{form.id}", f"{form.id} 表式", "The cells that it holds.") for form in forms),
        _text("note", "说明", "What else is to be known."),
        _text("codes", "取值", "Of a labelled variable: its numbers in Stata and SPSS, and their words."),
    ]


def codebook_rows(variables: Iterable[Variable], forms: Sequence[Form]) -> Iterator[dict[str, Any]]:
    """A row for each variable; of the second variables, that of the first alone lists their codes."""
    told = False
    for variable in variables:
        column, series = variable.column, variable.series
        is_why = series is not None and variable.codes is not None
        row: dict[str, Any] = {
            "variable": variable.name,
            "type": str(column.kind),
            "unit": column.unit,
            "label": column.label,
            "meaning": column.meaning,
            "codes": None if is_why and told else _codes(variable),
        }
        if is_why:
            told = True
        elif series is not None:
            row |= {"comparable": str(series.comparable), "formula": series.formula or None}
            row |= {"note": series.note}
            row |= {f"form_{form.id}": " ".join((series.cells or {}).get(form.id, ())) for form in forms}
        yield row


def codebook_markdown(variables: Sequence[Variable], forms: Sequence[Form]) -> str:
    """The codebook for people: by what can be compared, then the words of the second variables."""
    rows = list(codebook_rows(variables, forms))
    own = [row for row, variable in zip(rows, variables, strict=True) if variable.series is None]
    parts = [
        OWN_MARK,
        "# Codebook",
        "## Body, year and report",
        _table(own, ("variable", "label", "meaning", "codes")),
    ]
    of_forms = (f"form_{form.id}" for form in forms)
    fields = ("variable", "label", "meaning", "unit", "formula", *of_forms, "note")
    for comparable, title in _COMPARABLE.items():
        chosen = [row for row in rows if row.get("comparable") == comparable]
        parts += [f"## {title}", _table(chosen, fields)]
    reasons = (
        {"code": reason.code, "word": reason.name, "means": reason.says, "意思": reason.says_in_chinese}
        for reason in REASONS.values()
    )
    parts += ["## The second variable, NAME_why", _table(list(reasons), ("code", "word", "means", "意思"))]
    return "\n\n".join(parts) + "\n"


def stata_labels(variables: Sequence[Variable]) -> Iterator[str]:
    """The labels as a do-file, for a panel that came into Stata by another way, such as CSV.

    The words of labelled variables become the numbers that the .dta has, with the words as value labels.
    """
    yield "* gouji forms --format stata: run it behind `import delimited panel.csv, encoding(utf-8)'."
    for variable in variables:
        yield f"label variable {variable.name} {_quoted(variable_label(variable))}"
    labelled: dict[str, list[Variable]] = {}
    for variable in variables:
        if variable.codes is not None:
            labelled.setdefault(variable.name if variable.series is None else "why", []).append(variable)
    for name, owners in labelled.items():
        pairs = " ".join(f"{code} {_quoted(word)}" for word, code in (owners[0].codes or {}).items())
        yield f"label define {name} {pairs}"
        yield f"foreach v of varlist {'*_why' if name == 'why' else owners[0].name} {{"
        yield "    local text : variable label `v'"
        yield f"    encode `v', generate(coded) label({name}) noextend"
        yield "    drop `v'"
        yield "    rename coded `v'"
        yield "    label variable `v' `\"`text'\"'"
        yield "}"


def variable_label(variable: Variable) -> str:
    """The label that Stata and SPSS show: 80 characters at most."""
    label = variable.column.label
    return label if len(label) <= LONGEST_LABEL else label[: LONGEST_LABEL - 1] + "…"


def _quoted(text: str) -> str:
    return f'`"{text}"\''


def _codes(variable: Variable) -> str | None:
    if variable.codes is None:
        return None
    return "; ".join(f"{code} {word}" for word, code in variable.codes.items())


def _table(rows: Sequence[dict[str, Any]], fields: Sequence[str]) -> str:
    lines = ["| " + " | ".join(fields) + " |", "|" + "---|" * len(fields)]
    for row in rows:
        cells = (str(row.get(field) if row.get(field) is not None else "") for field in fields)
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(lines)
