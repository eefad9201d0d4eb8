"""Pages are printed to PDF by the programs that people have, where these are installed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gouji.training.printouts import WAYS, make_sources, print_pages
from gouji.training.programs import PROGRAMS

_BY_NAME = {way.full_name: way for way in WAYS}
_INSTALLED = {"chromium": PROGRAMS["chromium"].installed, "libreoffice": PROGRAMS["libreoffice"].installed}


def made(folder: Path, count: int) -> list[Path]:
    (folder / "truth").mkdir()
    return list(make_sources(folder, folder / "truth", count, seed=3))


def test_pages_of_every_style_and_a_document_are_made_with_their_truths(tmp_path: Path):
    sources = made(tmp_path, 10)

    assert {path.suffix for path in sources} == {".html", ".docx"}
    assert len({path.stem.split("__")[1] for path in sources}) == 10
    assert {path.stem for path in (tmp_path / "truth").iterdir()} == {p.stem.split("__")[0] for p in sources}


@pytest.mark.slow
@pytest.mark.parametrize("name", ["chromium-a4", "chromium-unruled", "libreoffice-a4"])
def test_a_page_is_printed_and_named_after_its_way(tmp_path: Path, name: str):
    way = _BY_NAME[name]
    if not _INSTALLED[way.program]:
        pytest.skip(f"{way.program} is not installed")
    printed = tmp_path / "printed"
    printed.mkdir()

    count = print_pages(made(tmp_path, 1), way, printed)

    (path,) = printed.iterdir()
    assert count == 1
    assert re.fullmatch(rf"made3-0__\w+-{way.program}__{name}\.pdf", path.name)
    assert path.read_bytes().startswith(b"%PDF-")


def test_ways_have_names_of_their_own():
    assert len(_BY_NAME) == len(WAYS)
