"""A label's words, and what it is numbered by, apart from how it is printed.

Flow:  page text, forms -> **label words** -> parts of a document, labels compared

Ordinals, brackets, quotation marks and blanks come and go from one print of a label to the next; the order of
its words stays. Nothing is compared here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from gouji.model.forms import Label
from gouji.model.page import fold

_ORDINAL = re.compile(
    r"^(?:\([一二三四五六七八九十0-9]{1,2}\)|[一二三四五六七八九十]{1,2}[、.,:]|[0-9](?:[、.,:)]|(?=[^\W\d_])))"
)
_BRACKET = re.compile(r"\([^()]*\)?")
_NOT_WORD = re.compile(r"[^\w]|_")
_NUMBERED = re.compile(r"\(?([一二三四五六七八九十]{1,2}|[0-9]{1,2})[)、.,:]")


@lru_cache(maxsize=1 << 14)
def bare(label: str) -> str:
    """A label without ordinal, punctuation and blanks.

    >>> bare("（三）不予 公开"), bare("3.危及“三安全一稳定”"), bare("四、结转下年度")
    ('不予公开', '危及三安全一稳定', '结转下年度')
    """
    return _NOT_WORD.sub("", _without_ordinal(label))


def bare_wordings(labels: Iterable[Label]) -> frozenset[str]:
    """Every wording of some labels, bare.

    >>> sorted(bare_wordings([Label("revoked", "本年废止件数", ("本年 废止数量",))]))
    ['本年废止件数', '本年废止数量']
    """
    return frozenset(bare(wording) for label in labels for wording in label.wordings)


def without_brackets(label: str) -> str:
    """The bare label without what stands in brackets behind it.

    >>> without_brackets("规章（设区的市以上填报）")
    '规章'
    """
    rest = _without_ordinal(label)
    return _NOT_WORD.sub("", _BRACKET.sub("", rest) if "(" in rest else rest)


@lru_cache(maxsize=1 << 14)
def ordinal_of(label: str) -> str:
    """What a label is numbered by, or nothing.

    >>> ordinal_of("（七）总计"), ordinal_of("3.其他"), ordinal_of("规章")
    ('七', '3', '')
    """
    match = _NUMBERED.match(_compact(label))
    return match.group(1) if match else ""


def _without_ordinal(label: str) -> str:
    return _ORDINAL.sub("", _compact(label))


@lru_cache(maxsize=1 << 6)  # a label is asked for its ordinal and its words, with and without brackets
def _compact(label: str) -> str:
    """A label folded and without blanks."""
    return "".join(fold(label).split())
