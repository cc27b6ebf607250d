"""News: what happened, dated, each item under a name that never changes; the one source of feeds and newsletter.

What happened is told by the entries alone: that one was published, changed, corrected or withdrawn; that an act moved a
deadline; that something came to pass on a day which an entry names (an act begins to apply, a call closes). So nobody
has to write the same thing twice, and a day that is still to come makes its news by itself when it comes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Literal
from zlib import crc32
from zoneinfo import ZoneInfo

from ecoteca.catalogue import Catalogue, Record
from ecoteca.deadlines import moves
from ecoteca.entries import ENTRY_TYPES, Act, Call, Duty, Event, GreenCriteria, Issue, Term
from ecoteca.entries.act import Application
from ecoteca.entries.call import day_of, phase_names
from ecoteca.formats import dated, one_line
from ecoteca.status import call_status

ROME = ZoneInfo("Europe/Rome")

MORNING = time(9, 0)
"""When a day begins for people: the offices' opening."""

NIGHT, SPREAD = time(3), timedelta(hours=1)
"""From when, and over which time, the news of a day is spread. Entries date by day only, and programs that ask for what is
newer than the last item they saw lose all others of the same moment. At night, so that hardly a build finds it in the future;
but not so early that programs that reckon in UTC would show the day before."""

MEMORY = timedelta(days=366)
"""How long before its page came out a thing may have happened and still be news: before that the page itself tells it."""

SHORT = 60
"""How long words may be that say in a title whom a deadline concerns; longer ones stand in the text alone."""

Kind = Literal[
    "scheda", "modifica", "rettifica", "fatto", "scadenza", "norma", "apertura", "chiusura", "materiali", "fine"
]
"""What happened: a new page, a change of it, a mistake mended, a development, a moved deadline, a turn of the law, a call
that opens or closes, what remains of an event, a page that no longer holds."""


_BY_ITSELF = ("norma", "apertura", "chiusura")
"""What comes with its day, without anybody writing it."""


@dataclass(frozen=True, slots=True)
class NewsItem:
    """One piece of news.

    `name` is made from the entry's id and what happened, never from an address, a position or a time of ours. `title`
    says what happened, `text` what it is about. `when` is the moment of the news, `updated` that of the last change of
    what it tells.
    """

    name: str
    kind: Kind
    when: datetime
    updated: datetime
    title: str
    text: str
    record: Record

    @property
    def day(self) -> date:
        """The day on which it happened."""
        return self.when.date()

    @property
    def appeared(self) -> date:
        """The day on which readers of the portal could first see it: not before its page."""
        return max(self.day, self.record.entry.published)

    @property
    def quiet(self) -> bool:
        """Whether it is for those alone who ask for just this: terms of the glossary come by the dozen."""
        return isinstance(self.record.entry, Term)


def news(catalogue: Catalogue, today: date) -> tuple[NewsItem, ...]:
    """Everything up to `today`, the newest day first and, of one day, in the portal's order of types."""
    order = {kind: number for number, kind in enumerate(ENTRY_TYPES)}
    found = [
        item
        for record in catalogue.records
        for source in _SOURCES
        for item in source(record, catalogue)
        if record.entry.published - MEMORY <= item.day <= today and _stands(item)
    ]

    def place(item: NewsItem) -> tuple[int, int, int, str]:
        entry = item.record.entry
        number = entry.number if isinstance(entry, Issue) else 0
        return -item.day.toordinal(), order[type(entry)], -number, item.name

    return tuple(sorted(found, key=place))


def _stands(item: NewsItem) -> bool:
    """Whether it comes to pass at all: a call that was withdrawn does not open on its day."""
    ended = item.record.entry.ended
    return ended is None or item.kind not in _BY_ITSELF or item.day < ended


def _item(record: Record, name: str, kind: Kind, when: date | datetime, title: str, text: str) -> NewsItem:
    """News of an entry; `name` is what follows the entry's id."""
    full = f"{record.entry.id}/{name}"
    moment = moment_of(full, when)
    return NewsItem(full, kind, moment, moment, title, text, record)


def moment_of(name: str, when: date | datetime) -> datetime:
    """A moment as it is, at Rome's hour; of a day a moment that depends on the news' name alone."""
    if isinstance(when, datetime):
        return when.replace(tzinfo=ROME)
    return datetime.combine(when, NIGHT, ROME) + timedelta(microseconds=crc32(name.encode())) % SPREAD


def _publication(record: Record, catalogue: Catalogue) -> Iterator[NewsItem]:
    """A new page, whose item carries the page itself and so is updated with it."""
    entry = record.entry
    if isinstance(entry, Issue):
        title = entry.title
    elif isinstance(entry, Event) and entry.published <= day_of(entry.starts):
        title = f"In programma {dated('il', entry.starts)}: {_named(entry.title)}"
    elif isinstance(entry, Call) and call_status(entry, entry.published).label == "Chiuso":
        title = f"Nuova scheda su un bando chiuso: {_named(entry.title)}"
    else:
        title = f"{entry.announced}: {_named(entry.title)}"
    published, modified = moment_of(entry.id, entry.published), moment_of(entry.id, entry.modified)
    yield NewsItem(entry.id, "scheda", published, modified, title, entry.summary, record)


def _changes(record: Record, catalogue: Catalogue) -> Iterator[NewsItem]:
    """Changes that readers must know of; the note is the title."""
    for change in record.entry.changes:
        if change.told:
            name = f"{change.date}/{change.id}" if change.id else str(change.date)
            kind: Kind = "rettifica" if change.correction else "modifica"
            title = f"Rettifica: {_title(change.note)}" if change.correction else _title(change.note)
            yield _item(record, name, kind, change.date, title, record.entry.summary)


def _developments(record: Record, catalogue: Catalogue) -> Iterator[NewsItem]:
    for item in record.entry.developments:
        name = f"fatto-{item.on}/{item.id}" if item.id else f"fatto-{item.on}"
        yield _item(record, name, "fatto", item.on, _title(item.note), item.text or record.entry.summary)


def _ending(record: Record, catalogue: Catalogue) -> Iterator[NewsItem]:
    """A page that was published and no longer holds; one that came out as history is told by its publication."""
    entry = record.entry
    if entry.ended and entry.ended > entry.published:
        word, name = ("Superata", "superata") if entry.state == "superata" else ("Ritirata", "ritirata")
        successor = catalogue.by_id.get(entry.succeeded_by or "")
        text = one_line(entry.reason) + (f" Al suo posto: {successor.entry.title}." if successor else "")
        yield _item(record, name, "fine", entry.ended, f"{word}: {_named(entry.title)}", text)


def _moved_deadlines(record: Record, catalogue: Catalogue) -> Iterator[NewsItem]:
    """Deadlines that an act moved, on the day on which it was decided, where that is known."""
    for deadline in record.entry.deadlines if isinstance(record.entry, Duty) else ():
        for move in moves(deadline):
            if move.decided is not None:
                verb = "Prorogato" if move.now > move.was else "Anticipato"
                whose = deadline.concerns or ""
                briefly = f" ({whose})" if 0 < len(whose) <= SHORT else ""
                title = f"{verb} {dated('al', move.now)} il termine per {_lower(deadline.what)}{briefly}"
                concerns = f" Riguarda: {whose}." if whose else ""
                text = f"Era {dated('il', move.was)}. {_sentence(move.why)}{concerns}"
                yield _item(record, f"{deadline.id}/{move.name}", "scadenza", move.decided, title, text)
        if deadline.withdrawn:
            title = f"Non vale più il termine per {_lower(deadline.what)}"
            text = _sentence(deadline.withdrawn.why)
            yield _item(record, f"{deadline.id}/ritirata", "scadenza", deadline.withdrawn.on, title, text)


def _law(record: Record, catalogue: Catalogue) -> Iterator[NewsItem]:
    """The days on which an act, or the criteria of a decree, begin or cease to hold."""
    entry = record.entry
    if isinstance(entry, Act | GreenCriteria) and entry.in_force:
        title = f"In vigore {dated('dal', entry.in_force)}: {_named(entry.title)}"
        yield _item(record, "in-vigore", "norma", entry.in_force, title, entry.summary)
    if not isinstance(entry, Act):
        return
    for day, parts in groupby(sorted(entry.applies, key=lambda item: item.on), lambda item: item.on):
        if day != entry.in_force:
            title, text = f"Si applica {dated('dal', day)}: {_named(entry.title)}", entry.summary
            named = [part.what for part in parts if part.what != Application.model_fields["what"].default]
            if len(named) == 1:  # a part of an act says more of itself than the whole would
                title, text = f"{dated('Dal', day)}: {_lower(named[0])}", f"{entry.title}. {entry.summary}"
            elif named:
                text = f"{'; '.join(named)}."
            yield _item(record, f"si-applica-{day}", "norma", day, title, text)
    if entry.repealed_on:
        title = f"Non è più in vigore {dated('dal', entry.repealed_on)}: {_named(entry.title)}"
        yield _item(record, "abrogata", "norma", entry.repealed_on, title, entry.summary)


def _calls(record: Record, catalogue: Catalogue) -> Iterator[NewsItem]:
    """Phases of calls that open and, the morning after, that have closed."""
    call = record.entry
    if not isinstance(call, Call):
        return
    for name, phase in zip(phase_names(call.phases), call.phases, strict=True):
        which = f" ({phase.name})" if len(call.phases) > 1 else ""
        until = f" fino {dated('al', phase.closes)}" if phase.closes else ""
        yield _item(
            record,
            f"{name}/apertura",
            "apertura",
            phase.opens,
            f"Aperto{until}: {_named(call.title)}{which}",
            call.summary,
        )
        if phase.closes:
            title = f"Chiuso {dated('il', day_of(phase.closes))}: {_named(call.title)}{which}"
            after = day_of(phase.closes) + timedelta(days=1)
            yield _item(record, f"{name}/chiusura", "chiusura", after, title, call.outcome or call.summary)


def _materials(record: Record, catalogue: Catalogue) -> Iterator[NewsItem]:
    """What was added to the page of an event after it was over."""
    event = record.entry
    materials = [item for item in event.materials if item.added] if isinstance(event, Event) else []
    for day, added in groupby(sorted(materials, key=lambda item: str(item.added)), lambda item: item.added):
        if day is not None:
            text = f"Si possono scaricare: {', '.join(item.title for item in added)}."
            yield _item(
                record, f"materiali-{day}", "materiali", day, f"Disponibili i materiali: {_named(event.title)}", text
            )


_SOURCES: tuple[Callable[[Record, Catalogue], Iterable[NewsItem]], ...] = (
    _publication,
    _changes,
    _developments,
    _ending,
    _moved_deadlines,
    _law,
    _calls,
    _materials,
)


def _named(title: str) -> str:
    """A page's title as it is named in another one, where two colons would not say which belongs to which."""
    return f"«{title}»" if ": " in title and "«" not in title else title


def _title(note: str) -> str:
    """A note that stands alone, as titles are written."""
    return note.removesuffix(".")


def _lower(what: str) -> str:
    """What is to be done, as it follows «per»: «Presentare il MUD», but not «MUD»."""
    return what[0].lower() + what[1:] if what[1:2].islower() else what


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:].removesuffix('.')}."
