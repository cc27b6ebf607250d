"""News → RSS, by feedgen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from html import escape

from feedgen.feed import FeedGenerator

from ecoteca.news import ROME, NewsItem
from ecoteca.settings import Settings
from ecoteca.vocabularies import Vocabularies

ALL_NEWS = "feed/novita.xml"
"""Address of the feed of everything, below the portal's root; once published it answers for ever."""


BEFORE_ANY = datetime(2000, 1, 1, tzinfo=ROME)
"""The date of a feed without news."""


def rss(items: Sequence[NewsItem], settings: Settings, vocabularies: Vocabularies) -> bytes:
    """The feed of all news as RSS 2.0.

    The bytes depend on the items alone: the build date of the channel is the newest item's.
    """
    feed = FeedGenerator()
    feed.title(f"{settings.name}: tutte le novità")
    feed.description(settings.description)
    feed.language("it")
    feed.generator("Ecoteca")
    feed.link(href=settings.absolute(ALL_NEWS), rel="self", type="application/rss+xml")
    feed.link(href=settings.site_url, rel="alternate")  # feedgen makes the last link the channel's own
    newest = max((item.when for item in items), default=BEFORE_ANY)  # feedgen takes the clock where nothing is set
    feed.lastBuildDate(newest)
    feed.pubDate(newest)
    for item in items:
        entry = feed.add_entry(order="append")
        entry.id(settings.tag(item.name))
        entry.guid(settings.tag(item.name), permalink=False)
        entry.title(item.title)
        entry.link(href=settings.absolute(item.record.url))
        entry.description(escape(item.text, quote=False))  # readers of RSS take a description for HTML
        entry.published(item.when)
        themes = [vocabularies.name("temi", theme) for theme in item.record.entry.themes]
        entry.category([{"term": term} for term in (item.record.entry.label, *themes)])
    made: bytes = feed.rss_str(pretty=True)
    return made
