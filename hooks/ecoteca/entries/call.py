"""Calls for funding."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Annotated, ClassVar, Literal

from ecoteca.entries.base import Entry
from ecoteca.entries.fields import (
    CupField,
    Fault,
    Line,
    Model,
    RefTo,
    ShortLine,
    Slug,
    Text,
    WebAddress,
    field,
    many,
    needs,
)

Moment = datetime | date
"""A day, or a day with its hour in Europe/Rome."""


def day_of(moment: Moment) -> date:
    """The day of a moment."""
    return moment.date() if isinstance(moment, datetime) else moment


class Money(Model):
    """An amount and who pays it."""

    source: Line = field("Da chi", "Chi mette i fondi.", example="Regione Lombardia")
    amount: float = field("Importo", "In euro.", gt=0)


class Phase(Model):
    """One window of a call."""

    id: Slug | None = field(
        "Nome breve",
        "Una parola che la distingue nel bando e non cambia più: la usano i calendari. Senza, è fase-1, fase-2… secondo "
        "il posto: scrivila quando inserisci una fase prima di altre già pubblicate, e scrivi la loro a quelle.",
        default=None,
        example="fase-2",
    )
    name: Line = field("Fase", "Come si chiama.", example="Fase 3: realizzazione dei progetti")
    opens: Moment = field("Apertura", "Giorno, con l'ora se è nota.")
    closes: Moment | None = field("Chiusura", "Giorno, con l'ora se è nota; senza se a esaurimento.", default=None)
    first_closing: Moment | None = field("Chiusura prima della proroga", "Solo se è stata prorogata.", default=None)
    note: Line | None = field("Nota", "Che cosa si fa in questa fase.", default=None)

    @needs("opens", "closes", "first_closing")
    def _in_order(self) -> Iterator[Fault]:
        for name, closing in (("closes", self.closes), ("first_closing", self.first_closing)):
            if closing is not None and day_of(closing) < day_of(self.opens):
                what = f"la chiusura non può venire prima dell'apertura ({day_of(self.opens)})"
                yield Fault((name,), what, str(closing), "Controlla le due date.")
        if self.first_closing and self.closes and day_of(self.closes) <= day_of(self.first_closing):
            yield Fault(
                ("closes",),
                "una proroga sposta in avanti la chiusura",
                str(self.closes),
                "Controlla closes e first_closing.",
            )


def phase_names(phases: tuple[Phase, ...]) -> tuple[str, ...]:
    """The permanent names of a call's phases: each its own or, where it has none, that of its place."""
    return tuple(phase.id or f"fase-{number}" for number, phase in enumerate(phases, start=1))


class Call(Entry):
    """A call for projects."""

    label: ClassVar[str] = "Bando"
    plural: ClassVar[str] = "Bandi"
    announced: ClassVar[str] = "Nuovo bando nel portale"
    folder: ClassVar[str] = "bandi"
    template: ClassVar[str] = "call"
    compared_with: ClassVar[str] = "il testo ufficiale"
    review_months: ClassVar[int] = 6
    intro: ClassVar[str] = "Contributi per le imprese: chi può chiederli, quanto, in quali fasi, e se sono aperti oggi."

    body: Line = field("Ente", "Chi pubblica il bando.")
    instrument: Line | None = field(
        "Atto", "L'atto che lo approva.", default=None, example="DGR XI/6402 del 23 maggio 2022"
    )
    act: Annotated[Slug, RefTo("Approvato con", "Bandi", ("Act",))] | None = field(
        "Norma", "La scheda dell'atto, se c'è.", default=None
    )
    what: Text = field("Che cosa finanzia", "I progetti ammessi.")
    beneficiaries: Text = field("Chi può chiederlo", "Le imprese ammesse.")
    budget: tuple[Money, ...] = many("Dotazione", "I fondi, per chi li mette.")
    expenses: tuple[Line, ...] = many("Spese ammesse", "Una per riga.")
    intensity: Text | None = field("Quanto", "Percentuale, minimo e massimo.", default=None)
    procedure: Literal["sportello", "graduatoria", "valutazione"] | None = field(
        "Procedura", "sportello, graduatoria o valutazione.", default=None
    )
    aid_scheme: Line | None = field("Regime di aiuto", "De minimis, esenzione.", default=None)
    cup: CupField | None = field("CUP", "Il codice unico di progetto.", default=None)
    code: ShortLine | None = field("Codice del bando", "Il codice del portale.", default=None)
    apply_url: WebAddress | None = field("Dove si presenta", "L'indirizzo della domanda.", default=None)
    phases: tuple[Phase, ...] = many("Fasi", "Le finestre del bando, in ordine.", least=1, most=10)
    outcome: Text | None = field("Esiti", "Come è andata, con fonte tra le fonti.", default=None)
    part_of: Annotated[Slug, RefTo("Fa parte di", "Comprende", ("Action",))] | None = field(
        "Azione", "L'azione camerale di cui fa parte.", default=None
    )

    @needs("phases")
    def _phases_have_names_of_their_own(self) -> Iterator[Fault]:
        names = phase_names(self.phases)
        for position, name in enumerate(names):
            if name in names[:position]:
                what = "due fasi dello stesso bando non possono avere lo stesso nome breve"
                yield Fault(("phases", position, "id"), what, name, "Aggiungi un id diverso a ciascuna.")

    @needs("phases")
    def _phases_in_order(self) -> Iterator[Fault]:
        starts = [day_of(phase.opens) for phase in self.phases]
        for position in range(1, len(starts)):
            if starts[position] < starts[position - 1]:
                key = ("phases", position, "opens")
                yield Fault(
                    key, "le fasi vanno dalla prima all'ultima", str(starts[position]), "Riordinale per apertura."
                )
