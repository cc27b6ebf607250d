"""«Novità»: everything that happened, by month."""

from __future__ import annotations

from itertools import groupby

from ecoteca.formats import month
from ecoteca.news import NewsItem
from ecoteca.pages.rendering import Page, Renderer

URL = "novita/"
TITLE = "Novità"
SHOWN_PAGES = 12
"""New pages of one month that are listed at once: when dozens come out together, what changed must not drown in them."""

LEAD = "Schede nuove, modifiche rilevanti, proroghe, norme che cominciano ad applicarsi, bandi: mese per mese."


def news_pages(renderer: Renderer) -> tuple[Page, ...]:
    """The page of all news, the newest month first."""
    items = tuple(item for item in renderer.news if not item.quiet)
    vocabularies = renderer.catalogue.vocabularies
    marks = {item.record.entry.id: vocabularies.with_wider(item.record.entry.themes) for item in items}
    named = set().union(*marks.values())
    context = {
        "title": TITLE,
        "lead": LEAD,
        "months": [(name, *_folded(found)) for name, found in by_month(items)],
        "marks": marks,
        "themes": [(key, word.name) for key, word in vocabularies.themes.items() if key in named],
    }
    return (Page(URL, TITLE, LEAD, renderer.render("news.html", URL, context), "novita", layout="wide"),)


def by_month(items: tuple[NewsItem, ...]) -> list[tuple[str, list[NewsItem]]]:
    """News under «novembre 2026» and so on."""
    groups = groupby(items, key=lambda item: (item.day.year, item.day.month))
    return [(f"{month(number)} {year}", list(found)) for (year, number), found in groups]


def _folded(items: list[NewsItem]) -> tuple[list[NewsItem], list[NewsItem]]:
    """The news of a month in two: what is listed at once, and the new pages beyond the first ones."""
    beyond = [item for item in items if item.kind == "scheda"][SHOWN_PAGES:]
    folded = {item.name for item in beyond}
    return [item for item in items if item.name not in folded], beyond
