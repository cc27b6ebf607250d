"""Deadlines of duties, written as rules."""

from __future__ import annotations

from calendar import isleap
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from ecoteca.entries.applicability import Condition
from ecoteca.entries.fields import Certainty, Fault, Line, Model, MonthDay, Slug, WebAddress, field, many, needs


class Shift(Model):
    """A deadline that moves to the next working day, because a norm says so."""

    norm: Line = field("Norma", "La norma che sposta il termine.", example="art. 2963 del codice civile")
    saturdays: bool = field("Anche di sabato", "true se si sposta anche dal sabato.", default=False)


class Extension(Model):
    """One occurrence that an act moved."""

    was: date = field("Era", "Il giorno prima della proroga.")
    now: date = field("Diventa", "Il giorno dopo la proroga.")
    decided: date = field("Decisa il", "La data dell'atto o della sua pubblicazione.")
    act: Line = field("Atto", "L'atto che la sposta.", example="D.L. 200/2025, art. 13")
    url: WebAddress | None = field("Fonte", "Dove si legge.", default=None)

    @needs("was", "now")
    def _moves(self) -> Iterator[Fault]:
        if self.was == self.now:
            yield Fault(("now",), "una proroga cambia il giorno", str(self.now), "Correggi was o now.")


class Withdrawal(Model):
    """A deadline that no longer holds."""

    on: date = field("Dal", "Il giorno da cui non vale più.")
    why: Line = field("Perché", "L'atto o il motivo.")


class YearException(Model):
    """The deadline of one year, where it is not the usual day."""

    year: int = field("Anno", "L'anno della scadenza.", ge=1990, le=2100)
    on: date = field("Giorno", "Il giorno per quell'anno.")
    why: Line = field("Perché", "L'atto o il motivo.", example="DPCM in Gazzetta il 5 marzo 2026, più 120 giorni")
    decided: date | None = field("Decisa il", "Quando si è saputo, se è noto.", default=None)
    url: WebAddress | None = field("Fonte", "Dove si legge.", default=None)

    @needs("year", "on")
    def _same_year(self) -> Iterator[Fault]:
        if self.on.year != self.year:
            yield Fault(("on",), f"il giorno deve cadere nel {self.year}", str(self.on), "Correggi year o on.")


class DeadlineRule(Model):
    """What every kind of deadline says."""

    id: Slug = field(
        "Nome", "Una parola che la distingue nella scheda e non cambia più: la usano i calendari.", default="scadenza"
    )
    what: Line = field("Che cosa", "Che cosa scade, all'infinito.", example="Presentare il MUD")
    certainty: Certainty = field("Certezza", "certa, attesa o prorogata.", default="certa")
    concerns: Line | None = field("Chi riguarda", "Se riguarda solo alcuni di quelli della scheda.", default=None)
    only_if: Condition | None = field(
        "Solo se",
        "Quando riguarda un'impresa, con le domande di «Cosa si applica a me?»: il risultato e il suo calendario non la "
        "mostrano a chi di sicuro non riguarda. Senza, riguarda tutti quelli della scheda.",
        default=None,
    )
    shift: Shift | None = field(
        "Spostamento", "Se un sabato o un festivo lo spostano, e per quale norma.", default=None
    )
    extensions: tuple[Extension, ...] = many("Proroghe", "Gli spostamenti decisi, dal più vecchio.", most=20)
    withdrawn: Withdrawal | None = field("Ritirata", "Solo se la scadenza non vale più.", default=None)

    @needs("only_if", "concerns")
    def _a_condition_is_said_in_words_too(self) -> Iterator[Fault]:
        if self.only_if is not None and self.concerns is None:
            what = "una scadenza con una condizione deve dire anche a parole chi riguarda"
            yield Fault(("only_if",), what, "", "Aggiungi concerns.")

    @needs("extensions")
    def _extensions_follow_each_other(self) -> Iterator[Fault]:
        for position in range(1, len(self.extensions)):
            if self.extensions[position].decided < self.extensions[position - 1].decided:
                found = str(self.extensions[position].decided)
                yield Fault(
                    ("extensions", position, "decided"), "le proroghe vanno dalla più vecchia", found, "Riordinale."
                )


class Yearly(DeadlineRule):
    """Every year, on one or more days."""

    rule: Literal["ogni anno"] = field("Regola", "Di che scadenza si tratta.")
    days: tuple[MonthDay, ...] = many("Giorni", "I giorni dell'anno, MM-GG.", example=["04-30"], least=1, most=12)
    since: int | None = field("Dall'anno", "Il primo anno in cui vale.", default=None, ge=1990, le=2100)
    until: int | None = field("Fino all'anno", "L'ultimo anno in cui vale.", default=None, ge=1990, le=2100)
    exceptions: tuple[YearException, ...] = many("Eccezioni", "Gli anni in cui il giorno è un altro.")

    @needs("exceptions", "days")
    def _one_exception_a_year(self) -> Iterator[Fault]:
        seen: set[int] = set()
        for position, item in enumerate(self.exceptions):
            if item.year in seen:
                key = ("exceptions", position)
                yield Fault(key, "un anno può avere una sola eccezione", str(item.year), "Tieni quella giusta.")
            seen.add(item.year)
        if self.exceptions and len(self.days) > 1:
            what = "le eccezioni valgono per regole con un solo giorno"
            yield Fault(("exceptions",), what, "", "Dividi la scadenza in più scadenze.")

    @needs("since", "until")
    def _some_year(self) -> Iterator[Fault]:
        if self.since and self.until and self.until < self.since:
            yield Fault(
                ("until",), "l'ultimo anno non può venire prima del primo", str(self.until), "Controlla since e until."
            )

    @needs("days")
    def _each_day_once(self) -> Iterator[Fault]:
        for position, day in enumerate(self.days):
            if day in self.days[:position]:
                yield Fault(("days", position), "questo giorno c'è già", day, "Toglilo, o scrivi quello giusto.")

    @needs("exceptions", "since", "until")
    def _exceptions_in_its_years(self) -> Iterator[Fault]:
        for position, item in enumerate(self.exceptions):
            if item.year < (self.since or item.year) or item.year > (self.until or item.year):
                what = "un'eccezione riguarda uno degli anni in cui la scadenza vale"
                yield Fault(("exceptions", position, "year"), what, str(item.year), "Controlla year, since e until.")

    @needs("days", "since", "until", "exceptions")
    def _some_day(self) -> Iterator[Fault]:
        years = range(self.since, self.until + 1) if self.since and self.until else ()
        if years and set(self.days) == {"02-29"} and not self.exceptions and not any(isleap(year) for year in years):
            what = "il 29 febbraio non c'è in nessuno di questi anni: la scadenza non cade mai"
            yield Fault(("days",), what, "02-29", 'Forse volevi "02-28".')


class Monthly(DeadlineRule):
    """Every month, by a day; 31 means the month's last."""

    rule: Literal["ogni mese"] = field("Regola", "Di che scadenza si tratta.")
    day: int = field("Giorno del mese", "Da 1 a 31; 31 vuol dire l'ultimo del mese.", ge=1, le=31)


class Once(DeadlineRule):
    """On one day; if it was moved, `on` is the day first set and `extensions` tell the rest."""

    rule: Literal["una volta"] = field("Regola", "Di che scadenza si tratta.")
    on: date = field("Giorno", "Il giorno fissato all'inizio, prima di ogni proroga.")


class AfterEvent(DeadlineRule):
    """A time after something that only the company knows."""

    rule: Literal["da un evento"] = field("Regola", "Di che scadenza si tratta.")
    event: Line = field("Evento", "Da che cosa si conta.", example="produzione del rifiuto")
    within: int = field("Entro", "Quanti giorni, giorni lavorativi o mesi.", ge=1, le=400, example=10)
    unit: Literal["ore", "giorni", "giorni lavorativi", "mesi", "anni"] = field(
        "Unità", "ore, giorni, giorni lavorativi, mesi oppure anni."
    )
    before: bool = field(
        "Prima", "true se si conta all'indietro, per esempio «6 mesi prima della scadenza».", default=False
    )


class AfterGazette(DeadlineRule):
    """A number of days after a publication."""

    rule: Literal["dalla Gazzetta"] = field("Regola", "Di che scadenza si tratta.")
    published_on: date = field("Pubblicazione", "Il giorno della Gazzetta.")
    days: int = field("Giorni", "Quanti giorni dopo.", ge=1, le=2000)


Deadline = Annotated[Yearly | Monthly | Once | AfterEvent | AfterGazette, Field(discriminator="rule")]
