"""OFD is read as a PDF is: tables by their rules, print by its places; a scan is named."""

from __future__ import annotations

import pytest

from gouji.inference.extraction import State, Status
from gouji.inference.extractor import Extractor
from gouji.inference.readers import Content, Options, document_pages
from gouji.inference.reading import ReadingError
from gouji.model.page import Page

from .made import Report, report
from .made_ofd import (
    SPACE,
    Write,
    characters,
    content,
    image,
    ofd,
    ofd_of_documents,
    repeated_steps,
    report_pages,
    rule,
    stretched,
    text_object,
)

PROSE = "".join(
    text_object("青溪市水务局公开政府信息，依法办理申请，保障知情权。", 20.0, 20.0 + 6 * i) for i in range(6)
)


def pages(data: bytes) -> list[Page]:
    return document_pages(Content("a.ofd", data), Options())


def text_of(*objects: str, common: str = "", **parts: str) -> str:
    """What is printed by the objects of one page, among enough prose to be no scan."""
    (only,) = pages(ofd([PROSE + "".join(objects)], common=common, parts=parts))
    return only.text


def assert_is_read(extractor: Extractor, read: Page, made: Report) -> None:
    extraction = extractor.extract(read)
    assert {cell.key: cell.value for cell in extraction.cells} == made.values
    assert all(cell.state is State.BLANK for cell in extraction.cells if made.values[cell.key] is None)
    assert extraction.status is Status.VERIFIED
    assert all(c.start is None or read.text[c.start : c.end] == c.raw for c in extraction.cells)


@pytest.mark.parametrize("write", [text_object, repeated_steps, stretched, characters])
def test_a_report_is_read_by_its_rules_however_its_text_is_set(extractor: Extractor, write: Write):
    made = report()

    (read,) = pages(ofd(report_pages(made, write)))

    assert_is_read(extractor, read, made)


def test_cells_that_are_each_a_frame_make_a_table(extractor: Extractor):
    made = report()

    (read,) = pages(ofd(report_pages(made, framed=True)))

    assert_is_read(extractor, read, made)


def test_the_reports_of_several_documents_are_told_apart(extractor: Extractor):
    title = "县2022年政府信息公开工作年度报告"
    made = [report(f"甲{title}"), report(f"乙{title}", first=40)]

    read = pages(ofd_of_documents({f"Doc_{i}": (report_pages(each), "") for i, each in enumerate(made)}, {}))

    assert [extractor.extract(part).issuer for part in read] == ["甲县", "乙县"]
    for part, each in zip(read, made, strict=True):
        assert_is_read(extractor, part, each)


def test_what_a_template_draws_is_print_of_the_page():
    template = '<ofd:TemplatePage ID="7" BaseLoc="Tpls/Tpl_0/Content.xml"/>'
    drawn = f"<ofd:Page {SPACE}>{content(text_object('政府信息公开工作年度报告', 20.0, 100.0))}</ofd:Page>"
    page = f'<ofd:Template TemplateID="7" ZOrder="Background"/>{content(PROSE)}'

    (read,) = pages(ofd([page], common=template, parts={"Doc_0/Tpls/Tpl_0/Content.xml": drawn}))

    assert "政府信息公开工作年度报告" in read.text


def test_what_a_drawing_is_composed_of_is_print():
    drawn = text_object("行政许可", 0.0, 5.0)
    unit = (
        f'<ofd:Res {SPACE} BaseLoc="Res"><ofd:CompositeGraphicUnits>'
        f'<ofd:CompositeGraphicUnit ID="8" Width="90" Height="9"><ofd:Content>{drawn}</ofd:Content>'
        "</ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits></ofd:Res>"
    )
    used = '<ofd:CompositeObject ID="9" Boundary="20 100 90 9" ResourceID="8"/>'
    shared = "<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>"

    (read,) = pages(ofd([PROSE + used], common=shared, parts={"Doc_0/DocumentRes.xml": unit}))

    assert "行政许可" in read.text


def test_what_is_invisible_is_not_there():
    unseen = text_object("草稿", 20.0, 100.0).replace("<ofd:TextObject ", '<ofd:TextObject Visible="false" ')

    assert "草稿" not in text_of(unseen)


def test_a_watermark_that_stands_askew_is_left_out():
    askew = text_object("内部资料", 60.0, 100.0).replace("Size=", 'CTM="0.7 -0.7 0.7 0.7 0 0" Size=')

    assert "内部资料" not in text_of(askew)


def test_a_page_that_is_set_across_is_turned():
    (upright,) = pages(ofd([PROSE]))
    turned = PROSE.replace(" Size=", ' CTM="0 1 -1 0 0 0" Size=')
    moved = turned
    for i in range(6):
        moved = moved.replace(f'Boundary="20 {20 + 6 * i - 3.2:g} ', f'Boundary="{150 - 6 * i} 20 ')

    (read,) = pages(ofd([moved]))

    assert read.text.split() == upright.text.split()


def test_a_character_that_only_its_font_knows_is_marked():
    row = text_object("规章", 20.0, 104.0) + text_object("1\ue001", 60.0, 104.0)
    ruled = "".join(rule(15, y, 70, 0) for y in (100, 107)) + "".join(
        rule(x, 100, 0, 7) for x in (15, 50, 85)
    )

    assert "规章\t[图]" in text_of(row, ruled)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (ofd([image()]), r"a\.ofd: is a scanned OFD.*OCR"),
        (ofd([""]), "is an OFD without text"),
        (
            ofd([PROSE.replace("<ofd:TextObject ", '<ofd:TextObject Alpha="0" ') + image()]),
            "whose text a machine recognized",
        ),
        (ofd([PROSE], parts={"Encryptions.xml": "<a/>"}), "protected by a password or a certificate"),
        (ofd_of_documents({}, {"Doc_0/a.xml": "<a/>"}), "is an OFD without text"),
        (ofd([], parts={"Doc_1/a.xml": "<a>"}), "is an OFD without text"),
    ],
)
def test_what_is_no_page_is_named_with_a_remedy(data: bytes, message: str):
    with pytest.raises(ReadingError, match=message):
        pages(data)
