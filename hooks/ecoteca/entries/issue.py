"""Newsletter issues: chosen news, dates and calls as they were told on the day; the introduction is the body."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, ClassVar

from pydantic import Field

from ecoteca.entries.base import Entry, Source
from ecoteca.entries.fields import Day, Fault, Line, Model, RefTo, Slug, Text, field, many, needs

About = Annotated[Slug, RefTo("Parla di", "Nella newsletter")]

NewsName = Annotated[str, Field(max_length=200, pattern=r"^[a-z0-9-]+(/[a-z0-9-]+)*$")]
"""The permanent name of a piece of news or of a deadline."""


class Piece(Model):
    """One thing that is told, in the words of the issue."""

    news: NewsName | None = field(
        "Notizia",
        "Il nome permanente della notizia: lo scrive il comando; togli la riga a ciò che aggiungi tu.",
        default=None,
    )
    about: About = field("Scheda", "L'identificativo della scheda che lo spiega.")
    title: Line = field("Titolo", "Che cosa è successo.")
    text: Text | None = field("Testo", "Una o due frasi; senza, c'è solo il titolo.", default=None)
    pinned: bool = field("In primo piano", "true per metterla in cima al numero.", default=False)


class Section(Model):
    """What is told under one heading."""

    title: Line = field("Titolo", "Il titolo della sezione, di norma il tema.")
    items: tuple[Piece, ...] = many("Voci", "Le notizie, dalla più importante.", least=1, most=20)


class DueDate(Model):
    """A deadline as it stood on the day of the issue."""

    name: NewsName | None = field("Nome", "Il nome permanente della scadenza: lo scrive il comando.", default=None)
    about: About = field("Scheda", "L'identificativo dell'adempimento.")
    day: date = field("Giorno", "Il giorno della scadenza.")
    what: Line = field("Che cosa", "Che cosa scade.")
    concerns: Line | None = field("Chi riguarda", "Se riguarda solo alcuni.", default=None)


class Notice(Model):
    """A call that is open, or an event to come, on the day of the issue."""

    about: About = field("Scheda", "L'identificativo del bando o dell'evento.")
    title: Line = field("Titolo", "Come si chiama.")
    when: Line = field("Quando", "Fino a quando è aperto, o quando si svolge.", example="Aperto fino al 15 luglio 2027")


class Issue(Entry):
    """One issue of the newsletter."""

    label: ClassVar[str] = "Newsletter"
    plural: ClassVar[str] = "Newsletter"
    announced: ClassVar[str] = "Newsletter"
    folder: ClassVar[str] = "newsletter"
    template: ClassVar[str] = "issue"
    review_months: ClassVar[int] = 60
    intro: ClassVar[str] = "I numeri della newsletter: che cosa è cambiato e che cosa scade."

    sources: tuple[Source, ...] = many("Fonti", "Di norma nessuna: le fonti sono nelle schede di cui parla.", most=20)
    number: int = field("Numero", "Il numero progressivo.", ge=1)
    date: Day = field("Data", "Il giorno in cui esce.")
    since: Day = field("Dal", "Il primo giorno di cui racconta.")
    until: Day = field("Al", "L'ultimo giorno di cui racconta.")
    sections: tuple[Section, ...] = many("Sezioni", "Le notizie per argomento, in ordine.", most=12)
    deadlines: tuple[DueDate, ...] = many("Scadenze", "Che cosa scade nei due mesi dopo, in ordine di giorno.", most=40)
    calls: tuple[Notice, ...] = many("Bandi aperti", "I bandi aperti quel giorno.", most=12)
    events: tuple[Notice, ...] = many("Eventi", "Gli incontri in programma.", most=12)
    offered: tuple[NewsName, ...] = many(
        "Già proposte",
        "Ciò che il comando ha già proposto: quello che togli dal numero non torna. Non serve toccarlo.",
        most=2000,
    )

    @needs("since", "until", "date")
    def _days_in_order(self) -> Iterator[Fault]:
        if self.until < self.since:
            what = f"l'ultimo giorno non può venire prima del primo ({self.since})"
            yield Fault(("until",), what, str(self.until), "Controlla since e until.")
        if self.date < self.until:
            what = f"un numero non può uscire prima dell'ultimo giorno di cui racconta ({self.until})"
            yield Fault(("date",), what, str(self.date), "Controlla date e until.")

    @property
    def pinned(self) -> tuple[Piece, ...]:
        """What stands on top, in the order of the sections."""
        return tuple(item for section in self.sections for item in section.items if item.pinned)

    @property
    def rest(self) -> tuple[tuple[str, tuple[Piece, ...]], ...]:
        """The sections without what stands on top, and without those that are empty then."""
        found = ((part.title, tuple(item for item in part.items if not item.pinned)) for part in self.sections)
        return tuple((title, items) for title, items in found if items)
