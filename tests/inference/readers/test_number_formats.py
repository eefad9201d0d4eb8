"""What a spreadsheet shows of a number, its format decides."""

from __future__ import annotations

import pytest

from gouji.inference.readers.number_formats import Shown, shown


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (3, "General", "3"),
        (14.495, "General", "14.495"),
        (0.1 + 0.2, "General", "0.3"),
        (-52, "General", "-52"),
        (51873, "#,##0", "51,873"),
        (1234567, "#,##0", "1,234,567"),
        (3, "0", "3"),
        (3, "00", "03"),
        (14.5, "0.00", "14.50"),
        (14.5, "0.0##", "14.5"),
        (0.5, "#.##", ".5"),
        (0, "#", ""),
        (3, '0"件"', "3件"),
        (14.495, '#,##0.000"万元"', "14.495万元"),
        (3, "0\\件", "3件"),
        (0, "0;-0;;@", ""),
        (0, '#,##0;-#,##0;"-"', "-"),
        (0, '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"??_ ;_ @_ ', "-"),
        (12, '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"??_ ;_ @_ ', "12"),
        (-5, "0;[Red]-0", "-5"),
        (-5, "0;[Red](0)", "(5)"),
        (-5, '0"件";"减少"0"件"', "减少5件"),
        (0.5, "0%", "50%"),
        (3, "[$-804]0", "3"),
        (3, "G/通用格式", "3"),
        (7, 'G/通用格式"件"', "7件"),
    ],
)
def test_a_format_that_is_known_shows_the_whole_number(value: float, code: str, text: str):
    assert shown(value, code) == Shown(text)


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (14.495, "0.0", "14.5"),
        (0.4, "0", "0"),
        (12345, '0!.0,"万"', "12345"),
        (3, "[DBNum1]General", "3"),
        (3, "[>100]0;0.0", "3"),
        (-40, '[<5]"<5";0', "-40"),
        (-5, "0_ ;[Red]0 ", "5"),
        (-5, '0"件";[Red]0"件"', "5件"),
        (0.5, "# ?/?", "0.5"),
        (3, ";;;", ""),
        (44562, "yyyy/m/d", "2022年1月1日"),
        (44562, "m月d日", "2022年1月1日"),
        (-3, "yyyy/m/d", "-3"),
    ],
)
def test_what_is_rounded_away_or_not_understood_is_said(value: float, code: str, text: str):
    assert shown(value, code) == Shown(text, whole=False)
