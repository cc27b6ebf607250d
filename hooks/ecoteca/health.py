"""Figures on the state of the knowledge base: what was checked, what is due, where nothing is said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from ecoteca.catalogue import Catalogue, Record
from ecoteca.entries import ENTRY_TYPES, Act, CaseStudy, Duty, Entry, Question
from ecoteca.trust import SOON_DAYS, trust_of

COVERED_TYPES: tuple[type[Entry], ...] = (Duty, Act, Question, CaseStudy)
"""What a company looks for under its theme or sector first."""


@dataclass(frozen=True, slots=True)
class Tally:
    """One row: how many entries, and how they stand. `soon` falls due within `SOON_DAYS` and is not overdue."""

    name: str
    total: int
    checked: int
    overdue: int
    soon: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many entries of each of `COVERED_TYPES` a theme or sector has."""

    name: str
    url: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Health:
    """The state on a day."""

    today: date
    whole: Tally
    by_type: tuple[Tally, ...]
    overdue: tuple[tuple[date, Record], ...]
    soon: tuple[tuple[date, Record], ...]
    themes: tuple[Coverage, ...]
    sectors: tuple[Coverage, ...]


def health_of(catalogue: Catalogue, today: date) -> Health:
    """Counts and gaps; entries that are superseded or withdrawn need no check and are left out."""
    records = [record for record in catalogue.records if record.current]
    due = sorted(
        ((trust_of(record.entry, today).due, record) for record in records), key=lambda item: (item[0], item[1].url)
    )
    vocabularies = catalogue.vocabularies
    return Health(
        today,
        _tally("Tutte le schede", records, today),
        tuple(
            _tally(kind.plural, [record for record in records if type(record.entry) is kind], today)
            for kind in ENTRY_TYPES
        ),
        tuple(item for item in due if item[0] < today),
        tuple(item for item in due if today <= item[0] <= today + timedelta(days=SOON_DAYS)),
        _covered(
            {key: (word.name, f"temi/{key}/", catalogue.on_theme(key)) for key, word in vocabularies.themes.items()}
        ),
        _covered(
            {
                key: (word.name, f"settori/{key}/", catalogue.on_sector(key))
                for key, word in vocabularies.sectors.items()
            }
        ),
    )


def _tally(name: str, records: list[Record], today: date) -> Tally:
    states = [trust_of(record.entry, today) for record in records]
    return Tally(
        name,
        len(records),
        sum(state.checked_on is not None for state in states),
        sum(state.overdue for state in states),
        sum(state.soon for state in states),
    )


def _covered(places: dict[str, tuple[str, str, tuple[Record, ...]]]) -> tuple[Coverage, ...]:
    return tuple(
        Coverage(name, url, tuple(sum(type(record.entry) is kind for record in records) for kind in COVERED_TYPES))
        for name, url, records in places.values()
    )
