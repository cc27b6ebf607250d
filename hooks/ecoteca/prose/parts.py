"""What is in a body: its spans of text, links, headings and footnotes, each with its line in the file."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from markdown_it.token import Token

from ecoteca.prose.dialect import Definition, Document, located, text_of
from ecoteca.prose.model import NOTE_ID, Heading, Note

_NOT_IN_ID = re.compile(r"[^a-z0-9]+")


ByType = Mapping[str, Sequence[tuple[Token, int]]]
"""The tokens of each type with their lines; nothing for a type that is not there."""


class Span(NamedTuple):
    """The inline content of one block: the token that holds it and its children, each with its line."""

    token: Token
    children: tuple[tuple[Token, int], ...]


class LinkPart(NamedTuple):
    """A link: its first token, its line, what stands between its ends, and whether it stands in another link."""

    token: Token
    line: int
    inner: list[Token]
    nested: bool

    @property
    def href(self) -> str:
        return str(self.token.attrs["href"])

    @property
    def text(self) -> str:
        return text_of(self.inner).strip()


@dataclass(frozen=True, slots=True)
class Parts:
    """All that the checks look at, the body proper before its footnotes.

    `blocks` and `inlines` hold the tokens by type, each with its line, those in alternative texts included.
    """

    document: Document
    first_line: int
    spans: tuple[Span, ...]
    links: tuple[LinkPart, ...]
    headings: tuple[Heading, ...]
    notes: tuple[Note, ...]
    anchors: frozenset[str]
    blocks: ByType
    inlines: ByType


def parts_of(document: Document, first_line: int, reserved: frozenset[str]) -> Parts:
    """Take a body apart. Ids and numbers are given here, in the tokens, where the renderer finds them."""
    tokens = tuple(chain(document.tokens, *(note.tokens for note in document.footnotes)))
    spans = tuple(_spans(tokens, first_line))
    headings = tuple(_headings(tokens, first_line, reserved))
    notes = tuple(_notes(document))
    _tables(tokens)
    return Parts(
        document=document,
        first_line=first_line,
        spans=spans,
        links=tuple(_links(spans)),
        headings=headings,
        notes=notes,
        anchors=frozenset([*(heading.id for heading in headings), *(NOTE_ID.format(note.number) for note in notes)]),
        blocks=_by_type((token, first_line + token.map[0]) for token in tokens if token.map),
        inlines=_by_type(chain.from_iterable(_with_alternatives(span.children) for span in spans)),
    )


def anchor_of(text: str) -> str:
    """The id for a heading: lowercase letters without accents and digits, joined by hyphens; «sezione» for none."""
    letters = (char for char in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(char))
    return _NOT_IN_ID.sub("-", "".join(letters)).strip("-") or "sezione"


def _spans(tokens: Iterable[Token], first_line: int) -> Iterator[Span]:
    for token in tokens:
        if token.type == "inline" and token.map:
            yield Span(token, tuple(located(token, first_line + token.map[0])))


def _by_type(tokens: Iterable[tuple[Token, int]]) -> ByType:
    found: defaultdict[str, list[tuple[Token, int]]] = defaultdict(list)
    for token, line in tokens:
        found[token.type].append((token, line))
    return found


def _with_alternatives(children: Iterable[tuple[Token, int]]) -> Iterator[tuple[Token, int]]:
    for child, line in children:
        yield child, line
        if child.children:
            yield from _with_alternatives(located(child, line))


def _links(spans: Iterable[Span]) -> Iterator[LinkPart]:
    for span in spans:
        opened: list[LinkPart] = []
        for child, line in span.children:
            if child.type == "link_close":
                yield opened.pop()
                continue
            for link in opened:
                link.inner.append(child)
            if child.type == "link_open":
                opened.append(LinkPart(child, line, [], nested=bool(opened)))


def _headings(tokens: Sequence[Token], first_line: int, reserved: frozenset[str]) -> Iterator[Heading]:
    taken = Counter(reserved)
    for index, token in enumerate(tokens):
        if token.type == "heading_open" and token.map:
            text = text_of(tokens[index + 1].children or ()).strip()
            name = base = anchor_of(text)
            while name in taken:
                taken[base] += 1
                name = f"{base}-{taken[base]}"
            taken[name] += 1
            token.attrs["id"] = tokens[index + 2].attrs["id"] = name
            yield Heading(int(token.tag[1:]), name, text, first_line + token.map[0])


def _notes(document: Document) -> Iterator[Note]:
    """The footnotes in the order in which a reader meets them."""
    defined: dict[str, Definition] = {}
    for note in document.footnotes:
        defined.setdefault(note.label, note)
    met: dict[str, int] = {}
    references: Counter[str] = Counter()
    # A note may refer to others: its own text is read after all that stands before it.
    texts = [document.tokens]
    for tokens in texts:
        for token in tokens:
            for child in token.children or ():
                if child.type == "footnote_ref" and (label := child.meta["label"]) in defined:
                    if label not in met:
                        met[label] = len(met) + 1
                        texts.append(defined[label].tokens)
                    references[label] += 1
                    child.meta["number"], child.meta["occurrence"] = met[label], references[label]
    for label, number in met.items():
        yield Note(label, number, references[label], defined[label].tokens)


def _tables(tokens: Iterable[Token]) -> None:
    """Give each table its `meta["number"]` in the body, from 1, and each row below the heading its `meta["columns"]`."""
    number = columns = 0
    in_body = False
    for token in tokens:
        if token.type == "table_open":
            number, columns, in_body = number + 1, 0, False
            token.meta["number"] = number
        elif token.type == "th_open":
            columns += 1
        elif token.type == "tbody_open":
            in_body = True
        elif token.type == "tr_open" and in_body:
            token.meta["columns"] = columns
