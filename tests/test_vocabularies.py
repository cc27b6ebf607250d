"""Vocabularies: the lists of words that editors own, checked as strictly as entries."""

from __future__ import annotations

import pytest

from ecoteca.corpus import read_corpus
from ecoteca.vocabularies import KINDS
from support import ROOT, VOCABULARIES, Project

TEMI = "content/vocabolari/temi.yaml"


def test_a_word_has_the_name_that_readers_see(project: Project) -> None:
    vocabularies = project.corpus().vocabularies
    assert vocabularies.name("temi", "mud") == "MUD"
    assert vocabularies.themes["mud"].parent == "rifiuti"
    assert [str(code) for code in vocabularies.sectors["commercio"].divisions] == ["47"]


def test_words_keep_the_order_of_their_file_because_readers_see_it(project: Project) -> None:
    assert list(project.corpus().vocabularies.words("temi")) == ["rifiuti", "mud", "imballaggi"]


@pytest.mark.parametrize("name", KINDS)
def test_every_list_must_be_there(project: Project, name: str) -> None:
    (project.root / f"content/vocabolari/{name}.yaml").unlink()
    assert project.problems() == [f"content/vocabolari/{name}.yaml:1: manca questo vocabolario. Ripristina il file."]


def test_a_list_that_nothing_uses_is_told_the_nearest_name(project: Project) -> None:
    project.write("content/vocabolari/tema.yaml", VOCABULARIES["temi"])
    assert project.problems() == [
        "content/vocabolari/tema.yaml:1: questo vocabolario non è previsto (trovato «tema»). Forse volevi «temi»."
    ]


@pytest.mark.parametrize(
    ("name", "before", "after", "told"),
    [
        ("temi", "id: mud", "id: rifiuti", ":5: id: parola scritta due volte (trovato «rifiuti»). Tieni una sola voce."),
        (
            "temi",
            "parent: rifiuti",
            "parent: rifuti",
            ":5: parent: il tema più ampio non esiste (trovato «rifuti»). Forse volevi «rifiuti».",
        ),
        ("temi", "parent: rifiuti", "parent: mud", ":5: parent: il tema più ampio non esiste (trovato «mud»). Forse volevi «mud»."),
        ("temi", "intro", "intor", ":4: items[1].intor: campo sconosciuto (trovato «intor»). Forse volevi «intro»."),
        (
            "settori",
            '["41"]',
            "[41]",
            ':4: items[1].divisions[1]: deve essere un testo (trovato «41»). Mettilo tra virgolette, per esempio "38.11".',
        ),
        ("territori", "kind: stato", "kind: nazione", ":4: items[1].kind: valore non previsto (trovato «nazione»)."),
        ("agenda-2030", 'id: "12.5"', "id: 12.50", ":3: items[1].id: questo numero in YAML cambierebbe valore o forma"),
        ("agenda-2030", "goal: 12", "goal: 18", ":3: items[1].goal: deve essere al massimo 17 (trovato «18»)."),
        ("snsvs", '"2017"', "2017", ':4: items[1].edition: deve essere un testo (trovato «2017»). Mettilo tra virgolette: "2017".'),
        ("camere", "provinces: [mi]", "provinces: []", ":3: items[1].provinces: deve avere almeno 1 voce"),
        ("dimensioni", "title: Dimensioni", "titolo: Dimensioni", ":1: titolo: campo sconosciuto (trovato «titolo»)."),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_list_is_told_like_what_is_wrong_in_an_entry(
    project: Project, name: str, before: str, after: str, told: str
) -> None:
    project.write(f"content/vocabolari/{name}.yaml", VOCABULARIES[name].replace(before, after))
    assert any(line.startswith(f"content/vocabolari/{name}.yaml{told}") for line in project.problems())


def test_a_list_that_cannot_be_read_has_one_problem_and_makes_none_in_the_entries(project: Project) -> None:
    project.add("glossario", "fir")
    project.write(TEMI, "title: Temi\nitems: [")
    told = project.problems()
    assert len(told) == 1
    assert told[0].startswith(TEMI)


def test_readers_of_a_preview_see_the_word_where_its_list_could_not_be_read(project: Project) -> None:
    project.write(TEMI, "title: Temi\nitems: [")
    assert project.corpus().vocabularies.name("temi", "mud") == "mud"


def test_the_portal_own_lists_are_all_there_and_right() -> None:
    corpus = read_corpus(ROOT)
    assert [problem.text() for problem in corpus.problems if "/vocabolari/" in problem.path] == []
    assert sum(word.kind == "provincia" for word in corpus.vocabularies.words("territori").values()) == 12  # type: ignore[attr-defined]
