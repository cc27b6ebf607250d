"""Where things stand on a day: the same entry says other words as the days go by, and none on its own."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from ecoteca.status import status_of
from support import TODAY, Project


def label(project: Project, name: str, today: date = TODAY) -> str:
    """What readers are told of an entry on a day; empty where there is nothing to tell."""
    catalogue = project.catalogue(max(today, TODAY), preview=True)
    status = status_of(catalogue.by_id[name], catalogue, today)
    return status.label if status else ""


@pytest.mark.parametrize(
    ("state", "told"),
    [("bozza", "Bozza"), ("da verificare", "Da verificare"), ("superata", "Superata"), ("ritirata", "Ritirata")],
)
@pytest.mark.parametrize("folder", ["adempimenti", "normativa", "bandi", "glossario"])
def test_what_is_the_matter_with_the_page_comes_before_what_it_speaks_of(
    project: Project, folder: str, state: str, told: str
) -> None:
    project.add(folder, "nuova")
    project.add(folder, "prova", state=state, reason="Nuova legge.", succeeded_by="nuova")
    assert label(project, "prova") == told


@pytest.mark.parametrize(
    ("folder", "told"), [("adempimenti", "In vigore"), ("casi-studio", ""), ("glossario", ""), ("guide", "")]
)
def test_a_duty_holds_and_a_story_has_no_status(project: Project, folder: str, told: str) -> None:
    project.add(folder, "prova")
    assert label(project, "prova") == told


# Acts


def test_an_act_comes_into_force_applies_and_ends(project: Project) -> None:
    project.add(
        "normativa",
        "legge",
        in_force=date(2026, 3, 1),
        applies=[{"on": date(2026, 6, 1)}, {"on": date(2026, 9, 1), "what": "Articolo 5"}],
        repealed_on=date(2027, 1, 1),
    )
    days = [
        date(2026, 2, 28),
        date(2026, 3, 1),
        date(2026, 5, 31),
        date(2026, 6, 1),
        date(2026, 12, 31),
        date(2027, 1, 1),
    ]
    assert [label(project, "legge", day) for day in days] == [
        "Non ancora in vigore",
        "In vigore, non ancora applicabile",
        "In vigore, non ancora applicabile",
        "In vigore",
        "In vigore",
        "Abrogata",
    ]


def test_an_act_that_another_changes_says_so(project: Project) -> None:
    project.add("normativa", "codice")
    project.add("normativa", "decreto", kind="decreto-legge")
    project.add("normativa", "modifica", modifies=["codice", "decreto"], converts="decreto")
    assert label(project, "codice") == "In vigore, modificata"
    assert label(project, "decreto") == "Convertita in legge"
    assert label(project, "modifica") == "In vigore"


def test_a_recommendation_is_adopted_and_binds_nobody(project: Project) -> None:
    project.add("normativa", "com", level="europeo", kind="comunicazione", number=None)
    assert label(project, "com") == "Adottata"


# Criteria


def test_criteria_wait_for_their_day_and_are_replaced(project: Project) -> None:
    decree = {"issuer": "MASE", "date": date(2025, 11, 24)}
    project.add("cam", "nuovi", situation="in vigore", decree=decree, in_force=date(2026, 2, 2))
    project.add("cam", "vecchi", situation="sostituito", decree=decree)
    project.add("cam", "futuri", situation="in definizione")
    assert label(project, "nuovi", date(2026, 2, 1)) == "Non ancora in vigore"
    assert label(project, "nuovi", date(2026, 2, 2)) == "In vigore"
    assert label(project, "vecchi") == "Sostituito"
    assert label(project, "futuri") == "In definizione"


# Calls


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (date(2026, 2, 28), "In arrivo"),
        (date(2026, 3, 1), "Aperto"),
        (date(2026, 4, 30), "Aperto"),
        (date(2026, 5, 1), "In arrivo"),
        (date(2026, 6, 1), "Aperto"),
        (date(2026, 7, 1), "Chiuso"),
    ],
)
def test_a_call_is_open_while_one_of_its_phases_is(project: Project, day: date, told: str) -> None:
    phases = [
        {"name": "Domande", "opens": date(2026, 3, 1), "closes": datetime(2026, 4, 30, 16)},
        {"name": "Progetti", "opens": datetime(2026, 6, 1, 10), "closes": date(2026, 6, 30)},
    ]
    project.add("bandi", "bando", phases=phases)
    assert label(project, "bando", day) == told


def test_a_call_without_an_end_stays_open(project: Project) -> None:
    project.add("bandi", "bando", phases=[{"name": "Sportello", "opens": date(2026, 3, 1)}])
    assert label(project, "bando", date(2099, 1, 1)) == "Aperto"


# Events and actions


def test_an_event_is_over_on_the_day_after_its_last(project: Project) -> None:
    project.add("eventi", "giornata", starts=date(2026, 5, 12))
    project.add("eventi", "ciclo", starts=datetime(2026, 5, 12, 9), ends=datetime(2026, 5, 14, 13))
    assert [label(project, "giornata", date(2026, 5, day)) for day in (1, 12, 13)] == [
        "In programma",
        "In programma",
        "Concluso",
    ]
    assert [label(project, "ciclo", date(2026, 5, day)) for day in (14, 15)] == ["In programma", "Concluso"]


def test_an_action_is_over_on_the_day_after_its_last(project: Project) -> None:
    project.add("azioni", "azione")
    assert label(project, "azione", date(2020, 12, 31)) == "In corso"
    assert label(project, "azione", date(2021, 1, 1)) == "Conclusa"
