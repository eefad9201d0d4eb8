"""The command line: parses arguments, calls one library function, prints what it returns.

Results go to stdout, everything else to stderr. A page that cannot be read is answered in its
place and makes the exit status 1; a wrong use of the command, and a model that is not there, 2.
Commands import what they need when they run: one page must be answered in about a second.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import click

from gouji.inference.commands.ablation import ablate
from gouji.inference.commands.annotations import annotate, by_hand
from gouji.inference.commands.benchmark import benchmark
from gouji.inference.commands.check import check
from gouji.inference.commands.evaluation import calibrate, evaluate
from gouji.inference.commands.extract import extract
from gouji.inference.commands.mutation import mutate
from gouji.inference.commands.options import end_on_terminate
from gouji.inference.commands.outputs import convert, data_dictionary
from gouji.inference.commands.panel import panel
from gouji.inference.commands.serve import serve
from gouji.inference.commands.settling import settling
from gouji.inference.commands.show import show, text
from gouji.inference.commands.streams import said_where_it_is_full, take_numbers_of_closed_streams
from gouji.inference.commands.training import synthesize, train
from gouji.inference.commands.view import view

_GROUPS: Mapping[str, Sequence[click.Command]] = {
    "Read reports": (extract, show, view, check, serve),
    "What comes out": (panel, convert, data_dictionary, text),
    "Measure": (evaluate, benchmark, mutate, ablate, settling),
    "Teach it": (annotate, by_hand, synthesize, train, calibrate),
}


_LONGEST_HELP = 160  # characters, so that a first sentence stands whole


class _Grouped(click.Group):
    """Lists the commands by what they are for, those first that are needed first."""

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        for title, commands in _GROUPS.items():
            with formatter.section(title):
                formatter.write_dl(
                    [(command.name or "", command.get_short_help_str(_LONGEST_HELP)) for command in commands]
                )

    def main(self, *args: Any, **kwargs: Any) -> Any:
        take_numbers_of_closed_streams()
        with said_where_it_is_full():
            return super().main(*args, **kwargs)

    def invoke(self, context: click.Context) -> object:
        try:
            return super().invoke(context)
        except click.ClickException as error:  # its words may hold a file's name
            from gouji.inference.printable import in_lines

            error.message = in_lines(error.message)  # type: ignore[misc]  # to raise another would lose its kind
            raise


@click.group(cls=_Grouped, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="gouji")
def main() -> None:
    """Rebuild and check the official tables of government-information disclosure reports.

    Give it what you have, a page, a folder, an archive, a crawl:

    \b
      gouji extract pages -o matrices.jsonl --html look
      gouji show pages/report.html

    gouji COMMAND --help explains a command, with an example; the guide is docs/ of the source.
    """
    end_on_terminate()


for group in _GROUPS.values():
    for command in group:
        main.add_command(command)
