"""Duties and their deadlines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from ecoteca.entries.applicability import Applicability
from ecoteca.entries.base import Entry
from ecoteca.entries.criteria import Basis, Document
from ecoteca.entries.deadline import Deadline
from ecoteca.entries.fields import (
    Fault,
    Line,
    ShortLine,
    Text,
    WasteCodeField,
    WebAddress,
    field,
    many,
    needs,
)


class Duty(Entry):
    """Something that a company must do, should do, or does well to do."""

    label: ClassVar[str] = "Adempimento"
    plural: ClassVar[str] = "Adempimenti"
    announced: ClassVar[str] = "Nuova scheda"
    folder: ClassVar[str] = "adempimenti"
    template: ClassVar[str] = "duty"
    compared_with: ClassVar[str] = "il testo ufficiale"
    review_months: ClassVar[int] = 6
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
    applies: Applicability | None = field("A chi si applica", "La regola per «Cosa si applica a me?».", default=None)
    legal_basis: tuple[Basis, ...] = many("Base giuridica", "Le norme, con l'articolo.")
    other_basis: tuple[Line, ...] = many("Altre norme", "Norme che non hanno ancora una scheda.")
    waste_codes: tuple[WasteCodeField, ...] = many("Codici EER", "I codici dei rifiuti interessati.")
    operations: tuple[ShortLine, ...] = many("Operazioni", "Le operazioni R o D interessate.")
    forms: tuple[Document, ...] = many("Modulistica", "Moduli e istruzioni.")

    @needs("deadlines")
    def _deadlines_have_names_of_their_own(self) -> Iterator[Fault]:
        seen: set[str] = set()
        for position, item in enumerate(self.deadlines):
            if item.id in seen:
                what = "due scadenze della stessa scheda non possono avere lo stesso nome"
                yield Fault(("deadlines", position), what, item.id, "Aggiungi un id diverso a ciascuna.")
            seen.add(item.id)

    @needs("deadlines", "applies")
    def _conditions_belong_to_a_rule(self) -> Iterator[Fault]:
        for position, item in enumerate(self.deadlines):
            if item.only_if is not None and self.applies is None:
                what = "senza applies la guida non legge questa condizione"
                yield Fault(("deadlines", position, "only_if"), what, "", "Aggiungi applies, oppure togli only_if.")

    @needs("strength", "legal_basis", "other_basis")
    def _obligations_have_a_basis(self) -> Iterator[Fault]:
        if self.strength == "devi" and not (self.legal_basis or self.other_basis):
            fix = "Aggiungi legal_basis oppure other_basis."
            yield Fault(("strength",), "un obbligo deve dire da quale norma viene", self.strength, fix)
