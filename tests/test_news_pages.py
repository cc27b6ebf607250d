"""«Novità»: one page with everything that happened, month by month, the newest first."""

from __future__ import annotations

from datetime import date

import pytest

from ecoteca.catalogue import Catalogue
from ecoteca.news import news
from ecoteca.pages.news_pages import SHOWN_PAGES, by_month, news_pages
from ecoteca.pages.rendering import Page, Renderer
from portals import Html
from support import ROOT, SETTINGS, TODAY, Project

CHANGES = [
    {"date": date(2026, 3, 5), "note": "Aggiunto l'esonero per chi trasporta i propri rifiuti.", "major": True},
    {"date": date(2026, 3, 6), "note": "Corretto un refuso."},
]


@pytest.fixture
def some(project: Project) -> Project:
    """A duty that changed, a call of the same month, an act of the year before, and a duty that is no longer true."""
    project.add("adempimenti", "mud", title="MUD", changes=CHANGES)
    phases = [{"name": "Domande", "opens": date(2025, 1, 1), "closes": date(2026, 4, 20)}]
    project.add("bandi", "filiere", title="Filiere", published=date(2026, 3, 20), themes=["imballaggi"], phases=phases)
    project.add("normativa", "legge", title="Legge", published=date(2025, 3, 1))
    ending = {"state": "ritirata", "reason": "Non serve più.", "ended": date(2025, 12, 24)}
    project.add("adempimenti", "vecchio", title="Vecchio", published=date(2025, 12, 1), **ending)
    return project


def shown(catalogue: Catalogue) -> Page:
    """The page of the day."""
    [page] = news_pages(Renderer(ROOT, catalogue, SETTINGS, TODAY))
    return page


def test_months_of_different_years_stand_apart_the_newest_first(some: Project) -> None:
    months = by_month(news(some.catalogue(), TODAY))
    assert [(name, [item.title for item in items]) for name, items in months] == [
        ("aprile 2026", ["Chiuso il 20 aprile 2026: Filiere"]),
        ("marzo 2026", ["Nuovo bando nel portale: Filiere", "Aggiunto l'esonero per chi trasporta i propri rifiuti"]),
        ("gennaio 2026", ["Nuova scheda: MUD"]),
        ("dicembre 2025", ["Ritirata: Vecchio", "Nuova scheda: Vecchio"]),
        ("marzo 2025", ["Nella raccolta delle norme: Legge"]),
    ]


def test_dozens_of_new_pages_do_not_hide_what_changed(project: Project) -> None:
    project.add("adempimenti", "mud", title="MUD", changes=CHANGES, published=date(2026, 1, 1))
    for number in range(SHOWN_PAGES + 2):
        project.add("guide", f"guida-{number:02d}", title=f"Guida {number:02d}", published=date(2026, 3, 31))
    html = shown(project.catalogue()).html
    at_once, _, folded = html.partition("<details")
    assert "Aggiunto l&#39;esonero" in at_once
    assert at_once.count("Nuova guida") == SHOWN_PAGES
    assert "Altre 2 pagine nuove di marzo 2026" in folded
    assert "Guida 13" in folded


def test_the_page_tells_what_changed_and_leads_there(some: Project) -> None:
    page = shown(some.catalogue())
    html = Html(page.html)
    assert page.url == "novita/"
    assert "Aggiunto l'esonero per chi trasporta i propri rifiuti" in html.text
    assert "Corretto un refuso" not in html.text
    headings = [
        html.text.index(month) for month in ("Aprile 2026", "Marzo 2026", "Gennaio 2026", "Dicembre 2025", "Marzo 2025")
    ]
    assert headings == sorted(headings)
    links = {tag["href"] for tag in html.having("href", "a")}
    assert {"../adempimenti/mud/", "../bandi/filiere/", "../normativa/legge/", "../feed/"} <= links


def test_what_no_longer_holds_stays_in_the_past(some: Project) -> None:
    assert "../adempimenti/vecchio/" in {tag["href"] for tag in Html(shown(some.catalogue()).html).having("href", "a")}


def test_themes_in_the_news_and_the_wider_ones_are_offered(some: Project) -> None:
    html = Html(shown(some.catalogue()).html)
    assert [tag["value"] for tag in html.having("value", "option")] == ["", "rifiuti", "mud", "imballaggi"]
    assert {tag["data-tema"] for tag in html.having("data-tema", "li")} == {"mud rifiuti", "imballaggi"}


def test_without_news_the_page_stands_empty(project: Project) -> None:
    assert "Novità" in Html(shown(project.catalogue()).html).text
