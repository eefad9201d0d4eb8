"""Make the corpus: ten made-up bodies, six years each, as pages with their truth, habits and contradictions.

Flow:  corpus.toml -> figures of each body -> planting -> reports -> habits -> **page files, truths,
       index, planted**, crawl

Run from anywhere, with the train extra: `python samples/corpus/make.py`. Nothing is a real body's. What a
report holds depends on the seed, its body and its year alone. A PDF whose program is not installed is left as
it lies there.
"""

from __future__ import annotations

import csv
import json
import random
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from author import Author
from crawl import write_crawl
from planting import PLANTED
from printing import NoProgram, print_report
from records import INDEX, PLANTED_COLUMNS, Made, index_row, planted_rows, truth_record

from gouji.model.labels import Tag
from gouji.training.bodies import SIZES, Figures, figures_over_years, form_of
from gouji.training.composition import compose_with
from gouji.training.habits import follow
from gouji.training.places import Issuer
from gouji.training.reports import Grid, Report
from gouji.training.synthesize import expected_of
from gouji.training.wording import Wording

HERE = Path(__file__).parent
SEED = 13
_ATTEMPTS = 400  # at reports that print every cell of their form and nothing else in their tables
_SUFFIXES = {"html": ".html", "text": ".txt", "docx": ".docx", "pdf": ".pdf"}


def make_body(body: Mapping[str, Any], prose: Mapping[str, Sequence[str]]) -> Iterator[Made]:
    """The reports of one body."""
    rng = random.Random(f"{SEED}/{body['id']}")
    years = [plan["year"] for plan in body["reports"]]
    meant = figures_over_years(years, SIZES[body["size"]], rng)
    printed = {year: dict(figures) for year, figures in meant.items()}
    for plan in body["reports"]:
        if plan.get("planted") in PLANTED:
            PLANTED[plan["planted"]](printed[plan["year"]], meant.get(plan["year"] - 1, {}))
    wording = _plain(Wording.draw(rng, years[0]))
    for plan in body["reports"]:
        year = plan["year"]
        made = _whole_report(body, plan, printed[year], wording, prose)
        yield replace(made, meant=meant[year])


def _plain(wording: Wording) -> Wording:
    """A body's way to print labels; figures are printed plainly, but for habits that are asked for."""
    figures = {"blank": None, "unit": "", "count_unit": "", "thousands": False, "full_digits": False}
    signs = {"minus": "-", "plus": "", "padding": ""}
    labels = {"alias": 0, "explained": 0, "spaced": 0, "lossy": 0, "upright": None}
    return replace(wording, **figures, **signs, **labels)  # type: ignore[arg-type]


def _whole_report(
    body: Mapping[str, Any],
    plan: Mapping[str, Any],
    figures: Figures,
    wording: Wording,
    prose: Mapping[str, Sequence[str]],
) -> Made:
    """The first report composed of the figures that prints each of them, and no number beside."""
    year, form = plan["year"], form_of(plan["year"])
    name = body.get("names", {}).get(str(year), body["name"])
    issuer = Issuer(name, body["short"], body["place"])
    for attempt in range(_ATTEMPTS):
        rng = random.Random(f"{SEED}/{body['id']}/{year}/{attempt}")
        author = Author(issuer, year, form, figures, prose, plan.get("planted", ""), rng)
        forms = {table.id: form for table in form.tables}
        own = replace(wording, rng=rng, year=year)
        report = compose_with(author, issuer, year, forms, figures, rng, own)
        if _is_whole(report, list(form.keys())):
            made = Made(f"{body['id']}_{year}", plan, figures, report, {}, author.planted)
            if habit := plan.get("habit"):
                changed = follow(habit, report, rng)
                made = replace(made, report=changed.report, prints=changed.prints)
            return made
    raise RuntimeError(f"{body['id']} {year}: {_ATTEMPTS} reports, none whole")


def _is_whole(report: Report, keys: list[str]) -> bool:
    """Whether the tables print the form's cells alone, and no note tells other numbers of them."""
    cells = [cell for grid in report.blocks if isinstance(grid, Grid) for row in grid.rows for cell in row]
    values = [cell.key for cell in cells if cell.tag is Tag.VALUE]
    notes = [b for b in report.blocks if not isinstance(b, Grid) and b.role == "note"]
    return values == keys and list(report.truth) == keys and not notes


def write_corpus(folder: Path) -> list[str]:
    """Write pages, truths, the index and the list of what is planted; tell what was left as it lies."""
    config = tomllib.loads((HERE / "corpus.toml").read_text(encoding="utf-8"))
    for name in ("pages", "truth"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    index, planted, left = [], [], []
    for body in config["body"]:
        made = list(make_body(body, config["prose"]))
        planted += planted_rows(made)
        for one in made:
            form, _, how = one.plan["manner"].partition("/")
            name = "__".join(filter(None, (one.id, how, one.plan.get("damage")))) + _SUFFIXES[form]
            try:
                data, expect = _page(one)
                (folder / "pages" / name).write_bytes(data)
            except NoProgram as error:
                left.append(f"{name}: {error}")
                expect = expected_of(one.report)
            truth = json.dumps(truth_record(one), ensure_ascii=False, indent=0)
            (folder / "truth" / f"{one.id}.json").write_text(truth + "\n", encoding="utf-8")
            index.append(index_row(one, name, form, how, expect))
    for stale in {path.name for path in (folder / "pages").iterdir()} - {row[0] for row in index}:
        (folder / "pages" / stale).unlink()
    _write_csv(folder / "index.csv", INDEX, index)
    _write_csv(folder / "planted.csv", PLANTED_COLUMNS, planted)
    return left


def _page(one: Made) -> tuple[bytes, str]:
    """A report's file, and what may be asked of it."""
    damage = one.plan.get("damage", "")
    rng = random.Random(f"{SEED}/{one.id}/print")
    printed = print_report(one.report, one.plan["manner"], damage, rng)
    if printed.pieces is None:
        return printed.data, expected_of(one.report)
    return printed.data, expected_of(one.report, printed.pieces, [damage])


def _write_csv(path: Path, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([columns, *rows])


if __name__ == "__main__":
    for line in write_corpus(HERE):
        print(line, file=sys.stderr)
    write_crawl(HERE / "pages", HERE.parent / "crawl")
