"""Read traditional characters as the simplified ones that the forms are written in, one for one.

Flow:  bytes -> page's text -> **simplified text** -> folded text -> tokens

OpenCC says which character stands for which; each is looked up by itself, so that no offset moves. A text
whose characters are all of GB 2312, as those of simplified pages are, is left alone, and OpenCC is not even
imported. Converters for a region exchange words, too (信息 becomes 資訊): those of the official labels are
exchanged back, which all have as many characters. What stands on the page is never changed by this: it is
only read so.
"""

from __future__ import annotations

import re
from functools import cache

_CHINESE = re.compile(r"[\u3400-\u9fff]+")
_FIRST, _LAST = 0x3400, 0x9FFF
# What OpenCC's configurations s2twp and s2hkp make of words of the official labels, simplified again.
_REGIONAL = {"资讯": "信息", "专案": "项目", "性档案": "性文件", "反覆": "反复"}
_REGIONAL_WORD = re.compile("|".join(_REGIONAL))


def simplified(text: str) -> str:
    """The text in simplified characters; same length.

    >>> simplified("行政規範性檔案"), simplified("政府資訊公開"), simplified("乾县档案局")
    ('行政规范性文件', '政府信息公开', '乾县档案局')
    """
    if text.isascii() or _is_common("".join(_CHINESE.findall(text))):
        return text
    return _REGIONAL_WORD.sub(lambda word: _REGIONAL[word[0]], text.translate(_table()))


def _is_common(chinese: str) -> bool:
    """Whether all characters are in GB 2312: of 150 simplified pages of the devset each one's are."""
    try:
        chinese.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


@cache
def _table() -> dict[int, str]:
    """The simplified character of every other one, as OpenCC has it, Hong Kong's variants included."""
    from opencc import OpenCC

    characters = [chr(code) for code in range(_FIRST, _LAST + 1)]
    convert = OpenCC("hk2s").convert
    found = convert(convert("\n".join(characters))).split("\n")  # 薴 is 苧, and 苧 is 苎
    return {ord(a): b for a, b in zip(characters, found, strict=True) if a != b and len(b) == 1}
