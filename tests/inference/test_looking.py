"""A look into a file holds up nothing, and a file that is too much for it is left to the readers."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from gouji.inference import looking
from gouji.inference.looking import Looker, Seen
from gouji.inference.not_pages import Why, why_not_a_page
from gouji.inference.readers import Content, Options
from gouji.inference.sources import find_sources

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="a forked process looks as the test says")


def look(content: Content, options: Options) -> Why | None:
    """A look that hangs, dies or asks for all memory where a file says so."""
    told = content.head()
    if told == b"hang":
        time.sleep(600)
    if told == b"die":
        os.kill(os.getpid(), signal.SIGKILL)
    if told == b"memory":
        bytearray(1 << 40)
    return why_not_a_page(content, options)


def test_a_file_at_which_a_look_hangs_dies_or_wants_all_memory_is_to_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(looking, "why_not_a_page", look)
    monkeypatch.setattr(looking, "_SECONDS", 1)
    for name in ("a hang", "b die", "c memory", "d body {}"):
        (tmp_path / name[0]).write_text(name[2:], encoding="utf-8")

    found = find_sources([str(tmp_path)])

    assert [Path(source.name).name for source in found.sources] == ["a", "b", "c"]
    assert [Path(each.name).name for each in found.not_read] == ["d"]


def test_a_look_of_thousands_goes_on_in_another_process(monkeypatch: pytest.MonkeyPatch):
    looker = Looker(Options())

    seen = [looker.look(Content(f"{number}.css", b"body {}")) for number in range(1100)]
    looker.close()

    assert seen == [Seen(Why.NO_CHINESE)] * 1100


@pytest.mark.parametrize("begin", [b"<?xml?>", b"<!-- x -->", b"<!DOCTYPE svg>"])
def test_what_stands_before_markup_is_passed_once(begin: bytes):
    before = time.process_time()

    assert why_not_a_page(Content("a", begin * 6_000 + b"<p>"), Options()) is None
    assert time.process_time() - before < 5
