"""News: what happened to the entries, dated, each item with a name that never changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from ecoteca.catalogue import Record
from ecoteca.entries import ENTRY_TYPES, Term

ROME = ZoneInfo("Europe/Rome")

MORNING = time(9, 0)
"""The hour given to news, which entries date by day only: the offices' opening."""


@dataclass(frozen=True, slots=True)
class NewsItem:
    """One piece of news. `name` is made from the entry's id and what happened, never from an address or a position."""

    name: str
    when: datetime
    title: str
    text: str
    record: Record

    @property
    def day(self) -> date:
        """The day on which it happened."""
        return self.when.date()


def news(records: Iterable[Record], today: date) -> tuple[NewsItem, ...]:
    """Publications and major changes up to `today`, the newest first and, of one moment, in the portal's order of types.

    Glossary terms are no news.
    """
    items: list[NewsItem] = []
    order = {kind: number for number, kind in enumerate(ENTRY_TYPES)}
    for record in records:
        if not isinstance(record.entry, Term):
            items += _of(record, today)
    return tuple(sorted(items, key=lambda item: (-item.when.timestamp(), order[type(item.record.entry)], item.name)))


def _of(record: Record, today: date) -> list[NewsItem]:
    entry = record.entry
    items = [NewsItem(entry.id, _moment(entry.published), entry.title, entry.summary, record)]
    of_day: Counter[date] = Counter()
    for change in entry.changes:
        if change.major and change.date <= today:
            of_day[change.date] += 1
            again = f"/{of_day[change.date]}" if of_day[change.date] > 1 else ""
            name = f"{entry.id}/{change.date.isoformat()}{again}"
            items.append(NewsItem(name, _moment(change.date), f"{entry.title}: aggiornamento", change.note, record))
    return items


def _moment(day: date) -> datetime:
    return datetime.combine(day, MORNING, ROME)
