"""Deadlines: rules of a duty → dated occurrences in a window of days.

An occurrence's day is made in this order: the rule's own day; the exception of its year; the extensions, oldest first;
at last the move away from a holiday, where a norm says so. Its key depends on the rule and its own day alone, so it is
the same in every window, and stays when an act moves the day.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import MINYEAR, date, timedelta

from ecoteca.catalogue import Record
from ecoteca.entries import Duty
from ecoteca.entries.deadline import AfterEvent, AfterGazette, Deadline, Extension, Monthly, Once, Yearly
from ecoteca.formats import dated, elided
from ecoteca.formats import day as written
from ecoteca.formats import month as month_name
from ecoteca.working_days import holiday_name, off_holidays


@dataclass(frozen=True, slots=True)
class Reason:
    """One step by which an occurrence came to its day; `url` is where it can be read, or empty."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One dated deadline of a duty.

    `key` never changes. `usual` is the day that the rule alone gives, `reasons` tell how it became `day`. `sequence`
    counts how often an act moved or withdrew it, `modified` is when that was last decided, or else when the page last
    changed.
    """

    key: str
    day: date
    usual: date
    what: str
    certainty: str
    reasons: tuple[Reason, ...]
    record: Record
    deadline: Deadline
    sequence: int
    modified: date
    withdrawn: bool

    @property
    def why(self) -> str:
        """Why it is not the usual day, in words; empty where it is."""
        return ". ".join(reason.text for reason in self.reasons)


@dataclass(frozen=True, slots=True)
class _Planned:
    """An occurrence on its way; `name` tells it from the others of its rule."""

    name: str
    usual: date
    day: date
    reasons: tuple[Reason, ...] = ()
    moves: int = 0
    decided: date | None = None
    extended: bool = False


def occurrences(
    records: Iterable[Record], since: date, until: date, *, withdrawn: bool = False
) -> tuple[Occurrence, ...]:
    """Every deadline from `since` to `until`, both included, in order of day; withdrawn ones only if asked for.

    A deadline is withdrawn from the day that its rule says, or from the day its page was superseded or withdrawn.
    Deadlines that count from an event of the company have no day of their own and are not among them.
    """
    found = [
        item
        for record in records
        if isinstance(record.entry, Duty)
        for deadline in record.entry.deadlines
        for item in _of_rule(record, record.entry, deadline, since, until)
        if withdrawn or not item.withdrawn
    ]
    return tuple(sorted(found, key=lambda item: (item.day, item.record.entry.title, item.what, item.key)))


def upcoming(records: Iterable[Record], today: date, horizon: int = 365) -> tuple[Occurrence, ...]:
    """The next day of each deadline within `horizon` days from `today`: a monthly one counts once."""
    first: dict[tuple[str, str], Occurrence] = {}
    for item in occurrences(records, today, today + timedelta(days=horizon)):
        first.setdefault((item.record.entry.id, item.deadline.id), item)
    return tuple(first.values())


@dataclass(frozen=True, slots=True)
class Move:
    """One decision by which an occurrence of a rule changed its day; `name` tells it from the rule's other ones.

    `decided` is None where it is not known when that was.
    """

    name: str
    was: date
    now: date
    decided: date | None
    why: str


def moves(deadline: Deadline) -> Iterator[Move]:
    """Everything that acts did to the days of a rule: the exceptions of single years, then the extensions."""
    if isinstance(deadline, Yearly):
        for item in deadline.exceptions:
            usual = _day_of(item.year, deadline.days[0])
            if usual is not None and usual != item.on:
                yield Move(f"anno-{item.year}", usual, item.on, item.decided, item.why)
    for extension in deadline.extensions:
        name = f"proroga-{extension.was}"
        yield Move(name, extension.was, extension.now, extension.decided, extension.act)


def unmatched_extensions(deadline: Deadline) -> tuple[int, ...]:
    """The places of extensions that find no day of the rule to move."""
    _, unmatched = _extended(deadline, list(_planned(deadline, _extension_years(deadline))))
    return unmatched


def in_words(deadline: Deadline) -> str:
    """The rule as a sentence in Italian."""
    if isinstance(deadline, Yearly):
        days = _listed([_each_year(text) for text in deadline.days])
        years = f", dal {deadline.since}" if deadline.since else ""
        if deadline.until:
            years += f" al {deadline.until}" if years else f", fino al {deadline.until}"
        leap = " (solo negli anni bisestili il 29 febbraio)" if "02-29" in deadline.days else ""
        text = f"Ogni anno entro {days}{leap}{years}"
    elif isinstance(deadline, Monthly):
        shorter = " (o l'ultimo, nei mesi più corti)" if deadline.day in (29, 30) else ""
        text = "Ogni mese entro " + ("l'ultimo giorno" if deadline.day == 31 else f"il giorno {deadline.day}{shorter}")
    elif isinstance(deadline, Once):
        day = written(deadline.on)  # what became of it, if it was moved, is told by the reasons beside these words
        text = (
            f"Una volta sola, in origine {dated('il', deadline.on)}"
            if deadline.extensions
            else f"Una volta sola: {day}"
        )
    elif isinstance(deadline, AfterGazette):
        days = "1 giorno" if deadline.days == 1 else f"{deadline.days} giorni"
        text = f"{days} dopo la pubblicazione in Gazzetta {dated('del', deadline.published_on)}"
    else:
        span = f"{deadline.within} {_SINGULAR[deadline.unit] if deadline.within == 1 else deadline.unit}"
        text = f"Almeno {span} prima di: " if deadline.before else f"Entro {span} da: "
        text += deadline.event
    return f"{text}.{_shift_in_words(deadline)}"


def _of_rule(record: Record, entry: Duty, deadline: Deadline, since: date, until: date) -> Iterator[Occurrence]:
    """The occurrences of one rule in a window."""
    # From a year before, because a holiday can move the last day of December into the window.
    years = {*range(max(MINYEAR, since.year - 1), until.year + 1), *_extension_years(deadline)}
    planned, _ = _extended(deadline, list(_planned(deadline, years)))
    ends = [deadline.withdrawn.on] if deadline.withdrawn else []
    if entry.ended:
        ends.append(entry.ended)
    for item in planned:
        day, reasons = _off_holidays(deadline, item.day)
        if not since <= day <= until:
            continue
        withdrawn = any(end <= day for end in ends)
        yield Occurrence(
            key=f"{entry.id}/{deadline.id}/{item.name}",
            day=day,
            usual=item.usual,
            what=deadline.what,
            certainty="prorogata" if item.extended else "certa" if item.moves else deadline.certainty,
            reasons=(*item.reasons, *reasons),
            record=record,
            deadline=deadline,
            sequence=item.moves + withdrawn,
            modified=entry.ended if withdrawn and entry.ended else _known_since(entry, deadline, item),
            withdrawn=withdrawn,
        )


def _known_since(entry: Duty, deadline: Deadline, item: _Planned) -> date:
    """When an occurrence last changed: when it was withdrawn or moved, else when the page did."""
    if deadline.withdrawn:
        return max(entry.modified, deadline.withdrawn.on)
    return item.decided or entry.modified


def _planned(deadline: Deadline, years: Iterable[int]) -> Iterator[_Planned]:
    """What a rule and its exceptions give in some years; a rule without a year of its own gives its day always."""
    if isinstance(deadline, Yearly):
        exceptions = {item.year: item for item in deadline.exceptions}
        for year in years:
            if year < (deadline.since or year) or year > (deadline.until or year):
                continue
            days = [(text, day) for text in deadline.days if (day := _day_of(year, text)) is not None]
            exception = exceptions.get(year)
            if exception is not None:
                usual = days[0][1] if days else exception.on
                reasons = (Reason(exception.why, exception.url or ""),)
                yield _Planned(str(year), usual, exception.on, reasons, 1, exception.decided)
                continue
            for text, day in days:
                yield _Planned(str(year) if len(deadline.days) == 1 else f"{year}-{text}", day, day)
    elif isinstance(deadline, Monthly):
        for year in years:
            for month in range(1, 13):
                day = date(year, month, min(deadline.day, monthrange(year, month)[1]))
                yield _Planned(f"{year}-{month:02}", day, day)
    elif isinstance(deadline, Once):
        yield _Planned("unica", deadline.on, deadline.on)
    elif isinstance(deadline, AfterGazette):
        day = deadline.published_on + timedelta(days=deadline.days)
        yield _Planned("unica", day, day)


def _day_of(year: int, text: str) -> date | None:
    """A day MM-GG in a year; 29 February is missing in most."""
    try:
        return date(year, int(text[:2]), int(text[3:]))
    except ValueError:
        return None


def _extension_years(deadline: Deadline) -> set[int]:
    """The years whose days an extension may name: its own, and the one before, whose last day a holiday can move."""
    return {year for extension in deadline.extensions for year in (extension.was.year - 1, extension.was.year)}


def _extended(deadline: Deadline, planned: list[_Planned]) -> tuple[list[_Planned], tuple[int, ...]]:
    """The occurrences after all extensions, and the places of those that found none to move.

    An extension names the day as it stood: the one written in the act, or the one to which a holiday had moved it.
    """
    unmatched: list[int] = []
    for position, extension in enumerate(deadline.extensions):
        places = [place for place, item in enumerate(planned) if item.day == extension.was] or [
            place for place, item in enumerate(planned) if _off_holidays(deadline, item.day)[0] == extension.was
        ]
        for place in places:
            planned[place] = _moved(planned[place], extension)
        if not places:
            unmatched.append(position)
    return planned, tuple(unmatched)


def _moved(item: _Planned, extension: Extension) -> _Planned:
    first = "Poi spostata" if item.extended else f"Era {dated('il', extension.was)}, spostata"
    reason = Reason(f"{first} {dated('al', extension.now)} da {extension.act}", extension.url or "")
    decided = max(extension.decided, item.decided or extension.decided)
    return replace(
        item,
        day=extension.now,
        reasons=(*item.reasons, reason),
        moves=item.moves + 1,
        decided=decided,
        extended=True,
    )


def _off_holidays(deadline: Deadline, day: date) -> tuple[date, tuple[Reason, ...]]:
    """The day, moved where the rule's norm moves it, with the reason."""
    if deadline.shift is None:
        return day, ()
    moved = off_holidays(day, saturdays=deadline.shift.saturdays)
    if moved == day:
        return day, ()
    name = holiday_name(day) or "sabato"
    what = name if name in ("domenica", "sabato") else f"festivo ({name})"
    text = f"{dated('il', day)} è {what}: passa {dated('al', moved)} ({deadline.shift.norm})"
    return moved, (Reason(text[0].upper() + text[1:], ""),)


_SINGULAR = {
    "ore": "ora",
    "giorni": "giorno",
    "giorni lavorativi": "giorno lavorativo",
    "mesi": "mese",
    "anni": "anno",
}


def _shift_in_words(deadline: Deadline) -> str:
    if deadline.shift is None:
        return ""
    saturdays = deadline.shift.saturdays
    days, kind = ("di sabato, di domenica", "lavorativo") if saturdays else ("di domenica", "non festivo")
    back = isinstance(deadline, AfterEvent) and deadline.before
    where = f"si anticipa all'ultimo giorno {kind} prima" if back else f"passa al primo giorno {kind} dopo"
    return f" Se cade {days} o in una festività nazionale, {where} ({deadline.shift.norm})."


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} e {parts[-1]}"


def _each_year(text: str) -> str:
    """A day MM-GG: «il 30 aprile», «l'8 marzo», «il 1° gennaio»."""
    month, day = int(text[:2]), int(text[3:])
    return f"{elided('il', day)}{'1°' if day == 1 else day} {month_name(month)}"
