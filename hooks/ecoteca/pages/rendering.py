"""Templates and what they are given."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from ecoteca import formats, prose
from ecoteca.catalogue import Catalogue, Record
from ecoteca.cleaning import without_headerlinks
from ecoteca.deadlines import Occurrence, in_words, upcoming
from ecoteca.links import target_of
from ecoteca.news import NewsItem, news
from ecoteca.reading import CONTENT
from ecoteca.settings import Settings
from ecoteca.status import Step, steps_of
from ecoteca.vocabularies import Word

TEMPLATES = "overrides/pages"
"""The templates' folder, from the project's root."""


@dataclass(frozen=True, slots=True)
class TocEntry:
    """One line of a page's table of contents."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page, ready for the shell that carries it.

    `url` is its address below the portal's root (empty for the home page); `html` its article; `section` the folder of
    the index under which it hangs; `source` the file that an editor opens to change it, empty where there is none.
    """

    url: str
    title: str
    description: str
    html: str
    section: str
    source: str = ""
    layout: Literal["entry", "wide"] = "entry"
    toc: tuple[TocEntry, ...] = ()
    modified: date | None = None


def root_of(url: str) -> str:
    """The relative way from an address below the portal's root to the root itself."""
    return "../" * url.count("/") or "./"


_TEMPLATE = re.compile(r"([\w-]+/)*[\w-]+\.html")

_HEADING = re.compile(r'<h2 id="([^"]+)"[^>]*>(.*?)</h2>', re.DOTALL)


def contents(html: str) -> tuple[TocEntry, ...]:
    """The table of contents of an article: its second-level headings, those of templates and those of the text alike."""
    found = [(name, Markup(without_headerlinks(inner)).striptags()) for name, inner in _HEADING.findall(html)]
    return tuple(TocEntry(name, text) for name, text in found)


class Renderer:
    """The templates, bound to what all pages of one build share."""

    def __init__(self, root: Path, catalogue: Catalogue, settings: Settings, today: date) -> None:
        self.catalogue, self.settings, self.today = catalogue, settings, today
        self._steps_of: dict[str, tuple[Step, ...]] = {}
        self._jinja = Environment(
            loader=FileSystemLoader(root / TEMPLATES),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=StrictUndefined,
            auto_reload=False,  # a preview makes a new Renderer for every build
        )
        self._jinja.globals.update(settings=settings, today=today)
        self._jinja.filters.update(
            time=formats.time,
            until=formats.until,
            stamp=formats.stamp,
            month=formats.month,
            number=formats.number,
            shown=formats.shown,
            label=_label,
            field=_field,
            word=self._word,
            choice=self._choice,
            steps=self._steps,
            rule=in_words,
        )

    @cached_property
    def news(self) -> tuple[NewsItem, ...]:
        """Everything that happened up to the day of the build, the newest first."""
        return news(self.catalogue, self.today)

    @cached_property
    def upcoming(self) -> tuple[Occurrence, ...]:
        """The next day of each deadline within a year."""
        return upcoming(self.catalogue.records, self.today)

    def prepare(self) -> None:
        """Does now what processes that are copies of this one would each do for themselves."""
        _ = self.news, self.upcoming
        # Editing programs leave files of their own beside what they edit.
        for name in filter(_TEMPLATE.fullmatch, self._jinja.list_templates()):
            self._jinja.get_template(name)

    def render(self, template: str, url: str, context: Mapping[str, Any]) -> str:
        """The article of the page at `url`."""
        return self._jinja.get_template(template).render(root=root_of(url), **context)

    def body(self, record: Record) -> Markup:
        """An entry's own text; links to entries that are not shown yet lose their link and keep their words."""
        root = root_of(record.url)

        def resolve(href: str) -> str | None:
            target = target_of(href, record.path)
            if target is None:
                return None
            anchor = f"#{target.anchor}" if target.anchor else ""
            if target.path == record.path:
                return anchor or None
            if target.path in self.catalogue.images:
                return root + target.path.removeprefix(f"{CONTENT}/")
            other = self.catalogue.by_path.get(target.path)
            return f"{root}{other.url}{anchor}" if other else None

        return Markup(
            prose.render(record.body, resolve)
        )  # the one text that may bring markup: made by us from Markdown

    def written(self, url: str, context: Mapping[str, Any]) -> str:
        """The article of a hand-written page; its `body` is HTML of our own."""
        body = _scrollable(context["body"])
        return self.render("written.html", url, {**context, "body": Markup(body)})

    def _word(self, key: str, vocabulary: str) -> str:
        return self.catalogue.vocabularies.name(vocabulary, key)

    def _choice(self, key: str) -> Word:
        return self.catalogue.vocabularies.words("snsvs")[key]

    def _steps(self, record: Record) -> tuple[Step, ...]:
        steps = self._steps_of.get(record.url)
        if steps is None:  # an entry stands on its own page and in several lists
            steps = self._steps_of[record.url] = steps_of(record, self.catalogue, self.today)
        return steps


def _scrollable(html: str) -> str:
    """Our own Markdown pages with their wide parts in frames that the keyboard can scroll."""
    frame = '<div class="table-scroll" role="region" aria-label="Tabella" tabindex="0"><table>'
    return html.replace("<table>", frame).replace("</table>", "</table></div>").replace("<pre>", '<pre tabindex="0">')


def _label(entry: Any, name: str) -> str:
    """A field's label, from its declaration."""
    return str(type(entry).model_fields[name].title)


def _field(entry: Any, name: str) -> Any:
    """A field's value, or None where it is empty."""
    value = getattr(entry, name)
    return None if value == () else value
