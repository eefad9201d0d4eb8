"""The commands for labelling by hand: `gouji annotate`, and those of `gouji annotations`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from gouji.inference.commands.closing import say_not_read
from gouji.inference.commands.options import (
    FILE,
    NEW_FILE,
    answered,
    encoding_option,
    model_option,
    opened,
    say,
    watched,
)
from gouji.inference.commands.outputs import overwrite_option, refuse_to_overwrite

_TOOLS = click.Choice(["doccano", "label-studio", "jsonl"])


@click.command()
@click.argument("pages", nargs=-1, required=True, metavar="PAGE...")
@click.option("--to", "tool_name", type=_TOOLS, required=True, help="The tool that will read the file.")
@click.option("-o", "--output", type=NEW_FILE, help="Write the file there.")
@overwrite_option
@click.option("--tool", "flattener", default="", help="What flattened the pages, where no name says it.")
@encoding_option
@model_option
@answered
def annotate(
    pages: tuple[str, ...],
    tool_name: str,
    output: Path | None,
    overwrite: bool,
    flattener: str,
    encoding: str | None,
    model_dir: Path | None,
) -> None:
    """Pre-label report pages, for a person to correct in doccano, Label Studio or an editor.

    PAGE is a file, a folder (all files of pages below it), or - for standard input; what is labelled is
    the text that `gouji text` prints. The exit status is 1 when a page could not be read. `gouji
    annotations config` sets the tool up, and `gouji annotations import` takes the corrected labels back;
    docs/labels.md walks through it.

    \b
    Example:
      gouji annotate samples/pages --to label-studio -o tasks.json
    """
    from importlib.metadata import version

    from gouji.annotations.pages import LabelledPage
    from gouji.annotations.tools import Tool, tool_lines
    from gouji.inference.prelabelling import Prelabelled, check_names, prelabel
    from gouji.inference.readers import Options
    from gouji.inference.sources import find_sources
    from gouji.inference.tagger import Tagger
    from gouji.model.tokens import WEIGHTS_DIR

    named = find_sources(pages, Options(encoding))
    say_not_read(named.not_read)
    sources = named.sources
    check_names(sources)
    refuse_to_overwrite(output, named.paths, overwrite=overwrite)
    tagger = Tagger.load(model_dir or WEIGHTS_DIR)
    failed: list[str] = []

    def readable(answer: Prelabelled) -> LabelledPage | None:
        if answer.error is not None:
            failed.append(answer.source)
            say(f"{answer.source}: {answer.error}")
        return answer.page

    labelled = prelabel(sources, tagger, encoding=encoding, tool=flattener)
    answers = watched(labelled, len(sources), "labelling")
    found = (page for answer in answers if (page := readable(answer)) is not None)
    labelled_by = f"gouji {model_dir.name if model_dir else version('gouji')}"
    with opened(output) as file:
        for line in tool_lines(found, Tool(tool_name), labelled_by):
            file.write(line.encode("utf-8"))
    sys.exit(1 if failed else 0)


@click.group("annotations")
def by_hand() -> None:
    """Labels made by hand: set a labelling tool up, and take its labels back."""


@by_hand.command("import")
@click.argument("files", nargs=-1, required=True, type=FILE, metavar="FILE...")
@click.option("--from", "tool_name", type=_TOOLS, required=True, help="The tool that wrote the files.")
@click.option("-o", "--output", type=NEW_FILE, help="Write the labelled pages there, as JSON lines.")
@overwrite_option
@click.option("--newest", is_flag=True, help="Where people disagree, take the labelling last changed.")
@click.option("--with-empty", is_flag=True, help="doccano: keep pages without any label.")
@answered
def import_(
    files: tuple[Path, ...],
    tool_name: str,
    output: Path | None,
    overwrite: bool,
    newest: bool,
    with_empty: bool,
) -> None:
    """Take labels back from a tool's exports: one labelled page a line, as `gouji train` reads them.

    FILE is Label Studio's JSON export, doccano's JSONL export (or the ZIP archive around it), or JSON
    lines. Nothing is written unless every label is sound; all faults are listed, each with its task.

    \b
    Example:
      gouji annotations import export.json --from label-studio -o labelled.jsonl
    """
    from gouji.annotations.pages import labelled_lines
    from gouji.annotations.tools import Tool, import_labelled

    refuse_to_overwrite(output, files, overwrite=overwrite)
    imported = import_labelled(files, Tool(tool_name), newest=newest, with_empty=with_empty)
    for line in imported.left_out:
        say(line)
    with opened(output) as file:
        for line in labelled_lines(imported.pages):
            file.write(line.encode("utf-8"))
    spans = sum(len(page.spans) for page in imported.pages)
    say(f"{len(imported.pages)} pages with {spans} spans")


@by_hand.command("from-corrections")
@click.argument("corrections", type=click.Path(path_type=Path))
@click.argument("pages", nargs=-1, required=True, metavar="PAGE...")
@click.option("-o", "--output", type=NEW_FILE, help="Write the labelled pages there, as JSON lines.")
@overwrite_option
@encoding_option
@model_option
@answered
def from_corrections(
    corrections: Path,
    pages: tuple[str, ...],
    output: Path | None,
    overwrite: bool,
    encoding: str | None,
    model_dir: Path | None,
) -> None:
    """Make labelled pages of what people have answered and corrected, one a line, for `gouji train`.

    CORRECTIONS is a corrections.jsonl of gouji serve, or its folder: the spans.jsonl beside it, which has the
    spans that were drawn, retagged and deleted, is read too. PAGE is a file, a folder, a pattern, or - for
    standard input. Those pages are labelled that somebody has called rightly labelled, and those with answers
    or corrected spans of which no cell is ambiguous any more and every value's place is known; others are
    told of and left out. The exit status is 1 when a page could not be read.

    \b
    Example:
      gouji annotations from-corrections corrections.jsonl pages -o labelled.jsonl
    """
    from gouji.annotations.pages import labelled_lines
    from gouji.inference.loading import kept_extractor
    from gouji.inference.readers import Options
    from gouji.inference.settling.applied import Standing
    from gouji.inference.settling.corrections import CORRECTIONS
    from gouji.inference.settling.labels import from_answers
    from gouji.inference.settling.span_file import SPANS, SpanFile
    from gouji.inference.sources import find_sources

    named = find_sources(pages, Options(encoding))
    say_not_read(named.not_read)
    answers_file = corrections / CORRECTIONS if corrections.is_dir() else corrections
    spans_file = answers_file.with_name(SPANS)
    refuse_to_overwrite(output, [answers_file, spans_file, *named.paths], overwrite=overwrite)
    standing = Standing(answers_file, is_needed=not spans_file.is_file())
    spans = SpanFile(spans_file)
    faults = (*standing.faults, *spans.faults())
    for fault in faults:
        say(fault)
    labelled = from_answers(
        named.sources, standing, kept_extractor(model_dir), edits=spans.pages(), encoding=encoding
    )
    answers = list(watched(labelled, len(named.sources), "labelling"))
    for answer in answers:
        if (why := answer.error or answer.left_out) is not None:
            say(f"{answer.source}: {why}")
    found = [answer.page for answer in answers if answer.page is not None]
    with opened(output) as file:
        for line in labelled_lines(found):
            file.write(line.encode("utf-8"))
    said = sum(answer.error is None for answer in answers)
    say(f"{len(found)} labelled pages of {said} with answers or corrected spans")
    sys.exit(1 if faults or any(answer.error for answer in answers) else 0)


@by_hand.command()
@click.argument("tool_name", metavar="TOOL", type=click.Choice(["doccano", "label-studio"]))
@answered
def config(tool_name: str) -> None:
    """Print how a project of TOOL (doccano or label-studio) is set up for the tags.

    For Label Studio it is the labelling interface (Settings, Labeling Interface, Code); for doccano
    the label types (Labels, Actions, Import Labels).

    \b
    Example:
      gouji annotations config label-studio
    """
    from gouji.annotations.tools import Tool, configuration

    click.echo(configuration(Tool(tool_name)), nl=False)
