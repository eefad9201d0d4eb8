"""Layout damage to labels and headings: lost, cut, broken, misprinted, behind their numbers.

Flow:  sheet -> **mutations** -> mutated page -> extraction -> tallies
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping

from gouji.inference.mutation.choices import Mutation, changed, labelled_rows
from gouji.inference.mutation.sheet import Part, Sheet
from gouji.model.labels import Tag


def _relabelled(edit: Callable[[str, random.Random], str], count: int = 1) -> Mutation:
    """Change the labels of some rows."""

    def mutation(sheet: Sheet, rng: random.Random) -> Sheet | None:
        labels = list(sheet.labels.values())
        chosen = rng.sample(labels, min(count, len(labels)))
        return changed(
            sheet,
            [
                Part(label.start, label.end, edit(sheet.text[label.start : label.end], rng))
                for label in chosen
            ],
        )

    return mutation


def _lost(*tags: Tag, every: bool = False) -> Mutation:
    """Take away a heading, or all of its kind."""

    def mutation(sheet: Sheet, rng: random.Random) -> Sheet | None:
        places = [place for tag in tags for place in sheet.marks[tag]]
        if places and not every:
            places = [rng.choice(places)]
        return changed(sheet, [Part(place.start, place.end, "") for place in places])

    return mutation


def _broken(surface: str, rng: random.Random) -> str:
    at = rng.randrange(1, max(len(surface), 2))
    return surface[:at] + "\n" + surface[at:]


def _broken_by_mark(surface: str, rng: random.Random) -> str:
    at = rng.randrange(1, max(len(surface), 2))
    return surface[:at] + f"\n- {rng.randrange(2, 9)} -\n" + surface[at:]


def _misprinted(surface: str, rng: random.Random) -> str:
    at = rng.randrange(len(surface))
    return surface[:at] + rng.choice("口囗卩丨凵") + surface[at + 1 :]


def _label_behind(every: bool) -> Mutation:
    """Print labels behind the numbers of their rows."""

    def mutation(sheet: Sheet, rng: random.Random) -> Sheet | None:
        rows = labelled_rows(sheet, rng)
        rng.shuffle(rows)
        moved = sheet
        for row in rows:
            place, numbers = moved.row(row), moved.numbers(row)
            if place is not None and numbers is not None:
                moved = moved.exchanged(moved.labels[row], numbers)
                if not every:
                    break
        return None if moved is sheet else moved

    return mutation


MUTATIONS_OF_LABELS: Mapping[str, Mutation] = {
    "label_lost": _relabelled(lambda surface, rng: ""),
    "three_labels_lost": _relabelled(lambda surface, rng: "", 3),
    "label_cut": _relabelled(lambda surface, rng: surface[: max(len(surface) // 2, 2)]),
    "label_head_cut": _relabelled(lambda surface, rng: surface[len(surface) // 2 :]),
    "label_over_lines": _relabelled(_broken),
    "labels_over_lines": _relabelled(_broken, 99),
    "label_misprinted": _relabelled(_misprinted),
    "label_repeated": _relabelled(lambda surface, rng: f"{surface}\n{surface}"),
    "page_mark_in_label": _relabelled(_broken_by_mark),
    "label_behind_numbers": _label_behind(every=False),
    "labels_behind_numbers": _label_behind(every=True),
    "group_label_lost": _lost(Tag.GROUP),
    "group_labels_lost": _lost(Tag.GROUP, every=True),
    "heading_lost": _lost(Tag.SECTION, Tag.SUBTABLE),
    "headings_lost": _lost(Tag.SECTION, Tag.SUBTABLE, every=True),
    "column_label_lost": _lost(Tag.COLUMN),
    "column_labels_lost": _lost(Tag.COLUMN, every=True),
}
