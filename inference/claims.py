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
from dataclasses import dataclass, field

from gouji.inference.claim_readings import weigh
from gouji.inference.claim_words import COMPARING, ELSEWHERE, Sense
from gouji.inference.extraction import CheckState
from gouji.inference.findings import Finding, Quote
from gouji.inference.prose import Clause, Sentence, Word
from gouji.inference.reports import Report
from gouji.model.forms import Form
from gouji.model.page import Page

S = Sense
_ALWAYS = {S.FILLER, S.POINT, S.YEAR, S.SELF, S.EVER, S.IS, S.DISCLOSURE, S.EACH, S.IN_TIME, S.OF_WHICH}
_RESULTS = (S.GRANTED, S.PARTLY_GRANTED, S.DENIED, S.UNAVAILABLE, S.REJECTED, S.OTHER)
_OUTCOMES = {S.UPHELD: "upheld", S.CORRECTED: "corrected", S.OTHER_RESULT: "other", S.PENDING: "pending"}
_REVIEWS = {
    S.RECONSIDERATION: "reconsideration",
    S.SUIT: "suits",
    S.DIRECT: "direct_suit",
    S.AFTER: "suit_after_reconsideration",
}
_DOCUMENTS = {S.NORMATIVE: "normative_documents", S.REGULATION: "regulations"}
_DEEDS = {S.MAKE: "make", S.REPEAL: "repeal", S.IN_FORCE: "in_force"}
_MATTERS = {S.LICENSING: "licensing", S.PENALTIES: "penalties", S.COERCION: "coercion"}
_DECISIONS = {"行政许可决定": "licensing", "行政处罚决定": "penalties", "行政强制决定": "coercion"}
_CASEWORK = {S.RECEIVE, S.NEW, S.ACCEPT, S.FINISH, S.REPLY, S.HANDLE}  # a reviewing organ's own cases

_ANY_YEAR = ("全年", "年度", "当年", "全年度", "年内", "当年度", "一年来")  # of the year last spoken of
_ORDINAL = re.compile(r"[一二三四五六七八九十\d]+")

_APPLICATION_WORDS = _ALWAYS | {
    S.APPLICATION, S.RECEIVE, S.ASK, S.NEW, S.ACCEPT, S.FINISH, S.REPLY, S.HANDLE, S.CARRY, S.LAST, S.NEXT,
    S.ALL, S.DECIDE, S.RESULT, *_RESULTS,
}  # fmt: skip
_REVIEW_WORDS = _ALWAYS | {S.CAUSE, S.HAPPEN, S.CASE, S.APPLICATION, S.ASK, S.RECEIVE, *_REVIEWS, *_OUTCOMES}
_DOCUMENT_WORDS = _ALWAYS | {*_DOCUMENTS, *_DEEDS}
_DECISION_WORDS = _ALWAYS | {*_MATTERS, S.DECIDE, S.DECISION}


@dataclass(frozen=True, slots=True)
class Said:
    """A number that prose gives, or a nought that it tells in words; `words` are what says so."""

    kind: str  # as in claim_readings
    value: int
    words: tuple[Word, ...]
    vague: bool = False  # it may be of other years too


@dataclass(slots=True)
class _Sense:
    """What has been said so far and binds what follows."""

    about: str | None = None  # applications, documents, or a review's row
    of_which: bool = False
    elsewhere: bool = False
    document: str | None = None
    reviews: list[str] = field(default_factory=list)  # those named in this sentence that have a number
    kinds: set[str] = field(default_factory=set)  # claimed in this sentence


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
    sense = _Sense()
    headed = False
    for sentence in prose:
        if sentence.opens and not headed:
            sense = _Sense()
        headed = _is_heading(sentence)
        if headed:
            sense = _Sense(about=_topic(sentence.clauses[0]))
        found.extend(_claims_of(sentence, sense))
        if not sentence.goes_on:
            sense = _Sense(about=sense.about, document=sense.document)
    return found


def _is_heading(sentence: Sentence) -> bool:
    """Whether a sentence only names what the next ones are about."""
    return (
        len(sentence.clauses) <= 2
        and len(sentence.text) <= 30
        and not any(clause.has(S.NUMBER, S.NOT, S.ALL) for clause in sentence.clauses)
    )


def _topic(clause: Clause) -> str | None:
    if clause.has(*_REVIEWS):
        return "review"
    return "applications" if clause.has(S.APPLICATION) else None


def _claims_of(sentence: Sentence, sense: _Sense) -> Iterator[Said]:
    sense.reviews.clear()
    found = [
        said
        for clause in sentence.clauses
        if not _ORDINAL.fullmatch(clause.text)
        for said in _claims_of_clause(clause, sense)
    ]
    carried = any(said.kind == "carried_out" and said.value for said in found)
    for said in found:
        if not (carried and said.kind in ("all_finished", "all_in_time")):  # of the rest, where some are told
            yield said


def _claims_of_clause(clause: Clause, sense: _Sense) -> Iterator[Said]:
    if not _understood(clause):
        _pass_over(clause, sense)
        return
    if any(word.sense is S.YEAR and word.text not in _ANY_YEAR for word in clause.words):
        sense.elsewhere = False
    if clause.has(S.LAST, S.NEXT) and not clause.has(S.CARRY):
        sense.elsewhere = True
    if clause.has(S.OF_WHICH):
        sense.of_which = True
    if sense.elsewhere:
        return
    found = list(_numbered(clause, sense)) if clause.has(S.NUMBER) else list(_in_words(clause, sense))
    sense.kinds.update(said.kind for said in found)
    yield from found


def _understood(clause: Clause) -> bool:
    """Whether every word is known, and every number counts something, or is a nought that a verb gives."""
    before = S.UNKNOWN
    for word in clause.words:
        if word.sense is S.UNKNOWN:
            return False
        if word.sense is S.NUMBER and not (word.measured or (word.value == 0 and before in (S.IS, S.EACH))):
            return False
        before = word.sense
    return True


def _pass_over(clause: Clause, sense: _Sense) -> None:
    """Take from a clause that is not understood what it does to those behind it."""
    text = "".join(word.text if word.sense is not S.YEAR else "," for word in clause.words)
    if re.search(COMPARING, text):
        return
    if sense.of_which or re.search(ELSEWHERE, text):
        sense.elsewhere = True
    if clause.has(S.LAST, S.NEXT):
        sense.elsewhere = True
    if not clause.bracketed:
        sense.about = sense.document = None


def _numbered(clause: Clause, sense: _Sense) -> Iterator[Said]:
    """The claims of a clause with numbers: each with the words since the number before it."""
    start = 0
    numbers = [i for i, word in enumerate(clause.words) if word.sense is S.NUMBER]
    for number, at in enumerate(numbers):
        end = numbers[number + 1] if number + 1 < len(numbers) else len(clause.words)
        own = clause.words[start:at]
        behind = clause.words[at + 1 : end]
        value = clause.words[at].value
        start = at + 1
        if number + 1 < len(numbers):  # 收到12件申请办结11件: what is applied for may stand behind its number
            behind = tuple(word for word in behind[:2] if word.sense is S.APPLICATION)[:1]
        if value is None:
            sense.about = None
            continue
        words = (*own, *behind)
        for kind in _kinds(words, sense):
            if kind == "applications" and not value:
                kind = "no_applications"
            span = clause.words[at - len(own) : at + 1 + len(behind)]
            yield Said(kind, value, _trimmed(span), _is_vague(words))
            sense.kinds.add(kind)


def _in_words(clause: Clause, sense: _Sense) -> Iterator[Said]:
    """The claims of a clause without a number: that there was none, or that all was done."""
    words = clause.words
    senses = {word.sense for word in words}
    if S.WITHOUT in senses:
        return
    if S.NONE_ASKED in senses:
        if senses <= _APPLICATION_WORDS | {S.NONE_ASKED}:
            yield Said("no_applications", 0, _trimmed(words))
        return
    if S.NOT in senses:
        rest = tuple(word for word in words if word.sense is not S.NOT)
        for kind in _denied(rest, sense):
            yield Said(kind, 0, _trimmed(words))
        return
    if _names_applications(words, senses):
        sense.about = "applications"
    if S.ALL not in senses and not (words[0].text in ("均", "都") and senses & {S.FINISH, S.REPLY}):
        _take_topic(senses, sense)
        return
    done = senses & {S.FINISH, S.REPLY}
    if (
        done
        and sense.about == "applications"
        and senses <= _APPLICATION_WORDS
        and not senses & {S.CARRY, *_RESULTS}
    ):
        kind = "all_in_time" if S.IN_TIME in senses or "依法" in clause.text else "all_finished"
        yield Said(kind, 0, _trimmed(words))


def _take_topic(senses: set[Sense], sense: _Sense) -> None:
    named = [row for review, row in _REVIEWS.items() if review in senses]
    if named:
        sense.about = named[0] if len(named) == 1 else "review"
    documents = [row for document, row in _DOCUMENTS.items() if document in senses]
    if documents:
        sense.document = documents[0] if len(documents) == 1 else None


def _kinds(words: Sequence[Word], sense: _Sense) -> Iterator[str]:
    """What a number may be, by the words that go with it; nothing where they say too little."""
    senses = {word.sense for word in words}
    if S.NOT in senses:
        return
    if S.WITHOUT in senses:  # 含上年结转3件
        if sense.about == "applications" and senses <= {S.WITHOUT, S.LAST, S.CARRY, S.FILLER, S.APPLICATION}:
            yield from _carried(senses)
        return
    if senses & set(_REVIEWS) or (senses & set(_OUTCOMES)):
        yield from _review_kinds(words, senses, sense)
    elif senses & {*_DOCUMENTS, *_DEEDS}:
        yield from _document_kinds(senses, sense)
    elif senses & {*_MATTERS, S.DECISION}:
        yield from _decision_kinds(words, senses)
    elif senses <= _APPLICATION_WORDS:
        yield from _application_kinds(words, senses, sense)


def _application_kinds(words: Sequence[Word], senses: set[Sense], sense: _Sense) -> Iterator[str]:
    if _names_applications(words, senses):
        sense.about = "applications"
    if sense.about != "applications":
        return
    results = [row for row in _RESULTS if row in senses]
    if results:
        if S.RECEIVE not in senses and S.CARRY not in senses:
            yield "results/" + "+".join(str(row) for row in results)
    elif S.CARRY in senses:
        yield from _carried(senses)
    elif sense.of_which and senses & {S.RECEIVE, S.ASK, S.ACCEPT, S.HANDLE}:
        return
    elif S.NEW in senses:
        yield "newly_received"
    elif senses & {S.RECEIVE, S.ASK, S.ACCEPT}:
        both = senses & {S.FINISH, S.REPLY, S.HANDLE}
        yield "received_and_finished" if both else "accepted" if S.ACCEPT in senses else "received"
    elif senses & {S.FINISH, S.REPLY}:
        yield "in_time" if S.IN_TIME in senses else "finished" if S.FINISH in senses else "replied"
    elif S.RESULT in senses:
        yield "finished"
    elif S.HANDLE in senses:
        yield "handled"
    elif {"newly_received", "carried_in"} <= sense.kinds or {"received", "carried_in"} <= sense.kinds:
        if any(word.text in ("共计", "合计", "总计", "共") for word in words):
            yield "received_with_carried_in"
    elif S.APPLICATION in senses and not sense.of_which:
        yield "applications"


def _names_applications(words: Sequence[Word], senses: set[Sense]) -> bool:
    """Whether applications for information are named: 申请 alone may be for anything that a body handles."""
    if S.APPLICATION not in senses:
        return False
    bare = all(
        "公开" not in word.text and "信息" not in word.text for word in words if word.sense is S.APPLICATION
    )
    return not bare or bool(senses & {S.RECEIVE, S.ASK, S.NEW, S.CARRY, S.DISCLOSURE, *_RESULTS})


def _carried(senses: set[Sense]) -> Iterator[str]:
    if S.LAST in senses and S.NEXT in senses:
        return
    if senses & {S.RECEIVE, S.NEW, S.ACCEPT}:
        if S.LAST in senses:
            yield "received_with_carried_in"
    elif S.LAST in senses:
        yield "carried_in"
    elif S.NEXT in senses:
        yield "carried_out"
    elif not senses & {S.FINISH, S.REPLY}:
        yield "carried"


def _review_kinds(words: Sequence[Word], senses: set[Sense], sense: _Sense) -> Iterator[str]:
    against_self = {S.CAUSE, S.SELF} <= senses
    if not senses <= _REVIEW_WORDS or (senses & _CASEWORK and not against_self):
        sense.about = None
        return
    named = [row for review, row in _REVIEWS.items() if review in senses]
    outcomes = [column for outcome, column in _OUTCOMES.items() if outcome in senses]
    if outcomes:
        row = (
            named[0]
            if len(named) == 1
            else sense.reviews[0]
            if not named and len(sense.reviews) == 1
            else None
        )
        if row and len(outcomes) == 1:
            yield f"{row}/{outcomes[0]}"
        return
    sense.reviews.extend(named)
    if len(named) == 1:
        sense.about = named[0]
        yield named[0]
    elif set(named) == {"reconsideration", "suits"}:
        if S.EACH in senses or any(word.text in ("均", "都") for word in words):
            yield from named
        else:
            yield "reviews"


def _document_kinds(senses: set[Sense], sense: _Sense) -> Iterator[str]:
    if not senses <= _DOCUMENT_WORDS or sense.of_which:
        return
    named = [row for document, row in _DOCUMENTS.items() if document in senses]
    deeds = [deed for word, deed in _DEEDS.items() if word in senses]
    if len(named) == 1:
        sense.document = named[0]
    elif named:
        sense.document = None
    if sense.document and len(deeds) == 1:
        yield f"{deeds[0]}/{sense.document}"


def _decision_kinds(words: Sequence[Word], senses: set[Sense]) -> Iterator[str]:
    if not senses <= _DECISION_WORDS:
        return
    matters = {row for matter, row in _MATTERS.items() if matter in senses}
    matters |= {_DECISIONS[word.text] for word in words if word.text in _DECISIONS}
    if len(matters) == 1 and S.DECISION in senses | {S.DECISION for word in words if word.text in _DECISIONS}:
        yield f"decisions/{matters.pop()}"


def _denied(words: Sequence[Word], sense: _Sense) -> Iterator[str]:
    """Of what a clause says that there was none, by the words besides the no."""
    senses = {word.sense for word in words}
    named = [row for review, row in _REVIEWS.items() if review in senses]
    if named:
        if senses <= _REVIEW_WORDS and not senses & set(_OUTCOMES):
            yield from named
        return
    documents = [row for document, row in _DOCUMENTS.items() if document in senses]
    if documents:
        if senses <= _DOCUMENT_WORDS and [d for w, d in _DEEDS.items() if w in senses] == ["make"]:
            yield from (f"make/{row}" for row in documents)
        return
    about = _names_applications(words, senses) or sense.about == "applications" and S.RECEIVE in senses
    allowed = _ALWAYS | {S.APPLICATION, S.RECEIVE, S.ASK, S.ACCEPT, S.NEW}
    if about and senses <= allowed and not sense.of_which:
        yield "received"


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
