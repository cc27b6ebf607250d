"""Feeds in three formats: RSS 2.0 and Atom by feedgen, JSON Feed 1.1.

A feed's bytes depend on its items alone: its date is that of its newest item, and what is said of an item is the same
in every feed and on every day until its entry changes.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import date, datetime
from html import escape
from typing import Any, Literal, TypeVar

from feedgen.entry import FeedEntry
from feedgen.ext.dc import DcEntryExtension, DcExtension
from feedgen.feed import FeedGenerator

from ecoteca.news import ROME
from ecoteca.settings import Settings

ALL_NEWS = "feed/novita"
DEADLINES = "feed/scadenze-30-giorni"
NEWSLETTER = "feed/newsletter"
"""Addresses of feeds below the portal's root, without the ending of a format; once published they answer for ever."""

IMAGE = "assets/images/feed.png"
"""The portal's picture, below its root: square, 144 pixels wide, which is the most that RSS allows."""

FORMATS = {"xml": "application/rss+xml", "atom": "application/atom+xml", "json": "application/feed+json"}
"""The endings of a feed's three addresses, and what each is."""

FULL_DAYS, LEAST_ITEMS = 90, 30
"""A feed holds all of the last days, so that no burst is missed, and some items at least, so that it is never empty."""

LATE_DAYS = 366
"""What may be written down long after it happened stays as long as this: younger items must not keep it out."""

BEFORE_ANY = datetime(2000, 1, 1, tzinfo=ROME)
"""The date of a feed without items."""

T = TypeVar("T")

Group = Literal["portale", "tipi", "temi", "settori", "province"]


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One item: `id` is a permanent URI, `summary` plain text, `content` HTML that can be read anywhere."""

    id: str
    title: str
    url: str
    published: datetime
    updated: datetime
    summary: str
    content: str
    categories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Channel:
    """One feed. `stem` is its address below the root, without an ending; `about` the page it belongs to; `label` names it
    among those of its group."""

    stem: str
    name: str
    label: str
    about: str
    group: Group
    description: str
    items: tuple[FeedItem, ...]

    def address(self, ending: str) -> str:
        """Its address below the portal's root in one of `FORMATS`."""
        return f"{self.stem}.{ending}"


def cut(items: Sequence[T], until: Callable[[T], date], today: date) -> list[T]:
    """What a feed carries on a day: of all that it could, the newest first, what must stay `until` a day to come."""
    return [item for place, item in enumerate(items) if place < LEAST_ITEMS or until(item) > today]


def feed_files(channels: Iterable[Channel], settings: Settings) -> dict[str, bytes]:
    """Every feed in every format by its address below the portal's root."""
    made: dict[str, tuple[_Entry, str]] = {}  # an item stands in half a dozen feeds: it is made once
    files = {}
    for channel in channels:
        for item in channel.items:
            if item.id not in made:
                made[item.id] = _entry(item, settings), _json_item(item, settings)
        entries, lines = zip(*(made[item.id] for item in channel.items), strict=True) if channel.items else ((), ())
        files[channel.address("xml")] = _generator(channel, settings, entries, "xml").rss_str(pretty=True)
        files[channel.address("atom")] = _generator(channel, settings, entries, "atom").atom_str(pretty=True)
        files[channel.address("json")] = _json_feed(channel, settings, lines)
    return files


class _Entry(FeedEntry):  # type: ignore[misc]
    """An item that stands in many feeds: each of its forms is built once and copied into each."""

    _rss: Any = None
    _atom: Any = None

    def rss_entry(self, extensions: bool = True) -> Any:
        if self._rss is None:
            self._rss = super().rss_entry(extensions)
        return deepcopy(self._rss)

    def atom_entry(self, extensions: bool = True) -> Any:
        if self._atom is None:
            self._atom = super().atom_entry(extensions)
        return deepcopy(self._atom)


def _entry(item: FeedItem, settings: Settings) -> _Entry:
    entry = _Entry()
    entry.register_extension("dc", DcEntryExtension, atom=False)
    entry.guid(item.id, permalink=False)
    entry.title(item.title)
    entry.link(href=item.url, rel="alternate")
    entry.author(name=settings.office)
    entry.dc.dc_creator(settings.office)  # RSS wants an address of mail where Atom has an author
    entry.published(item.published)
    entry.updated(item.updated)
    entry.description(escape(item.summary, quote=False))  # readers of RSS take a description for HTML
    entry.content(item.content, type="html")  # after the description, which Atom would take for its content
    entry.summary(item.summary)
    entry.category([{"term": term} for term in item.categories])
    return entry


def _generator(channel: Channel, settings: Settings, entries: Sequence[_Entry], ending: str) -> FeedGenerator:
    feed = FeedGenerator()
    feed.register_extension("dc", DcExtension, atom=False)
    feed.id(settings.tag(channel.stem))
    feed.title(channel.name)
    feed.description(channel.description)
    feed.language("it")
    feed.generator("Ecoteca")
    feed.author(name=settings.office)
    feed.image(settings.absolute(IMAGE), width="144", height="144")
    feed.icon(settings.absolute(IMAGE))
    feed.link(href=settings.absolute(channel.address(ending)), rel="self", type=FORMATS[ending])
    feed.link(href=settings.absolute(channel.about), rel="alternate")  # feedgen makes the last link the channel's own
    feed.updated(max((item.updated for item in channel.items), default=BEFORE_ANY))  # or feedgen would take the clock
    for entry in entries:
        feed.add_entry(entry, order="append")
    return feed


def _json_feed(channel: Channel, settings: Settings, items: Iterable[str]) -> bytes:
    """A feed as JSON Feed 1.1, an item a line."""
    head = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": channel.name,
        "home_page_url": settings.absolute(channel.about),
        "feed_url": settings.absolute(channel.address("json")),
        "description": channel.description,
        "icon": settings.absolute(IMAGE),
        "authors": [{"name": settings.office}],
        "language": "it",
    }
    before = _json(head).removesuffix("}")
    lines = ",\n".join(items)
    return f'{before}, "items": [\n{lines}\n]}}\n'.encode()


def _json_item(item: FeedItem, settings: Settings) -> str:
    return _json(
        {
            "id": item.id,
            "url": item.url,
            "title": item.title,
            "content_html": item.content,
            "summary": item.summary,
            "date_published": item.published.isoformat(),
            "date_modified": item.updated.isoformat(),
            "authors": [{"name": settings.office}],
            "tags": list(item.categories),
        }
    )


def _json(data: Mapping[str, object]) -> str:
    return json.dumps(data, ensure_ascii=False)
