"""The bare labels of the shipped forms, by what they label: how a reader knows an official table.

Flow:  forms -> **words** -> readers
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from gouji.model.forms import Label, load_forms
from gouji.model.label_words import bare, bare_wordings

PATH = re.compile(r"[._/·:：>—-]+")  # between a group's label and the one below it, in one cell


@dataclass(frozen=True, slots=True)
class FormWords:
    """The bare labels of all forms.

    `heads` stand over columns: `columns`, groups of them among those, and the rows of a band; `rows` begin a
    row and are no head as well.
    """

    columns: frozenset[str]
    heads: frozenset[str]
    rows: frozenset[str]

    @property
    def all(self) -> frozenset[str]:
        return self.heads | self.rows


@lru_cache(maxsize=1)
def form_words() -> FormWords:
    """The words of every form that is shipped."""
    tables = [table for form in load_forms().values() for table in form.tables]
    blocks = [(table.printed == "band", block) for table in tables for block in table.blocks]
    columns = [label for _, b in blocks for label in b.columns]
    groups = [Label("", head) for _, b in blocks for head in b.heads]
    rows = [(band, label) for band, b in blocks for label in (*b.rows, *b.groups, *b.items)]
    over_columns = bare_wordings([*columns, *groups])
    heads = over_columns | bare_wordings(label for band, label in rows if band)
    return FormWords(over_columns, heads, bare_wordings(label for band, label in rows if not band) - heads)


def is_official(rows: Iterable[Sequence[str]], fewest: int) -> bool:
    """Whether so many official labels stand in the rows' cells, alone or on a path, each counted once."""
    known = form_words().all
    found: set[str] = set()
    for row in rows:
        said = (part for text in row if text for part in (text, *PATH.split(text)))
        found.update(words for part in said if (words := bare(part)) in known)
        if len(found) >= fewest:
            return True
    return False
