"""The routes for people: the index, the reports' pages, their files, and what is downloaded.

Flow:  request -> **route** -> store, desk -> HTML, file

They read the disk and make pages, and so are plain functions, which run in threads.
"""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import asdict
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.background import BackgroundTask

from gouji.inference.serve import downloads
from gouji.inference.serve.gate import COOKIE
from gouji.inference.serve.pages import assets, home_html, settling_html
from gouji.inference.serve.service import Here
from gouji.inference.serve.store import NoReport

_FOREVER = {"cache-control": "public, max-age=31536000, immutable"}  # a file is named by what it holds

pages = APIRouter(tags=["pages"], include_in_schema=False)


@pages.get("/", response_class=HTMLResponse)
@pages.get("/index.html", response_class=HTMLResponse)
def home(request: Request, here: Here) -> Response:
    """The index, and where pages are dropped."""
    if "token" in request.query_params:  # the gate has seen that it is right: keep it out of the address
        answer = RedirectResponse("./", 303)
        answer.set_cookie(COOKIE, request.query_params["token"], httponly=True, samesite="strict")
        return answer
    running = [asdict(batch) for batch in here.batches.running()]
    return HTMLResponse(home_html(here.corpus(), {"batches": running}))


@pages.get("/reports/{id}.html", response_class=HTMLResponse)
def report_page(id: str, here: Here) -> Response:
    """One report as the viewer shows it."""
    told = {"id": id, "token": here.desk.token(id), "last": here.desk.last(id), "by": here.settings.person}
    return HTMLResponse(settling_html(here.view(id), told))


@pages.get("/assets/{name}")
def asset(name: str, here: Here) -> Response:
    """A style or a script of the pages."""
    found = assets(here.forms).get(name)
    if found is None:
        raise NoReport(f"{name[:80]!r}: no such file")
    kind = "text/css" if name.endswith(".css") else "text/javascript"
    return Response(found.text, media_type=f"{kind}; charset=utf-8", headers=_FOREVER)


@pages.get("/favicon.ico")
def icon() -> Response:
    """None: browsers ask unasked."""
    return Response(status_code=204, headers=_FOREVER)


@pages.get("/downloads/{name}")
def download(name: str, here: Here) -> Response:
    """All reports in one file."""
    if name not in downloads.MEDIA:
        raise NoReport(f"{name[:80]!r}: is not offered; these are: {', '.join(downloads.MEDIA)}")
    folder = Path(tempfile.mkdtemp(prefix="gouji-"))
    remove = BackgroundTask(shutil.rmtree, folder, ignore_errors=True)
    try:
        path = downloads.write(name, folder, here.records(), here.forms)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    media = downloads.MEDIA[name] if path.name == name else "application/zip"
    return FileResponse(path, media_type=media, filename=path.name, background=remove)
