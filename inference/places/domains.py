"""What a government site's address says of its place: beijing.gov.cn, www.nanjing.gov.cn, js.gov.cn.

Flow:  address -> **names of places** -> settle

Only whole labels before gov.cn are read, and a label that several places have (taizhou) means each of them.
"""

from __future__ import annotations

import csv
import re
from functools import lru_cache
from pathlib import Path

_LABELS = Path(__file__).parent / "domains.csv"
_HOST = re.compile(r"^[a-z][a-z0-9+.-]*://(?:[^/@]*@)?([^/:?#]+)|^([a-z0-9.-]+\.gov\.cn)(?:[/:?#]|$)", re.I)


def places_of_address(url: str) -> frozenset[str]:
    """The provinces and cities that an address may be of; none where it names none.

    >>> sorted(places_of_address("https://www.nanjing.gov.cn/zwgk/")), sorted(places_of_address("http://a.cn"))
    (['南京市'], [])
    """
    match = _HOST.match(url)
    host = (match[1] or match[2]).lower() if match else ""
    if not host.endswith(".gov.cn"):
        return frozenset()
    labels = host.removesuffix(".gov.cn").split(".")
    return frozenset(name for label in labels for name in _places().get(label, ()))


@lru_cache(maxsize=1)
def _places() -> dict[str, tuple[str, ...]]:
    with _LABELS.open(encoding="utf-8", newline="") as file:
        return {row["label"]: tuple(row["places"].split()) for row in csv.DictReader(file)}
