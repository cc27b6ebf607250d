"""News: what happened to the entries, dated, each item under a name that never changes."""

from __future__ import annotations

from datetime import date

from ecoteca.news import NewsItem, news
from support import TODAY, Project

CHANGES = [
    {"date": date(2026, 3, 5), "note": "Prorogato al 3 luglio 2026 il termine.", "major": True},
    {"date": date(2026, 3, 6), "note": "Corretto un refuso."},
    {"date": date(2026, 4, 1), "note": "Nuove istruzioni.", "major": True},
]


def found(project: Project, today: date = TODAY) -> list[NewsItem]:
    """The news of a day."""
    return list(news(project.catalogue(today).records, today))


def test_a_publication_is_news_with_its_title_and_summary(project: Project) -> None:
    project.add("adempimenti", "mud", title="MUD: la dichiarazione annuale")
    (item,) = found(project)
    assert (item.name, item.title, item.day) == ("mud", "MUD: la dichiarazione annuale", date(2026, 1, 15))
    assert item.text == item.record.entry.summary


def test_a_major_change_is_news_with_its_note_and_a_minor_one_is_not(project: Project) -> None:
    project.add("adempimenti", "mud", title="MUD", changes=CHANGES)
    assert [(item.name, item.title, item.text) for item in found(project)][:2] == [
        ("mud/2026-04-01", "MUD: aggiornamento", "Nuove istruzioni."),
        ("mud/2026-03-05", "MUD: aggiornamento", "Prorogato al 3 luglio 2026 il termine."),
    ]
    assert len(found(project)) == 3


def test_the_newest_comes_first_and_on_one_day_the_order_is_fixed(project: Project) -> None:
    project.add("adempimenti", "b", published=date(2026, 5, 1))
    project.add("adempimenti", "c", published=date(2026, 5, 2))
    project.add("adempimenti", "a", published=date(2026, 5, 1))
    assert [item.name for item in found(project)] == ["c", "a", "b"]


def test_tomorrow_is_no_news(project: Project) -> None:
    project.add("adempimenti", "mud", changes=CHANGES)
    project.add("adempimenti", "futuro", published=date(2026, 4, 2))
    assert [item.name for item in found(project, date(2026, 3, 31))] == ["mud/2026-03-05", "mud"]
    assert [item.name for item in found(project, date(2026, 4, 2))][:2] == ["futuro", "mud/2026-04-01"]


def test_glossary_terms_are_no_news(project: Project) -> None:
    project.add("glossario", "fir")
    assert found(project) == []


def test_two_changes_on_one_day_are_two_items(project: Project) -> None:
    twice = [{"date": date(2026, 3, 5), "note": f"{ordinal} nota.", "major": True} for ordinal in ("Prima", "Seconda")]
    project.add("adempimenti", "mud", changes=twice)
    assert [item.name for item in found(project)] == ["mud/2026-03-05", "mud/2026-03-05/2", "mud"]


def test_the_names_stay_whatever_is_done_to_the_page(project: Project) -> None:
    path = project.add("adempimenti", "mud", title="MUD", changes=CHANGES)
    before = [item.name for item in found(project)]
    (project.root / path).unlink()
    # Renamed, retitled, reworded, with a later change and an extra minor one: what subscribers hold is still there.
    notes = [{**change, "note": "Altre parole."} for change in CHANGES]
    added = {"date": date(2026, 6, 1), "note": "Altro.", "major": True}
    project.add("adempimenti", "dichiarazione", id="mud", title="Dichiarazione", changes=[*notes, added])
    assert [item.name for item in found(project)] == ["mud/2026-06-01", *before]


def test_news_have_an_hour_in_italy_in_winter_and_in_summer(project: Project) -> None:
    project.add("adempimenti", "estate", published=date(2026, 7, 1))
    project.add("adempimenti", "inverno", published=date(2026, 2, 1))
    assert [item.when.isoformat() for item in found(project)] == [
        "2026-07-01T09:00:00+02:00",
        "2026-02-01T09:00:00+01:00",
    ]
