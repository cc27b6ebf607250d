"""Which news is in which feed, what an item carries, and a subscriber who sees every change once."""

from __future__ import annotations

from collections import Counter
from copy import deepcopy
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from ecoteca.catalogue import Catalogue
from ecoteca.news import news
from ecoteca.outputs.feeds import ALL_NEWS, DEADLINES, FORMATS, LATE_DAYS, NEWSLETTER, Channel, feed_files
from ecoteca.pages.feed_pages import announcements, channels, feed_pages
from ecoteca.pages.rendering import Renderer
from portals import Html
from support import ROOT, SETTINGS, TODAY, Project

TAG = f"tag:{SETTINGS.authority}:"


def feeds(catalogue: Catalogue, today: date = TODAY) -> dict[str, Channel]:
    """Every feed of a catalogue by its address."""
    return {channel.stem: channel for channel in channels(Renderer(ROOT, catalogue, SETTINGS, today))}


def names(channel: Channel) -> list[str]:
    """The names of a feed's items."""
    return [item.id.removeprefix(TAG) for item in channel.items]


# What is in which feed


def test_each_theme_type_sector_and_province_has_its_feed(project: Project) -> None:
    project.add("adempimenti", "mud", themes=["mud"], sectors=["commercio"], territories=["mi"])
    project.add("cam", "edilizia", themes=["imballaggi"])
    project.add("glossario", "fir")
    project.add("newsletter", "gennaio", sections=[])
    found = {stem: names(channel) for stem, channel in feeds(project.catalogue()).items() if channel.items}
    assert found == {
        ALL_NEWS: ["mud", "edilizia", "gennaio"],
        NEWSLETTER: ["gennaio"],
        "feed/temi/rifiuti": ["mud", "gennaio"],  # the wider theme has what the narrower one has
        "feed/temi/mud": ["mud", "gennaio"],
        "feed/temi/imballaggi": ["edilizia"],
        "feed/settori/commercio": ["mud"],
        "feed/tipi/adempimenti": ["mud"],
        "feed/tipi/cam": ["edilizia"],
        "feed/tipi/glossario": ["fir"],
        "feed/province/mi": ["mud"],
    }


def test_what_happens_in_the_region_or_through_a_chamber_reaches_its_provinces(project: Project) -> None:
    places = "title: Territori\nitems:\n"
    for place, kind in (("italia", "stato"), ("lombardia", "regione"), ("mi", "provincia"), ("lo", "provincia")):
        places += f"  - {{id: {place}, name: Luogo {place}, kind: {kind}}}\n"
    project.write("content/vocabolari/territori.yaml", places)
    project.add("normativa", "delibera", territories=["lombardia"])
    project.add("eventi", "corso", chamber="milano")
    project.add("casi-studio", "legno", province="lo")
    project.add("adempimenti", "ovunque")
    found = feeds(project.catalogue())
    assert set(names(found["feed/province/mi"])) == {"delibera", "corso"}
    assert set(names(found["feed/province/lo"])) == {"delibera", "legno"}


def test_a_feed_without_news_is_published_all_the_same(project: Project) -> None:
    files = feed_files(feeds(project.catalogue()).values(), SETTINGS)
    assert {name.rpartition(".")[2] for name in files} == set(FORMATS)
    assert {"feed/temi/imballaggi.xml", "feed/tipi/azioni.atom", "feed/province/mi.json"} <= set(files)


YEARLY = {"rule": "ogni anno", "what": "Presentare il MUD", "days": ["04-30"]}


def test_a_deadline_enters_its_feed_thirty_days_before_and_stays(project: Project) -> None:
    project.add("adempimenti", "mud", published=date(2020, 1, 1), deadlines=[YEARLY | {"since": 2027}])
    catalogue = project.catalogue()
    day = date(2027, 4, 30)
    assert names(feeds(catalogue, day - timedelta(days=31))[DEADLINES]) == []
    (item,) = feeds(catalogue, day - timedelta(days=30))[DEADLINES].items
    assert item.id == f"{TAG}mud/scadenza/2027/fra-30-giorni"
    assert item.title == "30 aprile 2027: Presentare il MUD"
    assert item.published.date() == date(2027, 3, 31)
    assert feeds(catalogue, day + timedelta(days=100))[DEADLINES].items == (item,)


@pytest.mark.parametrize(
    ("day", "written"), [("05-08", "Entro l'8 maggio"), ("05-11", "Entro l'11 maggio"), ("05-01", "Entro il 1° maggio")]
)
def test_a_deadline_is_said_as_it_is_spoken(project: Project, day: str, written: str) -> None:
    project.add("adempimenti", "mud", published=date(2026, 1, 1), deadlines=[YEARLY | {"days": [day], "since": 2026}])
    (item,) = feeds(project.catalogue(), date(2026, 5, 1))[DEADLINES].items
    assert Html(item.content).text.startswith(f"{written} 2026: Presentare il MUD.")


def test_a_deadline_that_is_moved_is_announced_again(project: Project) -> None:
    moved = {"year": 2027, "on": date(2027, 7, 1), "why": "DPCM", "decided": date(2027, 4, 20)}
    project.add(
        "adempimenti", "mud", published=date(2020, 1, 1), deadlines=[YEARLY | {"since": 2027, "exceptions": [moved]}]
    )
    (item,) = feeds(project.catalogue(), date(2027, 6, 2))[DEADLINES].items
    assert (item.id, item.title) == (
        f"{TAG}mud/scadenza/2027/fra-30-giorni/2027-07-01",
        "1° luglio 2027: Presentare il MUD",
    )
    assert item.published.date() == date(2027, 6, 1)


def test_a_deadline_that_passed_before_its_page_came_out_is_not_told_late(project: Project) -> None:
    silent = {"year": 2025, "on": date(2025, 6, 30), "why": "Non si sa quando"}
    rule = YEARLY | {"since": 2025, "exceptions": [silent]}
    project.add("adempimenti", "mud", published=date(2026, 1, 1), deadlines=[rule])
    assert feeds(project.catalogue(), date(2026, 2, 1))[DEADLINES].items == ()


def test_what_happened_before_a_page_came_out_is_as_fresh_as_the_page(project: Project) -> None:
    fact = {"on": date(2025, 12, 1), "note": "Fatto di prima.", "url": "https://example.org/"}
    project.add("adempimenti", "mud", published=date(2026, 11, 1), developments=[fact])
    for number in range(40):
        project.add("casi-studio", f"caso-{number}", published=date(2026, 11, 2))
    assert "mud/fatto-2025-12-01" in names(feeds(project.catalogue())[ALL_NEWS])


@pytest.mark.parametrize(("late", "carried"), [(200, True), (LATE_DAYS + 1, False)])
def test_a_fact_written_down_late_is_carried_though_there_is_much_newer_news(
    project: Project, late: int, carried: bool
) -> None:
    fact = {"on": TODAY - timedelta(days=late), "note": "Scritto tardi.", "url": "https://example.org/"}
    project.add("adempimenti", "mud", published=TODAY - timedelta(days=500), developments=[fact])
    for number in range(40):
        project.add("casi-studio", f"caso-{number}", published=TODAY - timedelta(days=1))
    found = names(feeds(project.catalogue())[ALL_NEWS])
    assert (f"mud/fatto-{fact['on']}" in found) is carried
    assert "mud" not in found


# What an item carries


def test_a_new_page_comes_with_its_facts_and_its_text(project: Project) -> None:
    body = "Leggi la [norma](../normativa/legge.md#articoli) e guarda:\n\n![Un grafico](../immagini/grafico.png)\n"
    project.add("normativa", "legge", "## Articoli\n\nSono due.\n")
    project.write("content/immagini/grafico.png", b"")
    project.add("adempimenti", "mud", body, how="Con il portale.", deadlines=[YEARLY])
    item = feeds(project.catalogue())["feed/tipi/adempimenti"].items[0]
    text = Html(item.content).text
    assert "Chi produce" in text
    assert "Con il portale." in text
    assert '<a href="https://ecoteca.example/normativa/legge/#articoli">norma</a>' in item.content
    assert '<img src="https://ecoteca.example/immagini/grafico.png" alt="Un grafico">' in item.content
    assert "Nessuno ha ancora confrontato questa pagina con il testo ufficiale" in text


@pytest.mark.parametrize(
    "folder", ["adempimenti", "normativa", "cam", "bandi", "eventi", "casi-studio", "domande", "azioni"]
)
def test_what_an_item_carries_does_not_depend_on_the_day(project: Project, folder: str) -> None:
    project.add_one_of_each()
    catalogue = project.catalogue()
    for day in (date(2026, 2, 2), date(2026, 4, 30), date(2026, 9, 1)):
        first, later = (feeds(catalogue, today)[f"feed/tipi/{folder}"] for today in (day, day + timedelta(days=30)))
        assert set(first.items) - set(later.items) == set()


def test_a_change_says_what_changed_and_where(project: Project) -> None:
    change = {"date": date(2026, 3, 5), "note": "Nuovi moduli.", "major": True}
    project.add("adempimenti", "mud", title="Il MUD", changes=[change])
    item = feeds(project.catalogue())[ALL_NEWS].items[0]
    assert item.title == "Nuovi moduli"
    assert '<a href="https://ecoteca.example/adempimenti/mud/">Il MUD</a>' in item.content
    assert item.categories == ("Adempimento", "MUD")


# Who finds them


def test_pages_announce_their_own_feeds(project: Project) -> None:
    told = announcements(project.catalogue().vocabularies)
    assert [item.address for item in told["temi/mud/"]] == [f"feed/temi/mud.{ending}" for ending in FORMATS]
    assert [item.address for item in told["scadenze/"]] == [f"{DEADLINES}.{ending}" for ending in FORMATS]
    assert [item.address for item in told["newsletter/"]] == [f"{NEWSLETTER}.{ending}" for ending in FORMATS]
    assert told[""] == told["novita/"]  # in its first format every page announces it
    assert [item.address for item in told[""]] == [f"{ALL_NEWS}.atom", f"{ALL_NEWS}.json"]


def test_the_page_of_feeds_offers_each_of_them_in_each_format(project: Project) -> None:
    renderer = Renderer(ROOT, project.catalogue(), SETTINGS, TODAY)
    [page] = feed_pages(renderer)
    linked = {tag["href"].replace(SETTINGS.site_url, "../") for tag in Html(page.html).having("href", "a")}
    published = {f"../{name}" for name in feed_files(channels(renderer), SETTINGS)}
    assert published - linked == set()


# A subscriber over the years


class Subscriber:
    """Reads a feed now and then, and knows each item by its name, as every reader does."""

    def __init__(self) -> None:
        self.seen: Counter[str] = Counter()
        self._known: set[str] = set()

    def read(self, channel: Channel) -> None:
        """Notes what is new."""
        new = set(names(channel)) - self._known
        self._known |= new
        self.seen.update(new)


EVENTS = [
    "new",
    "major",
    "major",
    "two",
    "two",
    "minor",
    "correct",
    "correct",
    "late",
    "rename",
    "retitle",
    "reword",
    "extend",
    "end",
]


def edited(rng: Random, pages: dict[str, dict[str, Any]], today: date, version: int) -> None:
    """One more day in the life of the contents: pages come, change, move, end; a note is reworded."""
    key = rng.choice(sorted(pages)) if pages else ""
    what = rng.choice(EVENTS)
    page = pages.get(key)
    if page is None or what == "new":
        slug = f"scheda-{version}"
        pages[slug] = {
            "slug": slug,
            "published": today,
            "changes": [],
            "developments": [],
            "title": f"Scheda {version}",
        }
    elif page.get("state"):
        return
    elif what in ("major", "two", "minor", "correct"):
        for turn in range(2 if what == "two" else 1):
            mark = {"correction": True} if what == "correct" else {"major": what != "minor"}
            page["changes"].append(
                {"date": today, "note": f"Nota {version} {turn}.", "id": f"v{version}-{turn}", **mark}
            )
    elif what == "late":
        on = today - timedelta(days=rng.randrange(100, LATE_DAYS))
        page["developments"].append({"on": on, "note": "Di tempo fa.", "url": "https://a.it/", "id": f"v{version}"})
    elif what == "rename":
        page["slug"] = f"{page['slug'][:40]}-{version}"
    elif what == "retitle":
        page["title"] = f"Titolo {version}"
    elif what == "reword" and page["changes"]:
        page["changes"][-1]["note"] = f"Altre parole {version}."
    elif what == "extend":
        page.setdefault("extensions", []).append(today)
    elif what == "end" and today > page["published"]:
        page |= {"state": "ritirata", "reason": "Non serve più.", "ended": today}


def publish(project: Project, pages: dict[str, dict[str, Any]]) -> None:
    """Writes the contents of a day."""
    for path in project.root.glob("content/adempimenti/*.md"):
        path.unlink()
    for key, page in pages.items():
        fields = deepcopy({name: value for name, value in page.items() if name not in ("slug", "extensions")})
        was, moved = date(2030, 1, 1), []
        for number, day in enumerate(page.get("extensions", ())):
            now = was + timedelta(days=30)
            moved.append({"was": was, "now": now, "decided": day, "act": f"D.L. {number}"})
            was = now
        if moved:
            fields["deadlines"] = [
                {"rule": "una volta", "what": "Presentare", "on": date(2030, 1, 1), "extensions": moved}
            ]
        project.add("adempimenti", page["slug"], id=key, **fields)


def test_over_two_hundred_versions_a_subscriber_sees_each_change_exactly_once(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What items carry is tested above, and making it anew for each version would take most of the time.
    monkeypatch.setattr("ecoteca.pages.feed_pages.travelling_article", lambda record, renderer: "")
    monkeypatch.setattr("ecoteca.pages.feed_pages._rendered", lambda *told: "")
    rng, pages, reader = Random(7), dict[str, dict[str, Any]](), Subscriber()
    today, happened = date(2026, 1, 1), set[str]()
    for version in range(200):
        edited(rng, pages, today, version)
        publish(project, pages)
        catalogue = project.catalogue(today)
        assert len(catalogue.records) == len(pages)
        happened |= {item.name for item in news(catalogue, today)}
        reader.read(feeds(catalogue, today)[ALL_NEWS])
        today += timedelta(days=rng.choice([0, 1, 1, 2]))
    expected = set(pages)
    for key, page in pages.items():
        told = (change for change in page["changes"] if change.get("major") or change.get("correction"))
        expected |= {f"{key}/{change['date']}/{change['id']}" for change in told}
        expected |= {f"{key}/fatto-{fact['on']}/{fact['id']}" for fact in page["developments"]}
        day = date(2030, 1, 1)
        for _ in page.get("extensions", ()):
            expected.add(f"{key}/scadenza/proroga-{day}")
            day += timedelta(days=30)
        if page.get("state"):
            expected.add(f"{key}/ritirata")
    assert set(reader.seen) == expected
    assert set(reader.seen.values()) == {1}
    assert happened == expected
    assert len(expected) > 100
