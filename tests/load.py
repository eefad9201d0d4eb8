"""Ask a service as many clients at once, check every answer, and then treat it badly.

Flow:  pages, each with its expected cells -> `gouji serve` -> **clients** -> a table, and what became of it

    python -m tests.load                      # starts a service of its own, and ends it
    python -m tests.load --seconds 30 --clients 1 --clients 64

Every request has a name of its own, so that an answer that is lost, or another's, is seen. The exit status
is 1 where one was, or where the service did not stay up. Rates are of this machine, clients among them.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click
import httpx

import gouji

PAGES = Path(__file__).parent / "inference" / "pages"
CELLS = ("key", "value", "state", "start", "end")  # what is compared of each
FLOOD = 100  # requests at once, of each of so many addresses:
ADDRESSES = 5  # of this machine, 127.0.0.2 and so on: one alone is told 429 before all are told 503
CONNECTIONS = 1000
GIGABYTE = 1 << 30

Expected = Mapping[str, tuple[bytes, list[tuple[Any, ...]]]]  # page -> its bytes, its cells


@dataclass
class Tally:
    """What clients saw."""

    seconds: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    wrong: int = 0  # another's answer, or other cells than the page's
    lost: int = 0  # no answer at all
    refused: list[float] = field(default_factory=list)  # seconds to each 429 or 503

    def at(self, share: float) -> float:
        """The seconds within which such a share was answered."""
        return sorted(self.seconds)[int(share * (len(self.seconds) - 1))] if self.seconds else 0.0


def cells_of(answer: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    return [tuple(cell[name] for name in CELLS) for cell in answer["cells"]]


def expected_answers() -> Expected:
    """Pages of the tests that are read quickly, and what the library says of them."""
    found = {}
    for path in sorted(PAGES.glob("*_20*.txt")):
        if path.stem != "blanks_vanished_2021":  # takes seconds, and would be all that is measured
            answer = gouji.extract(path)
            found[path.stem] = (path.read_bytes(), cells_of(answer.to_record()))
    return found


async def ask(client: httpx.AsyncClient, name: str, page: str, expected: Expected, tally: Tally) -> None:
    """One request, its answer compared with its page's."""
    data, cells = expected[page]
    begun = time.monotonic()
    try:
        answer = await client.post("/extract", params={"name": name}, content=data)
    except httpx.HTTPError:
        tally.lost += 1
        return
    took = time.monotonic() - begun
    tally.statuses[answer.status_code] += 1
    if answer.status_code == 200:
        tally.seconds.append(took)
        told = answer.json()
        tally.wrong += told["source"] != name or cells_of(told) != cells


async def many(address: str, clients: int, seconds: float, expected: Expected) -> tuple[Tally, float]:
    """So many clients, each asking again as soon as it is answered."""
    tally, numbers, pages = Tally(), itertools.count(), itertools.cycle(expected)
    until = time.monotonic() + seconds

    async def one(client: httpx.AsyncClient) -> None:
        while time.monotonic() < until:
            await ask(client, f"page-{next(numbers)}.txt", next(pages), expected, tally)

    limits = httpx.Limits(max_connections=None)
    begun = time.monotonic()
    async with httpx.AsyncClient(base_url=address, timeout=120, limits=limits) as client:
        await asyncio.gather(*(one(client) for _ in range(clients)))
    return tally, time.monotonic() - begun


async def flood(address: str, expected: Expected) -> str:
    """Far more requests at once than are taken; what each takes is counted from its last byte on."""
    tally, pages = Tally(), itertools.cycle(expected)
    port = int(address.rpartition(":")[2])

    async def one(number: int) -> None:
        page, name = next(pages), f"flood-{number}"
        data, cells = expected[page]
        sender = f"127.0.0.{2 + number % ADDRESSES}"
        reader, writer = await asyncio.open_connection("127.0.0.1", port, local_addr=(sender, 0))
        head = f"POST /extract?name={name} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(data)}\r\n\r\n"
        writer.write(head.encode() + data)
        await writer.drain()
        begun = time.monotonic()
        status = int((await reader.readline()).split()[1])
        tally.statuses[status] += 1
        (tally.seconds if status == 200 else tally.refused).append(time.monotonic() - begun)
        headers = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        told = json.loads(await reader.readexactly(int(headers.partition("content-length: ")[2].split()[0])))
        tally.wrong += not (
            told["error"] if status != 200 else (told["source"], cells_of(told)) == (name, cells)
        )
        writer.close()

    await asyncio.gather(*map(one, range(FLOOD * ADDRESSES)))
    assert not tally.wrong, tally
    slowest = max(tally.refused, default=0.0)
    return f"{FLOOD * ADDRESSES} at once: {dict(tally.statuses)}; the slowest refusal took {slowest:.2f} s"


async def large_declared(address: str) -> str:
    """A request that says that it has a gigabyte."""
    return await _refused(address, [b"POST /batch HTTP/1.1\r\nHost: localhost\r\n"
                                    b"Content-Type: multipart/form-data; boundary=x\r\n"
                                    b"Content-Length: %d\r\n\r\n" % GIGABYTE])  # fmt: skip


async def large_undeclared(address: str) -> str:
    """A gigabyte that comes in pieces, as far as it is taken."""
    head = b"POST /extract HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
    piece = b"100000\r\n" + b"x" * (1 << 20) + b"\r\n"
    return await _refused(address, itertools.chain([head], itertools.repeat(piece, GIGABYTE >> 20)))


async def slow(address: str) -> str:
    """A client that sends a byte a second."""
    head = b"POST /extract HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n"
    return await _refused(address, itertools.chain([head], itertools.repeat(b"x", 200)), pause=1.0)


async def _refused(address: str, pieces: Any, pause: float = 0.0) -> str:
    """Send pieces until there is an answer; tell it."""
    reader, writer = await asyncio.open_connection("127.0.0.1", int(address.rpartition(":")[2]))
    begun, sent = time.monotonic(), 0
    answer = asyncio.create_task(reader.readline())
    with suppress(ConnectionError):
        for piece in pieces:
            if answer.done():
                break
            writer.write(piece)
            sent += len(piece)
            await writer.drain()
            await asyncio.wait([answer], timeout=pause or None) if pause else await asyncio.sleep(0)
    status = (await asyncio.wait_for(answer, 90)).decode().split(" ", 2)[1]
    writer.close()
    return f"answered {status} after {time.monotonic() - begun:.1f} s and {sent:,} bytes"


async def connections(address: str) -> str:
    """A thousand connections that ask nothing, and one that does."""
    port = int(address.rpartition(":")[2])
    held = [await asyncio.open_connection("127.0.0.1", port) for _ in range(CONNECTIONS)]
    begun = time.monotonic()
    async with httpx.AsyncClient(base_url=address, timeout=30) as client:
        answer = await client.get("/health")
    took = time.monotonic() - begun
    for _, writer in held:
        writer.close()
    return f"{len(held)} open: another is answered {answer.status_code} after {took:.3f} s"


async def killed(address: str, expected: Expected, service: int) -> str:
    """Workers that are killed while they work."""
    running = asyncio.create_task(many(address, 8, 4, expected))
    count = 0
    for _ in range(3):
        await asyncio.sleep(1)
        for worker in _below(service)[-1:]:
            with suppress(ProcessLookupError):
                os.kill(worker, signal.SIGKILL)
                count += 1
    tally, _ = await running
    assert (tally.wrong, tally.lost) == (0, 0), tally
    assert tally.statuses[422] <= count, tally.statuses
    return f"{count} workers killed: {tally.statuses[422]} pages told so, {tally.statuses[200]} answered"


def _below(process: int) -> list[int]:
    """The workers of a service: the processes below its foreman."""
    children: dict[int, list[int]] = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            parent = int(status.read_text().rpartition(")")[2].split()[1])
            children.setdefault(parent, []).append(int(status.parent.name))
    return [worker for foreman in children.get(process, []) for worker in children.get(foreman, [])]


@asynccontextmanager
async def service(jobs: int | None) -> AsyncIterator[tuple[str, subprocess.Popen[bytes]]]:
    """A service in a folder of its own."""
    with socket.socket() as found, tempfile.TemporaryDirectory() as folder:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
        found.close()
        command = [sys.executable, "-m", "gouji.inference", "serve", folder, "--no-open", "--port", str(port)]
        process = subprocess.Popen([*command, *(["--jobs", str(jobs)] if jobs else [])])
        address = f"http://127.0.0.1:{port}"
        try:
            async with httpx.AsyncClient() as client:
                for _ in range(600):
                    with suppress(httpx.TransportError):
                        if (await client.get(f"{address}/health")).status_code == 200:
                            break
                    await asyncio.sleep(0.1)
            yield address, process
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(20)


async def run(clients: Sequence[int], seconds: float, jobs: int | None) -> bool:
    """All of it; whether every answer was right, and the service stayed up."""
    expected, right = expected_answers(), True
    async with service(jobs) as (address, process):
        click.echo("clients  answers  requests/s  p50 ms  p99 ms  wrong  lost")
        for count in clients:
            tally, took = await many(address, count, seconds, expected)
            rate, p50, p99 = len(tally.seconds) / took, tally.at(0.5) * 1000, tally.at(0.99) * 1000
            sums = f"{len(tally.seconds):8} {rate:11.1f} {p50:7.0f} {p99:7.0f} {tally.wrong:6} {tally.lost:5}"
            click.echo(f"{count:7} {sums}")
            right &= not tally.wrong and not tally.lost and set(tally.statuses) == {200}
        ills: list[tuple[str, Callable[[], Awaitable[str]]]] = [
            ("flood", lambda: flood(address, expected)),
            ("1 GB, declared", lambda: large_declared(address)),
            ("1 GB, in pieces", lambda: large_undeclared(address)),
            ("connections", lambda: connections(address)),
            ("killed", lambda: killed(address, expected, process.pid)),
            ("a byte a second", lambda: slow(address)),
        ]
        for name, ill in ills:
            click.echo(f"{name}: {await ill()}")
            tally, _ = await many(address, 1, 0.5, expected)
            right &= process.poll() is None and tally.statuses[200] > 0 and not tally.wrong
    click.echo("every answer was its request's, and the service stayed up" if right else "FAULTS: see above")
    return right


@click.command(help=__doc__.split("\n")[0])
@click.option("--clients", multiple=True, type=int, default=(1, 8, 64), show_default=True)
@click.option("--seconds", default=10.0, show_default=True, help="For each number of clients.")
@click.option("--jobs", type=int, help="Workers of the service; as many as there are cores by default.")
def main(clients: tuple[int, ...], seconds: float, jobs: int | None) -> None:
    sys.exit(not asyncio.run(run(clients, seconds, jobs)))


if __name__ == "__main__":
    main()
