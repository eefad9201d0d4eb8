"""Show what became of mutated pages: a table, JSON, a list of faults, and the pages to keep.

Flow:  tallies -> **report**
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gouji.inference.extraction import Number
from gouji.inference.mutation.catalogue import LIES, MUTATIONS
from gouji.inference.mutation.mutants import LeftOut, Mutant
from gouji.inference.mutation.sheet import Sheet
from gouji.inference.mutation.tally import MutationTally, add_up_mutations, fault_text

if TYPE_CHECKING:
    from rich.table import Table

_LISTED = 6  # faults of one page
_REASONS = 2  # of open cells, the commonest
_HEADS: Mapping[str, str] = {
    "pages": "pages",
    "right": "right",
    "lied": "as lied",
    "astray": "led astray",
    "wrong": "wrong",
    "overlooked": "over- looked",
    "ambiguous": "ambi- guous",
    "false_lists": "without truth",
    "missing": "missing",
    "verified": "verified pages",
    "broken": "of them wrong",
    "undetectable": "unde- tectable",
}


def mutation_groups(mutants: Sequence[Mutant]) -> dict[str, dict[str, Sequence[Mutant]]]:
    """All mutants, then those of each mutation alone, then in pairs."""
    alone = [mutant for mutant in mutants if len(mutant.mutations) == 1]
    groups: dict[str, dict[str, Sequence[Mutant]]] = {
        "all": {"all": mutants, "alone": alone, "in pairs": [m for m in mutants if len(m.mutations) > 1]},
        "alone": _by_mutation(mutants, paired=False),
        "in pairs": _by_mutation(mutants, paired=True),
    }
    return {kind: {name: group for name, group in named.items() if group} for kind, named in groups.items()}


def mutation_table(mutants: Sequence[Mutant]) -> Table:
    """A row for all and for each mutation; other programs' cells in columns beside ours."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    table.add_column("mutation", no_wrap=True)
    for head in _HEADS.values():
        table.add_column(head, justify="right")
    table.add_column("why open", no_wrap=True)
    programs = list(mutants[0].others) if mutants else []
    for program in programs:
        table.add_column(f"{program}: right", justify="right")
        table.add_column("wrong", justify="right")
    for kind, named in mutation_groups(mutants).items():
        for name, group in named.items():
            tally = add_up_mutations(mutant.tally for mutant in group)
            label = f"{name} +" if kind == "in pairs" else name
            table.add_row(label, *_figures(tally), _reasons(tally), *_beside(group, programs))
        table.add_section()
    return table


def mutation_summary(mutants: Sequence[Mutant], left_out: Sequence[LeftOut]) -> dict[str, Any]:
    """The same as JSON has it, with every mutant that has a fault."""
    return {
        "groups": {
            kind: {name: _counts(group) for name, group in named.items()}
            for kind, named in mutation_groups(mutants).items()
        },
        "left_out": {page.page: page.reason for page in left_out},
        "faulty": [
            {
                "page": mutant.name,
                "status": mutant.status,
                "error": mutant.error,
                "faults": [fault_text(fault) for fault in mutant.faults],
            }
            for mutant in mutants
            if mutant.is_faulty
        ],
    }


def mutant_lines(mutants: Sequence[Mutant]) -> Iterator[str]:
    """For each mutant its first faults, or how the program failed at it."""
    for mutant in mutants:
        if mutant.error is not None:
            yield f"{mutant.name}: {mutant.error}"
        for fault in mutant.faults[:_LISTED]:
            yield f"{mutant.name} ({mutant.status}): {fault_text(fault)}"
        if len(mutant.faults) > _LISTED:
            yield f"{mutant.name} ({mutant.status}): and {len(mutant.faults) - _LISTED} more"


def keep_mutants(mutants: Sequence[Mutant], folder: Path) -> int:
    """Write the mutants with faults as page files and truths, as `gouji evaluate` reads them.

    A truth says under `printed` which cells a lie prints otherwise, and under `readings` what else than a
    cell's number may be read of its print; a cell that can only be left open is not among its `cells`.

    Returns:
        How many were written.
    """
    kept = [mutant for mutant in _with_sheets(mutants) if mutant[0].is_faulty]
    for mutant, sheet in kept:
        printed = {k: v for k, v in sheet.printed.items() if v != sheet.truth[k]}
        cells = {key: value for key, value in _cells(sheet).items() if sheet.readings.get(key) != ()}
        told = {
            "partial": mutant.truth.partial,
            "printed": printed,
            "readings": {key: list(readings) for key, readings in sheet.readings.items()},
            "cells": cells,
        }
        _write(mutant, sheet, folder, told)
    return len(kept)


def keep_prints(mutants: Sequence[Mutant], folder: Path) -> int:
    """Write all mutants as page files, each with what it prints as its truth: a lie is what is to be read.

    A table that nobody can read, since it lies and is damaged or since its rows were moved, is left out.

    Returns:
        How many were written.
    """
    kept = _with_sheets(mutants)
    for mutant, sheet in kept:
        cells = dict(_readable(mutant, sheet))
        whole = not mutant.truth.partial and len(cells) == len(sheet.truth)
        _write(mutant, sheet, folder, {"partial": not whole, "cells": cells})
    return len(kept)


def _with_sheets(mutants: Iterable[Mutant]) -> list[tuple[Mutant, Sheet]]:
    return [(mutant, mutant.sheet) for mutant in mutants if mutant.sheet is not None]


def _readable(mutant: Mutant, sheet: Sheet) -> Iterator[tuple[str, Number | None]]:
    """The cells that a mutant prints, less those of tables that lead astray."""
    damaged = any(name not in LIES for name in mutant.mutations)
    for key, printed in sheet.printed.items():
        table = key.partition("/")[0]
        readings = sheet.readings.get(key, (printed,))
        if len(readings) == 1 and not (sheet.is_moved(table) or (damaged and table in sheet.lying)):
            yield key, readings[0]


def _write(mutant: Mutant, sheet: Sheet, folder: Path, cells: Mapping[str, Any]) -> None:
    """Write a mutant's page, and its truth with those entries besides what the report's own says."""
    for name in ("pages", "truth"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    truth = mutant.truth
    record = {
        "id": mutant.id,
        "form": truth.form,
        "title": truth.title,
        "issuer": truth.issuer,
        "year": truth.year,
        "doubtful": sorted(sheet.doubtful & cells["cells"].keys()),
        **cells,
    }
    (folder / "pages" / mutant.name).write_bytes(sheet.text.encode("utf-8"))
    text = json.dumps(record, ensure_ascii=False, indent=0)
    (folder / "truth" / f"{mutant.id}.json").write_text(text + "\n", encoding="utf-8")


def _cells(sheet: Sheet) -> dict[str, Number | None]:
    """The truth, and where a cell's print says another number, that one."""
    return {**sheet.truth, **{key: each[0] for key, each in sheet.readings.items() if each}}


def _by_mutation(mutants: Iterable[Mutant], *, paired: bool) -> dict[str, Sequence[Mutant]]:
    """The mutants of each mutation, alone or in pairs; those of a pair stand with both."""
    groups: dict[str, list[Mutant]] = {}
    for mutant in mutants:
        if (len(mutant.mutations) > 1) is paired:
            for name in dict.fromkeys(mutant.mutations):
                groups.setdefault(name, []).append(mutant)
    return {name: groups[name] for name in MUTATIONS if name in groups}


def _figures(tally: MutationTally) -> Iterator[str]:
    counts = asdict(tally)
    yield from (str(counts[name]) for name in _HEADS)


def _reasons(tally: MutationTally) -> str:
    """What stands most often against the cells that are open, with its share of them."""
    commonest = tally.reasons.most_common(_REASONS) if tally.ambiguous else []
    return ", ".join(f"{why} {count / tally.ambiguous:.0%}" for why, count in commonest)


def _beside(group: Sequence[Mutant], programs: Sequence[str]) -> Iterator[str]:
    for program in programs:
        tally = add_up_mutations(mutant.others[program] for mutant in group)
        yield from (str(tally.right), str(tally.wrong))


def _counts(group: Sequence[Mutant]) -> dict[str, Any]:
    counts: dict[str, Any] = asdict(add_up_mutations(mutant.tally for mutant in group))
    for program in group[0].others:
        counts[program] = asdict(add_up_mutations(mutant.others[program] for mutant in group))
    return counts
