"""Read a document's blocks of code: which language each is in, where it stands, and whether it is to be run.

Flow:  a Markdown file -> **blocks** -> a session that runs them -> what is printed against what is said

markdown-it-py reads the files as CommonMark, so that a block is found wherever it stands: in a list,
indented, without a language. Nothing is refused here: a block that may not stand in a document is found
like any other.

A block whose language is `output` is what the block before it prints; `…` in it stands for anything. A block
below `<!-- skip: reason -->` is not run.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt

_SKIP = re.compile(r"<!-- skip: (?P<reason>.+?) -->")
_COMMENT = re.compile(r"(^|\s+)#\s.*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Block:
    """A block of code; `line` is that of its first line of code, counted from one."""

    language: str  # as the fence says; empty for an indented block, and for a fence that says none
    source: str
    line: int
    skip: str | None  # why it is not run

    @property
    def command(self) -> tuple[str, str]:
        """What is the same in every translation: comments may differ."""
        return self.language, _COMMENT.sub("", self.source)


def blocks_of(path: Path) -> list[Block]:
    """Every block of code of a document, in order."""
    blocks: list[Block] = []
    skip: str | None = None
    for token in MarkdownIt().parse(path.read_text(encoding="utf-8")):
        if token.type == "html_block":
            found = _SKIP.search(token.content)
            skip = found["reason"] if found else skip
        elif token.type in ("fence", "code_block") and token.map:
            fence = token.type == "fence"
            language = token.info.split()[0] if token.info.strip() else ""
            blocks.append(Block(language, token.content, token.map[0] + 1 + fence, skip))
            skip = None
    return blocks


def inline_code_of(path: Path) -> list[str]:
    """Every piece of code that stands within a sentence."""
    tokens = MarkdownIt().parse(path.read_text(encoding="utf-8"))
    return [
        child.content for token in tokens for child in token.children or () if child.type == "code_inline"
    ]


def printed_as_said(said: str, printed: str) -> bool:
    """Whether a document's output is what was printed; blanks at the ends of lines do not count.

    >>> printed_as_said("12 pages: … pages/s", "12 pages: 4.7 pages/s")
    True
    >>> printed_as_said("12 pages", "12 pages, 3 of them verified")
    False
    """
    pattern = re.escape(_stripped(said)).replace("…", ".*?")
    return re.fullmatch(pattern, _stripped(printed), re.DOTALL) is not None


def _stripped(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip("\n").splitlines()).rstrip()
