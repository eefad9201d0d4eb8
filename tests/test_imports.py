"""Extraction needs nothing that only an extra brings, and imports what it needs only when it needs it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HEAVY = ("torch", "transformers", "datasets", "sklearn", "nervaluate")


def modules_after(code: str) -> set[str]:
    """The names of the packages that a fresh interpreter has imported after running the code."""
    script = f"{code}\nimport sys\nprint('\\n'.join({{name.split('.')[0] for name in sys.modules}}))"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(run.stdout.splitlines())


def test_every_module_of_inference_imports_without_what_only_an_extra_brings():
    folder = Path(__file__).parent.parent / "inference"
    names = [path.stem for path in sorted(folder.glob("*.py")) if path.stem != "__init__"]
    imports = "\n".join(f"import gouji.inference.{name}" for name in names)

    assert names
    assert not modules_after(imports) & {*HEAVY, "gouji.training"}


def test_extracting_a_page_imports_nothing_that_only_an_extra_brings(samples: Path):
    code = f"""
from pathlib import Path
from gouji.inference.extractor import Extractor
from gouji.inference.reading import read_page
for path in sorted(Path({str(samples)!r}).glob("*.txt")):
    Extractor().extract(read_page(path))
"""

    assert not modules_after(code) & set(HEAVY)


def test_the_command_line_starts_without_what_only_extraction_needs():
    assert not modules_after("import gouji.inference.cli") & {
        *HEAVY,
        "numpy",
        "onnxruntime",
        "ortools",
        "jieba",
        "rich",
    }
