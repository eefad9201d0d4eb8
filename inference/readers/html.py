"""Read an HTML page: what a browser would show of it, tables by their cells.

Flow:  bytes -> text -> tree -> blocks -> **page**

Where the page itself shows no table, what its scripts hold as strings is looked at: many pages
are filled from one. A page that is an error's, a login's or a script's in place of the report is
named as such; to take it for a report without tables would hide that it was never fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gouji.inference.readers.charset import decode_html
from gouji.inference.readers.content import Content, Options
from gouji.inference.readers.html_blocks import blocks_of
from gouji.inference.readers.html_scripts import markup_in_scripts
from gouji.inference.readers.html_styles import styles_of
from gouji.inference.readers.pages import pages_of_blocks
from gouji.inference.readers.writer import Block, Table, line, write
from gouji.inference.reading import ReadingError
from gouji.model.page import Page

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_SHORT = 1500  # characters that a page in a report's place has at most; the shortest report has 2,500
_COLUMNS = 3  # cells in a row, from which a table may be an official one
_REFRESH = re.compile(r"url\s*=\s*['\"]?([^'\"\s]+)", re.IGNORECASE)
_ATTACHED = re.compile(r"\.(?:docx?|wps|pdf|ofd|xlsx?|zip|rar)(?:$|[?#])", re.IGNORECASE)
_REPORT = re.compile(r"信息公开.*(?:报告|年报)|年度报告")
_GONE = r"不存在|找不到|未找到|已(?:被)?删除|不见了|走丢|失效|无法(?:访问|显示|打开)"


@dataclass(frozen=True, slots=True)
class _Instead:
    """A page that stands in a report's place: what it says, what it is, and what to do."""

    says: re.Pattern[str]
    what: str
    remedy: str


_LOGIN = _Instead(
    re.compile(
        r"请\s*登录|用户登录|统一身份认证|(?:扫码|密码|短信)登录|忘记密码|please (?:log|sign) ?in", re.I
    ),
    "a login page",
    "fetch the report with a session, or take it from the publisher's open site",
)
_INSTEAD = (
    _LOGIN,
    _Instead(
        re.compile(
            r"\b(?:40[0-9]|410|50[0-4])\b.{0,40}(?:错误|页面|not found|forbidden|error|bad gateway)"
            rf"|(?:页面|网页|文章|内容|文件|链接).{{0,12}}(?:{_GONE})|(?:{_GONE}).{{0,10}}(?:页面|网页|网站|内容)"
            r"|访问(?:被拒绝|过于频繁|受限)|not found|access denied",
            re.I | re.S,
        ),
        "an error page",
        "fetch it again, or look for the report's new address",
    ),
    _Instead(
        re.compile(
            r"(?:启用|开启|enable)\s*javascript|验证码|安全(?:检查|验证)|正在(?:跳转|加载)|浏览器(?:版本)?过低",
            re.I,
        ),
        "a page that a script fills or forwards",
        "save the page from a browser that has shown it",
    ),
)


def read(content: Content, options: Options) -> Iterator[Page]:
    """The reports of an HTML page.

    Raises:
        ReadingError: It cannot be decoded, shows nothing, or stands in a report's place.
    """
    from selectolax.lexbor import LexborHTMLParser

    text = decode_html(content, options.encoding).replace("\x00", "")
    tree = LexborHTMLParser(text)
    blocks = _blocks(tree)
    if not _has_table(blocks):
        for markup in markup_in_scripts(tree):
            held = _blocks(LexborHTMLParser(markup))
            if _has_table(held) or (not _has_words(blocks) and _has_words(held)):
                blocks += held
    if not _has_table(blocks):
        from gouji.inference.readers.html_data import data_in_scripts

        for markup in data_in_scripts(tree, write(blocks).text):
            blocks += _blocks(LexborHTMLParser(markup))
    fault = None if _has_table(blocks) else _fault(tree, blocks)
    if fault is not None:
        raise ReadingError(f"{content.name}: {fault}")
    yield from pages_of_blocks(content.name, [*_title(tree, blocks), *blocks], "an HTML page")


def _blocks(tree: LexborHTMLParser) -> list[Block]:
    """What the page shows; where that is no table and hidden elements hold one, they are shown too."""
    if tree.body is None:
        return []
    styles = styles_of(tree)
    shown = list(blocks_of(tree.body, styles))
    if _has_table(shown):
        return shown
    everything = list(blocks_of(tree.body, styles, unhide=True))
    return everything if _has_table(everything) else shown


def _has_table(blocks: Sequence[Block]) -> bool:
    """Whether an official table may be among the blocks."""
    return any(
        len(block.rows) > 1 and any(len(row) >= _COLUMNS and any(row) for row in block.rows)
        for block in blocks
        if isinstance(block, Table)
    )


def _has_words(blocks: Sequence[Block]) -> bool:
    return sum(len(block) for block in blocks if isinstance(block, str)) > _SHORT // 10


def _title(tree: LexborHTMLParser, blocks: Sequence[Block]) -> list[Block]:
    """The page's own title, where what it shows does not say it."""
    node = tree.css_first("head > title")
    title = line(node.text()) if node is not None else ""
    shown = any(title in block for block in blocks if isinstance(block, str))
    return [title] if title and not shown else []


def _fault(tree: LexborHTMLParser, blocks: Sequence[Block]) -> str | None:
    """What a page without tables is, if it is no report, and what to do."""
    words = " ".join(block for block in [*_title(tree, blocks), *blocks] if isinstance(block, str))
    if len(words) > _SHORT:
        return None
    if tree.css_first("input[type=password]") is not None:
        return _named(_LOGIN.what, _LOGIN.remedy)
    for instead in _INSTEAD:
        if instead.says.search(words):
            return _named(instead.what, instead.remedy)
    elsewhere = _elsewhere(tree)
    if elsewhere is not None:
        return elsewhere
    forwarded = tree.css_first("meta[http-equiv=refresh i]")
    target = _REFRESH.search(forwarded.attributes.get("content") or "") if forwarded is not None else None
    if target is not None:
        return _named(f"a page that forwards to {target[1]}", "fetch that one")
    if not blocks:
        remedy = "if a script fills it, save the page from a browser that has shown it"
        return f"is an HTML page that shows no text; {remedy}"
    tables = tree.css("table")
    if tables and not any(line(table.text()) for table in tables):
        return "is an HTML page whose table is empty; if a script fills it, save the page from a browser"
    return None


def _elsewhere(tree: LexborHTMLParser) -> str | None:
    """Where the report stands that a page only frames or attaches."""
    for node in tree.css("iframe[src], frame[src], embed[src], object[data]"):
        target = node.attributes.get("src") or node.attributes.get("data") or ""
        if target and not target.startswith(("about:", "javascript:")) and not _is_tiny(node):
            return f"is an HTML page that shows another in a frame and no table; fetch that one: {target}"
    for node in tree.css("a[href]"):
        target = node.attributes.get("href") or ""
        if _ATTACHED.search(target) and _REPORT.search(f"{node.text()} {_words_of(tree, 'title')}"):
            return f"is an HTML page without tables that attaches a file; fetch that one: {target}"
    return None


def _is_tiny(node: LexborNode) -> bool:
    """Whether a frame is there to count its readers, not to be read."""
    return any((node.attributes.get(side) or "").rstrip("px") in ("0", "1") for side in ("width", "height"))


def _words_of(tree: LexborHTMLParser, element: str) -> str:
    node = tree.css_first(element)
    return node.text() if node is not None else ""


def _named(what: str, remedy: str) -> str:
    return f"is {what}, no report; {remedy}"
