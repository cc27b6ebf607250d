"""The one parse of a body, for checking and for rendering."""

from __future__ import annotations

from itertools import chain

from ecoteca.prose.bounds import ExcessError
from ecoteca.prose.dialect import read, text_of
from ecoteca.prose.flaws import flaws_of
from ecoteca.prose.model import Flaw, Image, Link, Prose
from ecoteca.prose.parts import parts_of
from ecoteca.prose.rendering import pieces, plain


def parse(body: str, first_line: int = 1, reserved: frozenset[str] = frozenset()) -> Prose:
    """Read a body once.

    `first_line` is the line in the file of the body's first line: all lines in the result are lines of the file.
    `reserved` are ids that the page around the body uses and no heading may take. Never raises: what is wrong, a body
    beyond the bounds of `dialect` included, is in the result's `flaws`.
    """
    try:
        document = read(body)
    except ExcessError as excess:
        return Prose(flaws=(Flaw(first_line + excess.line, excess.message, fix=excess.fix),))
    parts = parts_of(document, first_line, reserved)
    return Prose(
        headings=parts.headings,
        links=tuple(Link(link.href, link.text, link.line) for link in parts.links),
        images=tuple(
            Image(str(token.attrs["src"]), text_of(token.children or ()).strip(), line)
            for token, line in parts.inlines["image"]
        ),
        anchors=parts.anchors,
        flaws=flaws_of(parts),
        text=plain(chain(document.tokens, *(note.tokens for note in parts.notes))),
        _html=pieces(document.tokens, parts.notes),
    )
