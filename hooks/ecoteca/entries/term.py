"""Glossary terms."""

from __future__ import annotations

from typing import ClassVar

from ecoteca.entries.base import Entry
from ecoteca.entries.fields import Line, ShortLine, field, many


class Term(Entry):
    """A word or acronym, explained."""

    label: ClassVar[str] = "Termine"
    plural: ClassVar[str] = "Glossario"
    announced: ClassVar[str] = "Nuova voce del glossario"
    folder: ClassVar[str] = "glossario"
    template: ClassVar[str] = "term"
    review_months: ClassVar[int] = 24
    intro: ClassVar[str] = "Sigle e parole dell'ambiente spiegate in una frase."

    acronym: ShortLine | None = field("Sigla", "La sigla, se ne ha una.", default=None, example="FIR")
    expansion: Line | None = field("Per esteso", "Che cosa vuol dire la sigla.", default=None)
    synonyms: tuple[ShortLine, ...] = many("Detto anche", "Altri modi di chiamarlo: la ricerca li trova.")
