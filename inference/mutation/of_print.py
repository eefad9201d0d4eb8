"""Layout damage to the print of figures and of the whole text. No figure changes.

Flow:  sheet -> **mutations** -> mutated page -> extraction -> tallies
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence

from gouji.inference.mutation.choices import Mutation, changed, one_table
from gouji.inference.mutation.sheet import Part, Sheet


def _figures(edit: Callable[[str, random.Random], str], *, alone: bool = False) -> Mutation:
    """Print plain figures in another way: all, or one of them."""

    def mutation(sheet: Sheet, rng: random.Random) -> Sheet | None:
        keys = [key for key in sheet.cells if sheet.is_plain(key)]
        state = rng.getrandbits(32)
        new = {key: edit(sheet.surface(key), random.Random(state)) for key in keys}
        keys = [key for key in keys if new[key] != sheet.surface(key)]
        if alone and keys:
            keys = [rng.choice(keys)]
        return changed(sheet, [Part(sheet.cells[key].start, sheet.cells[key].end, new[key]) for key in keys])

    return mutation


def _broken(separators: Sequence[str]) -> Mutation:
    """Break one figure of several digits."""

    def edit(surface: str, rng: random.Random) -> str:
        if len(surface) < 2 or not surface.isdigit():
            return surface
        at = rng.randrange(1, len(surface))
        return surface[:at] + rng.choice(separators) + surface[at:]

    return _figures(edit, alone=True)


def _thousands(surface: str, rng: random.Random) -> str:
    return f"{int(surface):,}" if surface.isdigit() else surface


def _full_width(surface: str, rng: random.Random) -> str:
    return re.sub(r"[0-9]", lambda digit: chr(ord(digit.group()) + 0xFEE0), surface)


def _everywhere(pattern: str, new: str) -> Mutation:
    """Replace every match in the text."""
    compiled = re.compile(pattern)

    def mutation(sheet: Sheet, rng: random.Random) -> Sheet | None:
        edits = [Part(match.start(), match.end(), new) for match in compiled.finditer(sheet.text)]
        return changed(sheet, edits)

    return mutation


def _in_table(pattern: str, new: str) -> Mutation:
    """Replace every match between the first and the last cell of a table, outside of the cells.

    Figures of cells may run together, but none with a figure that is no cell's: that would print another one.
    """
    compiled = re.compile(pattern)

    def mutation(sheet: Sheet, rng: random.Random) -> Sheet | None:
        places = [sheet.cells[k] for row in one_table(sheet, rng) for k in sheet.printed_cells(row)]
        if not places:
            return None
        bounds = min(p.start for p in places), max(p.end for p in places)
        edges = {place for p in sheet.cells.values() for place in (p.start, p.end)}
        return changed(
            sheet,
            [
                Part(match.start(), match.end(), new)
                for match in compiled.finditer(sheet.text, *bounds)
                if new or not _between_digits(sheet.text, match.span()) or edges.issuperset(match.span())
            ],
        )

    return mutation


def _between_digits(text: str, span: tuple[int, int]) -> bool:
    before, behind = text[span[0] - 1 : span[0]], text[span[1] : span[1] + 1]
    return before.isdigit() and behind.isdigit()


def _ghosts(sheet: Sheet, rng: random.Random) -> Sheet | None:
    """Zero-width characters, sown thin."""
    count = min(len(sheet.text), 60)
    return sheet.edited([Part(at, at, "\u200b") for at in rng.sample(range(len(sheet.text)), count)])


MUTATIONS_OF_PRINT: Mapping[str, Mutation] = {
    "figure_over_lines": _broken(("\n", "\n ", "\r\n")),
    "figure_parted": _broken((" ", "\u3000", "\t")),
    "figure_with_ghost": _broken(("\u200b", "\ufeff", "\u00ad")),
    "thousands": _figures(_thousands),
    "full_width": _figures(_full_width),
    "decimals": _figures(lambda surface, rng: f"{surface}.00" if surface.isdigit() else surface),
    "plus_sign": _figures(lambda surface, rng: f"+{surface}", alone=True),
    "leading_zero": _figures(lambda surface, rng: f"0{surface}" if surface != "0" else surface, alone=True),
    "nbsp": _everywhere(" ", "\u00a0"),
    "crlf": _everywhere(r"(?<!\r)\n", "\r\n"),
    "blanks_squeezed": _everywhere(r"[ \t\u3000\u00a0]+", " "),
    "blank_lines": _everywhere(r"\n", "\n\n"),
    "indented": _everywhere(r"\n", "\n    "),
    "lines_joined_in_table": _in_table(r"[^\S\n]*\n\s*", " "),
    "blanks_gone_in_table": _in_table(r"\s+", ""),
    "ghosts": _ghosts,
}
