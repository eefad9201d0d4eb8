"""What the tests of the pages share: a view of a page's text, and a document read back."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from gouji.inference.cli import main
from gouji.inference.extractor import Extractor
from gouji.inference.viewer.report_page import report_html
from gouji.inference.viewer.view import View
from gouji.model.page import Page

from .kinds import KINDS, PAGES

Open = Callable[..., Any]

VOID = {"meta", "input", "br", "link", "img"}


@dataclass
class Node:
    """An element as a browser reads it."""

    tag: str
    attributes: dict[str, str]
    children: list[Node | str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(child if isinstance(child, str) else child.text for child in self.children)

    @property
    def classes(self) -> set[str]:
        return set(self.attributes.get("class", "").split())

    def all(self, tag: str | None = None, **attributes: str) -> list[Node]:
        """The elements below of that tag and these attributes."""
        found = []
        for child in self.children:
            if isinstance(child, Node):
                if tag in (None, child.tag) and attributes.items() <= child.attributes.items():
                    found.append(child)
                found += child.all(tag, **attributes)
        return found

    def by_id(self, id_: str) -> Node:
        (found,) = self.all(id=id_)
        return found

    def data(self) -> dict[str, Any]:
        """What the scripts read."""
        return json.loads(self.by_id("data").text)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [Node("document", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, f"</{tag}> within <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def parse(html: str) -> Node:
    """A document, read back; it must be well nested."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert len(reader.open) == 1
    return reader.open[0]


@pytest.fixture(scope="session")
def read_back() -> Callable[[str], Node]:
    """Reads a document back."""
    return parse


@pytest.fixture(scope="session")
def shown(extractor: Extractor) -> Callable[[str], tuple[Node, View]]:
    """Extracts a text and shows it."""

    def show(text: str) -> tuple[Node, View]:
        tagged = extractor.extract_tagged(Page("pages/a.txt", text))
        view = View(tagged.extraction, extractor.forms, text, tagged.spans)
        return parse(report_html(view)), view

    return show


@pytest.fixture(scope="module")
def look(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of pages of each kind."""
    folder = tmp_path_factory.mktemp("look")
    names = [str(PAGES / f"{name}.txt") for name in KINDS]
    result = CliRunner().invoke(main, ["extract", *names, "--jobs", "1", "--html", str(folder)])
    assert result.exit_code == 0, result.stderr
    return folder


@pytest.fixture
def open_page(chromium: Any, look: Path) -> Iterator[Open]:
    """Opens a page of the folder; a script that fails, and anything fetched, fails the test."""
    contexts, faults = [], []

    def open_(
        name: str = "", width: int = 1600, scheme: str = "light", language: str = "en-GB", asked: str = ""
    ) -> Any:
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, locale=language
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
        page.on(
            "request", lambda asked: faults.append(asked.url) if not asked.url.startswith("file:") else None
        )
        path = next((look / "reports").glob(f"*-{name}.html")) if name else look / "index.html"
        page.goto(path.as_uri() + asked)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert not faults
