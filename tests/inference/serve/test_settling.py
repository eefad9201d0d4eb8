"""Settling through the service: what an answer would mean, what becomes of the report, two people at once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from .conftest import Start, done, page

TOTAL = "applications/total/total"
DOUBTFUL = "glued_2019"  # its digits run together: the candidates of its cells depend on one another


def dropped(client: TestClient, name: str = "a.txt", text: str | None = None) -> str:
    """A page of doubts, of a text of its own, since a page is known by its text."""
    (id_,) = done(client, [(name, page(DOUBTFUL) + f"\n{text or name}\n".encode())])["reports"]
    return str(id_)


def report(client: TestClient, id_: str) -> dict[str, Any]:
    told: dict[str, Any] = client.get(f"/reports/{id_}").json()
    return told


def doubtful(client: TestClient, id_: str) -> dict[str, Any]:
    """The first cell of several readings of which one settles other cells, and that reading's meaning."""
    for cell in report(client, id_)["cells"]:
        if cell["state"] == "ambiguous":
            told = client.get(f"/reports/{id_}/cells", params={"key": cell["key"]}).json()
            best = max(told["meanings"], key=lambda meant: meant["settles"])
            if best["settles"]:
                return {"key": cell["key"], "token": told["token"], "best": best, "cell": cell}
    raise AssertionError("no answer to a cell of the page settles another")


def answer(client: TestClient, id_: str, key: str, value: Any, token: int, by: str = "li") -> Any:
    body = {"answers": [{"key": key, "value": value}], "token": token, "by": by}
    return client.post(f"/reports/{id_}/answers", json=body)


def test_what_follows_is_told_before_it_is_taken_and_is_what_follows(client: TestClient):
    id_ = dropped(client, "follows.txt")
    asked = doubtful(client, id_)

    told = answer(client, id_, asked["key"], asked["best"]["value"], asked["token"]).json()

    cells = {cell["key"]: cell for cell in report(client, id_)["cells"]}
    for change in asked["best"]["changes"]:
        after = cells[change["key"]]
        assert change["key"] in told["changed"]
        assert (after["state"], after["value"]) == (change["after"]["state"], change["after"]["value"])
    settled = cells[asked["key"]]
    assert (settled["state"], settled["value"]) == ("settled", asked["best"]["value"])
    assert settled["settled"]["by"] == "li"
    assert settled["settled"]["before"]["candidates"] == asked["cell"]["candidates"]


def test_an_answer_that_is_undone_leaves_the_report_as_it_was_read(client: TestClient):
    id_ = dropped(client, "undone.txt")
    before = report(client, id_)
    asked = doubtful(client, id_)

    token = answer(client, id_, asked["key"], asked["best"]["value"], asked["token"]).json()["token"]
    answer(client, id_, asked["key"], "undo", token)

    assert report(client, id_)["cells"] == before["cells"]


def test_the_second_of_two_people_is_told_and_nothing_is_lost(client: TestClient):
    id_ = dropped(client, "two.txt")
    asked = doubtful(client, id_)
    other = next(
        c["key"]
        for c in report(client, id_)["cells"]
        if c["state"] == "ambiguous" and c["key"] != asked["key"]
    )

    first = answer(client, id_, asked["key"], asked["best"]["value"], asked["token"], "li")
    second = answer(client, id_, other, "blank", asked["token"], "wang")
    again = answer(client, id_, other, "blank", first.json()["token"], "wang")

    assert (first.status_code, second.status_code, again.status_code) == (200, 409, 200)
    assert second.json()["by"] == "li"
    settled = {c["key"]: c["settled"]["by"] for c in report(client, id_)["cells"] if c["state"] == "settled"}
    assert settled == {asked["key"]: "li", other: "wang"}


def test_answers_are_found_by_the_next_service_and_applied_to_the_page_dropped_anew(
    start: Start, tmp_path: Path
):
    client = start()
    id_ = dropped(client)
    asked = doubtful(client, id_)
    answer(client, id_, asked["key"], asked["best"]["value"], asked["token"])
    before = report(client, id_)

    client = start()
    found = report(client, id_)
    renamed = report(client, dropped(client, "another name.txt", "a.txt"))

    assert found["cells"] == renamed["cells"] == before["cells"]
    line = json.loads((tmp_path / "workbench" / "extraction.jsonl").read_text("utf-8").splitlines()[0])
    assert all(cell["state"] != "settled" for cell in line["cells"])  # what was read stays what was read


def test_answers_that_came_while_no_service_ran_are_taken_up(start: Start, tmp_path: Path):
    client = start()
    id_ = dropped(client)
    asked = doubtful(client, id_)
    answer(client, id_, asked["key"], asked["best"]["value"], asked["token"])
    settled = report(client, id_)
    (tmp_path / "workbench" / "settled" / f"{id_}.json").unlink()

    again = report(start(), id_)

    assert again == settled


def test_an_answer_goes_into_what_is_downloaded_and_into_the_page(client: TestClient):
    id_ = dropped(client, "downloaded settled.txt")
    asked = doubtful(client, id_)
    answer(client, id_, asked["key"], asked["best"]["value"], asked["token"], "zhao")

    lines = map(json.loads, client.get("/downloads/reports.jsonl").text.splitlines())
    (line,) = (line for line in lines if line["source"] == "downloaded settled.txt")
    html = client.get(f"/reports/{id_}.html").text

    assert next(c for c in line["cells"] if c["key"] == asked["key"])["state"] == "settled"
    assert '"by":"zhao"' in html


@pytest.mark.parametrize(
    "body",
    [
        {"answers": [{"key": "applications/no/such", "value": 1}], "token": 0},
        {"answers": [{"key": TOTAL, "value": "perhaps"}], "token": 0},
        {"answers": [{"key": TOTAL, "value": 1}]},
        {"answers": [{"key": TOTAL, "value": "undo"}], "token": 0},
        {"answers": [{"key": TOTAL, "value": "undo"}, {"key": TOTAL, "value": 1}], "token": 0},
        {"answers": [], "token": 0},
    ],
)
def test_an_answer_that_makes_no_sense_is_refused(client: TestClient, body: dict[str, Any]):
    id_ = dropped(client, "senseless.txt")

    refused = client.post(f"/reports/{id_}/answers", json=body)

    assert refused.status_code == 422
    assert refused.json()["error"]


def test_a_row_is_confirmed_whole_and_taken_back_whole(client: TestClient):
    id_ = dropped(client, "row.txt")
    before = report(client, id_)
    for cell in before["cells"]:
        if cell["state"] == "ambiguous":
            told = client.get(f"/reports/{id_}/cells", params={"key": cell["key"]}).json()
            if told["row"]:
                break
    keys = [each["key"] for each in told["row"]]

    given = {"answers": told["row"], "token": told["token"], "by": "li"}
    token = client.post(f"/reports/{id_}/answers", json=given).json()["token"]
    settled = [cell["key"] for cell in report(client, id_)["cells"] if cell["state"] == "settled"]
    undone = {"answers": [{"key": key, "value": "undo"} for key in keys], "token": token, "by": "li"}
    client.post(f"/reports/{id_}/answers", json=undone)

    assert settled == keys
    assert len(keys) > 1
    assert report(client, id_)["cells"] == before["cells"]


def test_two_answers_within_a_second_are_not_taken_back_together(client: TestClient):
    id_ = dropped(client, "quick.txt")
    first, second, *_ = (c["key"] for c in report(client, id_)["cells"] if c["state"] == "ambiguous")
    token = client.get(f"/reports/{id_}/cells", params={"key": first}).json()["token"]

    for key in (first, second):
        token = answer(client, id_, key, "blank", token).json()["token"]

    assert f'"last":["{second}"]' in client.get(f"/reports/{id_}.html").text.replace(" ", "")


def test_a_value_that_the_page_does_not_print_is_told_to_contradict_it(client: TestClient):
    id_ = dropped(client, "contradicted.txt")
    read = next(c for c in report(client, id_)["cells"] if c["state"] in ("read", "placed") and c["value"])

    told = client.get(f"/reports/{id_}/cells", params={"key": read["key"], "value": read["value"] + 1}).json()

    (meant,) = told["meanings"]
    assert [conflict["against"] for conflict in meant["contradicts"]] == ["print"]


def test_reports_are_listed_by_how_much_an_answer_settles(client: TestClient):
    dropped(client, "listed.txt")
    done(client, [("clear.txt", page("lines_2021"))])

    worth = [each["worth"] for each in client.get("/reports").json()]

    assert worth == sorted(worth, reverse=True)
    assert worth[0] > worth[-1] == 0
