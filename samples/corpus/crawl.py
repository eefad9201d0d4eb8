"""Lay some pages down as a crawler leaves them: odd names, other wrappings, and what is no report.

Flow:  page files of the corpus -> **crawl** -> samples/crawl, and crawl.csv beside, which says what is what

A name with `?` cannot be checked out on every system: as wget does for those, `@` stands for it.
"""

from __future__ import annotations

import base64
import csv
import gzip
import json
from collections.abc import Iterator
from pathlib import Path

# The crawler's name for it -> the corpus' page.
_AS_THEY_ARE = {
    "12345": "canglan_justice_2019__official.html",
    "index.jsp": "jichuan_2020__cms.html",
    "page.html@id=3": "jichuan_2021__cms.html",
    "art/art_1229_88.html": "yanzhou_planning_2020__nested.html",
    "show.aspx": "yuwan_2024__bold.html",
    "P020220314.pdf": "daihu_2021__typeset.pdf",
    "W020230110.docx": "luting_2022__word.docx",
}
_GZIPPED = {"content_8871.gz": "daihu_2023__spans.html"}
_IN_GB18030 = {"t20200317_401.shtml": "zhenling_revival_2021__official.html"}
_RECORDS = {  # of pages.jsonl
    "https://www.jichuan.example.cn/zfxxgk/2022.html": "jichuan_2022__cms.html",
    "https://www.jichuan.example.cn/zfxxgk/2024.html": "jichuan_2024__cms_lines.html",
    "https://www.weize.example.cn/nb/1.html": "weize_2022__word.html",
}
_LOGIN = (
    "<!DOCTYPE html><html><head><title>统一身份认证</title></head><body><form action='/login'>"
    "<p>用户名 <input name='user'></p><p>密码 <input name='password' type='password'></p>"
    "<p><button>登录</button></p></form></body></html>\n"
)
_ERROR = (
    "<!DOCTYPE html><html><head><title>404</title></head><body><h1>您访问的页面不存在</h1>"
    "<p>系统将在5秒后返回<a href='/'>首页</a>。</p></body></html>\n"
)
_STYLE = "body { font-size: 14px }\n.nav li { float: left; width: 120px }\ntd { border: 1px solid #999 }\n"
_PICTURE = base64.b64decode(  # one grey point
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg=="
)


def write_crawl(pages: Path, folder: Path) -> None:
    """Write the folder anew, and beside it FOLDER.csv: file, the truth's id, and what the file is."""
    rows: list[tuple[str, str, str]] = []
    for name, data, page, what in _files(pages):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        rows += [(name, _truth(one), what) for one in page or [""]]
    with folder.with_suffix(".csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([("file", "truth", "what"), *rows])


def _files(pages: Path) -> Iterator[tuple[str, bytes, list[str], str]]:
    """Each file's name and bytes, the pages that it holds, and what it is."""
    for name, page in _AS_THEY_ARE.items():
        yield name, (pages / page).read_bytes(), [page], Path(page).suffix[1:]
    for name, page in _GZIPPED.items():
        yield name, gzip.compress((pages / page).read_bytes(), mtime=0), [page], "html in gzip"
    for name, page in _IN_GB18030.items():
        text = (pages / page).read_text(encoding="utf-8").replace('charset="utf-8"', 'charset="gb2312"')
        yield name, text.encode("gb18030"), [page], "html in gb18030"
    lines = ""
    for url, page in _RECORDS.items():
        record = {"url": url, "html": (pages / page).read_text(encoding="utf-8")}
        lines += json.dumps(record, ensure_ascii=False) + "\n"
    yield "pages.jsonl", lines.encode(), [*_RECORDS.values()], "html in records"
    yield "login.html", _LOGIN.encode(), [], "a login page"
    yield "art/art_1229_404.html", _ERROR.encode(), [], "an error page"
    yield "style.css", _STYLE.encode(), [], "a style sheet"
    yield "logo.png", _PICTURE, [], "a picture"


def _truth(page: str) -> str:
    return page.partition("__")[0]
