"""Deadlines in a real browser: what depends on today, the filters, and the calculators, which count as Python does."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, BrowserContext, Page, Route

from ecoteca.catalogue import build
from ecoteca.pages.deadline_pages import deadline_pages
from ecoteca.pages.entry_pages import entry_page
from ecoteca.pages.rendering import Renderer
from support import ROOT, SETTINGS, TODAY, Project

HOST = "https://portale.example/"
CASES: list[dict[str, Any]] = yaml.safe_load((ROOT / "tests" / "data" / "after_event.yaml").read_text("utf-8"))

DUTIES: dict[str, dict[str, Any]] = {
    "mud": {
        "themes": ["mud"],
        "deadlines": [
            {"rule": "ogni anno", "what": "Presentare il MUD", "days": ["04-30"]},
            {"rule": "ogni anno", "id": "diritto", "what": "Pagare il diritto", "days": ["11-30", "12-31"]},
        ],
    },
    "imballaggi": {
        "themes": ["imballaggi"],
        "sectors": ["commercio"],
        "deadlines": [{"rule": "ogni mese", "what": "Dichiarare gli imballaggi", "day": 20}],
    },
}


def counting(cases: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A term for each case."""
    return [
        {
            "rule": "da un evento",
            "id": f"caso-{number}",
            "what": case["because"],
            "event": "evento",
            "within": case["within"],
            "unit": case["unit"],
            "before": case.get("before", False),
        }
        | ({"shift": {"norm": "una norma", "saturdays": case["shift"] == "sabati"}} if "shift" in case else {})
        for number, case in enumerate(cases)
    ]


GROUPS = [CASES[place : place + 12] for place in range(0, len(CASES), 12)]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A tiny portal of 23 November 2026: its pages by address, in a frame that has the real styles, scripts and policy."""
    project = Project(tmp_path_factory.mktemp("portale"))
    (project.root / "overrides").symlink_to(ROOT / "overrides")
    for name, fields in DUTIES.items():
        project.add("adempimenti", name, **fields)
    for number, group in enumerate(GROUPS):
        project.add("adempimenti", f"conti-{number}", themes=["rifiuti"], deadlines=counting(group))
    renderer = Renderer(project.root, build(project.corpus(), TODAY), SETTINGS, TODAY)
    made = [entry_page(record, renderer) for record in renderer.catalogue.records]
    return {page.url: framed(page.html) for page in (*made, *deadline_pages(renderer))}


def framed(article: str) -> str:
    policy = re.search(r"<meta http-equiv.*?>", (ROOT / "overrides" / "partials" / "csp.html").read_text("utf-8"))
    assert policy
    styles = "".join(
        f'<link rel="stylesheet" href="/assets/css/{name}.css">' for name in ("shell", "components", "deadlines")
    )
    return (
        f'<!doctype html><html lang="it" class="no-js"><head><meta charset="utf-8">{policy[0]}{styles}'
        f'<script src="/assets/js/theme.js"></script></head><body><article class="md-typeset">{article}</article>'
        f'<script src="/assets/js/deadlines.js"></script></body></html>'
    )


class Reader:
    """Somebody who reads the tiny portal; what the browser complains of makes the test fail."""

    def __init__(self, browser: Browser, pages: dict[str, str]) -> None:
        self._browser, self._pages, self.complaints = browser, pages, list[str]()
        self._contexts: list[BrowserContext] = []

    def open(self, address: str, now: str = "2026-11-23T12:00:00Z", scripts: bool = True) -> Page:
        context = self._browser.new_context(java_script_enabled=scripts, timezone_id="America/New_York", locale="it-IT")
        self._contexts.append(context)
        context.route("**/*", self._answer)
        page = context.new_page()
        page.on("console", lambda message: self.complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.clock.set_fixed_time(now)
        page.goto(HOST + address)
        return page

    def leave(self) -> None:
        """Closes every page."""
        for context in self._contexts:
            context.close()

    def _answer(self, route: Route) -> None:
        address = route.request.url.removeprefix(HOST).split("?")[0]
        if address in self._pages:
            route.fulfill(body=self._pages[address], content_type="text/html")
        elif (file := ROOT / "docs" / address).is_file():
            route.fulfill(body=file.read_bytes(), content_type=mimetypes.guess_type(address)[0] or "")
        else:
            route.fulfill(status=404)


@pytest.fixture
def reader(browser: Browser, pages: dict[str, str]) -> Iterator[Reader]:
    someone = Reader(browser, pages)
    yield someone
    someone.leave()
    assert someone.complaints == []


def shown(page: Page, selector: str) -> list[str]:
    """The texts of what a reader sees."""
    return [item.inner_text().strip() for item in page.locator(selector).all() if item.is_visible()]


# Today


def test_the_browser_says_how_far_off_a_deadline_is(reader: Reader) -> None:
    page = reader.open("scadenze/")

    def first(now: str) -> str:
        page.clock.set_fixed_time(now)
        page.reload()
        return shown(page, ".eco-deadline__left")[0]

    assert first("2026-11-23T12:00:00Z") == "tra 7 giorni"
    assert first("2026-11-29T12:00:00Z") == "domani"
    assert first("2026-11-29T22:59:00Z") == "domani"
    assert first("2026-11-29T23:00:00Z") == "oggi"  # midnight in Rome, whatever the reader's own time zone
    assert first("2026-11-30T22:59:00Z") == "oggi"


def test_what_has_passed_is_folded_away(reader: Reader) -> None:
    page = reader.open("scadenze/", "2026-12-31T09:00:00Z")
    assert shown(page, ".eco-month h2")[:2] == ["Novembre 2026", "Dicembre 2026"]
    assert shown(page, "[data-deadlines] > li h3")[0] == "Pagare il diritto"
    page.get_by_text("Scadenze passate").nth(1).click()
    december = page.locator(".eco-past").nth(1)
    assert december.locator("h3").all_inner_texts() == ["Dichiarare gli imballaggi"]
    assert december.locator(".eco-deadline__left").all_inner_texts() == ["11 giorni fa"]


def test_on_the_page_of_a_duty_it_joins_what_had_passed_before(reader: Reader) -> None:
    page = reader.open("adempimenti/mud/", "2026-12-05T09:00:00Z")
    page.get_by_text("Scadenze passate").click()
    assert [text.split()[0] for text in shown(page, ".eco-past time")][:3] == ["30", "30", "31"]
    assert shown(page, "[data-deadlines] > li h3") == ["Presentare il MUD"]


def test_without_scripts_every_date_stands(reader: Reader, pages: dict[str, str]) -> None:
    page = reader.open("scadenze/", "2027-06-01T09:00:00Z", scripts=False)
    assert len(shown(page, ".eco-deadline time")) == pages["scadenze/"].count("<time class") == 15
    assert shown(page, ".eco-filters, .eco-deadline__left, .eco-past") == []
    assert len(shown(page, ".eco-terms-list > li")) == len(CASES)
    duty = reader.open("adempimenti/conti-0/", scripts=False)
    assert shown(duty, "input, output") == []
    assert len(shown(duty, ".eco-count p")) == len(GROUPS[0])


# Filters


def test_a_filter_leaves_what_concerns_the_reader_and_stays_in_the_address(reader: Reader) -> None:
    page = reader.open("scadenze/")
    page.get_by_label("Tema").select_option("Imballaggi")
    assert set(shown(page, ".eco-deadline h3")) == {"Dichiarare gli imballaggi"}
    assert shown(page, ".eco-month h2")[0] == "Dicembre 2026"
    assert shown(page, "[role=status]") == [f"12 scadenze su {15 + len(CASES)} per: Imballaggi."]
    assert page.url == f"{HOST}scadenze/?tema=imballaggi"
    page.reload()
    assert set(shown(page, ".eco-deadline h3")) == {"Dichiarare gli imballaggi"}
    page.get_by_role("button", name="Togli i filtri").click()
    page.wait_for_url(f"{HOST}scadenze/")
    assert len(shown(page, ".eco-deadline")) == 15


def test_a_wider_theme_holds_the_narrower_and_what_names_no_sector_holds_for_all(reader: Reader) -> None:
    page = reader.open("scadenze/?tema=rifiuti&settore=costruzioni")
    assert set(shown(page, ".eco-deadline h3")) == {"Presentare il MUD", "Pagare il diritto"}
    assert len(shown(page, ".eco-terms-list > li")) == len(CASES)
    page.get_by_label("Tema").select_option("Tutti i temi")
    assert set(shown(page, ".eco-deadline h3")) == {"Presentare il MUD", "Pagare il diritto"}
    assert page.url == f"{HOST}scadenze/?settore=costruzioni"


def test_a_filter_that_does_not_exist_filters_nothing(reader: Reader) -> None:
    page = reader.open("scadenze/?tema=nessuno")
    assert len(shown(page, ".eco-deadline")) == 15


# Calculators


@pytest.mark.parametrize("number", range(len(GROUPS)))
def test_the_calculator_counts_as_the_library_does_without_a_connection(reader: Reader, number: int) -> None:
    page = reader.open(f"adempimenti/conti-{number}/")
    page.context.set_offline(True)
    found = {}
    for place, case in enumerate(GROUPS[number]):
        page.fill(f"#conto-caso-{place}", str(case["event"]))
        found[case["because"]] = page.locator(f"#conto-caso-{place} + output time").get_attribute("datetime")
    assert found == {case["because"]: str(case["last"]) for case in GROUPS[number]}


def test_the_answer_is_a_sentence(reader: Reader) -> None:
    place = next(n for n, case in enumerate(CASES) if case.get("shift") == "festivi" and case["within"] == 90)
    page = reader.open(f"adempimenti/conti-{place // 12}/")
    page.fill(f"#conto-caso-{place % 12}", "2026-11-23")
    output = page.locator(f"#conto-caso-{place % 12} + output")
    assert output.inner_text() == (
        "Entro lunedì 22 febbraio 2027, tra 91 giorni. Il conto finirebbe domenica 21 febbraio 2027."
    )
    page.fill(f"#conto-caso-{place % 12}", "2060-01-01")
    assert output.inner_text().startswith("Per un giorno così lontano")
    page.fill(f"#conto-caso-{place % 12}", "")
    assert output.inner_text() == ""
