"""Label Studio: tasks with predictions to import there, and its JSON export to read back.

Flow:  labelled pages -> **tasks** -> a person corrects -> **export** -> labellings

Offsets count characters there as they do here: seen in Label Studio 1.23, whose editor was given
emoji, rare Han, CRLF and zero-width characters. A region carries the text that it covers, which
is compared. Predictions are what the person starts from; only annotations are read back.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from gouji.annotations.labelling import Export, Labelling, listed, task_data
from gouji.annotations.pages import LabelledPage
from gouji.annotations.regions import Region

_FROM, _TO = "label", "text"  # the names of the tags in configurations/label_studio.xml


def task_lines(pages: Iterable[LabelledPage], labelled_by: str) -> Iterator[str]:
    """A JSON array of tasks, in pieces: one a page, its spans as a prediction.

    Args:
        pages: The pages, pre-labelled.
        labelled_by: What Label Studio shows as the prediction's model version.
    """
    lead = "["
    for page in pages:
        yield f"{lead}\n{json.dumps(_task(page, labelled_by), ensure_ascii=False)}"
        lead = ","
    yield "\n]\n" if lead == "," else "[]\n"


def read_export(content: str, where: str) -> Export:
    """What a JSON export holds; a task that nobody has labelled is left out."""
    try:
        tasks = json.loads(content)
    except (ValueError, RecursionError) as error:
        return _refused(f"{where}: not JSON: {error}")
    if not isinstance(tasks, list):
        return _refused(f"{where}: found {type(tasks).__name__}; expected a list of tasks")
    labellings: list[Labelling] = []
    faults: list[str] = []
    waiting: list[str] = []
    for number, task in enumerate(tasks, 1):
        if not isinstance(task, dict) or not isinstance(task.get("annotations"), list):
            return _refused(f"{where} item {number}: has no annotations")
        name = str(task.get("id", number))
        found = list(_labellings(task, f"{where} task {name}", name, faults))
        labellings.extend(found)
        if not found:
            waiting.append(name)
    left_out = (f"{where}: left out, not labelled or skipped: {listed(waiting)}",) if waiting else ()
    return Export(tuple(labellings), tuple(faults), left_out)


def _task(page: LabelledPage, labelled_by: str) -> dict[str, Any]:
    result = [
        {
            "id": f"span-{number}",
            "from_name": _FROM,
            "to_name": _TO,
            "type": "labels",
            "score": round(float(span.confidence), 4),
            "value": {
                "start": span.start,
                "end": span.end,
                "text": page.text[span.start : span.end],
                "labels": [str(span.tag)],
            },
        }
        for number, span in enumerate(page.spans, 1)
    ]
    score = min((float(span.confidence) for span in page.spans), default=1.0)  # to sort by: the weakest first
    prediction = {"model_version": labelled_by, "score": round(score, 4), "result": result}
    return {"data": {"text": page.text, **task_data(page)}, "predictions": [prediction]}


def _refused(fault: str) -> Export:
    remedy = "export as JSON, not as JSON-MIN or CoNLL, which breaks Chinese at blanks"
    return Export((), (f"{fault}; {remedy}",))


def _labellings(task: Mapping[str, Any], place: str, name: str, faults: list[str]) -> Iterator[Labelling]:
    data = task.get("data")
    text = data.get("text") if isinstance(data, dict) else None
    if not isinstance(data, dict) or not isinstance(text, str):
        faults.append(f"{place}: data.text: found {text!r}; expected the page's text")
        text, data = "", {}
    for annotation in task["annotations"]:
        if not isinstance(annotation, dict) or not isinstance(annotation.get("result"), list):
            faults.append(f"{place}: an annotation without result; export it anew as JSON")
            continue
        if annotation.get("was_cancelled"):
            continue
        at = f"{place}, annotation {annotation.get('id', '?')}"
        yield Labelling(
            place=at,
            name=f"label-studio-{name}",
            text=text,
            data=data,
            regions=tuple(_regions(annotation["result"], at, faults)),
            updated=str(annotation.get("updated_at") or annotation.get("created_at") or ""),
            chosen=annotation.get("ground_truth") is True,
        )


def _regions(result: Iterable[Any], place: str, faults: list[str]) -> Iterator[Region]:
    for region in result:
        if isinstance(region, dict) and region.get("type") not in (None, "labels"):
            continue  # a choice or a remark that somebody added to the configuration
        value = region.get("value") if isinstance(region, dict) else None
        value = value if isinstance(value, dict) else {}
        where = f"{place}, region {region.get('id', '?') if isinstance(region, dict) else '?'}"
        start, end, labels = value.get("start"), value.get("end"), value.get("labels")
        if type(start) is not int or type(end) is not int:
            faults.append(
                f"{where}: start and end: found {start!r} and {end!r}; expected counts of characters:"
                " use the configuration that ships with gouji"
            )
        elif not (isinstance(labels, list) and len(labels) == 1 and isinstance(labels[0], str)):
            faults.append(f"{where}: labels: found {labels!r}; expected one label")
        else:
            surface = value.get("text")
            yield Region(start, end, labels[0], surface if isinstance(surface, str) else None)
