"""Name the elements of a DOCX document and what they say, in either of its two namespaces."""

from __future__ import annotations

from xml.etree.ElementTree import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_MATH = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/math}",
    "{http://purl.oclc.org/ooxml/officeDocument/math}",
)


def tag_of(element: Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def attribute_of(element: Element, name: str) -> str | None:
    return element.get(f"{W}{name}", element.get(f"{_STRICT}{name}"))


def value_of(element: Element) -> str | None:
    return attribute_of(element, "val")


def is_on(element: Element) -> bool:
    return value_of(element) not in ("0", "false", "off")


def is_of_formulas(element: Element) -> bool:
    """Whether an element is of a formula: a run of one, or a fraction, a root, a power."""
    return isinstance(element.tag, str) and element.tag.startswith(_MATH)
