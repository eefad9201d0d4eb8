r"""Take from the lines beside a text's tables what their converter wrote and no reader of the page sees.

Flow:  lines outside of tables -> **print alone** -> blocks

Separators of pages, tags, fences, anchors, directives, attributes: each is known by its whole form, so that
nothing that a publisher printed goes with it. Of a heading's command its words stay.
"""

from __future__ import annotations

import re

from gouji.inference.readers.text_tables import bbcode

_MARKS = (
    r"^\{\d+\}-{5,}$",  # marker's pages
    r"<!--.*?-->|</?[A-Za-z][\w:-]*(?:\s[^<>]*)?/?>",  # HTML's, Muse's
    r"<<[^<>]*>>|\{anchor:[^{}]*\}|\{#[^{}\s]*\}$",  # org's, Jira's, pandoc's anchors
    r"^sep=.$",  # Excel's CSV
    r"^\s*(?:`{3,}|:{3,})\s*(?:\w*| *\{[^{}]*\})$",  # fences
    r"^(?:={4,}|-{4,}|\.{4,}|_{4,})$",  # rules
    r"^\s*\.\. (?:rubric::|(?:container|class|raw|table|_[^:]+)::?.*)|^\s*:[A-Za-z][\w-]*:(?:\s.*)?$",  # reST
    r"^\[(?:[.#%\[]|cols=|options=)[^\n]*\]$",  # AsciiDoc's attributes
    r"^\s*#(?:block|figure)[\[(]",  # Typst's
    r"^\{(?:[.#]|[a-z-]+[:=])[^{}]*\}$",  # djot's and Markua's attributes
    r"^h[1-6](?:\([^)\n]*\))?\. ",  # Textile's, Jira's headings
)
_NO_PRINT = re.compile("|".join(_MARKS))
_HEADING = re.compile(r"\\(?:(?:sub)*section|chapter|title|paragraph|textbf)\*?\{([^{}]*)\}?")


def print_of(written: str) -> str:
    r"""What a line outside of the tables prints.

    >>> print_of(r"\section{一、总体情况}"), print_of("h3(#一). 一、总体情况"), print_of("{.table}")
    ('一、总体情况', '一、总体情况', '')
    """
    return bbcode.without_styles(_HEADING.sub(r"\1", _NO_PRINT.sub("", written)))
