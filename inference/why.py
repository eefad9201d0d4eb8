"""Why a cell is open: the short stable names that an answer gives, and what each of them means.

Flow:  doubts of the assembler -> **why** -> cells -> JSON, tables, viewer

A name says what the reader of an answer wants to know: what stands against a value. Which of the
assembler's doubts found it is its own affair, and may change; a name does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum


class Why(StrEnum):
    """What stands against a value that a page does not settle; `says` explains it."""

    says: str
    says_in_chinese: str

    def __new__(cls, name: str, says: str, says_in_chinese: str) -> Why:
        """A reason with its explanation in both languages."""
        member = str.__new__(cls, name)
        member._value_ = name
        member.says, member.says_in_chinese = says, says_in_chinese
        return member

    RIVAL_READING = (
        "rival_reading",
        "Another reading of the same print satisfies every sum as well.",
        "同样的印文另有读法，且同样满足全部勾稽关系。",
    )
    BLANK_LOST = (
        "blank_lost",
        "The row prints fewer numbers than it has cells, and nothing shows which of these are empty.",
        "该行数字少于单元格，看不出哪些为空。",
    )
    NUMBER_TOO_MANY = (
        "number_too_many",
        "The row prints more numbers than it has cells, and nothing shows which is none of them.",
        "该行数字多于单元格，看不出哪个是多余的。",
    )
    DIGITS_JOINED = (
        "digits_joined",
        "Digits run together, or a number was broken in two; they can be cut or joined in several ways.",
        "数字连在一起或被拆开，有多种切分方式。",
    )
    UNREAD_PRINT = (
        "unread_print",
        "A sign, a word, a mark or a picture stands in the cell or beside it, and is not understood.",
        "单元格内或旁边有无法理解的符号、文字、标记或图片。",
    )
    OTHER_TEXT = (
        "other_text",
        "Other text stands among the row's numbers or before them: they may not be the row's.",
        "该行数字之间或之前有其他文字，数字未必属于该行。",
    )
    PAGE_NUMBER = (
        "page_number",
        "One of the numbers may be a page's.",
        "其中一个数字可能是页码。",
    )
    NEIGHBOUR_ROW = (
        "neighbour_row",
        "The numbers may be those of the row above or below.",
        "数字可能属于上一行或下一行。",
    )
    LABEL_UNSURE = (
        "label_unsure",
        "The row's label may be another row's, or was lost, or comes twice.",
        "行标签可能属于另一行，或丢失，或重复出现。",
    )
    HEADER_UNSURE = (
        "header_unsure",
        "The column labels do not say which column a number is in, or name a column that is not the form's.",
        "列标题不能说明数字属于哪一列，或含有表式以外的列。",
    )
    UNLIKE_OTHERS = (
        "unlike_others",
        "The row is laid out unlike the others of its table.",
        "该行的排版与同表其他行不同。",
    )
    TORN_APART = (
        "torn_apart",
        "Labels and numbers were torn apart, and no sums prove the row for itself.",
        "标签与数字被拆散，该行又没有勾稽关系可以自证。",
    )
    SUMS_FAIL = (
        "sums_fail",
        "A sum fails where places had to be worked out: a misprint or a wrong place explains it alike.",
        "位置靠推算得出而勾稽不符：可能是原表有误，也可能是位置有误。",
    )
    SUMS_ELSEWHERE = (
        "sums_elsewhere",
        "As printed a sum fails; with the same numbers in other cells all of them hold.",
        "按原样勾稽不符，而同样的数字换个位置则全部相符。",
    )
    ONE_SUM = (
        "one_sum",
        "One sum is all that speaks for the reading.",
        "这一读法只有一条勾稽关系支持。",
    )
    TAGGER_UNSURE = (
        "tagger_unsure",
        "The tagger is not sure enough what the number or its label is.",
        "标注模型对数字或标签的判断不够确定。",
    )
    NUMBER_PASSED_OVER = (
        "number_passed_over",
        "A number of the table was taken by no row, and this one prints too few.",
        "表中有数字未归入任何行，而该行数字不足。",
    )
    TOO_MANY_READINGS = (
        "too_many_readings",
        "There are more readings than are looked through.",
        "读法太多，未能全部检验。",
    )
    CUT_OFF = (
        "cut_off",
        "The page or its sheet ends here, and the rest of the table may be gone.",
        "页面或纸张到此为止，表格其余部分可能缺失。",
    )
    NO_TABLE = ("no_table", "The page does not hold this table.", "页面没有这张表。")
    NO_LABEL = ("no_label", "The row's label does not stand on the page.", "页面上没有这一行的标签。")
    NO_COLUMN = ("no_column", "The page leaves this column out.", "页面没有这一列。")
    REPEATS_DROPPED = (
        "repeats_dropped",
        "The page shows each short text once: what was printed before is gone, and the row is not whole.",
        "页面上的短文本只保留一次：重复的内容已被删去，该行不完整。",
    )
    ANSWERED_OTHERWISE = (
        "answered_otherwise",
        "What a person has answered agrees with no reading of the row, so that none of them holds.",
        "人工给出的答案与该行的任何读法都不符，因此这些读法都不成立。",
    )


_BY_NAME: Mapping[str, Why] = {str(why): why for why in Why}


def is_reason(name: str) -> bool:
    """Whether there is a reason of that name."""
    return name in _BY_NAME


def reasons(names: Iterable[str]) -> tuple[Why, ...]:
    """The reasons of those names.

    Raises:
        KeyError: There is no reason of a name.
    """
    return tuple(_BY_NAME[name] for name in names)
