"""What every entry has, whatever its type."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from ecoteca.entries.fields import (
    AudienceId,
    Day,
    Fault,
    Line,
    Model,
    OldAddress,
    RefTo,
    SectorId,
    SizeId,
    Slug,
    Summary,
    TerritoryId,
    Text,
    ThemeId,
    Title,
    WebAddress,
    field,
    many,
    needs,
)

State = Literal["bozza", "pubblicata", "da verificare", "superata", "ritirata"]
"""`bozza` never leaves the preview; `superata` and `ritirata` keep their address and say why."""

AnyRef = Annotated[Slug, RefTo("Vedi anche", "Vedi anche")]


class Source(Model):
    """Where something of the page can be read."""

    title: Line = field("Titolo", "Come si chiama il documento o la pagina.", example="D.Lgs. 152/2006, testo vigente")
    url: WebAddress = field("Indirizzo", "L'indirizzo completo.", example="https://www.normattiva.it/")
    issuer: Line = field(
        "Ente", "Chi pubblica: Normattiva, Gazzetta Ufficiale, una Camera, una rivista.", example="Normattiva"
    )
    official: bool = field(
        "Ufficiale",
        "true se è il testo ufficiale o il sito dell'autorità, false se è una pagina di altri.",
        default=False,
    )
    article: Line | None = field("Articolo", "La parte che interessa.", default=None, example="art. 189")
    read_on: date | None = field(
        "Letta il",
        "Il giorno in cui qualcuno l'ha letta davvero per questa scheda; altrimenti togli la riga.",
        default=None,
    )


NoteId = Annotated[Slug, Field(max_length=40)]


class Change(Model):
    """One change of the page that its readers are told of."""

    date: Day = field("Data", "Il giorno della modifica.")
    note: Line = field(
        "Nota",
        "Che cosa è cambiato, in una frase che si capisce da sola: se la modifica è rilevante, è il titolo della notizia.",
        example="Aggiunto l'esonero per chi trasporta solo i propri rifiuti",
    )
    major: bool = field(
        "Rilevante", "true se chi ha già letto la pagina deve saperlo: va nei feed e nella newsletter.", default=False
    )
    correction: bool = field(
        "Rettifica", "true se prima la pagina diceva una cosa sbagliata: chi la segue lo saprà.", default=False
    )
    id: NoteId | None = field(
        "Nome", "Una parola che la distingue da altre modifiche dello stesso giorno e non cambia più.", default=None
    )

    @property
    def told(self) -> bool:
        """Whether it reaches who follows the portal."""
        return self.major or self.correction


class Development(Model):
    """Something that happened in the matter of a page, whether or not the page stood already."""

    on: date = field("Giorno", "Il giorno in cui è successo o da cui vale; se è nel futuro, la notizia aspetta.")
    note: Line = field(
        "Che cosa",
        "Che cosa è successo, in una frase che si capisce da sola: è il titolo della notizia.",
        example="La legge di bilancio 2026 toglie l'obbligo ad alcune categorie",
    )
    text: Line | None = field("In più", "Chi riguarda e che cosa fare, in una o due frasi.", default=None)
    url: WebAddress = field("Fonte", "Dove si legge.")
    id: NoteId | None = field(
        "Nome", "Una parola che lo distingue da altri fatti dello stesso giorno e non cambia più.", default=None
    )


class Check(Model):
    """A comparison with the official text that did happen."""

    on: date = field("Il", "Il giorno del confronto con il testo ufficiale.")
    by: Line = field("Da", "Il ruolo di chi ha confrontato, non il nome.", example="redazione normativa")


class Conflict(Model):
    """Two sources that disagree, and what the page follows."""

    about: Line = field("Su che cosa", "Il dato su cui le fonti non concordano.", example="Numero della delibera")
    versions: tuple[Line, ...] = many("Versioni", "Che cosa dice ciascuna fonte, una per riga.", least=2, most=6)
    followed: Text = field(
        "Che cosa seguiamo e perché", "La versione usata nella pagina e il motivo; oppure che il dato è omesso."
    )


def _unnamed(field_name: str, notes: Sequence[tuple[date, str | None]]) -> Iterator[Fault]:
    """Two notes of one day that would be known to subscribers under one name."""
    for position, note in enumerate(notes):
        if note in notes[:position]:
            what = f"due note dello stesso giorno ({note[0]}) devono avere nomi diversi"
            yield Fault((field_name, position), what, note[1] or "", "Aggiungi a questa un id, mai usato lì.")


class Entry(Model):
    """The common block."""

    label: ClassVar[str]
    plural: ClassVar[str]
    announced: ClassVar[str]
    """What stands before the title in the news of a new page."""
    folder: ClassVar[str]
    template: ClassVar[str]
    intro: ClassVar[str]
    review_months: ClassVar[int] = 12
    """After how many months a page should be compared with the official text again."""
    compared_with: ClassVar[str] = "le sue fonti"
    """What a check compares the page with; for pages about the law it is the official text."""

    id: Slug = field(
        "Identificativo",
        "Scelto una volta, non cambia mai e non si riusa: vi si agganciano feed e calendari.",
        example="mud",
    )
    title: Title = field("Titolo", "Il titolo della pagina, senza punto finale.")
    summary: Summary = field(
        "Sintesi", "Una o due frasi semplici, al massimo 240 caratteri: compaiono in elenchi, ricerca e feed."
    )
    themes: tuple[ThemeId, ...] = many(
        "Temi",
        "Uno o più temi del vocabolario, il principale per primo.",
        example=["tracciabilita-rifiuti"],
        least=1,
        most=6,
    )
    sectors: tuple[SectorId, ...] = many("Settori", "I settori che riguarda; senza questo campo vale per tutti.")
    audience: tuple[AudienceId, ...] = many(
        "Destinatari", "A chi si rivolge la pagina; senza questo campo alle imprese in generale."
    )
    sizes: tuple[SizeId, ...] = many(
        "Dimensioni", "Le classi di addetti o di impresa; senza questo campo valgono tutte."
    )
    territories: tuple[TerritoryId, ...] = field(
        "Territori",
        "Dove vale: ue, italia, lombardia o una provincia; senza questo campo vale in Italia.",
        default=("italia",),
        min_length=1,
    )
    state: State = field("Stato", "bozza, pubblicata, da verificare, superata o ritirata.", example="pubblicata")
    published: date = field(
        "Pubblicata il", "Il giorno in cui la scheda esce; se è nel futuro, aspetta quel giorno.", example="2026-11-23"
    )
    changes: tuple[Change, ...] = many("Modifiche", "Le modifiche dopo la pubblicazione, dalla più vecchia.")
    developments: tuple[Development, ...] = many(
        "Che cosa è successo",
        "I fatti da sapere sull'argomento, dal più vecchio: un nuovo obbligo, un rinvio, una sentenza. Proroghe, entrate "
        "in vigore, aperture e chiusure scritte negli altri campi sono già notizie da sé.",
    )
    sources: tuple[Source, ...] = many(
        "Fonti", "Da dove viene ciò che la pagina dice: per prima quella ufficiale.", least=1, most=20
    )
    checked: Check | None = field(
        "Verificata", "Solo se qualcuno ha confrontato la pagina con il testo ufficiale.", default=None
    )
    next_check: date | None = field("Prossima verifica", "Quando ricontrollare, se prima del consueto.", default=None)
    conflicts: tuple[Conflict, ...] = many("Contraddizioni", "Dove due fonti non concordano.", most=10)
    aliases: tuple[OldAddress, ...] = many(
        "Vecchi indirizzi", "Indirizzi a cui la pagina stava prima: restano come rinvio."
    )
    related: tuple[AnyRef, ...] = many("Collegate", "Identificativi di altre schede utili a chi legge questa.")
    succeeded_by: Annotated[Slug, RefTo("Sostituita da", "Sostituisce")] | None = field(
        "Sostituita da", "L'identificativo della scheda che prende il posto di questa.", default=None
    )
    reason: Text | None = field("Motivo", "Perché la scheda è superata o ritirata.", default=None)
    ended: date | None = field(
        "Fino al", "Il giorno da cui ciò che dice non vale più: solo per una scheda superata o ritirata.", default=None
    )

    @needs("state", "reason", "succeeded_by", "ended")
    def _says_why_it_ended(self) -> Iterator[Fault]:
        if self.state in ("superata", "ritirata") and not self.reason:
            yield Fault(
                ("state",), f"una scheda {self.state} deve dire perché", "", "Aggiungi il campo reason con il motivo."
            )
        if self.state == "superata" and not self.succeeded_by:
            yield Fault(
                ("state",), "una scheda superata deve dire da quale altra", "", "Aggiungi succeeded_by con il suo id."
            )
        if self.state in ("superata", "ritirata") and not self.ended:
            yield Fault(("state",), f"una scheda {self.state} deve dire da quando", "", "Aggiungi ended con il giorno.")
        if self.ended and self.state not in ("superata", "ritirata"):
            fix = "Togli ended, oppure correggi state."
            yield Fault(("ended",), "solo una scheda superata o ritirata ha una fine", str(self.ended), fix)

    @needs("changes")
    def _changes_of_one_day_have_names(self) -> Iterator[Fault]:
        yield from _unnamed("changes", [(change.date, change.id) for change in self.changes])

    @needs("developments")
    def _developments_in_order(self) -> Iterator[Fault]:
        yield from _unnamed("developments", [(item.on, item.id) for item in self.developments])
        for position in range(1, len(self.developments)):
            day = self.developments[position].on
            if day < self.developments[position - 1].on:
                what = "i fatti vanno dal più vecchio al più recente"
                yield Fault(("developments", position, "on"), what, str(day), "Riordinali per data.")

    @needs("published", "changes")
    def _changes_in_order(self) -> Iterator[Fault]:
        previous = self.published
        for position, change in enumerate(self.changes):
            key = ("changes", position, "date")
            if change.date < self.published:
                what = f"una modifica non può venire prima della pubblicazione ({self.published})"
                yield Fault(key, what, str(change.date), "Controlla published e changes.")
            elif change.date < previous:
                yield Fault(
                    key,
                    "le modifiche vanno dalla più vecchia alla più recente",
                    str(change.date),
                    "Riordinale per data.",
                )
            previous = max(previous, change.date)

    @needs("checked", "next_check")
    def _next_check_comes_later(self) -> Iterator[Fault]:
        if self.checked and self.next_check and self.next_check <= self.checked.on:
            what = f"la prossima verifica deve venire dopo l'ultima ({self.checked.on})"
            yield Fault(("next_check",), what, str(self.next_check), "Controlla le due date.")

    @property
    def modified(self) -> date:
        """The day of the last change, or of publication."""
        return self.changes[-1].date if self.changes else self.published
