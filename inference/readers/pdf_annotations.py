"""What stands over a page of a PDF: form fields and notes, whose print is no part of the page's own.

Flow:  PDF -> **annotations** -> sheets -> grids, lines -> page

A viewer draws them over the page, so they are drawn into it before it is read. What a form holds and
does not show, or shows otherwise, is not read: where it stands, nothing is known, and nothing is blank.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any, NamedTuple

_MOST = 1 << 14  # characters of a field's value; a cell's has a dozen


class Annotation(NamedTuple):
    """A form field or a note, by its box in the PDF's own axes."""

    left: float
    bottom: float
    right: float
    top: float
    written: bool  # it shows text, or is there to hold it
    value: str | None = None  # of a field that holds text


def annotations_of(page: Any) -> list[Annotation]:
    """What stands over a page, less what shows nothing or marks the page's own text.

    Args:
        page: A `pypdfium2.PdfPage`, of a document whose forms were initialized.
    """
    from pypdfium2 import raw

    kinds = "LINK POPUP TEXT HIGHLIGHT UNDERLINE SQUIGGLY STRIKEOUT FILEATTACHMENT"
    harmless = {getattr(raw, f"FPDF_ANNOT_{kind}") for kind in kinds.split()}
    return [
        _annotation(raw, annotation, page.formenv)
        for annotation in _opened(raw, page)
        if raw.FPDFAnnot_GetSubtype(annotation) not in harmless
    ]


def draw_in(page: Any) -> None:
    """Draw what stands over a page into it; it is to be opened anew."""
    from pypdfium2 import raw

    raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY)


def _opened(raw: Any, page: Any) -> Iterator[Any]:
    for index in range(raw.FPDFPage_GetAnnotCount(page)):
        annotation = raw.FPDFPage_GetAnnot(page, index)
        if annotation:
            yield annotation
            raw.FPDFPage_CloseAnnot(annotation)


def _annotation(raw: Any, annotation: Any, form: Any) -> Annotation:
    box = raw.FS_RECTF()
    raw.FPDFAnnot_GetRect(annotation, box)
    kind = raw.FPDFAnnot_GetSubtype(annotation)
    value = None
    if kind == raw.FPDF_ANNOT_WIDGET and form:
        texts = {raw.FPDF_FORMFIELD_TEXTFIELD, raw.FPDF_FORMFIELD_COMBOBOX, raw.FPDF_FORMFIELD_LISTBOX}
        if raw.FPDFAnnot_GetFormFieldType(form, annotation) in texts:
            value = _value(raw, annotation, form)
    written = kind in (raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_FREETEXT)
    left, right = sorted((box.left, box.right))
    bottom, top = sorted((box.bottom, box.top))
    return Annotation(left, bottom, right, top, written, value)


def _value(raw: Any, annotation: Any, form: Any) -> str:
    held = (ctypes.c_ushort * _MOST)()
    size = raw.FPDFAnnot_GetFormFieldValue(form, annotation, held, ctypes.sizeof(held))
    return bytes(held)[: max(size - 2, 0)].decode("utf-16-le", "replace")
