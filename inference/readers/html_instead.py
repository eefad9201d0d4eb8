"""Say what a page without tables is: one that stands in a report's place, or that shows its tables elsewhere.

Flow:  tree, blocks -> **what stands instead** -> a refusal, or the cause that no table was found

A short page in a report's place (a login, a captcha, a firewall's word) is refused: to take it for a
report without tables would hide that the report was never fetched. A longer one goes on as the text that
it is, with the cause: what it links to, frames, or draws where its tables would be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gouji.inference.readers.writer import Block, line

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

SHORT = 1500  # characters that a page in a report's place has at most; the shortest report has 2,500
_LISTED = 5  # attachments that are named
_SMALLEST = 200  # pixels of a side of a picture that may be a table's
_REFRESH = re.compile(r"url\s*=\s*['\"]?([^'\"\s]+)", re.IGNORECASE)
_ATTACHED = re.compile(r"\.(?:docx?|wps|et|pdf|ofd|xlsx?|zip|rar|7z)(?:$|[?#])", re.IGNORECASE)
_REPORT = re.compile(r"信息公开.*(?:报告|年报)|年度报告")
_DECORATION = re.compile(
    r"logo|icon|banner|qr|ewm|erweima|weixin|wechat|share|print|arrow|beian|footer|jiucuo", re.IGNORECASE
)
_SCRIPTED = re.compile(r"\{\{\s*[\w.]+\s*\}\}|正在加载|加载中|loading\b", re.IGNORECASE)
_GONE = r"不存在|找不到|未找到|已(?:被)?删除|不见了|走丢|失效|无法(?:访问|显示|打开)"
_STOPPED = r"拦截|阻断|阻止|拦阻|屏蔽"


@dataclass(frozen=True, slots=True)
class _Instead:
    """A page that stands in a report's place: what it says, what it is, and what to do."""

    says: re.Pattern[str]
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"is {self.what}, no report; {self.remedy}"


_LOGIN = _Instead(
    re.compile(
        r"请\s*登录|用户登录|统一身份认证|(?:扫码|密码|短信)登录|忘记密码|please (?:log|sign) ?in", re.I
    ),
    "a login page",
    "fetch the report with a session, or take it from the publisher's open site",
)
_FIREWALL = _Instead(
    re.compile(
        rf"(?:请求|访问|操作|行为|ip).{{0,30}}(?:被|已|遭).{{0,8}}(?:{_STOPPED})|对网站造成.{{0,6}}威胁"
        r"|访问(?:被拒绝|过于频繁|受限)|access denied|request (?:is |was )?(?:blocked|rejected)|网站防火墙"
        r"|web应用防火墙|attention required",
        re.I | re.S,
    ),
    "a page of the site's firewall (WAF) that turned the fetch away",
    "fetch it again, more slowly, or save the page from a browser that has shown it",
)
_INSTEAD = (
    _LOGIN,
    _Instead(
        re.compile(
            r"验证码|人机验证|滑块|滑动.{0,6}验证|安全(?:检查|验证)|访问验证|captcha|just a moment"
            r"|checking your browser|verif(?:y|ying) (?:that )?you are (?:a )?human|are you a robot",
            re.I,
        ),
        "a captcha page, which asks whether a person looks at it",
        "save the page from a browser that has shown it, and fetch others more slowly",
    ),
    _FIREWALL,
    _Instead(
        re.compile(
            r"\b(?:40[0-9]|410|50[0-4])\b.{0,40}(?:错误|页面|not found|forbidden|error|bad gateway)"
            rf"|(?:页面|网页|文章|内容|文件|链接).{{0,12}}(?:{_GONE})|(?:{_GONE}).{{0,10}}(?:页面|网页|网站|内容)"
            r"|not found|forbidden",
            re.I | re.S,
        ),
        "an error page",
        "fetch it again, or look for the report's new address",
    ),
    _Instead(
        re.compile(r"(?:启用|开启|enable)\s*javascript|正在(?:跳转|加载)|浏览器(?:版本)?过低", re.I),
        "a page that a script fills or forwards",
        "save the page from a browser that has shown it",
    ),
)
# What firewalls' scripts call the marks that they give a browser which has passed.
_TESTS_BROWSER = re.compile(
    r"\$_ts\b|__jsl_clearance|acw_sc__v\d|HWWAFSES|challenge-platform|cf_chl_|safeline|yunsuo_session|_guard/"
)
_BROWSER = "save the page from a browser that has shown it"


def refusal_of(tree: LexborHTMLParser, blocks: Sequence[Block], title: Sequence[Block]) -> str | None:
    """What a short page without tables is, if it is no report, and what to do."""
    words = " ".join(block for block in [*title, *blocks] if isinstance(block, str))
    if len(words) > SHORT:
        return None
    if tree.css_first("input[type=password]") is not None:
        return str(_LOGIN)
    for instead in _INSTEAD:
        if instead.says.search(words):
            return str(instead)
    if any(_TESTS_BROWSER.search(script.text()) for script in tree.css("script")) and not blocks:
        return str(_FIREWALL)
    elsewhere = _framed(tree) or _attached(tree)
    if elsewhere is not None:
        return f"is an HTML page that {elsewhere}"
    forwarded = tree.css_first("meta[http-equiv=refresh i]")
    target = _REFRESH.search(forwarded.attributes.get("content") or "") if forwarded is not None else None
    if target is not None:
        return f"is a page that forwards to {target[1]}, no report; fetch that one"
    drawn = _drawn(tree)
    if drawn is not None and not words.removeprefix(line(" ".join(map(str, title)))).strip():
        return f"is an HTML page that {drawn}"
    if not blocks:
        return f"is an HTML page that shows no text; if a script fills it, {_BROWSER}"
    tables = tree.css("table")
    if tables and not any(line(table.text()) for table in tables):
        return "is an HTML page whose table is empty; if a script fills it, save the page from a browser"
    return None


def cause_of(tree: LexborHTMLParser, title: Sequence[Block]) -> str | None:
    """Why a page that goes on as a text shows no table, as far as its markup says; else None."""
    headings = [line(node.text()) for node in tree.css("h1, h2")]
    named = " ".join([*(block for block in title if isinstance(block, str)), *headings])
    for instead in _INSTEAD:
        if instead.says.search(named):
            return str(instead)
    elsewhere = _framed(tree) or _drawn(tree) or _attached(tree)
    if elsewhere is None and tree.body is not None and _SCRIPTED.search(tree.body.text()):
        return f"a script fills the page, and did not; {_BROWSER}"
    return elsewhere


def _framed(tree: LexborHTMLParser) -> str | None:
    """What a page shows in a frame."""
    for node in tree.css("iframe[src], frame[src], embed[src], object[data]"):
        target = node.attributes.get("src") or node.attributes.get("data") or ""
        if target and not target.startswith(("about:", "javascript:")) and not _is_tiny(node):
            return f"shows another in a frame and no table; fetch that one: {target}"
    return None


def _attached(tree: LexborHTMLParser) -> str | None:
    """What files a page attaches, where they may be the report."""
    title = tree.css_first("title")
    named = title.text() if title is not None else ""
    files: dict[str, str] = {}
    for node in tree.css("a[href]"):
        target = node.attributes.get("href") or ""
        text = line(node.text())
        if _ATTACHED.search(target) or _ATTACHED.search(text):
            files.setdefault(target, text)
    reports = [target for target, text in files.items() if _REPORT.search(f"{text} {named}")]
    if not reports:
        return None
    if len(reports) == 1:
        return f"shows no table and attaches a file; fetch that one: {reports[0]}"
    listed = ", ".join(reports[:_LISTED]) + (" …" if len(reports) > _LISTED else "")
    return f"is a list of {len(reports)} files and shows no table; fetch those that are reports: {listed}"


def _drawn(tree: LexborHTMLParser) -> str | None:
    """What pictures a page shows that may be of its tables."""
    pictures = list(_pictures(tree))
    if not pictures:
        return None
    what = "a picture" if len(pictures) == 1 else f"{len(pictures)} pictures"
    listed = ", ".join(pictures[:_LISTED]) + (" …" if len(pictures) > _LISTED else "")
    return (
        f"shows {what} and no table; if that is the table, recognize its text (OCR: PaddleOCR, MinerU) and"
        f" give what comes of it: {listed}"
    )


def _pictures(tree: LexborHTMLParser) -> Iterator[str]:
    for node in tree.css("img"):
        attributes = node.attributes
        address = attributes.get("src") or attributes.get("data-src") or ""
        named = f"{address} {attributes.get('class') or ''} {attributes.get('id') or ''}"
        if not address or _DECORATION.search(named if len(named) < 500 else named[-100:]):
            continue
        sides = [_pixels(attributes.get(side), attributes.get("style"), side) for side in ("width", "height")]
        known = [side for side in sides if side is not None]
        if not known or max(known) >= _SMALLEST:
            yield address if len(address) < 200 else "a picture within the page"


def _pixels(value: str | None, style: str | None, side: str) -> float | None:
    """How long a side of a picture is said to be."""
    styled = re.search(rf"(?:^|[;\s]){side}\s*:\s*([\d.]+)px", style or "")
    written = styled[1] if styled else (value or "").strip().removesuffix("px")
    return float(written) if re.fullmatch(r"\d+(?:\.\d+)?", written) else None


def _is_tiny(node: LexborNode) -> bool:
    """Whether a frame is there to count its readers, not to be read."""
    return any((node.attributes.get(side) or "").rstrip("px") in ("0", "1") for side in ("width", "height"))
