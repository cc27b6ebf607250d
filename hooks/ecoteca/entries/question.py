"""Questions and answers; the answer is the body."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, ClassVar

from ecoteca.entries.base import Entry
from ecoteca.entries.criteria import Basis
from ecoteca.entries.fields import Fault, Line, RefTo, Slug, Text, field, many, needs


class Question(Entry):
    """A question that companies ask, answered."""

    label: ClassVar[str] = "Domanda"
    plural: ClassVar[str] = "Domande e risposte"
    announced: ClassVar[str] = "Nuova risposta"
    folder: ClassVar[str] = "domande"
    template: ClassVar[str] = "question"
    compared_with: ClassVar[str] = "il testo ufficiale"
    review_months: ClassVar[int] = 6
    intro: ClassVar[str] = (
        "Le domande che le imprese fanno agli uffici ambiente, con la risposta, la norma e la data a cui vale."
    )

    short_answer: Text = field("In breve", "La risposta in una o due frasi.")
    about: tuple[Annotated[Slug, RefTo("Risponde su", "Domande frequenti")], ...] = many(
        "Riguarda", "Le schede di cui parla.", least=1
    )
    legal_basis: tuple[Basis, ...] = many("Base giuridica", "Le norme, con l'articolo.")
    other_basis: tuple[Line, ...] = many("Altre norme", "Norme che non hanno ancora una scheda.")
    answered_on: date = field("Risposta del", "Quando è stata scritta la risposta.")
    valid_as_of: date = field("Valida al", "A quale data la risposta vale.")

    @needs("answered_on", "valid_as_of")
    def _in_order(self) -> Iterator[Fault]:
        if self.valid_as_of > self.answered_on:
            what = f"una risposta non può valere a una data dopo quella in cui è scritta ({self.answered_on})"
            yield Fault(("valid_as_of",), what, str(self.valid_as_of), "Controlla le due date.")
