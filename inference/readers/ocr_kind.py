"""Tell what text recognition writes as markup or TSV from other files.

Flow:  content -> **kind** -> reader
"""

from __future__ import annotations

import re

TSV = b"level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\t"
_MARKUP = re.compile(rb"<(?:\w+:)?(?:alto|PcGts)\b|class=['\"]ocr_page['\"]|name=['\"]ocr-system['\"]")


def is_recognized(head: bytes) -> bool:
    """Whether a content is what text recognition writes."""
    return head.startswith(TSV) or _MARKUP.search(head) is not None
