"""What a body holds once it is read."""

from __future__ import annotations

from dataclasses import dataclass, field

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
class Note:
    """A footnote that is referred to: `number` is what the reader sees, `references` how often it is called."""

    label: str
    number: int
    references: int
    tokens: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Prose:
    """A body after its one parse. The tokens belong to this package; nothing changes them once parsed.

    `anchors` are the ids a link `#…` can name: headings and footnotes. `flaws` are in order of line. A body beyond
    the bounds has its one flaw and nothing else. Headings, links and images stand in the order of the body, those of
    its footnotes last.
    """

    headings: tuple[Heading, ...] = ()
    links: tuple[Link, ...] = ()
    images: tuple[Image, ...] = ()
    anchors: frozenset[str] = frozenset()
    flaws: tuple[Flaw, ...] = ()
    _tokens: tuple[Token, ...] = field(default=(), repr=False)
    _notes: tuple[Note, ...] = field(default=(), repr=False)
