"""Feeds: valid in three formats, the same twice, with names that outlive addresses, and text that stays text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import feedparser
import jsonschema
import pytest

from ecoteca.news import ROME
from ecoteca.outputs.feeds import (
    BEFORE_ANY,
    FORMATS,
    FULL_DAYS,
    IMAGE,
    LEAST_ITEMS,
    Channel,
    FeedItem,
    cut,
    feed_files,
)
from support import SETTINGS, TODAY

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"

CHANGE = FeedItem(
    id="tag:ecoteca.example,2026:mud/2026-03-05",
    title="Aggiunto l'esonero per chi trasporta",
    url="https://ecoteca.example/adempimenti/mud/",
    published=datetime(2026, 3, 5, 0, 12, 1, tzinfo=ROME),
    updated=datetime(2026, 3, 5, 0, 12, 1, tzinfo=ROME),
    summary="Chi trasporta solo i propri rifiuti non presenta il MUD.",
    content='<p>Chi trasporta…</p>\n<p><a href="https://ecoteca.example/adempimenti/mud/">La pagina</a></p>',
    categories=("Adempimento", "MUD"),
)
PAGE = replace(
    CHANGE,
    id="tag:ecoteca.example,2026:mud",
    title="Nuova scheda: MUD",
    published=datetime(2026, 1, 15, 0, 30, tzinfo=ROME),
    categories=(),
)


def channel(*items: FeedItem, **changes: Any) -> Channel:
    """A feed of these items."""
    made = Channel(
        "feed/temi/mud", "Ecoteca: MUD", "MUD", "temi/mud/", "temi", "Le novità sul tema: MUD.", items or (CHANGE, PAGE)
    )
    return replace(made, **changes)


def written(made: Channel) -> dict[str, bytes]:
    """A feed by the ending of its formats."""
    files = feed_files([made], SETTINGS)
    assert set(files) == {made.address(ending) for ending in FORMATS}
    return {name.rpartition(".")[2]: content for name, content in files.items()}


# Each format, as who reads it wants it


@pytest.mark.parametrize(("ending", "version"), [("xml", "rss20"), ("atom", "atom10")])
def test_a_reader_of_feeds_understands_it(ending: str, version: str) -> None:
    read: Any = feedparser.parse(written(channel())[ending])
    assert (read.bozo, read.version) == (False, version)
    assert (read.feed.title, read.feed.language) == ("Ecoteca: MUD", "it")
    assert read.feed.link == "https://ecoteca.example/temi/mud/"
    change, page = read.entries
    assert (change.id, change.title, change.link) == (CHANGE.id, CHANGE.title, CHANGE.url)
    assert (change.summary, change.content[0].value) == (CHANGE.summary, CHANGE.content)
    assert change.author == SETTINGS.office
    assert [tag.term for tag in change.tags] == ["Adempimento", "MUD"]
    assert change.published_parsed[:5] == (2026, 3, 4, 23, 12)
    assert page.id == PAGE.id


def test_rss_has_what_its_specification_and_best_practices_ask_for() -> None:
    root = ElementTree.fromstring(written(channel())["xml"])
    assert (root.tag, root.get("version")) == ("rss", "2.0")
    (rss,) = root
    assert [part.tag for part in rss][-2:] == ["item", "item"]  # the channel's own elements come before
    (own,) = rss.findall(f"{ATOM}link")
    assert (own.get("rel"), own.get("href")) == ("self", "https://ecoteca.example/feed/temi/mud.xml")
    image = {part.tag: part.text for part in rss.iterfind("image/*")}
    assert image == {
        "url": SETTINGS.absolute(IMAGE),
        "title": rss.findtext("title"),
        "link": rss.findtext("link"),
        "width": "144",
        "height": "144",
    }
    for item in rss.iter("item"):
        tags = [part.tag for part in item]
        assert {"title", "link", "description", "guid", "pubDate", CREATOR, CONTENT} <= set(tags)
        assert tags.index("description") < tags.index(CONTENT)
        assert "author" not in tags  # which would want an address of mail
        assert [guid.get("isPermaLink") for guid in item.findall("guid")] == ["false"]
        assert re.fullmatch(r"\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d \+0[12]00", item.findtext("pubDate") or "")


def test_atom_has_what_rfc_4287_asks_for() -> None:
    root = ElementTree.fromstring(written(channel())["atom"])
    assert root.tag == f"{ATOM}feed"
    assert root.findtext(f"{ATOM}id") == "tag:ecoteca.example,2026:feed/temi/mud"
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert links == {
        "self": "https://ecoteca.example/feed/temi/mud.atom",
        "alternate": "https://ecoteca.example/temi/mud/",
    }
    assert root.findtext(f"{ATOM}author/{ATOM}name") == SETTINGS.office
    for entry in root.iter(f"{ATOM}entry"):
        for name in ("id", "title", "updated", "published", "summary", "content", "link"):
            assert len(entry.findall(f"{ATOM}{name}")) == 1, name
        assert entry.find(f"{ATOM}content").get("type") == "html"  # type: ignore[union-attr]


JSON_FEED = {
    "type": "object",
    "required": ["version", "title", "home_page_url", "feed_url", "items"],
    "additionalProperties": False,
    "$defs": {
        "authors": {
            "type": "array",
            "items": {"type": "object", "additionalProperties": False, "properties": {"name": {"type": "string"}}},
        },
        "address": {"type": "string", "pattern": "^https://"},
        "moment": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?[+-]\d\d:\d\d$"},
    },
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "title": {"type": "string"},
        "description": {"type": "string"},
        "language": {"const": "it"},
        "home_page_url": {"$ref": "#/$defs/address"},
        "feed_url": {"$ref": "#/$defs/address"},
        "icon": {"$ref": "#/$defs/address"},
        "authors": {"$ref": "#/$defs/authors"},
        "items": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id", "url", "content_html", "date_published", "date_modified"],
                "additionalProperties": False,
                "properties": {
                    "id": {"type": "string"},
                    "url": {"$ref": "#/$defs/address"},
                    "title": {"type": "string"},
                    "summary": {"type": "string"},
                    "content_html": {"type": "string", "minLength": 1},
                    "date_published": {"$ref": "#/$defs/moment"},
                    "date_modified": {"$ref": "#/$defs/moment"},
                    "authors": {"$ref": "#/$defs/authors"},
                    "tags": {"type": "array", "items": {"type": "string"}},
                },
            },
        },
    },
}
"""What version 1.1 of the format says of the parts that we use, and nothing else allowed."""


def test_json_feed_follows_its_specification() -> None:
    data = json.loads(written(channel())["json"])
    jsonschema.validate(data, JSON_FEED)
    assert data["feed_url"] == "https://ecoteca.example/feed/temi/mud.json"
    assert [item["id"] for item in data["items"]] == [CHANGE.id, PAGE.id]


def test_an_item_that_was_changed_says_so_apart_from_its_publication() -> None:
    item = replace(PAGE, updated=datetime(2026, 6, 1, tzinfo=ROME))
    made = written(channel(item))
    entry = feedparser.parse(made["atom"]).entries[0]
    assert (entry.published[:10], entry.updated[:10]) == ("2026-01-15", "2026-06-01")
    (item_again,) = json.loads(made["json"])["items"]
    assert (item_again["date_published"][:10], item_again["date_modified"][:10]) == ("2026-01-15", "2026-06-01")


@pytest.mark.parametrize("ending", FORMATS)
def test_a_feed_without_news_is_still_a_feed(ending: str) -> None:
    made = written(channel(items=()))[ending]
    if ending == "json":
        assert json.loads(made)["items"] == []
    else:
        read: Any = feedparser.parse(made)
        assert (read.bozo, read.entries, read.feed.updated_parsed[0]) == (False, [], BEFORE_ANY.year - 1)


# What subscribers can count on


def test_made_twice_it_is_the_same_to_the_byte() -> None:
    assert written(channel()) == written(channel())


def test_an_item_is_the_same_in_every_feed_that_carries_it() -> None:
    files = feed_files([channel(), channel(CHANGE, stem="feed/novita", name="Tutte", about="novita/")], SETTINGS)
    first, second = (
        next(item for item in ElementTree.fromstring(files[name]).iter("item"))
        for name in ("feed/temi/mud.xml", "feed/novita.xml")
    )
    assert ElementTree.tostring(first).strip() == ElementTree.tostring(second).strip()


@pytest.mark.parametrize("ending", FORMATS)
def test_when_one_item_changes_only_its_lines_and_the_date_of_the_feed_do(ending: str) -> None:
    before = written(channel())[ending].decode().splitlines()
    edited = replace(PAGE, content="<p>Altro testo.</p>", updated=datetime(2026, 6, 1, tzinfo=ROME))
    after = written(channel(CHANGE, edited))[ending].decode().splitlines()
    differing = {line.strip() for line in {*before} ^ {*after}}
    others = [line for line in differing if CHANGE.title in line or CHANGE.id in line]
    assert differing
    assert others == []


def carried(*ages: int) -> int:
    """How many items a feed carries of those that appeared so many days ago."""
    full = timedelta(days=FULL_DAYS)
    return len(cut([TODAY - timedelta(days=age) for age in ages], lambda day: day + full, TODAY))


def test_a_burst_is_never_missed_and_a_quiet_month_never_empty() -> None:
    assert carried(*[1] * 200, FULL_DAYS, 400) == 200
    assert carried(FULL_DAYS - 1, FULL_DAYS) == 2
    assert carried(*range(300, 900, 10)) == LEAST_ITEMS


def test_what_appeared_late_is_carried_though_newer_things_come_before_it() -> None:
    assert carried(*[1] * 40, 400, 2) == 41


# Text from anybody


HOSTILE = "<script>alert(1)</script> & \"virgolette\" 'apici' ]]> &lt;b&gt; \U0001f1ee\U0001f1f9 " + "a" * 300


class _Tags(HTMLParser):
    """The elements that a browser would make of a text."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append(tag)


def as_html(text: str) -> list[str]:
    """The elements in a text that a reader takes for HTML."""
    tags = _Tags()
    tags.feed(text)
    return tags.found


def titles_and_texts(ending: str, made: bytes) -> Iterator[tuple[str, str]]:
    if ending == "json":
        yield from ((item["title"], item["summary"]) for item in json.loads(made)["items"])
    else:
        root = ElementTree.fromstring(made)
        item, text = (f"{ATOM}entry", f"{ATOM}summary") if ending == "atom" else ("item", "description")
        title = f"{ATOM}title" if ending == "atom" else "title"
        yield from ((part.findtext(title) or "", part.findtext(text) or "") for part in root.iter(item))


@pytest.mark.parametrize("ending", FORMATS)
def test_hostile_text_stays_text(ending: str) -> None:
    item = replace(CHANGE, title=HOSTILE, summary=HOSTILE, categories=(HOSTILE,))
    made = written(channel(item, name=HOSTILE, description=HOSTILE))[ending]
    ((title, text),) = titles_and_texts(ending, made)
    assert title == HOSTILE
    assert as_html(text) == [] if ending == "xml" else text == HOSTILE


@pytest.mark.parametrize("address", [SETTINGS.site_url, "https://example.org/ecoteca/"])
def test_every_address_is_complete(address: str) -> None:
    settings = replace(SETTINGS, site_url=address)
    for name, made in feed_files([channel()], settings).items():
        for found in re.findall(r'(?:href|url|link|icon)"?[=>:]\s*"?([^"<\s]*feed[^"<\s]*)', made.decode()):
            assert urlsplit(found).scheme == "https", (name, found)
            assert found.startswith(address), (name, found)
