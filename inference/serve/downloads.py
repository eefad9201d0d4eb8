"""What is downloaded: all reports, or one, in each shape that `gouji convert` and `gouji panel` write.

Flow:  records -> outputs, panel -> **a file of its own folder** -> response
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from gouji.inference.outputs.records import Record
from gouji.model.forms import Form

MEDIA = {  # every file that is offered, and what it is
    "reports.csv": "text/csv; charset=utf-8",
    "reports.pages.csv": "text/csv; charset=utf-8",
    "reports.wide.csv": "text/csv; charset=utf-8",
    "reports.xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "reports.dta": "application/x-stata-dta",
    "reports.jsonl": "application/x-ndjson",
}
_WITH = {"reports.pages.csv": "reports.csv"}  # what is written beside another


def write(name: str, folder: Path, records: Iterable[Record], forms: Mapping[str, Form]) -> Path:
    """Write one of the files; CSV begins with a byte order mark, for Excel.

    Args:
        name: One of `MEDIA`.
        folder: Where to write.
        records: What is written, in their order.
        forms: Those that they were read by.

    Raises:
        OutputError: A package is missing, or nothing can be written in that shape.
    """
    if name.endswith(".dta"):
        return _panel(folder / name, list(records), forms)
    from gouji.inference.outputs.writers import new_writer, shape_of

    output = folder / _WITH.get(name, name)
    with new_writer(output, shape_of(output, None), forms, excel=name.endswith(".csv")) as writer:
        for record in records:
            writer.write(record)
    written = sorted(folder.glob("reports*.xlsx"))
    return _together(folder / f"{name}.zip", written) if len(written) > 1 else folder / name


def _panel(output: Path, records: list[Record], forms: Mapping[str, Form]) -> Path:
    from gouji.inference.panel.files import writer_for
    from gouji.inference.panel.rows import panel_of
    from gouji.inference.panel.series import load_series

    writer_for(output)(output, panel_of(records, load_series(forms), forms), list(forms.values()))
    return output


def _together(whole: Path, files: Iterable[Path]) -> Path:
    """Several workbooks, which hold so many reports each, in one file."""
    with ZipFile(whole, "w", ZIP_DEFLATED) as archive:
        for path in files:
            archive.write(path, path.name)
    return whole
