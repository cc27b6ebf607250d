"""Action sheets of chamber projects."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar, Literal

from ecoteca.entries.base import Entry
from ecoteca.entries.fields import (
    Fault,
    Line,
    Model,
    SdgTargetId,
    ShortLine,
    SnsvsChoiceId,
    Text,
    WebAddress,
    field,
    many,
    needs,
)


class StrategyTarget(Model):
    """A choice of the national strategy, with the edition that numbers it so."""

    edition: Literal["2017", "2022"] = field(
        "Edizione", '"2017" o "2022", tra virgolette: i codici cambiano.', example="2017"
    )
    choice: SnsvsChoiceId = field("Scelta", "Il codice nel vocabolario snsvs.", example="prosperita-i-3")


class Indicator(Model):
    """What was planned, and what was achieved."""

    what: Line = field("Che cosa", "Che cosa si conta.", example="Seminari sui rifiuti")
    planned: ShortLine | None = field("Previsto", "Il valore previsto.", default=None)
    achieved: ShortLine | None = field("Ottenuto", "Il valore ottenuto; senza se non è noto.", default=None)
    url: WebAddress | None = field("Fonte", "Dove si legge il valore ottenuto.", default=None)


class Action(Entry):
    """A project of the chambers, with its targets and results."""

    label: ClassVar[str] = "Azione"
    plural: ClassVar[str] = "Azioni"
    announced: ClassVar[str] = "Nuova scheda su un'azione camerale"
    folder: ClassVar[str] = "azioni"
    template: ClassVar[str] = "action"
    review_months: ClassVar[int] = 24
    intro: ClassVar[str] = (
        "I progetti del sistema camerale lombardo: obiettivi di sostenibilità, risultati previsti e ottenuti."
    )

    body: Line = field("Ente", "Chi la promuove.")
    kind: Line = field("Tipologia", "Di che azione si tratta.", example="Formazione e informazione")
    starts: date = field("Inizio", "Il primo giorno.")
    ends: date = field("Fine", "L'ultimo giorno.")
    recipients: Text = field("A chi si rivolge", "I destinatari.")
    partners: tuple[Line, ...] = many("Partner", "Chi collabora.")
    team: Text | None = field("Gruppo di lavoro", "Chi la realizza.", default=None)
    investment_internal: Line | None = field("Risorse interne", "Quanto, se noto.", default=None)
    investment_external: Line | None = field("Risorse esterne", "Quanto, se noto.", default=None)
    sdg_targets: tuple[SdgTargetId, ...] = many("Agenda 2030", "I target, tra virgolette.", example=["12.5"], least=1)
    strategy: tuple[StrategyTarget, ...] = many("Strategia nazionale", "Le scelte della SNSvS con la loro edizione.")
    results: tuple[Indicator, ...] = many("Risultati", "Previsti e ottenuti.", least=1)
    communication: Text | None = field("Comunicazione", "Come è stata fatta conoscere.", default=None)

    @needs("starts", "ends")
    def _in_order(self) -> Iterator[Fault]:
        if self.ends < self.starts:
            yield Fault(
                ("ends",), "la fine non può venire prima dell'inizio", str(self.ends), "Controlla starts e ends."
            )
