"""The page of an entry."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from ecoteca.catalogue import Record, Relation
from ecoteca.chain import chain_of
from ecoteca.cleaning import travelling
from ecoteca.entries import Act, Call, Duty
from ecoteca.pages.calendar_pages import duty_ways
from ecoteca.pages.deadline_pages import duty_deadlines
from ecoteca.pages.rendering import Page, Renderer, contents
from ecoteca.status import milestones, phase_status
from ecoteca.trust import trust_of


@dataclass(frozen=True, slots=True)
class Official:
    """The official text of what a page explains; `article` is empty where the whole act is meant.

    `site_of` names who publishes it where `url` is only their home page, on which the text is still to be looked for.
    """

    url: str
    article: str = ""
    site_of: str = ""


SEE_ALSO = "Vedi anche"


def entry_page(record: Record, renderer: Renderer) -> Page:
    """The page of one entry: its facts, its text, its sources, what hangs together with it."""
    entry = record.entry
    groups = relation_groups(renderer.catalogue.related(record))
    context = _told(record, renderer) | {
        "layout": "entry.html",
        "travelling": False,
        "kind": type(entry),
        "official": official_text(record),
        "groups": groups,
        "successor": renderer.catalogue.by_id.get(entry.succeeded_by or ""),
        "edit_url": renderer.settings.edit_base + record.path if renderer.settings.edit_base else "",
        "deadlines": duty_deadlines(record, renderer.today) if isinstance(entry, Duty) else None,
        "calendar": duty_ways(record, renderer.settings),
        "chain": chain_of(record, renderer.catalogue, renderer.today),
        "milestones": milestones(record, renderer.catalogue) if isinstance(entry, Act) else (),
        "trust": trust_of(entry, renderer.today),
    }
    html = renderer.render(f"entries/{entry.template}.html", record.url, context)
    return Page(
        record.url,
        entry.title,
        entry.summary,
        html,
        entry.folder,
        record.path,
        toc=contents(html),
        modified=entry.modified,
    )


def travelling_article(record: Record, renderer: Renderer) -> str:
    """An entry's facts and text as they can be read anywhere, on any day: what its news in feeds carries."""
    context = _told(record, renderer) | {"layout": "feeds/page.html", "travelling": True}
    html = renderer.render(f"entries/{record.entry.template}.html", record.url, context)
    return travelling(html, renderer.settings.absolute(record.url))


def _told(record: Record, renderer: Renderer) -> dict[str, Any]:
    """What the templates of facts and text are given."""
    entry = record.entry
    phases = entry.phases if isinstance(entry, Call) else ()
    return {
        "record": record,
        "entry": entry,
        "body": renderer.body(record),
        "by_id": renderer.catalogue.by_id,
        "phases": tuple((phase, phase_status(phase, renderer.today)) for phase in phases),
    }


def relation_groups(relations: tuple[Relation, ...]) -> tuple[tuple[str, tuple[Relation, ...]], ...]:
    """What hangs together with an entry, by what it is to it."""
    groups: dict[str, list[Relation]] = defaultdict(list)
    named = {relation.other.entry.id for relation in relations if relation.label != SEE_ALSO}
    for relation in sorted(relations, key=lambda item: item.label == SEE_ALSO):
        if relation.label == SEE_ALSO and relation.other.entry.id in named:
            continue  # «vedi anche» adds nothing where a closer tie is shown
        label = relation.label
        if label == "Ne derivano":
            label = type(relation.other.entry).plural
        groups[label].append(relation)
    return tuple((label, tuple(found)) for label, found in groups.items())


def official_text(record: Record) -> Official | None:
    """Where the official text can be read: the first official source that leads to a text, else what an act's identifiers
    lead to, else the first official site."""
    entry = record.entry
    sources = [source for source in entry.sources if source.official]
    for source in sources:
        if not _is_home(source.url):
            return Official(source.url, source.article or "")
    names = (entry.urn, entry.eli, entry.celex, entry.gazette_eli) if isinstance(entry, Act) else ()
    named = next((Official(name.url) for name in names if name is not None), None)
    return named or next((Official(source.url, site_of=source.issuer) for source in sources), None)


def _is_home(address: str) -> bool:
    """Whether an address names a site and nothing on it."""
    parts = urlsplit(address)
    return parts.path in ("", "/") and not parts.query and not parts.fragment
