"""A sum that fails within a report is a finding, told by what is printed on either side."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gouji.inference.cli import main


def gouji(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def failing(*arguments: str | Path) -> list[dict[str, object]]:
    found = [json.loads(line) for line in gouji("check", *arguments, "--json").stdout.splitlines()]
    return [finding for finding in found if finding["state"] == "fails"]


@pytest.fixture
def misprinted(samples: Path, tmp_path: Path) -> Path:
    """JSON lines of a page whose 116 new applications became 119, and which lies there no more."""
    page, lines = tmp_path / "page.txt", tmp_path / "matrices.jsonl"
    text = (samples / "yunling_2022__lines.txt").read_text(encoding="utf-8")
    page.write_text(text.replace("116", "119", 1), encoding="utf-8")
    gouji("extract", page, "-o", lines)
    page.unlink()
    return lines


def test_sums_that_fail_are_findings_of_json_lines_alone(misprinted: Path):
    row, column = failing(misprinted)

    assert (row["check"], row["left"], row["right"]) == ("sums/applications/row/received", 116, 119)
    assert column["check"] == "sums/applications/balance/total"
    assert (row["issuer"], row["year"]) == ("云岭市水务局", 2022)
    assert row["sources"] == [str(misprinted.parent / "page.txt")]


def test_a_sum_that_fails_says_what_is_printed_and_what_would_repair_it(misprinted: Path):
    row, _ = failing(misprinted)

    assert row["note"] == (
        "一、本年新收政府信息公开申请数量: 自然人 80 + 商业企业 18 + 科研机构 4"
        " + 社会公益组织 10 + 法律服务机构 1 + 其他 3"
        " is not 总计 119; all sums would hold if 一、本年新收政府信息公开申请数量 · 总计 were 116, not 119"
    )
    assert row["suggestion"] == {
        "key": "applications/received/total",
        "printed": 119,
        "would_be": 116,
        "repairs": ["applications/row/received", "applications/balance/total"],
    }


def test_a_person_is_shown_them_and_strict_exits_1(misprinted: Path):
    result = gouji("check", misprinted, "--strict")

    assert result.exit_code == 1
    assert "sums/applications/row/received" in result.stdout
    assert "社会公益组织" in "".join(result.stdout.split())  # no label is cut short
    assert "; sums 40 hold, 2 fail, 0 unknown" in result.stdout


def test_sums_that_hold_are_counted_and_raise_no_alarm(samples: Path):
    result = gouji("check", samples / "yunling_2022__lines.txt")

    assert "alarms" not in result.stdout
    assert "sums 42 hold, 0 fail, 0 unknown" in result.stdout


def test_a_sum_that_needs_an_open_cell_is_unknown(samples: Path, tmp_path: Path):
    text = (samples / "yunling_2022__lines.txt").read_text(encoding="utf-8")
    half = tmp_path / "half.txt"
    half.write_text(text[: text.index("（四）无法提供")], encoding="utf-8")

    assert failing(half) == []
    assert "sums 42 hold" not in gouji("check", half).stdout


def test_of_a_form_that_is_not_known_the_sums_are_told_by_their_names(misprinted: Path, tmp_path: Path):
    lines = misprinted.read_text(encoding="utf-8").replace('"2021"', '"mine"')
    misprinted.write_text(lines, encoding="utf-8")

    row, _ = failing(misprinted)

    assert (row["check"], row["note"]) == ("sums/applications/row/received", None)


def test_of_a_long_column_the_first_addends_are_told_and_the_others_added_up(samples: Path, tmp_path: Path):
    page = tmp_path / "page.txt"
    text = (samples / "yunling_2022__lines.txt").read_text(encoding="utf-8")
    (record,) = map(json.loads, gouji("extract", samples / "yunling_2022__lines.txt").stdout.splitlines())
    cell = next(cell for cell in record["cells"] if cell["key"] == "applications/total/natural_person")
    page.write_text(f"{text[: cell['start']]}{cell['value'] + 1}{text[cell['end'] :]}", encoding="utf-8")

    named = {finding["check"]: finding for finding in failing(page)}

    note = str(named["sums/applications/results/natural_person"]["note"])
    assert note.startswith("自然人: （一）予以公开 36 + 4.保护第三方合法权益 13 + ")
    assert "+ 5 in 2 more is not （七）总计 77" in note
