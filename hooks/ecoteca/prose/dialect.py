"""The dialect of the bodies and its parser: CommonMark, tables, footnotes, definition lists, callouts.

markdown-it-py does the parsing. Here it is bounded, so that no body can be made to be slow, and taught to keep the
place of inline tokens and to recognise callouts. The one parser is shared: all that belongs to a body is in `env`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, Literal

from markdown_it import MarkdownIt
from markdown_it.helpers import parseLinkDestination, parseLinkLabel, parseLinkTitle
from markdown_it.parser_block import ParserBlock
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from ecoteca.prose.bounds import (
    EFFORT_OF_LINE,
    EFFORT_OF_LOOKAHEAD,
    EFFORT_OF_TOKEN,
    MAX_ADDRESS,
    MAX_LINES,
    MAX_NESTING,
    MAX_PARENTHESES,
    Effort,
    ExcessError,
)

CALLOUTS = {
    "DEVI": "Devi",
    "DOVRESTI": "Dovresti",
    "BUONA-PRATICA": "Buona pratica",
    "ATTENZIONE": "Attenzione",
    "NOTA": "Nota",
    "ESEMPIO": "Esempio",
}
"""Word after `[!` → title the reader sees. The first three tell a duty from advice, as NetRegs does."""

# A marker opens a quotation and is followed by neither a target nor a definition, which would make it a link.
_MARKER = re.compile(r"\[!([^\[\]\n]+)\](?![(\[:])[ \t]*([^\n]*)\n?")
# No bracket inside, so a row of unclosed openers is read once.
_FOOTNOTE_REFERENCE = re.compile(r"\[\^([^\s\[\]]+)\]")


@dataclass(frozen=True, slots=True)
class Definition:
    """A reference (`[nome]: indirizzo`) or footnote (`[^nome]: testo`) definition; `line` counts from 0."""

    label: str
    line: int
    href: str = ""
    tokens: tuple[Token, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A body as tokens. `lines` are its lines without their ends; footnotes are out of `tokens`."""

    lines: tuple[str, ...]
    tokens: tuple[Token, ...]
    footnotes: tuple[Definition, ...]
    references: tuple[Definition, ...]
    repeated_references: tuple[Definition, ...]


def read(body: str) -> Document:
    """Parse `body`. Raises `ExcessError` when it is beyond a bound."""
    # A last line with its end lets an unclosed code block be told from a closed one.
    source = body.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n") + "\n"
    lines = tuple(source.split("\n")[:-1])
    if len(lines) > MAX_LINES:
        raise ExcessError(MAX_LINES, f"il testo ha più di {MAX_LINES} righe", "Dividi la voce in più voci collegate.")
    env: dict[str, Any] = {"effort": Effort()}
    tokens, footnotes = _apart(_PARSER.parse(source, env))
    return Document(
        lines=lines,
        tokens=tokens,
        footnotes=footnotes,
        references=tuple(
            Definition(label, found["map"][0], found["href"]) for label, found in env.get("references", {}).items()
        ),
        repeated_references=tuple(
            Definition(found["label"], found["map"][0], found["href"]) for found in env.get("duplicate_refs", [])
        ),
    )


def located(inline: Token, line: int) -> Iterator[tuple[Token, int]]:
    """The tokens inside `inline`, an inline token or an image that begins on `line`, each with its own line."""
    seen = 0
    for child in inline.children or ():
        place: int = child.meta["place"]
        if place > seen:
            line += inline.content.count("\n", seen, place)
            seen = place
        yield child, line


def text_of(children: Sequence[Token]) -> str:
    """What a reader would hear: text, code and the alternative text of images, without markup."""
    parts: list[str] = []
    for child in children:
        match child.type:
            case "text" | "text_special" | "code_inline" | "html_inline":
                parts.append(child.content)
            case "softbreak" | "hardbreak":
                parts.append(" ")
            case "image":
                parts.append(text_of(child.children or ()))
    return "".join(parts)


class _BlockState(StateBlock):
    """A block state that counts what it makes and refuses to go too deep."""

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        effort: Effort = self.env["effort"]
        effort.spend(EFFORT_OF_TOKEN)
        # The text of a paragraph is one deeper than the paragraph.
        if self.level > MAX_NESTING + 1:
            raise ExcessError(
                effort.line,
                "ci sono troppi elenchi o citazioni uno dentro l'altro",
                "Porta fuori i livelli più interni, per esempio in un paragrafo o sotto un titolo.",
            )
        return super().push(ttype, tag, nesting)


class _Block(ParserBlock):
    def parse(self, src: str, md: MarkdownIt, env: EnvType, outTokens: list[Token]) -> list[Token] | None:
        state = _BlockState(src, md, env, outTokens)
        self.tokenize(state, state.line, state.lineMax)
        return state.tokens


class _InlineState(StateInline):
    """An inline state that counts what it makes and notes in each token its place in the source.

    The place of a text is where it ends, which is on the same line as its beginning.
    """

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        self.env["effort"].spend(EFFORT_OF_TOKEN)
        token = super().push(ttype, tag, nesting)
        token.meta["place"] = self.pos
        return token

    def pushPending(self) -> Token:
        self.env["effort"].spend(EFFORT_OF_TOKEN)
        token = super().pushPending()
        token.meta["place"] = self.pos
        return token


class _Inline(ParserInline):
    def skipToken(self, state: StateInline) -> None:
        state.env["effort"].spend(EFFORT_OF_LOOKAHEAD)
        super().skipToken(state)

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        state = _InlineState(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


class _Parser(MarkdownIt):
    """A parser that keeps links as written: the checks see even the worst, the renderer shows only good ones."""

    helpers: Any

    def validateLink(self, url: str) -> bool:
        return True

    def normalizeLink(self, url: str) -> str:
        return url

    def normalizeLinkText(self, link: str) -> str:
        return link


def _count_line(state: StateBlock, line: int, last: int, silent: bool) -> bool:
    """A block rule that matches nothing: it counts the lines that the others look at.

    A quotation looks for its end down to the next empty line before it reads its first line.
    """
    effort: Effort = state.env["effort"]
    effort.spend(EFFORT_OF_LINE)
    if silent:
        return False
    effort.line = line
    if state.src.startswith(">", state.bMarks[line] + state.tShift[line]):
        end = line
        while end < last and not state.isEmpty(end):
            end += 1
        effort.spend(end - line)
    return False


def _link_destination(source: str, start: int, end: int) -> Any:
    """The library's search for the end of an address, kept from reading on and on after openers of links.

    Past the limits it sees a source that is cut off, in which no link is complete.
    """
    end = min(end, start + MAX_ADDRESS)
    word = source[start:end].partition(" ")[0]
    if word.count("(") - word.count(")") > MAX_PARENTHESES:
        end = start
    return parseLinkDestination(source, start, end)


def _footnote_reference(state: StateInline, silent: bool) -> bool:
    """`[^nome]`, defined or not: one that leads nowhere is a flaw, not text."""
    match = _FOOTNOTE_REFERENCE.match(state.src, state.pos, state.posMax)
    if not match:
        return False
    if not silent:
        state.push("footnote_ref", "", 0).meta["label"] = match.group(1)
    state.pos = match.end()
    return True


def _parse_inlines(state: StateCore) -> None:
    effort: Effort = state.env["effort"]
    for token in state.tokens:
        if token.type == "inline":
            effort.line = token.map[0] if token.map else 0
            token.children = []
            state.md.inline.parse(token.content, state.md, state.env, token.children)


def _mark_callouts(state: StateCore) -> None:
    """Turn quotations that begin with a marker into `callout_open` … `callout_close`, the word in `info`.

    A quotation with an unknown word stays one and has the word in `info`. `meta["trailing"]` is the text on the
    marker's line, `meta["empty"]` says whether anything follows it.
    """
    open_quotations: list[Token] = []
    kept: list[Token] = []
    emptied = False
    for index, token in enumerate(state.tokens):
        if token.type == "blockquote_open":
            open_quotations.append(token)
        elif token.type == "blockquote_close":
            opened = open_quotations.pop()
            token.type = opened.type.replace("open", "close")
            opened.meta["empty"] = kept[-1] is opened
        elif token.type == "inline" and _opens_quotation(state.tokens, index):
            emptied = _take_marker(state.tokens[index - 2], token)
            if emptied:
                kept.pop()
                continue
        elif emptied:
            # The paragraph's end goes with its beginning.
            emptied = False
            continue
        kept.append(token)
    state.tokens = kept


def _opens_quotation(tokens: Sequence[Token], index: int) -> bool:
    """Whether the inline token at `index` is the first paragraph of a quotation."""
    return index > 1 and tokens[index - 1].type == "paragraph_open" and tokens[index - 2].type == "blockquote_open"


def _take_marker(quotation: Token, inline: Token) -> bool:
    """Move the marker, if there is one, from the first line of a quotation into the quotation itself.

    Returns whether the paragraph is empty without it.
    """
    match = _MARKER.match(inline.content)
    if not match:
        return False
    word, trailing = match.group(1).strip(), match.group(2).strip()
    quotation.info = word
    if word.upper() not in CALLOUTS:
        return False
    quotation.type, quotation.info = "callout_open", word.upper()
    if trailing:
        quotation.meta["trailing"] = trailing
        inline.content = inline.content[match.start(2) :]
        return False
    inline.content = inline.content[match.end() :]
    if inline.map:
        inline.map = [inline.map[0] + 1, inline.map[1]]
    return not inline.content


def _apart(tokens: Sequence[Token]) -> tuple[tuple[Token, ...], tuple[Definition, ...]]:
    """The tokens of the body proper, and the footnote definitions in order of line."""
    main: list[Token] = []
    notes: list[Definition] = []
    open_notes: list[tuple[Token, list[Token]]] = []
    for token in tokens:
        if token.type == "footnote_reference_open":
            open_notes.append((token, []))
        elif token.type == "footnote_reference_close":
            opened, content = open_notes.pop()
            notes.append(Definition(opened.meta["label"], (opened.map or [0])[0], tokens=tuple(content)))
        else:
            (open_notes[-1][1] if open_notes else main).append(token)
    return tuple(main), tuple(sorted(notes, key=lambda note: note.line))


def _parser() -> _Parser:
    # Raw HTML is recognised so that it can be refused; rendering.py has no way to let it through.
    options = {"html": True, "store_labels": True}
    parser = _Parser("commonmark")
    parser.block, parser.inline = _Block(), _Inline()
    parser.helpers = SimpleNamespace(
        parseLinkDestination=_link_destination, parseLinkLabel=parseLinkLabel, parseLinkTitle=parseLinkTitle
    )
    parser.configure("commonmark", options)
    parser.enable("table")
    # An escaped bracket stays apart from the text, so that it is not taken for a broken link.
    parser.disable("text_join")
    parser.use(deflist_plugin)
    parser.use(footnote_plugin, inline=False, move_to_end=False)
    parser.inline.ruler.at("footnote_ref", _footnote_reference)
    every_kind = ["paragraph", "reference", "blockquote", "list"]
    parser.block.ruler.before("table", "count_line", _count_line, {"alt": every_kind})
    parser.core.ruler.before("inline", "callouts", _mark_callouts)
    parser.core.ruler.at("inline", _parse_inlines)
    return parser


_PARSER = _parser()
