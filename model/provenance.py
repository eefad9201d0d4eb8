"""Where a page came from: its address, when it was fetched, its bytes' digest, and what else a source told.

Flow:  source -> content -> **provenance**, beside its page -> extraction -> JSON, tables
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Provenance:
    """What only the source tells of a page; None where it does not tell."""

    url: str | None = None
    fetched: str | None = None  # as the source says it; ISO 8601 where its format fixes one
    sha256: str | None = None  # of the bytes that the page was read from
    columns: tuple[tuple[str, str], ...] = ()  # name and value of what the user asked for besides

    def within(self, outer: Provenance) -> Provenance:
        """What is told of a page in a container: what it says itself, and else what the container's own says.

        >>> Provenance(url="http://a.cn/1").within(Provenance("http://a.cn/crawl", "2024-03-05"))
        Provenance(url='http://a.cn/1', fetched='2024-03-05', sha256=None, columns=())
        """
        named = {name for name, _ in self.columns}
        columns = (*self.columns, *(each for each in outer.columns if each[0] not in named))
        return Provenance(self.url or outer.url, self.fetched or outer.fetched, self.sha256, columns)

    def to_record(self) -> dict[str, str]:
        """The object as JSON has it, without what is not told."""
        own = (("url", self.url), ("fetched", self.fetched), ("sha256", self.sha256))
        return {**dict(self.columns), **{name: value for name, value in own if value is not None}}


UNTOLD = Provenance()
