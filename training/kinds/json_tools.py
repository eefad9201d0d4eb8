"""What converters and recognizers write of a document, by hand from their documentation."""

from __future__ import annotations

from typing import Any

from gouji.training.kinds.json_report import Made, dumped, grid, html_table, placed


def mineru_content_list(report: Made) -> bytes:
    blocks: list[dict[str, Any]] = [{"type": "text", "text": report.title, "text_level": 1, "page_idx": 0}]
    for number, table in enumerate(report.tables(), 1):
        blocks.append({"type": "text", "text": table.title, "text_level": 1, "page_idx": number})
        rows = grid(report, table)
        for part in (rows[: len(rows) // 2], rows[len(rows) // 2 :]) if number == 2 else (rows,):
            blocks.append(
                {
                    "type": "table",
                    "img_path": "images/1.jpg",
                    "table_caption": [],
                    "table_footnote": [],
                    "table_body": f"\n<html><body>{html_table(part)}</body></html>\n",
                    "page_idx": number,
                }
            )
        blocks.append({"type": "page_number", "text": str(number), "page_idx": number})
    return dumped(blocks, indent=4)


def mineru_middle(report: Made) -> bytes:
    def line(content: str) -> dict[str, Any]:
        return {"bbox": [0, 0, 1, 1], "spans": [{"type": "text", "content": content}]}

    pages = []
    for number, table in enumerate(report.tables()):
        span = {"type": "table", "html": html_table(grid(report, table)), "image_path": "a.jpg"}
        blocks = [
            {"type": "title", "lines": [line(report.title if number == 0 else "续")]},
            {"type": "title", "lines": [line(table.title)]},
            {"type": "table", "blocks": [{"type": "table_body", "lines": [{"spans": [span]}]}]},
        ]
        pages.append(
            {
                "page_idx": number,
                "para_blocks": blocks,
                "discarded_blocks": [{"type": "discarded", "lines": [line("12")]}],
            }
        )
    return dumped({"pdf_info": pages, "_backend": "pipeline", "_version_name": "2.0"})


def docling_document(report: Made) -> bytes:
    texts: list[dict[str, Any]] = []
    tables: list[dict[str, Any]] = []
    children: list[dict[str, str]] = []

    def say(text: str, label: str) -> None:
        children.append({"$ref": f"#/texts/{len(texts)}"})
        texts.append(
            {
                "self_ref": f"#/texts/{len(texts)}",
                "parent": {"$ref": "#/body"},
                "label": label,
                "text": text,
                "orig": text,
            }
        )

    say(report.title, "title")
    say("- 1 -", "page_footer")
    for table in report.tables():
        say(table.title, "section_header")
        cells = [
            {
                "text": text,
                "row_span": down,
                "col_span": across,
                "start_row_offset_idx": row,
                "end_row_offset_idx": row + down,
                "start_col_offset_idx": column,
                "end_col_offset_idx": column + across,
                "column_header": False,
            }
            for row, column, down, across, text in placed(grid(report, table))
        ]
        children.append({"$ref": f"#/tables/{len(tables)}"})
        tables.append(
            {
                "self_ref": f"#/tables/{len(tables)}",
                "label": "table",
                "captions": [],
                "data": {"table_cells": cells, "num_rows": 9, "num_cols": 9, "grid": []},
            }
        )
    body = {"self_ref": "#/body", "children": children, "name": "_root_", "label": "unspecified"}
    return dumped(
        {
            "schema_name": "DoclingDocument",
            "version": "1.5.0",
            "name": "a",
            "furniture": {"children": []},
            "body": body,
            "groups": [],
            "texts": texts,
            "tables": tables,
            "pictures": [],
        },
        indent=2,
    )


def azure_layout(report: Made) -> bytes:
    content, paragraphs, tables = "", [], []

    def say(text: str, role: str | None = None) -> dict[str, Any]:
        nonlocal content
        span = {"offset": len(content), "length": len(text)}
        content += text + "\n"
        paragraphs.append({"spans": [span], "content": text} | ({"role": role} if role else {}))
        return span

    say(report.title, "title")
    for table in report.tables():
        say(table.title, "sectionHeading")
        begin, cells = len(content), []
        for row, column, down, across, text in placed(grid(report, table)):
            cell: dict[str, Any] = {
                "rowIndex": row,
                "columnIndex": column,
                "content": text,
                "spans": [say(text)] if text else [],
            }
            cells.append(
                cell
                | ({"rowSpan": down} if down > 1 else {})
                | ({"columnSpan": across} if across > 1 else {})
            )
        tables.append(
            {
                "rowCount": 30,
                "columnCount": 10,
                "cells": cells,
                "spans": [{"offset": begin, "length": len(content) - begin}],
            }
        )
        say("第 1 页", "pageNumber")
    return dumped(
        {
            "status": "succeeded",
            "analyzeResult": {
                "apiVersion": "2024-11-30",
                "modelId": "prebuilt-layout",
                "content": content,
                "pages": [],
                "tables": tables,
                "paragraphs": paragraphs,
            },
        }
    )


def textract_blocks(report: Made) -> bytes:
    blocks: list[dict[str, Any]] = [{"BlockType": "PAGE", "Id": "p"}]

    def say(text: str, kind: str, **more: Any) -> str:
        blocks.append({"BlockType": kind, "Id": f"b{len(blocks)}", "Text": text} | more)
        return str(blocks[-1]["Id"])

    def children(*ids: str) -> list[dict[str, Any]]:
        return [{"Type": "CHILD", "Ids": list(ids)}] if ids else []

    say(report.title, "LINE", Relationships=children(say(report.title, "WORD")))
    for table in report.tables():
        say(table.title, "LINE", Relationships=children(say(table.title, "WORD")))
        cells, merged = [], []
        for row, column, down, across, text in placed(grid(report, table)):
            words = [say(text, "WORD")] if text else []
            parts = []
            for r in range(down):
                for c in range(across):
                    parts.append(
                        say(
                            "",
                            "CELL",
                            RowIndex=row + r + 1,
                            ColumnIndex=column + c + 1,
                            RowSpan=1,
                            ColumnSpan=1,
                            Relationships=children(*words) if not (r or c) else [],
                        )
                    )
            cells += parts
            if len(parts) > 1:
                merged.append(
                    say(
                        "",
                        "MERGED_CELL",
                        RowIndex=row + 1,
                        ColumnIndex=column + 1,
                        RowSpan=down,
                        ColumnSpan=across,
                        Relationships=children(*parts),
                    )
                )
            if words:
                say(text, "LINE", Relationships=children(*words))
        say("", "TABLE", Relationships=[*children(*cells), {"Type": "MERGED_CELL", "Ids": merged}])
    return dumped({"DocumentMetadata": {"Pages": 1}, "Blocks": blocks})


def paddle_v3(report: Made) -> bytes:
    regions = [{"block_label": "doc_title", "block_content": report.title, "block_bbox": [0, 0, 9, 9]}]
    for table in report.tables():
        regions.append(
            {"block_label": "paragraph_title", "block_content": table.title, "block_bbox": [0, 0, 9, 9]}
        )
        regions.append(
            {
                "block_label": "table",
                "block_content": f"<html><body>{html_table(grid(report, table))}</body></html>",
                "block_bbox": [0, 0, 9, 9],
            }
        )
        regions.append({"block_label": "number", "block_content": "3", "block_bbox": [0, 0, 9, 9]})
    return dumped(
        {
            "res": {
                "input_path": "a.png",
                "page_index": 0,
                "parsing_res_list": regions,
                "table_res_list": [],
                "overall_ocr_res": {"rec_texts": ["x"]},
            }
        },
        indent=4,
    )


def paddle_regions(report: Made) -> bytes:
    lines = [
        {
            "type": "title",
            "bbox": [0, 0, 9, 9],
            "res": [
                {"text": report.title, "confidence": 0.99, "text_region": [[0, 0], [9, 0], [9, 9], [0, 9]]}
            ],
            "img_idx": 0,
        }
    ]
    for table in report.tables():
        lines.append(
            {
                "type": "text",
                "bbox": [0, 0, 9, 9],
                "res": [
                    {"text": table.title, "confidence": 0.99, "text_region": [[0, 0], [9, 0], [9, 9], [0, 9]]}
                ],
                "img_idx": 0,
            }
        )
        lines.append(
            {
                "type": "table",
                "bbox": [0, 0, 9, 9],
                "res": {"html": html_table(grid(report, table))},
                "img_idx": 0,
            }
        )
    return b"".join(dumped(line) + b"\n" for line in lines)
