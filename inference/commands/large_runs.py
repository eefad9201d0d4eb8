"""Of runs that are too large to be begun anew: the options of `gouji extract`, and what they come to.

Flow:  options, inputs -> **shards, portion** -> extraction
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gouji.inference.commands.options import FILE_OR_STDIN, say

if TYPE_CHECKING:
    from gouji.inference.batch import Settings
    from gouji.inference.input_list import InputList
    from gouji.inference.outputs.run_state import MadeOf
    from gouji.inference.outputs.writers import Shape
    from gouji.inference.portions import Portion
    from gouji.inference.shard_plan import Plan, Shard
    from gouji.inference.shards import Shards
    from gouji.model.forms import Form

_DIGITS = 16  # of a digest, as it is told

files_from_option = click.option(
    "--files-from",
    type=FILE_OR_STDIN,
    metavar="LIST",
    help="Read also what stands in this file, a path a line.",
)
resume_option = click.option(
    "--resume", is_flag=True, help="Go on where an earlier run of the same command was ended (JSON lines)."
)
shards_option = click.option(
    "--shards",
    type=click.IntRange(min=1),
    metavar="N",
    help="Write JSON lines in N files of the folder -o; the same command again goes on where it was ended.",
)
first_option = click.option(
    "--first", type=click.IntRange(min=1), metavar="N", help="Take only the first N pages."
)
sample_option = click.option(
    "--sample",
    type=click.IntRange(min=1),
    metavar="N",
    help="Take only N pages, drawn evenly from all; the same ones each time.",
)


@dataclass(frozen=True, slots=True)
class Extent:
    """How much of its inputs a run takes, and how its answers are kept."""

    first: int | None
    sample: int | None
    shards: int | None
    resume: bool
    overwrite: bool

    def told(self) -> str:
        """What of it decides which answers stand in which file."""
        given = (("--first", self.first), ("--sample", self.sample), ("--shards", self.shards))
        return " ".join(f"{name} {value}" for name, value in given if value is not None)


@dataclass(frozen=True, slots=True)
class Run:
    """What is left to be answered, and the files of lines that take it."""

    portion: Portion
    documents: int | None  # in all, where they are counted
    shards: Shards | None  # None where answers go somewhere else


@contextmanager
def says_how_to_go_on(run: Run, extent: Extent, *, quiet: bool) -> Iterator[None]:
    """Where a person or the system ends the run, say how it goes on."""
    try:
        yield
    except (KeyboardInterrupt, SystemExit):
        if run.shards is not None and not quiet:
            again = "the same command" if extent.shards else "the same command with --resume"
            say(f"gouji: ended early; {again} goes on")
        raise


def refuse_wrong_use(extent: Extent, output: Path | None, shape: Shape, html: Path | None) -> None:
    """Refuse options that do not go together, before a long list of inputs is made.

    Raises:
        UsageError: They do not.
    """
    from gouji.inference.outputs.writers import Shape

    if extent.shards is None and output is not None and output.is_dir():
        raise click.UsageError(f"{output}: is a folder; name a file in it, or give --shards N")
    if extent.shards is None and not extent.resume:
        return
    wanted = "--resume" if extent.shards is None else "--shards"
    if extent.resume and extent.overwrite:
        raise click.UsageError("--resume goes on with what is there, --overwrite begins anew; choose one")
    if html is not None:
        raise click.UsageError(f"{wanted} writes no pages to look at; afterwards gouji view makes them")
    if output is None:
        raise click.UsageError(
            f"{wanted} needs a place to write: -o {'DIR' if extent.shards else 'NAME.jsonl'}"
        )
    if extent.shards is not None and (shape is not Shape.JSONL or output.is_file()):
        raise click.UsageError(
            f"{output}: --shards writes JSON lines in a folder; gouji convert makes all else"
        )
    if extent.shards is None and not _is_file_of_lines(output, shape):
        remedy = f"write -o NAME.jsonl, then: gouji convert NAME.jsonl -o {output}"
        raise click.UsageError(f"{output}: --resume goes on with files of JSON lines only; {remedy}")


def run_of(
    extent: Extent,
    output: Path | None,
    shape: Shape,
    listed: InputList,
    settings: Settings,
    known: Mapping[str, Form],
    *,
    quiet: bool,
) -> Run:
    """What a command has to do, now that its inputs are listed, and after earlier runs of it.

    Raises:
        OutputError: An earlier run was of something else, or its output is not to be written over.
    """
    from gouji.inference.portions import Portion
    from gouji.inference.shard_plan import sample_of
    from gouji.inference.shards import Shards

    counted = cache(lambda: _counted(listed, settings, extent.first, quiet=quiet))
    made_of = cache(lambda: _made_of(extent, listed, settings, known))
    documents, files = None, None
    if extent.shards is not None:
        assert output is not None
        plan = _plan(extent, extent.shards, output, listed, made_of(), counted)
        documents, files = plan.documents, plan.shards(output)
    elif output is not None and _is_file_of_lines(output, shape):
        files = [_file(extent, output)]
    sample = None
    if extent.sample is not None:
        documents = sum(counted()) if documents is None else documents
        sample = sample_of(documents, extent.sample)
    if files is None:
        portion = Portion(end=extent.first)
        if sample is not None:
            portion = replace(portion, takes=lambda at: at.number in sample)
        return Run(portion, documents, None)
    shards = Shards(files, made_of, sample, marked=extent.resume or extent.shards is not None)
    return Run(shards.portion, documents, shards)


def _is_file_of_lines(output: Path, shape: Shape) -> bool:
    """Whether lines are kept there, as no pipe and no device keeps them."""
    from gouji.inference.outputs.writers import Shape

    return shape is Shape.JSONL and (output.is_file() or not output.exists())


def _file(extent: Extent, output: Path) -> Shard:
    """The one file of a run without shards."""
    from gouji.inference.outputs.errors import OutputError
    from gouji.inference.outputs.resumed import state_of
    from gouji.inference.outputs.run_state import forget
    from gouji.inference.portions import FIRST
    from gouji.inference.shard_plan import Shard

    state = None if extent.overwrite else state_of(output)
    if extent.overwrite:
        forget(output)
    elif state is not None and not state.is_whole and not extent.resume:
        answers = sum(state.counts.values())
        ended = f"an earlier run was ended here after {answers} answers"
        raise OutputError(f"{output}: {ended}; --resume goes on, --overwrite begins anew")
    elif state is None and extent.resume and output.exists():
        fault = "is there already, and nothing beside it tells what it was made of; --overwrite begins anew"
        raise OutputError(f"{output}: {fault}")
    return Shard(output, FIRST, extent.first)


def _plan(
    extent: Extent,
    shards: int,
    folder: Path,
    listed: InputList,
    made_of: MadeOf,
    counted: Callable[[], Sequence[int]],
) -> Plan:
    """The plan of the shards' folder."""
    from gouji.inference.outputs.errors import OutputError
    from gouji.inference.shard_plan import clear, plan_for

    if extent.overwrite and folder.is_dir():
        place = folder.resolve()
        if read := next((path for path in listed.paths() if path.resolve().parent == place), None):
            raise OutputError(f"{read}: is read at the same time; write to another folder")
        clear(folder)
    return plan_for(folder, made_of, counted, shards, extent.first)


def _counted(listed: InputList, settings: Settings, end: int | None, *, quiet: bool) -> Sequence[int]:
    from gouji.inference.batch import count_documents

    if not quiet:
        say(f"gouji: counting the pages of {len(listed.sources)} inputs")
    return count_documents(listed.sources, settings, end)


def _made_of(extent: Extent, listed: InputList, settings: Settings, known: Mapping[str, Form]) -> MadeOf:
    from gouji.inference.made_by import made_by
    from gouji.inference.outputs.run_state import MadeOf
    from gouji.model.tokens import WEIGHTS_DIR

    made = made_by(settings.model_dir or WEIGHTS_DIR, known)
    inputs = f"{len(listed.sources)} (digest {listed.digest()[:_DIGITS]})"
    options = " ".join(filter(None, (settings.told(), extent.told())))
    return MadeOf(inputs, options, made.program, made.model, made.forms)
