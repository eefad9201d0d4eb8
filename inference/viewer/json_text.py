"""JSON as it may stand within HTML, and within a script.

Flow:  words, forms, a page's data -> **JSON** -> assets, documents
"""

from __future__ import annotations

import json
from typing import Any


def json_text(data: Any) -> str:
    """JSON that cannot end the element that it stands in.

    >>> json_text(["</script>"])
    '["\\\\u003c/script>"]'
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
