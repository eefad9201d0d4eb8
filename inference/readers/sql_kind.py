"""Tell a dump of a database from other text.

Flow:  content -> **kind** -> reader
"""

from __future__ import annotations

import re

_SQL = re.compile(
    rb"(?im)^[ \t]*(?:(?:INSERT\s+(?:IGNORE\s+)?|REPLACE\s+)INTO\s+[^\n;]{1,2000}?VALUES\s*\("
    rb"|COPY\s+\S+\s*\([^)\n]*\)\s+FROM\s+stdin;)"
)
_BEGINS = re.compile(
    rb"(?i)\s*(?:--|/\*|SET\b|INSERT\b|REPLACE\b|DROP\b|CREATE\b|BEGIN\b|COPY\b|USE\b|LOCK\b|START\b|PRAGMA\b|TRUNCATE\b|DELETE\b)"
)


def is_sql(head: bytes) -> bool:
    """Whether a content is statements that fill a database's tables.

    >>> is_sql("INSERT INTO `t` VALUES (1,'规章');".encode())
    True
    """
    return _BEGINS.match(head) is not None and _SQL.search(head) is not None
