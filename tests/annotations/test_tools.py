"""Labels survive both tools: any text, to the character; and what real exports hold is taken or refused.

The exports in `exports/` were made by Label Studio 1.23.2 and doccano 1.8.4, from the file that
`gouji annotate` wrote of three pages (`prelabelled.jsonl`), as docs/labels.md tells.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouji.annotations.doccano import read_export as read_doccano
from gouji.annotations.label_studio import read_export as read_label_studio
from gouji.annotations.labelling import pages_of_exports
from gouji.annotations.pages import AnnotationError, LabelledPage, load_labelled_pages, write_labelled_pages
from gouji.annotations.tools import Tool, configuration, import_labelled, tool_lines
from gouji.model.labels import Span, Tag

EXPORTS = Path(__file__).parent / "exports"
PRELABELLED = EXPORTS / "prelabelled.jsonl"
FIRST, ODD, UNTOUCHED = (
    f"pages/{name}.txt" for name in ("first_table__lines", "odd_characters__web__crlf", "untouched__lines")
)

_LETTERS = ["3", "规章", "😀", "𠮷", "<b>"]
_REST = [
    "👨‍👩‍👧",
    "\u200b",
    "\r\n",
    "\n",
    "\t",
    " ",
    "\u3000",
    "\u2028",
    "\x85",
    "\ufeff",
    "&amp;",
    '"',
    "\\n",
]


@st.composite
def labelled_pages(draw: st.DrawFn) -> LabelledPage:
    """A page of any characters, with some of its printed pieces tagged."""
    text, spans = "", []
    for piece in draw(st.lists(st.sampled_from(_LETTERS + _REST), min_size=1, max_size=20)):
        if piece in _LETTERS and draw(st.booleans()):
            spans.append(Span(draw(st.sampled_from(list(Tag))), len(text), len(text) + len(piece)))
        text += piece
    truth = draw(
        st.sampled_from(
            [None, {"review/direct_suit/total": 0.123456789012, "review/direct_suit/other": None}]
        )
    )
    return LabelledPage(
        "页/a.txt", text, tuple(spans), "web", "", draw(st.sampled_from(["", "𠮷林县"])), "2021", truth
    )


def corrected_in_label_studio(written: str) -> str:
    """The export of a project in which every prediction was submitted as it is."""
    tasks = json.loads(written)
    for number, task in enumerate(tasks, 1):
        result = task.pop("predictions")[0]["result"]
        task.update(id=number, annotations=[{"id": number, "result": result, "was_cancelled": False}])
    return json.dumps(tasks, ensure_ascii=False)


def corrected_in_doccano(written: str) -> str:
    """The export of a project in which nothing was changed."""
    return "".join(
        json.dumps({"id": 1, **json.loads(line), "Comments": []}, ensure_ascii=False) + "\n"
        for line in written.split("\n")[:-1]
    )


@given(labelled_pages())
def test_any_page_comes_back_from_label_studio_as_it_went(page: LabelledPage):
    written = "".join(tool_lines([page], Tool.LABEL_STUDIO, "gouji"))

    export = read_label_studio(corrected_in_label_studio(written), "export.json")

    assert pages_of_exports([export]).pages == (page,)


@given(labelled_pages())
def test_any_page_comes_back_from_doccano_as_it_went(page: LabelledPage):
    written = "".join(tool_lines([page], Tool.DOCCANO, "gouji"))

    export = read_doccano(corrected_in_doccano(written), "export.jsonl", with_empty=True)

    assert pages_of_exports([export]).pages == (page,)


def test_doccano_is_given_utf_16_units_and_the_same_keys_with_every_page():
    bare = LabelledPage("b", "3", (Span(Tag.VALUE, 0, 1),))
    full = LabelledPage(
        "a", "😀3", (Span(Tag.VALUE, 1, 2),), "web", "crlf", "青溪市", "2021", {"review/direct_suit/total": 3}
    )

    first, second = (json.loads(line) for line in tool_lines([full, bare], Tool.DOCCANO, ""))

    assert first["label"] == [[2, 3, "VALUE"]]
    assert list(first) == list(second)
    assert all(isinstance(value, str) for key, value in second.items() if key != "label")


def test_label_studio_is_given_predictions_with_confidences_and_the_covered_text():
    page = LabelledPage("a", "😀3", (Span(Tag.VALUE, 1, 2, 0.81239),))

    (task,) = json.loads("".join(tool_lines([page], Tool.LABEL_STUDIO, "gouji 1")))

    (prediction,) = task["predictions"]
    assert prediction["model_version"] == "gouji 1"
    assert prediction["result"][0]["value"] == {"start": 1, "end": 2, "text": "3", "labels": ["VALUE"]}
    assert prediction["result"][0]["score"] == prediction["score"] == 0.8124


def test_no_page_is_still_a_file_that_the_tool_can_read():
    assert json.loads("".join(tool_lines([], Tool.LABEL_STUDIO, ""))) == []


@pytest.mark.parametrize("tool", [Tool.LABEL_STUDIO, Tool.DOCCANO])
def test_the_configurations_name_every_tag_and_no_other(tool: Tool):
    shipped = configuration(tool)
    if tool is Tool.LABEL_STUDIO:
        tree = ElementTree.fromstring(shipped)
        names = [label.get("value") for label in tree.iter("Label")]
        (labels,), (text,) = tree.iter("Labels"), tree.iter("Text")
        (task,) = json.loads(
            "".join(tool_lines([LabelledPage("a", "3", (Span(Tag.VALUE, 0, 1),))], tool, ""))
        )
        region = task["predictions"][0]["result"][0]
        assert (labels.get("name"), labels.get("toName"), text.get("name")) == (
            region["from_name"],
            region["to_name"],
            region["to_name"],
        )
        assert text.get("value") == "$text"
    else:
        names = [label["text"] for label in json.loads(shipped)]

    assert names == list(Tag)


# Real exports.


def originals() -> dict[str, LabelledPage]:
    return {page.id: page for page in load_labelled_pages(PRELABELLED)}


def spans_of(page: LabelledPage) -> set[tuple[int, int, str]]:
    return {(span.start, span.end, span.tag.value) for span in page.spans}


@pytest.mark.parametrize(
    ("name", "tool", "drawn"),
    [
        (
            "label_studio_1.23.2.json",
            Tool.LABEL_STUDIO,
            {"𠮷林县水务局2022年政府信息公开工作年度报告", "𪚥河用水申请3件。"},
        ),
        ("doccano_1.8.4_approved.zip", Tool.DOCCANO, {"𠮷林县水务局2022年政府信息公开工作年度报告"}),
    ],
)
def test_a_real_round_trip_changes_what_was_changed_by_hand_and_nothing_else(
    name: str, tool: Tool, drawn: set[str]
):
    imported = {page.id: page for page in import_labelled([EXPORTS / name], tool).pages}

    assert set(imported) == {FIRST, ODD}
    before, after = (spans_of(pages[FIRST]) for pages in (originals(), imported))
    assert (before - after, after - before) == ({(154, 158, "ROW")}, {(154, 158, "GROUP")})
    before, after = (spans_of(pages[ODD]) for pages in (originals(), imported))
    assert before - after == {(65, 71, "SECTION")}
    assert {imported[ODD].text[start:end] for start, end, _ in after - before} == drawn
    for page_id, page in imported.items():
        original = originals()[page_id]
        assert (page.text, page.issuer, page.tool, page.damage) == (
            original.text,
            original.issuer,
            original.tool,
            original.damage,
        )


def test_doccanos_export_of_all_pages_holds_the_unapproved_one_as_it_was_written():
    imported = {
        page.id: page for page in import_labelled([EXPORTS / "doccano_1.8.4_all.jsonl"], Tool.DOCCANO).pages
    }

    assert imported[UNTOUCHED] == originals()[UNTOUCHED]


def test_label_studios_task_that_nobody_labelled_is_left_out_and_named():
    assert (
        "not labelled or skipped: task 4"
        in import_labelled([EXPORTS / "label_studio_1.23.2.json"], Tool.LABEL_STUDIO).left_out[0]
    )


def test_people_who_disagree_are_refused_unless_the_newest_is_asked_for():
    export = EXPORTS / "label_studio_1.23.2_several.json"

    with pytest.raises(AnnotationError) as error:
        import_labelled([export], Tool.LABEL_STUDIO)
    newest = {page.id: page for page in import_labelled([export], Tool.LABEL_STUDIO, newest=True).pages}

    assert (
        f"{FIRST}: {export} task 2, annotation 2 and {export} task 2, annotation 4 disagree at 2 regions"
        in str(error.value)
    )
    assert "or pass --newest" in str(error.value)
    assert spans_of(newest[FIRST]) == spans_of(originals()[FIRST])


def test_a_real_overlap_is_refused_with_task_and_both_texts():
    with pytest.raises(AnnotationError) as error:
        import_labelled([EXPORTS / "label_studio_1.23.2_overlap.json"], Tool.LABEL_STUDIO)

    assert 'task 1, annotation 1 (nasty): [114, 118, "VALUE"] \'８6 😀\' overlaps [111, 116, "VALUE"]' in str(
        error.value
    )


# What else exports hold.


def label_studio(**changes: Any) -> str:
    region = {"id": "r", "type": "labels", "value": {"start": 0, "end": 2, "text": "规章", "labels": ["ROW"]}}
    annotation = {"id": 7, "result": [region], "was_cancelled": False, "updated_at": "2024-01-01T00:00:00Z"}
    task = {"id": 12, "data": {"text": "规章 3"}, "annotations": [annotation]}
    for place, value in changes.items():
        target: Any = {"task": task, "annotation": annotation, "region": region, "value": region["value"]}[
            place
        ]
        target.update(value)
    return json.dumps([task], ensure_ascii=False)


def doccano(*labels: Any, text: str = "规章 3", **more: Any) -> str:
    return json.dumps({"id": 12, "text": text, "label": list(labels), "Comments": [], **more}) + "\n"


def imported_of(tmp_path: Path, tool: Tool, *contents: str, **options: bool) -> list[LabelledPage]:
    paths = []
    for number, content in enumerate(contents):
        paths.append(tmp_path / f"export{number}.json")
        paths[-1].write_text(content, encoding="utf-8", newline="")
    return list(import_labelled(paths, tool, **options).pages)


def test_a_task_that_gouji_did_not_write_is_named_after_its_number(tmp_path: Path):
    (page,) = imported_of(tmp_path, Tool.LABEL_STUDIO, label_studio())
    (other,) = imported_of(tmp_path, Tool.DOCCANO, doccano([0, 2, "ROW"]))

    assert page == LabelledPage("label-studio-12", "规章 3", (Span(Tag.ROW, 0, 2),))
    assert other == LabelledPage("doccano-12", "规章 3", (Span(Tag.ROW, 0, 2),))


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"task": {"data": {}}}, "task 12: data.text: found None"),
        ({"annotation": {"result": None}}, "task 12: an annotation without result"),
        (
            {"value": {"start": "/div[1]/text()[1]"}},
            "region r: start and end: found '/div[1]/text()[1]' and 2",
        ),
        ({"value": {"labels": []}}, "task 12, annotation 7, region r: labels: found []; expected one label"),
        ({"value": {"labels": ["ROW", "VALUE"]}}, "expected one label"),
        ({"value": {"labels": ["CELL"]}}, "unknown label; expected one of SECTION"),
        ({"value": {"end": 3, "text": "规章3"}}, "covers '规章', but the export says '规章3'"),
        (
            {"task": {"data": {"text": "规章 3", "page": "a", "checksum": "0"}}},
            "annotation 7 (a): its text is not the one that gouji wrote",
        ),
        ({"task": {"data": {"text": "规章 3", "form": "1999"}}}, "form: found '1999'"),
        (
            {"task": {"data": {"text": "规章 3", "truth": "{"}}},
            "truth: found '{'; expected the JSON that gouji wrote",
        ),
        (
            {"task": {"annotations": None}},
            "item 1: has no annotations; export as JSON, not as JSON-MIN or CoNLL",
        ),
    ],
)
def test_what_is_wrong_in_label_studios_export_is_said_with_its_task(
    tmp_path: Path, changes: dict[str, Any], fault: str
):
    with pytest.raises(AnnotationError) as error:
        imported_of(tmp_path, Tool.LABEL_STUDIO, label_studio(**changes))

    assert fault in str(error.value)


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("not json\n", "line 1: not JSON"),
        ("[]\n", "line 1: found list; expected an object"),
        ('{"id": 3, "text": "a"}\n', "line 1 (task 3): expected a text and a list of labels"),
        (doccano([0, 2]), "line 1 (task 12): label [0, 2]: expected [start, end, label]"),
        (doccano([0, 9, "ROW"]), "does not lie in the text, which has 4 units"),
        (doccano([1, 3, "ROW"], text="😀😀"), "cuts a character beyond U+FFFF in two"),
        (doccano([0, 2, "CELL"]), 'line 1 (task 12) (doccano-12): [0, 2, "CELL"]: unknown label'),
    ],
)
def test_what_is_wrong_in_doccanos_export_is_said_with_its_line(tmp_path: Path, content: str, fault: str):
    with pytest.raises(AnnotationError) as error:
        imported_of(tmp_path, Tool.DOCCANO, content)

    assert fault in str(error.value)


def test_every_fault_of_every_file_is_listed_at_once(tmp_path: Path):
    with pytest.raises(AnnotationError) as error:
        imported_of(tmp_path, Tool.DOCCANO, doccano([0, 2, "A"], [3, 4, "B"]) + "{\n", doccano([9, 9, "ROW"]))

    assert len(str(error.value).splitlines()) == 4


def test_a_cancelled_annotation_does_not_count(tmp_path: Path):
    assert imported_of(tmp_path, Tool.LABEL_STUDIO, label_studio(annotation={"was_cancelled": True})) == []


def test_an_annotation_without_regions_is_a_page_without_tables(tmp_path: Path):
    (page,) = imported_of(tmp_path, Tool.LABEL_STUDIO, label_studio(annotation={"result": []}))

    assert page.spans == ()


def test_regions_that_are_no_labels_are_passed_over(tmp_path: Path):
    (page,) = imported_of(
        tmp_path, Tool.LABEL_STUDIO, label_studio(region={"type": "choices", "value": {"choices": ["easy"]}})
    )

    assert page.spans == ()


def test_a_labelling_marked_as_ground_truth_counts_before_a_newer_one(tmp_path: Path):
    (task,) = json.loads(label_studio(annotation={"ground_truth": True}))
    task["annotations"].append({"id": 8, "result": [], "updated_at": "2025-01-01T00:00:00Z"})

    (page,) = imported_of(tmp_path, Tool.LABEL_STUDIO, json.dumps([task]), newest=True)

    assert len(page.spans) == 1


def test_people_who_agree_need_no_choice(tmp_path: Path):
    (page,) = imported_of(tmp_path, Tool.DOCCANO, doccano([0, 2, "ROW"]), doccano([0, 3, "ROW"]))

    assert page.spans == (Span(Tag.ROW, 0, 2),)


def test_doccanos_people_who_disagree_are_refused_also_with_newest(tmp_path: Path):
    with pytest.raises(AnnotationError, match="import the file of one person only"):
        imported_of(tmp_path, Tool.DOCCANO, doccano([0, 2, "ROW"]), doccano([0, 2, "GROUP"]), newest=True)


def test_one_name_for_two_texts_is_refused(tmp_path: Path):
    with pytest.raises(AnnotationError, match="a: is the name of several texts"):
        imported_of(
            tmp_path,
            Tool.DOCCANO,
            doccano([0, 2, "ROW"], page="a"),
            doccano([0, 2, "ROW"], text="规章4", page="a"),
        )


def test_doccanos_pages_without_labels_are_left_out_unless_asked_for(tmp_path: Path):
    assert imported_of(tmp_path, Tool.DOCCANO, doccano()) == []
    assert len(imported_of(tmp_path, Tool.DOCCANO, doccano(), with_empty=True)) == 1


def test_doccanos_export_of_a_project_with_relations_is_read(tmp_path: Path):
    entity = {"id": 1, "label": "ROW", "start_offset": 0, "end_offset": 2}
    record = {"id": 3, "text": "规章", "entities": [entity], "relations": [], "Comments": []}

    (page,) = imported_of(tmp_path, Tool.DOCCANO, json.dumps(record))

    assert page.spans == (Span(Tag.ROW, 0, 2),)


def test_every_file_of_an_archive_is_read_and_named(tmp_path: Path):
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("alice.jsonl", doccano([0, 2, "ROW"], page="a"))
        archive.writestr("bob.jsonl", doccano([0, 2, "CELL"], page="b"))

    with pytest.raises(AnnotationError, match=r"export\.zip/bob\.jsonl line 1"):
        import_labelled([path], Tool.DOCCANO)


@pytest.mark.parametrize("tool", list(Tool))
@pytest.mark.parametrize("make", [lambda path: path.write_bytes(b"\xb9\xb9"), lambda path: None])
def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path, tool: Tool, make: Callable[[Path], None]):
    path = tmp_path / "export.json"
    make(path)

    with pytest.raises(AnnotationError, match=r"export\.json: cannot be read"):
        import_labelled([path], tool)


def test_files_of_our_own_format_are_joined_and_checked(tmp_path: Path):
    one, two = LabelledPage("a", "3", (Span(Tag.VALUE, 0, 1),)), LabelledPage("b", "4", ())
    paths = [tmp_path / name for name in ("x.jsonl", "y.jsonl", "z.jsonl")]
    for path, pages in zip(paths, ([one, two], [one], [LabelledPage("a", "3", ())]), strict=True):
        write_labelled_pages(pages, path)

    assert import_labelled(paths[:2], Tool.JSONL).pages == (one, two)
    with pytest.raises(AnnotationError, match="a stands in another file with other labels"):
        import_labelled(paths, Tool.JSONL)
