"""YAML without surprises: text → plain values with the line of each, and every flaw on the way.

PyYAML's constructors accept silently what an editor did not mean (a duplicate key, `no` as false, 012 as ten, 12:30 as
750). So the values are built here, from the events of its C scanner: nothing recursive, nothing resolved behind the
editor's back, and each refusal says what to write instead.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import yaml

Key = tuple[str | int, ...]
"""Where a value stands: the keys and list positions that lead to it; `()` is the whole document."""

MAX_DEPTH = 14
"""How deeply lists and blocks may be nested: conditions of applicability need the most."""

MAX_SCALARS = 20_000
"""How many values one document may have: the longest table of an analysis stays well below."""

FIRST_YEAR, LAST_YEAR = 1800, 2199
"""The years that a date may have: outside them two digits changed places."""

FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff]"
)
"""Control characters (but tab and line feed), the ones that reorder text, invisible separators, byte order marks.

The zero-width joiner stays: emoji need it.
"""

# Up to 15 digits: what every program that reads our data keeps exactly.
_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,14})")
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)\.[0-9]+")
_ODD_NUMBER = re.compile(
    r"[-+]?(0[0-9_]+|[1-9][0-9]{15,}|0[xob][0-9a-fA-F_]+|[0-9][0-9_]*_[0-9_]*|[0-9]+(\.[0-9]*)?[eE][-+]?[0-9]+|\.[0-9]+|[0-9]+\.)"
    r"|\+[0-9.]+|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)"
)
_SEXAGESIMAL = re.compile(r"[-+]?[0-9]+(:[0-5]?[0-9])+(\.[0-9]*)?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}:[0-9]{2})(:[0-9]{2})?")
_ODD_DAY = re.compile(
    r"[0-9]{1,2}[/-][0-9]{1,2}[/-][0-9]{2,4}|[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4}|[0-9]{4}[/-][0-9]{1,2}[/-][0-9]{1,2}"
    r"|[0-9]{4}-[0-9]{2}-[0-9]{2}([Tt]|[ \t]+)[0-9]{1,2}:[0-9:.]*[ \t]*(Z|[-+][0-9:]+)?"
)
_WORDS_READ_AS_VALUES = {"yes", "no", "on", "off", "y", "n", "true", "false", "null", "~"}


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing that is not plain YAML; `key` says where it stands as far as it is known."""

    line: int
    key: Key
    message: str
    found: str = ""
    fix: str = ""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was read. `data` is None where nothing usable stands; `lines` has the line of every key and list item.

    `complete` is False where the reading had to stop half-way: then what is missing from `data` may well be there.
    """

    data: Any
    lines: dict[Key, int]
    flaws: tuple[Flaw, ...]
    complete: bool


@dataclass(slots=True)
class _Open:
    """A list or block that is being read; `names` is True for one that stands where the name of a field should."""

    key: Key
    value: dict[str, Any] | list[Any]
    names: bool = False
    waiting: str | None = None
    skipping: bool = False


@dataclass(slots=True)
class _Reader:
    """The state of one reading; it lives as long as `load` does."""

    first_line: int
    lines: dict[Key, int] = field(default_factory=dict)
    flaws: list[Flaw] = field(default_factory=list)
    stack: list[_Open] = field(default_factory=list)
    root: Any = None
    documents: int = 0
    scalars: int = 0

    def flaw(self, event: yaml.Event, message: str, found: str = "", fix: str = "", key: Key | None = None) -> None:
        """Notes one flaw at the event's line."""
        self.flaws.append(Flaw(self.line(event), self.key() if key is None else key, message, found, fix))

    def line(self, event: yaml.Event) -> int:
        """The event's line in the file."""
        mark = event.start_mark
        return self.first_line + (int(mark.line) if mark else 0)

    def key(self) -> Key:
        """Where the next value belongs."""
        if not self.stack:
            return ()
        top = self.stack[-1]
        if isinstance(top.value, list):
            return (*top.key, len(top.value))
        return (*top.key, top.waiting) if top.waiting is not None else top.key

    def place(self, event: yaml.Event, value: Any) -> None:
        """Puts a finished or opened value where it belongs."""
        if not self.stack:
            self.root = value
            self.lines[()] = self.line(event)
            return
        top = self.stack[-1]
        if isinstance(top.value, list):
            self.lines.setdefault(self.key(), self.line(event))
            top.value.append(value)
        elif top.waiting is not None:
            if not top.skipping:
                top.value[top.waiting] = value
            top.waiting, top.skipping = None, False

    def awaits_key(self) -> bool:
        """Whether the next scalar is a key of a block."""
        return bool(self.stack) and isinstance(self.stack[-1].value, dict) and self.stack[-1].waiting is None

    def open(self, event: yaml.Event, value: dict[str, Any] | list[Any]) -> None:
        """Begins a list or block."""
        key, names = self.key(), self.awaits_key()
        if names:
            fix = "Scrivi «nome: valore»; un testo che comincia con una parentesi va tra virgolette."
            self.flaw(event, "il nome di un campo deve essere una parola, non un elenco o un blocco", fix=fix)
        else:
            self.place(event, value)
        self.stack.append(_Open(key, value, names))

    def close(self) -> None:
        """Ends the innermost list or block."""
        if self.stack.pop().names:
            self.skip_value()

    def skip_value(self) -> None:
        """Leaves out the value that follows, because the name before it is none."""
        self.stack[-1].waiting, self.stack[-1].skipping = "", True

    def take_key(self, event: yaml.ScalarEvent) -> None:
        """Reads the name of a field."""
        top = self.stack[-1]
        name = str(event.value)
        where = (*top.key, name)
        if not event.style and name == "<<":
            self.flaw(event, "le chiavi di unione «<<» non sono ammesse", fix="Scrivi i campi per esteso.", key=where)
            top.skipping = True
        elif not event.style and not isinstance(_plain_value(name, lambda *_: None), str):
            fix = "Usa uno dei nomi previsti per questo tipo di scheda."
            self.flaw(event, "il nome di un campo deve essere una parola", name, fix, where)
            top.skipping = True
        elif name in top.value:
            first = self.lines[where]
            self.flaw(
                event, f"campo scritto due volte (la prima alla riga {first})", name, "Tieni una sola riga.", where
            )
            top.skipping = True
        else:
            self.lines.setdefault(where, self.line(event))
        top.waiting = name

    def take_scalar(self, event: yaml.ScalarEvent) -> None:
        """Reads a key or a value."""
        if self.awaits_key():
            self.take_key(event)
            return
        self.scalars += 1
        text = str(event.value)
        key = self.key()
        if event.style:
            # Escapes like "\\u202e" bring in what may not stand in the file itself.
            for found in sorted(set(FORBIDDEN.findall(text))):
                message = "c'è un carattere invisibile o di controllo"
                self.flaw(event, message, f"U+{ord(found):04X}", "Togli la sequenza che comincia con «\\».")
            self.place(event, FORBIDDEN.sub(" ", text))
            return

        def complain(message: str, fix: str) -> None:
            self.flaw(event, message, text, fix, key)

        self.place(event, _plain_value(text, complain))


def _plain_value(text: str, complain: Callable[[str, str], None]) -> Any:
    """The value of an unquoted word; `complain(message, fix)` hears of those that YAML would read as something else."""
    if text in ("true", "false"):
        return text == "true"
    if _INTEGER.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text) and repr(float(text)) == text:
        return float(text)
    if _DAY.fullmatch(text) or _MOMENT.fullmatch(text):
        return _time_value(text, complain)
    if text == "":
        complain("il campo è vuoto", "Scrivi un valore oppure togli la riga.")
    elif text.lower() in _WORDS_READ_AS_VALUES:
        complain(
            f"«{text}» senza virgolette in YAML non è un testo", f"{_quote(text)}; per sì o no scrivi true o false."
        )
    elif _SEXAGESIMAL.fullmatch(text):
        complain("in YAML un'ora senza virgolette diventa un numero", f"{_quote(text)}.")
    elif _DECIMAL.fullmatch(text) or _ODD_NUMBER.fullmatch(text):
        complain(
            "questo numero in YAML cambierebbe valore o forma",
            f"{_quote(text)}; un numero si scrive come 1200 o 1.5.",
        )
    elif _ODD_DAY.fullmatch(text):
        complain(
            "le date si scrivono AAAA-MM-GG, con l'ora AAAA-MM-GG HH:MM", f"Per esempio 2026-04-30. {_quote(text)}."
        )
    return text


def _quote(text: str) -> str:
    """Advice to quote `text`, which is repeated where it is short."""
    return "Se è un testo mettilo tra virgolette" + (f': "{text}"' if len(text) <= 40 else "")


def _time_value(text: str, complain: Callable[[str, str], None]) -> date | datetime | str:
    """A day or a moment (local time, Europe/Rome by convention of the fields that take one)."""
    try:
        value = date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)
    except ValueError:
        complain("questa data non esiste", "Controlla giorno e mese: l'ordine è AAAA-MM-GG.")
        return text
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        complain(f"l'anno deve essere fra {FIRST_YEAR} e {LAST_YEAR}", "Controlla l'anno: l'ordine è AAAA-MM-GG.")
        return text
    return value


def load(text: str, first_line: int = 1) -> Loaded:
    """Reads one YAML document; `first_line` is the line of the file on which `text` begins."""
    reader = _Reader(first_line)
    complete = False
    try:
        complete = _consume(reader, yaml.parse(text, Loader=yaml.CSafeLoader))
    except yaml.MarkedYAMLError as error:
        reader.flaws.append(_syntax_flaw(error, text, first_line))
    except yaml.YAMLError as error:  # a character that YAML forbids: it has no mark, only a position
        position = int(getattr(error, "position", 0) or 0)
        line = first_line + text.count("\n", 0, position)
        reader.flaws.append(Flaw(line, (), "qui c'è un carattere che non può stare in una scheda", fix="Cancellalo."))
    return Loaded(reader.root, reader.lines, tuple(reader.flaws), complete)


def _consume(reader: _Reader, events: Iterator[yaml.Event]) -> bool:
    """Feeds the events to the reader; False where it stops before the last, because a bound is passed."""
    for event in events:
        if isinstance(event, yaml.AliasEvent):
            fix = "Ripeti il valore per esteso."
            reader.flaw(event, "i richiami «*nome» non sono ammessi", event.anchor or "", fix)
            if reader.awaits_key():
                reader.skip_value()
            else:
                reader.place(event, None)
            continue
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if anchor:
            reader.flaw(event, "le ancore «&nome» non sono ammesse", anchor, "Togli la parola che comincia con «&».")
        if tag:
            fix = "Togli la parola che comincia con «!»; un testo con «!» all'inizio va tra virgolette."
            reader.flaw(event, "le etichette «!tipo» non sono ammesse", tag, fix)
        if isinstance(event, yaml.ScalarEvent):
            reader.take_scalar(event)
        elif isinstance(event, yaml.MappingStartEvent):
            reader.open(event, {})
        elif isinstance(event, yaml.SequenceStartEvent):
            reader.open(event, [])
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            reader.close()
        elif isinstance(event, yaml.DocumentStartEvent):
            reader.documents += 1
            if reader.documents > 1 or event.version or event.tags:
                reader.flaw(event, "qui comincia un secondo documento YAML", fix="Una scheda ne ha uno solo.")
                return False
        elif isinstance(event, yaml.DocumentEndEvent) and event.explicit:
            reader.flaw(
                event, "i tre punti «...» non chiudono i dati", fix="Chiudi i dati con una riga di tre trattini."
            )
        if len(reader.stack) > MAX_DEPTH:
            reader.flaw(event, f"i dati sono annidati oltre {MAX_DEPTH} livelli", fix="Segui il modello della scheda.")
            return False
        if reader.scalars > MAX_SCALARS:
            reader.flaw(event, f"ci sono più di {MAX_SCALARS} valori", fix="Dividi la scheda in più schede.")
            return False
    return True


_UNCLOSED_QUOTE = "found unexpected end of stream"
_UNCLOSED_BRACKET = "did not find expected ',' or"
_NO_COLON = "could not find expected ':'"
_BEGINNINGS = (_UNCLOSED_QUOTE, _UNCLOSED_BRACKET, _NO_COLON)

# What libyaml says, what editors are told, how to mend it. What was opened and never closed is told at its beginning.
_SYNTAX: tuple[tuple[str, str, str], ...] = (
    (
        "mapping values are not allowed",
        "i due punti dentro un testo confondono YAML",
        "Metti tutto il valore tra virgolette; se è già semplice, guarda la riga sopra: «:» e rientro.",
    ),
    (
        "cannot start any token",
        "questo carattere non può stare all'inizio di un valore",
        "Metti il valore tra virgolette; per rientrare usa spazi, mai il tabulatore.",
    ),
    (
        "are not allowed in this context",
        "un elenco o un blocco non può cominciare qui",
        "Comincia su una riga nuova e rientrata, oppure metti il valore tra virgolette.",
    ),
    (_UNCLOSED_QUOTE, "le virgolette aperte qui non sono chiuse", "Chiudi le virgolette."),
    (
        "expected <block end>",
        "il rientro o le virgolette non tornano",
        "Guarda questa riga e quella sopra: campi allineati, ogni virgoletta chiusa, dentro un testo solo «…».",
    ),
    (
        _NO_COLON,
        "manca «:» dopo il nome del campo",
        "Scrivi «nome: valore», con uno spazio dopo i due punti.",
    ),
    (
        "found unknown escape",
        "la barra «\\» tra virgolette doppie ha un significato speciale",
        "Usa virgolette semplici: '…'.",
    ),
    (
        _UNCLOSED_BRACKET,
        "la parentesi quadra o graffa aperta qui non è chiusa",
        "Chiudila, oppure metti il valore tra virgolette.",
    ),
    (
        "did not find expected node content",
        "qui manca un valore",
        "Se il valore comincia con una parentesi, mettilo tra virgolette.",
    ),
    (
        "did not find expected key",
        "il rientro o le virgolette non tornano",
        "Guarda questa riga e quella sopra: campi allineati, ogni virgoletta chiusa, dentro un testo solo «…».",
    ),
    (
        "did not find expected '-' indicator",
        "il rientro di questa riga non torna con l'elenco sopra",
        "Allinea i trattini.",
    ),
)


# What word processors and editing programs write by themselves, which libyaml explains by what it meets later.
_SLIPS: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (re.compile(r" *\t"), "questa riga rientra con il tabulatore", "Rientra con spazi: due per livello."),
    (
        re.compile(r"[^#]*?(?::|-) [“”„‘’]"),
        "le virgolette curve non racchiudono un valore",
        'Usa quelle dritte: "…".',
    ),
)


def _syntax_flaw(error: yaml.MarkedYAMLError, text: str, first_line: int) -> Flaw:
    """What PyYAML could not read, in the editors' words."""
    problem = str(error.problem or "")
    marks = (error.problem_mark, error.context_mark)
    mark = next(filter(None, reversed(marks) if any(said in problem for said in _BEGINNINGS) else marks), None)
    place = int(mark.line) if mark else 0
    line = first_line + place
    written = text.split("\n")[place] if place <= text.count("\n") else ""
    for slip, message, fix in _SLIPS:
        if slip.match(written):
            return Flaw(line, (), message, fix=fix)
    for known, message, fix in _SYNTAX:
        if known in problem:
            return Flaw(line, (), message, fix=fix)
    # Not the problem itself, which is in English.
    return Flaw(line, (), "questa riga non è YAML valido", fix="Confronta con il modello della scheda.")
