"""The workbench in a browser, and the API beside it: `gouji serve`."""

from __future__ import annotations

import getpass
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gouji.inference.commands.options import (
    NEW_FOLDER,
    answered,
    encoding_option,
    forms_option,
    jobs_option,
    limit_option,
    model_option,
    needs_extra,
    say,
)

if TYPE_CHECKING:
    from gouji.inference.limits import Limits
    from gouji.inference.serve.settings import Settings

_PORT = 8765


@click.command()
@click.argument("folder", type=NEW_FOLDER, default="workbench")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    help=f"Listen there; else on {_PORT}, or the next one that is free.",
)
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="Listen on that address; off this machine with --token only.",
)
@click.option("--token", envvar="GOUJI_TOKEN", help="Answer only who sends it; also from GOUJI_TOKEN.")
@click.option("--no-open", is_flag=True, help="Open no browser.")
@click.option("--name", help="Who settles cells, where the page does not say; your login's by default.")
@click.option(
    "--max-body",
    type=click.IntRange(min=1),
    default=512,
    show_default=True,
    metavar="MB",
    help="The largest upload of a batch.",
)
@click.option(
    "--synthetic",
    type=click.IntRange(min=0),
    help="Made-up pages of a training from the workbench; 300 by default.",
)
@jobs_option
@limit_option
@encoding_option
@model_option
@forms_option
@answered
def serve(
    folder: Path,
    port: int | None,
    host: str,
    token: str | None,
    no_open: bool,
    name: str | None,
    max_body: int,
    synthetic: int | None,
    jobs: int | None,
    limits: Limits,
    encoding: str | None,
    model_dir: Path | None,
    forms: tuple[Path, ...],
) -> None:
    """Open the workbench in a browser: drop pages on it, look at their tables, settle what is in doubt.

    Everything lies in FOLDER: extraction.jsonl, which every command reads, pages/, corrections.jsonl and
    spans.jsonl with the answers of who looked and the labels that were corrected, and training/ with the
    models that were trained on them. A service that is started again finds it there. Beside the pages stands
    an API (/openapi.json): POST /extract, POST /batch, GET /reports, /health, /metrics. Nothing that a page
    names is fetched or run, and only this machine is answered; with --host others are, who must send the
    token.

    \b
    Example:
      gouji serve workbench
    """
    with needs_extra("serve"):
        from gouji.inference.serve.server import listening, run
        from gouji.inference.serve.settings import LOCAL, RequestLimits, Settings
    from gouji.inference.batch import usable_cores

    if host not in LOCAL and not token:
        raise click.UsageError(f"--host {host}: others can reach it; pass --token or set GOUJI_TOKEN")
    settings = Settings(
        folder=folder,
        host=host,
        port=_PORT if port is None else port,
        token=token,
        workers=jobs or usable_cores(),
        model_dir=model_dir,
        forms=forms,
        encoding=encoding,
        limits=limits,
        requests=RequestLimits(batch_bytes=max_body << 20),
        person=name or _login(),
        synthetic=synthetic,
    )
    listener = listening(settings, is_fixed=port is not None)
    settings = replace(settings, port=listener.getsockname()[1])
    run(settings, listener, lambda: _tell(settings, opens=not no_open))


def _tell(settings: Settings, *, opens: bool) -> None:
    """Say where the service is, once it answers."""
    say(f"gouji: {settings.folder} at {settings.address} (Ctrl-C ends it)")
    if opens:
        import webbrowser

        webbrowser.open(settings.address)


def _login() -> str:
    with suppress(KeyError, OSError, ImportError):  # some systems know no login
        return getpass.getuser()
    return ""
