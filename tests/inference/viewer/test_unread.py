"""What a person is told, in a few words, of a file that could not be read."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from gouji.inference.readers import Unread, read_pages
from gouji.inference.viewer.unread import KINDS, kind_of
from gouji.inference.viewer.words import words


def zipped(**files: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return held.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", "empty"),
        (zipped(), "empty"),
        (b"%PDF-1.7\n1 0 obj", "damaged"),
        (zipped(a=b"x")[:-9], "damaged"),
        (b"\xff\xd8\xff\xe0" + b"x" * 99, "picture"),
        (bytes(range(256)) * 20, "foreign"),
        (b"SQLite format 3\0" + b"x" * 99, "foreign"),
    ],
    ids=["nothing", "archive of nothing", "cut PDF", "cut archive", "photo", "bytes", "database"],
)
def test_what_a_reader_says_of_a_file_has_a_kind_and_the_kind_its_words(
    tmp_path: Path, data: bytes, kind: str
):
    (tmp_path / "dropped").write_bytes(data)

    *_, unread = read_pages(tmp_path / "dropped")

    assert isinstance(unread, Unread)
    assert kind_of(unread.error) == kind


def test_every_kind_has_words_in_both_languages():
    assert all(all(words()[f"unread.{kind}"]) for kind, _ in KINDS)
