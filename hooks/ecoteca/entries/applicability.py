"""To whom a duty applies, as a rule over a small set of questions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from ecoteca.entries.fields import Fault, Line, Model, OneOf, ShortLine, Slug, Text, field, needs

QuestionId = Annotated[Slug, OneOf("domande-guida")]


class Condition(Model):
    """One condition: an answer, or several conditions together. Exactly one of its three forms is used."""

    question: QuestionId | None = field(
        "Domanda", "L'id di una domanda in content/vocabolari/domande-guida.yaml.", default=None
    )
    is_: tuple[ShortLine, ...] = field(
        "Risposte", "Le risposte che la rendono vera.", alias="is", default=(), max_length=40, example=["si"]
    )
    all_: tuple[Condition, ...] = field("Tutte", "Vera se sono vere tutte.", alias="all", default=(), max_length=12)
    any_: tuple[Condition, ...] = field(
        "Almeno una", "Vera se ne è vera almeno una.", alias="any", default=(), max_length=12
    )
    not_: Condition | None = field("Non", "Vera se è falsa.", alias="not", default=None)

    @needs("question", "is_", "all_", "any_", "not_")
    def _one_form(self) -> Iterator[Fault]:
        forms = [bool(self.question), bool(self.all_), bool(self.any_), self.not_ is not None]
        if sum(forms) != 1 or bool(self.question) != bool(self.is_):
            fix = "Usa question con is, oppure all, oppure any, oppure not."
            yield Fault((), "una condizione ha una sola forma", "", fix)


class Applicability(Model):
    """When a duty concerns a company, why, and what to find out where the company does not know."""

    when: Condition = field("Quando", "La condizione; le esenzioni si scrivono con not.")
    uncertain: bool = field(
        "Incerta", "true se la regola stessa è dubbia: l'obbligo sarà «possibile», mai «certo».", default=False
    )
    reason: Text = field(
        "Perché", "La ragione, in una frase rivolta all'impresa.", example="Produci rifiuti pericolosi."
    )
    find_out: Text = field("Che cosa verificare", "Che cosa deve scoprire chi non sa rispondere.")
    first_step: Line = field("Per prima cosa", "Il primo passo da fare.")
    basis: Line = field(
        "Base giuridica", "La norma che dice a chi si applica.", example="art. 190, commi 1 e 5, D.Lgs. 152/2006"
    )
