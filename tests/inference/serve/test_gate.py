"""The gate by itself: bodies that come too slowly, and what a refused client still sends."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

pytest.importorskip("fastapi", reason="pip install 'gouji[serve]' to run these")

from pathlib import Path

from gouji.inference.serve.gate import Gate, Refused, refuse
from gouji.inference.serve.settings import RequestLimits, Settings

QUICK = RequestLimits(page_bytes=1000, quiet_seconds=0.05, body_seconds=0.2)


async def pieces(count: int, pause: float) -> AsyncIterator[bytes]:
    for _ in range(count):
        await asyncio.sleep(pause)
        yield b"x" * 100


def asked(body: AsyncIterator[bytes], limits: RequestLimits = QUICK) -> tuple[int, str, int]:
    """Ask for a page to be extracted; the status, the reason, and the bytes that reached the application."""
    sent: list[Any] = []
    taken = 0

    async def application(scope: Any, receive: Any, send: Any) -> None:
        nonlocal taken
        try:
            while (message := await receive()).get("more_body"):
                taken += len(message["body"])
        except Refused as refusal:  # as FastAPI's handlers do
            await refuse(refusal, receive, send)
            return
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b'{"error": ""}'})

    async def receive() -> dict[str, Any]:
        async for piece in body:
            return {"type": "http.request", "body": piece, "more_body": True}
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    headers = [(b"host", b"localhost")]
    scope = {"type": "http", "method": "POST", "path": "/extract", "query_string": b"", "headers": headers}
    gate = Gate(application, Settings(Path("nowhere"), requests=limits))
    asyncio.run(gate(scope, receive, send))
    told = b"".join(message.get("body", b"") for message in sent)
    return sent[0]["status"], json.loads(told)["error"], taken


def test_a_body_that_comes_in_time_reaches_the_application():
    assert asked(pieces(9, 0)) == (200, "", 900)


def test_a_client_that_falls_silent_is_told_so():
    status, reason, _ = asked(pieces(5, 0.5))

    assert status == 408
    assert "0 bytes" in reason


def test_a_client_that_sends_a_little_now_and_then_is_told_so_too():
    status, _, taken = asked(pieces(9, 0.04))

    assert status == 408
    assert 0 < taken < 900


def test_a_body_of_more_than_it_may_have_is_refused_and_what_still_comes_is_thrown_away():
    status, reason, taken = asked(pieces(50, 0))

    assert (status, taken) == (413, 1000)
    assert "POST /batch" in reason


def test_bodies_that_together_are_too_much_are_refused():
    status, _, _ = asked(pieces(9, 0), RequestLimits(held_bytes=500))

    assert status == 503
