"""Whole portals: a project of the tests' own, its built site, a host that serves it, and a reader of its pages."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import cached_property, partial
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from ecoteca import building
from ecoteca.entries import BY_FOLDER
from support import ROOT, TODAY

MINIATURE = ROOT / "tests" / "miniature" / "content"
"""Made-up entries of every type, with every field in use."""

SHELL = ("mkdocs.yml", "docs", "hooks", "overrides")
"""All that publishes, beside the content."""


def new_project(target: Path, content: Path = MINIATURE) -> Path:
    """A copy of this project with other content."""
    target.mkdir(parents=True)
    for name in SHELL:
        copy_of = shutil.copytree if (ROOT / name).is_dir() else shutil.copy2
        copy_of(ROOT / name, target / name)
    shutil.copytree(content, target / "content")
    return target


def environment_of(project: Path) -> dict[str, str]:
    """The environment in which a project's own library runs."""
    return os.environ | {"PYTHONPATH": str(project / "hooks")}


class _Static(SimpleHTTPRequestHandler):
    """A plain static host: files, folders by their index.html, the portal's own 404.html for the rest."""

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answers with the nearest 404.html above what was asked for."""
        above = Path(self.translate_path(self.path)).parents
        page = next((folder / "404.html" for folder in above if (folder / "404.html").exists()), None)
        if code != 404 or page is None:
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def hosted(folder: Path) -> Iterator[str]:
    """The address at which a folder, which may come later, is served while the block runs."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Static, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()
        thread.join()


class Html(HTMLParser):
    """What one page holds: every tag with its attributes, and its text as one without style sheets sees it."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str]]] = []
        self._texts: list[str] = []
        self._inside_script = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes a tag."""
        self._inside_script = tag in ("script", "style")
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        """Notes where a script ends."""
        self._inside_script = False

    def handle_data(self, data: str) -> None:
        """Notes a text."""
        if not self._inside_script:
            self._texts.append(data)

    @cached_property
    def text(self) -> str:
        """All text, with single spaces."""
        return one_line("".join(self._texts))

    @cached_property
    def ids(self) -> list[str]:
        """Every id, as often as it stands."""
        return [found["id"] for found in self.having("id")]

    def count(self, tag: str) -> int:
        """How many tags of a kind there are."""
        return sum(1 for name, _ in self.tags if name == tag)

    def having(self, attribute: str, tag: str = "") -> Iterator[dict[str, str]]:
        """The attributes of each tag that has `attribute`."""
        return (found for name, found in self.tags if attribute in found and tag in ("", name))


def one_line(text: str) -> str:
    """A text with single spaces."""
    return " ".join(text.split())


class Site:
    """A published portal as its files say it is; `address` is where it believes to stand."""

    def __init__(self, folder: Path, address: str) -> None:
        self.folder, self.address = folder, address

    @cached_property
    def files(self) -> dict[str, bytes]:
        """Every file by its path below the root."""
        found = sorted(path for path in self.folder.rglob("*") if path.is_file())
        return {path.relative_to(self.folder).as_posix(): path.read_bytes() for path in found}

    @cached_property
    def pages(self) -> dict[str, Html]:
        """Every page that readers see, by its file; mails, and those that only lead elsewhere, are not among them."""
        names = (name for name in self.files if name.endswith(".html") and not name.endswith("/mail.html"))
        html = {name: Html(self.files[name].decode()) for name in names}
        return {name: page for name, page in html.items() if not redirects_to(page)}

    def entry_pages(self) -> dict[str, Html]:
        """The pages of entries: those of a folder of content, below its index."""
        return {
            name: page for name, page in self.pages.items() if name.count("/") == 2 and name.split("/")[0] in BY_FOLDER
        }

    def target(self, source: str, href: str) -> tuple[str, str] | None:
        """The file and the anchor to which an address in the file `source` leads; None where it names another site."""
        whole, root = urlsplit(urljoin(urljoin(self.address, source), href)), urlsplit(self.address)
        inside = whole.netloc == root.netloc and whole.path.startswith(root.path)
        if urlsplit(href).scheme and not inside:
            return None
        path = unquote(whole.path).removeprefix(root.path)
        return (f"{path}index.html" if path.endswith("/") or not path else path), unquote(whole.fragment)


def publish(
    project: Path, target: Path, address: str, environment: Mapping[str, str] | None = None, today: date = TODAY
) -> Site:
    """Builds a project as `scripts/build --site-url` does and publishes it to `target`."""
    surroundings = environment_of(project) | dict(environment or {})
    building.build(project, target.resolve(), today, address, surroundings, lambda line: None)
    return Site(target, address)


def redirects_to(page: Html) -> str:
    """Where a page sends its reader at once; empty where it does not."""
    refreshes = (tag["content"] for tag in page.having("http-equiv", "meta") if tag["http-equiv"] == "refresh")
    return next((content.partition("url=")[2] for content in refreshes), "")
