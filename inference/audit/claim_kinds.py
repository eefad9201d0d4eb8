"""Tell what a number, or a no, may be, by the words that go with it.

Flow:  page -> sentences -> claims -> **kinds** -> readings -> findings

Each kind has the words that may stand with it; with any other the words say too much, and with
no matter named, here or before, too little. Either way there is no claim.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from gouji.inference.audit.claim_words import Sense
from gouji.inference.audit.prose import Word

S = Sense
_ALWAYS = {
    S.FILLER,
    S.POINT,
    S.YEAR,
    S.SELF,
    S.EVER,
    S.IS,
    S.DISCLOSURE,
    S.EACH,
    S.IN_TIME,
    S.OF_WHICH,
    S.MATTER,
}
RESULTS = (S.GRANTED, S.PARTLY_GRANTED, S.DENIED, S.UNAVAILABLE, S.REJECTED, S.OTHER)
_OUTCOMES = {S.UPHELD: "upheld", S.CORRECTED: "corrected", S.OTHER_RESULT: "other", S.PENDING: "pending"}
REVIEWS = {
    S.RECONSIDERATION: "reconsideration",
    S.SUIT: "suits",
    S.DIRECT: "direct_suit",
    S.AFTER: "suit_after_reconsideration",
}
DOCUMENTS = {S.NORMATIVE: "normative_documents", S.REGULATION: "regulations"}
_DEEDS = {S.MAKE: "make", S.REPEAL: "repeal", S.IN_FORCE: "in_force"}
_MATTERS = {S.LICENSING: "licensing", S.PENALTIES: "penalties", S.COERCION: "coercion"}
_DECISIONS = {"行政许可决定": "licensing", "行政处罚决定": "penalties", "行政强制决定": "coercion"}
_CASEWORK = {S.RECEIVE, S.NEW, S.ACCEPT, S.FINISH, S.REPLY, S.HANDLE}  # a reviewing organ's own cases

APPLICATION_WORDS = _ALWAYS | {
    S.APPLICATION, S.RECEIVE, S.ASK, S.NEW, S.ACCEPT, S.FINISH, S.REPLY, S.HANDLE, S.CARRY, S.LAST, S.NEXT,
    S.ALL, S.DECIDE, S.RESULT, S.RATE, *RESULTS,
}  # fmt: skip
_REVIEW_WORDS = _ALWAYS | {S.CAUSE, S.HAPPEN, S.CASE, S.APPLICATION, S.ASK, S.RECEIVE, *REVIEWS, *_OUTCOMES}
_DOCUMENT_WORDS = _ALWAYS | {*DOCUMENTS, *_DEEDS}
_DECISION_WORDS = _ALWAYS | {*_MATTERS, S.DECIDE, S.DECISION}


@dataclass(slots=True)
class Context:
    """What has been said so far and binds what follows."""

    about: str | None = None  # applications, documents, or a review's row
    of_which: bool = False  # 其中: what follows are parts
    in_part: bool = False  # and one of them was not understood
    other_time: bool = False
    other_body: bool = False
    document: str | None = None
    reviews: list[str] = field(default_factory=list)  # those named in this sentence that have a number
    kinds: set[str] = field(default_factory=set)  # claimed in this sentence

    @property
    def elsewhere(self) -> bool:
        """Whether what is counted here is not what the tables count."""
        return self.in_part or self.other_time or self.other_body


def kinds_of(words: Sequence[Word], said: Context) -> Iterator[str]:
    """What a number may be, by the words that go with it; nothing where they say too little."""
    senses = {word.sense for word in words}
    if S.NOT in senses:
        return
    if S.WITHOUT in senses:  # 含上年结转3件
        carried = {S.WITHOUT, S.LAST, S.CARRY, S.APPLICATION, S.FILLER, S.POINT}
        if said.about == "applications" and senses <= carried:
            yield from _carried(senses)
        return
    if senses & set(REVIEWS) or (senses & set(_OUTCOMES)):
        yield from _review_kinds(words, senses, said)
    elif senses & {*DOCUMENTS, *_DEEDS}:
        yield from _document_kinds(senses, said)
    elif senses & {*_MATTERS, S.DECISION}:
        yield from _decision_kinds(words, senses)
    elif senses <= APPLICATION_WORDS:
        yield from _application_kinds(words, senses, said)


def _application_kinds(words: Sequence[Word], senses: set[Sense], said: Context) -> Iterator[str]:
    if names_applications(words, senses):
        said.about = "applications"
    if said.about != "applications":
        return
    if S.APPLICATION not in senses and senses & {S.MATTER, S.DISCLOSURE} and not senses & set(RESULTS):
        said.about = None  # 办理事项12件, 收到信息3条: of what, is not said
        return
    results = [row for row in RESULTS if row in senses]
    if results:
        if S.RECEIVE not in senses and S.CARRY not in senses:
            yield "results/" + "+".join(str(row) for row in results)
    elif S.CARRY in senses:
        yield from _carried(senses)
    elif said.of_which and senses & {S.RECEIVE, S.ASK, S.ACCEPT, S.HANDLE}:
        return
    elif S.NEW in senses:
        yield "newly_received"
    elif senses & {S.RECEIVE, S.ASK, S.ACCEPT}:
        both = senses & {S.FINISH, S.REPLY, S.HANDLE}
        yield "received_and_finished" if both else "received" if senses & {S.RECEIVE, S.ASK} else "accepted"
    elif senses & {S.FINISH, S.REPLY}:
        yield "in_time" if S.IN_TIME in senses else "finished" if S.FINISH in senses else "replied"
    elif S.RESULT in senses:
        yield "finished"
    elif S.HANDLE in senses:
        yield "handled"
    elif {"newly_received", "carried_in"} <= said.kinds or {"received", "carried_in"} <= said.kinds:
        if any(word.text in ("共计", "合计", "总计", "共") for word in words):
            yield "received_with_carried_in"
    elif S.APPLICATION in senses and not said.of_which:
        yield "applications"


def names_applications(words: Sequence[Word], senses: set[Sense]) -> bool:
    """Whether applications for information are named: 申请 alone may be for anything that a body handles."""
    if S.APPLICATION not in senses:
        return False
    bare = all(
        "公开" not in word.text and "信息" not in word.text for word in words if word.sense is S.APPLICATION
    )
    return not bare or bool(senses & {S.RECEIVE, S.ASK, S.NEW, S.CARRY, S.DISCLOSURE, *RESULTS})


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


def _review_kinds(words: Sequence[Word], senses: set[Sense], said: Context) -> Iterator[str]:
    against_self = {S.CAUSE, S.SELF} <= senses
    if not senses <= _REVIEW_WORDS or (senses & _CASEWORK and not against_self):
        said.about = None
        return
    named = [row for review, row in REVIEWS.items() if review in senses]
    outcomes = [column for outcome, column in _OUTCOMES.items() if outcome in senses]
    if outcomes:
        row = (
            named[0] if len(named) == 1 else said.reviews[0] if not named and len(said.reviews) == 1 else None
        )
        if row and len(outcomes) == 1:
            yield f"{row}/{outcomes[0]}"
        return
    said.reviews.extend(named)
    if len(named) == 1:
        said.about = named[0]
        yield named[0]
    elif set(named) == {"reconsideration", "suits"}:
        if S.EACH in senses or any(word.text in ("均", "都") for word in words):
            yield from named
        else:
            yield "reviews"


def _document_kinds(senses: set[Sense], said: Context) -> Iterator[str]:
    if not senses <= _DOCUMENT_WORDS or said.of_which:
        return
    named = [row for document, row in DOCUMENTS.items() if document in senses]
    deeds = [deed for word, deed in _DEEDS.items() if word in senses]
    if len(named) == 1:
        said.document = named[0]
    elif named:
        said.document = None
    if said.document and len(deeds) == 1:
        yield f"{deeds[0]}/{said.document}"


def _decision_kinds(words: Sequence[Word], senses: set[Sense]) -> Iterator[str]:
    if not senses <= _DECISION_WORDS:
        return
    matters = {row for matter, row in _MATTERS.items() if matter in senses}
    matters |= {_DECISIONS[word.text] for word in words if word.text in _DECISIONS}
    if len(matters) == 1 and S.DECISION in senses | {S.DECISION for word in words if word.text in _DECISIONS}:
        yield f"decisions/{matters.pop()}"


def denied_kinds(words: Sequence[Word], said: Context) -> Iterator[str]:
    """Of what a clause says that there was none, by the words besides the no."""
    senses = {word.sense for word in words}
    named = [row for review, row in REVIEWS.items() if review in senses]
    if named:
        if senses <= _REVIEW_WORDS and not senses & set(_OUTCOMES):
            yield from named
        return
    documents = [row for document, row in DOCUMENTS.items() if document in senses]
    if documents:
        if senses <= _DOCUMENT_WORDS and [d for w, d in _DEEDS.items() if w in senses] == ["make"]:
            yield from (f"make/{row}" for row in documents)
        return
    if S.CARRY in senses:
        if said.about == "applications" and senses <= APPLICATION_WORDS:
            yield from _carried(senses)
        return
    about = names_applications(words, senses) or (said.about == "applications" and S.RECEIVE in senses)
    allowed = _ALWAYS | {S.APPLICATION, S.RECEIVE, S.ASK, S.ACCEPT, S.NEW, S.HAPPEN}
    if about and senses <= allowed and not said.of_which:
        yield "received"
