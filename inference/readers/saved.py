"""Where a saved page was fetched, and when: what programs that save pages write in front of them.

Flow:  bytes of an HTML page -> **its comment** -> provenance

Known are the comments of browsers (Internet Explorer, Edge, Chrome), SingleFile, HTTrack and monolith, and
the meta elements of Save Page WE. What a page itself says of its address (canonical, og:url) is not read:
it may be another page's.
"""

from __future__ import annotations

import re
from datetime import datetime
from email.utils import parsedate_to_datetime

from gouji.model.provenance import Provenance

_HEAD = 1 << 14  # bytes that may stand before or in it; SingleFile's and HTTrack's stand behind <html>
_URL = rb"(https?://[^\s<>\"']+)"
_SAVED = (
    re.compile(rb"<!--\s*saved from url=\(\d{2,6}\)\s*" + _URL, re.I),
    re.compile(rb"<!--\s*Page saved with SingleFile\s+url:\s*" + _URL + rb"\s+saved date:\s*([^\n]+)", re.I),
    re.compile(rb"<!--\s*Saved from\s+" + _URL + rb"\s+at\s+(\S+)\s+using monolith", re.I),
    re.compile(rb"<meta\s+name=[\"']?savepage-url[\"']?\s+content=[\"']" + _URL, re.I),
)
_MIRRORED = re.compile(rb"<!--\s*Mirrored from\s+(\S+)\s+by HTTrack[^,]*?\],\s*([^\n]+?)\s*-->", re.I)
_SAVE_PAGE_WE_DATE = re.compile(rb"<meta\s+name=[\"']?savepage-date[\"']?\s+content=[\"']([^\"']+)", re.I)
_SINGLE_FILE_DATE = re.compile(r"([A-Z][a-z]{2} [A-Z][a-z]{2} \d{1,2} \d{4} \d\d:\d\d:\d\d) GMT([+-]\d{4})")


def saved_from(data: bytes) -> Provenance:
    """What the comment of a saved page tells; nothing where it has none.

    >>> saved_from(b"<!-- saved from url=(0026)https://a.gov.cn/zfxxgk.htm -->").url
    'https://a.gov.cn/zfxxgk.htm'
    """
    head = data[:_HEAD]
    for pattern in _SAVED:
        if match := pattern.search(head):
            told = match[2] if match.re.groups > 1 else None
            if told is None and (date := _SAVE_PAGE_WE_DATE.search(head)):
                told = date[1]
            return Provenance(_text(match[1]), None if told is None else as_iso(_text(told)))
    if match := _MIRRORED.search(head):
        address = _text(match[1])
        return Provenance(address if "://" in address else f"http://{address}", as_iso(_text(match[2])))
    return Provenance()


def as_iso(date: str) -> str:
    """A date as ISO 8601 has it, where it is of a kind that programs write; else as it is.

    >>> as_iso("Mon Jan 01 2024 12:00:00 GMT+0800 (China Standard Time)")
    '2024-01-01T12:00:00+08:00'
    >>> as_iso("Tue, 05 Mar 2019 08:12:33 GMT")
    '2019-03-05T08:12:33+00:00'
    >>> as_iso("last spring")
    'last spring'
    """
    date = date.strip()
    if match := _SINGLE_FILE_DATE.match(date):
        return datetime.strptime(f"{match[1]} {match[2]}", "%a %b %d %Y %H:%M:%S %z").isoformat()
    try:
        return parsedate_to_datetime(date).isoformat()
    except (ValueError, IndexError, TypeError):
        return date


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace").strip()
