"""The application: the routes behind the gate, how a fault is told, health and metrics.

Flow:  request -> metrics -> gate -> **application** -> routes
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from importlib.metadata import PackageNotFoundError, version

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from prometheus_client import CONTENT_TYPE_LATEST
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from gouji.inference.outputs.errors import OutputError
from gouji.inference.serve.desk import NotSettled
from gouji.inference.serve.engine import EngineError
from gouji.inference.serve.gate import App, Gate, Receive, Refused, Scope, Send, refuse
from gouji.inference.serve.page_routes import pages
from gouji.inference.serve.pages import HEADER_POLICY
from gouji.inference.serve.routes import api
from gouji.inference.serve.service import Service
from gouji.inference.serve.span_routes import labelling
from gouji.inference.serve.store import NoReport
from gouji.inference.serve.trainer import NotTrained
from gouji.inference.serve.training_routes import training
from gouji.inference.settling import CorrectionsError, Stale
from gouji.inference.settling.journal import JournalError
from gouji.inference.settling.span_edits import SpanEditError

_ABOUT = "Rebuild and check the official tables of Chinese government-information disclosure reports."
_FAULTS = (
    (NoReport, 404),
    (NotSettled, 422),
    (NotTrained, 409),
    (CorrectionsError, 422),
    (SpanEditError, 422),
    (JournalError, 503),
    (OutputError, 422),
    (EngineError, 503),
)
_HEADERS = {
    "content-security-policy": HEADER_POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
}


def application(service: Service) -> App:
    """A service as a server runs it."""
    # The pages that FastAPI has for its documents fetch scripts from elsewhere.
    app = FastAPI(title="gouji", description=_ABOUT, version=_version(), docs_url=None, redoc_url=None)
    app.state.service = service
    app.include_router(pages)
    app.include_router(api)
    app.include_router(labelling)
    app.include_router(training)
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(RequestValidationError, _not_understood)
    app.add_exception_handler(HTTPException, _no_route)
    app.add_exception_handler(Stale, _stale)
    app.add_exception_handler(ClientDisconnect, _gone)
    for fault, status in _FAULTS:
        app.add_exception_handler(fault, _told(status))

    @app.get("/health", tags=["service"])
    def health() -> JSONResponse:
        """Whether pages are answered: 200, or 503."""
        ready = service.engine.is_ready
        return JSONResponse({"ready": ready}, 200 if ready else 503)

    @app.get("/metrics", tags=["service"])
    def metrics() -> Response:
        """What the service counts, for Prometheus."""
        return Response(service.metrics.text(), media_type=CONTENT_TYPE_LATEST)

    return service.metrics.watch(Gate(_with_headers(app), service.settings))


def _with_headers(app: App) -> App:
    """Every answer with the policy: nothing of a page is fetched or run, in whatever shape it is sent."""
    own = [(name.encode(), value.encode()) for name, value in _HEADERS.items()]

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        async def send_(message: Scope) -> None:
            if message["type"] == "http.response.start":
                names = {name.lower() for name, _ in message.get("headers", [])}
                cache = [] if b"cache-control" in names else [(b"cache-control", b"no-store")]
                message["headers"] = [*message.get("headers", []), *own, *cache]
            await send(message)

        await app(scope, receive, send_)

    return answer


class _Refusal(Response):
    """An answer that takes what the client still sends."""

    def __init__(self, refusal: Refused) -> None:
        super().__init__(status_code=refusal.status)
        self._refusal = refusal

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await refuse(self._refusal, receive, send)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)
    return _Refusal(error)


async def _not_understood(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    faults = ("{}: {}".format(".".join(map(str, each["loc"])), each["msg"]) for each in error.errors())
    return JSONResponse({"error": "; ".join(faults)}, 422)


async def _gone(request: Request, error: Exception) -> Response:
    return Response(status_code=499)  # nobody reads it; it is counted


async def _stale(request: Request, error: Exception) -> Response:
    assert isinstance(error, Stale)
    others = ", ".join(sorted({each.by for each in error.since}))
    fault = f"{others} worked on the same report meanwhile; look again, then answer: nothing was written"
    return JSONResponse({"error": fault, "by": others}, 409)


async def _no_route(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return JSONResponse(
        {"error": f"{error.detail}; GET /openapi.json lists what there is"}, error.status_code
    )


def _told(status: int) -> Callable[[Request, Exception], Awaitable[Response]]:
    async def told(request: Request, error: Exception) -> Response:
        return JSONResponse({"error": str(error)}, status)

    return told


def _version() -> str:
    try:
        return version("gouji")
    except PackageNotFoundError:  # run from a folder that is not installed
        return "unknown"
