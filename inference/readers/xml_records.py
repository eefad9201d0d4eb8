"""What the elements of XML say where they are records: an object of texts, a list where one comes again.

Flow:  root -> **value** -> pages
"""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element

from gouji.inference.readers.json_labels import is_column, is_row
from gouji.inference.readers.json_values import Figure
from gouji.inference.readers.packages import tag_of

_NAMES = ("name", "Name", "column", "N")  # attributes that say what a field is called
_NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"
_DEEPEST = 64  # levels; see gouji.inference.readers.json_values


def value_of_element(element: Element, depth: int = 0) -> Any:
    """The value of an element: a text, or an object of those below it by their names.

    >>> from xml.etree.ElementTree import fromstring
    >>> value_of_element(fromstring('<row><field name="c1">规章</field><field name="c2">3</field></row>'))
    {'c1': '规章', 'c2': '3'}
    """
    if element.get(_NIL) == "true":
        return None
    is_mixed = any(below.tail and below.tail.strip() for below in element)
    if not len(element) or is_mixed or depth >= _DEEPEST:
        text = "".join(element.itertext()).strip()
        return Figure(text) if text.isascii() and text.isdecimal() else text
    found: dict[str, Any] = {}
    several: set[str] = set()
    for below in element:
        named = (own for name, own in below.attrib.items() if name in _NAMES or is_row(own) or is_column(own))
        key = next(named, tag_of(below))
        value = value_of_element(below, depth + 1)
        if key in found and key not in several:
            found[key] = [found[key]]
            several.add(key)
        if key in several:
            found[key].append(value)
        else:
            found[key] = value
    return found
