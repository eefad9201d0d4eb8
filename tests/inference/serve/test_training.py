"""Training from the workbench: what there is to train on, a run and its end, the model that is then used."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from gouji.annotations.pages import load_labelled_pages
from gouji.inference.cli import main
from gouji.inference.evaluation.before_after import comparison
from gouji.inference.serve import training_run
from gouji.inference.serve.trainer import FOLDER, Training
from gouji.model.labels import Tag
from gouji.model.tokens import WEIGHTS_DIR

from .browser import wait_for
from .conftest import Start, done, page

# In place of the program: trains in no time, or as long as a file says, and measures what it is told.
STAND_IN = """
import json, os, sys, time
from pathlib import Path
Path(sys.argv[0] + ".pid").write_text(str(os.getpid()))
command, *rest = sys.argv[1:]
after = lambda option: rest[rest.index(option) + 1]
with open(sys.argv[0] + ".log", "a") as log:
    log.write(json.dumps(sys.argv[1:]) + "\\n")
if command == "train":
    pages = Path(rest[0]).read_text().splitlines(True)
    Path(after("--aside")).write_text("".join(pages[:1] if len(pages) > 1 else []))
    Path(after("--out")).mkdir()
    print("training: step 3 of 4, loss 0.1", file=sys.stderr, flush=True)
    while Path(sys.argv[0] + ".wait").exists():
        time.sleep(0.02)
    if Path(sys.argv[0] + ".fail").exists():
        sys.exit("gouji: the disk is full")
elif command == "synthesize":
    Path(after("-o")).write_text("{}\\n")
else:
    f1 = 0.9 if "--model" in rest else 0.5
    names = ("all", "SECTION", "SUBTABLE", "COLUMN", "ROW", "GROUP", "VALUE", "NOTE")
    print(json.dumps({name: {"f1": f1, "gold": 4, "found": 4} for name in names} | {"faults": []}))
"""


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The script that is run in place of the program."""
    script = tmp_path / "stand_in.py"
    script.write_text(STAND_IN, encoding="utf-8")
    monkeypatch.setattr(training_run, "PROGRAM", (sys.executable, str(script)))
    monkeypatch.setattr(training_run, "_PACKAGES", ())
    return script


def labelled(client: TestClient, name: str, issuer: str = "松台县交通运输局") -> str:
    """A page whose labels somebody calls right."""
    text = page("lines_2021").decode().replace("松台县交通运输局", issuer) + f"\n{name}\n"
    (id_,) = done(client, [(name, text.encode())])["reports"]
    right = client.post(f"/reports/{id_}/spans", json={"do": "right", "token": 0, "by": "li"})
    assert right.status_code == 200, right.text
    return str(id_)


def state(client: TestClient) -> Any:
    return client.get("/training/state").json()


def ended(client: TestClient) -> Any:
    """The last training, once it is over."""
    until = time.monotonic() + 30
    while client.get("/training/progress").json():
        assert time.monotonic() < until
        time.sleep(0.02)
    return state(client)["trainings"][0]


def is_alive(process: int) -> bool:
    """Whether a process runs; one that has ended and that nobody has asked after does not."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def trained(folder: Path, id_: str = "20260101-000000-abcdef", model: Path | None = WEIGHTS_DIR) -> str:
    """A training that an earlier service has done, in its folder."""
    run = folder / "workbench" / FOLDER / id_
    run.mkdir(parents=True)
    if model is not None:
        shutil.copytree(model, run / "model")
    told = {"id": id_, "begun": "2026-01-01T00:00:00Z", "by": "li", "pages": 5, "state": "done"}
    (run / "state.json").write_text(json.dumps(told), encoding="utf-8")
    return id_


def test_pages_whose_labels_are_right_are_in_hand_and_downloaded(start: Start, tmp_path: Path):
    client = start()
    labelled(client, "a.txt")
    labelled(client, "b.txt", "柳河区司法局")
    done(client, [("c.txt", page("lines_2021"))])  # nobody has looked at it

    (tmp_path / "labelled.jsonl").write_bytes(client.get("/training/labelled.jsonl").content)
    pages = load_labelled_pages(tmp_path / "labelled.jsonl")

    assert state(client)["labelled"] == {"pages": 2, "issuers": 2}
    assert [(each.id, each.issuer) for each in pages] == [
        ("a.txt", "松台县交通运输局"),
        ("b.txt", "柳河区司法局"),
    ]
    assert all(each.truth and len(each.truth) == 200 for each in pages)


def test_what_is_downloaded_is_what_the_command_makes_of_the_pages_own_files(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_bytes(page("odd_characters_2021"))
    client = start()
    (id_,) = done(client, [("a.txt", page("odd_characters_2021"))])["reports"]
    (begin, end, _), *_ = client.get(f"/reports/{id_}/spans").json()["spans"]
    drawn = {"do": "tag", "start": begin, "end": end, "tag": "NOTE", "token": 0}
    client.post(f"/reports/{id_}/spans", json=drawn)

    made = CliRunner().invoke(main, ["annotations", "from-corrections", "workbench", "a.txt"])

    assert made.exit_code == 0, made.stderr
    assert made.stdout == client.get("/training/labelled.jsonl").text
    assert [begin, end, "NOTE"] in json.loads(made.stdout)["spans"]


def test_two_texts_under_one_name_are_two_labelled_pages(client: TestClient):
    before = state(client)["labelled"]["pages"]
    labelled(client, "same name.txt", "柳河区司法局")
    labelled(client, "same name.txt", "青溪市水务局")

    names = [json.loads(line)["id"] for line in client.get("/training/labelled.jsonl").text.splitlines()]

    assert len(names) == before + 2
    assert {"same name.txt", "same name.txt#2"} <= set(names)


def test_a_report_that_was_worked_on_and_is_open_still_is_named_with_the_way_to_it(start: Start):
    client = start()
    (id_,) = done(client, [("open.txt", page("glued_2019"))])["reports"]
    client.post(f"/reports/{id_}/spans", json={"do": "tag", "start": 0, "end": 4, "tag": "NOTE", "token": 0})

    html = client.get("/training").text

    assert state(client)["labelled"]["pages"] == 0
    assert f'href="reports/{id_}.html"' in html
    assert "还有 22 格多解" in html


def test_a_training_is_what_a_person_would_type_and_its_figures_are_shown(start: Start, stand_in: Path):
    client = start()
    for name, issuer in (("a.txt", "松台县交通运输局"), ("b.txt", "柳河区司法局")):
        labelled(client, name, issuer)

    begun = client.post("/training", json={"by": "wang"})
    training = ended(client)

    commands = [json.loads(line) for line in Path(f"{stand_in}.log").read_text("utf-8").splitlines()]
    assert begun.status_code == 202
    assert [command[0] for command in commands] == ["train", "synthesize", *["evaluate"] * 4]
    assert commands[0][-2:] == ["--from", "shipped"]
    assert (training["state"], training["by"], training["pages"], training["aside"]) == ("done", "wang", 2, 1)
    assert training["measured"]["aside"]["before"]["all"]["f1"] == 0.5
    assert training["measured"]["aside"]["after"]["all"]["f1"] == 0.9
    assert "faults" not in training["measured"]["made_up"]["after"]
    html = client.get("/training").text
    assert html.count("<td>90.0%</td>") == 16  # seven tags and all, of both sets of pages
    assert html.count('class="after"') == 8 + 1  # the plot, and its key
    assert state(client)["in_use"] is None  # nobody has said so


def test_of_one_issuer_nothing_is_kept_aside_and_made_up_pages_measure_it(start: Start, stand_in: Path):
    client = start()
    labelled(client, "a.txt")

    client.post("/training", json={})

    assert list(ended(client)["measured"]) == ["made_up"]


def test_a_training_that_is_stopped_ends_with_its_processes_and_another_can_start(
    start: Start, stand_in: Path
):
    client = start()
    labelled(client, "a.txt")
    Path(f"{stand_in}.wait").touch()

    client.post("/training", json={})
    until = time.monotonic() + 30
    while client.get("/training/progress").json().get("done") != 0.75:
        assert time.monotonic() < until
        time.sleep(0.02)
    second = client.post("/training", json={})
    client.post("/training/stop", json={})
    stopped = ended(client)
    with pytest.raises(ProcessLookupError):
        os.kill(int(Path(f"{stand_in}.pid").read_text("utf-8")), 0)
    Path(f"{stand_in}.wait").unlink()
    third = client.post("/training", json={})

    assert second.status_code == 409
    assert "runs already" in second.json()["error"]
    assert (stopped["state"], stopped["measured"]) == ("stopped", {})
    assert third.status_code == 202
    assert ended(client)["state"] == "done"


def test_a_training_ends_with_a_service_that_is_killed(tmp_path: Path):
    started = [tmp_path / "command.pid", tmp_path / "its child.pid"]
    command = tmp_path / "command.py"
    command.write_text(
        "import os, subprocess, sys, time\n"
        f"open({str(started[0])!r}, 'w').write(str(os.getpid()))\n"
        "sleeps = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        f"open({str(started[1])!r}, 'w').write(str(sleeps.pid))\n"
        "time.sleep(60)\n"
    )
    service = subprocess.Popen([sys.executable, "-c", (
        "from pathlib import Path\n"
        "from gouji.inference.serve import training_run\n"
        f"training_run.PROGRAM = ({sys.executable!r}, {str(command)!r})\n"
        "from gouji.inference.serve.settings import Settings\n"
        f"folder = Path({str(tmp_path)!r})\n"
        "training_run.TrainingRun(folder, Settings(folder), lambda doing, done: None).work()\n"
    )])  # fmt: skip
    wait_for(lambda: all(path.exists() and path.read_text() for path in started))

    service.kill()
    service.wait()

    wait_for(lambda: not any(is_alive(int(path.read_text())) for path in started), 10)


def test_a_training_that_fails_says_why(start: Start, stand_in: Path):
    client = start()
    labelled(client, "a.txt")
    Path(f"{stand_in}.fail").touch()

    client.post("/training", json={})
    failed = ended(client)

    assert failed["state"] == "failed"
    assert "the disk is full" in failed["fault"]
    assert "the disk is full" in client.get("/training").text


def test_without_labelled_pages_nothing_is_trained(start: Start, stand_in: Path):
    refused = start().post("/training", json={})

    assert refused.status_code == 409
    assert "no labelled page" in refused.json()["error"]


def test_what_is_not_installed_is_named_with_how_to_install_it(start: Start, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(training_run, "_PACKAGES", ("torch_of_another_world",))
    client = start()
    labelled(client, "a.txt")

    refused, html = client.post("/training", json={}), client.get("/training").text

    assert refused.status_code == 409
    assert "torch_of_another_world: not installed; run pip install 'gouji[train,evaluate]'" in refused.text
    assert "pip install 'gouji[train,evaluate]'" in html
    assert 'id="train"' not in html


def test_a_training_whose_service_was_killed_is_stopped(start: Start, tmp_path: Path):
    id_ = trained(tmp_path, model=None)
    path = tmp_path / "workbench" / FOLDER / id_ / "state.json"
    path.write_text(path.read_text("utf-8").replace('"done"', '"running"'), encoding="utf-8")

    assert state(start())["trainings"][0]["state"] == "stopped"


def test_a_model_reads_pages_once_a_person_says_so_and_with_the_next_service_too(
    start: Start, tmp_path: Path
):
    id_ = trained(tmp_path)
    own = tmp_path / "workbench" / FOLDER / id_ / "model" / "calibration.json"
    own.unlink()  # so that its answers can be told: they are surer
    client = start()

    def confidences() -> list[Any]:
        until = time.monotonic() + 30
        while (answer := client.post("/extract", content=page("lines_2021"))).status_code == 503:
            assert time.monotonic() < until  # the old processes end while they are asked
        return [cell["confidence"] for cell in answer.json()["cells"]]

    before = confidences()
    used = client.post("/training/use", json={"training": id_})
    with_it = confidences()
    client = start()
    with_the_next = confidences()
    client.post("/training/use", json={"training": None})

    assert used.json() == {"in_use": id_}
    assert with_it == with_the_next != before
    assert confidences() == before


def test_a_model_that_cannot_be_loaded_is_not_used(start: Start, tmp_path: Path):
    id_ = trained(tmp_path)
    (tmp_path / "workbench" / FOLDER / id_ / "model" / "model.onnx").unlink()
    client = start()

    refused = client.post("/training/use", json={"training": id_})
    unknown = client.post("/training/use", json={"training": "../../etc"})

    assert (refused.status_code, unknown.status_code) == (503, 409)
    assert "model.onnx" in refused.json()["error"]
    assert state(client)["in_use"] is None
    assert client.post("/extract", content=page("lines_2021")).status_code == 200


def test_all_pages_are_read_again_under_their_names_and_answers(start: Start, tmp_path: Path):
    client = start()
    ids = done(client, [("a.txt", page("lines_2021")), ("b.txt", page("glued_2019"))])["reports"]
    (key, *_) = [
        cell["key"]
        for cell in client.get(f"/reports/{ids[1]}").json()["cells"]
        if cell["state"] == "ambiguous"
    ]
    answer = {"answers": [{"key": key, "value": "blank"}], "token": 0, "by": "li"}
    client.post(f"/reports/{ids[1]}/answers", json=answer)
    before = [client.get(f"/reports/{id_}").json()["cells"] for id_ in ids]

    batch = client.post("/training/again").json()["id"]
    until = time.monotonic() + 30
    while not (told := client.get(f"/batch/{batch}").json())["done"]:
        assert time.monotonic() < until
        time.sleep(0.05)

    assert (told["opened"], told["answered"], told["failed"]) == (2, 2, 0)
    assert sorted(told["reports"]) == sorted(ids)
    assert [client.get(f"/reports/{id_}").json()["cells"] for id_ in ids] == before


def test_tags_that_no_page_holds_and_nobody_finds_are_not_compared():
    none, some = {"f1": 1.0, "gold": 0, "found": 0}, {"f1": 0.5, "gold": 2, "found": 1}
    before = {str(tag): none for tag in Tag} | {"all": some, "ROW": some}
    after = before | {"NOTE": {"f1": 0.0, "gold": 0, "found": 1}}

    lines = comparison(before, after)

    assert [(line.name, line.spans, line.before, line.after) for line in lines] == [
        ("ROW", 2, 0.5, 0.5),
        ("NOTE", 0, 1.0, 0.0),
        ("all", 2, 0.5, 0.5),
    ]


def test_a_state_that_this_version_does_not_know_hides_no_other(start: Start, tmp_path: Path):
    trained(tmp_path)
    odd = tmp_path / "workbench" / FOLDER / "20270101-000000-abcdef"
    odd.mkdir()
    (odd / "state.json").write_text('{"id": "x", "more": 1}', encoding="utf-8")

    (only,) = state(start())["trainings"]

    assert Training(**only).pages == 5
