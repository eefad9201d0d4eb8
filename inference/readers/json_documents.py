"""Read documents whose parts refer to one another: Docling's, Azure Document Intelligence's, Textract's.

Flow:  value -> **tables by their cells, text outside of them** -> markup

What a reference names may stand anywhere in the file: of one that is cut off nothing is taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gouji.inference.readers.json_cells import Cell, cells_of, rows_of
from gouji.inference.readers.json_told import OF_THE_SHEET, Told, objects_in, printed
from gouji.inference.readers.json_values import shown
from gouji.inference.readers.markup import paragraphs, table
from gouji.inference.unread_marks import ABSENT


def docling(value: Any) -> Iterator[str] | None:
    """Docling's document: what its body refers to, in that order."""
    if not isinstance(value, dict) or not isinstance(value.get("body"), dict) or "texts" not in value:
        return None
    return _docling_items(value, value["body"], set())


def _docling_items(document: Told, parent: Told, seen: set[str]) -> Iterator[str]:
    for child in objects_in(parent.get("children")):
        reference = child.get("$ref", child.get("cref"))
        if not isinstance(reference, str) or reference in seen:
            continue
        seen.add(reference)
        item = _referred(document, reference)
        if item.get("label") in OF_THE_SHEET or item.get("content_layer") == "furniture":
            continue
        data = item.get("data")
        if isinstance(data, dict):
            for caption in objects_in(item.get("captions")):
                seen.add(shown(caption.get("$ref")))
                yield paragraphs(shown(_referred(document, shown(caption.get("$ref"))).get("text")))
            yield from _docling_table(data)
        elif isinstance(item.get("text"), str):
            marker = shown(item.get("marker")) if item.get("enumerated") else ""
            yield printed(f"{marker}{item['text']}")
        if not isinstance(data, dict):
            yield from _docling_items(document, item, seen)


def _docling_table(data: Told) -> Iterator[str]:
    grid = data.get("grid")
    told = data.get("table_cells") or [cell for row in grid or [] for cell in row]
    cells = cells_of(told)
    if cells:
        whole = "num_cols" in data  # which stands behind the cells; a file that is cut off lacks it
        yield table(rows_of(list(dict.fromkeys(cells)), lists_all=whole))


def _referred(document: Told, reference: str) -> Told:
    """What `#/texts/3` refers to."""
    found: Any = document
    for step in reference.removeprefix("#/").split("/"):
        if isinstance(found, dict):
            found = found.get(step)
        elif isinstance(found, list) and step.isdecimal() and int(step) < len(found):
            found = found[int(step)]
        else:
            return {}
    return found if isinstance(found, dict) else {}


def azure(value: Any) -> Iterator[str] | None:
    """Azure's answer: its tables by their cells, and the paragraphs outside of them, by their places."""
    told = value.get("analyzeResult", value.get("analyze_result", value)) if isinstance(value, dict) else None
    if not isinstance(told, dict):
        return None
    tables = [
        each
        for page in (told, *objects_in(told.get("pageResults")))
        for each in objects_in(page.get("tables"))
    ]
    cells = [cells_of(each.get("cells") or []) for each in tables]
    if not tables or None in cells:
        return None
    places = [_stretches(each) for each in tables]
    found = [
        (own[0][0] if own else len(places), table(rows_of(held or [])))
        for own, held in zip(places, cells, strict=True)
    ]
    inside = sorted(place for own in places for place in own)
    for paragraph in objects_in(told.get("paragraphs")):
        (start, _), *_others = _stretches(paragraph) or [(0, 0)]
        within = any(begin <= start < end for begin, end in inside)
        if not within and paragraph.get("role") not in OF_THE_SHEET:
            found.append((start, paragraphs(shown(paragraph.get("content")))))
    lines = [line for page in objects_in(told.get("readResults")) for line in objects_in(page.get("lines"))]
    found += [
        (-1, paragraphs(shown(line.get("text")))) for line in lines[:3]
    ]  # of the older answer: its title
    return (markup for _, markup in sorted(found, key=lambda each: each[0]))


def _stretches(told: Told) -> list[tuple[int, int]]:
    """Where the text of a thing stands in the whole."""
    spans = [(shown(span.get("offset")), shown(span.get("length"))) for span in objects_in(told.get("spans"))]
    return [
        (int(start), int(start) + int(length))
        for start, length in spans
        if start.isdecimal() and length.isdecimal()
    ]


def textract(value: Any) -> Iterator[str] | None:
    """Textract's blocks: its tables by their cells, and the lines outside of them."""
    blocks = value.get("Blocks") if isinstance(value, dict) else None
    if not isinstance(blocks, list) or not all(
        isinstance(block, dict) and "BlockType" in block for block in blocks
    ):
        return None
    by_id = {shown(block.get("Id")): block for block in blocks}
    tables = [block for block in blocks if block["BlockType"] == "TABLE"]
    words = {word for held in tables for cell in _related(held, by_id) for word in _ids(cell, "CHILD")}
    return _textract_parts(blocks, by_id, words)


def _textract_parts(blocks: Sequence[Told], by_id: Mapping[str, Told], in_tables: set[str]) -> Iterator[str]:
    for block in blocks:
        if block["BlockType"] == "TABLE":
            cells = list(_textract_cells(block, by_id))
            if cells:
                yield table(rows_of(cells))
        elif block["BlockType"] == "LINE" and in_tables.isdisjoint(_ids(block, "CHILD")):
            yield paragraphs(shown(block.get("Text")))


def _textract_cells(block: Told, by_id: Mapping[str, Told]) -> Iterator[Cell]:
    """A table's cells, those that are merged as one."""
    merged = [by_id[own] for own in _ids(block, "MERGED_CELL") if own in by_id]
    inside = {own for cell in merged for own in _ids(cell, "CHILD")}
    single = [by_id[own] for own in _ids(block, "CHILD") if own in by_id and own not in inside]
    for cell in (*merged, *single):
        parts = [by_id[own] for own in _ids(cell, "CHILD") if own in by_id] if cell in merged else [cell]
        words = [word for part in parts for word in _related(part, by_id)]
        known = all(own in by_id for part in parts for own in _ids(part, "CHILD"))
        text = "".join(shown(word.get("Text")) for word in words) if known else ABSENT
        yield from cells_of([{**cell, "text": text}]) or []


def _related(block: Told, by_id: Mapping[str, Told]) -> list[Told]:
    return [by_id[own] for own in _ids(block, "CHILD") if own in by_id]


def _ids(block: Told, kind: str) -> list[str]:
    related = [each for each in objects_in(block.get("Relationships")) if each.get("Type") == kind]
    return [shown(own) for each in related for own in each.get("Ids") or []]
