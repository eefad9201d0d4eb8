"""Write made-up reports as files of the kinds that people hold, each beside its truth, and measure them.

Flow:  composed reports -> kinds -> **pages/ID__made__KIND.ENDING, truth/ID.json** -> evaluation -> table

    gouji synthesize --as html,xlsx,otsl --count 20 --seed 1500 --pages field
    gouji evaluate --pages field/pages --truth field/truth --json | python -m gouji.training.kinds.field

The reports are whole ones, half in each form, with their publishers' habits, and the same for every kind.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from gouji.model.forms import load_forms
from gouji.training.composition import compose_report
from gouji.training.kinds.registry import Kind
from gouji.training.programs import ProgramError, run_program
from gouji.training.reports import Report
from gouji.training.truth_notes import notes_of

_SECONDS_A_FILE = 60.0  # of a program, on a busy machine
_CHROMIUM = ("--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer")


def whole_reports(count: int, seed: int, *, consistent: bool = False) -> Iterator[Report]:
    """Reports that hold every cell of their form, the forms in turn."""
    forms = sorted(load_forms())
    made = index = 0
    while made < count:
        report = compose_report(random.Random(f"{seed}/field/{index}"), consistent=consistent)
        index += 1
        form = forms[made % len(forms)]
        keys = {key for table in load_forms()[form].tables for key in table.keys()}
        if report.form == form and keys == report.truth.keys():
            made += 1
            yield report


def write_field(kinds: Sequence[Kind], reports: Sequence[Report], seed: int, folder: Path) -> Iterator[Path]:
    """Write each report as each kind, and its truth.

    Raises:
        ProgramError: A program that a kind needs is not installed, or failed.
    """
    for name in ("pages", "truth"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    named = {f"field{seed}-{number}": report for number, report in enumerate(reports)}
    for page_id, report in named.items():
        record: dict[str, Any] = {"id": page_id, "form": report.form, "issuer": report.issuer}
        record |= {"cells": dict(report.truth)} | notes_of(report).record()
        text = json.dumps(record, ensure_ascii=False, indent=0)
        (folder / "truth" / f"{page_id}.json").write_text(text + "\n", encoding="utf-8")
    for kind in kinds:
        made = {
            f"{page_id}__made__{kind.name}": kind.write(report, random.Random(f"{page_id}/{kind.name}"))
            for page_id, report in named.items()
        }
        made = _converted(kind, made) if kind.program else made
        for name, data in made.items():
            path = folder / "pages" / f"{name}.{kind.ending}"
            path.write_bytes(data)
            yield path


def field_table(evaluation: Mapping[str, Any]) -> str:
    """Of what `gouji evaluate --json` says, a row for each kind, in Markdown.

    A number that is called blank is counted as wrong, and once more by itself.
    """
    rows = ["| kind | pages | numbers | right | wrong | called blank | missed | |", "|---|" + "---:|" * 7]
    for name, group in sorted(evaluation["gouji"]["damage"].items()):
        numbers, blanks = group["numbers"], group["blanks"]
        cells = (group["pages"], numbers["cells"], numbers["right"], numbers["wrong"] + blanks["wrong"])
        counts = (*cells, group["overlooked"], numbers["open"])
        rows.append(f"| `{name}` | {' | '.join(map(str, counts))} | {numbers['right_share']:.1%} |")
    return "\n".join(rows)


def _converted(kind: Kind, made: Mapping[str, bytes]) -> dict[str, bytes]:
    """What a program makes of the files of a kind."""
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        sources = [work / f"{stem}.{kind.made_as}" for stem in made]
        for source, data in zip(sources, made.values(), strict=True):
            source.write_bytes(data)
        out = work / "out"
        out.mkdir()
        if kind.program == "soffice":
            _by_libreoffice(kind, sources, work, out)
        else:
            for source in sources:
                _by_program(kind, source, work, out / f"{source.stem}.{kind.ending}")
        written = {stem: out / f"{stem}.{kind.ending}" for stem in made}
        if lost := [path.name for path in written.values() if not path.exists()]:
            raise ProgramError(f"{kind.program}: wrote no {', '.join(lost)}; leave {kind.name} out")
        return {stem: path.read_bytes() for stem, path in written.items()}


def _by_libreoffice(kind: Kind, sources: Sequence[Path], work: Path, out: Path) -> None:
    profile = f"-env:UserInstallation={(work / 'profile').as_uri()}"
    convert = ("--convert-to", kind.wanted or kind.ending, "--outdir", str(out))
    command = ["soffice", "--headless", profile, *convert, *map(str, sources)]
    run_program(command, seconds=_SECONDS_A_FILE * (len(sources) + 2))


def _by_program(kind: Kind, source: Path, work: Path, target: Path) -> None:
    if kind.program == "chromium":
        options = (*_CHROMIUM, f"--user-data-dir={work / 'profile'}", f"--print-to-pdf={target}")
        run_program(["chromium", *options, source.as_uri()])
    else:
        charsets = ("-I", "UTF-8", "-O", "UTF-8")
        printed = run_program(["w3m", "-dump", "-T", "text/html", *charsets, "-cols", "120", str(source)])
        target.write_text(printed, encoding="utf-8")


if __name__ == "__main__":
    print(field_table(json.load(sys.stdin)))
