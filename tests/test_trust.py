"""How far a page can be trusted: when it was compared with the official text, and until when that counts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from ecoteca.entries import ENTRY_TYPES, Entry
from ecoteca.pages.entry_pages import Official, official_text
from ecoteca.trust import SOON_DAYS, Trust, trust_of
from support import TODAY, Project

CHECKED = {"on": date(2026, 10, 5), "by": "redazione normativa"}


def trust(project: Project, today: date = TODAY, *, folder: str = "adempimenti", **changes: object) -> Trust:
    """What is said on a day of an entry of 15 January 2026, changed as asked."""
    project.add(folder, "prova", **changes)
    return trust_of(project.catalogue(max(today, TODAY)).by_id["prova"].entry, today)


# When the next check falls due


def test_who_checked_is_told_and_the_interval_begins_there(project: Project) -> None:
    found = trust(project, checked=CHECKED)
    assert (found.checked_on, found.checked_by) == (date(2026, 10, 5), "redazione normativa")
    assert found.due == date(2027, 4, 5)


def test_a_page_that_nobody_checked_says_so_and_is_due_an_interval_after_it_came_out(project: Project) -> None:
    found = trust(project)
    assert (found.checked_on, found.checked_by, found.due) == (None, "", date(2026, 7, 15))


def test_a_change_is_a_fresh_look_only_where_there_was_no_check(project: Project) -> None:
    changes = [{"date": date(2026, 11, 1), "note": "Spiegato meglio."}]
    assert trust(project, changes=changes).due == date(2027, 5, 1)
    assert trust(project, changes=changes, checked=CHECKED).due == date(2027, 4, 5)


@pytest.mark.parametrize("checked", [CHECKED, None])
@pytest.mark.parametrize("day", [date(2026, 12, 1), date(2029, 1, 1)])
def test_the_entrys_own_day_comes_before_the_interval(project: Project, checked: object, day: date) -> None:
    assert trust(project, checked=checked, next_check=day).due == day


@pytest.mark.parametrize("kind", ENTRY_TYPES, ids=lambda kind: kind.label)
def test_every_type_has_its_interval(project: Project, kind: type[Entry]) -> None:
    # Other types point at the duty.
    project.add("adempimenti", "mud")
    due = trust(project, folder=kind.folder).due
    assert (due.year - 2026) * 12 + due.month - 1 == kind.review_months
    assert due.day == 15


def test_what_the_law_moves_often_is_looked_at_twice_a_year() -> None:
    intervals = {kind.folder: kind.review_months for kind in ENTRY_TYPES}
    assert {folder for folder, months in intervals.items() if months <= 6} == {"adempimenti", "bandi", "cam", "domande"}


def test_an_interval_ends_within_its_month(project: Project) -> None:
    assert trust(project, published=date(2026, 8, 31)).due == date(2027, 2, 28)


# What a day makes of it


def test_the_last_day_still_counts_as_fresh(project: Project) -> None:
    due = date(2027, 4, 5)
    said = {day: trust(project, due + timedelta(days=day), checked=CHECKED) for day in (0, 1)}
    assert [said[day].overdue for day in (0, 1)] == [False, True]


@pytest.mark.parametrize(("left", "soon"), [(SOON_DAYS + 1, False), (SOON_DAYS, True), (0, True), (-1, False)])
def test_what_falls_due_soon_is_told_until_it_is_overdue(project: Project, left: int, soon: bool) -> None:
    assert trust(project, date(2027, 4, 5) - timedelta(days=left), checked=CHECKED).soon is soon


# Where the official text is


def source(url: str, *, official: bool = True, **more: object) -> dict[str, object]:
    return {"title": "La fonte", "url": url, "issuer": "CONAI", "official": official, **more}


LAW = "https://www.normattiva.it/uri-res/N2Ls?urn:nir:stato:legge:1994-01-25;70"


@pytest.mark.parametrize("home", ["https://www.conai.org", "https://www.conai.org/"])
def test_an_official_text_comes_before_an_official_home_page(project: Project, home: str) -> None:
    sources = [source(home, article="art. 1"), source(LAW, article="art. 2"), source("https://www.conai.org/guida")]
    project.add("adempimenti", "prova", sources=sources)
    assert official_text(project.catalogue().by_id["prova"]) == Official(LAW, "art. 2")


@pytest.mark.parametrize("end", ["/guida", "/?documento=12", "/#documento-12"])
def test_what_leads_below_a_home_page_is_a_text(project: Project, end: str) -> None:
    project.add("adempimenti", "prova", sources=[source(f"https://www.conai.org{end}"), source(LAW)])
    assert official_text(project.catalogue().by_id["prova"]) == Official(f"https://www.conai.org{end}")


def test_where_there_is_only_a_home_page_it_is_told_whose_it_is(project: Project) -> None:
    project.add(
        "adempimenti", "prova", sources=[source("https://example.org/a", official=False), source("https://a.it")]
    )
    assert official_text(project.catalogue().by_id["prova"]) == Official("https://a.it", site_of="CONAI")


def test_what_an_act_is_known_by_comes_before_a_home_page(project: Project) -> None:
    urn = "urn:nir:stato:legge:1994-01-25;70"
    project.add("normativa", "prova", urn=urn, sources=[source("https://www.mase.gov.it")])
    found = official_text(project.catalogue().by_id["prova"])
    assert found is not None
    assert urn in found.url
    assert found.site_of == ""


def test_a_page_without_official_sources_leads_to_none(project: Project) -> None:
    project.add("adempimenti", "prova", sources=[source(LAW, official=False)])
    assert official_text(project.catalogue().by_id["prova"]) is None
