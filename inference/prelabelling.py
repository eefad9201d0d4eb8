"""Label pages with the tagger, so that a person corrects instead of typing.

Flow:  page -> tokens -> tags -> spans -> **labelled page** -> a labelling tool

The spans are those that extraction works with. What the page says of itself goes along: its
issuer by which training splits, and the tool and the damage that a name ID__TOOL__DAMAGE.txt says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from gouji.annotations.page_files import parse_name
from gouji.annotations.pages import LabelledPage
from gouji.annotations.reading_order import where_printed
from gouji.inference.metadata import read_metadata
from gouji.inference.readers import Options, document_pages
from gouji.inference.readers.document import whole
from gouji.inference.reading import ReadingError
from gouji.inference.sources import Source
from gouji.inference.tagger import Tagger
from gouji.model.errors import GoujiError
from gouji.model.page import Page
from gouji.model.ruled import unruled


class PrelabellingError(GoujiError):
    """Two pages would have the same name."""


@dataclass(frozen=True, slots=True)
class Prelabelled:
    """A source's labelled page, or what is wrong with the source."""

    source: str
    page: LabelledPage | None = None
    error: str | None = None


def check_names(sources: Sequence[Source]) -> None:
    """Refuse a page that is given twice: a page's name is what its labels come back by.

    Raises:
        PrelabellingError: A name stands twice.
    """
    names = [source.name for source in sources]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise PrelabellingError(f"{', '.join(twice)}: given twice; name each page once")


def prelabel(
    sources: Iterable[Source], tagger: Tagger, *, encoding: str | None = None, tool: str = ""
) -> Iterator[Prelabelled]:
    """Label pages, in order; one that cannot be read is answered in its place.

    Args:
        sources: The pages.
        tagger: The tagger that labels.
        encoding: Forces an encoding; None finds it out.
        tool: What flattened the pages, where their names do not say it.
    """
    for source in sources:
        try:
            page = _page(source, encoding)
        except ReadingError as error:
            yield Prelabelled(source.name, error=str(error).removeprefix(f"{source.name}: "))
            continue
        yield Prelabelled(source.name, labelled_by_tagger(page, tagger, tool))


def _page(source: Source, encoding: str | None) -> Page:
    if source.fault is not None:
        raise ReadingError(source.fault)
    return whole(document_pages(source.content, Options(encoding)))


def labelled_by_tagger(page: Page, tagger: Tagger, tool: str = "") -> LabelledPage:
    """A page with the spans that the tagger finds; `tool` flattened it, where its name does not say it."""
    name = parse_name(Path(page.source))
    read = unruled(page)
    return LabelledPage(
        id=page.source,
        text=page.text,
        spans=tuple(where_printed(read, tagger.tag(read).spans)),
        tool=name.tool or tool,
        damage=name.damage,
        issuer=read_metadata(page).issuer or "",
    )
