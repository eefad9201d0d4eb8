"""What stands around the tables holds numbers that are no values, and is filled to the last slot."""

from __future__ import annotations

import random
import re

from gouji.training.composition import compose_report
from gouji.training.places import invent_issuer
from gouji.training.prose import Writer
from gouji.training.reports import Paragraph


def test_what_style_and_script_leave_over_has_numbers_and_no_slot() -> None:
    rng = random.Random(1)
    writer = Writer(invent_issuer(rng), 2023, rng)

    lines = {writer.leftover() for _ in range(80)}

    assert len(lines) > 20
    assert all(re.search(r"\d", line) for line in lines)
    assert all("#" not in line.replace("'#", "") for line in lines)


def test_units_and_leftovers_stand_on_lines_of_their_own_in_some_reports() -> None:
    texts = [
        [block.text for block in compose_report(random.Random(seed)).blocks if isinstance(block, Paragraph)]
        for seed in range(150)
    ]

    assert 3 < sum(any(re.fullmatch(r"（?(计量)?单位[：:].*", text) for text in page) for page in texts) < 50
    assert 3 < sum(any("{" in text or "<!--" in text or "$(" in text for text in page) for page in texts) < 50
