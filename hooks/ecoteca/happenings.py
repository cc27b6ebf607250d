"""What calendars show: deadlines, openings and closings of calls, events; each with a permanent name and a history.

Nothing here depends on the day of the build but which things are told at all: what is said of one is the same every
day, until its entry changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ecoteca.catalogue import Record
from ecoteca.deadlines import Occurrence, in_words, occurrences
from ecoteca.entries import Call, Entry, Event
from ecoteca.entries.call import Moment, Phase, day_of, phase_names
from ecoteca.entries.deadline import Monthly
from ecoteca.formats import dated, one_line
from ecoteca.trust import trust_of

PAST, FUTURE = timedelta(days=366), timedelta(days=731)
"""How far calendars look around the day of the build.

Two years ahead is as far as companies plan and as rules can be believed. One year back, because a calendar that is
subscribed to is replaced as a whole: what was moved or withdrawn must stay long enough to reach every subscriber, and
what has passed should not vanish at once.
"""

MONTH, WEEK = 30, 7
"""Days before a thing on which its reminders come."""


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing in a calendar.

    `key` is made from the entry's id and never from a title, an address or a day. A moment's hour is that of Rome;
    `ends` is None where `starts` says all. `details` are the lines that tell the rest. `sequence` grows with every
    change that its readers must know of, `modified` is the day of the last change of anything said here. `reminders`
    are days before `starts`.
    """

    key: str
    record: Record
    title: str
    details: tuple[str, ...]
    starts: Moment
    ends: Moment | None
    place: str
    sequence: int
    modified: date
    expected: bool
    cancelled: bool
    reminders: tuple[int, ...]

    @property
    def day(self) -> date:
        """The day on which it begins."""
        return day_of(self.starts)


def deadlines(records: Iterable[Record], today: date) -> tuple[Happening, ...]:
    """The deadlines of duties around `today`; a withdrawn one is told for a year and then left out."""
    since, until = today - PAST, today + FUTURE
    found = occurrences(records, since, until, withdrawn=True)
    return _in_order(deadline(item) for item in found if not item.withdrawn or item.modified >= since)


def calls(records: Iterable[Record], today: date) -> tuple[Happening, ...]:
    """The openings and closings of calls around `today`."""
    return _around(
        today, (item for record in records if isinstance(record.entry, Call) for item in _of_call(record, record.entry))
    )


def events(records: Iterable[Record], today: date) -> tuple[Happening, ...]:
    """The events around `today`."""
    return _around(today, (_of_event(record, record.entry) for record in records if isinstance(record.entry, Event)))


def deadline(item: Occurrence) -> Happening:
    """A deadline's occurrence as calendars show it."""
    entry, rule = item.record.entry, item.deadline
    details = [entry.title]
    if item.withdrawn:
        details.append(f"Non vale più: {_why_withdrawn(item)}")
    if rule.concerns:
        details.append(f"Riguarda: {rule.concerns}")
    if item.certainty == "attesa":
        details.append("La data è attesa, non ancora certa.")
    details += [
        "",
        "Perché questo giorno:",
        in_words(rule),
        *(reason.text for reason in item.reasons),
        "",
        *_trust(entry),
    ]
    return Happening(
        key=item.key,
        record=item.record,
        title=_title(f"{item.what} (data attesa)" if item.certainty == "attesa" else item.what, item.withdrawn),
        details=tuple(details),
        starts=item.day,
        ends=None,
        place="",
        sequence=item.sequence + _told_changes(entry),
        modified=_last_change(entry, item.modified),
        expected=item.certainty == "attesa",
        cancelled=item.withdrawn,
        # A month before each monthly deadline is the day of the one before: one reminder is enough.
        reminders=(WEEK,) if isinstance(rule, Monthly) else (MONTH, WEEK),
    )


def _of_call(record: Record, call: Call) -> Iterator[Happening]:
    for name, phase in zip(phase_names(call.phases), call.phases, strict=True):
        yield _turn(record, call, phase, f"{name}/apertura", "Apertura", phase.opens)
        if phase.closes is not None:
            yield _turn(record, call, phase, f"{name}/chiusura", "Chiusura", phase.closes)


def _turn(record: Record, call: Call, phase: Phase, name: str, what: str, when: Moment) -> Happening:
    """The opening or closing of a phase."""
    cancelled = not record.current
    closes = f"Chiude {dated('il', phase.closes)}." if phase.closes else "Resta aperta finché ci sono fondi."
    details = [phase.name, f"Apre {dated('il', phase.opens)}. {closes}"]
    if phase.first_closing:
        details.append(f"La chiusura era fissata per {dated('il', phase.first_closing)}.")
    moved = phase.first_closing is not None and what == "Chiusura"
    details += [*filter(None, (phase.note,)), f"Ente: {call.body}", *_end(record), "", *_trust(call)]
    return Happening(
        key=f"{call.id}/{name}",
        record=record,
        title=_title(f"{what}: {call.title} ({phase.name})", cancelled),
        details=tuple(details),
        starts=when,
        ends=None,
        place="",
        sequence=moved + cancelled + _told_changes(call),
        modified=_last_change(call),
        expected=False,
        cancelled=cancelled,
        reminders=(MONTH, WEEK),
    )


def _of_event(record: Record, event: Event) -> Happening:
    cancelled = not record.current
    hours = f"Inizia {dated('il', event.starts)}"
    hours += f", finisce {dated('il', event.ends)}." if event.ends else "."
    details = [event.summary, "", hours, f"Organizza: {event.organiser}"]
    if event.signup_url:
        details.append(f"Iscrizione: {event.signup_url}")
    if event.online_url:
        details.append(f"Collegamento: {event.online_url}")
    return Happening(
        key=f"{event.id}/incontro",
        record=record,
        title=_title(event.title, cancelled),
        details=(*details, *_end(record), "", *_trust(event)),
        starts=event.starts,
        ends=event.ends,
        place=event.venue or ("A distanza" if event.online else ""),
        sequence=cancelled + _told_changes(event),
        modified=_last_change(event),
        expected=False,
        cancelled=cancelled,
        reminders=(MONTH, WEEK),
    )


def _around(today: date, found: Iterable[Happening]) -> tuple[Happening, ...]:
    return _in_order(item for item in found if today - PAST <= item.day <= today + FUTURE)


def _in_order(found: Iterable[Happening]) -> tuple[Happening, ...]:
    """By moment, those without an hour first, then by name."""

    def place(item: Happening) -> tuple[datetime, str]:
        start = item.starts
        return start if isinstance(start, datetime) else datetime(start.year, start.month, start.day), item.key

    return tuple(sorted(found, key=place))


def _title(text: str, cancelled: bool) -> str:
    """The title, which says by itself what is cancelled: not every calendar shows it."""
    return f"Non vale più: {text}" if cancelled else text


def _why_withdrawn(item: Occurrence) -> str:
    withdrawal = item.deadline.withdrawn
    return withdrawal.why if withdrawal and withdrawal.on <= item.day else one_line(item.record.entry.reason)


def _end(record: Record) -> tuple[str, ...]:
    """Why an entry's dates no longer hold, where that is so."""
    return () if record.current else (f"Non vale più: {one_line(record.entry.reason)}",)


def _trust(entry: Entry) -> tuple[str, ...]:
    """The state of the page's check, in words that stay true as days pass."""
    trust = trust_of(entry, entry.modified)  # the day matters only for what is not told here
    if trust.checked_on is None:
        never = "Nessuno ha ancora confrontato questa pagina con il testo ufficiale."
        return never, f"La prima verifica è prevista entro {dated('il', trust.due)}."
    checked = f"Confrontata con il testo ufficiale {dated('il', trust.checked_on)} ({trust.checked_by})."
    return checked, f"Prossima verifica entro {dated('il', trust.due)}."


def _told_changes(entry: Entry) -> int:
    """How many changes its readers were told of: a number that only grows as an entry is edited."""
    return sum(change.major for change in entry.changes)


def _last_change(entry: Entry, decided: date | None = None) -> date:
    """The last day on which anything changed that a calendar says: in the page, by a decision, by a check."""
    checked = entry.checked.on if entry.checked else None
    return max(day for day in (entry.modified, decided, checked) if day is not None)
