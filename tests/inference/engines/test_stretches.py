"""The rows of Parquet files at any address are counted, cut into stretches, and read as on one machine."""

from __future__ import annotations

from pathlib import Path

import pytest

from gouji.inference.engines.shard_folder import ShardFolder
from gouji.inference.engines.stretches import InputError, counts_of, digest_of, files_at, stretches
from gouji.inference.outputs.run_state import MadeOf
from gouji.inference.portions import Position
from gouji.inference.readers import Content, Options, Unread, unpack
from gouji.inference.shard_plan import new_plan

pyarrow = pytest.importorskip("pyarrow")
parquet = pytest.importorskip("pyarrow.parquet")
fsspec = pytest.importorskip("fsspec")

MADE_OF = MadeOf("2", "", "0", "a model", "forms")
OPTIONS = Options()


def write(address: str, texts: list[str], group: int = 3) -> None:
    with fsspec.open(address, "wb") as file:
        parquet.write_table(pyarrow.table({"text": texts}), file, row_group_size=group)


def read(contents: object) -> list[str]:
    """What contents hold, each with its name, or what is wrong with it."""
    found = [held for content in contents for held in unpack(content, OPTIONS)]  # type: ignore[attr-defined]
    return [
        str(held) if isinstance(held, Unread) else f"{held.name} {held.whole().decode()}" for held in found
    ]


@pytest.mark.parametrize("shards", [1, 2, 3, 5, 17])
def test_the_stretches_of_all_shards_hold_every_row_once_and_in_order(shards: int):
    write("memory://in/a.parquet", [f"页 {number}" for number in range(7)])
    write("memory://in/b.parquet", [])
    write("memory://in/c.parquet", [f"页 {number}" for number in range(7, 12)])
    files = files_at(["memory://in/*.parquet"])
    plan = new_plan(MADE_OF, counts_of(files), shards)

    ends = [*(begin.number for begin in plan.begins[1:]), plan.documents]
    cut = [list(stretches(files, begin, end)) for begin, end in zip(plan.begins, ends, strict=True)]

    sizes = [len(read(each)) for each in cut]
    assert max(sizes) - min(sizes) <= 1
    assert read(each for shard in cut for each in shard) == [
        *(f"memory:///in/a.parquet#{number} 页 {number - 1}" for number in range(1, 8)),
        *(f"memory:///in/c.parquet#{number} 页 {number + 6}" for number in range(1, 6)),
    ]


def test_a_stretch_of_a_path_is_called_as_the_file_is_on_one_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    write(str(tmp_path / "a.parquet"), [f"页 {number}" for number in range(7)])
    monkeypatch.chdir(tmp_path)
    files = files_at(["a.parquet"])

    of_stretches = [*stretches(files, Position(), 4), *stretches(files, Position(0, 4, 4), 7)]
    monkeypatch.chdir("/")

    assert read(of_stretches) == read([Content("a.parquet", path=tmp_path / "a.parquet")])


def test_a_damaged_group_is_told_in_each_stretch_that_lacks_rows_of_it(tmp_path: Path):
    path = tmp_path / "a.parquet"
    write(str(path), [f"页 {number} " * 50 for number in range(9)])
    place = parquet.ParquetFile(path).metadata.row_group(1).column(0).data_page_offset
    data = bytearray(path.read_bytes())
    data[place : place + 40] = bytes(40)
    path.write_bytes(data)
    files = files_at([str(path)])

    found = read([*stretches(files, Position(), 4), *stretches(files, Position(0, 4, 4), 9)])

    assert [line.split(" ")[0] for line in found] == [f"{path}#{n}" for n in (1, 2, 3)] + [
        f"{path}#4:",
        f"{path}#5:",
        *(f"{path}#{n}" for n in (7, 8, 9)),
    ]
    assert "rows 4 to 4 of 9 are lost" in found[3]
    assert "rows 5 to 6 of 9 are lost" in found[4]


def test_a_file_that_is_damaged_as_a_whole_is_one_answer(tmp_path: Path):
    path = tmp_path / "a.parquet"
    path.write_bytes(b"PAR1" + bytes(100))
    files = files_at([str(path)])

    (told,) = read(stretches(files, Position(), 1))

    assert counts_of(files) == [1]
    assert "is a damaged Parquet file" in told


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("nowhere.parquet", "nowhere.parquet: no such file; check the address"),
        ("nothing*.parquet", "matches no file; check the pattern"),
        ("page.txt", "is no Parquet file; --engine ray reads Parquet only, and --shards all else"),
        ("nosuch://bucket/a.parquet", "expected a path, or an address that fsspec knows"),
    ],
)
def test_what_is_not_there_or_no_parquet_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, told: str
):
    (tmp_path / "page.txt").write_text("页", encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    with pytest.raises(InputError, match=told.replace("*", r"\*")):
        files_at([name])


def test_a_file_that_has_changed_has_another_digest(tmp_path: Path):
    path = tmp_path / "a.parquet"
    write(str(path), ["页"])
    before = digest_of(files_at([str(path)]))
    write(str(path), ["另一页"])

    assert digest_of(files_at([str(path)])) != before


def test_a_folder_of_shards_at_an_address_keeps_its_plan_and_is_cleared(tmp_path: Path):
    folder = ShardFolder("memory://out")
    plan = new_plan(MADE_OF, [7, 5], 3)
    assert folder.plan() is None

    folder.keep_plan(plan)
    folder.write("00000.parquet", [], MADE_OF, Position(0, 4, 4))

    assert ShardFolder("memory://out").plan() == plan
    assert list(folder.done(["00000.parquet", "00001.parquet"], MADE_OF)) == ["00000.parquet"]
    folder.clear()
    assert fsspec.filesystem("memory").ls("/out", detail=False) == []
