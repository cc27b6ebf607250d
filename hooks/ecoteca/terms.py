"""Terms that count from an event which only the company knows: a day in, the last day out.

`docs/assets/js/deadlines.js` does the same for the calculators; tests/data/after_event.yaml holds both to it.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from ecoteca.entries.deadline import AfterEvent, Deadline
from ecoteca.working_days import off_holidays, working_days_from


def after(deadline: Deadline, event: date) -> date | None:
    """The last day of a term that counts from `event`, or the latest day before it for a term that counts back.

    The day of the event does not count. A month or year ends on the day of the same number, or on the month's last
    (art. 2963 of the civil code). Hours are taken for whole days on the safe side, because a day is all that is known.
    None for any other rule, and where the calendar ends.
    """
    if not isinstance(deadline, AfterEvent):
        return None
    count = -deadline.within if deadline.before else deadline.within
    try:
        day = _counted(event, count, deadline.unit)
        if deadline.shift:
            day = off_holidays(day, saturdays=deadline.shift.saturdays, backwards=deadline.before)
    except (OverflowError, ValueError):
        return None
    return day


def _counted(day: date, count: int, unit: str) -> date:
    if unit == "giorni lavorativi":
        return working_days_from(day, count)
    if unit == "mesi":
        return _months_from(day, count)
    if unit == "anni":
        return _months_from(day, 12 * count)
    return day + timedelta(days=count // 24 if unit == "ore" else count)


def _months_from(day: date, count: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
