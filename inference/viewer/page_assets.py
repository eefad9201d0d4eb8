"""The styles and scripts that the pages of a folder share: one file each, named by what it holds.

Flow:  assets/*.css, assets/*.js, words, forms -> **assets** -> DIR/assets/NAME-HASH.css, .js

They are the same for all, and were nearly half of a page (73 of 156 KB) when each held its own. Another
version's files have other names, so that pages of an earlier run that still lie in the folder keep theirs.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from gouji.inference.viewer.form_data import form_data
from gouji.inference.viewer.json_text import json_text
from gouji.inference.viewer.words import words
from gouji.model.forms import Form

FOLDER = "assets"

_STYLES = {"report": ("page.css", "report.css"), "index": ("page.css", "index.css"), "plain": ("page.css",)}
_SCRIPTS = {
    "report": ("language.js", "report.js"),
    "index": ("language.js", "index.js"),
    "plain": ("language.js",),
}


@dataclass(frozen=True, slots=True)
class Asset:
    """One file."""

    name: str
    text: str


def report_assets(forms: Mapping[str, Form]) -> tuple[Asset, ...]:
    """What a report's page needs, in the order in which it is read."""
    return (_style("report"), _forms(tuple(forms.values())), _script("report"))


def index_assets() -> tuple[Asset, ...]:
    """What the index needs, in the order in which it is read."""
    return (_style("index"), _script("index"))


def plain_assets() -> tuple[Asset, ...]:
    """What any page needs, in the order in which it is read: colours, controls, words of both languages."""
    return (_style("plain"), _script("plain"))


@cache
def _style(page: str) -> Asset:
    return asset(page, "css", "\n".join(map(_own, _STYLES[page])))


@cache
def _script(page: str) -> Asset:
    known = f'"use strict";\nconst WORDS = {json_text(words())};\n'
    return asset(page, "js", "\n".join([known, *map(_own, _SCRIPTS[page])]))


@cache
def _forms(forms: tuple[Form, ...]) -> Asset:
    return asset("forms", "js", f'"use strict";\nconst FORMS = {json_text(form_data(forms))};\n')


def asset(stem: str, ending: str, text: str) -> Asset:
    """A file named by what it holds."""
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    return Asset(f"{stem}-{digest[:10]}.{ending}", text)


def _own(name: str) -> str:
    """The text of one of the package's own files."""
    return (files(__package__) / "assets" / name).read_text(encoding="utf-8")
