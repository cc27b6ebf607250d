"""How much one body may ask of the parser, so that none can be made to be slow.

Bounds on lines, nesting and addresses are not enough: some constructs cost far more than their length. So the parser
counts its own steps (see `dialect`) and stops when there are too many.
"""

from __future__ import annotations

from dataclasses import dataclass

MAX_LINES = 5_000
"""Most lines of a body, empty ones included: some block rules look ahead at all lines that follow."""

MAX_NESTING = 12
"""Most blocks around a paragraph: a quotation is one, a list or a definition list two (the list and its item).

Below the 20 at which markdown-it silently leaves out what lies deeper."""

MAX_ADDRESS = 2_000
"""Longest address of a link, in characters."""

MAX_PARENTHESES = 4
"""Most parentheses that an address, with what follows it up to a space, may leave open."""

MAX_EFFORT = 250_000
"""Most work one body may ask of the parser, in units of about a microsecond on a slow laptop.

An entry of a thousand words takes some 4,000, a table of a thousand rows and three columns 75,000."""

EFFORT_OF_LINE = 5
"""Units for each time a line is tried against the rules that can end a block."""

EFFORT_OF_TOKEN = 5
"""Units for each token made, which is made once and rendered once."""

EFFORT_OF_LOOKAHEAD = 3
"""Units for each step taken in search of the end of a link's text."""


class ExcessError(Exception):
    """A body beyond one of the bounds; `line` counts from 0 in the body. Never leaves this package."""

    def __init__(self, line: int, message: str, fix: str) -> None:
        super().__init__(message)
        self.line, self.message, self.fix = line, message, fix


@dataclass(slots=True)
class Effort:
    """The work spent on one body so far, and the line (from 0) it is being spent on."""

    spent: int = 0
    line: int = 0

    def spend(self, units: int) -> None:
        self.spent += units
        if self.spent > MAX_EFFORT:
            raise ExcessError(
                self.line,
                "da questa riga il testo è troppo intricato",
                "Accorcia la tabella, l'elenco o il paragrafo, o togli i segni che non servono "
                "(parentesi quadre, asterischi, accenti gravi, «>»).",
            )
