"""Step-by-step guides."""

from __future__ import annotations

from typing import Annotated, ClassVar

from ecoteca.entries.base import Entry
from ecoteca.entries.fields import Line, Model, RefTo, Slug, Text, field, many


class Step(Model):
    """One step."""

    title: Line = field("Passo", "Che cosa si fa, all'imperativo.", example="Conta i tuoi addetti")
    text: Text = field("Spiegazione", "Come, in poche frasi.")
    see: Annotated[Slug, RefTo("Usa", "Guide")] | None = field("Scheda", "La scheda che lo spiega.", default=None)


class Guide(Entry):
    """A way through, from the question to the end."""

    label: ClassVar[str] = "Guida"
    plural: ClassVar[str] = "Guide"
    announced: ClassVar[str] = "Nuova guida"
    folder: ClassVar[str] = "guide"
    template: ClassVar[str] = "guide"
    intro: ClassVar[str] = "Percorsi passo per passo: prima, durante e dopo."

    goal: Text = field("A che cosa serve", "Che cosa si ottiene alla fine.")
    before: tuple[Line, ...] = many("Che cosa preparare", "Documenti e dati da avere a portata di mano.")
    steps: tuple[Step, ...] = many("Passi", "I passi in ordine.", least=2, most=20)
