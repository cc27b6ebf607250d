"""Minimum environmental criteria (CAM)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, ClassVar, Literal

from ecoteca.entries.act import GazetteRef
from ecoteca.entries.base import Entry
from ecoteca.entries.fields import (
    CpvField,
    Day,
    Fault,
    Key,
    Line,
    Model,
    RedactionalCodeField,
    RefTo,
    ShortLine,
    Slug,
    Text,
    WebAddress,
    field,
    many,
    needs,
)


class Basis(Model):
    """A provision on which something rests."""

    act: Annotated[Slug, RefTo("Si fonda su", "Ne derivano", ("Act",))] = field(
        "Norma", "L'identificativo della norma.", example="dlgs-152-2006"
    )
    article: Line | None = field("Articolo", "L'articolo o gli articoli.", default=None, example="art. 190")


class Document(Model):
    """Something to open or download."""

    title: Line = field("Titolo", "Che documento è.")
    url: WebAddress = field("Indirizzo", "L'indirizzo completo.")


class Decree(Model):
    """The ministerial decree that sets the criteria."""

    issuer: ShortLine = field("Ministero", "La sigla del ministero alla data del decreto.", example="MASE")
    date: Day = field("Data", "Il giorno del decreto.")
    number: int | None = field("Numero", "Solo se il decreto ne ha uno.", default=None, ge=1, le=9999)
    gazette: GazetteRef | None = field("Gazzetta Ufficiale", "Dove è stato pubblicato.", default=None)
    redactional_code: RedactionalCodeField | None = field(
        "Codice redazionale", "Il codice della Gazzetta.", default=None
    )


class GreenCriteria(Entry):
    """The criteria for one category of purchases."""

    label: ClassVar[str] = "CAM"
    plural: ClassVar[str] = "Criteri ambientali minimi"
    announced: ClassVar[str] = "Nella raccolta dei criteri ambientali"
    folder: ClassVar[str] = "cam"
    template: ClassVar[str] = "criteria"
    compared_with: ClassVar[str] = "il testo ufficiale"
    review_months: ClassVar[int] = 6
    intro: ClassVar[str] = (
        "I requisiti ambientali che le amministrazioni devono mettere nelle gare, categoria per categoria: il decreto in vigore, "
        "da quando vale, che cosa sostituisce e quali prove prepara chi vuole vendere alla pubblica amministrazione."
    )

    category: Line = field("Categoria", "La categoria di lavori, servizi o forniture.")
    situation: Literal["in vigore", "in definizione", "sostituito"] = field(
        "Situazione", "in vigore, in definizione o sostituito."
    )
    decree: Decree | None = field(
        "Decreto", "Il decreto che li fissa; manca se sono ancora in definizione.", default=None
    )
    in_force: date | None = field("In vigore dal", "Il giorno da cui valgono.", default=None)
    object: Text | None = field("Oggetto", "Che cosa copre, in parole semplici.", default=None)
    legal_basis: tuple[Basis, ...] = many("Base giuridica", "Le norme che rendono obbligatori i CAM.")
    amended_by: tuple[Line, ...] = many("Modificato da", "I decreti che li hanno cambiati, con la Gazzetta.")
    replaces: tuple[Line, ...] = many("Sostituisce", "I decreti precedenti.")
    transitional: Text | None = field("Regole transitorie", "Quando valgono ancora i criteri vecchi.", default=None)
    proofs: tuple[Line, ...] = many("Prove accettate", "EPD, Ecolabel UE, ReMade e le altre prove ammesse.")
    documents: tuple[Document, ...] = many("Documenti", "Allegato tecnico, relazione, domande frequenti del ministero.")
    cpv: tuple[CpvField, ...] = many("CPV", "I codici degli appalti pubblici.")

    @needs("situation", "decree")
    def _decree_unless_being_written(self) -> Iterator[Fault]:
        if self.situation != "in definizione" and self.decree is None:
            yield Fault(
                ("situation",),
                "criteri in vigore o sostituiti devono avere il decreto",
                self.situation,
                "Aggiungi decree.",
            )

    @needs("decree", "in_force")
    def _nothing_before_the_decree(self) -> Iterator[Fault]:
        if self.decree is None:
            return
        later: dict[Key, date | None] = {
            ("in_force",): self.in_force,
            ("decree", "gazette", "date"): self.decree.gazette.date if self.decree.gazette else None,
        }
        for key, day in later.items():
            if day is not None and day < self.decree.date:
                yield Fault(
                    key, f"non può venire prima del decreto ({self.decree.date})", str(day), "Controlla le due date."
                )
