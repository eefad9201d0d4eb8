"""What a service is told when it starts, and what it lets one request, one client and all of them take.

Flow:  options of the command -> **settings** -> gate, engine, application
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from gouji.inference.limits import Limits

LOCAL = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, slots=True)
class RequestLimits:
    """What the service refuses beyond, each with the status that says so."""

    page_bytes: int = 32 << 20  # of one page for POST /extract: 413
    batch_bytes: int = 512 << 20  # of one upload for POST /batch: 413
    other_bytes: int = 1 << 20  # of any other request: 413
    files: int = 10_000  # of one batch: 413
    body_seconds: float = 60.0  # until a body is there: 408
    quiet_seconds: float = 10.0  # without a byte of a body: 408
    per_client: int = 128  # requests of one address at a time: 429
    batches_per_client: int = 8  # of one address that are not done: 429
    requests: int = 256  # at a time, of all: 503
    uploads: int = 4  # batches that are received at a time: 503
    held_bytes: int = 512 << 20  # of bodies of POST /extract, of all: 503
    answer_seconds: float = 90.0  # until a page is answered: 503


@dataclass(frozen=True, slots=True)
class Settings:
    """One service."""

    folder: Path
    host: str = "127.0.0.1"
    port: int = 8765
    token: str | None = None  # who does not send it is refused; off localhost there must be one
    workers: int = 1
    model_dir: Path | None = None
    forms: tuple[Path, ...] = ()
    encoding: str | None = None
    limits: Limits = field(default_factory=Limits)  # what a page may take
    requests: RequestLimits = field(default_factory=RequestLimits)
    person: str = ""  # whose answers they are, where the page does not say
    synthetic: int | None = None  # made-up pages of a training; None: what `gouji train` takes by itself

    @property
    def is_local(self) -> bool:
        """Whether only this machine can reach it."""
        return self.host in LOCAL

    @property
    def address(self) -> str:
        """Where it is opened in a browser; with its token, which the browser then keeps."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}/" + (f"?token={self.token}" if self.token else "")
