"""What can be wrong in a body: one check for each kind, all of them run over every body."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from urllib.parse import unquote

from markdown_it.token import Token

from ecoteca.prose.dialect import CALLOUTS, text_of
from ecoteca.prose.model import Flaw
from ecoteca.prose.parts import Parts, anchor_of
from ecoteca.prose.targets import image_fault, invisible, link_fault

SHOWN_ANCHORS = 8
"""Most anchors that the message on a wrong one lists."""

_CELL_SEPARATOR = re.compile(r"(?<!\\)\|")

# What is left in the text when brackets did not make a link: [testo][nome], [testo](indirizzo con spazi), [!DEVI].
_BROKEN_REFERENCE = re.compile(r"\[[^\[\]]+\]\[[^\[\]]*\]")
_BROKEN_LINK = re.compile(r"\[[^\[\]]*\]\([^()\n]*\)?")
_STRAY_MARKER = re.compile(r"\[!(?:" + "|".join(CALLOUTS) + r")\]", re.IGNORECASE)

# Stands for what is not plain text (code, images, escapes) where such leftovers are looked for.
_OTHER = "…"


def flaws_of(parts: Parts) -> tuple[Flaw, ...]:
    """All flaws, in order of line, each once."""
    return tuple(sorted(set(chain.from_iterable(check(parts) for check in CHECKS))))


def raw_html(parts: Parts) -> Iterator[Flaw]:
    """HTML would let a text run scripts in the portal, or break its pages. One flaw a line is enough."""
    seen: set[int] = set()
    for token, line in chain(parts.blocks["html_block"], parts.inlines["html_inline"]):
        if line not in seen:
            seen.add(line)
            yield Flaw(
                line,
                "il testo non può contenere HTML",
                token.content.strip().partition("\n")[0],
                "Scrivi la stessa cosa in Markdown, o metti fra accenti gravi il codice da mostrare: `<br>`.",
            )


def headings(parts: Parts) -> Iterator[Flaw]:
    """A screen reader goes by headings: one that is empty, or skips a level, loses its user."""
    above = 1
    for heading in parts.headings:
        written = f"{'#' * heading.level} {heading.text}".strip()
        if not heading.text:
            yield Flaw(heading.line, "il titolo è vuoto", written, "Scrivi il titolo o togli la riga.")
        if heading.level == 1:
            yield Flaw(
                heading.line,
                "i titoli nel testo cominciano dal secondo livello",
                written,
                "Usa «##»: il titolo di primo livello è quello della voce.",
            )
        elif heading.level > above + 1:
            yield Flaw(
                heading.line,
                f"qui il titolo può essere al massimo di livello {above + 1}",
                written,
                f"Usa «{'#' * (above + 1)}».",
            )
        above = heading.level


def links(parts: Parts) -> Iterator[Flaw]:
    """A link with a disguised scheme runs a script; one without text cannot be read out."""
    for link in parts.links:
        # What a reference definition points at is checked there, once.
        if "label" not in link.token.meta and (fault := link_fault(link.href)):
            yield Flaw(link.line, fault[0], link.href, fault[1])
        if not link.text:
            yield Flaw(
                link.line,
                "il collegamento non ha testo",
                link.href,
                "Scrivi fra le parentesi quadre che cosa si trova all'arrivo.",
            )
        if link.nested:
            yield Flaw(link.line, "c'è un collegamento dentro un altro", link.href, "Separa i due collegamenti.")


def anchors(parts: Parts) -> Iterator[Flaw]:
    """A link into the page that leads nowhere does nothing when clicked."""
    first = ", ".join(f"«#{heading.id}»" for heading in parts.headings[:SHOWN_ANCHORS])
    for link in parts.links:
        name = unquote(link.href[1:])
        if not link.href.startswith("#") or not name or name in parts.anchors:
            continue
        if (meant := anchor_of(name)) in parts.anchors:
            fix = f"Scrivi «#{meant}»."
        elif len(parts.headings) > SHOWN_ANCHORS:
            fix = f"I primi titoli del testo sono: {first}."
        else:
            fix = f"I titoli del testo sono: {first}." if first else "Il testo non ha titoli: togli il collegamento."
        yield Flaw(link.line, "nel testo non c'è il titolo a cui porta il collegamento", link.href, fix)


def images(parts: Parts) -> Iterator[Flaw]:
    """An image from elsewhere tells a third party who reads; one without text says nothing to who cannot see it."""
    for image, line in parts.inlines["image"]:
        src = str(image.attrs["src"])
        if fault := image_fault(src):
            yield Flaw(line, fault[0], src, fault[1])
        if not text_of(image.children or ()).strip():
            yield Flaw(
                line,
                "l'immagine non ha un testo alternativo",
                src,
                "Scrivi fra le parentesi quadre che cosa mostra, per chi non la vede.",
            )


def references(parts: Parts) -> Iterator[Flaw]:
    """Of two definitions with one name the second is ignored without a word."""
    document = parts.document
    for definition in chain(document.references, document.repeated_references):
        if fault := link_fault(definition.href):
            yield Flaw(parts.first_line + definition.line, fault[0], definition.href, fault[1])
    for definition in document.repeated_references:
        yield Flaw(
            parts.first_line + definition.line,
            "lo stesso nome di collegamento è definito due volte",
            document.lines[definition.line].strip(),
            "Cambia nome a uno dei due, qui e dove è usato, o togli questa riga.",
        )


def footnotes(parts: Parts) -> Iterator[Flaw]:
    """A footnote that nothing refers to is not shown, and a reference to none is shown as brackets."""
    read = {note.label for note in parts.notes}
    defined: set[str] = set()
    for note in parts.document.footnotes:
        line, written = parts.first_line + note.line, f"[^{note.label}]"
        if note.label in defined:
            fix = "Cambia nome a una delle due, o togli questa."
            yield Flaw(line, "la stessa nota è definita due volte", written, fix)
        elif note.label not in read:
            fix = f"Scrivi «{written}» dove serve, o togli la nota."
            yield Flaw(line, "la nota non è richiamata nel testo", written, fix)
        if not note.tokens:
            yield Flaw(line, "la nota è vuota", written, "Scrivi il testo della nota dopo i due punti.")
        defined.add(note.label)
    for reference, line in parts.inlines["footnote_ref"]:
        if (label := reference.meta["label"]) not in defined:
            fix = f"Aggiungi in fondo al testo «[^{label}]: …», o togli il richiamo."
            yield Flaw(line, "la nota richiamata non c'è", f"[^{label}]", fix)


def callouts(parts: Parts) -> Iterator[Flaw]:
    """«Devi» and «Dovresti» tell a duty from advice: a callout that is not recognised loses the difference."""
    known = ", ".join(f"[!{word}]" for word in CALLOUTS)
    for token, line in parts.blocks["blockquote_open"]:
        if token.info:
            yield Flaw(line, "il tipo di riquadro non esiste", f"[!{token.info}]", f"Usa uno di questi: {known}.")
    for token, line in parts.blocks["callout_open"]:
        written = f"[!{token.info}]"
        if trailing := token.meta.get("trailing"):
            message = f"{written} deve stare da solo sulla prima riga del riquadro"
            yield Flaw(line, message, trailing, "Sposta il testo sulla riga dopo, che comincia con «> ».")
        if token.meta["empty"]:
            fix = "Scrivi il testo nelle righe dopo, che cominciano con «> »."
            yield Flaw(line, "il riquadro è vuoto", written, fix)


def code(parts: Parts) -> Iterator[Flaw]:
    """A code block that nobody closes swallows the rest of the text."""
    for token, line in parts.blocks["fence"]:
        # A closed block has two lines more than its content.
        if token.map and token.map[1] - token.map[0] < token.content.count("\n") + 2:
            fix = f"Aggiungi dopo il codice una riga con «{token.markup}»."
            yield Flaw(line, "il blocco di codice non è chiuso", token.markup + token.info, fix)


def tables(parts: Parts) -> Iterator[Flaw]:
    """Markdown drops the cells beyond those of the heading row without a word."""
    for token, line in parts.blocks["tr_open"]:
        if (columns := token.meta.get("columns")) is None:
            continue
        row = parts.document.lines[line - parts.first_line].lstrip(" \t>").rstrip().removeprefix("|")
        if any(lost := [cell.strip() for cell in _CELL_SEPARATOR.split(row)[columns:]]):
            yield Flaw(
                line,
                f"la riga della tabella ha più celle dell'intestazione, che ne ha {columns}",
                " | ".join(cell for cell in lost if cell),
                "Togli le celle in più, o scrivi «\\|» dove la barra fa parte del testo.",
            )


def leftovers(parts: Parts) -> Iterator[Flaw]:
    """Brackets that were meant as markup would be shown to the reader as they are."""
    for span in parts.spans:
        if "]" not in span.token.content:
            continue
        text, places = _plain_text(span.children)
        for pattern, message, fix in _LEFTOVERS:
            for match in pattern.finditer(text):
                line = span.children[bisect_right(places, match.start()) - 1][1]
                yield Flaw(line, message, match.group(), f"{fix} Se le parentesi fanno parte del testo, scrivi «\\[».")


_LEFTOVERS = (
    (
        _BROKEN_REFERENCE,
        "il collegamento porta a un nome che non è definito",
        "Aggiungi in fondo al testo «[nome]: indirizzo».",
    ),
    (
        _BROKEN_LINK,
        "il collegamento non è scritto bene",
        "Scrivi l'indirizzo senza spazi e il testo senza note né altre parentesi quadre.",
    ),
    (
        _STRAY_MARKER,
        "il riquadro non è scritto bene",
        "Mettilo da solo sulla prima riga, dopo «> », con una riga vuota prima.",
    ),
)


def _plain_text(children: Iterable[tuple[Token, int]]) -> tuple[str, list[int]]:
    """The text of a span with its line ends, and where in it each of the children begins."""
    pieces: list[str] = []
    places: list[int] = []
    length = 0
    for child, _ in children:
        places.append(length)
        if child.type == "text":
            piece = child.content
        elif child.type in ("softbreak", "hardbreak"):
            piece = "\n"
        else:
            piece = "" if child.nesting else _OTHER
        pieces.append(piece)
        length += len(piece)
    return "".join(pieces), places


def hidden_characters(parts: Parts) -> Iterator[Flaw]:
    """An entity brings in the characters that a file may not hold, such as those that turn text around."""
    fix = "Toglilo: chi legge non lo vedrebbe."
    message = "il testo contiene un carattere invisibile"
    for token, line in parts.inlines["text_special"]:
        if token.info == "entity" and invisible(token.content):
            yield Flaw(line, message, token.markup, fix)
    for token, line in chain(parts.inlines["link_open"], parts.inlines["image"]):
        if invisible(title := str(token.attrs.get("title", ""))):
            yield Flaw(line, message, title, fix)


CHECKS: tuple[Callable[[Parts], Iterable[Flaw]], ...] = (
    raw_html,
    headings,
    links,
    anchors,
    images,
    references,
    footnotes,
    callouts,
    code,
    tables,
    leftovers,
    hidden_characters,
)
"""Every check; the docstring of each says what it keeps from happening."""
