"""Split pages into those that are learnt from and those that are kept aside to watch the training on.

Flow:  labelled pages -> **split by issuer** -> training, validation

An issuer prints alike year after year, and one report is often scraped twice, so whole
issuers are kept aside: no report is on both sides. A page that names no issuer is known by
its title; where that says nothing, by its id before `__`, its text, and the figures of its truth.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from gouji.annotations.pages import LabelledPage
from gouji.inference.metadata import read_metadata
from gouji.model.page import Page, fold

# Of the issuers, the share that is kept aside, and after how many pages there are enough: more would
# make each look at them longer than the training between two looks.
_LABELLED_SHARE, _MOST_LABELLED = 0.2, 50
# Fewer issuers are all learnt from: each shows what no other does. With one of the five pages of
# samples/read_aloud kept aside 100%, 99.5% and 100% of the cells of other pages came out right, by seed, with
# none 100% each time; with three of the twelve of samples/website 86, 86 and 76%, with none 97, 94 and 92%.
_FEWEST_ISSUERS = 20
_MADE_UP_SHARE, _MOST_MADE_UP = 0.05, 30
# Reports with fewer figures than this may say the same by chance: a small bureau's are nearly all 0.
_TELLING_FIGURES = 10


@dataclass(frozen=True, slots=True)
class Split:
    """Labelled and made-up pages, each learnt from or watched."""

    labelled: tuple[LabelledPage, ...]
    made_up: tuple[LabelledPage, ...]
    watched_labelled: tuple[LabelledPage, ...]
    watched_made_up: tuple[LabelledPage, ...]
    issuers: int  # of the labelled pages
    watched_issuers: int


def split_by_issuer(labelled: Sequence[LabelledPage], made_up: Sequence[LabelledPage], *, seed: int) -> Split:
    """Keep whole issuers aside: a fifth of those of the labelled pages, a twentieth of the made-up ones.

    Where the labelled pages are of few issuers all pages are learnt from. Which issuers are kept
    aside does not depend on the order of the pages.
    """
    groups = issuers_of([*labelled, *made_up])
    own, others = groups[: len(labelled)], groups[len(labelled) :]
    rivals = [group for group in others if group not in set(own)]
    watched: set[str] = set()
    aside: set[str] = set()
    if not own or len(set(own)) >= _FEWEST_ISSUERS:
        watched = _drawn(own, _LABELLED_SHARE, _MOST_LABELLED, seed)
        aside = watched | _drawn(rivals, _MADE_UP_SHARE, _MOST_MADE_UP, seed)
    return Split(
        labelled=tuple(page for page, group in zip(labelled, own, strict=True) if group not in aside),
        made_up=tuple(page for page, group in zip(made_up, others, strict=True) if group not in aside),
        watched_labelled=tuple(page for page, group in zip(labelled, own, strict=True) if group in aside),
        watched_made_up=tuple(page for page, group in zip(made_up, others, strict=True) if group in aside),
        issuers=len(set(own)),
        watched_issuers=len(watched),
    )


def keep_aside(
    labelled: Sequence[LabelledPage], *, seed: int
) -> tuple[list[LabelledPage], list[LabelledPage]]:
    """Labelled pages to learn from, and those of a fifth of the issuers, at least one, to measure on.

    Pages of one issuer are all learnt from. Which issuers are kept aside does not depend on the order.

    >>> pages = [LabelledPage(name, name, (), issuer=name[0]) for name in ("甲1", "甲2", "乙1")]
    >>> [[page.id for page in side] for side in keep_aside(pages, seed=0)]
    [['乙1'], ['甲1', '甲2']]
    """
    groups = issuers_of(labelled)
    aside = _drawn(groups, _LABELLED_SHARE, _MOST_LABELLED, seed)
    sides: tuple[list[LabelledPage], list[LabelledPage]] = ([], [])
    for page, group in zip(labelled, groups, strict=True):
        sides[group in aside].append(page)
    return sides


def issuers_of(pages: Sequence[LabelledPage]) -> list[str]:
    """For each page the name of its issuer's group: pages that share any mark of an issuer share it.

    >>> pages = [LabelledPage("a__web", "…", (), issuer="青溪市水务局"), LabelledPage("a__pdf", "……", ())]
    >>> issuers_of(pages)
    ['id a', 'id a']
    """
    leaders: dict[str, str] = {}

    def leader(mark: str) -> str:
        while leaders.setdefault(mark, mark) != mark:
            mark = leaders[mark]
        return mark

    marks = [list(_marks(page)) for page in pages]
    for first, *more in marks:
        for mark in more:
            low, high = sorted((leader(first), leader(mark)))
            leaders[high] = low
    return [leader(first) for first, *_ in marks]


def _marks(page: LabelledPage) -> Iterator[str]:
    """What tells a page's report from others; pages that share one belong together."""
    yield f"id {page.id.partition('__')[0]}"
    yield f"text {_digest(page.text)}"
    issuer = page.issuer or read_metadata(Page(page.id, page.text)).issuer
    if issuer:
        yield f"issuer {''.join(fold(issuer).split())}"
    figures = sorted((key, float(value)) for key, value in (page.truth or {}).items() if value)
    if len(figures) >= _TELLING_FIGURES:
        yield f"truth {_digest(repr(figures))}"


def _drawn(groups: Sequence[str], share: float, most: int, seed: int) -> set[str]:
    """Whole groups, until they are that share of all groups or hold enough pages."""
    pages: defaultdict[str, int] = defaultdict(int)
    for group in groups:
        pages[group] += 1
    drawn: set[str] = set()
    if len(pages) < 2:
        return drawn
    for group in sorted(pages, key=lambda group: _digest(f"{seed} {group}")):
        if len(drawn) >= ceil(share * len(pages)) or sum(pages[g] for g in drawn) >= most:
            break
        drawn.add(group)
    return drawn


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
