"""Page files beside their truths, as an evaluation wants them: names, an index, pairs.

A page file is named `ID__TOOL[__DAMAGE].txt`: the truth it is held against, the tool that flattened
it, the damage done to it. An index, a CSV with the columns page, truth, tool, damage and expect, may
say so instead, and what may be asked of each page besides.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from gouji.annotations.pages import LabelledPage
from gouji.annotations.truth import Truth
from gouji.model.errors import GoujiError

_INDEX = ("page", "truth", "tool", "damage", "expect")


class PageFileError(GoujiError):
    """No page has a truth, or an index is faulty."""


@dataclass(frozen=True, slots=True)
class PageFile:
    """A page's file, and what its name or an index says of it."""

    path: Path
    truth: str  # the truth's id
    tool: str
    damage: str
    expect: str = ""  # what may be asked of it, from an index

    @property
    def family(self) -> str:
        """The tool less its markup, mode and version: `pdf_pdftotext` for `form-pdf_pdftotext_layout`."""
        name, *modes = self.tool.rpartition("-")[2].split("_")
        return "_".join([name, *modes[:1]]) if name in ("pdf", "docx") else re.sub(r"\d+(\.\d+)+$", "", name)


@dataclass(frozen=True, slots=True)
class Pairing:
    """The pages that have a truth, and those that have none."""

    paired: tuple[PageFile, ...]
    alone: tuple[Path, ...]


def pair_pages(pages: Iterable[Path], truths: Mapping[str, Truth], index: Path | None = None) -> Pairing:
    """Pair page files with truths, by an index where it names them, else by the name before `__`.

    Raises:
        PageFileError: No page has a truth, or the index cannot be read.
    """
    indexed = _read_index(index) if index else {}
    paired, alone = [], []
    for path in pages:
        page = replace(indexed[path.name], path=path) if path.name in indexed else parse_name(path)
        if page.truth in truths:
            paired.append(page)
        else:
            alone.append(path)
    if not paired:
        raise PageFileError("no page has a truth; expected pages ID__TOOL.txt and truths ID.json")
    return Pairing(tuple(paired), tuple(alone))


def parse_name(path: Path) -> PageFile:
    """What a page's file name says.

    >>> parse_name(Path("pages/seed2__cms-bs4_nl__nbsp.txt"))
    PageFile(path=PosixPath('pages/seed2__cms-bs4_nl__nbsp.txt'), truth='seed2', tool='cms-bs4_nl', \
damage='nbsp', expect='')
    """
    truth, tool, damage = [*path.stem.split("__", 2), "", ""][:3]
    return PageFile(path, truth, tool, damage)


def write_page_files(pages: Iterable[LabelledPage], folder: Path) -> int:
    """Write labelled pages that know their truth as `pages/ID__TOOL[__DAMAGE].txt` and `truth/ID.json`.

    Where pages say what may be asked of them, an index of them is written as `index.csv`.

    Returns:
        How many were written; a page without truth is left out.
    """
    for name in ("pages", "truth"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    rows: list[tuple[str, ...]] = []
    for page in pages:
        if page.truth is None:
            continue
        page_id, *parts = (part.replace("__", "_") for part in (page.id, page.tool or "made", page.damage))
        name = "__".join([page_id, *filter(None, parts)])
        (folder / "pages" / f"{name}.txt").write_bytes(page.text.encode("utf-8"))
        record = {"id": page_id, "form": page.form, "issuer": page.issuer or None, "cells": dict(page.truth)}
        record |= page.notes.record() if page.notes else {}
        text = json.dumps(record, ensure_ascii=False, indent=0)
        (folder / "truth" / f"{page_id}.json").write_text(text + "\n", encoding="utf-8")
        rows.append((f"{name}.txt", page_id, page.tool, page.damage, page.expect))
    if any(expect for *_, expect in rows):
        with (folder / "index.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([_INDEX, *rows])
    return len(rows)


def _read_index(path: Path) -> dict[str, PageFile]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        return {
            row["page"]: PageFile(Path(row["page"]), row["truth"], row["tool"], row["damage"], row["expect"])
            for row in rows
        }
    except (OSError, UnicodeDecodeError, csv.Error, KeyError) as error:
        wanted = f"expected a CSV with the columns {', '.join(_INDEX)}"
        raise PageFileError(f"{path}: cannot be read as an index: {error}; {wanted}") from error
