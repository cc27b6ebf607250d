"""«Cosa si applica a me?»: the page, and the data that it reads in the browser."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ecoteca.catalogue import Record
from ecoteca.outputs.chooser import answers_that_count, chooser_data, duties
from ecoteca.pages.rendering import Page, Renderer
from ecoteca.vocabularies import GuideQuestion

URL = "cosa-si-applica/"
DATA = "cosa-si-applica/dati.json"
TITLE = "Cosa si applica a me?"
LEAD = (
    "Rispondi a poche domande sulla tua impresa: vedi che cosa devi fare, perché ed entro quando. "
    "«Non so» è sempre una risposta."
)


@dataclass(frozen=True, slots=True)
class Hanging:
    """A duty under one question, with the answers that make it apply, as readers see them."""

    record: Record
    answers: tuple[str, ...]


def chooser_pages(renderer: Renderer) -> tuple[Page, ...]:
    """The page; without JavaScript it shows every duty under the questions on which it hangs."""
    found = duties(renderer.catalogue)
    context = {
        "title": TITLE,
        "lead": LEAD,
        "questions": [
            (question, tuple(_hanging(question, renderer)))
            for question in renderer.catalogue.vocabularies.questions.values()
        ],
        "missing": [record for record, duty in found if duty.applies is None],
        "guided": sum(duty.applies is not None for _, duty in found),
    }
    return (Page(URL, TITLE, LEAD, renderer.render("chooser.html", URL, context), "cosa-si-applica", layout="wide"),)


def chooser_files(renderer: Renderer) -> dict[str, bytes]:
    """The data, by its address."""
    return {DATA: chooser_data(renderer.catalogue, renderer.settings, renderer.today)}


def _hanging(question: GuideQuestion, renderer: Renderer) -> Iterator[Hanging]:
    names = {answer.id: answer.name for answer in question.answers}
    for record, duty in duties(renderer.catalogue):
        answers = answers_that_count(duty).get(question.id)
        if answers:
            yield Hanging(record, tuple(names[answer] for answer in answers))
