"""Settling: a person answers what a page leaves open, and each answer constrains what else may stand there.

Flow:  a person -> answers -> corrections.jsonl -> **settling** -> extraction

    extractor, page = Extractor(), gouji.read("report.html")
    file = Corrections(Path("corrections.jsonl"))
    digest = page_hash(page)
    token = file.token(digest)
    extraction = settled(extractor, page, file.standing(digest))
    key = order(extraction)[0]                    # what to look at first
    consequences(extractor, page, file.standing(digest), key)     # what each candidate would mean
    token = file.append([answered(page, extraction[key], 12, by="li")], token)    # Stale: another answered
    token = file.undo(digest, None, key, "li", token)

`Answer` is one line of the file, its `value` a number or `Said.BLANK`, `Said.ABSENT` (not on the page) or
`Said.UNDO`. `Corrections` reads, adds and undoes, and refuses (`Stale`) what was answered without having
seen another's answer. `settled` is the extraction under the answers, `consequences` what a cell's candidates
would each mean, `misfits` which answers no longer fit their page, `order` the open cells of an extraction by
how many open cells one answer to them settles, `worth` the same of a whole report; `at_hand` is a page
as it was read when it was looked at last; `offers` are rows to confirm whole, which is one answer for each of
their cells, appended together.
"""

from gouji.inference.settling.answers import (
    Answer,
    AnswerError,
    Said,
    answer_of,
    answered,
    now,
    page_hash,
    part_of,
)
from gouji.inference.settling.at_hand import PageAtHand, at_hand
from gouji.inference.settling.consequences import Change, Consequence, consequence, consequences
from gouji.inference.settling.corrections import Corrections, CorrectionsError, Stale, standing
from gouji.inference.settling.gain import expected, order, worth
from gouji.inference.settling.offers import Offer, offers
from gouji.inference.settling.settle import Misfit, misfits, settled

__all__ = [
    "Answer",
    "AnswerError",
    "Change",
    "Consequence",
    "Corrections",
    "CorrectionsError",
    "Misfit",
    "Offer",
    "PageAtHand",
    "Said",
    "Stale",
    "answer_of",
    "answered",
    "at_hand",
    "consequence",
    "consequences",
    "expected",
    "misfits",
    "now",
    "offers",
    "order",
    "page_hash",
    "part_of",
    "settled",
    "standing",
    "worth",
]
