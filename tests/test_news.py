"""News: what happened to the entries and in the law, dated, each item under a name that never changes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from ecoteca.news import NewsItem, news
from support import TODAY, Project

CHANGES = [
    {"date": date(2026, 3, 5), "note": "Aggiunto l'esonero per chi trasporta solo i propri rifiuti.", "major": True},
    {"date": date(2026, 3, 6), "note": "Corretto un refuso."},
    {"date": date(2026, 4, 1), "note": "Nuove istruzioni.", "major": True},
]


def found(project: Project, today: date = TODAY) -> list[NewsItem]:
    """The news of a day."""
    return list(news(project.catalogue(today), today))


def told(project: Project, today: date = TODAY) -> dict[str, tuple[str, str]]:
    """Everything but publications by name: day and title."""
    return {item.name: (str(item.day), item.title) for item in found(project, today) if item.kind != "scheda"}


# A page, and what its editors say of it


def test_a_publication_is_news_with_what_it_is_and_its_summary(project: Project) -> None:
    project.add("adempimenti", "mud", title="MUD: la dichiarazione annuale")
    (item,) = found(project)
    assert (item.name, item.title, item.day) == (
        "mud",
        "Nuova scheda: «MUD: la dichiarazione annuale»",
        date(2026, 1, 15),
    )
    assert item.text == item.record.entry.summary


@pytest.mark.parametrize(
    ("folder", "announced"),
    [("bandi", "Nuovo bando nel portale"), ("domande", "Nuova risposta"), ("casi-studio", "Nuovo caso studio")],
)
def test_a_publication_says_of_what_kind_it_is(project: Project, folder: str, announced: str) -> None:
    project.add_one_of_each()
    titles = [item.title for item in found(project) if item.name == folder]
    assert titles == [f"{announced}: Una scheda di prova"]


def test_a_page_that_changes_is_updated_and_keeps_its_day(project: Project) -> None:
    project.add("adempimenti", "mud", changes=CHANGES)
    page = next(item for item in found(project) if item.name == "mud")
    assert (page.when.date(), page.updated.date()) == (date(2026, 1, 15), date(2026, 4, 1))


def test_a_major_change_is_news_with_its_note_as_title_and_a_minor_one_is_not(project: Project) -> None:
    project.add("adempimenti", "mud", title="MUD", changes=CHANGES)
    assert told(project) == {
        "mud/2026-04-01": ("2026-04-01", "Nuove istruzioni"),
        "mud/2026-03-05": ("2026-03-05", "Aggiunto l'esonero per chi trasporta solo i propri rifiuti"),
    }


def test_a_correction_is_always_news_and_says_that_it_is_one(project: Project) -> None:
    note = {"date": date(2026, 3, 6), "note": "Il termine è il 30 aprile, non il 31.", "correction": True}
    project.add("adempimenti", "mud", changes=[note])
    assert told(project) == {"mud/2026-03-06": ("2026-03-06", "Rettifica: Il termine è il 30 aprile, non il 31")}


def test_two_changes_on_one_day_are_two_items_whatever_stands_between_them(project: Project) -> None:
    first = {"date": date(2026, 3, 5), "note": "Prima.", "major": True}
    second = {"date": date(2026, 3, 5), "note": "Seconda.", "major": True, "id": "sanzioni"}
    project.add("adempimenti", "mud", changes=[second, first])
    assert set(told(project)) == {"mud/2026-03-05", "mud/2026-03-05/sanzioni"}


def test_two_changes_on_one_day_without_names_are_refused(project: Project) -> None:
    twice = [{"date": date(2026, 3, 5), "note": f"{ordinal} nota."} for ordinal in ("Prima", "Seconda")]
    project.add("adempimenti", "mud", changes=twice)
    (problem,) = project.problems()
    assert "due note dello stesso giorno (2026-03-05) devono avere nomi diversi" in problem


def test_a_page_that_ends_is_news_with_its_reason_and_its_successor(project: Project) -> None:
    project.add("adempimenti", "nuovo", title="Il nuovo modello")
    ending = {"state": "superata", "reason": "Nuova\n\nlegge.", "succeeded_by": "nuovo", "ended": date(2026, 6, 1)}
    project.add("adempimenti", "vecchio", title="Il vecchio modello", **ending)
    item = found(project)[0]
    assert (item.name, item.title, item.day) == ("vecchio/superata", "Superata: Il vecchio modello", date(2026, 6, 1))
    assert item.text == "Nuova legge. Al suo posto: Il nuovo modello."


def test_a_page_cannot_have_ended_tomorrow(project: Project) -> None:
    project.add("adempimenti", "vecchio", state="ritirata", reason="Abrogato.", ended=date(2026, 12, 1))
    (problem,) = project.problems()
    assert "ended: questo giorno non è ancora venuto" in problem


def test_a_page_that_came_out_as_history_is_told_once(project: Project) -> None:
    project.add("adempimenti", "vecchio", state="ritirata", reason="Abrogato.", ended=date(2025, 12, 1))
    assert told(project) == {}


# What happens in the law and by itself as days pass


def test_a_development_is_news_of_its_own_day_even_from_before_its_page(project: Project) -> None:
    fact = {"on": date(2025, 12, 30), "note": "La legge di bilancio toglie l'obbligo.", "url": "https://example.org/"}
    project.add("adempimenti", "mud", developments=[fact | {"text": "A chi ha meno di dieci dipendenti."}])
    assert told(project) == {"mud/fatto-2025-12-30": ("2025-12-30", "La legge di bilancio toglie l'obbligo")}
    assert found(project)[-1].text == "A chi ha meno di dieci dipendenti."


def test_what_happened_more_than_a_year_before_a_page_is_told_by_the_page_alone(project: Project) -> None:
    fact = {"on": date(2025, 1, 13), "note": "Cose di un altro tempo.", "url": "https://example.org/"}
    project.add("adempimenti", "mud", developments=[fact])
    assert told(project) == {}


YEARLY = {"id": "invio", "rule": "ogni anno", "what": "Presentare il MUD", "days": ["04-30"]}


def test_a_moved_deadline_is_news_on_the_day_on_which_that_was_decided(project: Project) -> None:
    moved = {"year": 2026, "on": date(2026, 7, 3), "why": "DPCM in Gazzetta", "decided": date(2026, 3, 5)}
    earlier = {"year": 2027, "on": date(2027, 4, 1), "why": "altro DPCM", "decided": date(2026, 3, 6)}
    project.add("adempimenti", "mud", deadlines=[YEARLY | {"exceptions": [moved, earlier]}])
    assert told(project) == {
        "mud/invio/anno-2027": ("2026-03-06", "Anticipato al 1° aprile 2027 il termine per presentare il MUD"),
        "mud/invio/anno-2026": ("2026-03-05", "Prorogato al 3 luglio 2026 il termine per presentare il MUD"),
    }
    assert found(project)[1].text == "Era il 30 aprile 2026. DPCM in Gazzetta."


@pytest.mark.parametrize(("concerns", "named"), [("piccole imprese", " (piccole imprese)"), ("chi " * 20, "")])
def test_a_moved_deadline_of_some_says_of_whom_in_few_words(project: Project, concerns: str, named: str) -> None:
    moved = {"year": 2026, "on": date(2026, 7, 3), "why": "DPCM in Gazzetta", "decided": date(2026, 3, 5)}
    project.add("adempimenti", "mud", deadlines=[YEARLY | {"exceptions": [moved], "concerns": concerns.strip()}])
    [item] = (item for item in found(project) if item.kind == "scadenza")
    assert item.title == f"Prorogato al 3 luglio 2026 il termine per presentare il MUD{named}"
    assert f"Riguarda: {concerns.strip()}." in item.text


def test_each_extension_is_news_and_one_whose_day_is_not_known_is_none(project: Project) -> None:
    extensions = [
        {"was": date(2026, 5, 1), "now": date(2026, 6, 1), "decided": date(2026, 4, 1), "act": "D.L. 1/2026"},
        {"was": date(2026, 6, 1), "now": date(2026, 9, 1), "decided": date(2026, 5, 20), "act": "L. 2/2026"},
    ]
    once = {"rule": "una volta", "what": "SCIP: comunicare", "on": date(2026, 5, 1), "extensions": extensions}
    silent = YEARLY | {"exceptions": [{"year": 2026, "on": date(2026, 5, 4), "why": "Non si sa quando"}]}
    project.add("adempimenti", "mud", deadlines=[once, silent])
    assert told(project) == {
        "mud/scadenza/proroga-2026-06-01": (
            "2026-05-20",
            "Prorogato al 1° settembre 2026 il termine per SCIP: comunicare",
        ),
        "mud/scadenza/proroga-2026-05-01": (
            "2026-04-01",
            "Prorogato al 1° giugno 2026 il termine per SCIP: comunicare",
        ),
    }


def test_an_extension_told_again_by_a_note_would_reach_subscribers_twice_and_is_refused(project: Project) -> None:
    moved = {"year": 2026, "on": date(2026, 7, 3), "why": "DPCM in Gazzetta", "decided": date(2026, 3, 5)}
    note = {"date": date(2026, 3, 9), "note": "Il termine è prorogato al 3 luglio 2026.", "major": True}
    project.add("adempimenti", "mud", deadlines=[YEARLY | {"exceptions": [moved]}], changes=[note])
    (problem,) = project.problems()
    assert "changes[1].note: il nuovo giorno di questa scadenza è già una notizia da sé" in problem
    for harmless in (note | {"major": False}, note | {"note": "Dal 3 luglio 2025 si firma con la carta d'identità."}):
        project.add("adempimenti", "mud", deadlines=[YEARLY | {"exceptions": [moved]}], changes=[harmless])
        assert project.problems() == []


def test_a_deadline_that_no_longer_holds_is_news(project: Project) -> None:
    ended = YEARLY | {"withdrawn": {"on": date(2026, 6, 1), "why": "abrogato dal D.Lgs. 1/2026"}}
    project.add("adempimenti", "mud", deadlines=[ended])
    item = found(project)[0]
    assert (item.name, item.title) == ("mud/invio/ritirata", "Non vale più il termine per presentare il MUD")
    assert item.text == "Abrogato dal D.Lgs. 1/2026."


def test_an_act_makes_news_when_it_begins_when_it_applies_and_when_it_ends(project: Project) -> None:
    act: dict[str, Any] = {
        "title": "Legge di prova",
        "adopted": date(2025, 12, 1),
        "in_force": date(2026, 2, 1),
        "applies": [
            {"on": date(2026, 9, 1), "what": "Registro digitale"},
            {"on": date(2026, 9, 1), "what": "Sanzioni"},
            {"on": date(2026, 2, 1)},
            {"on": date(2026, 10, 8), "what": "Formulario digitale"},
            {"on": date(2026, 11, 20)},
        ],
        "repealed_on": date(2027, 1, 1),
    }
    project.add("normativa", "legge", **act)
    assert told(project) == {
        "legge/si-applica-2026-11-20": ("2026-11-20", "Si applica dal 20 novembre 2026: Legge di prova"),
        "legge/si-applica-2026-10-08": ("2026-10-08", "Dall'8 ottobre 2026: formulario digitale"),
        "legge/si-applica-2026-09-01": ("2026-09-01", "Si applica dal 1° settembre 2026: Legge di prova"),
        "legge/in-vigore": ("2026-02-01", "In vigore dal 1° febbraio 2026: Legge di prova"),
    }
    assert next(item.text for item in found(project) if "2026-09-01" in item.name) == "Registro digitale; Sanzioni."
    assert "legge/abrogata" in told(project, date(2027, 1, 1))


def test_criteria_make_news_when_they_come_into_force(project: Project) -> None:
    decree = {"issuer": "MASE", "date": date(2025, 11, 24)}
    begun = {"situation": "in vigore", "decree": decree, "in_force": date(2026, 2, 2)}
    project.add("cam", "edilizia", title="CAM edilizia", **begun)
    assert told(project) == {"edilizia/in-vigore": ("2026-02-02", "In vigore dal 2 febbraio 2026: CAM edilizia")}


def test_a_call_makes_news_when_it_opens_and_the_morning_after_it_has_closed(project: Project) -> None:
    phases = [
        {"name": "Idee", "opens": datetime(2026, 3, 2, 10), "closes": datetime(2026, 4, 30, 12)},
        {"id": "progetti", "name": "Progetti", "opens": date(2026, 6, 1)},
    ]
    project.add("bandi", "filiere", title="Filiere", phases=phases)
    assert told(project) == {
        "filiere/progetti/apertura": ("2026-06-01", "Aperto: Filiere (Progetti)"),
        "filiere/fase-1/chiusura": ("2026-05-01", "Chiuso il 30 aprile 2026: Filiere (Idee)"),
        "filiere/fase-1/apertura": ("2026-03-02", "Aperto fino al 30 aprile 2026, ore 12:00: Filiere (Idee)"),
    }
    assert "filiere/fase-1/chiusura" not in told(project, date(2026, 4, 30))
    opening = next(item for item in found(project) if item.name == "filiere/fase-1/apertura")
    assert opening.when.isoformat() == "2026-03-02T10:00:00+01:00"


def test_a_call_that_was_withdrawn_does_not_open_on_its_day(project: Project) -> None:
    phases = [{"name": "Idee", "opens": date(2026, 3, 2), "closes": date(2026, 4, 30)}]
    ending = {"state": "ritirata", "reason": "Mai partito.", "ended": date(2026, 2, 10)}
    project.add("bandi", "filiere", title="Filiere", phases=phases, **ending)
    assert told(project) == {"filiere/ritirata": ("2026-02-10", "Ritirata: Filiere")}


def test_an_event_is_announced_and_what_remains_of_it_is_news(project: Project) -> None:
    materials = [
        {"title": "Diapositive", "url": "https://example.org/a", "added": date(2026, 5, 20)},
        {"title": "Programma", "url": "https://example.org/b"},
        {"title": "Registrazione", "url": "https://example.org/c", "added": date(2026, 5, 20)},
    ]
    project.add("eventi", "corso", title="Corso MUD", materials=materials)
    project.add("eventi", "passato", title="Corso RENTRI", starts=date(2025, 5, 1))
    titles = {item.name: (item.title, item.text) for item in found(project)}
    assert titles["corso"][0] == "In programma il 12 maggio 2026: Corso MUD"
    assert titles["passato"][0] == "Nuova scheda su un incontro passato: Corso RENTRI"
    assert titles["corso/materiali-2026-05-20"] == (
        "Disponibili i materiali: Corso MUD",
        "Si possono scaricare: Diapositive, Registrazione.",
    )


# What holds for all of them


def test_the_newest_day_comes_first_and_on_one_day_the_order_is_fixed(project: Project) -> None:
    project.add("adempimenti", "b", published=date(2026, 5, 1))
    project.add("adempimenti", "c", published=date(2026, 5, 2))
    project.add("adempimenti", "a", published=date(2026, 5, 1))
    assert [item.name for item in found(project)] == ["c", "a", "b"]


def test_tomorrow_is_no_news(project: Project) -> None:
    fact = {"on": date(2026, 4, 2), "note": "Comincia domani.", "url": "https://example.org/"}
    project.add("adempimenti", "mud", changes=CHANGES, developments=[fact])
    project.add("adempimenti", "futuro", published=date(2026, 4, 2))
    assert [item.name for item in found(project, date(2026, 3, 31))] == ["mud/2026-03-05", "mud"]
    assert [item.name for item in found(project, date(2026, 4, 2))][:2] == ["futuro", "mud/fatto-2026-04-02"]


def test_glossary_terms_are_news_only_for_who_asks_for_them(project: Project) -> None:
    project.add("glossario", "fir")
    project.add("adempimenti", "mud")
    assert {item.name: item.quiet for item in found(project)} == {"fir": True, "mud": False}


def test_the_names_stay_whatever_is_done_to_the_page(project: Project) -> None:
    path = project.add("adempimenti", "mud", title="MUD", changes=CHANGES)
    before = [item.name for item in found(project)]
    (project.root / path).unlink()
    # Renamed, retitled, reworded, with a later change and an extra minor one: what subscribers hold is still there.
    notes = [{**change, "note": "Altre parole."} for change in CHANGES]
    added = {"date": date(2026, 6, 1), "note": "Altro.", "major": True}
    project.add("adempimenti", "dichiarazione", id="mud", title="Dichiarazione", changes=[*notes, added])
    assert [item.name for item in found(project)] == ["mud/2026-06-01", *before]


def test_no_two_items_have_one_name_or_of_one_day_the_same_moment(project: Project) -> None:
    project.add_one_of_each()
    items = found(project)
    assert len({item.name for item in items}) == len({item.when for item in items}) == len(items)


def test_news_is_dated_at_night_in_italy_in_winter_and_in_summer(project: Project) -> None:
    project.add("adempimenti", "estate", published=date(2026, 7, 1))
    project.add("adempimenti", "inverno", published=date(2026, 2, 1))
    summer, winter = (item.when for item in found(project))
    assert (summer.utcoffset(), winter.utcoffset()) == (timedelta(hours=2), timedelta(hours=1))
    assert (summer.date(), summer.hour) == (date(2026, 7, 1), 3)
    assert summer.astimezone(UTC).date() == summer.date()
    assert (winter.date(), winter.hour) == (date(2026, 2, 1), 3)
