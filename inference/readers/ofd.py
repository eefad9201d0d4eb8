"""Read an OFD document (GB/T 33190-2016), the fixed layout that Chinese offices file: as a PDF is read.

Flow:  ZIP -> document, templates, pages -> **sheets** -> grids, lines -> page

An OFD holds what is drawn and where, as a PDF does, and so its sheets go the way of a PDF's: tables by
their rules, other print by its places. Several documents in one file are read one behind the other. Seals
are pictures that signatures lay over a page, and no print of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from xml.etree.ElementTree import Element

from gouji.inference.limits import limits
from gouji.inference.readers.content import Content, Options
from gouji.inference.readers.ofd_drawing import Box, Drawing, box_of, sheet_of
from gouji.inference.readers.packages import (
    Package,
    attribute,
    below,
    beside,
    child,
    children,
    is_on,
    opened,
    tag_of,
)
from gouji.inference.readers.pages import pages_of_written
from gouji.inference.readers.pdf import Faults, fault_of, written_of
from gouji.inference.readers.pdf_sheet import Sheet
from gouji.inference.reading import ReadingError
from gouji.model.page import Page

WHAT = "an OFD document"
_ROOT = "OFD.xml"
_A4 = Box(0.0, 0.0, 210.0, 297.0)  # millimetres
_ORDER = ("Background", "Body", "Foreground")  # in which templates lie under and over a page
_ENCRYPTED = "is an OFD protected by a password or a certificate; open it, and print it without one"
_FAULTS = Faults(
    scanned="is a scanned OFD: it holds pictures of pages and no text; recognize its text first"
    " (OCR: PaddleOCR, MinerU) and give what comes of it",
    recognized="is a scanned OFD whose text a machine recognized and nobody printed: its figures prove"
    " nothing; read it off the pictures",
    empty="is an OFD without text; expected a report's page",
    nameless="is an OFD whose fonts do not say which characters they print; recognize its text (OCR)",
)


@dataclass(slots=True)
class _Document:
    """What the pages of one document share."""

    package: Package
    part: str  # its Document.xml
    root: Element
    area: Box = _A4
    templates: dict[str, Element] = field(default_factory=dict)
    units: dict[str, Element] = field(default_factory=dict)  # composite drawings, by number


def read(content: Content, options: Options) -> Iterator[Page]:
    """The reports of an OFD.

    Raises:
        ReadingError: It is damaged, protected, scanned, or without text.
    """
    most = limits().sheets
    with opened(content, WHAT) as package:
        drawn = (sheet for document in _documents(package) for sheet in _sheets(document))
        sheets = list(islice(drawn, most + 1))
    if len(sheets) > most:
        raise ReadingError(f"{content.name}: has {limits().reached('sheets')}")
    fault = fault_of(sheets, _FAULTS)
    if fault is not None:
        raise ReadingError(f"{content.name}: {fault}")
    yield from pages_of_written(content.name, written_of(sheets))


def _documents(package: Package) -> Iterator[_Document]:
    root = package.xml(_ROOT)
    if "encryptions.xml" in package.parts:
        raise ReadingError(f"{package.name}: {_ENCRYPTED}")
    for location in () if root is None else below(root, "DocRoot"):
        part = beside(_ROOT, (location.text or "").strip())
        document = package.xml(part)
        if document is None:
            fault = f"is {WHAT} without its part {part}; its archive is cut: fetch it again"
            raise ReadingError(f"{package.name}: {fault}")
        yield _prepared(_Document(package, part, document))


def _prepared(document: _Document) -> _Document:
    """A document with its sheet's size, its templates and what its drawings are composed of."""
    common = child(document.root, "CommonData")
    document.area = _area(child(common, "PageArea")) or _A4
    for template in children(common, "TemplatePage"):
        root = document.package.xml(_at(document, template.get("BaseLoc", "")))
        if root is not None:
            document.templates[template.get("ID", "")] = root
    for kind in ("PublicRes", "DocumentRes"):
        for location in children(common, kind):
            resources = document.package.xml(_at(document, location.text or ""))
            if resources is not None:
                document.units.update(_units(resources))
    return document


def _units(resources: Element) -> Mapping[str, Element]:
    return {unit.get("ID", ""): unit for unit in below(resources, "CompositeGraphicUnit")}


def _at(document: _Document, location: str) -> str:
    return beside(document.part, location.strip())


def _area(area: Element | None) -> Box | None:
    physical = child(area, "PhysicalBox")
    return None if physical is None else box_of(physical.text)


def _sheets(document: _Document) -> Iterator[Sheet]:
    over = _annotations(document)
    for page in below(document.root, "Page"):
        root = document.package.xml(_at(document, page.get("BaseLoc", "")))
        if root is None:
            continue
        area = _area(child(root, "Area")) or document.area
        units = dict(document.units)
        for location in children(root, "PageRes"):
            resources = document.package.xml(_at(document, location.text or ""))
            units.update({} if resources is None else _units(resources))
        drawing = Drawing(units)
        for layer in _layers(root, document.templates):
            drawing.add(layer)
        for appearance in over.get(page.get("ID", ""), ()):
            drawing.add(appearance, box_of(appearance.get("Boundary")))
        yield sheet_of(drawing, area)


def _layers(root: Element, templates: Mapping[str, Element]) -> Iterator[Element]:
    """The layers of a page and of the templates that it names, from the lowest."""
    named = [
        (t.get("ZOrder", "Background"), templates.get(t.get("TemplateID", "")))
        for t in children(root, "Template")
    ]
    for order in _ORDER:
        for wanted, template in named:
            if template is not None and wanted == order:
                yield from (each for content in children(template, "Content") for each in content)
        if order == "Body":
            yield from (each for content in children(root, "Content") for each in content)


def _annotations(document: _Document) -> Mapping[str, Sequence[Element]]:
    """What stands over each page, by the page's number; watermarks are none of its print."""
    found: dict[str, list[Element]] = {}
    location = child(document.root, "Annotations")
    part = _at(document, location.text or "") if location is not None else ""
    listed = document.package.xml(part) if part else None
    for page in children(listed, "Page"):
        file = child(page, "FileLoc")
        root = document.package.xml(beside(part, (file.text or "").strip())) if file is not None else None
        for annotation in () if root is None else below(root, "Annot"):
            seen = annotation.get("Visible") is None or is_on(annotation.get("Visible"))
            if seen and annotation.get("Type") != "Watermark":
                found.setdefault(attribute(page, "PageID") or "", []).extend(
                    each for each in annotation if tag_of(each) == "Appearance"
                )
    return found
