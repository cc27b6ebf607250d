"""Deadlines: rules of a duty → dated occurrences in a window of days."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from ecoteca.catalogue import Record
from ecoteca.entries.duty import AfterEvent, AfterGazette, Deadline, Duty, Monthly, Once, Yearly


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One dated deadline of a duty; `why` says where the day comes from when it is not the usual one."""

    day: date
    what: str
    certainty: str
    why: str
    record: Record


def occurrences(records: Iterable[Record], since: date, until: date) -> tuple[Occurrence, ...]:
    """Every deadline from `since` to `until`, both included, in order of day.

    Deadlines that count from an event of the company have no day of their own and are not among them.
    """
    found = [
        Occurrence(day, deadline.what, deadline.certainty, why, record)
        for record in records
        if isinstance(record.entry, Duty) and record.entry.state not in ("superata", "ritirata")
        for deadline in record.entry.deadlines
        for day, why in days(deadline, since, until)
    ]
    return tuple(sorted(found, key=lambda item: (item.day, item.record.entry.title, item.what)))


def upcoming(records: Iterable[Record], today: date, horizon: int = 365) -> tuple[Occurrence, ...]:
    """The next day of each deadline within `horizon` days from `today`: a monthly one counts once."""
    first: dict[tuple[str, str], Occurrence] = {}
    for item in occurrences(records, today, today + timedelta(days=horizon)):
        first.setdefault((item.record.entry.id, item.what), item)
    return tuple(first.values())


def days(deadline: Deadline, since: date, until: date) -> Iterator[tuple[date, str]]:
    """The days of one rule in a window, each with the reason where it is an exception."""
    for day, why in _days(deadline, since, until):
        if since <= day <= until:
            yield day, why


def _days(deadline: Deadline, since: date, until: date) -> Iterator[tuple[date, str]]:
    if isinstance(deadline, Yearly):
        exceptions = {item.year: item for item in deadline.exceptions}
        for year in range(max(since.year, deadline.since or since.year), until.year + 1):
            if year in exceptions:
                yield exceptions[year].on, exceptions[year].why
            else:
                yield from ((day, "") for text in deadline.days if (day := _day_of(year, text)) is not None)
    elif isinstance(deadline, Monthly):
        for month in range(since.year * 12 + since.month - 1, until.year * 12 + until.month):
            year, index = divmod(month, 12)
            yield date(year, index + 1, min(deadline.day, monthrange(year, index + 1)[1])), ""
    elif isinstance(deadline, Once):
        yield deadline.on, ""
    elif isinstance(deadline, AfterGazette):
        yield deadline.published_on + timedelta(days=deadline.days), ""
    else:
        assert isinstance(deadline, AfterEvent)


def _day_of(year: int, text: str) -> date | None:
    """A day MM-GG in a year; 29 February is missing in most."""
    try:
        return date.fromisoformat(f"{year}-{text}")
    except ValueError:
        return None
