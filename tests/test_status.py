"""Where things stand on a day: the same entry says other words as the days go by, and none on its own."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from ecoteca.catalogue import build
from ecoteca.corpus import read_corpus
from ecoteca.status import Status, milestones, status_of, steps_of
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
        "Adottata, in vigore dal 1° marzo 2026",
        "In vigore, si applica dal 1° giugno 2026",
        "In vigore, si applica dal 1° giugno 2026",
        "In vigore, abrogata dal 1° gennaio 2027",
        "In vigore, abrogata dal 1° gennaio 2027",
        "Abrogata dal 1° gennaio 2027",
    ]


def test_an_act_that_another_changes_says_so(project: Project) -> None:
    project.add("normativa", "codice")
    project.add("normativa", "decreto", kind="decreto-legge")
    project.add("normativa", "modifica", modifies=["codice", "decreto"], converts="decreto")
    assert label(project, "codice") == "In vigore, modificata"
    assert label(project, "decreto") == "Convertita in legge"
    assert label(project, "modifica") == "In vigore"


def test_a_change_counts_from_the_day_on_which_it_holds(project: Project) -> None:
    project.add("normativa", "codice")
    project.add("normativa", "modifica", adopted=date(2026, 11, 2), in_force=date(2026, 12, 1), modifies=["codice"])
    assert label(project, "codice", date(2026, 11, 30)) == "In vigore"
    assert label(project, "codice", date(2026, 12, 1)) == "In vigore, modificata"


def test_a_recommendation_is_adopted_and_binds_nobody(project: Project) -> None:
    project.add("normativa", "com", level="europeo", kind="comunicazione", number=None)
    assert label(project, "com") == "Adottata"


# Criteria


def test_criteria_wait_for_their_day_and_are_replaced(project: Project) -> None:
    decree = {"issuer": "MASE", "date": date(2025, 11, 24)}
    project.add("cam", "nuovi", situation="in vigore", decree=decree, in_force=date(2026, 2, 2))
    project.add("cam", "vecchi", situation="sostituito", decree=decree)
    project.add("cam", "futuri", situation="in definizione")
    assert label(project, "nuovi", date(2026, 2, 1)) == "Adottato, in vigore dal 2 febbraio 2026"
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


# What the browser is told for the days to come


def steps(project: Project, name: str, today: date = TODAY) -> list[tuple[str, str]]:
    """The statuses of an entry from a day on: since when, and in which words."""
    catalogue = project.catalogue(max(today, TODAY), preview=True)
    return [(str(step.since), step.status.label) for step in steps_of(catalogue.by_id[name], catalogue, today)]


def test_a_page_knows_the_statuses_that_come_by_themselves(project: Project) -> None:
    project.add("normativa", "legge", in_force=date(2026, 12, 1), applies=[{"on": date(2027, 3, 1)}])
    assert steps(project, "legge") == [
        ("2026-11-23", "Adottata, in vigore dal 1° dicembre 2026"),
        ("2026-12-01", "In vigore, si applica dal 1° marzo 2027"),
        ("2027-03-01", "In vigore"),
    ]
    assert steps(project, "legge", date(2027, 3, 2)) == [("2027-03-02", "In vigore")]


def test_it_knows_those_that_another_act_brings(project: Project) -> None:
    project.add("normativa", "codice")
    project.add("normativa", "modifica", adopted=date(2026, 11, 2), in_force=date(2026, 12, 1), modifies=["codice"])
    assert steps(project, "codice") == [("2026-11-23", "In vigore"), ("2026-12-01", "In vigore, modificata")]


def test_what_ends_ends_on_the_day_after(project: Project) -> None:
    project.add("eventi", "giornata", starts=datetime(2026, 12, 12, 9), ends=datetime(2026, 12, 12, 13))
    assert steps(project, "giornata") == [("2026-11-23", "In programma"), ("2026-12-13", "Concluso")]


def test_what_is_the_matter_with_a_page_does_not_pass_by_itself(project: Project) -> None:
    project.add("normativa", "legge", in_force=date(2026, 12, 1), state="da verificare")
    assert steps(project, "legge") == [("2026-11-23", "Da verificare")]
    project.add("glossario", "fir")
    assert steps(project, "fir") == []


def test_the_steps_say_of_every_day_what_a_build_on_that_day_would_say(miniature: Path) -> None:
    catalogue = build(read_corpus(miniature), TODAY)
    for record in catalogue.records:
        foreseen = steps_of(record, catalogue, TODAY)
        for day in (TODAY + timedelta(days=n) for n in range(500)):
            said = [step.status for step in foreseen if step.since <= day]
            assert said[-1:] == [status for status in [status_of(record, catalogue, day)] if status], (record.url, day)


# The dates of an act


def test_the_dates_of_an_act_stand_in_order_with_those_that_others_bring(project: Project) -> None:
    project.add(
        "normativa",
        "direttiva",
        level="europeo",
        kind="direttiva",
        number=None,
        adopted=date(2019, 6, 5),
        in_force=date(2019, 7, 2),
        applies=[{"on": date(2021, 7, 3), "what": "articoli 5 e 7"}],
        journal={"series": "L", "number": 155, "date": date(2019, 6, 12)},
        transposition_deadline=date(2021, 7, 3),
        repealed_on=date(2030, 1, 1),
    )
    project.add(
        "normativa", "decreto", adopted=date(2021, 11, 8), in_force=date(2021, 12, 15), implements=["direttiva"]
    )
    project.add("normativa", "ritocco", adopted=date(2024, 2, 1), modifies=["direttiva"])
    catalogue = project.catalogue()
    found = milestones(catalogue.by_id["direttiva"], catalogue)
    assert [(str(item.day), item.what, item.record and item.record.entry.id) for item in found] == [
        ("2019-06-05", "Adottata", None),
        ("2019-06-12", "Pubblicata nella Gazzetta dell'Unione europea", None),
        ("2019-07-02", "Entra in vigore", None),
        ("2021-07-03", "Si applica: articoli 5 e 7", None),
        ("2021-07-03", "Termine per il recepimento", None),
        ("2021-12-15", "È attuata da", "decreto"),
        ("2024-02-01", "È modificata da", "ritocco"),
        ("2030-01-01", "Abrogata", None),
    ]
    assert [(item.what, item.record) for item in milestones(catalogue.by_id["ritocco"], catalogue)] == [
        ("Adottata", None)
    ]


# What the search gathers pages by


def test_the_search_gathers_statuses_without_their_dates(miniature: Path) -> None:
    catalogue = build(read_corpus(miniature), TODAY)
    groups = {step.status.group for record in catalogue.records for step in steps_of(record, catalogue, TODAY)}
    assert {"Adottata", "Abrogata", "In vigore", "Aperto", "In arrivo", "Conclusa"} <= groups
    assert {group for group in groups if "," in group or any(letter.isdigit() for letter in group)} == set()


def test_a_date_after_a_vowel_does_not_make_a_status_of_its_own() -> None:
    assert Status("Abrogata dall'8 marzo 2026", "danger").group == "Abrogata"
