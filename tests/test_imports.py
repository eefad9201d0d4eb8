"""Extraction needs nothing that only an extra brings, and imports what it needs only when it needs it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HEAVY = (
    "torch",
    "transformers",
    "datasets",
    "sklearn",
    "nervaluate",
    "xlsxwriter",
)


def modules_after(code: str) -> set[str]:
    """The names of the modules that a fresh interpreter has imported after running the code."""
    script = f"{code}\nimport sys\nprint('\\n'.join(sys.modules))"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(run.stdout.splitlines())


def test_every_module_of_inference_imports_without_what_only_an_extra_brings():
    root = Path(__file__).parent.parent
    files = [path for path in root.glob("inference/**/*.py") if not path.stem.startswith("__")]
    names = [".".join(path.relative_to(root).with_suffix("").parts) for path in files]
    imports = "\n".join(f"import gouji.{name}" for name in names)

    assert "inference.assembly.table_readings" in names
    assert not modules_after(imports) & {*HEAVY, "gouji.training"}


def test_extracting_a_page_imports_nothing_that_only_an_extra_brings(samples: Path):
    code = f"""
from pathlib import Path
from gouji.inference.extractor import Extractor
from gouji.inference.readers import read_page
for path in sorted(Path({str(samples)!r}).glob("*.txt")):
    Extractor().extract(read_page(path))
"""

    assert not modules_after(code) & set(HEAVY)


def test_importing_the_package_imports_nothing_until_a_name_is_asked_for():
    modules = modules_after("import gouji; gouji.__all__; dir(gouji)")

    assert {name for name in modules if name.split(".")[0] == "gouji"} == {"gouji"}


def test_the_names_of_the_package_are_there_before_a_model_or_a_table_is_needed():
    loaded = modules_after("from gouji import Extraction, Unread, extract, extract_many, frame, load, read")

    assert not loaded & {*HEAVY, "numpy", "onnxruntime", "ortools", "jieba", "pandas", "rich", "selectolax"}


def test_the_command_line_starts_without_what_only_extraction_needs():
    assert not modules_after("import gouji.inference.cli") & {
        *HEAVY,
        "numpy",
        "onnxruntime",
        "jieba",
        "rich",
    }
