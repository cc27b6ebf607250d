"""HTML of ours as plain text for a mail: paragraphs of 72 columns, links with their address."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from html.parser import HTMLParser

WIDTH = 72
"""Columns of a line, as mail programs have quoted them for forty years."""

_HEADINGS = frozenset({"h1", "h2", "h3", "h4"})
_LISTS = frozenset({"ul", "ol"})
_BLOCKS = frozenset({"p", "table", "blockquote", "pre", "hr", "tr", "dl", "dt", "dd", "li", *_LISTS, *_HEADINGS})
_UNDERLINES = {"h1": "=", "h2": "-"}


@dataclass(frozen=True, slots=True)
class _Block:
    """A stretch of text under the tag that begins it; `depth` counts the lists around it, `marker` stands before it."""

    tag: str
    depth: int
    marker: str
    text: str


def plain_text(html: str) -> str:
    """The text of a part of a page whose addresses are complete; ends with a line feed unless it is empty."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end_block()
    lines: list[str] = []
    previous: _Block | None = None
    for block in reader.blocks:
        if previous and not (previous.depth and block.marker):
            lines.append("")
        lines += _lines(block)
        previous = block
    return "".join(f"{line}\n" for line in lines)


def _lines(block: _Block) -> list[str]:
    """A block in lines; a list's items hang under their markers."""
    if block.tag == "hr":
        return ["-" * WIDTH]
    first = "  " * max(0, block.depth - 1) + block.marker
    rest = " " * len(first) if block.marker else "  " * block.depth
    lines: list[str] = []
    for part in block.text.split("\n"):
        start = rest if lines or not block.marker else first
        lines += textwrap.wrap(
            " ".join(part.split()),
            WIDTH,
            initial_indent=start,
            subsequent_indent=rest,
            break_long_words=False,
            break_on_hyphens=False,
        )
    if block.tag in _UNDERLINES:
        lines.append(_UNDERLINES[block.tag] * min(WIDTH, max(map(len, lines))))
    return lines


class _Reader(HTMLParser):
    """Cuts HTML into blocks."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[_Block] = []
        self._tag = self._marker = self._text = ""
        self._counts: list[
            int | None
        ] = []  # of each open list: how many items it has had, None where it has no numbers
        self._link: tuple[str, int] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begins a block or a link."""
        if tag in _BLOCKS:
            self.end_block()
            self._tag = tag
        if tag in _LISTS:
            self._counts.append(0 if tag == "ol" else None)
        elif tag == "li" and self._counts:
            count = self._counts[-1]
            self._marker = "- " if count is None else f"{count + 1}. "
            self._counts[-1] = None if count is None else count + 1
        elif tag == "a":
            self._link = dict(attrs).get("href") or "", len(self._text)
        elif tag == "br":
            self._text += "\n"
        elif tag == "hr":
            self.blocks.append(_Block("hr", 0, "", ""))

    def handle_endtag(self, tag: str) -> None:
        """Ends a block or a link, whose address follows: in a heading on a line of its own."""
        if tag == "a" and self._link:
            href, start = self._link
            if href and self._text[start:].strip() not in ("", href):
                self._text += f"\n{href}" if self._tag in _HEADINGS else f" ({href})"
            self._link = None
        elif tag in ("td", "th"):
            self._text += " | "
        elif tag in _BLOCKS:
            self.end_block()
        if tag == "li":
            self._marker = ""  # an empty item has no text to stand before
        if tag in _LISTS and self._counts:
            self._counts.pop()

    def handle_data(self, data: str) -> None:
        """Text, in which the end of a line means nothing."""
        self._text += data.replace("\n", " ")

    def end_block(self) -> None:
        """Keeps what was gathered since the last block."""
        text = self._text.removesuffix(" | ").strip()
        if text:
            self.blocks.append(_Block(self._tag, len(self._counts), self._marker, text))
            self._marker = ""
        self._text = self._tag = ""
