"""What the tests of the service share: a service in a folder, asked without a socket."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("fastapi", reason="pip install 'gouji[serve]' to run these")
pytest.importorskip("httpx", reason="pip install httpx to run these")

from starlette.testclient import TestClient

from gouji.inference.serve.app import application
from gouji.inference.serve.service import Service
from gouji.inference.serve.settings import RequestLimits, Settings

from .browser import STILL, Look, Watch, wait_for

PAGES = Path(__file__).parent.parent / "pages"
PATIENCE = 60.0  # seconds until a batch must be done

Start = Callable[..., TestClient]
Serve = Callable[..., str]


def serve(folder: Path, requests: RequestLimits | None = None, **settings: Any) -> tuple[Service, TestClient]:
    """A service in a folder, and a client on the same machine."""
    service = Service(Settings(folder, person="li", requests=requests or RequestLimits(), **settings))
    service.start()
    return service, TestClient(application(service), base_url="http://localhost", client=("127.0.0.1", 5000))


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts services in one folder, one after the other; each ends when the next one starts."""
    running: list[Service] = []

    def stop() -> None:
        while running:
            running.pop().stop()

    def start_(**settings: Any) -> TestClient:
        stop()
        service, client = serve(tmp_path / "workbench", **settings)
        running.append(service)
        return client

    yield start_
    stop()


@pytest.fixture(scope="package")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """One service for the tests that look only at what they ask of it: to start one takes a second."""
    service, asking = serve(tmp_path_factory.mktemp("served") / "workbench")
    yield asking
    service.stop()


def page(name: str) -> bytes:
    """The bytes of a page of the tests."""
    return (PAGES / f"{name}.txt").read_bytes()


def done(client: TestClient, files: list[tuple[str, bytes]]) -> dict[str, Any]:
    """Drop files, and wait until they are answered."""
    begun = client.post("/batch", files=[("file", each) for each in files])
    assert begun.status_code == 202, begun.text
    return waited(client, begun.json()["id"])


def waited(client: TestClient, batch: str) -> dict[str, Any]:
    """A batch, when it is done."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        told: dict[str, Any] = client.get(f"/batch/{batch}").json()
        if told["done"]:
            return told
        time.sleep(0.05)
    raise AssertionError(f"not done after {PATIENCE} s: {told}")


@pytest.fixture(scope="module")
def axe() -> Any:
    """What looks for faults that shut people out."""
    return pytest.importorskip("axe_playwright_python.sync_playwright").Axe()


@pytest.fixture
def command(tmp_path: Path) -> Iterator[Serve]:
    """Starts the command in a folder, stopping the one before; takes options, gives its address."""
    import httpx

    running: list[subprocess.Popen[bytes]] = []

    def stop() -> None:
        while running:
            running[-1].send_signal(signal.SIGINT)
            assert running.pop().wait(20) == 0

    def start_(*options: str) -> str:
        stop()
        with socket.socket() as found:
            found.bind(("127.0.0.1", 0))
            port = found.getsockname()[1]
        words = [
            "serve",
            str(tmp_path / "workbench"),
            "--port",
            str(port),
            "--no-open",
            "--name",
            "li",
            *options,
        ]
        running.append(subprocess.Popen([sys.executable, "-m", "gouji.inference", *words]))
        address = f"http://127.0.0.1:{port}"
        wait_for(lambda: httpx.get(f"{address}/health").status_code == 200)
        return address

    yield start_
    stop()


@pytest.fixture
def look(chromium: Any) -> Iterator[Look]:
    """Opens a page; a script that fails, anything asked of others, a page that shifts fails the test."""
    watch = Watch(chromium)
    yield watch.open
    watch.close()
    assert not watch.faults
    assert sum(shift for shift, _ in watch.shifts) <= STILL, watch.shifts
