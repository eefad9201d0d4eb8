"""Make reports whose prose claims what their tables say, or contradicts them once, of a known kind.

Flow:  figures, claim phrases -> **claims** -> report -> flattener -> page to audit

Between the claims stand sentences that only look like them: other years, other bodies, parts,
other matters. Of the pages that training makes none changes: this draws on its own.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gouji.model.forms import Form, load_forms
from gouji.model.page import Page
from gouji.training import claim_phrases as phrases
from gouji.training.claim_phrases import Claim
from gouji.training.composition import compose_with
from gouji.training.figures import Number, make_figures
from gouji.training.flatteners import FLATTENERS, flatten
from gouji.training.places import Issuer, invent_issuer
from gouji.training.prose import Writer

# Those that keep what the tables say: a contradiction can be asked for only where the cells are there.
KEEPING = (
    "bs4_nl",
    "bs4_nlstrip",
    "bs4_tab",
    "bs4_bar",
    "selectolax",
    "html2text",
    "inscriptis",
    "markdownify",
    "markitdown",
    "pydocx_tab",
)
_CONTRADICTED = 0.6  # of planted numbers: how many are near the true one, as slips are

_SLOTS: Mapping[
    str, str
] = {  # what a slot is the sum of; a name before the slash is a row or a group of rows
    "RECEIVED": "applications/received/total",
    "CARRIED_IN": "applications/carried_in/total",
    "HANDLED": "applications/total/total",
    "CARRIED_OUT": "applications/carried_out/total",
    "GRANTED": "applications/granted/total",
    "PARTLY": "applications/partly_granted/total",
    "DENIED": "applications/denied/total",
    "UNAVAILABLE": "applications/unavailable/total",
    "REJECTED": "applications/rejected/total",
    "OTHER": "applications/other/total",
    "RECONSIDERATION": "review/reconsideration/total",
    "SUITS": "review/suits/total",
    "UPHELD": "review/reconsideration/upheld",
    "CORRECTED": "review/reconsideration/corrected",
    "OTHER_RESULT": "review/reconsideration/other",
    "PENDING": "review/reconsideration/pending",
    "DIRECT": "review/direct_suit/total",
    "AFTER": "review/suit_after_reconsideration/total",
    "ISSUED": "disclosure/normative_documents/issued",
    "MADE": "disclosure/normative_documents/made",
    "REPEALED": "disclosure/normative_documents/repealed",
    "IN_FORCE": "disclosure/normative_documents/in_force",
    "RULES": "disclosure/regulations/issued",
    "LICENCES": "disclosure/licensing/decisions",
    "PENALTIES": "disclosure/penalties/decisions",
}
_RESULTS = ("GRANTED", "PARTLY", "DENIED", "UNAVAILABLE", "REJECTED", "OTHER")


@dataclass(frozen=True, slots=True)
class Planted:
    """A contradiction that was put into a page."""

    kind: str  # the slot that is wrong, or `none SLOT`, `year`, `lawsuit`
    sentence: str


@dataclass(frozen=True, slots=True)
class AuditPage:
    """A page to audit, and what was planted in it."""

    page: Page
    issuer: str
    tool: str
    planted: Planted | None = None
    claims: int = 0  # sentences of the page that claim something


def make_audit_page(index: int, seed: int, *, planted: bool, held_out: bool = False) -> AuditPage:
    """Page number `index` of a seed: with claims that are all true, or with one that is not.

    Args:
        index: Its number.
        seed: Another seed, other pages.
        planted: Whether one claim contradicts the tables.
        held_out: Whether the claims are worded as those that the rules were kept from.
    """
    for attempt in range(50):
        rng = random.Random(f"claims/{seed}/{index}/{planted}/{held_out}/{attempt}")
        made = _attempt(rng, f"{seed}-{index}", planted, held_out)
        if made is not None:
            return made
    raise RuntimeError(f"page {index} of seed {seed}: no figures that a claim could contradict")


def _attempt(rng: random.Random, page_id: str, planted: bool, held_out: bool) -> AuditPage | None:
    year = rng.randrange(2019, 2025)
    form = load_forms()["2019" if year < 2021 else "2021"]
    forms = {table.id: form for table in form.tables}
    issuer = invent_issuer(rng)
    if issuer.name.endswith("人民政府办公室"):
        return None  # 全市 in its report may be more than its tables count
    figures = make_figures(forms, rng)
    writer = ClaimWriter(issuer, year, form, figures, rng, held_out)
    overview = writer.overview(planted)
    if overview is None:
        return None
    report = compose_with(writer, issuer, year, forms, figures, rng)
    if report.truth.keys() != set(form.keys()):
        return None  # cut short: what is not printed contradicts nothing
    text, tool = flatten(FLATTENERS[rng.choice(KEEPING)], report, rng)
    return AuditPage(Page(f"{page_id}.txt", text), issuer.name, tool, overview.planted, overview.claims)


@dataclass(frozen=True, slots=True)
class Overview:
    """The first section's paragraphs, and what was planted in them."""

    paragraphs: tuple[str, ...]
    claims: int
    planted: Planted | None


class ClaimWriter(Writer):
    """Writes prose that claims what the tables say."""

    def __init__(
        self,
        issuer: Issuer,
        year: int,
        form: Form,
        figures: Mapping[str, Number],
        rng: random.Random,
        held_out: bool = False,
    ) -> None:
        super().__init__(issuer, year, rng)
        self._form, self._issuer = form, issuer
        self._held_out = held_out
        self._amounts = amounts_of(figures, form)
        organ = issuer.short.startswith("我")
        whens = (f"{year}年，", f"{year}年度，", "全年", "本年度", "", f"{year}年1月1日至12月31日，")
        self._slots |= {
            "last": lambda: str(year - 1),
            "next": lambda: str(year + 1),
            "when": lambda: rng.choice(whens),
            "who": lambda: rng.choice(
                (
                    issuer.short.replace("我道", "我街道"),
                    issuer.name,
                    "",
                    *(("本机关", "本单位") if organ else ()),
                )
            ),
        }
        self._overview: Sequence[str] = ()

    def paragraphs(self, kind: str) -> list[str]:
        return list(self._overview) if kind == "overview" else super().paragraphs(kind)

    def sentence(self) -> str:
        return self.fill(self.rng.choice(phrases.FILLERS))

    def overview(self, planted: bool) -> Overview | None:
        """Write the first section; None where nothing of what it could say can be contradicted."""
        rng = self.rng
        claims = [claim for claim in self._known() if self._is_true(claim)]
        chosen = rng.sample(claims, min(len(claims), rng.randrange(2, 6)))
        told = [self._tell(claim) for claim in chosen]
        wrong = self._contradiction() if planted else None
        if planted and wrong is None:
            return None
        lines = [*told, *((wrong.sentence,) if wrong else ())]
        period = self.fill(rng.choice(phrases.PERIODS))
        if wrong is None or wrong.kind != "year":
            lines.append(period)
        elsewhere = phrases.BUREAU_DISTRACTORS if self._issuer.short.startswith("我") else ()
        distractors = (*phrases.DISTRACTORS, *elsewhere)
        lines += [self.fill(rng.choice(distractors)) for _ in range(rng.randrange(4, 12))]
        lines += [self.sentence() for _ in range(rng.randrange(1, 5))]
        rng.shuffle(lines)
        self._overview = self._arranged(lines)
        return Overview(tuple(self._overview), len(chosen), wrong)

    def _known(self) -> list[Claim]:
        """The claims that the report's form has cells for."""
        of_2021 = self._form.id == "2021"
        if self._held_out:
            kept = phrases.HELD_OUT_DISCLOSURE_2021 if of_2021 else phrases.HELD_OUT_DISCLOSURE_2019
            return [*phrases.HELD_OUT_APPLICATIONS, *phrases.HELD_OUT_REVIEW, *kept]
        known = phrases.DISCLOSURE_2021 if of_2021 else phrases.DISCLOSURE_2019
        return [*phrases.APPLICATIONS, *phrases.REVIEW, *known]

    def _is_true(self, claim: Claim) -> bool:
        return not any(self._amounts[slot] for slot in claim.zero) and all(
            self._amounts[s] for s in claim.some
        )

    def _tell(self, claim: Claim, wrong: str | None = None) -> str:
        text = claim.text
        for slot, amount in self._amounts.items():
            shown = self._beside(slot, claim) if slot == wrong else amount
            text = text.replace(f"{{{slot}}}", self._printed(int(shown)))
        text = self.fill(text)
        return (
            text if text[-1] not in "，" else text + self.rng.choice(("继续完善制度。", "相关流程更加规范。"))
        )

    def _printed(self, number: int) -> str:
        return f"{number:,}" if number > 999 and self.rng.random() < 0.2 else str(number)

    def _contradiction(self) -> Planted | None:
        rng = self.rng
        others = 0.0 if self._held_out else rng.random()
        if others > 0.93:
            return self._other_year()
        if others > 0.88 and not self._amounts["SUITS"]:
            return Planted("lawsuit", self.fill(rng.choice(phrases.LAWSUITS)))
        known = self._known()
        in_words = [
            claim for claim in known if claim.zero and any(self._amounts[slot] for slot in claim.zero)
        ]
        in_words = [claim for claim in in_words if all(self._amounts[slot] for slot in claim.some)]
        in_numbers = [claim for claim in known if not claim.zero and "{" in claim.text and _slots_of(claim)]
        if in_words and rng.random() < 0.4:
            claim = rng.choice(in_words)
            return Planted(f"none {claim.zero[0]}", self._tell(claim))
        if not in_numbers:
            return None
        claim = rng.choice(in_numbers)
        slot = rng.choice(_slots_of(claim))
        return Planted(slot, self._tell(claim, wrong=slot))

    def _other_year(self) -> Planted:
        year, other = str(self._year), str(self._year + self.rng.choice((-1, -1, 1)))
        return Planted("year", self.fill(self.rng.choice(phrases.PERIODS)).replace(year, other))

    def _beside(self, slot: str, claim: Claim) -> int:
        """A number that no reading of the claim allows."""
        amount = self._amounts[slot]
        near = self.rng.random() < _CONTRADICTED
        allowed = self._allowed(slot, "受理" in claim.text)
        while True:
            step = self.rng.randrange(1, 12) if near else self.rng.randrange(1, 40 + 2 * int(amount))
            number = int(amount) + step * self.rng.choice((-1, 1))
            if number >= 0 and number not in allowed:
                return number
            near = near and self.rng.random() < 0.9

    def _allowed(self, slot: str, accepted: bool) -> set[int]:
        """What a careful reader may take the number for.

        A report may count with what was carried in or without it, and not accept what it turned away.
        """
        a = {name: int(amount) for name, amount in self._amounts.items()}
        if slot in _RESULTS:
            both = {a["GRANTED"] + a["PARTLY"]} if slot == "GRANTED" else set()
            return both | set(range(a[slot] - a["CARRIED_IN"], a[slot] + 1))
        if slot in ("RECEIVED", "HANDLED"):
            bases = (a["RECEIVED"], a["RECEIVED_ALL"], a["HANDLED"], a["HANDLED"] - a["CARRIED_IN"])
            less = (0, a["REJECTED"], a["OTHER"], a["REJECTED"] + a["OTHER"])
            low = a["RECEIVED"] - a["REJECTED"] - a["OTHER"] - a["UNAVAILABLE"]
            turned_away = set(range(low, a["RECEIVED_ALL"] + 1)) if accepted else set()
            return turned_away | {base - minus for base in bases for minus in less}
        return {a[slot]}

    def _arranged(self, lines: Sequence[str]) -> list[str]:
        """The sentences as paragraphs, some under a heading of their own."""
        rng = self.rng
        paragraphs = []
        heads = (
            "（一）主动公开",
            "（二）依申请公开",
            "（三）政府信息管理",
            "（四）平台建设",
            "（五）监督保障",
            "（六）其他",
        )
        parts = [list(lines[i :: len(heads[:4])]) for i in range(4)]
        for head, part in zip(heads, parts, strict=False):
            body = "".join(line if line[-1] != "，" else line[:-1] + "。" for line in part)
            style = rng.random()
            if style < 0.3:
                paragraphs += [head, body] if body else [head]
            elif body:
                paragraphs.append(f"{head}。{body}" if style < 0.7 else body)
        return paragraphs


def amounts_of(figures: Mapping[str, Number], form: Form) -> dict[str, Number]:
    """What each slot of the form stands for."""
    amounts: dict[str, Number] = {}
    for slot, path in _SLOTS.items():
        table_id, name, column = path.split("/")
        rows = [row.id for _, row in form.table(table_id).rows() if name in (row.id, row.group)]
        keys = [f"{table_id}/{row}/{column}" for row in rows]
        if keys and all(key in figures for key in keys):
            amounts[slot] = sum(figures[key] for key in keys)
    amounts["RECEIVED_ALL"] = amounts["RECEIVED"] + amounts["CARRIED_IN"]
    return amounts


def _slots_of(claim: Claim) -> list[str]:
    return [slot for slot in (*_SLOTS, "RECEIVED_ALL") if f"{{{slot}}}" in claim.text]
