"""Events and what remains of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Annotated, ClassVar, Literal

from ecoteca.entries.base import Entry
from ecoteca.entries.call import Moment, day_of
from ecoteca.entries.fields import ChamberId, Fault, Line, Model, RefTo, ShortLine, Slug, WebAddress, field, many, needs


class Material(Model):
    """Slides, recordings and forms after the event."""

    title: Line = field("Titolo", "Che materiale è.")
    url: WebAddress = field("Indirizzo", "Dove si scarica.")
    format: ShortLine | None = field("Formato", "PDF, video…", default=None)
    added: date | None = field(
        "Aggiunto il", "Il giorno in cui è comparso qui, se dopo la pubblicazione: è una notizia.", default=None
    )


class Attendance(Model):
    """How many came."""

    registered: int | None = field("Iscritti", "Quanti si sono iscritti.", default=None, ge=0)
    attended: int | None = field("Partecipanti", "Quanti hanno partecipato.", default=None, ge=0)


class Event(Entry):
    """A seminar, webinar, course or focus group."""

    label: ClassVar[str] = "Evento"
    plural: ClassVar[str] = "Eventi"
    announced: ClassVar[str] = "Nuova scheda su un incontro passato"
    folder: ClassVar[str] = "eventi"
    template: ClassVar[str] = "event"
    review_months: ClassVar[int] = 24
    intro: ClassVar[str] = (
        "Seminari, webinar e corsi delle Camere di commercio e dei loro partner, con i materiali dopo l'incontro."
    )

    kind: Literal["seminario", "webinar", "corso", "focus group", "convegno", "fiera"] = field(
        "Tipo", "seminario, webinar, corso, focus group, convegno o fiera."
    )
    organiser: Line = field("Organizza", "Chi organizza.")
    chamber: ChamberId | None = field("Camera", "La Camera di commercio, se è sua.", default=None)
    starts: Moment = field("Inizio", "Giorno, con l'ora se è nota.")
    ends: Moment | None = field("Fine", "Giorno, con l'ora se è nota.", default=None)
    venue: Line | None = field("Sede", "Dove si svolge.", default=None)
    online: bool = field("A distanza", "true se si segue anche a distanza.", default=False)
    online_url: WebAddress | None = field("Collegamento", "L'indirizzo per seguirlo.", default=None)
    seats: int | None = field("Posti", "Quanti posti.", default=None, ge=1)
    signup_url: WebAddress | None = field("Iscrizione", "L'indirizzo per iscriversi.", default=None)
    speakers: tuple[Line, ...] = many("Relatori", "Gli enti dei relatori, non i nomi.")
    credits: Line | None = field("Crediti", "Crediti formativi.", default=None)
    materials: tuple[Material, ...] = many("Materiali", "Ciò che resta dopo l'incontro.")
    attendance: Attendance | None = field("Partecipazione", "Iscritti e partecipanti.", default=None)
    part_of: Annotated[Slug, RefTo("Fa parte di", "Comprende", ("Action",))] | None = field(
        "Azione", "L'azione camerale di cui fa parte.", default=None
    )

    @needs("starts", "ends")
    def _in_order(self) -> Iterator[Fault]:
        if self.ends is None:
            return
        hours = isinstance(self.starts, datetime) and isinstance(self.ends, datetime)
        if day_of(self.ends) < day_of(self.starts) or (hours and self.ends <= self.starts):
            yield Fault(("ends",), "la fine deve venire dopo l'inizio", str(self.ends), "Controlla starts e ends.")

    @property
    def last_day(self) -> date:
        """The day on which it is over."""
        return day_of(self.ends or self.starts)
