"""Extraction by an engine that has many machines: `gouji extract --engine ray`.

Flow:  options -> **shards, by the engine** -> closing lines
"""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

import click

from gouji.inference.commands.closing import Closing
from gouji.inference.commands.options import say

if TYPE_CHECKING:
    from gouji.inference.batch import Settings
    from gouji.inference.engines.ray_shards import Wanted

_EVERY = 60.0  # seconds between two lines that tell how far it is
# What an engine takes, besides what every page is read with.
_TAKEN = {"pages", "place", "engine", "shards", "overwrite", "quiet", "jobs"}
_OF_PAGES = {"encoding", "column", "meta", "model_dir", "forms", "limits"}

engine_option = click.option(
    "--engine",
    type=click.Choice(["ray"]),
    help="Have a Ray cluster (of RAY_ADDRESS, or this machine) read Parquet and write shards of Parquet.",
)


def by_engine(context: click.Context, settings: Settings) -> None:
    """Have an engine extract what a command names, and end with the exit status of all pages.

    Args:
        context: Of the command, with what the user gave.
        settings: How pages are read.

    Raises:
        UsageError: An option does not go with an engine.
        OutputError: It is not installed, or what `extract_by_ray` raises.
    """
    from gouji.inference.engines.ray_shards import extract_by_ray

    _refuse_others(context)
    wanted, quiet = _wanted(context, settings), bool(context.params["quiet"])
    last, closing = time.monotonic(), Closing()
    for number, shard in enumerate(extract_by_ray(wanted), 1):
        closing.count_all(shard.counts, earlier=shard.earlier)
        if not quiet and time.monotonic() - last >= _EVERY:
            last = time.monotonic()
            say(f"gouji: {number} shards are whole: {closing.summary()}")
    if not quiet:
        say(f"gouji: {closing.summary()}")
        say(f"gouji: shards in {wanted.folder}")
    sys.exit(1 if closing.errors else 0)


def _refuse_others(context: click.Context) -> None:
    for option in context.command.params:
        name = option.name or ""
        given = context.get_parameter_source(name) is not click.core.ParameterSource.DEFAULT
        if given and name not in _TAKEN | _OF_PAGES:
            raise click.UsageError(f"{option.opts[0]} does not go with --engine")
    if not context.params["pages"]:
        raise click.UsageError("Missing argument 'PAGE...'; name Parquet files, by paths or addresses")
    if context.params["place"] in (None, "-"):
        raise click.UsageError("--engine needs a folder to write: -o DIR, a path or an address")


def _wanted(context: click.Context, settings: Settings) -> Wanted:
    from gouji.inference.engines.ray_shards import Wanted
    from gouji.inference.made_by import made_by
    from gouji.model.forms import forms_with
    from gouji.model.tokens import WEIGHTS_DIR

    given = context.params
    made = made_by(settings.model_dir or WEIGHTS_DIR, forms_with(settings.forms))
    return Wanted(
        given["pages"],
        given["place"],
        settings,
        made.program,
        made.model,
        made.forms,
        given["shards"],
        given["jobs"],
        given["overwrite"],
    )
