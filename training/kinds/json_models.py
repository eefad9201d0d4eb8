"""What models and data frames print of a report: objects by labels, rows, cells one by one."""

from __future__ import annotations

import json
from typing import Any

from gouji.training.kinds.json_report import Made, by_labels, dumped, grid, records


def model_object(report: Made) -> bytes:
    return dumped({"标题": report.title} | by_labels(report), indent=2)


def model_object_in_a_fence(report: Made) -> bytes:
    return (
        "好的，以下是从报告中提取的数据：\n\n```json\n".encode()
        + dumped({"报告名称": report.title} | by_labels(report, text=True), indent=4)
        + "\n```\n\n以上数据均来自原文。\n".encode()
    )


def model_object_sorted(report: Made) -> bytes:
    return dumped(by_labels(report), sort_keys=True)


def model_object_of_python(report: Made) -> bytes:
    return f"提取结果如下：\n{by_labels(report)!r}\n".encode()


def model_object_per_table(report: Made) -> bytes:
    parts = (
        f"### {title}\n\n```json\n{json.dumps(held, ensure_ascii=False, indent=2)}\n```\n"
        for title, held in by_labels(report).items()
    )
    return f"# {report.title}\n\n{''.join(parts)}".encode()


def model_by_columns(report: Made) -> bytes:
    found: dict[str, Any] = {}
    for table in report.tables():
        for block in table.blocks:
            own = found.setdefault(table.title, {})
            own = own.setdefault(block.label, {}) if block.label else own
            for column in block.columns:
                for row in block.rows:
                    place = own.setdefault(column.label, {})
                    for group in block.groups_of(row):
                        place = place.setdefault(group.label, {})
                    place[row.label] = report.value(table, row, column)
    return dumped(found, indent=2)


def model_columns_under_heads(report: Made) -> bytes:
    found = by_labels(report)

    def lifted(value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        if "商业企业" in value:
            inner = {key: held for key, held in value.items() if key not in ("自然人", "总计")}
            return {"申请人情况": {"自然人": value["自然人"], "法人或其他组织": inner, "总计": value["总计"]}}
        return {key: lifted(held) for key, held in value.items()}

    return dumped(lifted(found), indent=2)


def model_paths(report: Made) -> bytes:
    flat: dict[str, Any] = {"机关": report.title[:5]}

    def walk(value: dict[str, Any], path: tuple[str, ...]) -> None:
        for key, held in value.items():
            if isinstance(held, dict):
                walk(held, (*path, key))
            else:
                flat["/".join((*path, key))] = held

    walk(by_labels(report), ())
    return dumped(flat, indent=1)


def model_values_with_confidence(report: Made) -> bytes:
    def told(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: told(held) for key, held in value.items()}
        return {"value": value, "confidence": 0.93}

    return dumped(told(by_labels(report)))


def rows_in_tables(report: Made) -> bytes:
    return dumped(
        {
            "标题": report.title,
            "表格": [{"表名": table.title, "数据": records(report, table)} for table in report.tables()],
        },
        indent=2,
    )


def rows_as_text(report: Made) -> bytes:
    return "\n\n".join(
        f"{table.title}\n{dumped(records(report, table, '指标', text=True), indent=1).decode()}"
        for table in report.tables()
    ).encode()


def rows_one_a_line(report: Made) -> bytes:
    return b"".join(dumped(record) + b"\n" for table in report.tables() for record in records(report, table))


def rows_of_one_schema(report: Made) -> bytes:
    """Every row has every table's columns, null where it has none of them."""
    every = [record for table in report.tables() for record in records(report, table)]
    keys = list(dict.fromkeys(key for record in every for key in record))
    return dumped([{key: record.get(key) for key in keys} for record in every])


def rows_as_lists(report: Made) -> bytes:
    found = {
        table.title: [[text for text, _, _ in row] for row in grid(report, table)]
        for table in report.tables()
    }
    return dumped({"title": report.title} | found)


def rows_as_bare_lists(report: Made) -> bytes:
    rows = [
        [text for text, _, _ in row]
        for table in report.tables()
        for row in [[(table.title, 1, 1)], *grid(report, table)]
    ]
    return dumped(rows)


def cells_one_by_one(report: Made) -> bytes:
    return dumped([
        {"表": table.title, "分组": block.label or "", "行": row.label, "列": column.label}
        | {"值": report.value(table, row, column)}
        for table in report.tables()
        for block, row in table.rows()
        for column in block.columns
    ])  # fmt: skip


def pandas_split(report: Made) -> bytes:
    found = {}
    for table in report.tables():
        for block in table.blocks:
            data = [
                [row.label, *(report.value(table, row, column) for column in block.columns)]
                for row in block.rows
            ]
            frame = {
                "columns": ["项目", *(column.label for column in block.columns)],
                "index": list(range(len(data))),
                "data": data,
            }
            found[block.label or table.title] = frame
    return dumped(found)


def pandas_columns(report: Made) -> bytes:
    found = {}
    for table in report.tables():
        for block in table.blocks:
            frame: dict[str, dict[str, Any]] = {
                "项目": {str(i): row.label for i, row in enumerate(block.rows)}
            }
            for column in block.columns:
                values = [report.value(table, row, column) for row in block.rows]
                frame[column.label] = {
                    str(i): None if value is None else float(value) for i, value in enumerate(values)
                }
            found[block.label or table.title] = frame
    return dumped(found)


def rows_by_applicants(report: Made) -> bytes:
    """The table of applications turned over: an object for each column, its rows as keys."""
    disclosure, applications, review = report.tables()
    (block,) = applications.blocks
    turned = [
        {"申请人": column.label} | {row.label: report.value(applications, row, column) for row in block.rows}
        for column in block.columns
    ]
    other = by_labels(report)
    return dumped(
        {
            disclosure.title: other[disclosure.title],
            applications.title: turned,
            review.title: other[review.title],
        }
    )
