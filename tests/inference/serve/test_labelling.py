"""Correcting the tags of a page, through the service: drawn, retagged, deleted, undone, by two at once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from .conftest import Start, done, page


def dropped(client: TestClient, name: str, text: str = "") -> str:
    """A page of a text of its own, since a page is known by its text."""
    (id_,) = done(client, [(name, page("lines_2021") + f"\n{text or name}\n".encode())])["reports"]
    return str(id_)


def told(client: TestClient, id_: str) -> dict[str, Any]:
    found: dict[str, Any] = client.get(f"/reports/{id_}/spans").json()
    return found


def correct(client: TestClient, id_: str, what: dict[str, Any], token: int, by: str = "li") -> Any:
    return client.post(f"/reports/{id_}/spans", json={**what, "token": token, "by": by})


def printed(spans: dict[str, Any], print_: str) -> list[list[Any]]:
    """The spans over the first place where something is printed."""
    start = spans["text"].index(print_)
    return [span for span in spans["spans"] if span[0] < start + len(print_) and start < span[1]]


def test_a_span_is_retagged_and_the_reports_page_shows_it(client: TestClient):
    id_ = dropped(client, "retagged.txt")
    before = told(client, id_)
    ((start, end, tag),) = printed(before, "行政许可")

    answer = correct(client, id_, {"do": "tag", "start": start, "end": end, "tag": "GROUP"}, 0)

    assert tag == "ROW"
    assert printed(answer.json(), "行政许可") == [[start, end, "GROUP"]]
    assert answer.json() == told(client, id_)
    assert '<span class="tag GROUP opens">行政许可</span>' in client.get(f"/reports/{id_}.html").text


def test_a_span_is_deleted_and_that_is_undone(client: TestClient):
    id_ = dropped(client, "deleted.txt")
    before = told(client, id_)
    start, end, _ = before["spans"][3]

    deleted = correct(client, id_, {"do": "tag", "start": start, "end": end, "tag": None}, 0).json()
    undone = correct(client, id_, {"do": "undo"}, deleted["token"]).json()

    assert len(deleted["spans"]) == len(before["spans"]) - 1
    assert (undone["spans"], undone["corrections"], undone["token"]) == (before["spans"], 0, 2)


def test_the_cells_stay_what_they_were(client: TestClient):
    id_ = dropped(client, "cells.txt")
    before = client.get(f"/reports/{id_}").json()

    for span in told(client, id_)["spans"][:5]:
        correct(
            client,
            id_,
            {"do": "tag", "start": span[0], "end": span[1], "tag": "NOTE"},
            told(client, id_)["token"],
        )

    assert client.get(f"/reports/{id_}").json() == before


def test_the_second_of_two_people_is_told_and_nothing_is_lost(client: TestClient):
    id_ = dropped(client, "two labellers.txt")
    spans = told(client, id_)["spans"]
    first, second = ({"do": "tag", "start": s[0], "end": s[1], "tag": "NOTE"} for s in spans[:2])

    answers = [correct(client, id_, first, 0, "li"), correct(client, id_, second, 0, "wang")]

    assert [answer.status_code for answer in answers] == [200, 409]
    assert answers[1].json()["by"] == "li"
    tags = [span[2] for span in told(client, id_)["spans"][:2]]
    assert tags == ["NOTE", spans[1][2]]


def test_corrections_are_found_by_the_next_service_and_under_another_name(start: Start, tmp_path: Path):
    client = start()
    id_ = dropped(client, "a.txt")
    first = told(client, id_)["spans"][0]
    correct(client, id_, {"do": "tag", "start": first[0], "end": first[1], "tag": None}, 0, "zhao")
    right = correct(client, id_, {"do": "right"}, 1, "zhao").json()

    client = start()
    renamed = told(client, dropped(client, "another name.txt", "a.txt"))

    assert told(client, id_) == renamed == right
    assert right["right"]["by"] == "zhao"
    lines = [
        json.loads(line) for line in (tmp_path / "workbench" / "spans.jsonl").read_text("utf-8").splitlines()
    ]
    assert [(line["source"], line["by"], line.get("checked", False)) for line in lines] == [
        ("a.txt", "zhao", False),
        ("a.txt", "zhao", True),
    ]


@pytest.mark.parametrize(
    "what",
    [
        {"do": "tag", "start": 0, "end": 10**6, "tag": "ROW"},
        {"do": "tag", "start": 5, "end": 5, "tag": "ROW"},
        {"do": "tag", "start": 0, "end": 5, "tag": "CELL"},
        {"do": "tag", "start": -1, "end": 5, "tag": "ROW"},
        {"do": "undo"},
        {"do": "erase"},
        {},
    ],
)
def test_a_correction_that_makes_no_sense_is_refused(client: TestClient, what: dict[str, Any]):
    id_ = dropped(client, "senseless labels.txt")

    refused = correct(client, id_, what, 0)

    assert refused.status_code == 422
    assert refused.json()["error"]
    assert told(client, id_)["corrections"] == 0


def test_a_page_of_several_reports_is_labelled_as_one_text(client: TestClient):
    other = page("lines_2021").decode().replace("松台县交通运输局", "柳河区司法局").replace("2022", "2021")
    both = page("lines_2021").decode() + "\n" + other
    reports = done(client, [("two reports.txt", both.encode())])["reports"]
    assert len(reports) == 2

    spans = [told(client, id_) for id_ in reports]
    start, end, _ = spans[0]["spans"][-1]
    correct(client, reports[0], {"do": "tag", "start": start, "end": end, "tag": None}, 0)

    assert spans[0] == spans[1]
    assert told(client, reports[0]) == told(client, reports[1])
    assert len(told(client, reports[1])["spans"]) == len(spans[1]["spans"]) - 1


def test_a_report_that_is_not_there_has_no_spans(client: TestClient):
    assert client.get("/reports/0000000000000000/spans").status_code == 404
