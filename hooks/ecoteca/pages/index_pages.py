"""Pages that gather entries: by type, by theme, by sector; the glossary; the home page."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from string import ascii_uppercase

from markupsafe import Markup

from ecoteca.catalogue import Record
from ecoteca.deadlines import Occurrence
from ecoteca.entries import ENTRY_TYPES, Act, Call, Duty, Entry, Event, GreenCriteria, Issue, Term
from ecoteca.pages.rendering import Page, Renderer
from ecoteca.vocabularies import Sector, Theme

SHOWN_DEADLINES = 6
SHOWN_NEWS = 6

FIRST = ("mud", "registro-carico-scarico", "fir", "deposito-temporaneo")
"""Entries offered under the search field, by id: what the offices are asked most."""


@dataclass(frozen=True, slots=True)
class Card:
    """A theme or sector as it is offered."""

    name: str
    intro: str
    url: str
    count: int


def index_pages(renderer: Renderer) -> tuple[Page, ...]:
    """Every page that gathers entries, but the home page."""
    vocabularies = renderer.catalogue.vocabularies
    return (
        *(_type_page(kind, renderer) for kind in ENTRY_TYPES),
        _themes_page(renderer),
        *(_theme_page(theme, renderer) for theme in vocabularies.themes.values()),
        _sectors_page(renderer),
        *(_sector_page(sector, renderer) for sector in vocabularies.sectors.values()),
    )


def home_page(renderer: Renderer, body: str) -> Page:
    """The home page; `body` is its hand-written part, as HTML of our own."""
    catalogue = renderer.catalogue
    context = {
        "first": [catalogue.by_id[key] for key in FIRST if key in catalogue.by_id and catalogue.by_id[key].current],
        "dates": renderer.upcoming[:SHOWN_DEADLINES],
        "latest": [item for item in renderer.news if not item.quiet][:SHOWN_NEWS],
        "themes": [card for card in _theme_cards(renderer, None) if card.count],
        "sectors": [_sector_card(renderer, sector) for sector in catalogue.vocabularies.sectors.values()],
        "body": Markup(body),
    }
    html = renderer.render("home.html", "", context)
    return Page("", renderer.settings.name, renderer.settings.description, html, "", "docs/index.md", "wide")


def _type_page(kind: type[Entry], renderer: Renderer) -> Page:
    everything = renderer.catalogue.of(kind)
    records = tuple(record for record in everything if record.current)
    past = tuple(record for record in everything if not record.current)
    url = f"{kind.folder}/"
    if kind is Term:
        html = renderer.render("glossary.html", url, {"kind": kind, "letters": _letters(records), "past": past})
    elif kind is GreenCriteria:
        html = renderer.render("criteria_index.html", url, {"kind": kind, "records": records, "past": past})
    else:
        dates = _next_dates(records, renderer) if kind is Duty else ()
        html = renderer.render(
            "type.html", url, {"kind": kind, "groups": _groups(kind, records), "dates": dates, "past": past}
        )
    return Page(url, kind.plural, kind.intro, html, kind.folder, layout="wide")


def _groups(kind: type[Entry], records: Sequence[Record]) -> list[tuple[str, list[Record]]]:
    """How the entries of one type are laid out: acts by level, what has a date from the latest, the rest by title."""
    if kind is Act:
        names = {"europeo": "Unione europea", "nazionale": "Italia", "regionale": "Lombardia"}
        return _by(records, names, lambda entry: entry.level if isinstance(entry, Act) else "")
    if kind is Duty:
        names = {"devi": "Obblighi", "dovresti": "Raccomandazioni", "buona pratica": "Buone pratiche"}
        return _by(records, names, lambda entry: entry.strength if isinstance(entry, Duty) else "")
    # Above the issues stands how to receive them, so they need a heading of their own.
    title = "I numeri" if kind is Issue else ""
    return [(title, sorted(records, key=_latest_first))] if records else []


def _by(
    records: Sequence[Record], names: dict[str, str], key: Callable[[Entry], str]
) -> list[tuple[str, list[Record]]]:
    groups = [(name, [record for record in records if key(record.entry) == value]) for value, name in names.items()]
    filled = [(name, found) for name, found in groups if found]
    return [("", filled[0][1])] if len(filled) == 1 else filled


def _latest_first(record: Record) -> tuple[int, str]:
    """Calls, events and newsletters from the latest; anything else as it stands."""
    entry = record.entry
    if isinstance(entry, Call):
        return -entry.phases[-1].opens.toordinal(), entry.title
    if isinstance(entry, Event):
        return -entry.starts.toordinal(), entry.title
    return (-entry.date.toordinal(), entry.title) if isinstance(entry, Issue) else (0, "")


def _letters(records: Iterable[Record]) -> list[tuple[str, list[Record]]]:
    """Glossary terms under their first letter, accents apart."""

    def initial(record: Record) -> str:
        plain = unicodedata.normalize("NFD", record.entry.title)[0].upper()
        return plain if plain in ascii_uppercase else "#"

    found = list(records)
    return [(letter, [record for record in found if initial(record) == letter]) for letter in [*ascii_uppercase, "#"]]


def _theme_cards(renderer: Renderer, parent: str | None) -> list[Card]:
    return [
        Card(theme.name, theme.intro, f"temi/{key}/", len(renderer.catalogue.on_theme(key)))
        for key, theme in renderer.catalogue.vocabularies.themes.items()
        if theme.parent == parent
    ]


def _sector_card(renderer: Renderer, sector: Sector) -> Card:
    return Card(sector.name, sector.intro, f"settori/{sector.id}/", len(renderer.catalogue.on_sector(sector.id)))


def _themes_page(renderer: Renderer) -> Page:
    title, lead = "Temi", "Gli argomenti del portale: sotto ciascuno trovi obblighi, norme, casi e domande."
    context = {"title": title, "lead": lead, "cards": _theme_cards(renderer, None)}
    return Page("temi/", title, lead, renderer.render("words.html", "temi/", context), "temi", layout="wide")


def _theme_page(theme: Theme, renderer: Renderer) -> Page:
    records = renderer.catalogue.on_theme(theme.id)
    context = {
        "word": theme,
        "eyebrow": "Tema",
        "parent": "Temi",
        "parent_url": "temi/",
        "note": "",
        "narrower": _theme_cards(renderer, theme.id),
        "dates": _next_dates(records, renderer),
        "groups": _by_type(records),
        "general": (),
    }
    url = f"temi/{theme.id}/"
    return Page(url, theme.name, theme.intro, renderer.render("word.html", url, context), "temi", layout="wide")


def _sectors_page(renderer: Renderer) -> Page:
    title, lead = "Settori", "Parti da quello che fa la tua impresa. Molti obblighi valgono per tutti i settori."
    cards = [_sector_card(renderer, sector) for sector in renderer.catalogue.vocabularies.sectors.values()]
    html = renderer.render("words.html", "settori/", {"title": title, "lead": lead, "cards": cards})
    return Page("settori/", title, lead, html, "settori", layout="wide")


def _sector_page(sector: Sector, renderer: Renderer) -> Page:
    records = renderer.catalogue.on_sector(sector.id)
    general = [record for record in renderer.catalogue.of(Duty) if record.current and not record.entry.sectors]
    context = {
        "word": sector,
        "eyebrow": "Settore",
        "parent": "Settori",
        "parent_url": "settori/",
        "note": "ATECO 2025: " + ", ".join(str(division) for division in sector.divisions),
        "narrower": (),
        "dates": _next_dates([*records, *general], renderer),
        "groups": _by_type(records),
        "general": general,
    }
    url = f"settori/{sector.id}/"
    return Page(url, sector.name, sector.intro, renderer.render("word.html", url, context), "settori", layout="wide")


def _next_dates(records: Iterable[Record], renderer: Renderer) -> tuple[Occurrence, ...]:
    urls = {record.url for record in records}
    return tuple(islice((item for item in renderer.upcoming if item.record.url in urls), SHOWN_DEADLINES))


def _by_type(records: Iterable[Record]) -> list[tuple[type[Entry], list[Record]]]:
    found = list(records)
    groups = [(kind, [record for record in found if type(record.entry) is kind]) for kind in ENTRY_TYPES]
    return [(kind, members) for kind, members in groups if members]
