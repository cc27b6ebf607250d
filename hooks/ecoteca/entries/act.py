"""Acts: European, national, regional."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Annotated, ClassVar, Literal

from ecoteca import identifiers
from ecoteca.entries.base import Entry
from ecoteca.entries.fields import (
    CelexField,
    Day,
    EuropeanEliField,
    Fault,
    ItalianEliField,
    Key,
    Line,
    Model,
    RedactionalCodeField,
    RefTo,
    ShortLine,
    Slug,
    UrnField,
    field,
    many,
    needs,
)

Level = Literal["europeo", "nazionale", "regionale"]

Kind = Literal[
    "direttiva",
    "regolamento",
    "regolamento delegato",
    "regolamento di esecuzione",
    "decisione",
    "decisione delegata",
    "raccomandazione",
    "comunicazione",
    "legge",
    "decreto legislativo",
    "decreto-legge",
    "decreto del Presidente della Repubblica",
    "decreto del Presidente del Consiglio dei ministri",
    "decreto ministeriale",
    "decreto direttoriale",
    "legge regionale",
    "deliberazione della Giunta regionale",
    "decreto dirigenziale regionale",
]

EUROPEAN_KINDS = frozenset(
    (
        "direttiva",
        "regolamento",
        "regolamento delegato",
        "regolamento di esecuzione",
        "decisione",
        "decisione delegata",
        "raccomandazione",
        "comunicazione",
    )
)
REGIONAL_KINDS = frozenset(
    ("legge regionale", "deliberazione della Giunta regionale", "decreto dirigenziale regionale")
)


def _refusal(make: Callable[[], object], found: object) -> Iterator[Fault]:
    """What an identifier says against its own parts."""
    try:
        make()
    except ValueError as refusal:
        yield Fault(("date",), str(refusal), str(found or ""), "Controlla numero e data del fascicolo.")


def _disagreements(key: str, found: object, said: list[str]) -> Iterator[Fault]:
    """What names of one act say against each other, at one of them."""
    for sentence in said:
        yield Fault((key,), sentence, str(found), "Controlla numero, data e codici sul testo ufficiale.")


class GazetteRef(Model):
    """Where the Gazzetta Ufficiale printed something."""

    number: int = field("Numero", "Il numero del fascicolo.", ge=1, le=400, example=281)
    date: Day = field("Data", "Il giorno del fascicolo.")
    series: Literal["SG", "1a", "2a", "3a", "4a", "5a"] = field("Serie", "SG è la Serie generale.", default="SG")
    supplement: int | None = field("Supplemento ordinario", "Il numero del S.O., se c'è.", default=None, ge=1, le=300)

    @property
    def place(self) -> identifiers.Gazette:
        """As an identifier, with its label and address."""
        return identifiers.Gazette(self.series, self.number, self.date, self.supplement)

    @needs("series", "number", "date", "supplement")
    def _exists(self) -> Iterator[Fault]:
        yield from _refusal(lambda: self.place, self.number)


class JournalRef(Model):
    """Where the Official Journal of the European Union printed something."""

    series: Literal["L", "C"] = field("Serie", "L (legislazione) o C (comunicazioni).", default="L")
    number: int | None = field(
        "Numero", "Fino a settembre 2023; dopo ogni atto esce da solo.", default=None, ge=1, le=500
    )
    date: Day = field("Data", "Il giorno in cui è uscito.")

    @property
    def place(self) -> identifiers.OfficialJournal:
        """As an identifier, with its label."""
        return identifiers.OfficialJournal(self.series, self.number, self.date)

    @needs("series", "number", "date")
    def _exists(self) -> Iterator[Fault]:
        yield from _refusal(lambda: self.place, self.number)


class BulletinRef(Model):
    """Where the Bollettino ufficiale of the Region printed something."""

    series: ShortLine = field("Serie", "Per esempio Serie Ordinaria.", example="Serie Ordinaria")
    number: int = field("Numero", "Il numero del bollettino.", ge=1, le=400)
    date: Day = field("Data", "Il giorno del bollettino.")


class Application(Model):
    """From when a part of the act applies."""

    on: date = field("Dal", "Il giorno da cui si applica.")
    what: Line = field(
        "Che cosa", "La parte che si applica.", default="Applicazione generale", example="Articolo 67, paragrafo 5"
    )


class Act(Entry):
    """A directive, regulation, law, decree or resolution."""

    label: ClassVar[str] = "Norma"
    plural: ClassVar[str] = "Norme"
    announced: ClassVar[str] = "Nella raccolta delle norme"
    folder: ClassVar[str] = "normativa"
    template: ClassVar[str] = "act"
    compared_with: ClassVar[str] = "il testo ufficiale"
    intro: ClassVar[str] = (
        "Le norme europee, nazionali e lombarde da cui nascono gli obblighi: che cosa dicono in breve, da quando valgono, "
        "da quale direttiva vengono e dove si legge il testo ufficiale."
    )

    level: Level = field("Livello", "europeo, nazionale o regionale.", example="nazionale")
    kind: Kind = field("Tipo di atto", "Che atto è.", example="decreto legislativo")
    number: ShortLine | None = field(
        "Numero", "Come si cita: «(UE) 2018/851», «152/2006», «XI/6408»; senza se l'atto non ha numero.", default=None
    )
    adopted: date = field("Data", "Il giorno dell'atto.", example="2006-04-03")
    in_force: date | None = field("In vigore dal", "Il giorno dell'entrata in vigore.", default=None)
    applies: tuple[Application, ...] = many(
        "Si applica dal", "Le date di applicazione, se diverse dall'entrata in vigore."
    )
    transposition_deadline: date | None = field("Da recepire entro", "Solo per le direttive.", default=None)
    repealed_on: date | None = field("Abrogato dal", "Il giorno da cui l'atto non vale più.", default=None)
    celex: CelexField | None = field("CELEX", "Il codice dell'atto su EUR-Lex.", default=None)
    eli: EuropeanEliField | None = field("ELI", "L'indirizzo permanente europeo.", default=None)
    journal: JournalRef | None = field(
        "GUUE", "Dove l'ha pubblicato la Gazzetta ufficiale dell'Unione europea.", default=None
    )
    consolidated: CelexField | None = field(
        "Testo consolidato", "Il CELEX del testo consolidato (comincia con 0).", default=None
    )
    urn: UrnField | None = field("Normattiva", "La URN:NIR; solo per gli atti numerati.", default=None)
    gazette: GazetteRef | None = field("Gazzetta Ufficiale", "Dove l'ha pubblicato la Gazzetta.", default=None)
    redactional_code: RedactionalCodeField | None = field(
        "Codice redazionale", "Il codice della Gazzetta.", default=None
    )
    gazette_eli: ItalianEliField | None = field(
        "ELI della Gazzetta", "L'indirizzo permanente sulla Gazzetta.", default=None
    )
    bulletin: BulletinRef | None = field("BURL", "Dove l'ha pubblicato il Bollettino della Regione.", default=None)
    normattiva_checked: date | None = field(
        "Controllato su Normattiva il", "Solo se qualcuno ha aperto Normattiva quel giorno.", default=None
    )
    implements: tuple[Annotated[Slug, RefTo("Attua", "È attuata da", ("Act",))], ...] = many(
        "Attua", "Gli atti che questo recepisce o esegue."
    )
    modifies: tuple[Annotated[Slug, RefTo("Modifica", "È modificata da", ("Act",))], ...] = many(
        "Modifica", "Gli atti che questo modifica."
    )
    repeals: tuple[Annotated[Slug, RefTo("Abroga", "È abrogata da", ("Act",))], ...] = many(
        "Abroga", "Gli atti che questo abroga."
    )
    converts: Annotated[Slug, RefTo("Converte", "È convertita da", ("Act",))] | None = field(
        "Converte", "Il decreto-legge che questa legge converte.", default=None
    )

    @needs("level", "kind")
    def _kind_of_its_level(self) -> Iterator[Fault]:
        level = (
            "europeo" if self.kind in EUROPEAN_KINDS else "regionale" if self.kind in REGIONAL_KINDS else "nazionale"
        )
        if self.level != level:
            what = f"un atto di tipo «{self.kind}» deve avere level «{level}»"
            yield Fault(("level",), what, self.level, "Correggi level o kind.")

    @needs("adopted", "in_force", "transposition_deadline", "repealed_on", "gazette", "journal", "applies")
    def _nothing_before_adoption(self) -> Iterator[Fault]:
        later: dict[Key, date | None] = {
            ("in_force",): self.in_force,
            ("transposition_deadline",): self.transposition_deadline,
            ("repealed_on",): self.repealed_on,
            ("gazette", "date"): self.gazette.date if self.gazette else None,
            ("journal", "date"): self.journal.date if self.journal else None,
            **{("applies", position, "on"): item.on for position, item in enumerate(self.applies)},
        }
        for key, day in later.items():
            if day is not None and day < self.adopted:
                yield Fault(
                    key,
                    f"non può venire prima della data dell'atto ({self.adopted})",
                    str(day),
                    "Controlla le due date.",
                )
        if self.in_force and self.repealed_on and self.repealed_on < self.in_force:
            what = f"l'abrogazione non può venire prima dell'entrata in vigore ({self.in_force})"
            yield Fault(("repealed_on",), what, str(self.repealed_on), "Controlla le due date.")

    @needs("level", "number", "adopted", "celex", "eli")
    def _european_names_agree(self) -> Iterator[Fault]:
        if self.level == "europeo":
            said = identifiers.european_disagreements(self.celex, self.eli, self.number, self.adopted)
            key = "celex" if self.celex else "eli" if self.eli else "number"
            yield from _disagreements(key, getattr(self, key), said)

    @needs("level", "kind", "number", "adopted", "urn")
    def _national_names_agree(self) -> Iterator[Fault]:
        if self.level == "nazionale" and self.urn:
            kind = self.kind.lower().replace(" ", ".").replace("-", ".")
            said = identifiers.national_disagreements(self.urn, kind, self.number, self.adopted)
            yield from _disagreements("urn", self.urn, said)

    @needs("gazette", "gazette_eli", "redactional_code")
    def _gazette_agrees(self) -> Iterator[Fault]:
        if self.gazette and not any(self.gazette._exists()):
            said = identifiers.gazette_disagreements(self.gazette.place, self.gazette_eli, self.redactional_code)
            key = "gazette_eli" if self.gazette_eli else "redactional_code"
            yield from _disagreements(key, getattr(self, key), said)

    @needs("level", "kind", "number")
    def _resolution_number(self) -> Iterator[Fault]:
        if self.kind == "deliberazione della Giunta regionale" and self.number:
            try:
                identifiers.RegionalNumber.parse(self.number)
            except ValueError as refusal:
                yield Fault(("number",), str(refusal), self.number, "Per esempio: XI/6408")
