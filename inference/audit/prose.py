"""Find a page's sentences outside its tables, and cut them into clauses of words and numbers.

Flow:  page -> **sentences** -> claims -> findings

Line breaks of a flattener are closed up where a line was full or a number stands at the break;
where a table was read nothing is prose. Every word keeps its place in the decoded page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from gouji.inference.audit.claim_words import MEASURES, SENSES, Sense
from gouji.inference.audit.issuers import names_of_body, parse_name
from gouji.inference.audit.reports import Report
from gouji.model.page import GHOST, Page
from gouji.model.words import Words

_FULL_LINE = (
    25  # characters; a shorter line that ends without a mark is a heading or a cell, not a wrapped line
)
_LINE = re.compile(r"[^\n\t|]+|(?<=\n)(?=\s*\n)")  # an empty line parts; an empty cell does not
_DROPPED = f" {GHOST}*#_"
_OPENING = re.compile(  # of a heading, an item, or a paragraph on a year
    r"[一二三四五六七八九十]+[、.]|\([一二三四五六七八九十\d]+\)|第[一二三四五六]部分|\d+[.、]\D|20\d\d年"
)
_DIGITS = r"\d{1,3}(?:,\d{3})+(?!\d)|\d+(?:\.\d+)?"
_NUMERALS = "零一二三四五六七八九十"
_MEASURE = "|".join(sorted(MEASURES, key=len, reverse=True))
_YEAR_END = r"12月(?:31日|底|末)"
_LAST_DAY = (
    rf"(?:(?:截[至止]到?)?{{year}}年(?:{_YEAR_END}|底|末|度末)"
    rf"|截[至止]到?(?:{_YEAR_END}|年底|年末))(?:止|时)?"
)
_PERIOD = r"(?:自|从)?(?:{year}年度?)?1月1日起?(?:至|到|-|—+)(?:{year}年)?12月31日(?:止|期间|以来)?"
_PEOPLE = r"公民、?(?:和|或|及)?法人(?:、|和|或|或者|及|以及|与)?其[他它](?:社会)?组织"
_ORGAN = "局|委员会|委|办公室|办|厅|院|所|站|处|中心|会|社|馆|署|队|司|公司|单位|机关|部门|管委会"
_MANY_BODIES = "省市州盟县区旗"  # the table of such a place adds up all its bodies, not 本机关 alone


@dataclass(frozen=True, slots=True)
class Word:
    """A word or a number of a sentence; places are characters of the decoded page."""

    text: str  # folded, without blanks
    sense: Sense
    start: int
    end: int
    value: int | None = None  # of a number
    measured: bool = False  # whether what it counts stands behind it


@dataclass(frozen=True, slots=True)
class Clause:
    """The words between two marks."""

    words: tuple[Word, ...]
    bracketed: bool = False

    @property
    def text(self) -> str:
        return "".join(word.text for word in self.words)

    def has(self, *senses: Sense) -> bool:
        """Whether a word of one of these senses stands in it."""
        return any(word.sense in senses for word in self.words)


@dataclass(frozen=True, slots=True)
class Sentence:
    """Clauses up to a full stop, a semicolon, or the end of a paragraph."""

    clauses: tuple[Clause, ...]
    opens: bool  # a paragraph begins with it
    goes_on: bool  # it ends in a semicolon

    @property
    def text(self) -> str:
        return "".join(clause.text for clause in self.clauses)


def sentences(page: Page, report: Report) -> list[Sentence]:
    """The sentences of a page's prose, in order, read as its issuer's and its year's."""
    reader = _reader(report.issuer if report.titled else None, report.year)
    found = []
    for start, end in _between_tables(page, report):
        for paragraph in _paragraphs(page.folded, start, end):
            opens = True
            for text, places in _split(*paragraph):
                clauses = reader.clauses(text, places)
                if clauses:
                    found.append(Sentence(clauses, opens, text.endswith(";")))
                    opens = False
    return found


Stretch = tuple[str, Sequence[int]]  # characters, and the place of each in the page


def closed_up(page: Page) -> Stretch:
    """The whole page without blanks, line breaks and bars, as a pattern over broken lines wants it."""
    places = [i for i, character in enumerate(page.folded) if character not in f"\n\t|{_DROPPED}"]
    return _of(page.folded, places), places


def _between_tables(page: Page, report: Report) -> Iterator[tuple[int, int]]:
    """The stretches of a page that stand before, between and behind its tables' cells."""
    tables = []
    for table in report.forms:
        cells = [cell for key, cell in report.cells.items() if key.startswith(table + "/")]
        places = [(cell.start, cell.end) for cell in cells if cell.start is not None and cell.end is not None]
        if places:
            tables.append((min(start for start, _ in places), max(end for _, end in places)))
    at = 0
    for start, end in sorted(tables):
        if at < start:
            yield at, start
        at = max(at, end)
    yield at, len(page.text)


def _paragraphs(text: str, start: int, end: int) -> Iterator[Stretch]:
    """The paragraphs: lines without blanks, closed up where broken; bars and tabs end lines too."""
    kept: list[int] = []
    above: list[int] = []
    for match in _LINE.finditer(text, start, end):
        line = [i for i in range(*match.span()) if text[i] not in _DROPPED]
        if kept and (not line or _parts(_of(text, above), _of(text, line))):
            yield _of(text, kept), kept
            kept = []
        kept.extend(line)
        above = line
    if kept:
        yield _of(text, kept), kept


def _of(text: str, places: Sequence[int]) -> str:
    return "".join(text[i] for i in places)


def _parts(above: str, below: str) -> bool:
    """Whether a line's break parts paragraphs: not where the line was full, nor beside a number."""
    last, first = above[-1], below[0]
    if last in "。;!?" or _OPENING.match(below):
        return True
    if last.isdigit() != first.isdigit():
        return False  # a number that had markup of its own
    return last.isdigit() or (len(above) < _FULL_LINE and last not in ",、:(" and first not in ",、)")


def _split(text: str, places: Sequence[int]) -> Iterator[Stretch]:
    start = 0
    for match in re.finditer(r"[。;!?]+|$", text):
        if match.end() > start:
            yield text[start : match.end()], places[start : match.end()]
        start = match.end()


@lru_cache(maxsize=64)  # copies of one report come one after the other
def _reader(issuer: str | None, year: int | None) -> _Reader:
    return _Reader(issuer, year)


class _Reader:
    """Cuts sentences into words as the report of one issuer and year means them."""

    def __init__(self, issuer: str | None, year: int | None) -> None:
        name = parse_name(issuer) if issuer else None
        whole = name is not None and not name.organ and bool(name.places)
        rank = re.search(r"街道$|.$", name.place or "") if name and whole else None
        own = rank.group() if rank else None
        names = sorted(names_of_body(issuer), key=len, reverse=True) if issuer else []
        above = own is not None and own in _MANY_BODIES
        organs = (
            f"[我本](?:{own})" if above else rf"[我本](?:{own}|{_ORGAN})" if own else rf"[我本](?:{_ORGAN})"
        )
        selves = [*map(re.escape, (n for n in names if len(n) > 2)), organs, "我们"]
        if own:
            selves += [f"全{own}", *(("各级行政机关", "各级各部门", "各级机关") if above else ())]
        at = str(year) if year else r"(?!)"
        self._year = year
        self._token = re.compile(
            rf"""(?P<period>{_PERIOD.format(year=at)}|{_LAST_DAY.format(year=at)})
              | (?P<year>(?<!\d)20\d\d年度?)
              | (?P<self>{"|".join(selves)})
              | (?P<people>{_PEOPLE})
              | (?P<share>\d+(?:\.\d+)?%)
              | (?P<number>(?P<vague>约|近|超过?|逾|第|每)?
                    (?P<digits>{_DIGITS}|[{_NUMERALS}两]+(?=(?:{_MEASURE})(?!性))|(?<=为)零(?![\u4e00-\u9fff]))
                    (?P<more>余|多|几)?(?P<measure>{_MEASURE})?(?P<odd>\(?次\)?|以上|左右|以内)?)
              | (?P<mark>[,:()、"'。;!?])""",
            re.VERBOSE,
        )

    def clauses(self, text: str, places: Sequence[int]) -> tuple[Clause, ...]:
        """The clauses of a sentence; what stands in brackets is a clause of its own, behind its clause."""
        clauses: list[Clause] = []
        outer: list[Word] = []
        inner: list[Word] | None = None
        waiting: list[Clause] = []
        words = list(self._words(text, places))
        for word, behind in zip(words, [*words[1:], None], strict=True):
            counts = word.text == ":" and behind is not None and behind.sense is Sense.NUMBER
            if word.text == "(" and word.sense is Sense.POINT:
                inner = []
            elif word.text == ")" and word.sense is Sense.POINT and inner is not None:
                waiting.append(Clause(tuple(inner), True))
                inner = None
            elif word.text in (",", ":") and word.sense is Sense.POINT and not counts:
                if inner is not None:
                    waiting.append(Clause(tuple(inner), True))
                    inner = []
                else:
                    clauses += [Clause(tuple(outer)), *waiting]
                    outer, waiting = [], []
            else:
                (outer if inner is None else inner).append(word)
        if inner:
            waiting.append(Clause(tuple(inner), True))
        return tuple(clause for clause in (*clauses, Clause(tuple(outer)), *waiting) if clause.words)

    def _words(self, text: str, places: Sequence[int]) -> Iterator[Word]:
        run = 0  # where the words began that no token has ended yet
        for match in self._token.finditer(text):
            group = next(name for name in _GROUPS if match.group(name) is not None)
            yield from self._cut(text, run, match.start(), places)
            run = match.end()
            start, end = places[match.start()], places[run - 1] + 1
            if group == "number":
                yield self._number(match, start, end)
            else:
                yield Word(match.group(), self._sense(group, match.group()), start, end)
        yield from self._cut(text, run, len(text), places)

    def _cut(self, text: str, start: int, end: int, places: Sequence[int]) -> Iterator[Word]:
        for word in _known_words().cut(text[start:end]):
            last = places[start + len(word) - 1]
            yield Word(word, SENSES.get(word, Sense.UNKNOWN), places[start], last + 1)
            start += len(word)

    def _sense(self, group: str, text: str) -> Sense:
        if group == "share":
            return Sense.ALL if float(text[:-1]) == 100 else Sense.UNKNOWN
        if group != "year":
            return _GROUPS[group]
        offsets = {0: Sense.YEAR, -1: Sense.LAST, 1: Sense.NEXT}
        return offsets.get(int(text[:4]) - (self._year or 0), Sense.OTHER_YEAR)

    def _number(self, match: re.Match[str], start: int, end: int) -> Word:
        digits, measure = match.group("digits"), match.group("measure")
        vague = match.group("vague") or match.group("more") or match.group("odd")
        value = None if vague or "." in digits else _value(digits)
        return Word(match.group(), Sense.NUMBER, start, end, value, measure is not None)


_GROUPS = {
    "period": Sense.YEAR,
    "year": Sense.YEAR,
    "self": Sense.SELF,
    "people": Sense.FILLER,
    "share": Sense.ALL,
    "number": Sense.NUMBER,
    "mark": Sense.POINT,
}


def _value(digits: str) -> int | None:
    """A whole number as printed; Chinese numerals below a hundred.

    >>> _value("1,036"), _value("十二"), _value("二十"), _value("两"), _value("一百")
    (1036, 12, 20, 2, None)
    """
    if digits[0].isdigit():
        return int(digits.replace(",", ""))
    numerals = digits.replace("两", "二")
    if any(numeral not in _NUMERALS for numeral in numerals):
        return None
    tens, ten, ones = numerals.rpartition("十")
    if len(tens) > 1 or len(ones) > 1:
        return None
    high = _NUMERALS.index(tens) if tens else 1 if ten else 0
    return high * 10 + (_NUMERALS.index(ones) if ones else 0)


@cache
def _known_words() -> Words:
    """The words of claims, and nothing else."""
    return Words(dict.fromkeys(SENSES, 100))
