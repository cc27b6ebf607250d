"""Deadlines: rules of duties become days, every one of them that falls in a window and no other."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from ecoteca.deadlines import days, occurrences, upcoming
from ecoteca.entries.duty import Deadline
from support import WHATEVER_COMES, Project

_DEADLINE: TypeAdapter[Deadline] = TypeAdapter(Deadline)


def rule(name: str, **fields: Any) -> Deadline:
    """A deadline as it is declared."""
    return _DEADLINE.validate_python({"rule": name, "what": "Presentare", **fields})


def falls(deadline: Deadline, since: date, until: date) -> list[str]:
    """The days of a rule in a window."""
    return [day.isoformat() for day, _ in days(deadline, since, until)]


MUD_2026 = {"year": 2026, "on": date(2026, 7, 3), "why": "DPCM in Gazzetta il 5 marzo 2026, più 120 giorni"}


# The rules


def test_every_year_on_its_day() -> None:
    mud = rule("ogni anno", days=["04-30"])
    assert falls(mud, date(2025, 1, 1), date(2027, 12, 31)) == ["2025-04-30", "2026-04-30", "2027-04-30"]


def test_a_year_may_have_another_day_and_says_why() -> None:
    mud = rule("ogni anno", days=["04-30"], exceptions=[MUD_2026])
    assert list(days(mud, date(2026, 1, 1), date(2027, 12, 31))) == [
        (date(2026, 7, 3), "DPCM in Gazzetta il 5 marzo 2026, più 120 giorni"),
        (date(2027, 4, 30), ""),
    ]


def test_in_a_year_of_exception_the_usual_day_is_not_a_deadline() -> None:
    mud = rule("ogni anno", days=["04-30"], exceptions=[MUD_2026])
    assert falls(mud, date(2026, 4, 30), date(2026, 7, 2)) == []


def test_a_rule_holds_from_its_first_year() -> None:
    late = rule("ogni anno", days=["04-30"], since=2026)
    assert falls(late, date(2024, 1, 1), date(2026, 12, 31)) == ["2026-04-30"]
    assert falls(late, date(2024, 1, 1), date(2025, 12, 31)) == []


def test_29_february_falls_in_leap_years_only() -> None:
    leap = rule("ogni anno", days=["02-29"])
    assert falls(leap, date(2023, 1, 1), date(2028, 12, 31)) == ["2024-02-29", "2028-02-29"]
    assert falls(leap, date(2025, 1, 1), date(2027, 12, 31)) == []


def test_every_month_by_its_day() -> None:
    assert falls(rule("ogni mese", day=16), date(2025, 12, 1), date(2026, 2, 28)) == [
        "2025-12-16",
        "2026-01-16",
        "2026-02-16",
    ]


def test_the_31st_is_the_last_day_of_every_month() -> None:
    assert falls(rule("ogni mese", day=31), date(2024, 1, 1), date(2024, 4, 30)) == [
        "2024-01-31",
        "2024-02-29",
        "2024-03-31",
        "2024-04-30",
    ]


def test_once_is_once() -> None:
    once = rule("una volta", on=date(2026, 2, 13))
    assert falls(once, date(2026, 2, 13), date(2026, 2, 13)) == ["2026-02-13"]
    assert falls(once, date(2026, 2, 14), date(2030, 1, 1)) == []


def test_days_are_counted_from_the_gazette() -> None:
    mud_2026 = rule("dalla Gazzetta", published_on=date(2026, 3, 5), days=120)
    mud_2022 = rule("dalla Gazzetta", published_on=date(2022, 1, 21), days=120)
    assert falls(mud_2026, date(2026, 1, 1), date(2026, 12, 31)) == ["2026-07-03"]
    assert falls(mud_2022, date(2022, 1, 1), date(2022, 12, 31)) == ["2022-05-21"]


def test_what_counts_from_something_only_the_company_knows_has_no_day() -> None:
    register = rule("da un evento", event="produzione del rifiuto", within=10, unit="giorni lavorativi")
    assert falls(register, date(2000, 1, 1), date(2099, 12, 31)) == []


# Whatever the window

WINDOWS = st.tuples(st.dates(date(1990, 1, 1), date(2090, 12, 31)), st.integers(0, 1500)).map(
    lambda window: (window[0], window[0] + timedelta(days=window[1]))
)
MONTH_DAYS = st.dates(date(2024, 1, 1), date(2024, 12, 31)).map(lambda day: f"{day:%m-%d}")
RULES = st.one_of(
    st.builds(
        lambda days, since: rule("ogni anno", days=days, since=since),
        st.lists(MONTH_DAYS, min_size=1, max_size=3, unique=True),
        st.none() | st.integers(1990, 2100),
    ),
    st.builds(lambda day: rule("ogni mese", day=day), st.integers(1, 31)),
    st.builds(lambda day: rule("una volta", on=day), st.dates(date(1990, 1, 1), date(2090, 12, 31))),
    st.builds(
        lambda day, count: rule("dalla Gazzetta", published_on=day, days=count),
        st.dates(date(1990, 1, 1), date(2090, 12, 31)),
        st.integers(1, 2000),
    ),
)


@WHATEVER_COMES
@given(RULES, WINDOWS)
def test_no_day_falls_out_of_the_window_and_none_falls_twice(deadline: Deadline, window: tuple[date, date]) -> None:
    found = [day for day, _ in days(deadline, *window)]
    assert all(window[0] <= day <= window[1] for day in found)
    assert len(found) == len(set(found))


@WHATEVER_COMES
@given(RULES, WINDOWS, st.integers(0, 1500))
def test_two_windows_side_by_side_see_what_one_window_sees(
    deadline: Deadline, window: tuple[date, date], cut: int
) -> None:
    since, until = window
    middle = min(since + timedelta(days=cut), until)
    left = list(days(deadline, since, middle))
    right = list(days(deadline, middle + timedelta(days=1), until))
    assert sorted(left + right) == sorted(days(deadline, since, until))


@WHATEVER_COMES
@given(st.integers(1, 31), st.integers(1990, 2090))
def test_a_monthly_rule_has_one_day_in_every_month_and_never_a_day_that_is_not(day: int, year: int) -> None:
    found = [found for found, _ in days(rule("ogni mese", day=day), date(year, 1, 1), date(year, 12, 31))]
    assert [found.month for found in found] == list(range(1, 13))
    assert all(found.day == min(day, monthrange(year, found.month)[1]) for found in found)


# Of the duties


def test_deadlines_of_all_duties_come_by_day(project: Project) -> None:
    once = {"rule": "una volta", "what": "Iscriversi", "on": date(2026, 4, 30), "certainty": "prorogata"}
    project.add("adempimenti", "mud", title="MUD", deadlines=[{"rule": "ogni anno", "what": "MUD", "days": ["04-30"]}])
    project.add("adempimenti", "albo", title="Albo", deadlines=[{**once, "on": date(2026, 4, 1)}, once])
    found = occurrences(project.catalogue().records, date(2026, 1, 1), date(2026, 12, 31))
    assert [(f"{item.day:%m-%d}", item.what, item.certainty, item.record.entry.id) for item in found] == [
        ("04-01", "Iscriversi", "prorogata", "albo"),
        ("04-30", "Iscriversi", "prorogata", "albo"),
        ("04-30", "MUD", "certa", "mud"),
    ]


@pytest.mark.parametrize(
    ("state", "shown"), [("pubblicata", 1), ("da verificare", 1), ("superata", 0), ("ritirata", 0)]
)
def test_a_duty_that_has_ended_has_no_deadlines(project: Project, state: str, shown: int) -> None:
    project.add("adempimenti", "nuovo")
    deadlines = [{"rule": "ogni anno", "what": "MUD", "days": ["04-30"]}]
    project.add("adempimenti", "mud", state=state, reason="Nuovo.", succeeded_by="nuovo", deadlines=deadlines)
    found = occurrences(project.catalogue().records, date(2026, 1, 1), date(2026, 12, 31))
    assert len(found) == shown


def test_what_comes_next_shows_each_deadline_once(project: Project) -> None:
    monthly = {"rule": "ogni mese", "what": "Trasmettere", "day": 31}
    yearly = {"rule": "ogni anno", "what": "Versare", "days": ["04-30"]}
    project.add("adempimenti", "rentri", deadlines=[monthly, yearly])
    found = upcoming(project.catalogue().records, date(2026, 1, 31))
    assert [(str(item.day), item.what) for item in found] == [("2026-01-31", "Trasmettere"), ("2026-04-30", "Versare")]


def test_what_comes_next_looks_as_far_as_it_is_asked(project: Project) -> None:
    project.add("adempimenti", "mud", deadlines=[{"rule": "ogni anno", "what": "MUD", "days": ["04-30"]}])
    records = project.catalogue().records
    assert upcoming(records, date(2026, 3, 1), horizon=59) == ()
    assert len(upcoming(records, date(2026, 3, 1), horizon=60)) == 1
