"""Doubts that the steps of assembly raise where they work a row out; the steps say when, here stands what.

Flow:  **raised** -> line readings, found tables, cells

A doubt that is a predicate on print stands with its family in this folder.
"""

from __future__ import annotations

from gouji.inference.assembly.doubt import Doubt, Family
from gouji.inference.why import Why

NO_READING = Doubt(
    "no_reading", Family.ORDER, Why.TORN_APART, "No reading of the row's numbers satisfies its sums."
)

SEVERAL_TOO_MANY = Doubt(
    "several_too_many",
    Family.OWNERSHIP,
    Why.NEIGHBOUR_ROW,
    "Of several numbers too many some may be another row's, whose label was lost.",
)

TOO_MANY_READINGS = Doubt(
    "too_many_readings",
    Family.ORDER,
    Why.TOO_MANY_READINGS,
    "The row can be read in too many ways to list them.",
)

ADDS_UP_ELSEWHERE = Doubt(
    "adds_up_elsewhere",
    Family.CONTRADICTION,
    Why.SUMS_ELSEWHERE,
    "Where its layout puts them the row's numbers break its sums, in other places they keep them.",
)

ONE_SUMS_WORD = Doubt(
    "one_sums_word",
    Family.CONTRADICTION,
    Why.ONE_SUM,
    "By one sum's word neighbours are joined where cells are parted, or a number is too many.",
)

TOO_MANY_WITHOUT_SUM = Doubt(
    "too_many_without_sum",
    Family.COLUMNS,
    Why.NUMBER_TOO_MANY,
    "No sum tells which of too many numbers is none.",
)

COLUMNS_WITHOUT_SUM = Doubt(
    "columns_without_sum",
    Family.COLUMNS,
    Why.DIGITS_JOINED,
    "Digits ran together, and no sum tells how many columns, or which marks, they were.",
)

LONG_AMONG_FEW = Doubt(
    "long_among_few",
    Family.DEVIATION,
    Why.DIGITS_JOINED,
    "No sum tells that a long number among too few is one, where a border may have been lost.",
)

MANY_NEAR = Doubt(
    "many_near",
    Family.CONFIDENCE,
    Why.TAGGER_UNSURE,
    "Of too many numbers of a row the tagger does not know whether they are.",
)

NEAR_AGAINST_SUMS = Doubt(
    "near_against_sums",
    Family.CONTRADICTION,
    Why.TAGGER_UNSURE,
    "With a number that may be none the row breaks its sums, without it it keeps them.",
)

CELLS_UNTOLD = Doubt(
    "cells_untold", Family.COLUMNS, Why.BLANK_LOST, "The file's cells do not say which of the row's is which."
)

HEADERS_BESIDE_ANOTHER = Doubt(
    "headers_beside_another",
    Family.COLUMNS,
    Why.HEADER_UNSURE,
    "Under labels that repeat, or beside a column of the publisher's own, a number's column is not told.",
)

HEADERS_UNTOLD = Doubt(
    "headers_untold",
    Family.COLUMNS,
    Why.HEADER_UNSURE,
    "Column labels stand there, and do not say the order.",
)

WIDER_THAN_FORM = Doubt(
    "wider_than_form",
    Family.COLUMNS,
    Why.HEADER_UNSURE,
    "A column of the publisher's own is named above the table, and the row does not show which it is.",
)

UNREAD_PRINT = Doubt(
    "unread_print",
    Family.ROLE,
    Why.UNREAD_PRINT,
    "What stands beside a number in its cell is not understood, and may be another cell's.",
)

UNLABELLED_NUMBERS = Doubt(
    "unlabelled_numbers",
    Family.OWNERSHIP,
    Why.LABEL_UNSURE,
    "Numbers without a label fit several rows.",
)

PASSED_OVER = Doubt(
    "passed_over",
    Family.OWNERSHIP,
    Why.NUMBER_PASSED_OVER,
    "A number of the table was taken by no row, and the row prints too few.",
)

OUT_OF_ORDER = Doubt(
    "out_of_order",
    Family.ORDER,
    Why.TORN_APART,
    "A label of the form stands elsewhere than its order has it, or the page ends within a band.",
)

NUMBERS_WITHOUT_ROW = Doubt(
    "numbers_without_row",
    Family.OWNERSHIP,
    Why.TORN_APART,
    "Numbers of the table were taken by no row, so that rows may have lost theirs.",
)

EMPTY_IN_FAILING_SUM = Doubt(
    "empty_in_failing_sum",
    Family.CONTRADICTION,
    Why.SUMS_FAIL,
    "A row that prints nothing is in a sum that fails: its numbers may be lost.",
)

FAILING_OUT_OF_PLACE = Doubt(
    "failing_out_of_place",
    Family.CONTRADICTION,
    Why.SUMS_FAIL,
    "A sum fails in a table whose places had to be worked out: one of them may be wrong.",
)

UNSURE_TAG = Doubt(
    "unsure_tag",
    Family.CONFIDENCE,
    Why.TAGGER_UNSURE,
    "A cell rests on a tag below the bound, and not every sum that it is in confirms it.",
)

TWIN_LABEL = Doubt(
    "twin_label",
    Family.WORDING,
    Why.LABEL_UNSURE,
    "Another row prints the same words, and has no label of its own.",
)

TORN = frozenset(
    (NO_READING, SEVERAL_TOO_MANY)
)  # in a row with sums: its numbers and its label were torn apart

RAISED: tuple[Doubt, ...] = (
    NO_READING,
    SEVERAL_TOO_MANY,
    TOO_MANY_READINGS,
    ADDS_UP_ELSEWHERE,
    ONE_SUMS_WORD,
    TOO_MANY_WITHOUT_SUM,
    COLUMNS_WITHOUT_SUM,
    LONG_AMONG_FEW,
    MANY_NEAR,
    NEAR_AGAINST_SUMS,
    CELLS_UNTOLD,
    HEADERS_BESIDE_ANOTHER,
    HEADERS_UNTOLD,
    WIDER_THAN_FORM,
    UNREAD_PRINT,
    UNLABELLED_NUMBERS,
    PASSED_OVER,
    OUT_OF_ORDER,
    NUMBERS_WITHOUT_ROW,
    EMPTY_IN_FAILING_SUM,
    FAILING_OUT_OF_PLACE,
    UNSURE_TAG,
    TWIN_LABEL,
)
