"""From the tokens of a body to HTML and to plain text.

Only the tags written here come out, so nothing of a body can become markup: what is not known is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from html import escape
from itertools import groupby

from markdown_it.token import Token

from ecoteca.prose import dialect
from ecoteca.prose.model import NOTE_ID, LinkEnd, LinkStart, Note, Picture, Piece, Prose
from ecoteca.prose.targets import encoded, is_external, is_internal, is_web

Resolve = Callable[[str], str | None]
"""From a relative path, or `#…`, as written in a body, to an address for the page; None where there is none."""

REFERENCE_ID = "richiamo_{}_{}"
"""Id of the place a footnote is referred to from: the note's number, and which of its references it is."""

# Tags that are the same for every token of a type. The policy of the portal allows no style attribute.
_TAGS = {
    "paragraph_open": "<p>",
    "paragraph_close": "</p>\n",
    "bullet_list_open": "<ul>\n",
    "bullet_list_close": "</ul>\n",
    "ordered_list_close": "</ol>\n",
    "list_item_open": "<li>",
    "list_item_close": "</li>\n",
    "blockquote_open": "<blockquote>\n",
    "blockquote_close": "</blockquote>\n",
    "callout_close": "</div>\n",
    "dl_open": "<dl>\n",
    "dl_close": "</dl>\n",
    "dt_open": "<dt>",
    "dt_close": "</dt>\n",
    "dd_open": "<dd>",
    "dd_close": "</dd>\n",
    "table_close": "</table>\n</div>\n",
    "thead_open": "<thead>\n",
    "thead_close": "</thead>\n",
    "tbody_open": "<tbody>\n",
    "tbody_close": "</tbody>\n",
    "tr_open": "<tr>",
    "tr_close": "</tr>\n",
    "th_close": "</th>",
    "td_close": "</td>",
    "hr": "<hr>\n",
    "em_open": "<em>",
    "em_close": "</em>",
    "strong_open": "<strong>",
    "strong_close": "</strong>",
    "softbreak": "\n",
    "hardbreak": "<br>\n",
}

_ALIGNMENT = {"text-align:center": ' class="align-center"', "text-align:right": ' class="align-right"'}

_LANGUAGE = re.compile(r"[A-Za-z0-9+-]+")


def render(prose: Prose, resolve: Resolve) -> str:
    """The HTML of a body.

    `resolve` is asked for the address of every link and image that is not external; a link it does not know is shown
    as its text, an image not at all. Even a flawed body gives harmless HTML.
    """
    html: list[str] = []
    linked = False
    for piece in prose._html:
        match piece:
            case str():
                html.append(piece)
            case LinkStart():
                address = resolve(piece.href)
                linked = address is not None
                if address is not None:
                    html.append(f'<a href="{escape(address)}"{piece.rest}>')
            case LinkEnd():
                if linked:
                    html.append("</a>")
            case Picture():
                address = resolve(piece.src)
                if address is not None:
                    html.append(f'<img src="{escape(address)}"{piece.rest}>')
    return "".join(html)


def pieces(tokens: Sequence[Token], notes: Sequence[Note]) -> tuple[Piece, ...]:
    """The HTML of a body and its footnotes, but for the addresses that only the page knows."""
    html = _blocks(tokens)
    if notes:
        html.append('<section class="footnotes" role="doc-endnotes" aria-label="Note">\n<ol>\n')
        for note in notes:
            html += _note(note)
        html.append("</ol>\n</section>\n")
    return tuple(_joined(html))


def _joined(html: Iterable[Piece]) -> Iterator[Piece]:
    """The same pieces, with neighbouring texts made one."""
    for is_text, group in groupby(html, lambda piece: isinstance(piece, str)):
        if is_text:
            yield "".join(str(piece) for piece in group)
        else:
            yield from group


def plain(tokens: Iterable[Token]) -> str:
    """The text without markup, one block a line; the cells of a table row on one line."""
    parts: list[str] = []
    for token in tokens:
        if token.type == "inline":
            parts.append(dialect.text_of(token.children or ()))
        elif token.type in ("fence", "code_block"):
            parts.append(token.content + "\n")
        elif token.type == "callout_open":
            parts.append(dialect.CALLOUTS[token.info] + "\n")
        elif token.type in ("td_close", "th_close"):
            parts.append(" ")
        elif token.nesting < 0:
            parts.append("\n")
    lines = (" ".join(line.split()) for line in "".join(parts).splitlines())
    return "\n".join(line for line in lines if line)


def _blocks(tokens: Sequence[Token]) -> list[Piece]:
    html: list[Piece] = []
    for token in tokens:
        if token.hidden:
            # The paragraphs of a tight list: their text stands in the item itself.
            continue
        if token.type == "inline":
            html += _inline(token.children or ())
        elif tag := _TAGS.get(token.type):
            html.append(tag)
        else:
            html.append(_block(token))
    return html


def _block(token: Token) -> str:
    """A block token with something of its own in its tag."""
    match token.type:
        case "heading_open":
            return f'<{token.tag} id="{token.attrs["id"]}">'
        case "heading_close":
            link = (
                f'<a class="headerlink" href="#{token.attrs["id"]}" aria-label="Collegamento a questa sezione"'
                " data-pagefind-ignore>¶</a>"
            )
            return f"{link}</{token.tag}>\n"
        case "ordered_list_open":
            start = token.attrs.get("start")
            return "<ol>\n" if start is None else f'<ol start="{int(start)}">\n'
        case "callout_open":
            title = f'<p class="callout-title">{dialect.CALLOUTS[token.info]}</p>\n'
            return f'<div class="callout callout-{token.info.lower()}" role="note">\n{title}'
        case "table_open":
            # Regions of one page need different names.
            number = token.meta["number"]
            name = "Tabella" if number == 1 else f"Tabella {number}"
            return f'<div class="table-scroll" tabindex="0" role="region" aria-label="{name}">\n<table>\n'
        case "th_open":
            return f'<th scope="col"{_ALIGNMENT.get(str(token.attrs.get("style")), "")}>'
        case "td_open":
            return f"<td{_ALIGNMENT.get(str(token.attrs.get('style')), '')}>"
        case "fence":
            language = _LANGUAGE.match(token.info.strip())
            named = f' class="language-{language.group()}"' if language else ""
            return f"<pre><code{named}>{escape(token.content)}</code></pre>\n"
        case "code_block":
            return f"<pre><code>{escape(token.content)}</code></pre>\n"
        case _:
            return escape(token.content)


def _inline(children: Sequence[Token]) -> list[Piece]:
    html: list[Piece] = []
    link_ends: list[Piece] = []
    for token in children:
        if token.type == "text":
            html.append(escape(token.content))
        elif tag := _TAGS.get(token.type):
            html.append(tag)
        elif token.type == "link_open":
            # A link in a link is a flaw; browsers would end the outer one there.
            start, end = ("", "") if any(link_ends) else _link(token)
            link_ends.append(end)
            html.append(start)
        elif token.type == "link_close":
            html.append(link_ends.pop())
        elif token.type == "code_inline":
            html.append(f"<code>{escape(token.content)}</code>")
        elif token.type == "image":
            html.append(_image(token))
        elif token.type == "footnote_ref":
            html.append(_footnote_reference(token))
        else:
            html.append(escape(token.content))
    return html


def _link(token: Token) -> tuple[Piece, Piece]:
    """The beginning and the end of a link; both empty where there is nothing to link to."""
    href = str(token.attrs["href"])
    if is_external(href):
        rel = ' rel="noopener external"' if is_web(href) else ""
        return f'<a href="{escape(encoded(href))}"{rel}{_title(token)}>', "</a>"
    return (LinkStart(href, _title(token)), LinkEnd()) if is_internal(href) else ("", "")


def _image(token: Token) -> Piece:
    src = str(token.attrs["src"])
    alt = escape(dialect.text_of(token.children or ()).strip())
    return Picture(src, f' alt="{alt}"{_title(token)} loading="lazy"') if is_internal(src) else ""


def _title(token: Token) -> str:
    return f' title="{escape(str(token.attrs["title"]))}"' if "title" in token.attrs else ""


def _footnote_reference(token: Token) -> str:
    number = token.meta.get("number")
    if number is None:
        return escape(f"[^{token.meta['label']}]")
    here = REFERENCE_ID.format(number, token.meta["occurrence"])
    link = f'<a href="#{NOTE_ID.format(number)}" id="{here}" role="doc-noteref">{number}</a>'
    return f'<sup class="footnote-ref" data-pagefind-ignore>{link}</sup>'


def _note(note: Note) -> list[Piece]:
    """A footnote, with a way back to each of its references at the end of its last paragraph."""
    ways_back = "".join(
        f' <a class="footnote-backref" href="#{REFERENCE_ID.format(note.number, occurrence)}" role="doc-backlink"'
        f' aria-label="{"Torna al testo" if occurrence == 1 else f"Torna al testo, richiamo {occurrence}"}"'
        " data-pagefind-ignore>↩</a>"
        for occurrence in range(1, note.references + 1)
    )
    html = _blocks(note.tokens)
    end = [html.pop()] if html and html[-1] == "</p>\n" else []
    return [f'<li id="{NOTE_ID.format(note.number)}">', *html, ways_back, *end, "</li>\n"]
