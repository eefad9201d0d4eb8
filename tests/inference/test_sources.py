"""Arguments name pages in order; what lies in a folder is looked at, and nothing vanishes in silence."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from gouji.inference.not_pages import Why
from gouji.inference.readers import Options
from gouji.inference.sources import NotRead, count_not_read, find_sources

PAGE = "青溪市水务局2022年政府信息公开工作年度报告\n"


def write(folder: Path, *names: str, text: str = PAGE) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def test_a_folder_gives_all_its_pages_whatever_their_names_sorted_with_those_of_its_folders(tmp_path: Path):
    names = ("12345", "a.TXT", "b/show.aspx", "b/view.php", "c.jsp", "page.html?id=3", "y.md")
    write(tmp_path, *reversed(names))

    found = find_sources([str(tmp_path)])

    assert [source.name for source in found.sources] == [str(tmp_path / name) for name in names]
    assert found.not_read == []


def test_what_is_no_page_is_told_with_its_reason(tmp_path: Path):
    write(tmp_path, "page", ".cache", ".git/config", "~$page.docx")
    write(tmp_path, "empty.html", text="")
    write(tmp_path, "site.css", text="body {}")

    found = find_sources([str(tmp_path)])

    assert [source.name for source in found.sources] == [str(tmp_path / "page")]
    assert {Path(each.name).name: each.why for each in found.not_read} == {
        ".cache": Why.HIDDEN,
        ".git": Why.HIDDEN,
        "~$page.docx": Why.HIDDEN,
        "empty.html": Why.EMPTY,
        "site.css": Why.NO_CHINESE,
    }


def test_a_file_that_is_named_by_itself_is_always_a_source(tmp_path: Path):
    write(tmp_path, ".hidden.css", text="")

    (source,) = find_sources([str(tmp_path / ".hidden.css")]).sources

    assert source.path == tmp_path / ".hidden.css"


def test_the_column_that_the_user_names_holds_the_pages_of_a_folder(tmp_path: Path):
    write(tmp_path, "pages", text='{"正文": "年报"}')

    found = find_sources([str(tmp_path)], Options(column="正文"))

    assert [source.path for source in found.sources] == [tmp_path / "pages"]


def test_links_that_lead_back_or_nowhere_and_pipes_hold_nothing_up(tmp_path: Path):
    write(tmp_path, "folder/page")
    (tmp_path / "folder" / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "gone").symlink_to(tmp_path / "nothing")
    (tmp_path / "linked").symlink_to(tmp_path / "folder" / "page")
    os.mkfifo(tmp_path / "pipe")

    found = find_sources([str(tmp_path)])

    assert found.paths == [tmp_path / "folder" / "page", tmp_path / "linked"]
    assert {Path(each.name).name: each.why for each in found.not_read} == {
        "loop": Why.LINK,
        "gone": Why.NOWHERE,
        "pipe": Why.NO_FILE,
    }


def test_a_folder_that_cannot_be_opened_is_an_error_in_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    write(tmp_path, "a", "closed/page", "z")
    scandir = os.scandir

    def scan(folder: str) -> Iterator[os.DirEntry[str]]:
        if str(folder).endswith("closed"):
            raise PermissionError(13, "Permission denied", str(folder))
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", scan)

    sources = find_sources([str(tmp_path)]).sources

    assert [Path(source.name).name for source in sources] == ["a", "closed", "z"]
    assert sources[1].fault == "cannot be opened: Permission denied; ask for the right to read it"


def test_a_file_that_may_be_listed_and_not_looked_at_is_an_error_in_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    write(tmp_path, "a", "closed", "z")
    is_file = Path.is_file

    def look(path: Path) -> bool:
        if path.name == "closed":
            raise PermissionError(13, "Permission denied", str(path))
        return is_file(path)

    monkeypatch.setattr(Path, "is_file", look)

    sources = find_sources([str(tmp_path)]).sources

    assert [source.fault is None for source in sources] == [True, False, True]
    assert sources[1].fault == "cannot be opened: Permission denied; ask for the right to read it"


def test_a_pattern_stands_for_what_it_matches_and_a_file_of_that_name_for_itself(tmp_path: Path):
    write(tmp_path, "b.html", "a.html", "c.txt", "[x].html", "x.html", "deep/er/d.html")

    flat = find_sources([f"{tmp_path}/?.html"])
    deep = find_sources([f"{tmp_path}/**/*.html"])
    folders = find_sources([f"{tmp_path}/d*"])
    named = find_sources([f"{tmp_path}/[x].html"])

    assert [path.name for path in flat.paths] == ["a.html", "b.html", "x.html"]
    assert [path.name for path in deep.paths] == ["[x].html", "a.html", "b.html", "d.html", "x.html"]
    assert [path.name for path in folders.paths] == ["d.html"]
    assert [path.name for path in named.paths] == ["[x].html"]


@pytest.mark.parametrize(
    ("names", "fault"),
    [
        ((), "holds no page: there is no file in it; check the folder"),
        (("a.css", "b.css"), "holds no page: 2 files not read (text without Chinese 2); check the folder"),
    ],
)
def test_a_folder_without_pages_says_so(tmp_path: Path, names: tuple[str, ...], fault: str):
    write(tmp_path, *names, text="body {}")

    (source,) = find_sources([str(tmp_path)]).sources

    assert source.fault == fault


@pytest.mark.parametrize("address", ["https://a.gov.cn/b.html?id=3&p=1", "HTTP://a.gov.cn"])
def test_an_address_says_how_to_fetch_it(address: str):
    (source,) = find_sources([address]).sources

    assert source.fault is not None
    assert "fetch it first: curl -L -o page.html " in source.fault
    assert "'https://a.gov.cn/b.html?id=3&p=1'" in source.fault or address == "HTTP://a.gov.cn"


def test_reasons_that_few_files_have_are_counted_together():
    named = [NotRead("a", reason) for reason in list(Why)[:7]] + [NotRead("b", Why.EMPTY)]

    assert count_not_read(named).startswith("8 files not read (empty 2, hidden 1, ")
    assert count_not_read(named).endswith(", others 2)")
