"""Everything that a build publishes, from the content and the day: pages, and files that are no pages."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ecoteca import ledger, parallel
from ecoteca.catalogue import Catalogue, build
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
from ecoteca.pages.rendering import Page, Renderer
from ecoteca.problems import Problem
from ecoteca.reading import CONTENT
from ecoteca.settings import Settings


@dataclass(frozen=True, slots=True)
class Portal:
    """What is to be published. `files`, `copies` and `announcements` are by address below the portal's root."""

    renderer: Renderer
    pages: tuple[Page, ...]
    files: dict[str, bytes]
    copies: dict[str, Path]
    announcements: Mapping[str, tuple[Announcement, ...]]
    problems: tuple[Problem, ...]


def make_portal(root: Path, settings: Settings, today: date, *, preview: bool = False) -> Portal:
    """The portal of the project at `root` on `today`.

    Entries with problems are left out; whether that is acceptable (in a preview) or not is the caller's choice.
    """
    corpus = read_corpus(root)
    problems = check(corpus, today)
    catalogue = build(corpus.without(problems), today, preview=preview)
    renderer = Renderer(root, catalogue, settings, today)
    entry_pages = parallel.mapped(lambda record: entry_page(record, renderer), catalogue.records)
    # The rest falls into pieces of about the same work, shared out where there is much of it.
    pieces: tuple[Callable[[], tuple[tuple[Page, ...], dict[str, bytes]]], ...] = (
        lambda: (_gathering_pages(renderer), {}),
        lambda: ((), feed_files(channels(renderer), settings)),
        lambda: ((), {**_other_files(renderer), ledger.PUBLISHED: _ledger(corpus, today)}),
    )
    least = 1 if len(catalogue.records) >= parallel.LEAST else len(pieces)
    made = parallel.mapped(lambda piece: piece(), pieces, least)
    pages = (*entry_pages, *(page for part, _ in made for page in part))
    files = {name: content for _, part in made for name, content in part.items()}
    files |= _under_old_addresses(catalogue, files)
    copies = {path.removeprefix(f"{CONTENT}/"): root / path for path in catalogue.images}
    announced = announcements(catalogue.vocabularies)
    return Portal(renderer, pages, files, copies, announced, (*problems, *too_heavy(files, renderer)))


def _gathering_pages(renderer: Renderer) -> tuple[Page, ...]:
    """Every page that shows more than one entry."""
    return (
        *index_pages(renderer),
        *news_pages(renderer),
        *health_pages(renderer),
        *deadline_pages(renderer),
        *chooser_pages(renderer),
        *calendar_pages(renderer),
        *feed_pages(renderer),
    )


def _other_files(renderer: Renderer) -> dict[str, bytes]:
    """Everything published that is neither a page nor a feed, by its address."""
    catalogue, settings, today = renderer.catalogue, renderer.settings, renderer.today
    return {
        **mail_files(renderer),
        **_tables(catalogue),
        **health_files(renderer),
        **chooser_files(renderer),
        **calendar_files(catalogue, settings, today),
        **redirects(catalogue.records, settings),
    }


def _ledger(corpus: Corpus, today: date) -> bytes:
    """What is known of entries, drafts apart; the addresses are added when everything is written."""
    entries = [(item, entry) for item, entry in corpus.entries if entry.state != "bozza"]
    out = [f"{ledger.ID} {entry.id}" for _, entry in entries if entry.published <= today]
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
