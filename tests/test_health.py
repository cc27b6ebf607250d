"""«Stato della base di conoscenza»: figures that can be counted again by hand, for readers and for the office."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from ecoteca.catalogue import Record
from ecoteca.entries import ENTRY_TYPES, Act, Duty, Term
from ecoteca.health import COVERED_TYPES, Health, health_of
from ecoteca.pages.health_pages import DATA, health_files, health_pages
from ecoteca.pages.rendering import Renderer
from portals import Html
from support import ROOT, SETTINGS, TODAY, Project

CHECKED = {"on": date(2026, 11, 1), "by": "redazione normativa"}


def health(project: Project, today: date = TODAY) -> Health:
    """The state of a project on a day."""
    return health_of(project.catalogue(today), today)


def dated(due: tuple[tuple[date, Record], ...]) -> list[tuple[str, str]]:
    """What falls due, as day and id."""
    return [(str(day), record.entry.id) for day, record in due]


@pytest.fixture
def some(project: Project) -> Project:
    """Duties fresh, due soon, and overdue; an act that nobody checked; entries that no longer hold; a draft."""
    ending = {"state": "superata", "reason": "Nuova legge.", "succeeded_by": "fresco"}
    project.add("adempimenti", "fresco", checked=CHECKED, sectors=["commercio"])
    project.add("adempimenti", "presto", checked=CHECKED, next_check=date(2026, 12, 31), themes=["imballaggi"])
    project.add("adempimenti", "scaduto", sectors=["commercio", "costruzioni"])
    project.add("adempimenti", "scaduto-prima", next_check=date(2026, 2, 1), state="da verificare")
    project.add("normativa", "legge", themes=["rifiuti"])
    project.add("adempimenti", "superato", **ending)
    project.add("adempimenti", "ritirato", state="ritirata", reason="Mai esistito.")
    project.add("adempimenti", "bozza", state="bozza")
    return project


# The figures


def test_what_no_longer_holds_and_what_is_not_out_yet_is_not_counted(some: Project) -> None:
    whole = health(some).whole
    assert (whole.total, whole.checked, whole.overdue, whole.soon) == (5, 2, 2, 2)


def test_types_add_up_to_the_whole_and_an_empty_one_is_told(some: Project) -> None:
    found = health(some)
    assert [row.name for row in found.by_type] == [kind.plural for kind in ENTRY_TYPES]
    figures = {row.name: (row.total, row.checked, row.overdue, row.soon) for row in found.by_type}
    assert figures[Duty.plural] == (4, 2, 2, 1)
    assert figures[Act.plural] == (1, 0, 0, 1)
    assert figures[Term.plural] == (0, 0, 0, 0)
    assert [sum(column) for column in zip(*figures.values(), strict=True)] == [5, 2, 2, 2]


def test_what_is_overdue_and_what_falls_due_are_named_the_most_urgent_first(some: Project) -> None:
    found = health(some)
    assert dated(found.overdue) == [("2026-02-01", "scaduto-prima"), ("2026-07-15", "scaduto")]
    assert dated(found.soon) == [("2026-12-31", "presto"), ("2027-01-15", "legge")]


@pytest.mark.parametrize(
    ("day", "overdue", "soon"),
    [(date(2026, 11, 1), 2, 1), (date(2026, 12, 31), 2, 2), (date(2027, 1, 1), 3, 1), (date(2027, 1, 16), 4, 0)],
)
def test_lists_and_figures_tell_the_same_on_any_day(some: Project, day: date, overdue: int, soon: int) -> None:
    found = health(some, day)
    assert (len(found.overdue), len(found.soon)) == (found.whole.overdue, found.whole.soon) == (overdue, soon)


def test_gaps_show_by_theme_with_its_narrower_ones_and_by_sector(some: Project) -> None:
    found = health(some)
    place = COVERED_TYPES.index(Duty), COVERED_TYPES.index(Act)
    duties_and_acts = {row.name: tuple(row.counts[n] for n in place) for row in (*found.themes, *found.sectors)}
    assert duties_and_acts == {
        "Rifiuti": (3, 1),
        "MUD": (3, 0),
        "Imballaggi": (1, 0),
        "Costruzioni": (1, 0),
        "Commercio": (2, 0),
    }


# The page and the data


@pytest.fixture
def renderer(some: Project) -> Renderer:
    """The templates, with some entries."""
    (some.root / "overrides").symlink_to(ROOT / "overrides")
    return Renderer(some.root, some.catalogue(), SETTINGS, TODAY)


def test_the_office_reads_the_same_figures_as_data(renderer: Renderer) -> None:
    [(name, raw)] = health_files(renderer).items()
    data: dict[str, Any] = json.loads(raw)
    assert name == DATA == "stato/dati.json"
    assert data["al"] == "2026-11-23"
    whole = {"nome": "Tutte le schede", "schede": 5, "verificate": 2, "scadute": 2, "in_scadenza": 2}
    assert data["totale"] == whole
    assert data["per_tipo"][0] == whole | {"nome": "Adempimenti", "schede": 4, "in_scadenza": 1}
    assert data["scadute"] == [
        {"entro": "2026-02-01", "id": "scaduto-prima", "file": "content/adempimenti/scaduto-prima.md"},
        {"entro": "2026-07-15", "id": "scaduto", "file": "content/adempimenti/scaduto.md"},
    ]
    assert [item["id"] for item in data["in_scadenza"]] == ["presto", "legge"]
    assert data["temi"][0] == {"nome": "Rifiuti", "adempimenti": 3, "normativa": 1, "domande": 0, "casi-studio": 0}
    assert [row["nome"] for row in data["settori"]] == ["Costruzioni", "Commercio"]


def test_readers_see_the_figures_and_where_each_page_is(renderer: Renderer) -> None:
    [page] = health_pages(renderer)
    html = Html(page.html)
    links = [tag["href"] for tag in html.having("href", "a")]
    assert page.url == "stato/"
    assert "Al 23 novembre 2026" in html.text
    for url in (DATA, "adempimenti/scaduto/", "adempimenti/presto/", "temi/mud/", "settori/commercio/"):
        assert f"../{url}" in links
    assert "../adempimenti/superato/" not in links


def test_nothing_due_is_said_in_words(project: Project) -> None:
    (project.root / "overrides").symlink_to(ROOT / "overrides")
    project.add("adempimenti", "mud", checked=CHECKED)
    [page] = health_pages(Renderer(project.root, project.catalogue(), SETTINGS, TODAY))
    assert Html(page.html).text.count("Nessuna scheda.") == 2
