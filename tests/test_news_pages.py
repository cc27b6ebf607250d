"""«Novità»: one page with everything that happened, month by month, the newest first."""

from __future__ import annotations

from datetime import date

import pytest

from ecoteca.catalogue import Catalogue
from ecoteca.news import news
from ecoteca.pages.news_pages import by_month, news_pages
from ecoteca.pages.rendering import Page, Renderer
from portals import Html
from support import ROOT, SETTINGS, TODAY, Project

CHANGES = [
    {"date": date(2026, 3, 5), "note": "Prorogato al 3 luglio 2026 il termine.", "major": True},
    {"date": date(2026, 3, 6), "note": "Corretto un refuso."},
]


@pytest.fixture
def some(project: Project) -> Project:
    """A duty that changed, a call of the same month, an act of the year before, and a duty that is no longer true."""
    project.add("adempimenti", "mud", title="MUD", changes=CHANGES)
    project.add("bandi", "filiere", title="Filiere", published=date(2026, 3, 20), themes=["imballaggi"])
    project.add("normativa", "legge", title="Legge", published=date(2025, 3, 1))
    ending = {"state": "ritirata", "reason": "Non serve più."}
    project.add("adempimenti", "vecchio", title="Vecchio", published=date(2025, 12, 1), **ending)
    return project


def shown(catalogue: Catalogue) -> Page:
    """The page of the day."""
    [page] = news_pages(Renderer(ROOT, catalogue, SETTINGS, TODAY))
    return page


def test_months_of_different_years_stand_apart_the_newest_first(some: Project) -> None:
    months = by_month(news(some.catalogue().records, TODAY))
    assert [(name, [item.title for item in items]) for name, items in months] == [
        ("marzo 2026", ["Filiere", "MUD: aggiornamento"]),
        ("gennaio 2026", ["MUD"]),
        ("dicembre 2025", ["Vecchio"]),
        ("marzo 2025", ["Legge"]),
    ]


def test_the_page_tells_what_changed_and_leads_there(some: Project) -> None:
    page = shown(some.catalogue())
    html = Html(page.html)
    assert page.url == "novita/"
    assert "Prorogato al 3 luglio 2026 il termine." in html.text
    assert "Corretto un refuso" not in html.text
    headings = [html.text.index(month) for month in ("Marzo 2026", "Gennaio 2026", "Dicembre 2025", "Marzo 2025")]
    assert headings == sorted(headings)
    links = {tag["href"] for tag in html.having("href", "a")}
    assert {"../adempimenti/mud/", "../bandi/filiere/", "../normativa/legge/", "../feed/novita.xml"} <= links


def test_what_no_longer_holds_stays_in_the_past(some: Project) -> None:
    assert "../adempimenti/vecchio/" in {tag["href"] for tag in Html(shown(some.catalogue()).html).having("href", "a")}


def test_themes_in_the_news_and_the_wider_ones_are_offered(some: Project) -> None:
    html = Html(shown(some.catalogue()).html)
    assert [tag["value"] for tag in html.having("value", "option")] == ["", "rifiuti", "mud", "imballaggi"]
    assert {tag["data-tema"] for tag in html.having("data-tema", "li")} == {"mud rifiuti", "imballaggi"}


def test_without_news_the_page_stands_empty(project: Project) -> None:
    assert "Novità" in Html(shown(project.catalogue()).html).text
