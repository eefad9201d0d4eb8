"""Cut a folded page into the tokens that the tagger sees.

Flow:  page -> **tokens** -> tags -> spans

Three kinds. A *separator* is a whole run of blanks, line breaks, tabs, pipes and ruling,
shrunk to one token that says what was in it: where a cell ends is what the layout tells.
A *number* is digits with sign, decimals and thousands separators; the tagger sees its
shape, not its value. Everything else is words, cut with a small dictionary of
the forms' language; a word that the vocabulary lacks falls back to its characters.

The ordinal of a label (`2.` in `2.重复申请`) is a token of its own, and is cut off a
number that runs into it (`232.重复申请` is 23 and 2.): no form has two-digit ordinals.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from gouji.model.errors import GoujiError
from gouji.model.numbers import NUMBER as DIGITS
from gouji.model.numbers import ZEROS, printed_digits
from gouji.model.page import GHOST, NARROW
from gouji.model.words import Words

WEIGHTS_DIR = Path(__file__).parent / "weights"
PAD, UNKNOWN = "[PAD]", "[UNK]"

_BLANK = rf"[ \t\n{GHOST}{NARROW}|│┃║┆┊\u2500-\u257f]"
_RULING = r"(?:(?<![0-9])[-=]{3,}(?![0-9-])|\+(?=[-=]{3})|(?<=[-=]{3})\+)"
_EDGE = _BLANK[:-1] + "*_]"  # of a cell's print: a separator, or markdown's emphasis
_CELL_END = rf"[ {GHOST}]*(?:[\t\n|│┃║]|\Z)"  # with nothing behind it in its cell
_NUMBER = re.compile(
    rf"""
    (?P<separator>(?:{_BLANK}|{_RULING}|(?<=[|\n]):(?=-)|(?<=-):(?=[|\s]))+)
  | (?P<number>
        {DIGITS}  # or a letter that has its cell for itself; an o before text is a bullet
      | (?:(?<={_EDGE})|\A)(?:[O〇零](?={_EDGE}|$)|o(?={_CELL_END}))
    )
  | (?P<latin>[A-Za-z]+)
  | (?P<words>[^\W\d_A-Za-z]+)
  | (?P<other>(?<={_EDGE})(?P<dash>[—–-])(?P=dash){{1,2}}(?={_EDGE}|$)|.)  # dashes alone in a cell are one
    """,
    re.VERBOSE | re.DOTALL,
)
# An ordinal ends a number: `2.` or `2、` that no digit follows, nor the end of the cell.
_ORDINAL = re.compile(rf"[0-9][.、](?!{GHOST}*[0-9])")
_LAST = re.compile(rf"[.、]{_CELL_END}")


_UNIT = "件"  # what the tagger takes a share's sign for, where a share is all that a cell prints
_BEHIND_CELL = re.compile(rf"(?={_EDGE})|\Z")


class Kind(StrEnum):
    """What a token is, before anything is tagged."""

    SEPARATOR = "separator"
    NUMBER = "number"
    ORDINAL = "ordinal"
    WORD = "word"


SEPARATOR, NUMBER, ORDINAL, WORD = Kind  # asked for at every token: an attribute of an enumeration takes long


def refuse_shipped(folder: Path) -> None:
    """Keep the installed weights as they are.

    Raises:
        GoujiError: A folder to write to is theirs.
    """
    if folder.resolve() == WEIGHTS_DIR.resolve():
        raise GoujiError(
            f"{folder}: this model ships with gouji and is never changed; name another folder with --out"
        )


class Token(NamedTuple):  # a page has some 1,500, and a dataclass that is frozen takes thrice as long to make
    """A piece of the page; `page.folded[start:end]` is its surface, `piece` its vocabulary entry."""

    kind: Kind
    start: int
    end: int
    piece: str

    @property
    def parts_cells(self) -> bool:
        """Whether it is a separator, and not a blank alone: a border, a tab, a line's end."""
        return self.kind is SEPARATOR and self.piece != "[ ]"


@lru_cache(maxsize=1 << 12)
def separator_piece(run: str) -> str:
    """The vocabulary entry of a run of separators: breaks (0, 1, 2 for more), and what was in them.

    >>> separator_piece(" | "), separator_piece("\\n\\n "), separator_piece("   "), separator_piece(" ")
    ('[SEP|]', '[SEP2]', '[GAP]', '[ ]')
    """
    breaks = min(run.count("\n"), 2)
    if any(character not in " \t\n-+=:" + GHOST + NARROW for character in run):
        return f"[SEP{breaks or ''}|]"
    if "---" in run or "===" in run:
        return f"[RULE{breaks or ''}]"
    if "\t" in run:
        return f"[SEP{breaks or ''}>]"
    if breaks:
        return f"[SEP{breaks}]"
    return "[GAP]" if len(run) > 1 else "[ ]"


@lru_cache(maxsize=1 << 12)
def number_piece(surface: str) -> str:
    """The vocabulary entry of a number: its sign, its length, its decimals, not its value.

    >>> [number_piece(s) for s in ("0", "17", "2023", "-52", "1,036", "14.495", "136122520451283214069")]
    ['[0]', '[2]', '[YEAR]', '[S2]', '[4,]', '[2.]', '[8]']
    """
    signed = "" if surface[0] in "0123456789" + ZEROS else "S"
    digits, _ = printed_digits(surface)
    whole, point, _ = digits.lstrip("-").partition(".")
    comma = "," if {",", NARROW} & set(surface) else ""
    if whole == "0" and not point:
        return f"[{signed}0]"
    if len(whole) == 4 and whole[:2] in ("19", "20") and not (signed or comma or point):
        return "[YEAR]"
    return f"[{signed}{min(len(whole), 8)}{comma}{point}]"


def runs_of(folded: str) -> list[tuple[int, int]]:
    """Where the runs of a text stand that are cut into tokens one by one."""
    return [match.span() for match in _NUMBER.finditer(folded)]


class Tokenizer:
    """Cuts pages into tokens; a vocabulary maps their pieces to ids.

    Args:
        vocabulary: Every piece that the tagger knows, in the order of its ids; a piece
            that is not there is `UNKNOWN`. None: words are never broken up (used to
            count words before there is a vocabulary).
        dictionary: The file of the words (`word frequency` a line).
    """

    def __init__(self, vocabulary: Sequence[str] | None, dictionary: Path) -> None:
        self.vocabulary = None if vocabulary is None else tuple(vocabulary)
        self.ids: Mapping[str, int] = {piece: i for i, piece in enumerate(self.vocabulary or ())}
        self._words = Words.load(dictionary)
        self._cut = lru_cache(maxsize=1 << 16)(self._cut_words)

    @classmethod
    def load(cls, directory: Path = WEIGHTS_DIR) -> Tokenizer:
        """The tokenizer of a model folder: `vocabulary.txt` and `words.txt`."""
        pieces = (directory / "vocabulary.txt").read_text(encoding="utf-8").splitlines()
        return cls(pieces, directory / "words.txt")

    def tokenize(self, folded: str) -> list[Token]:
        """The tokens of a folded text, in order; together they cover all of it but ghosts."""
        tokens: list[Token] = []
        add = tokens.append
        for match in _NUMBER.finditer(folded):
            start, end = match.span()
            group = match.lastgroup
            if group == "words":
                for length, piece in self._cut(match.group()):
                    add(Token(Kind.WORD, start, start + length, piece))
                    start += length
            elif group == "separator":
                add(Token(Kind.SEPARATOR, start, end, separator_piece(match.group())))
            elif group == "number":
                tokens.extend(self._number(folded, start, end))
            elif tokens and tokens[-1].kind is Kind.ORDINAL and tokens[-1].end > start:
                continue  # the point that its ordinal has taken
            elif match.group() in "%‰" and _is_of_cell(folded, tokens, end):
                add(Token(Kind.WORD, start, end, self._known(_UNIT)))
            else:
                add(Token(Kind.WORD, start, end, self._known(match.group()[0])))
        return tokens

    def encode(self, tokens: Sequence[Token]) -> list[int]:
        """The vocabulary ids of tokens."""
        unknown = self.ids[UNKNOWN]
        return [self.ids.get(token.piece, unknown) for token in tokens]

    def _number(self, folded: str, start: int, end: int) -> tuple[Token, ...]:
        surface = folded[start:end]
        last = len(surface) > 1 and _LAST.match(folded, end)
        if "." in surface or surface[-1] not in "0123456789" or last or not _ORDINAL.match(folded, end - 1):
            return (Token(Kind.NUMBER, start, end, number_piece(surface)),)
        ordinal = Token(Kind.ORDINAL, end - 1, end + 1, f"[ORD{surface[-1]}]")
        if len(surface) == 1:
            return (ordinal,)
        return Token(Kind.NUMBER, start, end - 1, number_piece(surface[:-1])), ordinal

    def _cut_words(self, run: str) -> tuple[tuple[int, str], ...]:
        pieces: list[tuple[int, str]] = []
        for word in self._words.cut(run):
            if self.vocabulary is None or word in self.ids:
                pieces.append((len(word), word))
            else:
                pieces.extend((1, self._known(character)) for character in word)
        return tuple(pieces)

    def _known(self, piece: str) -> str:
        return piece if self.vocabulary is None or piece in self.ids else UNKNOWN


def _is_of_cell(folded: str, tokens: Sequence[Token], end: int) -> bool:
    """Whether the last token is a number, with nothing before it in its cell, nor anything from `end` on."""
    if not tokens or tokens[-1].kind is not Kind.NUMBER or not _BEHIND_CELL.match(folded, end):
        return False
    return len(tokens) == 1 or tokens[-2].kind is Kind.SEPARATOR
