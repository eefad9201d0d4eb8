"""Every doubt by its name, as the ablation and the docs know them.

Flow:  doubts of each kind -> **catalogue** -> line readings, ablation
"""

from __future__ import annotations

from gouji.inference.assembly.doubts import columns, deviation, ownership, roles
from gouji.inference.assembly.doubts.view import RowDoubt, Rows

DOUBTS_OF_ROWS: tuple[RowDoubt[Rows], ...] = (
    *ownership.DOUBTS,
    *roles.DOUBTS,
    *deviation.DOUBTS,
    *columns.DOUBTS,
)
