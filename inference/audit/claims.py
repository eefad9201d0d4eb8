"""Find what a page's prose claims of its tables, and hold it against them.

Flow:  page -> sentences -> **claims** -> readings -> findings

A clause claims something only where each of its words is understood: a channel, a subject, a
subordinate body or another matter in it is a word that the dictionary lacks, and the clause is
passed over. What a sentence said before goes on to bind: after 其中 a part is counted, after last
year or another body nothing is of the tables until the sentence ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from gouji.inference.audit.claim_kinds import (
    APPLICATION_WORDS,
    DOCUMENTS,
    RESULTS,
    REVIEWS,
    Context,
    denied_kinds,
    kinds_of,
    names_applications,
)
from gouji.inference.audit.claim_readings import weigh
from gouji.inference.audit.claim_words import COMPARING, OTHER_BODY, OTHER_TIME, Sense
from gouji.inference.audit.findings import Finding, Quote
from gouji.inference.audit.prose import Clause, Sentence, Word
from gouji.inference.audit.reports import Report
from gouji.inference.extraction import CheckState
from gouji.model.forms import Form
from gouji.model.page import Page

S = Sense
_ANY_YEAR = ("全年", "年度", "当年", "全年度", "年内", "当年度", "一年来")  # of the year last spoken of
_ORDINAL = re.compile(r"[一二三四五六七八九十\d]+")


@dataclass(frozen=True, slots=True)
class Said:
    """A number that prose gives, or a nought that it tells in words; `words` are what says so."""

    kind: str  # as in claim_readings
    value: int
    words: tuple[Word, ...]
    vague: bool = False  # it may be of other years too


def check_claims(
    page: Page, prose: Sequence[Sentence], report: Report, forms: Mapping[str, Form]
) -> list[Finding]:
    """Every claim of a page's prose, against the report's tables."""
    said = find_claims(prose)
    findings = []
    for claim in said:
        verdict = weigh(claim.kind, claim.value, report, forms)
        if verdict is None:
            continue
        start, end = claim.words[0].start, claim.words[-1].end
        vague = claim.vague and verdict.state is CheckState.FAILS
        findings.append(
            Finding(
                check=f"claims/{claim.kind}",
                state=CheckState.UNKNOWN if vague else verdict.state,
                sources=(report.source,),
                issuer=report.issuer,
                year=report.year,
                left=claim.value,
                right=verdict.figure,
                quote=Quote(page.text[start:end], start, end),
            )
        )
    return findings


def find_claims(prose: Sequence[Sentence]) -> list[Said]:
    """What prose claims, in its order."""
    found: list[Said] = []
    context = Context()
    headed = False
    for sentence in prose:
        if sentence.opens and not headed:
            context = Context()
        headed = _is_heading(sentence)
        if headed:
            context = Context(about=_topic(sentence.clauses[0]))
        found.extend(_claims_of(sentence, context))
        if not sentence.goes_on:
            context = Context(about=context.about, document=context.document)
    return found


def _is_heading(sentence: Sentence) -> bool:
    """Whether a sentence only names what the next ones are about."""
    return (
        len(sentence.clauses) <= 2
        and len(sentence.text) <= 30
        and not any(clause.has(S.NUMBER, S.NOT, S.ALL) for clause in sentence.clauses)
    )


def _topic(clause: Clause) -> str | None:
    if clause.has(*REVIEWS):
        return "review"
    return "applications" if clause.has(S.APPLICATION) else None


def _claims_of(sentence: Sentence, context: Context) -> Iterator[Said]:
    context.reviews.clear()
    found = [
        said
        for clause in sentence.clauses
        if not _ORDINAL.fullmatch(clause.text)
        for said in _claims_of_clause(clause, context)
    ]
    carried = any(said.kind == "carried_out" and said.value for said in found)
    for said in found:
        if not (carried and said.kind in ("all_finished", "all_in_time")):  # of the rest, where some are told
            yield said


def _claims_of_clause(clause: Clause, context: Context) -> Iterator[Said]:
    if not _understood(clause):
        _pass_over(clause, context)
        return
    if any(word.sense is S.YEAR and word.text not in _ANY_YEAR for word in clause.words):
        context.other_time = False
    if clause.has(S.LAST, S.NEXT) and not clause.has(S.CARRY):
        context.other_time = True
    if clause.has(S.SELF):
        context.other_body = False
    if clause.has(S.OF_WHICH):
        context.of_which = True
    if context.elsewhere:
        return
    clause = _without_none(clause)
    found = list(_numbered(clause, context)) if clause.has(S.NUMBER) else list(_in_words(clause, context))
    context.kinds.update(said.kind for said in found)
    yield from found


def _without_none(clause: Clause) -> Clause:
    """A clause less the one of 未发生一起: the no behind which it stands says it all."""
    kept = [
        word
        for before, word in zip((None, *clause.words), clause.words, strict=False)
        if not (word.value == 1 and before is not None and before.sense in (S.NOT, S.HAPPEN, S.RECEIVE))
    ]
    if len(kept) == len(clause.words) or not clause.has(S.NOT):
        return clause
    return Clause(tuple(kept), clause.bracketed)


def _understood(clause: Clause) -> bool:
    """Whether every word is known, and every number counts something, or is a nought that a verb gives."""
    before = S.UNKNOWN
    for word in clause.words:
        if word.sense in (S.UNKNOWN, S.OTHER_YEAR):
            return False
        if word.sense is S.NUMBER and not (word.measured or (word.value == 0 and before in (S.IS, S.EACH))):
            return False
        before = word.sense
    return True


def _pass_over(clause: Clause, context: Context) -> None:
    """Take from a clause that is not understood what it does to those behind it."""
    text = "".join(word.text if word.sense is not S.YEAR else "," for word in clause.words)
    if re.search(COMPARING, text):
        return
    context.in_part |= context.of_which
    context.other_time |= clause.has(S.LAST, S.NEXT, S.OTHER_YEAR) or re.search(OTHER_TIME, text) is not None
    unknown = "".join(word.text if word.sense is not S.SELF else "," for word in clause.words)
    context.other_body |= re.search(OTHER_BODY, unknown) is not None
    if not clause.bracketed:
        context.about = context.document = None


def _numbered(clause: Clause, context: Context) -> Iterator[Said]:
    """The claims of a clause with numbers: each with the words that go with it."""
    for at, first, last in _numbers(clause.words):
        value = clause.words[at].value
        if value is None:
            context.about = None
            continue
        words = (*clause.words[first:at], *clause.words[at + 1 : last])
        kinds = list(kinds_of(words, context))
        if not kinds and any(word.sense not in (S.FILLER, S.POINT) for word in words):
            context.in_part |= context.of_which  # it counts something that no table does
            context.about = None
        for kind in kinds:
            if kind == "applications" and not value:
                kind = "received" if re.search("[数量]", clause.text) else "no_applications"
            yield Said(kind, value, _trimmed(clause.words[first:last]), _is_vague(words))
            context.kinds.add(kind)


def _numbers(words: Sequence[Word]) -> Iterator[tuple[int, int, int]]:
    """Where each number stands, and from where to where the words go with it.

    办结11件、结转1件: a number ends its words, and the last one has those behind it too. Where the clause
    begins with a number and ends in words, each begins its own: 3件予以公开、2件部分公开.
    """
    numbers = [i for i, word in enumerate(words) if word.sense is S.NUMBER]
    before = {word.sense for word in words[: numbers[0]]}
    behind = any(word.sense is not S.POINT for word in words[numbers[-1] + 1 :])
    leads = behind and before <= {S.FILLER, S.POINT, S.OF_WHICH, S.YEAR, S.SELF}
    ends = [*numbers[1:], len(words)]
    if leads and len(numbers) > 1:
        yield from zip(numbers, numbers, ends, strict=True)
        return
    first = 0
    for at, end in zip(numbers, ends, strict=True):
        # 收到12件申请办结11件: what is applied for may stand behind its number
        asked = end < len(words) and words[at + 1].sense is S.APPLICATION
        last = end if end == len(words) else at + 1 + asked
        yield at, first, last
        first = at + 1


def _in_words(clause: Clause, context: Context) -> Iterator[Said]:
    """The claims of a clause without a number: that there was none, or that all was done."""
    words = clause.words
    senses = {word.sense for word in words}
    if S.WITHOUT in senses:
        return
    if S.NONE_ASKED in senses:
        if senses <= APPLICATION_WORDS | {S.NONE_ASKED}:
            yield Said("received", 0, _trimmed(words))
        return
    if S.NOT in senses:
        rest = tuple(word for word in words if word.sense is not S.NOT)
        for kind in denied_kinds(rest, context):
            yield Said(kind, 0, _trimmed(words))
        return
    if names_applications(words, senses):
        context.about = "applications"
    if S.ALL not in senses and not (words[0].text in ("均", "都") and senses & {S.FINISH, S.REPLY}):
        _take_topic(senses, context)
        return
    done = senses & {S.FINISH, S.REPLY, S.RATE}
    if (
        done
        and context.about == "applications"
        and senses <= APPLICATION_WORDS
        and not senses & {S.CARRY, *RESULTS}
    ):
        of_some = senses & {S.IN_TIME, S.RATE} or "依法" in clause.text
        kind = "all_in_time" if of_some else "all_finished"
        yield Said(kind, 0, _trimmed(words))


def _take_topic(senses: set[Sense], context: Context) -> None:
    named = [row for review, row in REVIEWS.items() if review in senses]
    if named:
        context.about = named[0] if len(named) == 1 else "review"
    documents = [row for document, row in DOCUMENTS.items() if document in senses]
    if documents:
        context.document = documents[0] if len(documents) == 1 else None


def _is_vague(words: Sequence[Word]) -> bool:
    """Whether a number may be of all years: 累计 without a word of this one."""
    senses = {word.sense for word in words}
    return S.EVER in senses and S.YEAR not in senses


def _trimmed(words: Sequence[Word]) -> tuple[Word, ...]:
    """The words less the marks at either end."""
    kept = list(words)
    while kept and kept[0].sense is S.POINT:
        kept.pop(0)
    while kept and kept[-1].sense is S.POINT:
        kept.pop()
    return tuple(kept)
