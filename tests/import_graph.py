"""Which module of the project imports which, wherever the import stands, and the shortest circle among them.

Flow:  sources -> **graph of imports** -> circle, reach

An import inside a function and one for type checkers alone count like any other: they bind two modules as
much. That a module lies in a package, which Python imports before it, does not count.
"""

from __future__ import annotations

import ast
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

PACKAGES = ("annotations", "inference", "model", "training")

Graph = Mapping[str, Mapping[str, int]]  # module -> what it imports -> the line that does


def import_graph(root: Path) -> Graph:
    """The imports of the modules below a root, which is the package `gouji`, from one another."""
    files = [
        root / "__init__.py",
        *(path for name in PACKAGES for path in sorted(root.glob(f"{name}/**/*.py"))),
    ]
    sources = {_name(path.relative_to(root)): path for path in files}
    graph: dict[str, dict[str, int]] = {}
    for name, path in sources.items():
        graph[name] = {}
        for names, line in _imports(ast.parse(path.read_text(encoding="utf-8"), str(path))):
            imported = next((each for each in names if each in sources), name)
            if imported != name:
                graph[name].setdefault(imported, line)
    return graph


def shortest_circle(graph: Graph) -> Sequence[str]:
    """The modules of the shortest circle of imports, the first again at the end; empty where there is none.

    >>> shortest_circle({"a": {"b": 1, "c": 2}, "b": {"c": 1}, "c": {"a": 5}, "d": {"a": 1}})
    ['a', 'c', 'a']
    """
    circles = (_way(graph, name, name.__eq__) for name in graph)
    return min(filter(None, circles), key=len, default=[])


def way_into(graph: Graph, package: str, other: str) -> Sequence[str]:
    """The shortest way along imports from a package's modules into another package; empty where none leads.

    >>> way_into({"p.x": {"q": 1}, "q": {"r.y": 2}, "r.y": {}}, "p", "r")
    ['p.x', 'q', 'r.y']
    """
    ways = (_way(graph, name, _of(other)) for name in graph if _of(package)(name))
    return min(filter(None, ways), key=len, default=[])


def told(graph: Graph, way: Sequence[str]) -> str:
    """A way along imports, with the line of each.

    >>> told({"a": {"b": 3}, "b": {"a": 7}}, ["a", "b", "a"])
    'a line 3 -> b line 7 -> a'
    """
    return " -> ".join([*(f"{name} line {graph[name][other]}" for name, other in pairwise(way)), *way[-1:]])


def _name(path: Path) -> str:
    """A module's name, by its path below the root."""
    parts = path.with_suffix("").parts
    return ".".join(("gouji", *(parts[:-1] if parts[-1] == "__init__" else parts)))


def _imports(tree: ast.Module) -> Iterator[tuple[Sequence[str], int]]:
    """What a source imports, each as all that it may mean: `from a import b` means a.b, or else a."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (([each.name], node.lineno) for each in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"line {node.lineno}: a relative import, and the project has none"
            package = node.module or ""
            yield from (([f"{package}.{each.name}", package], node.lineno) for each in node.names)


def _of(package: str) -> Callable[[str], bool]:
    return lambda name: f"{name}.".startswith(f"{package}.")


def _way(graph: Graph, start: str, ends: Callable[[str], bool]) -> list[str]:
    """The shortest way along at least one import from a module to one where the way ends."""
    before: dict[str, str] = {}
    waiting = deque([start])
    while waiting:
        name = waiting.popleft()
        for other in graph[name]:
            if ends(other):
                way = [other, name]
                while way[-1] != start:
                    way.append(before[way[-1]])
                return way[::-1]
            if other not in before and other != start:
                before[other] = name
                waiting.append(other)
    return []
