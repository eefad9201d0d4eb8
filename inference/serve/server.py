"""Run the application: a port that is taken is said before anything starts, and connections cannot pile up.

Flow:  settings -> socket, **server** -> requests

A connection that does not send a whole head of a request in time is closed, whoever keeps a thousand of them
open; beyond so many, new ones are closed at once.
"""

from __future__ import annotations

import asyncio
import errno
import socket
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from gouji.inference.serve.app import application
from gouji.inference.serve.service import Service
from gouji.inference.serve.settings import Settings
from gouji.model.errors import GoujiError

_HEAD_SECONDS = 15.0  # until a request's head is there, from the first byte or the last answer
_CONNECTIONS = 4096  # at a time
_FILES = 8192  # that the system lets a process have open, where it may say so itself
_TRIED = 20  # ports behind one that is taken


class ServerError(GoujiError):
    """The address cannot be listened on."""


def listening(settings: Settings, *, is_fixed: bool) -> socket.socket:
    """A socket of the service's address.

    Args:
        settings: Its host and port.
        is_fixed: Whether the port must be that one; else one behind it is taken where it is not free.

    Raises:
        ServerError: The address is taken, or none of this machine's.
    """
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    for port in range(settings.port, settings.port + (1 if is_fixed else _TRIED)):
        found = socket.socket(family, socket.SOCK_STREAM)
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            found.bind((settings.host, port))
        except OSError as error:
            found.close()
            if error.errno != errno.EADDRINUSE:
                raise ServerError(f"{settings.host}: {error.strerror}; name another with --host") from error
        else:
            return found
    raise ServerError(f"port {settings.port} is taken; name another with --port")


def run(settings: Settings, listener: socket.socket, on_ready: Callable[[], None]) -> None:
    """Serve until Ctrl-C or TERM.

    Args:
        settings: The service's.
        listener: Where requests come in.
        on_ready: Called once they are answered.

    Raises:
        GoujiError: The folder cannot be used, or the model or a form not be loaded.
    """
    _raise_file_limit()
    service = Service(settings)
    try:
        service.start()
        config = uvicorn.Config(
            application(service),
            http=_Protocol,
            ws="none",
            lifespan="off",
            log_level="warning",
            access_log=False,
            server_header=False,
            proxy_headers=False,  # who asks is who connects, whatever a request says
            timeout_keep_alive=30,
            timeout_graceful_shutdown=3,
            backlog=2048,
        )
        with suppress(KeyboardInterrupt):  # which uvicorn raises again when it has ended
            _Server(config, on_ready).run([listener])
    finally:
        service.stop()


class _Server(uvicorn.Server):
    """Says when it is ready."""

    def __init__(self, config: uvicorn.Config, on_ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_ready = on_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._on_ready()


class _Protocol(H11Protocol):
    """Closes who is too slow to ask, and who is one too many."""

    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        if len(self.connections) > _CONNECTIONS:
            transport.close()
        else:
            self._expect()

    def handle_events(self) -> None:
        before = self.cycle
        super().handle_events()
        if self.cycle is not before:
            self._expected()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._expected()
        if not self.transport.is_closing():
            self._expect()

    def connection_lost(self, exc: Exception | None) -> None:
        self._expected()
        super().connection_lost(exc)

    def _expect(self) -> None:
        self._expected()
        self._deadline = self.loop.call_later(_HEAD_SECONDS, self.transport.close)

    def _expected(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None


def _raise_file_limit() -> None:
    """Each connection is a file; the usual limit of 1,024 is soon reached."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        most = _FILES if hard == resource.RLIM_INFINITY else min(_FILES, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, most), hard))
