"""Give the text of a DOCX paragraph: what its runs show, and marks for what they show that is no text.

Flow:  paragraph -> **text, text boxes** -> blocks

Of a drawing that is kept twice, for new programs and old ones, the newer is taken, unless it shows
nothing. Of a field its result is shown, not its code. A style may hide or raise a run as its own
properties do.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from xml.etree.ElementTree import Element

from gouji.inference.readers.colours import WHITE, Colour, are_alike, of_office
from gouji.inference.readers.docx_elements import W, attribute_of, is_of_formulas, is_on, tag_of, value_of
from gouji.inference.readers.docx_numbering import Numbering
from gouji.inference.readers.marks import PICTURE, beside, is_figure, noted, struck, unsure

UNSEEN = frozenset((  # elements that show nothing, or show it elsewhere
    "del", "moveFrom", "pPr", "rPr", "tblPr", "trPr", "tcPr", "tblGrid", "sectPr", "instrText", "delText",
    "Fallback", "footnoteReference", "endnoteReference", "annotationRef", "commentReference", "sdtPr",
))  # fmt: skip
PICTURES = frozenset(("drawing", "pict", "object", "contentPart", "altChunk"))
_SIGNS = frozenset((  # print that is no text: ticks of a font, a page's number, a date, a document
    "sym", "pgNum", "dayShort", "dayLong", "monthShort", "monthLong", "yearShort", "yearLong", "subDoc",
))  # fmt: skip
_IN_LINE = frozenset(("oMath", "oMathPara", "r", "t"))  # what of a formula prints side by side
_TEXT_BOX = "txbxContent"
_NOTES = ("footnoteReference", "endnoteReference")
_NOTE_STYLES = ("footnotereference", "endnotereference")
_RAISED = 4  # half-points from which a run stands above the line
_SMALLEST = 8  # half-points: what is smaller is no print that is read
_LONGEST = 9  # digits of a number


@dataclass(slots=True)
class Runs:
    """What is known while a document's runs are read."""

    styles: Mapping[str, Sequence[Element]]  # the properties that a style gives its runs and paragraphs
    in_code: list[bool] = field(
        default_factory=list
    )  # for each open field, whether its result is yet to come
    ground: Colour = WHITE  # of the cell in hand
    numbering: Numbering = field(default_factory=lambda: Numbering(lambda: None))

    def text_of(self, paragraph: Element, boxes: list[Element]) -> str:
        """The text of a paragraph, `\\t` and `\\n` where it has them; the text boxes on it are set aside."""
        text = "".join(self._runs(paragraph, boxes))
        self.in_code = [False for code in self.in_code if not code]
        return PICTURE + text.strip() if is_figure(text) and self._is_numbered(paragraph) else text

    def _is_numbered(self, paragraph: Element) -> bool:
        """Whether a program prints a number or a bullet before a paragraph's own text."""
        properties = [p for part in paragraph if tag_of(part) == "pPr" for p in part]
        styles = (self.styles.get(value_of(p) or "", ()) for p in properties if tag_of(p) == "pStyle")
        numbering = [p for p in (*properties, *chain.from_iterable(styles)) if tag_of(p) == "numPr"]
        return any(map(self.numbering.prints, numbering[:1]))

    def _runs(self, element: Element, boxes: list[Element]) -> Iterator[str]:
        for child in element:
            tag = tag_of(child)
            if tag == "t":
                text = child.text or ""
                yield unsure(text) if any(self.in_code) else text
            elif tag in ("tab", "ptab"):
                yield "\t"
            elif tag in ("br", "cr"):
                yield "\n"
            elif tag == "noBreakHyphen":
                yield "-"
            elif tag in _SIGNS:
                yield PICTURE
            elif tag == "fldChar":
                yield from self._field(child)
            elif tag == _TEXT_BOX:
                boxes.append(child)
            elif tag == "rt":
                yield noted("".join(self._runs(child, boxes)))
            elif tag == "r":
                yield from self._run(child, boxes)
            elif tag == "AlternateContent":
                yield from self._alternative(child, boxes)
            elif tag in PICTURES:
                yield from self._picture(child, boxes)
            elif tag == "bdo" and value_of(child) == "rtl":
                yield unsure(_plain(child))  # is read from the right
            elif is_of_formulas(child) and tag not in _IN_LINE and tag not in UNSEEN:
                yield unsure(_plain(child))  # a fraction, a power, a root
            elif tag not in UNSEEN:
                yield from self._runs(child, boxes)

    def _run(self, run: Element, boxes: list[Element]) -> Iterator[str]:
        properties = list(self._properties(run))
        if any(tag_of(p) == "vanish" and is_on(p) for p in properties):
            return
        text = "".join(self._runs(run, boxes))
        own_mark = any(tag_of(below) in _NOTES for below in run)  # what is printed with it is the note's mark
        if any(tag_of(p) in ("strike", "dstrike") and is_on(p) for p in properties):
            yield struck(text) if text else ""
        elif text and (own_mark or any(map(_raises, properties))):
            yield noted(text)
        elif text and self._is_painted_over(properties):
            yield unsure(text)
        elif text and any(map(_is_tiny, properties)):
            yield beside(text)
        else:
            yield text

    def _is_painted_over(self, properties: Sequence[Element]) -> bool:
        """Whether a run has the colour of its ground."""
        colours = (of_office(value_of(p)) for p in properties if tag_of(p) == "color")
        colour = next((each for each in colours if each is not None), None)
        grounds = (shade_of(p) for p in properties if tag_of(p) == "shd")
        ground = next((each for each in grounds if each is not None), self.ground)
        if colour is None or any(tag_of(p) == "highlight" for p in properties):
            return False  # a colour of its own choice is one that is seen
        return are_alike(colour, ground)

    def _properties(self, run: Element) -> Iterator[Element]:
        for child in run:
            if tag_of(child) != "rPr":
                continue
            own = {tag_of(p) for p in child}
            yield from child
            for p in child:
                if tag_of(p) == "rStyle":
                    yield from (q for q in self.styles.get(value_of(p) or "", ()) if tag_of(q) not in own)

    def _field(self, edge: Element) -> Iterator[str]:
        kind = attribute_of(edge, "fldCharType")
        if kind == "begin":
            self.in_code.append(True)
            if any(tag_of(below) in ("checkBox", "ddList") for below in edge.iter()):
                yield PICTURE  # drawn by the program, without a result
        elif kind == "separate" and self.in_code:
            self.in_code[-1] = False
        elif kind == "end" and self.in_code and self.in_code.pop():
            yield PICTURE  # it has no result: what a program would show there is not known

    def _alternative(self, element: Element, boxes: list[Element]) -> Iterator[str]:
        found = [child for child in element if tag_of(child) == "Choice"]
        older = [child for child in element if tag_of(child) == "Fallback"]
        for child in (*found[:1], *older[:1]):
            before = len(boxes)
            text = "".join(self._runs(child, boxes))
            if text.strip() or len(boxes) > before:
                yield text
                return

    def _picture(self, element: Element, boxes: list[Element]) -> Iterator[str]:
        before = len(boxes)
        text = "".join(self._runs(element, boxes))
        yield text if text.strip() or len(boxes) > before else PICTURE


def _plain(element: Element) -> str:
    """The words that an element holds, in their order in the file."""
    return "".join(below.text or "" for below in element.iter() if tag_of(below) == "t")


def _is_tiny(p: Element) -> bool:
    value = value_of(p) or ""
    return tag_of(p) == "sz" and value.isdecimal() and len(value) < _LONGEST and int(value) < _SMALLEST


def shade_of(element: Element) -> Colour | None:
    """The colour of a shading."""
    return of_office(attribute_of(element, "fill"))


def styles_of(root: Element) -> dict[str, list[Element]]:
    """What each style of a document gives its runs and paragraphs, with what it is based on."""
    own: dict[str, list[Element]] = {}
    based: dict[str, str] = {}
    for style in root:
        id_ = attribute_of(style, "styleId")
        if tag_of(style) != "style" or id_ is None:
            continue
        own[id_] = [p for part in style if tag_of(part) in ("rPr", "pPr") for p in part if tag_of(p) != "rPr"]
        names = [(value_of(part) or "") for part in style if tag_of(part) == "name"]
        if any(name.lower().replace(" ", "") in _NOTE_STYLES for name in names):
            own[id_].append(Element("vertAlign", {f"{W}val": "superscript"}))
        based[id_] = next((value_of(part) or "" for part in style if tag_of(part) == "basedOn"), "")
    return {id_: [p for style in _line(id_, based) for p in own.get(style, ())] for id_ in own}


def _line(style: str, based: Mapping[str, str]) -> list[str]:
    line: list[str] = []
    while style and style not in line:
        line.append(style)
        style = based.get(style, "")
    return line


def _raises(p: Element) -> bool:
    tag, value = tag_of(p), value_of(p) or ""
    if tag == "position":
        return value.lstrip("-").isdecimal() and len(value) < _LONGEST and abs(int(value)) >= _RAISED
    is_note = tag == "rStyle" and value.lower() in _NOTE_STYLES
    return is_note or (tag == "vertAlign" and value in ("superscript", "subscript"))
