"""Feeds: what each carries, which page announces which, and the page that offers them all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ecoteca.catalogue import Record
from ecoteca.cleaning import travelling
from ecoteca.deadlines import Occurrence, occurrences
from ecoteca.entries import ENTRY_TYPES, CaseStudy, Duty, Event, Issue
from ecoteca.formats import day as written
from ecoteca.news import NewsItem, moment_of
from ecoteca.outputs.feeds import (
    ALL_NEWS,
    DEADLINES,
    FORMATS,
    FULL_DAYS,
    LATE_DAYS,
    NEWSLETTER,
    Channel,
    FeedItem,
    Group,
    cut,
)
from ecoteca.pages.entry_pages import travelling_article
from ecoteca.pages.newsletter_pages import mail_body
from ecoteca.pages.rendering import Page, Renderer
from ecoteca.vocabularies import Chamber, Territory, Vocabularies

URL = "feed/"
TITLE = "Feed"
LEAD = (
    "Un feed è un elenco di novità che un programma legge per te: scegli gli argomenti, e ogni novità ti arriva una volta "
    "sola. Non serve registrarsi."
)

FULL, LATE = timedelta(days=FULL_DAYS), timedelta(days=LATE_DAYS)

NOTICE = timedelta(days=30)
"""How long before its day a deadline enters its feed."""

GROUPS: tuple[tuple[Group, str, str], ...] = (
    ("temi", "Per tema", "Solo le novità di un argomento."),
    (
        "settori",
        "Per settore",
        "Solo ciò che riguarda un settore in particolare; ciò che vale per tutti è nel primo feed.",
    ),
    ("tipi", "Per tipo di scheda", "Solo le norme, solo i bandi, solo i casi studio…"),
    ("province", "Per provincia", "Ciò che nasce in una provincia, e ciò che vale in particolare in Lombardia."),
)
"""The groups after the portal's own feeds: key, title, explanation."""


@dataclass(frozen=True, slots=True)
class Announcement:
    """One address of a feed, below the portal's root, its media type, and what the feed is."""

    address: str
    type: str
    label: str


@dataclass(frozen=True, slots=True)
class _Offer:
    """A feed before its items: `stem` is its address, `about` the page it belongs to."""

    stem: str
    label: str
    about: str
    group: Group
    description: str


def channels(renderer: Renderer) -> tuple[Channel, ...]:
    """Every feed of the portal with what it carries on the renderer's day, in the order in which readers see them."""
    words, today = renderer.catalogue.vocabularies, renderer.today
    regions, provinces = _places(words, "regione"), _places(words, "provincia")
    of_stem: dict[str, list[NewsItem]] = defaultdict(list)
    for item in renderer.news:
        for stem in _stems(item, words, regions, provinces):
            of_stem[stem].append(item)
    ready: dict[str, FeedItem] = {}  # news stands in half a dozen feeds: its content is made once

    def items(stem: str) -> tuple[FeedItem, ...]:
        if stem == DEADLINES:
            return _deadline_items(renderer)
        chosen = cut(of_stem[stem], _stays_until, today)
        ready.update((item.name, _news_item(item, renderer)) for item in chosen if item.name not in ready)
        return tuple(ready[item.name] for item in chosen)

    name = renderer.settings.name
    return tuple(
        Channel(
            offer.stem,
            f"{name}: {offer.label}",
            offer.label,
            offer.about,
            offer.group,
            offer.description,
            items(offer.stem),
        )
        for offer in _offers(words)
    )


def announcements(words: Vocabularies) -> dict[str, tuple[Announcement, ...]]:
    """By address, what the head of a page tells programs of the feeds that belong to it.

    The feed of everything belongs to the home page too; in its first format every page announces it anyhow.
    """
    found: dict[str, list[Announcement]] = defaultdict(list)
    for offer in _offers(words):
        told = [Announcement(f"{offer.stem}.{ending}", kind, offer.label) for ending, kind in FORMATS.items()]
        for url in (offer.about, "") if offer.stem == ALL_NEWS else (offer.about,):
            found[url] += told[1:] if offer.stem == ALL_NEWS else told
    found.pop(URL, None)  # the page of all feeds belongs to none
    return {url: tuple(told) for url, told in found.items()}


def feed_pages(renderer: Renderer) -> tuple[Page, ...]:
    """The page of all feeds."""
    offers = _offers(renderer.catalogue.vocabularies)
    context = {
        "title": TITLE,
        "lead": LEAD,
        "main": [offer for offer in offers if offer.group == "portale"],
        "groups": [(key, name, text, [offer for offer in offers if offer.group == key]) for key, name, text in GROUPS],
    }
    return (Page(URL, TITLE, LEAD, renderer.render("feeds.html", URL, context), "feed", layout="wide"),)


def _offers(words: Vocabularies) -> tuple[_Offer, ...]:
    """Every feed there is, whether or not there is anything in it."""
    themes = (
        _Offer(_theme(key), word.name, f"temi/{key}/", "temi", f"Le novità sul tema: {word.name}.")
        for key, word in words.themes.items()
    )
    sectors = (
        _Offer(_sector(key), word.name, f"settori/{key}/", "settori", f"Le novità sul settore: {word.name}.")
        for key, word in words.sectors.items()
    )
    kinds = (
        _Offer(f"feed/tipi/{kind.folder}", kind.plural, f"{kind.folder}/", "tipi", kind.intro)
        for kind in ENTRY_TYPES
        if kind is not Issue
    )
    provinces = (
        _Offer(_province(key), name, URL, "province", f"Le novità per: {name}.")
        for key, name in _places(words, "provincia").items()
    )
    return (
        _Offer(
            ALL_NEWS,
            "tutte le novità",
            "novita/",
            "portale",
            "Schede nuove, modifiche rilevanti, proroghe, norme che cominciano ad applicarsi, bandi che aprono e chiudono.",
        ),
        _Offer(DEADLINES, "scadenze entro 30 giorni", "scadenze/", "portale", "Ogni scadenza, trenta giorni prima."),
        _Offer(NEWSLETTER, "newsletter", "newsletter/", "portale", "I numeri della newsletter, per intero."),
        *themes,
        *sectors,
        *kinds,
        *provinces,
    )


def _stems(item: NewsItem, words: Vocabularies, regions: Collection[str], provinces: Iterable[str]) -> Iterator[str]:
    """The feeds to which a piece of news belongs; what holds in the region holds in each of its provinces."""
    entry = item.record.entry
    yield NEWSLETTER if isinstance(entry, Issue) else f"feed/tipi/{entry.folder}"
    if item.quiet:
        return
    yield ALL_NEWS
    yield from map(_theme, words.with_wider(entry.themes))
    yield from map(_sector, set(entry.sectors))
    here = _where(item.record, words)
    yield from map(_province, provinces if not here.isdisjoint(regions) else here.intersection(provinces))


def _theme(key: str) -> str:
    return f"feed/temi/{key}"


def _sector(key: str) -> str:
    return f"feed/settori/{key}"


def _province(key: str) -> str:
    return f"feed/province/{key}"


def _places(words: Vocabularies, kind: str) -> dict[str, str]:
    """The names of the territories of one kind."""
    found = words.words("territori").items()
    return {key: place.name for key, place in found if isinstance(place, Territory) and place.kind == kind}


def _where(record: Record, words: Vocabularies) -> set[str]:
    """The territories that an entry names, in whatever field."""
    entry = record.entry
    named = {*entry.territories}
    if isinstance(entry, CaseStudy) and entry.province:
        named.add(entry.province)
    chamber = words.words("camere").get(entry.chamber or "") if isinstance(entry, Event) else None
    return named.union(chamber.provinces) if isinstance(chamber, Chamber) else named


def _stays_until(item: NewsItem) -> date:
    """Until when a feed must carry it. A page comes out on its day; of a fact it may be late that somebody writes it down."""
    return item.appeared + (FULL if item.kind == "scheda" else LATE)


def _news_item(item: NewsItem, renderer: Renderer) -> FeedItem:
    """A piece of news with its whole content: a new page brings the page itself, an issue its mail."""
    record, entry = item.record, item.record.entry
    if isinstance(entry, Issue) and item.kind == "scheda":
        content = mail_body(record, renderer)
    elif item.kind == "scheda":
        content = travelling_article(record, renderer)
    else:
        content = _rendered("feeds/news.html", record, {"item": item}, renderer)
    return _item(item.name, item.title, item.when, item.updated, item.text, content, record, renderer)


def _deadline_items(renderer: Renderer) -> tuple[FeedItem, ...]:
    """The deadlines of which notice has been given, the latest notice first."""
    today = renderer.today
    found = occurrences(renderer.catalogue.of(Duty), today - timedelta(days=366), today + NOTICE)
    told = sorted(((_notice(item), item) for item in found), key=lambda pair: -pair[0].timestamp())
    told = [(when, item) for when, item in told if when.date() <= today and item.day >= item.record.entry.published]
    return tuple(
        _deadline_item(item, when, renderer) for when, item in cut(told, lambda pair: pair[0].date() + FULL, today)
    )


def _notice(item: Occurrence) -> datetime:
    """When a deadline enters its feed: some time before or, if an act set it later than that, when it was decided."""
    before = item.day - NOTICE
    return moment_of(item.key, max(before, min(item.day, item.modified)) if item.sequence else before)


def _deadline_item(item: Occurrence, when: datetime, renderer: Renderer) -> FeedItem:
    title = f"{written(item.day)}: {item.what}" + (" (data attesa)" if item.certainty == "attesa" else "")
    content = _rendered("feeds/deadline.html", item.record, {"item": item}, renderer)
    # A day that was moved is another notice: who had the first one must get this one too.
    name = f"{item.key}/fra-30-giorni" + (f"/{item.day}" if item.day != item.usual else "")
    text = f"{item.record.entry.title}." + (f" Riguarda: {item.deadline.concerns}." if item.deadline.concerns else "")
    return _item(name, title, when, when, text, content, item.record, renderer)


def _rendered(template: str, record: Record, context: dict[str, object], renderer: Renderer) -> str:
    html = renderer.render(template, record.url, {"record": record, "entry": record.entry, **context})
    return travelling(html, renderer.settings.absolute(record.url))


def _item(
    name: str,
    title: str,
    when: datetime,
    updated: datetime,
    text: str,
    content: str,
    record: Record,
    renderer: Renderer,
) -> FeedItem:
    settings, words = renderer.settings, renderer.catalogue.vocabularies
    categories = (record.entry.label, *(words.name("temi", theme) for theme in record.entry.themes))
    return FeedItem(settings.tag(name), title, settings.absolute(record.url), when, updated, text, content, categories)
