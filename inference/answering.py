"""Open contents, and answer every page of them; that one cannot be read, or fails, is an answer too.

Flow:  contents -> **documents -> pages -> extractions** -> answers
"""

from __future__ import annotations

import sys
import traceback
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from gouji.inference.limits import limits
from gouji.inference.loading import kept_extractor, serve_pages_only
from gouji.inference.readers import Content, Options, Unread, read, unpack
from gouji.model.errors import GoujiError

if TYPE_CHECKING:
    from gouji.inference.extractor import Extractor
    from gouji.model.page import Page

A = TypeVar("A")


class Answerer(ABC, Generic[A]):
    """Turns a content into answers of one kind; its extractor is loaded with its first page.

    Args:
        options: What the user says of the files.
        model: A model folder; the shipped one where it is None.
        forms: Files of forms, besides the shipped ones.
    """

    def __init__(self, options: Options, model: Path | None = None, forms: Sequence[Path] = ()) -> None:
        self._options = options
        self._model = model
        self._forms = tuple(forms)
        self._extractor: Extractor | None = None

    @abstractmethod
    def of_page(self, extractor: Extractor, page: Page) -> A:
        """The answer to a page."""

    @abstractmethod
    def of_failure(self, unread: Unread) -> A:
        """The answer to a page that cannot be read."""

    def prepare(self) -> None:
        """Load the extractor, in a process of its own.

        Raises:
            GoujiError: The model or a form cannot be loaded.
        """
        self._loaded()
        serve_pages_only()

    def opened(self, content: Content) -> Iterator[Content | Unread]:
        """The documents that a content holds; that the program fails at it is said in its place."""
        try:
            yield from unpack(content, self._options)
        except Exception as error:
            yield _own_fault(content.name, error)

    def __call__(self, content: Content | Unread) -> Iterator[A]:
        """One answer for each page of a document.

        Raises:
            GoujiError: The model or a form cannot be loaded: that is no fault of a page.
        """
        if isinstance(content, Unread):
            yield self.of_failure(content)
            return
        extractor = self._loaded()
        try:
            for page in read(content, self._options):
                yield self._answer(extractor, page)
        except Exception as error:
            yield self.of_failure(_own_fault(content.name, error))

    def _answer(self, extractor: Extractor, page: Page | Unread) -> A:
        if isinstance(page, Unread):
            return self.of_failure(page)
        try:
            return self.of_page(extractor, page)
        except GoujiError as error:
            return self.of_failure(Unread(page.source, str(error).removeprefix(f"{page.source}: ")))
        except Exception as error:
            return self.of_failure(_own_fault(page.source, error))

    def _loaded(self) -> Extractor:
        if self._extractor is None:
            self._extractor = kept_extractor(self._model, self._forms)
        return self._extractor


def _own_fault(name: str, error: Exception) -> Unread:
    """That the program itself failed, and where; or that it was refused more memory."""
    if isinstance(error, MemoryError):
        return Unread(name, f"wants {limits().reached('memory')}")
    if isinstance(error, RecursionError):
        fault = f"nests more than {sys.getrecursionlimit()} levels deep"
        return Unread(name, f"{fault}; expected a report's page, that a person could read")
    if isinstance(error, ValueError) and "integer string conversion" in str(error):
        fault = f"prints a number of more than {sys.get_int_max_str_digits()} digits"
        return Unread(name, f"{fault}; expected a report's page, that a person could read")
    place = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{Path(place.filename).name}:{place.lineno}"
    fault = f"gouji failed at this page ({type(error).__name__}: {error}, {where}); please report it"
    return Unread(name, fault)
