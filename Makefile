# The two commands of the README, for those who have make.

.PHONY: sample test format

.venv/bin/python:
	python3 -m venv .venv

sample: .venv/bin/python
	.venv/bin/pip install -q .
	.venv/bin/gouji extract samples/pages -o matrices.jsonl
	.venv/bin/gouji show samples/pages/yunling_2022__lines.txt

test: .venv/bin/python
	.venv/bin/pip install -q -e '.[train,dev]'
	PATH="$(CURDIR)/.venv/bin:$$PATH" sh tests/run.sh

format:
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .
