"""The page of the trainings: labelled pages in hand, the model in use, and what each training brought.

Flow:  labelled pages, trainings -> **page** -> HTML
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element

from gouji.inference.evaluation.before_after import ALL, Line, comparison, comparison_plot
from gouji.inference.html_page import Child, el
from gouji.inference.serve.labelled import InHand
from gouji.inference.serve.pages import ASK, own_assets
from gouji.inference.serve.trainer import Training
from gouji.inference.serve.training_run import MADE_UP_PAGES
from gouji.inference.viewer.document import Additions, document, language_switch
from gouji.inference.viewer.page_assets import plain_assets
from gouji.inference.viewer.words import labelled, said, word
from gouji.model.labels import Tag

_FEW = 10  # issuers: of fewer, those kept aside are one
_SETS = ("aside", "made_up")


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page is made of."""

    in_hand: InHand
    trainings: Sequence[Training]  # the last one first
    in_use: str | None  # the training whose model is; None: the service's own
    given: Path | None  # the model that the service was told to use
    missing: tuple[str, ...]  # what is not installed


def training_html(shown: Shown) -> str:
    """The page, as the text of an HTML file."""
    running = next((each for each in shown.trainings if each.state == "running"), None)
    body = [
        el(
            "header",
            el("nav", el("a", "‹ ", said("all_reports"), href="index.html"), language_switch()),
            said("training", "h1"),
            said("training.about", "p"),
        ),
        el(
            "main",
            el("section", *_in_hand(shown.in_hand), id="in-hand"),
            el("section", *_start(shown, running), id="start"),
            el("section", *_model(shown), id="model"),
            el("section", *_trainings(shown), id="trainings"),
        ),
    ]
    data = {"running": None if running is None else running.id}
    added = Additions(assets=own_assets("training"), data={"service": data}, policy=ASK)
    return document(f"gouji: {word('training')}", body, plain_assets(), {}, added=added)


def _in_hand(in_hand: InHand) -> Iterator[Element]:
    yield said("training.in_hand", "h2")
    if not in_hand.pages:
        yield said("training.none", "p")
    else:
        way = el("a", said("training.download"), href="training/labelled.jsonl", download="labelled.jsonl")
        yield el("p", said("training.count", "b", n=len(in_hand.pages), m=in_hand.issuers), " · ", way)
    if in_hand.left_out:
        reports = (
            el(
                "li",
                el("a", each.title, href=f"reports/{each.id}.html"),
                ": ",
                said("training.left.open", n=each.open_cells)
                if each.open_cells
                else said("training.left.place"),
            )
            for each in in_hand.left_out
        )
        yield el("details", said("training.left", "summary"), el("ul", *reports))


def _start(shown: Shown, running: Training | None) -> Iterator[Element]:
    if shown.missing:
        yield el("p", said("training.missing", names=", ".join(shown.missing)))
        yield el("p", el("code", "pip install 'gouji[train,evaluate]'"))
        return
    start = el("button", said("training.start"), type="button", id="train", class_="primary")
    if running is not None or not shown.in_hand.pages:
        start.set("disabled", "disabled")
    if running is None:
        watched = []
    else:
        stop = el("button", said("training.stop"), type="button", id="stop")
        watched = [stop, labelled(el("progress", id="bar", max="1"), "serve.progress")]
    yield el("p", start, *watched, el("span", *_far(running), id="far", role="status"), class_="ways")
    if shown.in_hand.pages and shown.in_hand.issuers < _FEW:
        few = shown.in_hand.issuers > 1
        yield said("training.few" if few else "training.one", "p", class_="faint", n=_FEW)


def _far(running: Training | None) -> Iterator[Element]:
    if running is not None:
        yield said(f"training.{running.doing}", n=round(100 * (running.done or 0)))


def _model(shown: Shown) -> Iterator[Element]:
    yield said("training.model", "h2")
    used = next((each for each in shown.trainings if each.id == shown.in_use), None)
    if shown.given is not None:
        yield said("training.model.given", "p", name=str(shown.given))
    elif used is None:
        yield said("training.model.own", "p")
    else:
        yield said("training.model.trained", "p", when=_time(used.begun))
    own = [el("button", said("training.use.own"), type="button", data_use="")] if used is not None else []
    again = el("button", said("training.again"), type="button", id="again")
    yield el("p", *own, again, said("training.use.note", class_="faint"), class_="ways")


def _trainings(shown: Shown) -> Iterator[Element]:
    if not shown.trainings:
        return
    yield said("training.runs", "h2")
    for training in shown.trainings:
        yield el("article", *_training(training, shown), id=f"t{training.id}")


def _training(training: Training, shown: Shown) -> Iterator[Element]:
    told = said("training.run", when=_time(training.begun), by=training.by or "?", n=training.pages)
    state = said(f"training.state.{training.state}", class_=f"state {training.state}")
    yield el("h3", told, " ", state)
    if training.fault is not None:
        yield el("p", training.fault, class_="fault", lang="en")
    lines = {
        name: comparison(pages["before"], pages["after"])
        for name in _SETS
        if (pages := training.measured.get(name)) is not None
    }
    if not lines:
        return
    first = next(iter(lines))
    what = "training.what" if "aside" in lines else "training.what.made_up"
    yield said(what, "p", class_="faint", n=training.aside, m=MADE_UP_PAGES)
    yield el("div", _table(lines), class_="scroll", tabindex="0", role="region", aria_label=word("training"))
    names = {line.name: _tag(line.name, "tspan") for line in lines[first]}
    plot = comparison_plot(lines[first], names, word("training.plot"))
    key = el(
        "figcaption",
        said("training.plot"),
        ", ",
        said(f"training.{first}"),
        ": ",
        el("span", "○ ", said("training.before")),
        " ",
        el("span", "● ", said("training.after"), class_="after"),
    )
    yield el("figure", plot, key)
    if training.id == shown.in_use:
        yield el("p", el("b", "✓ ", said("training.used")), class_="holds")
    elif shown.given is None:
        yield el("p", el("button", said("training.use"), type="button", data_use=training.id))


def _table(lines: dict[str, tuple[Line, ...]]) -> Element:
    """A row for each tag, and below each set of pages its figures."""
    heads = ("spans", "before", "after", "change")
    there = {line.name for own in lines.values() for line in own}
    names = [name for name in (*map(str, Tag), ALL) if name in there]
    body = []
    for name in names:
        cells: list[Element] = []
        for own in lines.values():
            cells += _figures(next((line for line in own if line.name == name), None))
        body.append(el("tr", el("th", _tag(name), scope="row"), *cells, class_="all" if name == ALL else ""))
    sets = (el("th", said(f"training.{name}"), colspan=str(len(heads)), scope="colgroup") for name in lines)
    return el(
        "table",
        el(
            "thead",
            el("tr", el("th", said("training.tag"), rowspan="2", scope="col"), *sets),
            el("tr", *(el("th", said(f"training.{head}"), scope="col") for _ in lines for head in heads)),
        ),
        el("tbody", *body),
    )


def _figures(line: Line | None) -> list[Element]:
    if line is None:
        return [el("td") for _ in range(4)]
    change = round(100 * (line.after - line.before), 1) + 0.0  # nought without a sign
    class_ = "holds" if change > 0 else "fails" if change < 0 else ""
    shares: list[Child] = [f"{line.before:.1%}", f"{line.after:.1%}"]
    return [
        el("td", f"{line.spans:,}"),
        *(el("td", share) for share in shares),
        el("td", f"{change:+.1f}", class_=class_),
    ]


def _tag(name: str, element: str = "span") -> Element:
    return said("training.all" if name == ALL else f"tag.{name}", element)


def _time(when: str) -> str:
    return when.replace("T", " ").replace("Z", " UTC")
