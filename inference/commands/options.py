"""What the commands share: options, how an error is shown, where output goes, a bar for who watches."""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, ParamSpec, TypeVar

import click

from gouji.model.errors import GoujiError
from gouji.model.irregular import what_is_no_file
from gouji.model.processes import is_main_process

if TYPE_CHECKING:
    from gouji.inference.limits import Limits

P = ParamSpec("P")
T = TypeVar("T")


class PathToRead(click.Path):
    """The path of a file or folder that is read; a pipe, a socket or a device is refused."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        path = super().convert(value, param, ctx)
        if path != "-" and (fault := what_is_no_file(Path(os.fsdecode(path)))) is not None:
            self.fail(f"{os.fsdecode(path)}: {fault}", param, ctx)
        return path


FOLDER = PathToRead(exists=True, file_okay=False, path_type=Path)
FILE = PathToRead(exists=True, dir_okay=False, path_type=Path)
FILE_OR_STDIN = PathToRead(exists=True, dir_okay=False, allow_dash=True)
NEW_FILE = click.Path(dir_okay=False, path_type=Path)
NEW_FOLDER = click.Path(file_okay=False, path_type=Path)


def _known_encoding(context: click.Context, option: click.Parameter, name: str | None) -> str | None:
    from gouji.inference.reading import ReadingError, known_encoding

    try:
        return None if name is None else known_encoding(name)
    except ReadingError as error:
        raise click.BadParameter(str(error)) from error


jobs_option = click.option(
    "--jobs",
    "--workers",
    type=click.IntRange(min=1),
    help="Worker processes; as many as there are cores by default.",
)
model_option = click.option(
    "--model", "model_dir", type=FOLDER, help="A model folder, instead of the shipped one."
)
records_argument = click.argument(
    "records",
    nargs=-1,
    required=True,
    type=FILE_OR_STDIN,
    metavar="RECORDS...",
)
forms_option = click.option(
    "--forms", "forms", type=FILE, multiple=True, help="A form's TOML file, besides the forms that ship."
)
encoding_option = click.option(
    "--encoding", callback=_known_encoding, help="Force an encoding, such as gb18030."
)
column_option = click.option(
    "--column",
    help="The column of JSON lines and Parquet that holds the pages; of JSON a path: data.0.content.",
)


def _name_and_column(
    context: click.Context, option: click.Parameter, names: str | None
) -> tuple[tuple[str, str], ...]:
    pairs = []
    for each in (names or "").split(","):
        name, _, column = each.strip().partition("=")
        if each.strip():
            pairs.append((name.strip(), column.strip() or name.strip()))
    if any(not name for name, _ in pairs):
        raise click.BadParameter(f"found {names!r}; expected NAME or NAME=COLUMN, parted by commas")
    return tuple(pairs)


meta_option = click.option(
    "--meta",
    callback=_name_and_column,
    metavar="NAMES",
    help="Of JSON lines and Parquet, the columns that go along, as url,fetched or fetched=crawl_time.",
)


corrections_option = click.option(
    "--corrections",
    type=FILE,
    help="Apply what a person has answered: a corrections.jsonl of gouji serve.",
)


def say(text: str, *, lines: bool = False) -> None:
    """Tell a person something on stderr, in which other people's names and words may stand.

    Args:
        text: What is told.
        lines: Whether it is of several lines.
    """
    from gouji.inference.printable import in_line, in_lines

    click.echo(in_lines(text) if lines else in_line(text), err=True)


def _limits(context: click.Context, option: click.Parameter, given: tuple[str, ...]) -> Limits:
    from gouji.inference.limits import LimitError, limits_with

    try:
        return limits_with(given)
    except LimitError as error:
        raise click.BadParameter(str(error)) from error


limit_option = click.option(
    "--limit",
    "limits",
    multiple=True,
    metavar="NAME=VALUE",
    callback=_limits,
    help="Let a page take more or less: seconds=120, memory=4G, bytes=512M; docs/run.md lists all limits.",
)


def answered(command: Callable[P, None]) -> Callable[P, None]:
    """Show the program's own errors as one message, and exit with 2."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except GoujiError as error:
            if is_main_process():
                say(f"gouji: {error}", lines=True)
            sys.exit(2)

    return run


def end_on_terminate() -> None:
    """Let TERM end the command as Ctrl-C does: what is written so far is closed, and no process is left."""

    def end(number: int, frame: object) -> None:
        sys.exit(128 + number)

    if threading.current_thread() is threading.main_thread():  # no other may say so
        signal.signal(signal.SIGTERM, end)


def make_folder(folder: Path) -> None:
    """Make a folder to write in, and those above it, if it is not there; a usage error if it cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise click.UsageError(f"{folder}: cannot be made: {error.strerror}; name another folder") from error


def make_parents(*files: Path | None) -> None:
    """Make the folders of files to write: called before the work that fills them, not after hours of it."""
    for file in files:
        if file is not None:
            make_folder(file.parent)


@contextmanager
def opened(output: Path | None) -> Iterator[IO[bytes]]:
    """The file to write to, its folders made, or stdout: bytes, for a result is UTF-8 in any locale."""
    if output is None:
        yield sys.stdout.buffer
        return
    from gouji.inference.outputs.files import beside, lines_into, written

    with beside(output) as part, written(output), lines_into(part, output) as file:
        yield file


def print_json(value: Any) -> None:
    """Print a result for a program that reads it: in UTF-8, whatever the locale."""
    sys.stdout.buffer.write(json.dumps(value, ensure_ascii=False, indent=1).encode("utf-8") + b"\n")


def watched(items: Iterable[T], count: int, what: str, *, quiet: bool = False) -> Iterator[T]:
    """The items, with a bar on stderr where a person watches and there is more than one to wait for."""
    if quiet or count < 2 or not sys.stderr.isatty() or not is_main_process():
        yield from items
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(items, what, total=count, console=Console(stderr=True), transient=True)


@contextmanager
def needs_extra(extra: str) -> Iterator[None]:
    """Say what to install where a package of an extra is missing, and exit with 2."""
    try:
        yield
    except ModuleNotFoundError as error:
        if error.name is None or error.name.split(".")[0] == "gouji":
            raise
        click.echo(f"gouji: {error.name} is not installed; run pip install 'gouji[{extra}]'", err=True)
        sys.exit(2)
