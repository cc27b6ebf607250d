"""Duties and their deadlines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from ecoteca.entries.base import Entry
from ecoteca.entries.criteria import Basis, Document
from ecoteca.entries.fields import (
    Certainty,
    Fault,
    Line,
    Model,
    MonthDay,
    ShortLine,
    Text,
    WasteCodeField,
    WebAddress,
    field,
    many,
    needs,
)


class YearException(Model):
    """The deadline of one year, where it is not the usual day."""

    year: int = field("Anno", "L'anno della scadenza.", ge=1990, le=2100)
    on: date = field("Giorno", "Il giorno per quell'anno.")
    why: Line = field("Perché", "L'atto o il motivo.", example="DPCM in Gazzetta il 5 marzo 2026, più 120 giorni")
    url: WebAddress | None = field("Fonte", "Dove si legge.", default=None)

    @needs("year", "on")
    def _same_year(self) -> Iterator[Fault]:
        if self.on.year != self.year:
            yield Fault(("on",), f"il giorno deve cadere nel {self.year}", str(self.on), "Correggi year o on.")


class _Rule(Model):
    """What every kind of deadline says."""

    what: Line = field("Che cosa", "Che cosa scade.", example="Presentare il MUD")
    certainty: Certainty = field("Certezza", "certa, attesa o prorogata.", default="certa")


class Yearly(_Rule):
    """Every year, on one or more days."""

    rule: Literal["ogni anno"] = field("Regola", "Di che scadenza si tratta.")
    days: tuple[MonthDay, ...] = many("Giorni", "I giorni dell'anno, MM-GG.", example=["04-30"], least=1, most=12)
    since: int | None = field("Dall'anno", "Il primo anno in cui vale.", default=None, ge=1990, le=2100)
    exceptions: tuple[YearException, ...] = many("Eccezioni", "Gli anni in cui il giorno è un altro.")

    @needs("exceptions", "days")
    def _one_exception_a_year(self) -> Iterator[Fault]:
        seen: set[int] = set()
        for position, item in enumerate(self.exceptions):
            if item.year in seen:
                yield Fault(
                    ("exceptions", position),
                    "un anno può avere una sola eccezione",
                    str(item.year),
                    "Tieni quella giusta.",
                )
            seen.add(item.year)
        if self.exceptions and len(self.days) > 1:
            what = "le eccezioni valgono per regole con un solo giorno"
            yield Fault(("exceptions",), what, "", "Dividi la scadenza in più scadenze.")


class Monthly(_Rule):
    """Every month, by a day; 31 means the month's last."""

    rule: Literal["ogni mese"] = field("Regola", "Di che scadenza si tratta.")
    day: int = field("Giorno del mese", "Da 1 a 31; 31 vuol dire l'ultimo del mese.", ge=1, le=31)


class Once(_Rule):
    """On one day."""

    rule: Literal["una volta"] = field("Regola", "Di che scadenza si tratta.")
    on: date = field("Giorno", "Il giorno della scadenza.")


class AfterEvent(_Rule):
    """A time after something that only the company knows."""

    rule: Literal["da un evento"] = field("Regola", "Di che scadenza si tratta.")
    event: Line = field("Evento", "Da che cosa si conta.", example="produzione del rifiuto")
    within: int = field("Entro", "Quanti giorni, giorni lavorativi o mesi.", ge=1, le=400, example=10)
    unit: Literal["giorni", "giorni lavorativi", "mesi", "anni", "ore"] = field(
        "Unità", "giorni, giorni lavorativi, mesi, anni oppure ore."
    )


class AfterGazette(_Rule):
    """A number of days after a publication."""

    rule: Literal["dalla Gazzetta"] = field("Regola", "Di che scadenza si tratta.")
    published_on: date = field("Pubblicazione", "Il giorno della Gazzetta.")
    days: int = field("Giorni", "Quanti giorni dopo.", ge=1, le=2000)


Deadline = Annotated[Yearly | Monthly | Once | AfterEvent | AfterGazette, Field(discriminator="rule")]


class Duty(Entry):
    """Something that a company must do, should do, or does well to do."""

    label: ClassVar[str] = "Adempimento"
    plural: ClassVar[str] = "Adempimenti"
    folder: ClassVar[str] = "adempimenti"
    template: ClassVar[str] = "duty"
    intro: ClassVar[str] = (
        "Che cosa deve fare un'impresa, entro quando e dove: iscrizioni, registri, dichiarazioni, autorizzazioni. "
        "Ogni scheda dice a chi si applica, chi è esonerato e quale articolo lo prevede."
    )

    strength: Literal["devi", "dovresti", "buona pratica"] = field(
        "Forza", "devi (obbligo), dovresti (raccomandato) o buona pratica.", default="devi"
    )
    who: Text = field("Chi", "A chi si applica: attività, addetti, rifiuti.")
    what: Text = field("Che cosa", "Che cosa bisogna fare.")
    when: Text = field("Entro quando", "Il termine, in parole.")
    how: Text | None = field("Come", "Come si fa.", default=None)
    where: Line | None = field("Dove", "Il portale o l'ufficio.", default=None, example="MUD Telematico")
    where_url: WebAddress | None = field(
        "Indirizzo del portale", "L'indirizzo del portale o dell'ufficio.", default=None
    )
    authority: Line | None = field("Autorità", "Chi riceve o controlla.", default=None)
    cost: Line | None = field("Costo", "Diritti e contributi, solo se letti in una fonte.", default=None)
    exemptions: tuple[Text, ...] = many("Chi è esonerato", "Un esonero per riga.")
    penalty: Text | None = field("Sanzione", "L'articolo; l'importo solo se letto in una fonte.", default=None)
    retention: Line | None = field("Conservazione", "Per quanto tempo si conservano le carte.", default=None)
    deadlines: tuple[Deadline, ...] = many("Scadenze", "Le scadenze come regole.", most=12)
    legal_basis: tuple[Basis, ...] = many("Base giuridica", "Le norme, con l'articolo.")
    other_basis: tuple[Line, ...] = many("Altre norme", "Norme che non hanno ancora una scheda.")
    waste_codes: tuple[WasteCodeField, ...] = many("Codici EER", "I codici dei rifiuti interessati.")
    operations: tuple[ShortLine, ...] = many("Operazioni", "Le operazioni R o D interessate.")
    forms: tuple[Document, ...] = many("Modulistica", "Moduli e istruzioni.")

    @needs("strength", "legal_basis", "other_basis")
    def _obligations_have_a_basis(self) -> Iterator[Fault]:
        if self.strength == "devi" and not (self.legal_basis or self.other_basis):
            fix = "Aggiungi legal_basis oppure other_basis."
            yield Fault(("strength",), "un obbligo deve dire da quale norma viene", self.strength, fix)
