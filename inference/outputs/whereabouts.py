"""Where a report's body is and where its page came from, as columns, and back as a record has it.

Flow:  record -> **columns** -> rows -> tables;  rows -> **parts of a record**;  record -> **data**
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from gouji.inference.made_by import MadeBy
from gouji.inference.places.levels import Level
from gouji.inference.places.place import Place
from gouji.model.provenance import Provenance

KEYS = ("place", "issuer_id", "meta", "made_by")  # of a record

_PLACE = ("province", "city", "county", "level", "body", "division_code")
_TOLD = ("url", "fetched", "sha256")
_VERSIONS = {"program": "program", "model": "model", "forms": "forms_version"}  # key -> column
COLUMNS = ("issuer_id", *_PLACE, "division_codes", *_TOLD, "meta", *_VERSIONS.values())


def place_columns(other: Mapping[str, Any]) -> dict[str, Any]:
    """What every row says of the body's place."""
    place = other.get("place") or {}
    codes = " ".join(place.get("division_codes", ())) or None
    named = {name: place.get(name) for name in _PLACE}
    return {"issuer_id": other.get("issuer_id"), **named, "division_codes": codes}


def origin_columns(other: Mapping[str, Any]) -> dict[str, Any]:
    """What every row says of where its page and its answer came from."""
    meta, versions = other.get("meta") or {}, other.get("made_by") or {}
    rest = {name: value for name, value in meta.items() if name not in _TOLD}
    return {
        **{name: meta.get(name) for name in _TOLD},
        "meta": json.dumps(rest, ensure_ascii=False) if rest else None,
        **{column: versions.get(key) for key, column in _VERSIONS.items()},
    }


def of_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """The parts of a record that a row tells."""
    parts: dict[str, Any] = {}
    if row.get("issuer_id") is not None:
        codes = (row.get("division_codes") or "").split()
        place = {name: row.get(name) for name in _PLACE}
        parts["place"] = {**place, **({"division_codes": codes} if codes else {})}
        parts["issuer_id"] = row["issuer_id"]
    meta = {name: row[name] for name in _TOLD if row.get(name) is not None}
    if rest := row.get("meta"):
        meta = {**json.loads(rest), **meta}
    if meta:
        parts["meta"] = meta
    versions = {key: row[column] for key, column in _VERSIONS.items() if row.get(column) is not None}
    return {**parts, **({"made_by": versions} if versions else {})}


def place_of_record(other: Mapping[str, Any]) -> Place | None:
    """The place that a record tells; None where it tells none.

    Raises:
        KeyError, ValueError: It is not as `gouji extract` writes it.
    """
    told = other.get("place")
    if told is None:
        return None
    level = None if told["level"] is None else Level(told["level"])
    codes = tuple(told.get("division_codes", ()))
    names = {name: told[name] for name in _PLACE if name != "level"}
    return Place(**names, level=level, division_codes=codes, issuer_id=other.get("issuer_id"))


def provenance_of_record(other: Mapping[str, Any]) -> Provenance:
    """The provenance that a record tells."""
    meta = other.get("meta") or {}
    rest = tuple((name, value) for name, value in meta.items() if name not in _TOLD)
    return Provenance(meta.get("url"), meta.get("fetched"), meta.get("sha256"), rest)


def versions_of_record(other: Mapping[str, Any]) -> MadeBy | None:
    """The versions that a record tells; None where it tells none."""
    told = other.get("made_by")
    return None if told is None else MadeBy(**told)
