"""Find in a value the strings that are a page: named by a path, or by the tables' words in them.

Flow:  value -> **strings that are pages** -> articles -> contents

A string may be markup in any writing, text, JSON once more, or base64 of one of these. Which string is the
page, its words say: the heads of the three tables. Several strings are pieces of one article where no two of
them hold the same table, and several articles where they do; two writings of one article count once.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from gouji.inference.readers.html_scripts import as_markup
from gouji.inference.readers.json_text import Sentences
from gouji.inference.readers.json_values import Figure, value_of

TITLES = ("title", "标题", "articleTitle", "docTitle", "headline", "name", "名称")
_ADDRESSES = ("url", "link", "href", "docUrl", "articleUrl")
_SHORTEST = 60  # characters of a string that may hold a table
_LONG = 500  # of one that may be an article without any; the shortest report has 2,500
_NESTED = 3  # JSON within strings of JSON
_BASE64 = re.compile(r"[A-Za-z0-9+/\s]{200,}={0,2}\s*")
_ESCAPED = re.compile(r"\\u([3-9][0-9a-f]{3})", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>|\s+")
_CHINESE = re.compile(r"[\u3400-\u9fff]")
# What the heads of each table alone say.
_TABLES = tuple(
    re.compile(words)
    for words in (
        "制发件数|废止件数|新制作数量|新公开数量|对外公开总数|处理决定数量|上一年项目数量|收费金额",
        "科研机构|公益组织|法律服务机构|结转下年度|本年新收",
        "结果维持|结果纠正|尚未审结",
    )
)

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A string in a value: where it stands, what it says, and which of the three tables it holds."""

    path: Path
    text: str
    is_markup: bool
    tables: frozenset[int]


def tables_named(text: str) -> frozenset[int]:
    """Which of the three tables' heads stand in a text with numbers, also one whose Chinese is escaped."""
    words = _ESCAPED.sub(lambda code: chr(int(code[1], 16)), text)
    found = frozenset(number for number, heads in enumerate(_TABLES) if heads.search(words))
    return found if any(map(str.isdecimal, words)) else frozenset()


def opened(value: Any, depth: int = 0) -> Any:
    """A value whose strings that hold JSON, or base64 of text, are what they hold."""
    if isinstance(value, dict):
        return {key: opened(inner, depth) for key, inner in value.items()}
    if isinstance(value, list):
        return [opened(inner, depth) for inner in value]
    if not isinstance(value, str) or isinstance(value, Figure | Sentences) or depth >= _NESTED:
        return value
    text = _unpacked(value)
    if text.lstrip()[:1] in ("{", "[", '"'):
        try:
            return opened(value_of(text), depth + 1)
        except ValueError:
            return text
    return text


def at_path(value: Any, path: str) -> list[Any] | None:
    """What stands at a path of keys and list indexes; in a list without an index, of every element.

    >>> at_path({"data": [{"content": "a"}, {"content": "b"}]}, "data.content")
    ['a', 'b']
    >>> at_path({"data": [{"content": "a"}, {"content": "b"}]}, "data.1.content")
    ['b']
    >>> at_path({"data": None}, "data.content")
    """
    if not path:
        return [value]
    if isinstance(value, list):
        step, _, rest = path.partition(".")
        if step.strip("[]").isdecimal():
            index = int(step.strip("[]"))
            return at_path(value[index], rest) if index < len(value) else None
        held = [found for each in value if (found := at_path(each, path)) is not None]
        return [each for found in held for each in found] or None
    if not isinstance(value, dict):
        return None
    keys = sorted((key for key in value if path == key or path.startswith(f"{key}.")), key=len)
    return at_path(value[keys[-1]], path[len(keys[-1]) + 1 :]) if keys else None


def articles_in(value: Any) -> list[list[Found]]:
    """The articles of a value, each by its strings in their order: those with tables, else the long ones."""
    strings = list(_strings(value, ()))
    held = [found for found in strings if found.tables]
    if not held:
        held = [found for found in strings if found.is_markup or len(found.text) >= _LONG]
    return list(_articles(value, held)) if held else []


def text_of(value: Any, article: Sequence[Found]) -> str:
    """An article as one string: its title, and its pieces in their order."""
    if len(article) == 1 and not article[0].is_markup:
        return article[0].text
    parts: list[str] = []
    said: set[str] = set()
    for found in article:
        title = _title(value, found.path)
        if title and title not in said:
            said.add(title)
            is_first = not parts and "<title" not in found.text
            parts.append(f"<title>{_escaped(title)}</title>" if is_first else f"<p>{_escaped(title)}</p>")
        parts.append(found.text if found.is_markup else f"<pre>{_escaped(found.text)}</pre>")
    return "".join(parts)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _unpacked(text: str) -> str:
    """What a string of base64 holds, if it is Chinese text; else the string."""
    if not _BASE64.fullmatch(text):
        return text
    try:
        held = base64.b64decode("".join(text.split()), validate=True)
        for codec in ("utf-8", "gb18030"):
            try:
                found = held.decode(codec)
            except UnicodeDecodeError:
                continue
            return found if _CHINESE.search(found) or as_markup(found) else text
    except (binascii.Error, ValueError):
        return text
    return text


def _strings(value: Any, path: Path) -> Iterator[Found]:
    """The strings that may be a page or a piece of one."""
    if isinstance(value, list) and len(value) > 1 and all(map(_is_text, value)):
        found = next(_strings("\n".join(value), path), None)
        if found is not None and len(found.tables) > 1 and not found.is_markup:  # a text by its lines
            yield found
            return
    if isinstance(value, dict | list):
        items = value.items() if isinstance(value, dict) else enumerate(value)
        for key, inner in items:
            yield from _strings(inner, (*path, key))
    elif isinstance(value, str) and len(value) >= _SHORTEST and not isinstance(value, Figure):
        markup = as_markup(value)
        text = value if markup is None else markup
        words = _TAG.sub("", text)
        if markup is not None or _CHINESE.search(words):
            yield Found(path, text, markup is not None, tables_named(words))


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and not isinstance(value, Figure)


def _articles(value: Any, found: Sequence[Found], depth: int = 0) -> Iterator[list[Found]]:
    """Strings by what they are pieces of."""
    while len(found) > 1 and len({each.path[depth : depth + 1] for each in found}) == 1:
        depth += 1
    if len(found) == 1:
        yield list(found)
        return
    groups: dict[Any, list[Found]] = {}
    for each in found:
        groups.setdefault(each.path[depth], []).append(each)
    parts = list(groups.values())
    are_strings = all(len(part) == 1 and len(part[0].path) == depth + 1 for part in parts)
    if _are_pieces(parts) and not any(_is_addressed(value, part[0].path[: depth + 1]) for part in parts):
        yield list(found)
    elif are_strings and isinstance(parts[0][0].path[depth], str):
        yield [max(found, key=lambda each: (len(each.tables), each.is_markup, len(each.text)))]
    else:
        for part in parts:
            yield from _articles(value, part, depth + 1)


def _are_pieces(parts: Sequence[Sequence[Found]]) -> bool:
    """Whether no table is in two of the parts, and each has one."""
    tables = [frozenset().union(*(each.tables for each in part)) for part in parts]
    return all(tables) and not any(a & b for a, b in combinations(tables, 2))


def _is_addressed(value: Any, path: Path) -> bool:
    """Whether what stands at a path has an address, or a report's title, of its own."""
    held = _at(value, path)
    if not isinstance(held, Mapping):
        return False
    titles = (held[key] for key in TITLES if isinstance(held.get(key), str))
    return any(held.get(key) for key in _ADDRESSES) or any(
        "报告" in title or "年报" in title for title in titles
    )


def _title(value: Any, path: Path) -> str:
    """The title beside a string."""
    held = _at(value, path[:-1])
    if not isinstance(held, Mapping):
        return ""
    titles = (held[key] for key in TITLES if key != path[-1] and isinstance(held.get(key), str))
    return next((title for title in titles if title.strip()), "").strip()


def _at(value: Any, path: Path) -> Any:
    for step in path:
        value = value[step]
    return value
