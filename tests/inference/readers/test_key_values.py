"""Tables whose lines tell each number by its keys are read as the objects of JSON are."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from gouji.inference.extraction import Status
from gouji.inference.extractor import Extractor
from gouji.inference.readers.key_values import values_told
from gouji.training.kinds.json_report import by_labels

from .json_report import made
from .test_text_tables import extracted, values

Object = dict[str, Any]

MADE = made("2021", 5)
OBJECT = by_labels(MADE)


def leaves(value: Object, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    for key, inner in value.items():
        if isinstance(inner, dict):
            yield from leaves(inner, (*path, key))
        else:
            yield (*path, key), inner


def yaml(value: Object, depth: int = 0) -> str:
    lines = []
    for key, inner in value.items():
        opens = isinstance(inner, dict)
        said = f"\n{yaml(inner, depth + 2)}" if opens else " null\n" if inner is None else f" {inner}\n"
        lines.append(f"{' ' * depth}{key}:{said}")
    return "".join(lines)


def toml(value: Object) -> str:
    rows: dict[tuple[str, ...], list[str]] = {}
    for path, said in leaves(value):
        rows.setdefault(path[:-1], []).append(
            f"{json.dumps(path[-1], ensure_ascii=False)} = {json.dumps(said)}"
        )
    sections = (("[" + ".".join(f'"{name}"' for name in path) + "]", lines) for path, lines in rows.items())
    return "\n".join("\n".join([name, *lines, ""]) for name, lines in sections)


def headings(value: Object, depth: int = 2) -> str:
    lines = []
    for key, inner in value.items():
        if isinstance(inner, dict):
            lines.append(f"{'#' * min(depth, 6)} {key}\n\n{headings(inner, depth + 1)}")
        else:
            lines.append(f"- **{key}**：{'' if inner is None else inner}\n")
    return "".join(lines)


def by_paths(between: str, colon: str) -> Callable[[Object], str]:
    return lambda value: "\n".join(
        between.join(path) + colon + ("" if said is None else str(said)) for path, said in leaves(value)
    )


KINDS: dict[str, Callable[[Object], str]] = {
    "YAML": yaml,
    "YAML in a fence": lambda value: f"结果如下：\n```yaml\n{yaml(value)}```\n以上。\n",
    "TOML": toml,
    "INI": lambda value: toml(value).replace('"."', "/").replace('["', "[").replace('"]', "]"),
    "headings": headings,
    "properties": by_paths(".", "="),
    "paths": by_paths(" / ", ": "),
}


@pytest.mark.parametrize("name", KINDS)
def test_every_number_is_where_its_keys_say(extractor: Extractor, name: str):
    extraction = extracted(extractor, KINDS[name](OBJECT))

    assert extraction.status is Status.VERIFIED
    found = values(extraction)
    assert {key: found[key] or 0 for key in MADE.cells} == {key: v or 0 for key, v in MADE.cells.items()}


def test_a_key_that_comes_twice_tells_nothing():
    text = yaml(OBJECT)

    assert values_told(text) is not None
    assert values_told(f"{text}规章: 3\n规章: 4\n") is None


def test_lines_with_a_colon_among_prose_tell_nothing():
    assert values_told("发布日期：2023\n\n年报已经公布。\n" * 30) is None
