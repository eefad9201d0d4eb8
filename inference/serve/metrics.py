"""What the service counts, for Prometheus: requests by route and status, their time, pages, what is open.

Flow:  requests, batches -> **metrics** -> GET /metrics
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from gouji.inference.serve.gate import App, Message, Receive, Scope, Send
from gouji.inference.serve.work import PageAnswer

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)
_NO_ROUTE = "other"  # what no route answers, and what is refused before: a label is never a client's own


class Metrics:
    """The counters of one service."""

    def __init__(self, is_ready: Callable[[], bool]) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "gouji_requests", "Requests, by route and status.", ("route", "status"), registry=self._registry
        )
        self._seconds = Histogram(
            "gouji_request_seconds", "Seconds to the last byte.", ("route",), buckets=_SECONDS,
            registry=self._registry,
        )  # fmt: skip
        self._open = Gauge(
            "gouji_open_requests", "Requests that are being answered.", registry=self._registry
        )
        self._pages = Counter(
            "gouji_pages", "Pages answered by POST /extract.", ("how",), registry=self._registry
        )
        self.settled = Counter("gouji_answers", "Answers of a person.", registry=self._registry)
        ready = Gauge("gouji_ready", "1 where pages are answered.", registry=self._registry)
        ready.set_function(lambda: float(is_ready()))

    def text(self) -> bytes:
        """All of them, as Prometheus reads it."""
        return generate_latest(self._registry)

    def count(self, answers: Iterable[PageAnswer]) -> None:
        """Count pages that were answered."""
        for answer in answers:
            self._pages.labels("error" if answer.is_error else "read").inc()

    def watch(self, app: App) -> App:
        """The application, its requests counted."""

        async def watched(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] != "http":
                await app(scope, receive, send)
                return
            begun, status = time.monotonic(), 499

            async def send_(message: Message) -> None:
                nonlocal status
                status = message.get("status", status)
                await send(message)

            with self._open.track_inprogress():
                try:
                    await app(scope, receive, send_)
                finally:
                    route = getattr(scope.get("route"), "path", _NO_ROUTE)
                    self._requests.labels(route, str(status)).inc()
                    self._seconds.labels(route).observe(time.monotonic() - begun)

        return watched
