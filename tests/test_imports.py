"""Imports go one way, without a circle; extraction needs no extra, and imports a thing when it needs it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from .import_graph import Graph, import_graph, shortest_circle, told, way_into

ROOT = Path(__file__).parent.parent
OUTSIDE = ("readers", "outputs", "viewer", "evaluation")  # of assembly: before it and behind it
HEAVY = (
    "torch",
    "transformers",
    "datasets",
    "jieba",
    "sklearn",
    "nervaluate",
    "xlsxwriter",
)


def modules_after(code: str) -> set[str]:
    """The names of the modules that a fresh interpreter has imported after running the code."""
    script = f"{code}\nimport sys\nprint('\\n'.join(sys.modules))"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(run.stdout.splitlines())


@pytest.fixture(scope="module")
def graph() -> Graph:
    return import_graph(ROOT)


def test_imports_run_in_no_circle(graph: Graph):
    circle = shortest_circle(graph)

    assert not circle, f"{told(graph, circle)}; let both import what they share from a third module"


@pytest.mark.parametrize(
    ("package", "other"),
    [
        *(("model", other) for other in ("annotations", "inference", "training")),
        *(("annotations", other) for other in ("inference", "training")),
        ("inference.readers", "inference.assembly"),
        *(("inference.assembly", f"inference.{other}") for other in OUTSIDE),
    ],
)
def test_no_way_along_imports_leads_from_what_is_shared_to_what_is_built_on_it(
    graph: Graph, package: str, other: str
):
    way = way_into(graph, f"gouji.{package}", f"gouji.{other}")

    assert not way, f"{told(graph, way)}; {package} is to stand without {other}"


def test_of_inference_only_the_commands_of_training_import_training(graph: Graph):
    inference = {name: others for name, others in graph.items() if name.startswith("gouji.inference.")}
    importing = {name for name, others in inference.items() if any("gouji.training" in o for o in others)}

    assert importing == {"gouji.inference.commands.training"}


def test_no_module_of_the_assembler_knows_more_than_eight_of_its_neighbours(graph: Graph):
    assembly = {
        name: others for name, others in graph.items() if name.startswith("gouji.inference.assembly.")
    }
    known = {name: sum(other in assembly for other in others) for name, others in assembly.items()}

    assert {name: count for name, count in known.items() if count > 8} == {}


def test_an_import_inside_a_function_or_for_type_checkers_alone_closes_a_circle_too(tmp_path: Path):
    sources = {
        "__init__.py": "from gouji.model import low\n",
        "model/low.py": "if TYPE_CHECKING:\n    from gouji.model.middle import Middle\n",
        "model/middle.py": "def late():\n    from gouji.inference import high\n",
        "inference/high.py": "import gouji.inference.aside\nimport gouji.model.low\n",
        "inference/aside.py": "import gouji.inference.high, os\n",
    }
    for name, source in sources.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(source, encoding="utf-8")

    whole = import_graph(tmp_path)
    opened = {**whole, "gouji.inference.aside": {}}

    high, low, middle = "gouji.inference.high", "gouji.model.low", "gouji.model.middle"
    assert shortest_circle(whole) == ["gouji.inference.aside", high, "gouji.inference.aside"]
    assert shortest_circle(opened) == [high, low, middle, high]
    assert told(whole, way_into(whole, "gouji.model", "gouji.inference")) == f"{middle} line 2 -> {high}"


def test_every_module_of_inference_imports_without_what_only_an_extra_brings():
    files = [path for path in ROOT.glob("inference/**/*.py") if not path.stem.startswith("__")]
    names = [".".join(path.relative_to(ROOT).with_suffix("").parts) for path in files]
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

    assert not loaded & {*HEAVY, "numpy", "onnxruntime", "ortools", "pandas", "rich", "selectolax"}


def test_the_command_line_starts_without_what_only_extraction_needs():
    assert not modules_after("import gouji.inference.cli") & {
        *HEAVY,
        "numpy",
        "onnxruntime",
        "rich",
    }
