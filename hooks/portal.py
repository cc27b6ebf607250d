"""The MkDocs adapter: hands the library's pages and files to MkDocs, and nothing more.

MkDocs keeps hook modules across the rebuilds of a preview, so what belongs to one build is made anew in `on_files`.
"""

from __future__ import annotations

import gc
import logging
import os
import posixpath
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from html import escape
from pathlib import Path
from typing import Any, Literal

from jinja2 import Environment, pass_context
from jinja2.runtime import Context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc
from pydantic import TypeAdapter, ValidationError

from ecoteca.entries.fields import WebAddress
from ecoteca.outputs.mails import SERVICES
from ecoteca.outputs.search import KEPT, Indexing, SearchIndexError
from ecoteca.pages.index_pages import home_page
from ecoteca.pages.rendering import Page as MadePage
from ecoteca.pages.rendering import TocEntry
from ecoteca.problems import Problem, report
from ecoteca.publication import Portal, make_portal
from ecoteca.settings import Settings

log = logging.getLogger("mkdocs.hooks.portal")


class _Build:
    """The state of one build."""

    serving = False
    portal: Portal
    indexing: Indexing | None = None


class PortalPage(Page):
    """A page whose article the library has made: MkDocs neither reads nor renders anything for it.

    Title and description go into the shell escaped, because its templates print them as they are.
    """

    def __init__(self, made: MadePage, file: File, config: MkDocsConfig) -> None:
        super().__init__(escape(made.title), file, config)
        self.made = made
        if made.modified is not None:
            self.update_date = made.modified.isoformat()

    def read_source(self, config: MkDocsConfig) -> None:
        """Takes the place of reading a Markdown file."""
        self.markdown = ""
        self.meta = {"description": escape(self.made.description), "layout": self.made.layout}

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Takes the place of rendering Markdown."""
        self.content = self.made.html
        tokens: list[Any] = [_token(entry) for entry in self.made.toc]
        self.toc = get_toc(tokens)


def _token(entry: TocEntry) -> dict[str, Any]:
    return {"level": 2, "id": entry.id, "name": escape(entry.text), "children": []}


def on_startup(command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
    """Remembers whether this is a preview."""
    _Build.serving = command == "serve"
    # A build makes hundreds of thousands of objects and keeps them to its end: by default the collector would look
    # through all of them again and again, a tenth of the time, to find next to nothing. A preview lives on and needs it.
    if _Build.serving:
        gc.set_threshold(100_000)
    else:
        gc.disable()


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Tells the templates of a preview, which needs an inline script of MkDocs that the published portal forbids."""
    config.extra["preview"] = _Build.serving
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Adds every page that the library makes, and the pictures.

    The other files are made meanwhile, so MkDocs never knows of them: hand-written pages can link to pages alone.
    """
    root = Path(config.config_file_path).parent
    _Build.portal = portal = make_portal(root, _settings(config), _today(), preview=_Build.serving)
    _refuse(portal.problems, "Schede da correggere, lasciate fuori dall'anteprima:")
    made_files: list[File] = []
    for made in portal.pages:
        file = File.generated(config, _source(made.url), content="", inclusion=InclusionLevel.NOT_IN_NAV)
        file.page = PortalPage(made, file, config)
        made_files.append(file)
    made_files += [File.generated(config, url, abs_src_path=str(path)) for url, path in portal.copies.items()]
    taken = {file.dest_uri: file.src_uri for file in files}
    for file in made_files:
        # MkDocs would let one of two files for an address silently replace the other.
        if file.dest_uri in taken:
            raise PluginError(_taken_twice(file.dest_uri, f"{taken[file.dest_uri]} e {file.src_uri}"))
        taken[file.dest_uri] = file.src_uri
        files.append(file)
    return files


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Hangs every entry under the section of its index, which keeps the tabs right without putting entries in the nav."""
    sections: dict[str, Section | None] = {}
    for made in _Build.portal.pages:
        section = files.src_uris[f"{made.section}/index.md"].page
        sections[made.section] = section.parent if section else None
        page = files.src_uris[_source(made.url)].page
        if page is not None and page.parent is None:
            page.parent = sections[made.section]
    return nav


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Gives hand-written pages the portal's frame; the home page gets what is new and what is due."""
    renderer = _Build.portal.renderer
    page.meta["feeds"] = _Build.portal.announcements.get(page.url, ())
    if isinstance(page, PortalPage):
        return html
    if page.is_homepage:
        page.meta["layout"] = "wide"
        return home_page(renderer, html).html
    title, description = str(page.title), str(page.meta.get("description", ""))
    context = {"title": title, "description": description, "url": page.url, "body": html}
    return renderer.written(page.url, context)


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Begins the search index: every article is made by now, and it takes as long as putting the pages around them."""
    pages = [file.page for file in files.documentation_pages() if file.page is not None]
    env.globals["shared"] = _shared()
    articles = {page.url: page.content or "" for page in pages}
    kept = Path(config.config_file_path).parent / KEPT
    with _told_to_mkdocs():
        _Build.indexing = Indexing(articles, Path(config.site_dir), kept)
    return env


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation) -> dict[str, Any]:
    """Says where a page stands: side by side with others out of the menu, it has the same menu and links around it."""
    context["place"] = page.url if page in nav.pages else posixpath.dirname(page.url.rstrip("/")) + "/*"
    return context


def on_post_build(config: MkDocsConfig) -> None:
    """Adds the files that are no pages; waits for the search index, and holds it against the finished pages."""
    files = _Build.portal.files.result()
    _refuse(files.problems, "Schede da correggere:")
    site = Path(config.site_dir)
    for url, content in files.contents.items():
        path = site / url
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as file:
                file.write(content)
        except FileExistsError:
            raise PluginError(_taken_twice(url, "uno del progetto e uno calcolato")) from None
    assert _Build.indexing is not None
    indexing, _Build.indexing = _Build.indexing, None
    with _told_to_mkdocs():
        indexing.finish()


def on_shutdown() -> None:
    """Spares the interpreter a last look through everything a build has made, before it ends."""
    gc.freeze()


def on_build_error(error: Exception) -> None:
    """Leaves nothing at work behind a build that has failed."""
    if _Build.indexing is not None:
        _Build.indexing.abandon()
        _Build.indexing = None


def _shared() -> Callable[..., str]:
    """For templates, `{% call shared("name") %}…{% endcall %}`: what is the same around all pages of one `place`, made once.

    Menus, header and footer are most of what is around an article: made anew for each, they took as long as the articles.
    """
    made: dict[tuple[str, str | None], str] = {}

    @pass_context
    def shared(context: Context, name: str, caller: Callable[[], str]) -> str:
        key = (name, context.get("place"))
        if key not in made:
            made[key] = caller()
        return made[key]

    return shared


@contextmanager
def _told_to_mkdocs() -> Iterator[None]:
    """What is wrong with the search index, as an error of which MkDocs shows the sentence alone."""
    try:
        yield
    except SearchIndexError as error:
        raise PluginError(str(error)) from error


def _refuse(problems: Sequence[Problem], in_preview: str) -> None:
    """Ends a build in which there are problems; a preview goes on and says so."""
    if not problems:
        return
    if not _Build.serving:
        raise PluginError(report(problems, "text"))
    log.warning("%s\n%s", in_preview, report(problems, "text"))


def _taken_twice(address: str, by: str) -> str:
    return f"Due file per lo stesso indirizzo {address}: {by}."


def _source(url: str) -> str:
    """The source path that MkDocs expects for an address: indexes are `…/index.md`."""
    return f"{url}index.md" if url.count("/") == 1 else f"{url.rstrip('/')}.md"


def _settings(config: MkDocsConfig) -> Settings:
    extra = config.extra
    # Not config.site_url: a preview replaces it by its own address, which must not get into feeds.
    address = str(extra["address"]).rstrip("/") + "/"
    description = " ".join(str(config.site_description).split())
    mail = extra["newsletter"]
    if mail["service"] not in SERVICES:
        raise PluginError(f"In mkdocs.yml newsletter.service può essere: {', '.join(SERVICES)}.")
    return Settings(
        name=config.site_name,
        description=description,
        site_url=address,
        authority=extra["identity"],
        office=extra["office"],
        edit_base=extra["edit_base"],
        mail_from=mail["from"],
        mail_service=mail["service"],
        mail_form=_form(mail.get("subscribe")),
    )


def _form(address: object) -> str:
    """The address of the sign-up form: it becomes a link on a page, so it must be one that a reader can follow."""
    if not address:
        return ""
    try:
        return TypeAdapter(WebAddress).validate_python(address)
    except ValidationError:
        raise PluginError(
            "In mkdocs.yml newsletter.subscribe deve essere un indirizzo completo che comincia con https:// o http://, "
            "oppure restare vuoto."
        ) from None


def _today() -> date:
    today = os.environ.get("ECOTECA_TODAY")
    if today is None:
        raise PluginError("Per costruire il portale usa scripts/build, per l'anteprima scripts/serve.")
    return date.fromisoformat(today)
