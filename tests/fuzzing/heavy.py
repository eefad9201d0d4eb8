"""Measure what the largest and deepest inputs cost one run of `gouji extract`: processor time and memory.

Flow:  made-up input -> **gouji extract, 6 GB of memory at most** -> answers, seconds, peak

Each input once took minutes, or all memory. The cost is that of the command and of every process that it
starts, also of one that was killed. By the clock it says little: machines are shared.
"""

from __future__ import annotations

import ctypes
import io
import json
import os
import resource
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

MEMORY = 6 << 30  # bytes of addresses that each process may ask for

_LIMIT = ("--limit", "seconds=600")  # by the clock: a machine that others share is slow
_ADOPT = 36  # PR_SET_CHILD_SUBREAPER: processes whose parent has ended are ours to wait for
_SAMPLES = Path(__file__).parents[2] / "samples"
_PROSE = "本机关全年公开信息128条，办理依申请公开12件。\n"
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def _report() -> str:
    return (_SAMPLES / "pages/yunling_2022__lines.txt").read_text(encoding="utf-8")


def _web_page() -> str:
    return (_SAMPLES / "corpus/pages/jichuan_2020__cms.html").read_text(encoding="utf-8")


def _prose(size: int) -> str:
    return _PROSE * (size // len(_PROSE.encode()))


def _zipped(files: Mapping[str, str | bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return held.getvalue()


def _document(paragraphs: int) -> bytes:
    body = "<w:p/>" * paragraphs
    return _zipped({"word/document.xml": f"<w:document {_W}><w:body>{body}</w:body></w:document>"})


def _pdf(drawn: bytes, sheets: int = 1) -> bytes:
    kids = b" ".join(b"%d 0 R" % (10 + sheet) for sheet in range(sheets))
    objects = [
        b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj",
        b"2 0 obj<</Type/Pages/Kids[%b]/Count %d>>endobj" % (kids, sheets),
        b"3 0 obj<</Length %d>>stream\n%b\nendstream endobj" % (len(drawn), drawn),
        b"4 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj",
    ]
    sheet = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 3 0 R/Resources<</Font<</F 4 0 R>>>>>>"
    objects += [b"%d 0 obj%bendobj" % (10 + number, sheet) for number in range(sheets)]
    return b"%PDF-1.7\n" + b"\n".join(objects) + b"\ntrailer<</Root 1 0 R>>"


def _fan_out(levels: int) -> bytes:
    leaf = _zipped({"a.txt": _PROSE * 20_000})
    for _ in range(levels):
        leaf = _zipped({f"{number}.zip": leaf for number in range(20)})
    return leaf


def _form(*, rows: int, label: int) -> str:
    """A form of one's own with so many rows, the first of a label of so many characters."""
    told = [
        'id = "large"',
        'source = "made up"',
        "[[table]]",
        'id = "t"',
        "counts = true",
        'heading = "表"',
        'title = "表"',
    ]
    told += [
        "[[table.block]]",
        'label = "项"',
        'heads = ["内容"]',
        'columns = [{ id = "c", label = "数量" }]',
    ]
    told += ["rows = ["]
    told += [
        f'  {{ id = "r{number}", label = "{"规" * label if number == 0 else f"行{number}"}" }},'
        for number in range(rows)
    ]
    told += ["]"]
    return "\n".join(told)


INPUTS: Mapping[str, Callable[[], str | bytes]] = {
    "100 MB of text.txt": lambda: _prose(100_000_000),
    "a report before 1.7 MB of prose.txt": lambda: _report() + _prose(1_700_000),
    "1.7 MB of prose before a report.txt": lambda: _prose(1_700_000) + _report(),
    "a report before 50 MB of prose.txt": lambda: _report() + _prose(50_000_000),
    "50 MB of prose before a report.txt": lambda: _prose(50_000_000) + _report(),
    "a line of 10 million digits.txt": lambda: "1" * 10_000_000,
    "200,000 rows of text.txt": lambda: _report().split("\n")[0] + "\n" + "规章\t1\t0\t3\n" * 200_000,
    "200,000 rows of HTML.html": lambda: "<table>" + "<tr><td>规章<td>1<td>0<td>3" * 200_000 + "</table>",
    "a million attributes.html": lambda: f"<p {' '.join(f'a{n}=1' for n in range(10**6))}>" + _web_page(),
    "100,000 nested tags.html": lambda: "<div>" * 100_000 + _web_page(),
    "a DOCX of 42 million paragraphs.docx": lambda: _document(42_000_000),
    "a DOCX of 1.9 million paragraphs.docx": lambda: _document(1_900_000),
    "a PDF of 3 million paths.pdf": lambda: _pdf(b"0 0 m 9 9 l S\n" * 3_000_000),
    "a PDF of 10,000 sheets.pdf": lambda: _pdf(b"BT /F 9 Tf 10 10 Td (hello 123) Tj ET", 10_000),
    "a JSON line of 95 MB.jsonl": lambda: json.dumps({"text": _prose(95_000_000)}, ensure_ascii=False),
    "a ZIP that fans out, 8,000 files.zip": lambda: _fan_out(3),
}
FORMS: Mapping[str, Callable[[], str]] = {
    "a form of 10,000 rows.toml": lambda: _form(rows=10_000, label=1),
    "a form with a label of 5 million characters.toml": lambda: _form(rows=1, label=5_000_000),
}


@dataclass(frozen=True, slots=True)
class Cost:
    """What one input cost, and what came of it."""

    name: str
    size: int  # bytes
    seconds: float  # of processor time, in all processes
    peak: int  # bytes that the largest of them held
    answer: str

    def line(self) -> str:
        """A row of a table."""
        cost = f"{self.size / 1e6:.1f} | {self.seconds:.1f} | {self.peak / 1e6:.0f}"
        return f"| {self.name} | {cost} | {self.answer} |"


def costs() -> Iterator[Cost]:
    """What each of the inputs costs, one after the other."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder, "page.txt")
        page.write_text(_report(), encoding="utf-8")
        for name, make in {**INPUTS, **FORMS}.items():
            path = Path(folder, name)
            made = make()
            path.write_bytes(made.encode() if isinstance(made, str) else made)
            yield _cost(path, [str(page), "--forms", str(path)] if name in FORMS else [str(path)])
            path.unlink()


def _cost(path: Path, arguments: list[str]) -> Cost:
    """Run the command in a process that sees what all of its processes cost."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.fuzzing.heavy", *arguments], capture_output=True, text=True, check=True
    )
    told = json.loads(done.stdout)
    name = path.name.rpartition(".")[0]
    return Cost(name, path.stat().st_size, told["seconds"], told["peak"], told["answer"])


def _measure(arguments: list[str]) -> dict[str, object]:
    ctypes.CDLL(None).prctl(_ADOPT, 1)
    done = subprocess.run(
        [sys.executable, "-m", "gouji.inference", "extract", "-q", "--jobs", "1", *_LIMIT, *arguments],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY)),
        capture_output=True,
        check=False,
    )
    while True:
        try:
            os.wait()
        except ChildProcessError:
            break
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    peak = used.ru_maxrss << 10
    answer = _answer(done.stdout, done.stderr.decode("utf-8", "replace"))
    return {"seconds": used.ru_utime + used.ru_stime, "peak": peak, "answer": answer}


def _answer(lines: bytes, told: str) -> str:
    """What came out, in short: how many answers of which status, or what was refused."""
    answers = [json.loads(line) for line in lines.splitlines()]
    statuses = Counter(answer.get("status", "error") for answer in answers)
    counted = ", ".join(f"{count} {status}" for status, count in statuses.most_common())
    refused = "" if answers else told.partition("\n")[0].rpartition(".toml: ")[2]
    first = next((answer["error"] for answer in answers if "error" in answer), refused)
    return f"{counted}{': ' if counted and first else ''}{first.partition(';')[0]}"


if __name__ == "__main__":
    print(json.dumps(_measure(sys.argv[1:])))
