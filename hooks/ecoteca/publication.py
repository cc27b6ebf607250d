"""Everything that a build publishes, from the content and the day: pages, and files that are no pages."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from ecoteca import ledger, parallel
from ecoteca.catalogue import Catalogue, Record, build
from ecoteca.checks import check
from ecoteca.corpus import Corpus, read_corpus
from ecoteca.entries import Analysis
from ecoteca.entries.analysis import Table
from ecoteca.outputs.calendars import calendar_files
from ecoteca.outputs.feeds import feed_files
from ecoteca.outputs.redirects import redirects
from ecoteca.pages.calendar_pages import calendar_pages
from ecoteca.pages.chooser_pages import chooser_files, chooser_pages
from ecoteca.pages.deadline_pages import deadline_pages
from ecoteca.pages.entry_pages import entry_page
from ecoteca.pages.feed_pages import Announcement, announcements, channels, feed_pages
from ecoteca.pages.health_pages import health_files, health_pages
from ecoteca.pages.index_pages import index_pages
from ecoteca.pages.news_pages import news_pages
from ecoteca.pages.newsletter_pages import mail_files, too_heavy
from ecoteca.pages.problem_pages import problem_pages
from ecoteca.pages.rendering import Page, Renderer
from ecoteca.parallel import Later
from ecoteca.problems import Problem
from ecoteca.reading import CONTENT
from ecoteca.settings import Settings


@dataclass(frozen=True, slots=True)
class Files:
    """What is published and is no page, by its address below the portal's root, and what is wrong with it."""

    contents: Mapping[str, bytes]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Portal:
    """What is to be published. `copies` and `announcements` are by address below the portal's root.

    The files are made meanwhile: nothing in the pages, nor in what the shell puts around them, depends on them.
    """

    renderer: Renderer
    pages: tuple[Page, ...]
    files: Later[Files]
    copies: dict[str, Path]
    announcements: Mapping[str, tuple[Announcement, ...]]
    problems: tuple[Problem, ...]


def make_portal(root: Path, settings: Settings, today: date, *, preview: bool = False) -> Portal:
    """The portal of the project at `root` on `today`.

    Entries with problems are left out, and a preview says so in their place; whether that is acceptable or not is the
    caller's choice.
    """
    corpus = read_corpus(root)
    problems = check(corpus, today)
    catalogue = build(corpus.without(problems), today, preview=preview)
    renderer = Renderer(root, catalogue, settings, today)
    renderer.prepare()
    pages = _pages(renderer)
    if preview:
        pages += problem_pages(corpus, problems, renderer)
    files = parallel.begun(lambda: _files(renderer, corpus), worthwhile=len(pages) >= parallel.LEAST)
    copies = {path.removeprefix(f"{CONTENT}/"): root / path for path in catalogue.images}
    return Portal(renderer, pages, files, copies, announcements(catalogue.vocabularies), tuple(problems))


def _pages(renderer: Renderer) -> tuple[Page, ...]:
    """Every page that is made here: those that gather many entries first, because they take longest."""
    gathering = (index_pages, news_pages, health_pages, deadline_pages, chooser_pages, calendar_pages, feed_pages)
    work: list[Callable[[], tuple[Page, ...]]] = [partial(pages, renderer) for pages in gathering]
    work += [partial(_entry_page, record, renderer) for record in renderer.catalogue.records]
    return tuple(page for pages in parallel.mapped(lambda make: make(), work) for page in pages)


def _entry_page(record: Record, renderer: Renderer) -> tuple[Page, ...]:
    return (entry_page(record, renderer),)


def _files(renderer: Renderer, corpus: Corpus) -> Files:
    """Everything published that is no page."""
    catalogue, settings, today = renderer.catalogue, renderer.settings, renderer.today
    files = {
        **feed_files(channels(renderer), settings),
        **mail_files(renderer),
        **_tables(catalogue),
        **health_files(renderer),
        **chooser_files(renderer),
        **calendar_files(catalogue, settings, today),
        **redirects(catalogue.records, settings),
        ledger.PUBLISHED: _ledger(corpus, today),
    }
    return Files(files | _under_old_addresses(catalogue, files), too_heavy(files, renderer))


def _ledger(corpus: Corpus, today: date) -> bytes:
    """What is known of entries, drafts apart; the addresses are added when everything is written."""
    entries = [(item, entry) for item, entry in corpus.entries if entry.state != "bozza"]
    out = [
        line
        for _, entry in entries
        if entry.published <= today
        for line in (f"{ledger.ID} {entry.id}", f"{ledger.OUT} {entry.id} {entry.published}")
    ]
    waiting = [
        f"{ledger.WAITING} {line}"
        for item, entry in entries
        if entry.published > today
        for line in (f"{ledger.ID} {entry.id}", f"{ledger.ADDRESS} {item.address}/")
    ]
    return "".join(f"{line}\n" for line in sorted([*out, *waiting])).encode()


def _under_old_addresses(catalogue: Catalogue, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The mails and tables of entries that have moved, where they stood before: a file cannot send its reader on."""
    return {
        f"{alias}/{name.removeprefix(record.url)}": content
        for record in catalogue.records
        for alias in record.entry.aliases
        for name, content in files.items()
        if name.startswith(record.url)
    }


def _tables(catalogue: Catalogue) -> dict[str, bytes]:
    """The tables of analyses as CSV."""
    return {
        f"{record.url}{table.id}.csv": _csv(table)
        for record in catalogue.of(Analysis)
        if isinstance(record.entry, Analysis)
        for table in record.entry.tables
    }


def _csv(table: Table) -> bytes:
    """RFC 4180 with a byte order mark, without which spreadsheets take accents for Latin-1.

    A cell that a spreadsheet would run as a formula is written as text.
    """
    text = io.StringIO()
    writer = csv.writer(text)
    for row in (table.columns, *table.rows):
        writer.writerow(
            [f"'{cell}" if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@")) else cell for cell in row]
        )
    return text.getvalue().encode("utf-8-sig")
