"""Tell whether print has the colour of what it stands on: nobody sees it, and a program that reads text does.

Flow:  styles -> **colours** -> marks

Only colours that are written out are compared: of an image, a gradient or a theme the ground is not known.
"""

from __future__ import annotations

import re

Colour = tuple[int, int, int]  # red, green, blue, 0 to 255

BLACK: Colour = (0, 0, 0)
WHITE: Colour = (255, 255, 255)

_ALIKE = 16  # steps of a channel that no eye tells apart in print
_HEX = re.compile(r"#?(?:[0-9a-f]{2})?([0-9a-f]{6})", re.IGNORECASE)
_WEB_HEX = re.compile(r"#(?:([0-9a-f]{6})(?:[0-9a-f]{2})?|([0-9a-f]{3})[0-9a-f]?)", re.IGNORECASE)
_CHANNELS = re.compile(r"rgba?\(\s*(\d+)\s*[, ]\s*(\d+)\s*[, ]\s*(\d+)\s*(?:[,/]\s*(?:1|1\.0|100%)\s*)?\)")
_NAMED = {
    "white": WHITE,
    "black": BLACK,
    "red": (255, 0, 0),
    "blue": (0, 0, 255),
    "yellow": (255, 255, 0),
    "lime": (0, 255, 0),
    "green": (0, 128, 0),
    "gray": (128, 128, 128),
    "grey": (128, 128, 128),
    "silver": (192, 192, 192),
    "lightgray": (211, 211, 211),
    "lightgrey": (211, 211, 211),
    "whitesmoke": (245, 245, 245),
    "snow": (255, 250, 250),
    "ivory": (255, 255, 240),
    "ghostwhite": (248, 248, 255),
    "floralwhite": (255, 250, 240),
    "aliceblue": (240, 248, 255),
    "mintcream": (245, 255, 250),
    "azure": (240, 255, 255),
}


def of_css(value: str) -> Colour | None:
    """The colour that a value of CSS names, alone or among other words; None where it is none that is known.

    >>> of_css("#fff"), of_css("solid rgb(0, 0, 255)"), of_css("url(a.png) white"), of_css("inherit")
    ((255, 255, 255), (0, 0, 255), None, None)
    """
    if "url(" in value or "gradient(" in value:
        return None
    if (channels := _CHANNELS.search(value)) is not None:
        red, green, blue = map(int, channels.groups())
        return red, green, blue
    for word in value.lower().split():
        if word in _NAMED:
            return _NAMED[word]
        if (written := _WEB_HEX.fullmatch(word)) is not None:
            return _of_hex(written[1] or "".join(digit * 2 for digit in written[2]))
    return None


def of_office(value: str | None) -> Colour | None:
    """The colour that an attribute of an office document writes, with its opacity or without.

    >>> of_office("FFFFFF"), of_office("FF0000FF"), of_office("auto")
    ((255, 255, 255), (0, 0, 255), None)
    """
    written = _HEX.fullmatch(value or "")
    return None if written is None else _of_hex(written[1])


def are_alike(one: Colour, other: Colour) -> bool:
    """Whether print of the one is not seen on the other."""
    return all(abs(a - b) <= _ALIKE for a, b in zip(one, other, strict=True))


def _of_hex(digits: str) -> Colour:
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)
