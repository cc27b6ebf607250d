"""The feed: valid, the same twice, with names that outlive addresses, and text that stays text."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree

import feedparser
import pytest

from ecoteca.news import news
from ecoteca.outputs.feeds import rss
from support import SETTINGS, TODAY, Project

CHANGES = [{"date": date(2026, 3, 5), "note": "Prorogato il termine.", "major": True}]


def feed(project: Project, site_url: str = SETTINGS.site_url) -> bytes:
    """The feed of all news of a project."""
    catalogue = project.catalogue()
    return rss(news(catalogue.records, TODAY), replace(SETTINGS, site_url=site_url), catalogue.vocabularies)


def items(made: bytes) -> list[dict[str, str]]:
    """The items of a feed by the names of their elements, as an XML parser sees them."""
    return [{part.tag: part.text or "" for part in item} for item in ElementTree.fromstring(made).iter("item")]


@pytest.fixture
def some(project: Project) -> Project:
    """A project with a duty that changed once, and a call."""
    project.add("adempimenti", "mud", title="MUD: la dichiarazione", themes=["mud", "rifiuti"], changes=CHANGES)
    project.add("bandi", "filiere", published=date(2026, 2, 1))
    return project


def test_a_reader_of_feeds_understands_it(some: Project) -> None:
    read: Any = feedparser.parse(feed(some))
    assert not read.bozo
    assert read.version == "rss20"
    assert (read.feed.title, read.feed.link, read.feed.language) == (
        "Ecoteca: tutte le novità",
        "https://ecoteca.example/",
        "it",
    )
    assert [entry.title for entry in read.entries] == [
        "MUD: la dichiarazione: aggiornamento",
        "Una scheda di prova",
        "MUD: la dichiarazione",
    ]
    change = read.entries[0]
    assert (change.summary, change.link) == ("Prorogato il termine.", "https://ecoteca.example/adempimenti/mud/")
    assert change.published_parsed[:5] == (2026, 3, 5, 8, 0)
    assert [tag.term for tag in change.tags] == ["Adempimento", "MUD", "Rifiuti"]


def test_it_has_what_rss_2_asks_for(some: Project) -> None:
    root = ElementTree.fromstring(feed(some))
    assert (root.tag, root.get("version")) == ("rss", "2.0")
    (channel,) = root
    assert {"title", "link", "description", "language", "lastBuildDate"} <= {part.tag for part in channel}
    (own,) = channel.findall("{http://www.w3.org/2005/Atom}link")
    assert (own.get("rel"), own.get("href")) == ("self", "https://ecoteca.example/feed/novita.xml")
    for item in channel.iter("item"):
        assert {"title", "link", "description", "guid", "pubDate", "category"} <= {part.tag for part in item}
        assert [guid.get("isPermaLink") for guid in item.findall("guid")] == ["false"]


def test_names_come_from_the_ids_of_entries(some: Project) -> None:
    assert [item["guid"] for item in items(feed(some))] == [
        "tag:ecoteca.example,2026:mud/2026-03-05",
        "tag:ecoteca.example,2026:filiere",
        "tag:ecoteca.example,2026:mud",
    ]


def test_a_page_that_moves_does_not_reach_subscribers_twice(some: Project) -> None:
    before = items(feed(some))
    (some.root / "content/adempimenti/mud.md").unlink()
    moved = {"id": "mud", "title": "Il modello unico", "aliases": ["adempimenti/mud"], "changes": CHANGES}
    some.add("adempimenti", "dichiarazione-annuale", **moved)
    after = items(feed(some, "https://altrove.example/portale/"))
    assert [item["guid"] for item in after] == [item["guid"] for item in before]
    assert after[0]["link"] == "https://altrove.example/portale/adempimenti/dichiarazione-annuale/"


def test_it_is_byte_for_byte_the_same_twice(some: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    first = feed(some)
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    assert feed(some) == first
    assert b"<lastBuildDate>Thu, 05 Mar 2026 09:00:00 +0100</lastBuildDate>" in first, "the newest item's, not now"


HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "]]></title><title>altro",
    "&lt;b&gt; & &amp; &#60;i&#62;",
    "5 < 6 & 7 > 3",
    "«perché» 👩‍👧 ½ ß",
    "{{ 7 * 7 }} {% raw %} ${x}",
]


class _Shown(HTMLParser):
    """The text that a reader sees, and the elements that the text has become."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text, self.elements = "", list[str]()
        self.feed(html)
        self.close()

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)


@pytest.mark.parametrize("text", HOSTILE)
def test_text_stays_text_in_the_feed_and_in_what_shows_it(project: Project, text: str) -> None:
    summary = f"Una sintesi con dentro: {text}"
    project.add("adempimenti", "mud", title=text, summary=summary)
    made = feed(project)
    (item,) = items(made)
    assert item["title"] == text
    shown = _Shown(item["description"])
    assert (shown.text, shown.elements) == (summary, []), "a description is read as HTML"
    assert not feedparser.parse(made).bozo


@pytest.mark.parametrize("text", HOSTILE)
def test_names_of_words_stay_text_too(project: Project, text: str) -> None:
    quoted = text.replace("'", "''")
    project.write(
        "content/vocabolari/temi.yaml", f"title: Temi\nitems:\n  - {{id: mud, name: '{quoted}', intro: 'Tema.'}}\n"
    )
    project.add("adempimenti", "mud")
    (item,) = ElementTree.fromstring(feed(project)).iter("item")
    assert [part.text for part in item.findall("category")] == ["Adempimento", text]


def test_a_portal_without_news_has_a_feed_all_the_same(project: Project) -> None:
    read: Any = feedparser.parse(feed(project))
    assert not read.bozo
    assert read.entries == []
