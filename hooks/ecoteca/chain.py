"""From the European act to the duty: what stands above an entry, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ecoteca.catalogue import Catalogue, Record
from ecoteca.entries import Act

UP = ("Attua", "Si fonda su")
DOWN = ("È attuata da", "Ne derivano")

MAX_DEPTH = 6
"""Longest way drawn: European act, decree, ministerial decree, regional act and duty are five."""


@dataclass(frozen=True, slots=True)
class Link:
    """One entry in the chain; `note` is the article on which it rests, `here` marks the page's own entry."""

    record: Record
    note: str
    here: bool
    below: tuple[Link, ...]


def chain_of(record: Record, catalogue: Catalogue, today: date) -> tuple[Link, ...]:
    """The chain as a tree from its topmost acts; empty where the entry hangs on nothing and nothing on it."""
    down = _below(record, catalogue, (record.entry.id,)) if isinstance(record.entry, Act) else ()
    own = Link(record, "", True, down)
    tops = _above(record, own, catalogue, (record.entry.id,))
    if isinstance(record.entry, Act):
        return () if tops == (own,) and not down else tops
    # A duty under a single act says no more than its legal basis, which its page shows already.
    # Nor does one that comes down from an act which is no longer law.
    return tuple(top for top in tops if not _repealed(top.record, today) and any(not link.here for link in top.below))


def _repealed(record: Record, today: date) -> bool:
    repealed_on = record.entry.repealed_on if isinstance(record.entry, Act) else None
    return repealed_on is not None and repealed_on <= today


def _below(record: Record, catalogue: Catalogue, way: tuple[str, ...]) -> tuple[Link, ...]:
    """What implements an act, and the duties and criteria that rest on it, acts first."""
    relations = [item for item in catalogue.related(record) if item.label in DOWN and item.other.entry.id not in way]
    if len(way) >= MAX_DEPTH:
        return ()
    relations.sort(key=lambda item: not isinstance(item.other.entry, Act))
    return tuple(
        Link(item.other, item.note, False, _below(item.other, catalogue, (*way, item.other.entry.id)))
        for item in relations
    )


def _above(record: Record, link: Link, catalogue: Catalogue, way: tuple[str, ...]) -> tuple[Link, ...]:
    """The topmost acts over `record`, each leading down to `link`."""
    relations = [item for item in catalogue.related(record) if item.label in UP and item.other.entry.id not in way]
    if not relations or len(way) >= MAX_DEPTH:
        return (link,)
    tops: list[Link] = []
    for item in relations:
        lower = Link(link.record, item.note, link.here, link.below)
        parent = Link(item.other, "", False, (lower,))
        tops += _above(item.other, parent, catalogue, (*way, item.other.entry.id))
    return _merged(tops)


def _merged(links: list[Link]) -> tuple[Link, ...]:
    """Ways that begin with the same act, drawn as one."""
    found: dict[str, Link] = {}
    for link in links:
        key = link.record.entry.id
        same = found.get(key)
        below = link.below if same is None else _merged([*same.below, *link.below])
        found[key] = Link(link.record, link.note, link.here, below)
    return tuple(found.values())
