"""What a body holds once it is read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from markdown_it.token import Token

NOTE_ID = "nota_{}"
"""Anchor of a footnote, by its number. Ids of headings have no underscore, so the two never meet."""


@dataclass(frozen=True, slots=True, order=True)
class Flaw:
    """One thing to mend in a body: the place and the three parts of a `Problem`, without file and field."""

    line: int
    message: str
    found: str = ""
    fix: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading as written: `level` counts the `#`, `id` is its anchor, `text` has no markup."""

    level: int
    id: str
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Link:
    """A link, its entities and escapes resolved. Whether a relative `href` leads anywhere is checked elsewhere."""

    href: str
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Image:
    """An image as written. Whether the file `src` is there is checked elsewhere."""

    src: str
    alt: str
    line: int


@dataclass(frozen=True, slots=True)
class LinkStart:
    """Where a link into the portal begins. `rest` is what follows the address in its tag."""

    href: str
    rest: str


@dataclass(frozen=True, slots=True)
class LinkEnd:
    """Where the link into the portal that began last ends."""


@dataclass(frozen=True, slots=True)
class Picture:
    """Where an image stands. `rest` is what follows the address in its tag."""

    src: str
    rest: str


Piece: TypeAlias = str | LinkStart | LinkEnd | Picture
"""A stretch of finished HTML, or a place that waits for an address, which only the page knows."""


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote that is referred to: `number` is what the reader sees, `references` how often it is called."""

    label: str
    number: int
    references: int
    tokens: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Prose:
    """A body after its one parse: plain values, so that it is small, and can be kept or handed to another process.

    `anchors` are the ids a link `#…` can name: headings and footnotes. `flaws` are in order of line. `text` is the body
    without markup, one block a line, footnotes last; the cells of a table row on one line. A body beyond the bounds has
    its one flaw and nothing else. Headings, links and images stand in the order of the body, those of its footnotes last.
    """

    headings: tuple[Heading, ...] = ()
    links: tuple[Link, ...] = ()
    images: tuple[Image, ...] = ()
    anchors: frozenset[str] = frozenset()
    flaws: tuple[Flaw, ...] = ()
    text: str = ""
    _html: tuple[Piece, ...] = field(default=(), repr=False)
