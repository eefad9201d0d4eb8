"""What became of a page that could not be read, in a few words for who knows no command line.

Flow:  a reader's message -> **its kind** -> a word of the index, before the message

Messages are written where the fault is found, in English, and name options of the command line. Only their
words are looked at here: a message of no kind stands by itself, and nothing else depends on its kind.
"""

from __future__ import annotations

import re

KINDS = (  # the first that fits; each has a word in words.json
    ("empty", r"^is empty|shows nothing|without pages|holds no page"),
    ("locked", r"password|certificate"),
    ("picture", r"\bpictures?\b|\bscan|OCR"),
    ("damaged", r"damaged|cut off|is cut|cannot be read"),
    ("limit", r"the limit of"),
    ("foreign", r"^is (?:a|an) (?:film|sound|font|database|program|archive)|of a kind|is binary"),
)


def kind_of(error: str) -> str:
    """The kind of fault that a message tells of; empty where it is none of these.

    >>> kind_of("is empty; expected the text of a report's page"), kind_of("is odd")
    ('empty', '')
    """
    return next((kind for kind, print_ in KINDS if re.search(print_, error)), "")
