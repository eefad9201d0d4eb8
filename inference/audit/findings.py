"""What an audit says of one identity, one claim or one second look at reports.

Flow:  reports and their pages -> sums, years, claims, second reading -> **findings** -> table or JSON

`fails` is an alarm: no reading of the claim or of the identity agrees with what is printed.
Where a cell that it needs is open, or the words leave another meaning, it is `unknown`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gouji.inference.extraction import CheckState, Number, Suggestion


@dataclass(frozen=True, slots=True)
class Quote:
    """A piece of a page; `page.text[start:end] == text`, always."""

    text: str
    start: int  # characters of the decoded page
    end: int


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at, and what it came to."""

    check: str  # sums/…, years/…, claims/… or second/…
    state: CheckState
    sources: tuple[str, ...]
    issuer: str | None
    year: int | None  # the later one of two
    left: Number | None = None  # the claim's side, the earlier year's, the addends'
    right: Number | None = None  # the table's side, the later year's, the total
    quote: Quote | None = None
    note: str | None = None
    suggestion: Suggestion | None = None  # the one cell that would repair every failing sum

    def to_record(self) -> dict[str, Any]:
        """The finding as `gouji check --json` prints it."""
        return {
            "check": self.check,
            "state": str(self.state),
            "issuer": self.issuer,
            "year": self.year,
            "sources": list(self.sources),
            "left": self.left,
            "right": self.right,
            "quote": self.quote.text if self.quote else None,
            "start": self.quote.start if self.quote else None,
            "end": self.quote.end if self.quote else None,
            "note": self.note,
            "suggestion": self.suggestion.to_record() if self.suggestion else None,
        }
