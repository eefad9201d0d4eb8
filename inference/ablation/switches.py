"""What is switched off together: each doubt alone, each family, groups that the user names, and all doubts.

Flow:  catalogue -> **switches** -> ablation
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from gouji.inference.assembly.doubt import Doubt, Family
from gouji.inference.assembly.doubts.catalogue import DOUBTS, of_family
from gouji.model.errors import GoujiError


class SwitchError(GoujiError):
    """There is no doubt of a name."""


@dataclass(frozen=True, slots=True)
class Switch:
    """Doubts that are switched off together; `doubt` where it is one by itself."""

    name: str
    off: frozenset[str]  # names of doubts
    doubt: Doubt | None = None


def switches(groups: Sequence[Iterable[str]] = ()) -> tuple[Switch, ...]:
    """Each family followed by its doubts, then groups, then all doubts together.

    Args:
        groups: Names of doubts that are switched off together.

    Raises:
        SwitchError: A name is no doubt's; all unknown names at once.

    >>> [switch.name for switch in switches([["uneven", "no_reading"]])][-2:]
    ['group 1', 'all doubts']
    """
    named = tuple(frozenset(group) for group in groups)
    unknown = sorted({name for group in named for name in group} - DOUBTS.keys())
    if unknown:
        raise SwitchError("\n".join(map(_no_such_doubt, unknown)))
    grouped = (Switch(f"group {number}", group) for number, group in enumerate(named, 1))
    return (*_families(), *grouped, Switch("all doubts", frozenset(DOUBTS)))


def _families() -> Iterator[Switch]:
    for family in Family:
        names = of_family(family)
        yield Switch(str(family), names)
        for name in DOUBTS:
            if name in names:
                yield Switch(name, frozenset([name]), DOUBTS[name])


def _no_such_doubt(name: str) -> str:
    near = get_close_matches(name, DOUBTS, 3)
    listed = f"near it: {', '.join(near)}" if near else f"there are: {', '.join(DOUBTS)}"
    return f"{name!r}: no such doubt; {listed}"
