"""From the tokens of a body to HTML and to plain text.

Only the tags written here come out, so nothing of a body can become markup: what is not known is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import escape

from markdown_it.token import Token

from ecoteca.prose import dialect
from ecoteca.prose.model import NOTE_ID, Note, Prose
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


def render(prose: Prose, resolve: Resolve, heading_offset: int = 0) -> str:
    """The HTML of a body.

    `resolve` is asked for the address of every link and image that is not external; a link it does not know is shown
    as its text, an image not at all. `heading_offset` is added to the level of headings (at most h6). Even a flawed
    body gives harmless HTML.
    """
    html = _blocks(prose._tokens, resolve, heading_offset)
    if not prose._notes:
        return html
    notes = "".join(_note(note, resolve, heading_offset) for note in prose._notes)
    return f'{html}<section class="footnotes" role="doc-endnotes" aria-label="Note">\n<ol>\n{notes}</ol>\n</section>\n'


def plain(prose: Prose) -> str:
    """The text of a body without markup, one block a line, footnotes last; the cells of a table row on one line."""
    parts: list[str] = []
    for token in [*prose._tokens, *(token for note in prose._notes for token in note.tokens)]:
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


def _blocks(tokens: Sequence[Token], resolve: Resolve, heading_offset: int) -> str:
    html: list[str] = []
    for token in tokens:
        if token.hidden:
            # The paragraphs of a tight list: their text stands in the item itself.
            continue
        if token.type == "inline":
            html.append(_inline(token.children or (), resolve))
        elif tag := _TAGS.get(token.type):
            html.append(tag)
        else:
            html.append(_block(token, heading_offset))
    return "".join(html)


def _block(token: Token, heading_offset: int) -> str:
    """A block token with something of its own in its tag."""
    match token.type:
        case "heading_open":
            return f'<h{_level(token, heading_offset)} id="{token.attrs["id"]}">'
        case "heading_close":
            link = (
                f'<a class="headerlink" href="#{token.attrs["id"]}" aria-label="Collegamento a questa sezione"'
                " data-pagefind-ignore>¶</a>"
            )
            return f"{link}</h{_level(token, heading_offset)}>\n"
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


def _level(token: Token, heading_offset: int) -> int:
    return min(int(token.tag[1:]) + heading_offset, 6)


def _inline(children: Sequence[Token], resolve: Resolve) -> str:
    html: list[str] = []
    link_ends: list[str] = []
    for token in children:
        if token.type == "text":
            html.append(escape(token.content))
        elif tag := _TAGS.get(token.type):
            html.append(tag)
        elif token.type == "link_open":
            # A link in a link is a flaw; browsers would end the outer one there.
            start = "" if any(link_ends) else _link_start(token, resolve)
            link_ends.append("</a>" if start else "")
            html.append(start)
        elif token.type == "link_close":
            html.append(link_ends.pop())
        elif token.type == "code_inline":
            html.append(f"<code>{escape(token.content)}</code>")
        elif token.type == "image":
            html.append(_image(token, resolve))
        elif token.type == "footnote_ref":
            html.append(_footnote_reference(token))
        else:
            html.append(escape(token.content))
    return "".join(html)


def _link_start(token: Token, resolve: Resolve) -> str:
    """The start tag of a link; empty where there is nothing to link to."""
    href = str(token.attrs["href"])
    title = f' title="{escape(str(token.attrs["title"]))}"' if "title" in token.attrs else ""
    if is_external(href):
        rel = ' rel="noopener external"' if is_web(href) else ""
        return f'<a href="{escape(encoded(href))}"{rel}{title}>'
    address = resolve(href) if is_internal(href) else None
    return f'<a href="{escape(address)}"{title}>' if address is not None else ""


def _image(token: Token, resolve: Resolve) -> str:
    src = str(token.attrs["src"])
    address = resolve(src) if is_internal(src) else None
    if address is None:
        return ""
    alt = escape(dialect.text_of(token.children or ()).strip())
    title = f' title="{escape(str(token.attrs["title"]))}"' if "title" in token.attrs else ""
    return f'<img src="{escape(address)}" alt="{alt}"{title} loading="lazy">'


def _footnote_reference(token: Token) -> str:
    number = token.meta.get("number")
    if number is None:
        return escape(f"[^{token.meta['label']}]")
    here = REFERENCE_ID.format(number, token.meta["occurrence"])
    link = f'<a href="#{NOTE_ID.format(number)}" id="{here}" role="doc-noteref">{number}</a>'
    return f'<sup class="footnote-ref" data-pagefind-ignore>{link}</sup>'


def _note(note: Note, resolve: Resolve, heading_offset: int) -> str:
    """A footnote, with a way back to each of its references at the end of its last paragraph."""
    ways_back = "".join(
        f' <a class="footnote-backref" href="#{REFERENCE_ID.format(note.number, occurrence)}" role="doc-backlink"'
        f' aria-label="{"Torna al testo" if occurrence == 1 else f"Torna al testo, richiamo {occurrence}"}"'
        " data-pagefind-ignore>↩</a>"
        for occurrence in range(1, note.references + 1)
    )
    html = _blocks(note.tokens, resolve, heading_offset)
    end = "</p>\n" if html.endswith("</p>\n") else ""
    return f'<li id="{NOTE_ID.format(note.number)}">{html.removesuffix(end)}{ways_back}{end}</li>\n'
