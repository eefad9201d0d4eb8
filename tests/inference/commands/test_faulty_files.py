"""A broken model, a form of brackets, a folder with what cannot be opened: a clear word, no traceback."""

from __future__ import annotations

import os
import pickle
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gouji.inference.cli import main
from gouji.model.tokens import WEIGHTS_DIR


def gouji(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def page(samples: Path) -> Path:
    return samples / "yunling_2022__lines.txt"


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * 10_000,
        "a = " + "[" * 10_000 + "]" * 10_000,
        "a." * 10_000 + "a = 1",
        "b = {" + "'a' . " * 10_000 + "a = 1}",
        "a" * (1 << 21),
    ],
    ids=["open", "nested", "names of a key", "quoted names of a key", "large"],
)
def test_toml_that_is_no_form_is_named(page: Path, tmp_path: Path, text: str):
    path = tmp_path / "form.toml"
    path.write_text(text, encoding="utf-8")

    for command in (["extract", page, "--forms", path], ["forms", "--forms", path]):
        result = gouji(*command)

        assert result.exit_code == 2
        assert f"{path}: cannot be read as TOML" in result.stderr


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("model.onnx", b""),
        ("model.onnx", b"\x08\x07" * 500),
        ("model.onnx", (WEIGHTS_DIR / "model.onnx").read_bytes()[:5000]),
        ("labels.json", b"[" * 100_000),
        ("labels.json", b"\xff"),
        ("labels.json", b"7"),
        ("vocabulary.txt", b"\xff"),
        ("words.txt", b"\xff"),
        ("words.txt", "规章\n".encode()),
        ("calibration.json", b"["),
    ],
    ids=[
        "empty",
        "junk",
        "cut",
        "nested",
        "no text",
        "a number",
        "no pieces",
        "no words",
        "no counts",
        "open",
    ],
)
def test_a_broken_model_is_named(page: Path, tmp_path: Path, name: str, data: bytes):
    model = tmp_path / "model"
    shutil.copytree(WEIGHTS_DIR, model)
    (model / name).write_bytes(data)

    result = gouji("extract", page, "--model", model)

    assert result.exit_code == 2
    assert str(model) in result.stderr
    assert name in result.stderr
    assert "not exported" not in result.stderr  # it was, and what was is broken
    assert isinstance(result.exception, SystemExit)


class Opened:
    """What runs where a pickle is loaded."""

    def __reduce__(self):
        return (os.mkdir, (os.environ["OPENED"],))


@pytest.mark.parametrize("name", ["model.onnx", "pytorch_model.bin", "calibration.json", "model.safetensors"])
def test_a_pickle_in_a_model_folder_is_not_loaded(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
):
    monkeypatch.setenv("OPENED", str(tmp_path / "opened"))
    model = tmp_path / "model"
    shutil.copytree(WEIGHTS_DIR, model)
    (model / name).write_bytes(pickle.dumps(Opened()))

    result = gouji("extract", page, "--model", model)

    assert result.exit_code in (0, 2)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert not (tmp_path / "opened").exists()


def test_what_was_not_looked_into_below_a_folder_is_named_and_counted(page: Path, tmp_path: Path):
    shutil.copy(page, tmp_path / "a.txt")
    (tmp_path / "gone").symlink_to(tmp_path / "nothing")
    (tmp_path / "round").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "x.dat").write_bytes(bytes(range(256)) * 20)
    os.mkfifo(tmp_path / "pipe")

    result = gouji("extract", tmp_path)

    assert result.exit_code == 0
    for name, why in (
        ("gone", "link to nothing"),
        ("round", "link to a folder"),
        ("x.dat", "unknown binary"),
        ("pipe", "no regular file"),
    ):
        assert f"{tmp_path / name}: not read: {why}" in result.stderr
    assert "4 files not read" in result.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="root may open every folder")
def test_a_closed_folder_is_an_error(page: Path, tmp_path: Path):
    shutil.copy(page, tmp_path / "a.txt")
    (tmp_path / "closed").mkdir(mode=0)

    result = gouji("extract", tmp_path)

    assert result.exit_code == 1
    assert f"{tmp_path / 'closed'}: cannot be opened" in result.stderr


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("name", ["pages/yunling_2022__lines.txt", "corpus/pages/jichuan_2020__cms.html"])
def test_utf16_is_read_without_its_mark_and_the_wrong_one_is_said(
    samples: Path, tmp_path: Path, name: str, codec: str
):
    text = (samples.parent / name).read_text(encoding="utf-8")
    path = tmp_path / Path(name).name
    path.write_bytes(text.encode(codec))
    wrong = "utf-16-be" if codec == "utf-16-le" else "utf-16-le"

    plain = gouji("extract", path)
    told, mistaken = (gouji("extract", path, "--encoding", each) for each in (codec, wrong))

    assert '"status": "verified"' in plain.stdout
    assert told.stdout == plain.stdout
    assert mistaken.exit_code == 1
    assert "encod" in mistaken.stderr
