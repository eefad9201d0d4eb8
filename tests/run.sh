#!/bin/sh
# Every check of the project, with the tools on the PATH; fails when one fails, and runs them all.
cd "$(dirname "$0")/.." || exit 1
failed=0

check() {
    echo "== $*"
    "$@" || { failed=1; echo "!! failed: $*"; }
}

check ruff check .
check ruff format --check .
check mypy
check mkdocs build --strict --quiet
if [ -d tests/evaluation/pages ]; then
    check gouji evaluate --pages tests/evaluation/pages --truth tests/evaluation/truth --floor tests/floor.toml
else
    echo "== skipped, no pages in tests/evaluation: the floor of the cells is not held"
fi
if [ -f tests/evaluation/labelled.jsonl ]; then
    check gouji evaluate --labelled tests/evaluation/labelled.jsonl --floor tests/floor.toml
else
    echo "== skipped, no labelled pages in tests/evaluation: the floor of the spans is not held"
fi
check python -m pytest
exit $failed
