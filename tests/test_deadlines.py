"""Deadlines: what the rules of a duty say, in any window of days and seen from any day."""

from __future__ import annotations

from calendar import isleap, monthrange
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from ecoteca import prose
from ecoteca.catalogue import Record
from ecoteca.deadlines import Occurrence, in_words, occurrences, unmatched_extensions, upcoming
from ecoteca.entries import Duty
from ecoteca.entries.deadline import Deadline
from ecoteca.terms import after
from ecoteca.working_days import holiday_name, is_working_day, national_holidays, off_holidays, working_days_from
from support import WHATEVER_COMES, Project, front_matter

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "data" / "after_event.yaml").read_text("utf-8"))
DAY = timedelta(days=1)
NORM = {"norm": "art. 2963 del codice civile"}
SHIFTS: dict[str | None, dict[str, Any] | None] = {None: None, "festivi": NORM, "sabati": {**NORM, "saturdays": True}}


def rule(kind: str, **fields: Any) -> Deadline:
    """A deadline as an editor writes it."""
    fields = {"rule": kind, "id": "prova", "what": "Presentare il modulo"} | fields
    found: Deadline = TypeAdapter[Deadline](Deadline).validate_python(fields)
    return found


def duty(*deadlines: Deadline, **fields: Any) -> Record:
    """A duty with these deadlines."""
    entry = Duty.model_validate(front_matter("adempimenti", "modulo", {"deadlines": deadlines, **fields}))
    return Record(entry, "content/adempimenti/modulo.md", "adempimenti/modulo/", prose.parse("", 1, frozenset()))


def expand(deadline: Deadline, since: date, until: date, **options: Any) -> tuple[Occurrence, ...]:
    return occurrences((duty(deadline),), since, until, **options)


def days(deadline: Deadline, since: str, until: str) -> list[str]:
    return [str(item.day) for item in expand(deadline, date.fromisoformat(since), date.fromisoformat(until))]


# What each kind of rule gives


def test_a_yearly_deadline_falls_on_its_day_except_where_an_act_said_otherwise() -> None:
    mud = rule(
        "ogni anno",
        days=["04-30"],
        exceptions=[
            {"year": 2024, "on": date(2024, 7, 1), "why": "DPCM in Gazzetta il 2 marzo 2024"},
            {"year": 2026, "on": date(2026, 7, 3), "why": "DPCM in Gazzetta il 5 marzo 2026, più 120 giorni"},
        ],
    )
    assert days(mud, "2024-01-01", "2027-12-31") == ["2024-07-01", "2025-04-30", "2026-07-03", "2027-04-30"]
    moved = expand(mud, date(2026, 7, 3), date(2026, 7, 3))[0]
    assert moved.key == "modulo/prova/2026"
    assert moved.usual == date(2026, 4, 30)
    assert moved.why == "DPCM in Gazzetta il 5 marzo 2026, più 120 giorni"
    assert (moved.sequence, moved.certainty) == (1, "certa")


def test_several_days_a_year_are_told_apart_by_their_day() -> None:
    quarters = rule("ogni anno", days=["01-20", "04-20", "07-20", "10-20"], since=2026, until=2027)
    found = expand(quarters, date(2025, 1, 1), date(2030, 1, 1))
    assert len(found) == 8
    assert found[1].key == "modulo/prova/2026-04-20"


def test_a_monthly_deadline_on_the_31st_falls_on_the_last_day() -> None:
    found = expand(rule("ogni mese", day=31), date(2028, 1, 15), date(2028, 4, 30))
    assert [str(item.day) for item in found] == ["2028-01-31", "2028-02-29", "2028-03-31", "2028-04-30"]
    assert found[0].key == "modulo/prova/2028-01"


def test_a_single_deadline_and_one_counted_from_the_gazette_fall_once() -> None:
    assert days(rule("una volta", on=date(2026, 9, 16)), "2026-01-01", "2030-01-01") == ["2026-09-16"]
    gazette = rule("dalla Gazzetta", published_on=date(2026, 3, 5), days=120)
    assert days(gazette, "2026-01-01", "2030-01-01") == ["2026-07-03"]
    assert expand(gazette, date(2026, 7, 3), date(2026, 7, 3))[0].key == "modulo/prova/unica"


def test_29_february_is_a_deadline_of_leap_years_alone() -> None:
    assert days(rule("ogni anno", days=["02-29"]), "2026-01-01", "2033-12-31") == ["2028-02-29", "2032-02-29"]
    assert days(rule("ogni anno", days=["02-29"]), "2029-01-01", "2031-12-31") == []


def test_what_counts_from_an_event_has_no_day_of_its_own() -> None:
    assert days(rule("da un evento", event="rilascio", within=5, unit="anni"), "2000-01-01", "2050-01-01") == []


# Holidays


@pytest.mark.parametrize(
    ("day", "kept", "saturdays_too"),
    [
        ("2027-02-28", "2027-03-01", "2027-03-01"),  # Sunday
        ("2027-03-29", "2027-03-30", "2027-03-30"),  # Easter Monday
        ("2026-04-25", "2026-04-27", "2026-04-27"),  # Liberation Day, a Saturday
        ("2027-05-08", "2027-05-08", "2027-05-10"),  # a Saturday like any other
        ("2027-01-01", "2027-01-02", "2027-01-04"),
        ("2026-12-07", "2026-12-07", "2026-12-07"),  # Milan's patron saint: a working day for the nation
    ],
)
def test_a_norm_moves_a_deadline_off_sundays_and_national_holidays(day: str, kept: str, saturdays_too: str) -> None:
    for shift, expected in ((NORM, kept), ({**NORM, "saturdays": True}, saturdays_too), (None, day)):
        once = rule("una volta", on=date.fromisoformat(day), shift=shift)
        assert days(once, "2026-01-01", "2028-01-01") == [expected]


def test_the_reader_is_told_why_the_day_moved() -> None:
    february = rule("ogni anno", days=["02-28"], shift=NORM)
    moved = expand(february, date(2027, 1, 1), date(2027, 12, 31))[0]
    assert moved.why == "Il 28 febbraio 2027 è domenica: passa al 1° marzo 2027 (art. 2963 del codice civile)"
    assert (moved.key, moved.usual, moved.sequence) == ("modulo/prova/2027", date(2027, 2, 28), 0)
    december = rule("una volta", on=date(2026, 12, 8), shift=NORM)
    assert expand(december, date(2026, 12, 9), date(2026, 12, 9))[0].why.startswith(
        "L'8 dicembre 2026 è festivo (Immacolata Concezione): passa al 9 dicembre 2026"
    )


def test_a_deadline_moved_over_new_year_is_found_in_the_new_year() -> None:
    end = rule("ogni anno", days=["12-31"], shift={**NORM, "saturdays": True})  # 31 December 2028 is a Sunday
    found = expand(end, date(2029, 1, 1), date(2029, 1, 31))
    assert [(str(item.day), item.key) for item in found] == [("2029-01-02", "modulo/prova/2028")]


@pytest.mark.parametrize("monday", ["2024-04-01", "2025-04-21", "2026-04-06", "2027-03-29", "2030-04-22", "2038-04-26"])
def test_easter_monday_is_known(monday: str) -> None:
    assert holiday_name(date.fromisoformat(monday)) == "Lunedì dell'Angelo"


def test_saint_francis_is_a_national_holiday_from_2026() -> None:
    assert date(2025, 10, 4) not in national_holidays(2025)
    assert date(2026, 10, 4) in national_holidays(2026)


# Extensions and withdrawals

FIR = {
    "was": date(2026, 2, 13),
    "now": date(2026, 9, 16),
    "decided": date(2025, 12, 31),
    "act": "D.L. 200/2025, art. 13",
    "url": "https://ente.example/dl",
}


def test_an_extension_moves_its_deadline_and_tells_its_history() -> None:
    fir = rule("una volta", on=date(2026, 2, 13), extensions=[FIR])
    moved = expand(fir, date(2026, 1, 1), date(2026, 12, 31))[0]
    assert moved.day == date(2026, 9, 16)
    assert moved.key == expand(rule("una volta", on=date(2026, 2, 13)), date(2026, 1, 1), date(2026, 12, 31))[0].key
    assert moved.why == "Era il 13 febbraio 2026, spostata al 16 settembre 2026 da D.L. 200/2025, art. 13"
    assert moved.reasons[0].url == "https://ente.example/dl"
    assert (moved.certainty, moved.sequence, moved.modified) == ("prorogata", 1, date(2025, 12, 31))


def test_extensions_follow_each_other() -> None:
    again = {"was": date(2026, 9, 16), "now": date(2027, 1, 8), "decided": date(2026, 7, 30), "act": "D.L. 1/2026"}
    fir = rule("una volta", on=date(2026, 2, 13), extensions=[FIR, again])
    moved = expand(fir, date(2027, 1, 1), date(2027, 12, 31))[0]
    assert moved.day == date(2027, 1, 8)
    assert moved.why.endswith("art. 13. Poi spostata all'8 gennaio 2027 da D.L. 1/2026")
    assert (moved.sequence, moved.modified) == (2, date(2026, 7, 30))


def test_an_extension_moves_one_year_of_a_yearly_deadline() -> None:
    to_june = {"was": date(2027, 4, 30), "now": date(2027, 6, 30), "decided": date(2027, 3, 1), "act": "D.L. 2/2027"}
    yearly = rule("ogni anno", days=["04-30"], extensions=[to_june])
    assert days(yearly, "2026-01-01", "2028-12-31") == ["2026-04-30", "2027-06-30", "2028-04-30"]


@pytest.mark.parametrize("named", [date(2027, 2, 28), date(2027, 3, 1)])
def test_an_extension_may_name_the_day_before_or_after_the_holiday_moved_it(named: date) -> None:
    extension = {"was": named, "now": date(2027, 5, 2), "decided": date(2027, 2, 1), "act": "D.L. 2/2027"}
    yearly = rule("ogni anno", days=["02-28"], shift=NORM, extensions=[extension])
    assert days(yearly, "2027-01-01", "2027-12-31") == ["2027-05-03"]  # 2 May is a Sunday


def test_an_extension_of_a_day_that_the_rule_does_not_give_is_told() -> None:
    assert unmatched_extensions(rule("una volta", on=date(2026, 2, 14), extensions=[FIR])) == (0,)
    assert unmatched_extensions(rule("da un evento", event="x y", within=1, unit="mesi", extensions=[FIR])) == (0,)
    assert unmatched_extensions(rule("ogni mese", day=13, extensions=[FIR])) == ()


def test_a_day_that_was_moved_is_not_told_as_the_one_that_holds() -> None:
    moved = {"was": date(2026, 11, 9), "now": date(2026, 12, 9), "decided": date(2025, 8, 19), "act": "Rettifica"}
    said = in_words(rule("una volta", on=date(2026, 11, 9), extensions=[moved]))
    assert said == "Una volta sola, in origine il 9 novembre 2026."


def test_a_withdrawn_deadline_leaves_the_lists_and_is_kept_for_calendars() -> None:
    ended = rule("ogni anno", days=["04-30"], withdrawn={"on": date(2027, 1, 1), "why": "Abolita"})
    assert days(ended, "2026-01-01", "2028-12-31") == ["2026-04-30"]
    kept = expand(ended, date(2026, 1, 1), date(2028, 12, 31), withdrawn=True)
    assert [(item.day.year, item.withdrawn, item.sequence) for item in kept] == [
        (2026, False, 0),
        (2027, True, 1),
        (2028, True, 1),
    ]


def test_the_deadlines_of_a_withdrawn_page_are_withdrawn_from_that_day() -> None:
    gone = duty(rule("ogni mese", day=10), state="ritirata", reason="Non serve più", ended=date(2026, 6, 1))
    assert [item.day.month for item in occurrences((gone,), date(2026, 4, 1), date(2026, 12, 31))] == [4, 5]
    assert upcoming((gone,), date(2026, 6, 1)) == ()


def test_the_next_day_of_each_deadline_counts_once() -> None:
    record = duty(rule("ogni mese", day=20), rule("ogni anno", id="altra", days=["04-30"]))
    found = upcoming((record,), date(2026, 11, 23))
    assert [item.key for item in found] == ["modulo/prova/2026-12", "modulo/altra/2027"]


# What an editor is told


def problems(project: Project, *lines: str) -> list[str]:
    """What the check says of a duty with these deadlines, the first of which is on line 3 of the file."""
    front = front_matter("adempimenti", "modulo")
    rest = yaml.safe_dump(front, allow_unicode=True, sort_keys=False)
    project.write("content/adempimenti/modulo.md", "\n".join(["---", "deadlines:", *lines, rest + "---", ""]))
    return [line for line in project.problems() if ": deadlines" in line]


def test_an_extension_that_moves_nothing_is_a_problem_with_its_line(project: Project) -> None:
    assert problems(
        project,
        "  - rule: ogni anno",
        "    what: Presentare il modulo",
        '    days: ["04-30"]',
        "    extensions:",
        "      - {was: 2026-04-30, now: 2026-06-30, decided: 2026-03-01, act: D.L. 1/2026}",
        "      - was: 2026-05-30",
        "        now: 2026-07-31",
        "        decided: 2026-04-01",
        "        act: D.L. 2/2026",
    ) == [
        "content/adempimenti/modulo.md:8: deadlines[1].extensions[2].was: una proroga deve spostare un giorno che la "
        "regola dà (trovato «2026-05-30»). La regola dice: «Ogni anno entro il 30 aprile.» Correggi was, oppure la regola."
    ]


def test_rules_that_cannot_be_are_refused(project: Project) -> None:
    found = problems(
        project,
        "  - rule: ogni anno",
        "    what: Presentare il modulo",
        '    days: ["02-29"]',
        "    since: 2025",
        "    until: 2027",
        "  - rule: ogni anno",
        "    id: altra",
        "    what: Presentare il modulo",
        '    days: ["04-30"]',
        "    since: 2026",
        "    exceptions: [{year: 2025, on: 2025-05-02, why: Decreto}]",
        "  - rule: ogni anno",
        "    id: doppia",
        "    what: Presentare il modulo",
        '    days: ["04-30", "04-30"]',
    )
    assert [line.split(": ", 2)[1] for line in found] == [
        "deadlines[1].days",
        "deadlines[2].exceptions[1].year",
        "deadlines[3].days[2]",
    ]


# In words


@pytest.mark.parametrize(
    ("kind", "fields", "words"),
    [
        ("ogni anno", {"days": ["04-30"]}, "Ogni anno entro il 30 aprile."),
        ("ogni anno", {"days": ["01-01", "03-08"]}, "Ogni anno entro il 1° gennaio e l'8 marzo."),
        ("ogni anno", {"days": ["04-30"], "since": 2027}, "Ogni anno entro il 30 aprile, dal 2027."),
        ("ogni anno", {"days": ["04-30"], "until": 2030}, "Ogni anno entro il 30 aprile, fino al 2030."),
        (
            "ogni anno",
            {"days": ["04-30"], "since": 2027, "until": 2030},
            "Ogni anno entro il 30 aprile, dal 2027 al 2030.",
        ),
        ("ogni mese", {"day": 20}, "Ogni mese entro il giorno 20."),
        ("ogni mese", {"day": 30}, "Ogni mese entro il giorno 30 (o l'ultimo, nei mesi più corti)."),
        ("ogni mese", {"day": 31}, "Ogni mese entro l'ultimo giorno."),
        ("una volta", {"on": date(2026, 9, 16)}, "Una volta sola: 16 settembre 2026."),
        (
            "dalla Gazzetta",
            {"published_on": date(2026, 3, 11), "days": 120},
            "120 giorni dopo la pubblicazione in Gazzetta dell'11 marzo 2026.",
        ),
        (
            "da un evento",
            {"event": "produzione del rifiuto", "within": 10, "unit": "giorni lavorativi"},
            "Entro 10 giorni lavorativi da: produzione del rifiuto.",
        ),
        (
            "da un evento",
            {"event": "scadenza", "within": 1, "unit": "anni", "before": True, "shift": {**NORM, "saturdays": True}},
            "Almeno 1 anno prima di: scadenza. Se cade di sabato, di domenica o in una festività nazionale, si anticipa "
            "all'ultimo giorno lavorativo prima (art. 2963 del codice civile).",
        ),
    ],
)
def test_a_rule_reads_aloud(kind: str, fields: dict[str, Any], words: str) -> None:
    assert in_words(rule(kind, **fields)) == words


# Terms that count from an event


def term(case: dict[str, Any]) -> Deadline:
    return rule(
        "da un evento",
        event="evento",
        within=case["within"],
        unit=case["unit"],
        before=case.get("before", False),
        shift=SHIFTS[case.get("shift")],
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["because"])
def test_the_last_day_of_a_term(case: dict[str, Any]) -> None:
    assert after(term(case), case["event"]) == case["last"]


def test_only_terms_have_a_day_after_an_event() -> None:
    assert after(rule("ogni mese", day=20), date(2026, 1, 1)) is None
    assert after(rule("da un evento", event="evento", within=400, unit="anni"), date(9900, 1, 1)) is None


counts = st.integers(1, 400)
some_day = st.dates(date(2000, 1, 1), date(2090, 12, 31))


@WHATEVER_COMES
@given(some_day, st.integers(1, 60))
def test_working_days_are_counted_one_by_one(event: date, count: int) -> None:
    last = working_days_from(event, count)
    between = [event + number * DAY for number in range(1, (last - event).days + 1)]
    assert is_working_day(last)
    assert sum(is_working_day(day) for day in between) == count
    if is_working_day(event):
        assert working_days_from(last, -count) == event


@WHATEVER_COMES
@given(some_day, counts, st.booleans())
def test_a_term_in_months_ends_on_the_same_number_or_on_the_last_of_its_month(
    day: date, count: int, back: bool
) -> None:
    last = after(rule("da un evento", event="evento", within=count, unit="mesi", before=back), day)
    assert last is not None
    months = (last.year - day.year) * 12 + last.month - day.month
    assert months == (-count if back else count)
    assert last.day == min(day.day, monthrange(last.year, last.month)[1])


@WHATEVER_COMES
@given(some_day, st.booleans(), st.booleans())
def test_moving_off_holidays_ends_on_the_nearest_open_day(day: date, saturdays: bool, backwards: bool) -> None:
    moved = off_holidays(day, saturdays=saturdays, backwards=backwards)
    step = -1 if backwards else 1
    passed = [day + step * number * DAY for number in range(abs((moved - day).days))]
    closed = [bool(holiday_name(item)) or (saturdays and item.weekday() == 5) for item in [*passed, moved]]
    assert closed == [True] * len(passed) + [False]


# What holds for every rule, whatever the window

month_days = st.dates(date(2024, 1, 1), date(2024, 12, 31)).map(lambda day: f"{day:%m-%d}")
years = st.integers(2018, 2034)
shifts = st.sampled_from(list(SHIFTS.values()))
near = st.dates(date(2018, 1, 1), date(2034, 12, 31))


@st.composite
def yearly(draw: st.DrawFn) -> Deadline:
    fields: dict[str, Any] = {"days": draw(st.lists(month_days, min_size=1, max_size=3, unique=True))}
    bounds = sorted(draw(st.lists(years, min_size=2, max_size=2)))
    if draw(st.booleans()):
        fields["since"] = bounds[0]
    if draw(st.booleans()):
        fields["until"] = bounds[1]
    if len(fields["days"]) == 1:
        dates = draw(st.lists(near, max_size=3, unique_by=lambda day: day.year))
        first, last = fields.get("since", 0), fields.get("until", 9999)
        fields["exceptions"] = [
            {"year": day.year, "on": day, "why": "Decreto"} for day in dates if first <= day.year <= last
        ]
    return rule("ogni anno", **fields)


@st.composite
def deadlines(draw: st.DrawFn) -> Deadline:
    """A rule of any kind with a day, with a shift or without, whose extensions move days that it gives."""
    plain = draw(
        st.one_of(
            yearly(),
            st.builds(lambda day: rule("ogni mese", day=day), st.integers(1, 31)),
            st.builds(lambda day: rule("una volta", on=day), near),
            st.builds(lambda day, count: rule("dalla Gazzetta", published_on=day, days=count), near, counts),
        )
    )
    fields = plain.model_dump(exclude_none=True) | {"shift": draw(shifts)}
    extensions: list[dict[str, Any]] = []
    for _ in range(draw(st.integers(0, 2))):
        current = expand(validated(fields | {"extensions": extensions}), date(2018, 1, 1), date(2034, 12, 31))
        if current:
            was = draw(st.sampled_from(current)).day
            now = was + draw(st.integers(1, 500)) * DAY
            extensions.append({"was": was, "now": now, "decided": date(2018, 1, 1), "act": "Decreto"})
    return validated(fields | {"extensions": extensions})


def validated(fields: dict[str, Any]) -> Deadline:
    return rule(fields["rule"], **{key: value for key, value in fields.items() if key != "rule"})


windows = st.tuples(near, st.integers(0, 1200)).map(lambda pair: (pair[0], pair[0] + pair[1] * DAY))


@WHATEVER_COMES
@given(deadlines(), windows)
def test_every_occurrence_lies_in_its_window_in_order(deadline: Deadline, window: tuple[date, date]) -> None:
    found = [item.day for item in expand(deadline, *window)]
    assert found == sorted(found)
    assert all(window[0] <= day <= window[1] for day in found)


@WHATEVER_COMES
@given(deadlines(), windows, st.integers(0, 1200))
def test_a_window_split_in_two_gives_the_same(deadline: Deadline, window: tuple[date, date], place: int) -> None:
    since, until = window
    middle = min(since + place * DAY, until)
    assert {item.key: item for item in expand(deadline, since, until)} == {
        item.key: item for item in (*expand(deadline, since, middle), *expand(deadline, middle + DAY, until))
    }


@WHATEVER_COMES
@given(deadlines())
def test_a_key_belongs_to_one_occurrence(deadline: Deadline) -> None:
    keys = [item.key for item in expand(deadline, date(2010, 1, 1), date(2040, 12, 31))]
    assert len(keys) == len(set(keys))


@WHATEVER_COMES
@given(deadlines())
def test_extensions_and_holidays_move_days_but_no_key_appears_or_goes(deadline: Deadline) -> None:
    assert unmatched_extensions(deadline) == ()
    plain = validated(deadline.model_dump(exclude={"extensions", "shift"}, exclude_none=True))
    everything = date(2000, 1, 1), date(2060, 12, 31)
    moved = {item.key: item for item in expand(deadline, *everything)}
    usual = {item.key: item for item in expand(plain, *everything) if item.day < date(2050, 1, 1)}
    assert usual.keys() <= moved.keys()
    assert {key: moved[key].usual for key in usual} == {key: item.usual for key, item in usual.items()}


@WHATEVER_COMES
@given(deadlines())
def test_where_a_norm_moves_it_no_deadline_falls_on_a_holiday(deadline: Deadline) -> None:
    if deadline.shift:
        assert not any(holiday_name(item.day) for item in expand(deadline, date(2018, 1, 1), date(2036, 12, 31)))


@WHATEVER_COMES
@given(st.integers(1, 31), windows)
def test_a_monthly_deadline_falls_once_in_every_month(day: int, window: tuple[date, date]) -> None:
    first, last = window[0].replace(day=1), window[1].replace(day=monthrange(window[1].year, window[1].month)[1])
    found = expand(rule("ogni mese", day=day), first, last)
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    assert len({(item.day.year, item.day.month) for item in found}) == len(found) == months
    assert all(item.day.day == min(day, monthrange(item.day.year, item.day.month)[1]) for item in found)


@WHATEVER_COMES
@given(windows)
def test_leap_days_come_in_leap_years_alone(window: tuple[date, date]) -> None:
    found = expand(rule("ogni anno", days=["02-29"]), *window)
    assert all(isleap(item.day.year) and (item.day.month, item.day.day) == (2, 29) for item in found)


@WHATEVER_COMES
@given(windows)
def test_a_rule_that_ended_never_occurs(window: tuple[date, date]) -> None:
    assert expand(rule("ogni anno", days=["04-30"], since=1995, until=1999), *window) == ()


def test_the_ends_of_the_calendar_can_be_asked_for() -> None:
    always = rule("ogni anno", days=["12-31"], shift=NORM)
    assert len(expand(always, date.min, date(2, 1, 31))) == 1
    assert len(expand(always, date(9998, 1, 1), date.max)) == 2
