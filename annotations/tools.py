"""The tools that people label in: what each is given, what it gives back, how it is set up.

Flow:  labelled pages -> **a tool's file** ... **a tool's export** -> labelled pages
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path

from gouji.annotations import doccano, label_studio
from gouji.annotations.labelling import Export, Import, pages_of_exports
from gouji.annotations.pages import AnnotationError, LabelledPage, labelled_lines, load_labelled_pages

CONFIGURATIONS = Path(__file__).parent / "configurations"


class Tool(StrEnum):
    """Where labels are made; the value is its name on the command line."""

    DOCCANO = "doccano"
    LABEL_STUDIO = "label-studio"
    JSONL = "jsonl"  # our own format, for an editor of one's own


def tool_lines(pages: Iterable[LabelledPage], tool: Tool, labelled_by: str) -> Iterator[str]:
    """The file that a tool imports, in pieces.

    Args:
        pages: The pages, pre-labelled.
        tool: The tool.
        labelled_by: What pre-labelled them, where the tool shows that.
    """
    if tool is Tool.LABEL_STUDIO:
        return label_studio.task_lines(pages, labelled_by)
    return doccano.task_lines(pages) if tool is Tool.DOCCANO else labelled_lines(pages)


def configuration(tool: Tool) -> str:
    """How a project of the tool is set up for our tags.

    Raises:
        AnnotationError: It needs none.
    """
    if tool is Tool.LABEL_STUDIO:
        return (CONFIGURATIONS / "label_studio.xml").read_text(encoding="utf-8")
    if tool is Tool.DOCCANO:
        return (CONFIGURATIONS / "doccano.json").read_text(encoding="utf-8")
    raise AnnotationError(f"{tool}: needs no configuration; its tags are in docs/labels.md")


def import_labelled(
    paths: Sequence[Path], tool: Tool, *, newest: bool = False, with_empty: bool = False
) -> Import:
    """The labelled pages of a tool's exports.

    Args:
        paths: The exports; a ZIP archive, as doccano gives it, stands for the files in it.
        tool: The tool.
        newest: Where people disagree and none is marked as true, take the labelling last changed.
        with_empty: Keep doccano's pages without any label.

    Raises:
        AnnotationError: Any file is faulty; all faults at once.
    """
    if tool is Tool.JSONL:
        return _joined(paths)
    exports = []
    for path in paths:
        for where, content in _contents(path):
            if isinstance(content, Exception):
                remedy = "expected the tool's export in utf-8, or a ZIP archive of such files"
                exports.append(Export((), (f"{where}: cannot be read: {content}; {remedy}",)))
            elif tool is Tool.DOCCANO:
                exports.append(doccano.read_export(content, where, with_empty=with_empty))
            else:
                exports.append(label_studio.read_export(content, where))
    return pages_of_exports(exports, newest=newest)


def _contents(path: Path) -> Iterator[tuple[str, str | Exception]]:
    """Each text file that a path stands for, by a name for errors; or why it cannot be read."""
    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                for name in archive.namelist():
                    yield f"{path}/{name}", archive.read(name).decode("utf-8-sig")
        else:
            yield str(path), path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError, zipfile.BadZipFile) as error:
        yield str(path), error


def _joined(paths: Iterable[Path]) -> Import:
    """Files of our own format as one."""
    pages: dict[str, LabelledPage] = {}
    faults = []
    for path in paths:
        try:
            for page in load_labelled_pages(path):
                if pages.setdefault(page.id, page) != page:
                    faults.append(f"{path}: {page.id} stands in another file with other labels; keep one")
        except AnnotationError as error:
            faults.append(str(error))
    if faults:
        raise AnnotationError("\n".join(faults))
    return Import(tuple(pages.values()))
