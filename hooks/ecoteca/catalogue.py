"""All that may be shown on a day, and how it hangs together; immutable once made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from ecoteca import prose
from ecoteca.corpus import Corpus
from ecoteca.entries import ENTRY_TYPES, Entry
from ecoteca.entries.fields import RefTo, marked_values
from ecoteca.vocabularies import Vocabularies

E = TypeVar("E", bound=Entry)


@dataclass(frozen=True, slots=True)
class Record:
    """One entry as it is shown: `path` is its file, `url` its address below the portal's root."""

    entry: Entry
    path: str
    url: str
    body: prose.Prose

    @property
    def current(self) -> bool:
        """Whether it still holds: superseded and withdrawn entries keep their page, but leave lists and search."""
        return self.entry.state not in ("superata", "ritirata")

    @property
    def kind(self) -> str:
        """The name of its type, for templates."""
        return type(self.entry).__name__


@dataclass(frozen=True, slots=True)
class Relation:
    """One entry as seen from another: what it is to it, and where (an article), if that is said."""

    label: str
    other: Record
    note: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The records of one day in the portal's order: by type, then by title."""

    records: tuple[Record, ...]
    vocabularies: Vocabularies
    images: tuple[str, ...]
    by_id: Mapping[str, Record]
    by_path: Mapping[str, Record]
    relations: Mapping[str, tuple[Relation, ...]]
    themes: Mapping[str, tuple[Record, ...]]
    sectors: Mapping[str, tuple[Record, ...]]

    def of(self, kind: type[Entry]) -> tuple[Record, ...]:
        """The records of one type."""
        return tuple(record for record in self.records if type(record.entry) is kind)

    def on_theme(self, theme: str) -> tuple[Record, ...]:
        """The current records of a theme and of the narrower themes under it."""
        return self.themes.get(theme, ())

    def on_sector(self, sector: str) -> tuple[Record, ...]:
        """The current records that name a sector; those that hold for all sectors are not among them."""
        return self.sectors.get(sector, ())

    def related(self, record: Record) -> tuple[Relation, ...]:
        """Everything that hangs together with an entry, seen from it."""
        return self.relations.get(record.entry.id, ())


def build(corpus: Corpus, today: date, *, preview: bool = False) -> Catalogue:
    """The catalogue of a day: drafts and entries dated later wait, unless `preview` asks to see them.

    `corpus` is without the entries that have problems.
    """
    order = {kind: number for number, kind in enumerate(ENTRY_TYPES)}
    records = [
        Record(entry if preview else _as_of(entry, today), item.document.path, f"{item.address}/", item.body)
        for item, entry in corpus.entries
        if preview or (entry.state != "bozza" and entry.published <= today)
    ]
    records.sort(key=lambda record: (order[type(record.entry)], record.entry.title.casefold(), record.path))
    by_id = {record.entry.id: record for record in records}
    return Catalogue(
        tuple(records),
        corpus.vocabularies,
        tuple(sorted(corpus.images)),
        by_id,
        {record.path: record for record in records},
        _relations(records, by_id),
        _by_word(records, lambda entry: corpus.vocabularies.with_wider(entry.themes)),
        _by_word(records, lambda entry: entry.sectors),
    )


def _by_word(records: Iterable[Record], words_of: Callable[[Entry], Iterable[str]]) -> dict[str, tuple[Record, ...]]:
    """The current records of each word."""
    found: dict[str, list[Record]] = {}
    for record in records:
        for word in set(words_of(record.entry)) if record.current else ():
            found.setdefault(word, []).append(record)
    return {word: tuple(members) for word, members in found.items()}


def _as_of(entry: Entry, today: date) -> Entry:
    """An entry as it stands on a day: a change or a fact dated later waits, like an entry dated later."""
    changes = tuple(change for change in entry.changes if change.date <= today)
    developments = tuple(item for item in entry.developments if item.on <= today)
    if len(changes) == len(entry.changes) and len(developments) == len(entry.developments):
        return entry
    return entry.model_copy(update={"changes": changes, "developments": developments})


def _relations(records: Iterable[Record], by_id: Mapping[str, Record]) -> dict[str, tuple[Relation, ...]]:
    """Each declared reference, told at both ends; references to what is not shown yet are left out."""
    found: dict[str, dict[tuple[str, str], Relation]] = defaultdict(dict)
    for record in records:
        for marked in marked_values(record.entry):
            other = by_id.get(marked.value)
            if isinstance(marked.marker, RefTo) and other is not None:
                note = getattr(marked.holder, "article", None) or ""
                forward, backward = marked.marker.forward, marked.marker.backward
                own = record.entry.id
                found[own].setdefault((forward, other.entry.id), Relation(forward, other, note))
                found[other.entry.id].setdefault((backward, own), Relation(backward, record, note))
    return {key: tuple(relations.values()) for key, relations in found.items()}
