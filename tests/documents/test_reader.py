"""The reader of documents itself: it finds every block, and a document that is wrong fails."""

from __future__ import annotations

from pathlib import Path

import pytest

from .document import Block, blocks_of, printed_as_said
from .session import DocumentFails, Session


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path / "page.md"


def test_blocks_are_found_in_lists_indented_and_without_a_language(page: Path):
    page.write_text("- a\n\n  ```sh\n  ls\n  ```\n\n```\nb\n```\n\ntext\n\n    gouji c\n", encoding="utf-8")

    assert blocks_of(page) == [
        Block("sh", "ls\n", 4, None),
        Block("", "b\n", 8, None),
        Block("", "gouji c\n", 13, None),
    ]


def test_a_skip_counts_for_the_next_block_alone(page: Path):
    page.write_text("<!-- skip: a browser -->\n\n```sh\na\n```\n\n```sh\nb\n```\n", encoding="utf-8")

    assert [block.skip for block in blocks_of(page)] == ["a browser", None]


def test_an_ellipsis_stands_for_anything_and_the_rest_is_compared():
    assert printed_as_said("a\n…\nd\n", "a\nb\nc\nd\n")
    assert printed_as_said("took … s", "took 12 s  \n")
    assert not printed_as_said("took … s", "took 12 s\nand failed")


def test_blocks_share_the_folder_and_python_blocks_their_names(page: Path):
    session = Session(page)

    session.run(Block("sh", "echo 41 > number", 1, None))
    session.run(Block("python", "number = int(open('number').read())", 4, None))
    session.run(Block("python", "print(number + 1)", 7, None))

    session.run(Block("output", "42\n", 10, None))


@pytest.mark.parametrize("source", ["false; true", "false | true", "echo $unset"])
def test_a_command_that_fails_fails_the_document(source: str, page: Path):
    with pytest.raises(DocumentFails, match=r"page\.md line 3: exit status 1"):
        Session(page).run(Block("sh", source, 3, None))


def test_a_fault_of_python_names_the_documents_line(page: Path):
    page.write_text("\n\n\nmissing\n", encoding="utf-8")

    with pytest.raises(DocumentFails, match=r"page\.md\", line 4(.|\n)*NameError"):
        Session(page).run(Block("python", "missing\n", 4, None))


def test_another_output_than_the_document_says_fails_it(page: Path):
    session = Session(page)
    session.run(Block("sh", "echo 1", 1, None))

    with pytest.raises(DocumentFails, match=r"page\.md line 5: expected\n2\n\nprinted\n1"):
        session.run(Block("output", "2\n", 5, None))
