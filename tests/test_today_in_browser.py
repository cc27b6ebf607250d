"""What depends on today, said again by the browser: a page built last month must not go on saying last month's truth."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from portals import Site

ACT = "normativa/delibera-piume/"
"""In force from 1 January 2027."""

DUTY = "adempimenti/registro-cappelli/"
"""Checked, and due for another check on 5 April 2027."""

OVERDUE = "adempimenti/bollo-spazzole/"
"""Due for its first check on the day before the build's."""

Opening = Callable[[str, str], Page]
"""Opens a page of the portal at a moment in Italian time."""


@pytest.fixture
def at(browser: Browser, portal: Site) -> Iterator[Opening]:
    """A reader whose computer is set to another time zone."""
    context = browser.new_context(timezone_id="Pacific/Auckland")
    context.set_default_timeout(10_000)

    def opened(url: str, moment: str) -> Page:
        page = context.new_page()
        page.clock.set_fixed_time(moment)
        page.goto(portal.address + url)
        return page

    yield opened
    context.close()


def status(page: Page) -> Locator:
    """The badge at the head of a page."""
    return page.locator(".eco-badges .eco-badge").first


# Status


@pytest.mark.parametrize(
    ("moment", "said", "tone"),
    [
        ("2026-11-23T12:00+01:00", "Adottata, in vigore dal 1° gennaio 2027", "info"),
        ("2026-12-31T23:59+01:00", "Adottata, in vigore dal 1° gennaio 2027", "info"),
        ("2027-01-01T00:00+01:00", "In vigore", "ok"),
        ("2031-06-01T12:00+02:00", "In vigore", "ok"),
    ],
)
def test_an_act_comes_into_force_at_midnight_in_italy(at: Opening, moment: str, said: str, tone: str) -> None:
    page = at(ACT, moment)
    expect(status(page)).to_have_text(said)
    expect(status(page)).to_have_class(f"eco-badge eco-badge-{tone}")


def test_lists_say_the_same_as_the_page(at: Opening) -> None:
    listed = at("normativa/", "2027-01-01T00:00+01:00").locator(".eco-item", has_text="DGR XII/99999")
    expect(listed.locator(".eco-badge")).to_have_text("In vigore")


def test_an_event_is_over_on_the_day_after_its_last(at: Opening) -> None:
    expect(status(at("eventi/corso-piume/", "2026-12-03T23:59+01:00"))).to_have_text("In programma")
    expect(status(at("eventi/corso-piume/", "2026-12-04T00:00+01:00"))).to_have_text("Concluso")


def test_a_computer_whose_clock_is_behind_shows_what_the_build_said(at: Opening) -> None:
    expect(status(at(ACT, "2020-01-01T12:00+01:00"))).to_have_text("Adottata, in vigore dal 1° gennaio 2027")


def test_instant_navigation_brings_the_status_of_today_too(at: Opening) -> None:
    page = at("normativa/", "2027-01-01T00:00+01:00")
    page.wait_for_load_state("networkidle")
    page.evaluate("window.remembered = true")
    page.get_by_role("article").get_by_role("link", name="DGR XII/99999").click()
    expect(page.locator("h1")).to_contain_text("DGR XII/99999")
    expect(status(page)).to_have_text("In vigore")
    assert page.evaluate("window.remembered"), "la pagina è stata ricaricata per intero"


# The dates of an act


@pytest.mark.parametrize(("moment", "kind"), [("2026-12-31T23:59+01:00", "next"), ("2027-01-01T00:00+01:00", "past")])
def test_the_dates_of_an_act_become_past(at: Opening, moment: str, kind: str) -> None:
    dates = at(ACT, moment).locator(".eco-timeline > li")
    expect(dates.first).to_have_class("eco-timeline--past")
    coming = dates.filter(has_text="Entra in vigore")
    expect(coming).to_have_class(f"eco-timeline--{kind}")


# The state of the check


@pytest.mark.parametrize(("moment", "overdue"), [("2027-04-05T23:59+02:00", False), ("2027-04-06T00:00+02:00", True)])
def test_a_check_runs_out_after_its_last_day(at: Opening, moment: str, overdue: bool) -> None:
    panel = at(DUTY, moment).get_by_role("complementary", name="Verifica")
    expect(panel.get_by_text("Non verificata dopo il 5 aprile 2027:")).to_be_visible(visible=overdue)
    expect(panel).to_have_class(re.compile("eco-trust--overdue" if overdue else r"eco-trust--checked$"))
    # The head of the page says the same, and leads there.
    line = panel.page.locator(".eco-head .eco-compared")
    expect(line).to_have_text("Confrontata con il testo ufficiale il 5 ottobre 2026, verifica in ritardo")
    expect(line.get_by_text("verifica in ritardo")).to_be_visible(visible=overdue)
    expect(line).to_have_class(re.compile("eco-trust--overdue" if overdue else r"eco-trust--checked$"))
    line.get_by_role("link").click()
    expect(panel).to_be_in_viewport()


def test_without_scripts_the_builds_own_statement_stands_with_its_dates(browser: Browser, portal: Site) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(portal.address + ACT)
    expect(status(page)).to_have_text("Adottata, in vigore dal 1° gennaio 2027")
    page.goto(portal.address + DUTY)
    expect(page.get_by_text("Prossima verifica entro il 5 aprile 2027.")).to_be_visible()
    expect(page.get_by_text("Non verificata dopo")).to_be_hidden()
    page.goto(portal.address + OVERDUE)
    expect(page.get_by_text("Non verificata dopo il 22 novembre 2026:")).to_be_visible()
    context.close()
