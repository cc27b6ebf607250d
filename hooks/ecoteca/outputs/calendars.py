"""Happenings → iCalendar files to subscribe to (RFC 5545, with the names and the refresh of RFC 7986), by icalendar.

A file's bytes depend on the entries and on which happenings are near the day of the build, never on the moment at which
it is made: DTSTAMP and LAST-MODIFIED are the day of the last change, SEQUENCE counts changes, the UID is the
happening's key. What moves keeps its UID; what no longer holds is CANCELLED. Calendars are read without METHOD, as
subscriptions are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from icalendar import (
    Alarm,
    Calendar,
    Component,
    Event,
    Timezone,
    TimezoneDaylight,
    TimezoneStandard,
    vDuration,
    vText,
)

from ecoteca.catalogue import Catalogue, Record
from ecoteca.deadlines import Occurrence
from ecoteca.entries import Duty
from ecoteca.entries.call import day_of
from ecoteca.entries.deadline import AfterEvent
from ecoteca.happenings import MONTH, Happening, calls, deadline, deadlines, events
from ecoteca.news import MORNING, ROME
from ecoteca.settings import Settings
from ecoteca.vocabularies import Vocabularies

DEADLINES = "calendario/scadenze.ics"
CALLS = "calendario/bandi.ics"
EVENTS = "calendario/eventi.ics"
"""Addresses below the portal's root; once published they answer for ever, with or without anything to show."""

REFRESH = timedelta(hours=12)
"""How often a subscriber's program is asked to look again."""

EMPLOYEES = "addetti-"
"""How the words begin that tell a size by employees; the others tell it by the European classes of companies."""

Group = Literal["portale", "temi", "per", "adempimenti"]

_PRODUCT = "-//Ecoteca//Calendari//IT"
_DAY = timedelta(days=1)
_END = "END:VCALENDAR\r\n"
# Control characters, and what many parsers take for the end of a line though RFC 5545 does not.
_UNFIT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Subscription:
    """One calendar. `address` is below the portal's root; `label` names it among those of its group."""

    address: str
    name: str
    label: str
    group: Group
    happenings: tuple[Happening, ...]


def theme_calendar(theme: str) -> str:
    """The address of a theme's calendar."""
    return f"calendario/temi/{theme}.ics"


def subject_calendar(word: str) -> str:
    """The address of the calendar for a kind of reader or a size of company."""
    return f"calendario/per/{word}.ics"


def duty_calendar(record: Record) -> str | None:
    """The address of a duty's own calendar; None for what has no dated deadline.

    It is made from the entry's id, so that it answers under the same address when the page is renamed.
    """
    entry = record.entry
    if isinstance(entry, Duty) and any(not isinstance(rule, AfterEvent) for rule in entry.deadlines):
        return f"calendario/adempimenti/{entry.id}.ics"
    return None


def subscriptions(catalogue: Catalogue, settings: Settings, today: date) -> tuple[Subscription, ...]:
    """Every calendar of the portal with what it shows on `today`, in the order in which readers see them."""
    duties, words = catalogue.of(Duty), catalogue.vocabularies
    found = deadlines(duties, today)
    of_duty: dict[str, list[Happening]] = {}
    for item in found:
        of_duty.setdefault(item.record.entry.id, []).append(item)
    name = settings.name

    def concerning(records: Iterable[Record]) -> tuple[Happening, ...]:
        wanted = {record.entry.id for record in records}
        return tuple(item for item in found if item.record.entry.id in wanted)

    made = [
        Subscription(DEADLINES, f"{name}: tutte le scadenze", "Tutte le scadenze", "portale", found),
        Subscription(CALLS, f"{name}: bandi", "Bandi: aperture e chiusure", "portale", calls(catalogue.records, today)),
        Subscription(EVENTS, f"{name}: eventi", "Eventi", "portale", events(catalogue.records, today)),
    ]
    for key, theme in words.themes.items():
        under = {key, *(other for other, word in words.themes.items() if word.parent == key)}
        items = concerning(record for record in duties if under.intersection(record.entry.themes))
        made.append(Subscription(theme_calendar(key), f"{name} – scadenze: {theme.name}", theme.name, "temi", items))
    for vocabulary, concerns in (("destinatari", _is_for), ("dimensioni", _is_for_size)):
        for key, word in words.words(vocabulary).items():
            items = concerning(record for record in duties if concerns(record, key))
            made.append(
                Subscription(subject_calendar(key), f"{name} – scadenze per: {word.name}", word.name, "per", items)
            )
    for record in duties:
        address, title = duty_calendar(record), record.entry.title
        if address:
            items = tuple(of_duty.get(record.entry.id, ()))
            made.append(Subscription(address, f"{name} – scadenze: {title}", title, "adempimenti", items))
    return tuple(made)


def calendar_files(catalogue: Catalogue, settings: Settings, today: date) -> dict[str, bytes]:
    """Every calendar by its address below the portal's root."""
    texts: dict[str, str] = {}  # a deadline stands in a dozen calendars: it is written once
    files = {}
    for calendar in subscriptions(catalogue, settings, today):
        for item in calendar.happenings:
            if item.key not in texts:
                texts[item.key] = _event(item, settings, catalogue.vocabularies)
        files[calendar.address] = _file(calendar, texts, settings)
    return files


def event_text(occurrence: Occurrence, settings: Settings, vocabularies: Vocabularies) -> str:
    """One deadline as a VEVENT, to be put between `HEAD` and `FOOT`."""
    return _event(deadline(occurrence), settings, vocabularies)


def _is_for(record: Record, word: str) -> bool:
    """Whether a page addresses a kind of reader; one that names none addresses companies in general."""
    return word in (record.entry.audience or ("impresa",))


def _is_for_size(record: Record, word: str) -> bool:
    """Whether a page holds for a size: it names it, or names none of the same scale."""
    same_scale = [size for size in record.entry.sizes if size.startswith(EMPLOYEES) == word.startswith(EMPLOYEES)]
    return not same_scale or word in same_scale


def _file(calendar: Subscription, texts: Mapping[str, str], settings: Settings) -> bytes:
    made = _bare()
    made.add("name", vText(_plain(calendar.name)))
    made.add("x-wr-calname", vText(_plain(calendar.name)))
    made.add("url", settings.absolute("calendari/"))
    made.add("source", settings.absolute(calendar.address), {"VALUE": "URI"})
    made.add("refresh-interval", REFRESH, {"VALUE": "DURATION"})
    made.add("x-published-ttl", vDuration(REFRESH))
    # Without any component a calendar would break the grammar, and some programs refuse it.
    if not calendar.happenings or any(isinstance(item.starts, datetime) for item in calendar.happenings):
        made.add_component(_rome())
    head = _text(made).removesuffix(_END)
    return "".join((head, *(texts[item.key] for item in calendar.happenings), _END)).encode()


def _event(item: Happening, settings: Settings, vocabularies: Vocabularies) -> str:
    entry, event = item.record.entry, Event()
    page = settings.absolute(item.record.url)
    stamp = datetime.combine(item.modified, MORNING, ROME).astimezone(UTC)
    event.add("uid", f"{item.key}@{settings.authority.split(',')[0]}")
    event.add("dtstamp", stamp)
    event.add("last-modified", stamp)
    event.add("sequence", item.sequence)
    _add_span(event, item)
    event.add("summary", _plain(item.title))
    event.add("description", _plain("\n".join((*item.details, "", f"La pagina: {page}"))))
    if item.place:
        event.add("location", _plain(item.place))
    event.add("url", page)
    event.add("categories", [_plain(vocabularies.name("temi", theme)) for theme in entry.themes])
    event.add("status", "CANCELLED" if item.cancelled else "TENTATIVE" if item.expected else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    if not item.cancelled:
        for days in item.reminders:
            event.add_component(_alarm(item, days))
    return _text(event)


def _add_span(event: Event, item: Happening) -> None:
    """The event's time. It has hours only where both its ends have them; a moment alone needs no end (RFC 5545, 3.6.1)."""
    starts, ends = item.starts, item.ends
    if isinstance(starts, datetime) and (ends is None or isinstance(ends, datetime)):
        event.add("dtstart", starts.replace(tzinfo=ROME))
        if ends is not None:
            event.add("dtend", ends.replace(tzinfo=ROME))
    else:
        event.add("dtstart", item.day)
        event.add("dtend", (day_of(ends) if ends else item.day) + _DAY)  # the end of whole days is not part of them


def _alarm(item: Happening, days: int) -> Alarm:
    """A reminder some days before: at the same hour or, for whole days, in the morning rather than at midnight."""
    whole = not isinstance(item.starts, datetime) or (item.ends is not None and not isinstance(item.ends, datetime))
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _plain(f"Tra {'un mese' if days == MONTH else 'una settimana'}: {item.title}"))
    alarm.add("trigger", timedelta(days=-days, hours=MORNING.hour if whole else 0))
    return alarm


def _rome() -> Timezone:
    """Europe/Rome by the rule that has held in the whole European Union since 1996 (today directive 2000/84/EC)."""
    zone = Timezone()
    zone.add("tzid", "Europe/Rome")
    summer, winter = timedelta(hours=2), timedelta(hours=1)
    for kind, name, since, month, before, after in (
        (TimezoneDaylight, "CEST", datetime(1996, 3, 31, 2), 3, winter, summer),
        (TimezoneStandard, "CET", datetime(1996, 10, 27, 3), 10, summer, winter),
    ):
        part = kind()
        part.add("tzname", name)
        part.add("dtstart", since)
        part.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1su"})
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after)
        zone.add_component(part)
    return zone


def _bare() -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    return calendar


def _text(component: Component) -> str:
    return str(component.to_ical(), "utf-8")


def _plain(text: str) -> str:
    """Text without what cannot stand in a calendar; the library escapes commas, semicolons and ends of line."""
    return _UNFIT.sub(" ", text)


HEAD, FOOT = _text(_bare()).removesuffix(_END), _END
"""What comes before and after the events of a calendar without hours that somebody else puts together."""
