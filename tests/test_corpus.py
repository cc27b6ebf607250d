"""The corpus: every file of the content, as far as it could be understood."""

from __future__ import annotations

from ecoteca.checks import check
from ecoteca.entries import Duty
from support import TODAY, Project


def test_a_sound_file_is_an_entry_with_its_address_and_text(project: Project) -> None:
    project.add("adempimenti", "mud-annuale", "\n## Chi\n\nTutti.\n", id="mud")
    ((item, entry),) = project.corpus().entries
    assert isinstance(entry, Duty)
    assert (item.id, item.address) == ("mud", "adempimenti/mud-annuale")
    assert [heading.text for heading in item.body.headings] == ["Chi"]


def test_of_a_broken_file_what_is_well_written_is_still_known(project: Project) -> None:
    project.add("glossario", "fir", title=12)
    project.add("domande", "domanda", about=["fir"])
    corpus = project.corpus()
    assert [item.id for item in corpus.items] == ["domanda", "fir"]
    assert [item.id for item, _ in corpus.entries] == ["domanda"]
    assert [problem.path for problem in check(corpus, TODAY)] == ["content/glossario/fir.md"], (
        "the question is not blamed"
    )


def test_a_folder_of_no_type_is_told_the_nearest(project: Project) -> None:
    path = project.add("glossario", "fir")
    (project.root / path).rename(project.write("content/glosario/fir.md", ""))
    assert project.problems() == [
        "content/glosario/fir.md:1: questa cartella non è di nessun tipo di scheda (trovato «glosario»). "
        "Forse volevi «glossario»."
    ]


def test_problems_of_the_text_stand_at_their_line_of_the_file(project: Project) -> None:
    path = project.add("glossario", "fir", "\nPrima.\n\n<b>grassetto</b>\n")
    (problem,) = project.corpus().problems
    line = (project.root / path).read_text().splitlines().index("<b>grassetto</b>") + 1
    assert (problem.line, problem.field) == (line, "testo")


def test_entries_with_problems_can_be_left_out(project: Project) -> None:
    project.add("glossario", "fir", related=["nulla"])
    project.add("glossario", "mud")
    corpus = project.corpus()
    assert [item.id for item, _ in corpus.without(check(corpus, TODAY)).entries] == ["mud"]
