"""What several test modules share: projects, built portals, and a browser to look at them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Response, expect, sync_playwright

from portals import Site, hosted, new_project, publish
from support import ROOT, Project, day_of_the_contents


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds the option that makes expected outputs anew."""
    parser.addoption("--bless", action="store_true", help="write expected outputs anew instead of comparing them")


@pytest.fixture
def bless(request: pytest.FixtureRequest) -> bool:
    """Whether expected outputs are to be written anew: the change in them is wanted and will be looked at."""
    return bool(request.config.getoption("--bless"))


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project with vocabularies and no entries, to add to."""
    return Project(tmp_path)


@pytest.fixture(scope="session")
def miniature(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This project with the made-up content of tests/miniature."""
    return new_project(tmp_path_factory.mktemp("miniature") / "project")


@pytest.fixture(scope="session")
def portal(miniature: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The miniature, published and served at the root of a host."""
    host = tmp_path_factory.mktemp("portal") / "site"
    with hosted(host) as address:
        yield publish(miniature, host, address)


@pytest.fixture(scope="session")
def portal_below_a_path(miniature: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The miniature, published and served below a path."""
    host = tmp_path_factory.mktemp("portals")
    with hosted(host) as address:
        yield publish(miniature, host / "ecoteca", f"{address}ecoteca/")


@pytest.fixture(scope="session")
def real_portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The real content, published and served at the root of a host."""
    host = tmp_path_factory.mktemp("real") / "site"
    with hosted(host) as address:
        yield publish(ROOT, host, address, today=day_of_the_contents())


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser's executable: the one scripts/test found, or Chromium on the path; without one the test fails."""
    browser = os.environ.get("ECOTECA_CHROMIUM") or shutil.which("chromium")
    if browser is None:
        pytest.fail("manca un browser: usa scripts/test, che lo installa")
    return browser


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """Chromium, without a window."""
    expect.set_options(timeout=10_000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def complaints() -> list[str]:
    """What the browser complained of while the test's page was open."""
    return []


@pytest.fixture
def page(browser: Browser, complaints: list[str]) -> Iterator[Page]:
    """A page of a reader who was never here before.

    It may never show an error on its console, run a broken script or ask another host for anything.
    """
    context = browser.new_context(locale="it-IT", viewport={"width": 1280, "height": 900})
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.on("console", lambda said: complaints.extend(_said(said)))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: complaints.extend(_foreign(request.url)))
    page.on("response", lambda answer: complaints.extend(_refused(answer)))
    yield page
    context.close()
    assert complaints == []


def _said(said: ConsoleMessage) -> Iterator[str]:
    """A complaint where the console shows an error or a warning; of addresses that fail, `_refused` says more."""
    if said.type in ("error", "warning") and not said.text.startswith("Failed to load resource"):
        yield said.text


def _refused(answer: Response) -> Iterator[str]:
    """A complaint where the host has nothing at an address, but the one that browsers try by themselves."""
    if answer.status >= 400 and not answer.url.endswith("/favicon.ico"):
        yield f"{answer.status}: {answer.url}"


def _foreign(url: str) -> Iterator[str]:
    """A complaint where an address is not of the host on this machine."""
    parts = urlsplit(url)
    if parts.scheme in ("http", "https", "ws", "wss") and parts.hostname != "127.0.0.1":
        yield f"richiesta a un altro host: {url}"
