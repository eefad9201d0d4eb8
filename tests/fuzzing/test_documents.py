"""Whatever stands where an office document should have a number, a name or a part, it is read or refused.

The file is a whole report, as `gouji synthesize` writes it; one attribute, text or part says something else.
"""

from __future__ import annotations

import io
import random
import re
import zipfile
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gouji.training.kinds.field import whole_reports
from gouji.training.kinds.registry import KINDS

from .targets import archive_of, check_file
from .test_properties import BOUNDED

# Where something stands that a document's maker chose: an attribute's value, or a text.
SAID = re.compile(rb'(?<=[\w:]=")[^"]*(?=")|(?<=>)[^<>]+(?=<)')
ODD = st.sampled_from(
    (
        "",
        "x",
        "-1",
        "0",
        "1e999",
        "9" * 20,
        "9" * 5000,
        "nan",
        "1.5",
        "²",
        "../../x",
        "A1:B",
        "规",
        "&#xfffe;",
        "utf-32",
    )
)


@cache
def parts_of(kind: str) -> dict[str, bytes]:
    """The parts of a report, written as a kind of archive."""
    (report,) = whole_reports(1, seed=4)
    with zipfile.ZipFile(io.BytesIO(KINDS[kind].write(report, random.Random(4)))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("kind", ["docx", "xlsx", "ods", "ofd"])
@settings(BOUNDED)
@given(data=st.data())
def test_a_document_may_say_anything_anywhere(kind: str, data: st.DataObject):
    parts = dict(parts_of(kind))
    name = data.draw(st.sampled_from([name for name in parts if name.endswith((".xml", ".rels"))]))
    places = [match.span() for match in SAID.finditer(parts[name])]
    start, end = data.draw(st.sampled_from(places))
    parts[name] = parts[name][:start] + data.draw(ODD).encode() + parts[name][end:]

    check_file(archive_of(parts))


@pytest.mark.parametrize("kind", ["docx", "xlsx", "ods", "ofd"])
def test_a_document_may_lack_any_part(kind: str):
    parts = parts_of(kind)

    for lost in parts:
        check_file(archive_of({name: part for name, part in parts.items() if name != lost}))
