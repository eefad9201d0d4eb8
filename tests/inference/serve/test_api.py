"""The API: the contract's answers, batches that are kept, files to download, what is refused and why."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from gouji.inference.outputs.read_back import read_records
from gouji.inference.serve.settings import RequestLimits
from gouji.model.forms import load_forms

from .conftest import Start, done, page, waited


def archive(*names: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as file:
        for name in names:
            file.writestr(f"pages/{name}.txt", page(name))
    return held.getvalue()


def test_one_page_is_answered_with_the_contracts_object_and_not_kept(client: TestClient):
    answer = client.post("/extract?name=a.txt", content=page("lines_2021"))

    told = answer.json()
    assert answer.status_code == 200
    assert (told["source"], told["status"], len(told["cells"])) == ("a.txt", "verified", 200)
    assert "a.txt" not in {each["source"] for each in client.get("/reports").json()}


def test_a_page_that_cannot_be_read_is_an_error_with_its_reason(client: TestClient):
    answer = client.post("/extract?name=a.pdf", content=b"%PDF-1.7 nothing")

    assert answer.status_code == 422
    assert answer.json()["source"] == "a.pdf"
    assert answer.json()["error"]


def test_an_archive_sent_as_one_page_gives_an_array(client: TestClient):
    answer = client.post("/extract?name=a.zip", content=archive("lines_2021", "glued_2019"))

    assert [each["form"] for each in answer.json()] == ["2021", "2019"]


def test_the_pages_of_a_batch_are_kept_and_found_by_the_next_service(start: Start, tmp_path: Path):
    client = start()
    told = done(
        client, [("两份.zip", archive("lines_2021", "glued_2019")), ("b.txt", page("half_a_table_2021"))]
    )

    again = start()

    assert (told["opened"], told["answered"], told["failed"]) == (3, 3, 0)
    assert {each["id"] for each in again.get("/reports").json()} == set(told["reports"])
    assert again.get(f"/reports/{told['reports'][0]}").json()["cells"]
    assert not list((tmp_path / "workbench" / "batches").iterdir())


def test_a_page_dropped_twice_is_one_report(client: TestClient):
    first = done(client, [("twice.txt", page("lines_2021"))])
    again = done(client, [("twice.txt", page("lines_2021"))])

    sources = [each["source"] for each in client.get("/reports").json()]
    assert first["reports"] == again["reports"]
    assert sources.count("twice.txt") == 1


def test_what_lies_in_the_folder_is_a_file_of_every_other_command(start: Start, tmp_path: Path):
    done(start(), [("a.txt", page("lines_2021"))])

    (record,) = read_records(str(tmp_path / "workbench" / "extraction.jsonl"), load_forms())

    assert (record.source, record.status) == ("a.txt", "verified")


def test_a_line_that_was_not_written_to_its_end_is_cut_off(start: Start, tmp_path: Path):
    done(start(), [("a.txt", page("lines_2021"))])
    lines = tmp_path / "workbench" / "extraction.jsonl"
    whole = lines.read_bytes()
    lines.write_bytes(whole + whole[:500])

    client = start()

    assert len(client.get("/reports").json()) == 1
    assert lines.read_bytes() == whole


def test_a_batch_that_a_service_left_half_done_goes_on_with_the_next(start: Start, tmp_path: Path):
    start()
    folder = tmp_path / "workbench" / "batches" / "20260101-000000-abcdef"
    folder.mkdir()
    (folder / "0").write_bytes(page("lines_2021"))
    (folder / "names.json").write_text('["a.txt"]', encoding="utf-8")

    client = start()
    told = waited(client, folder.name)

    assert told["answered"] == 1
    assert client.get("/reports").json()[0]["source"] == "a.txt"


def test_a_name_never_becomes_a_path(start: Start, tmp_path: Path):
    names = ["../../evil.txt", "/etc/passwd", "a\x00b.txt", "x" * 150, "CON", ".."]

    told = done(start(), [(name, page("lines_2021")) for name in names])

    assert told["answered"] == len(names)
    assert {path.name for path in tmp_path.iterdir()} == {"workbench"}


@pytest.mark.parametrize(
    ("name", "begin"),
    [
        ("reports.csv", b"\xef\xbb\xbfsource"),
        ("reports.pages.csv", b"\xef\xbb\xbfsource"),
        ("reports.wide.csv", b"\xef\xbb\xbfsource"),
        ("reports.xlsx", b"PK"),
        ("reports.dta", b"<stata_dta>"),
        ("reports.jsonl", b'{"source"'),
    ],
)
def test_all_reports_are_downloaded_in_every_shape(client: TestClient, name: str, begin: bytes):
    done(client, [("downloaded.txt", page("lines_2021"))])

    answer = client.get(f"/downloads/{name}")

    assert answer.content.startswith(begin)
    assert f'filename="{name}"' in answer.headers["content-disposition"]


def test_what_is_refused_is_told_with_a_reason(start: Start):
    small = RequestLimits(page_bytes=1000, batch_bytes=2000, files=1)
    client = start(requests=small)

    refused = [
        client.post("/extract", content=b"x" * 1001),
        client.post("/extract", content=iter([b"x" * 600, b"x" * 600])),
        client.post("/batch", files={"file": ("a.txt", b"x" * 3000)}),
        client.post("/batch", files=[("file", ("a.txt", b"x")), ("file", ("b.txt", b"x"))]),
        client.post("/extract", content=b""),
        client.post("/batch", data={"a": "b"}),
        client.get("/reports/0000000000000000"),
        client.get("/reports/..%2f..%2fetc"),
        client.get("/downloads/passwd"),
        client.get("/nothing"),
    ]

    assert [each.status_code for each in refused] == [413, 413, 413, 413, 400, 400, 404, 404, 404, 404]
    assert all(each.json()["error"] for each in refused)


def test_a_client_with_too_many_requests_is_told_so_and_so_is_one_too_many_of_all(start: Start):
    nobody = start(requests=RequestLimits(requests=0)).post("/extract", content=b"x")
    greedy = start(requests=RequestLimits(per_client=0)).post("/extract", content=b"x")

    assert (nobody.status_code, greedy.status_code) == (503, 429)
    assert nobody.headers["retry-after"] == greedy.headers["retry-after"] == "1"


def test_another_host_and_a_page_of_another_site_are_refused(client: TestClient):
    by_name = client.get("/reports", headers={"host": "evil.example"})
    by_page = client.post("/extract", content=b"x", headers={"origin": "http://evil.example"})

    assert (by_name.status_code, by_page.status_code) == (403, 403)


def test_with_a_token_only_who_sends_it_is_answered(start: Start):
    client = start(token="secret", host="0.0.0.0")

    refused = client.get("/reports"), client.get("/reports", headers={"authorization": "Bearer wrong"})
    by_header = client.get("/reports", headers={"authorization": "Bearer secret"})
    opened = client.get("/?token=secret")  # which sets a cookie and leads to the address without it

    assert [each.status_code for each in refused] == [401, 401]
    assert by_header.status_code == 200
    assert (opened.status_code, str(opened.url)) == (200, "http://localhost/")
    assert client.get("/health").status_code == 200


def test_every_answer_forbids_what_a_page_might_have_smuggled_in(client: TestClient):
    evil = b"<script>alert(1)</script><img src=http://evil.example/a.png>" + page("lines_2021")
    (report,) = done(client, [("<img src=x onerror=alert(1)>.txt", evil)])["reports"]

    answers = [client.get("/"), client.get(f"/reports/{report}.html"), client.get(f"/reports/{report}")]

    for answer in answers:
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; script-src 'self';")
        assert answer.headers["x-content-type-options"] == "nosniff"
    assert all("<img" not in answer.text and "<script>alert" not in answer.text for answer in answers[:2])


def test_health_metrics_and_the_api_are_told(client: TestClient):
    client.post("/extract", content=page("lines_2021"))

    health, metrics, api = client.get("/health"), client.get("/metrics"), client.get("/openapi.json")

    assert health.json() == {"ready": True}
    assert 'gouji_pages_total{how="read"}' in metrics.text
    assert 'gouji_requests_total{route="/extract",status="200"}' in metrics.text
    assert {"/extract", "/batch", "/reports", "/reports/{id}"} <= api.json()["paths"].keys()
