"""The search index: Pagefind reads the finished pages and writes `pagefind/` beside them.

Pages say themselves what is found and how: `data-pagefind-body` marks what is indexed, the other `data-pagefind-…`
attributes stand in the templates. The binary is run, not its Python interface, which waits 0.1 s for each record.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from ecoteca.cache import Cache, key_of
from ecoteca.outputs.stable_index import FormatError, stabilise

BUNDLE = "pagefind"
"""The folder of the index, under the site's root."""

KEPT = Path(".cache", "search")
"""Where the index is kept from one run to the next, from the project's root."""

LANGUAGE = "it"
"""The language whose word stems the index holds. Forced, so that no page falls into an index of its own."""

EXCLUDED = (".headerlink", ".footnote-backref")
"""CSS selectors of what a page shows for its own use and nobody looks for, where it does not say so itself.

What `data-pagefind-ignore` marks Pagefind leaves out by itself; named here, it would lose its metadata too.
"""

UNUSED = (
    "pagefind-component-ui.css",
    "pagefind-highlight.js",
    "pagefind-modular-ui.css",
    "pagefind-modular-ui.js",
    "pagefind-ui.css",
    "pagefind-ui.js",
)
"""Interfaces that Pagefind always writes and the portal does not load."""

_PAGE = f'<!doctype html><html lang="{LANGUAGE}"><head><meta charset="utf-8"></head><body>{{}}</body></html>'

MEMORY = Path("/dev/shm")
"""Where Linux keeps files in memory. Containers may give it as little as 64 MB."""

_PREFIX = "ecoteca-"
"""How the names of folders for a moment begin."""

_LEFT = 24 * 60 * 60
"""Seconds after which such a folder belongs to no build any more."""

_MARK = re.compile(r"data-pagefind-body[\s=>]")


class SearchIndexError(Exception):
    """The index could not be made or does not hold the marked pages; the message is an Italian sentence."""


class Indexing:
    """Pagefind at work on the articles of a portal, while the pages around them are still being made.

    It reads copies of the articles: it looks at nothing else of a page, and half the text takes less time. Where an
    earlier run has made the index of the same articles and kept it, it is not started at all.
    """

    def __init__(self, articles: Mapping[str, str], site: Path, kept: Path) -> None:
        """Begins the index of `site`, anew, from those of its pages' articles (HTML by address) that are marked.

        `kept` is the file that holds the index of the run before. Raises SearchIndexError when there is no article.
        """
        marked = {address: article for address, article in articles.items() if _is_marked(article)}
        if not marked:
            raise SearchIndexError(
                "Nessuna pagina è segnata per la ricerca: nei modelli manca l'attributo data-pagefind-body."
            )
        self._site = site.resolve()
        self._cache = Cache(kept)
        self._key = key_of(*(text.encode() for page in marked.items() for text in page))
        # File names carry hashes of their contents: whatever an earlier run left would stay beside the new files for ever.
        shutil.rmtree(self._site / BUNDLE, ignore_errors=True)
        files = self._cache.get(self._key)
        self._pagefind = _Pagefind(marked, self._site / BUNDLE) if files is None else None
        for name, content in (files or {}).items():
            _write(self._site / BUNDLE / name, content)

    def finish(self) -> int:
        """Waits for the index, once the pages are written, and returns how many it holds.

        Raises SearchIndexError when Pagefind fails, or when the pages it holds are not as many as the marked ones: a
        page that nobody can find, or one that was not meant to be found.
        """
        bundle = self._site / BUNDLE
        marked = marked_pages(self._site)
        if self._pagefind is not None:
            self._pagefind.finish()
        indexed = _indexed_pages(bundle)
        if indexed != marked:
            raise SearchIndexError(
                f"L'indice della ricerca ha {indexed} pagine, ma quelle segnate con data-pagefind-body sono {marked}: "
                "controlla che in ognuna la parte segnata abbia del testo."
            )
        if self._pagefind is not None:
            files = (path for path in sorted(bundle.rglob("*")) if path.is_file())
            self._cache.put(self._key, {str(path.relative_to(bundle)): path.read_bytes() for path in files})
            self._cache.save()
        return indexed

    def abandon(self) -> None:
        """Stops Pagefind if it is still at work, because the build has failed."""
        if self._pagefind is not None:
            self._pagefind.abandon()


class _Pagefind:
    """The program at work in the background."""

    def __init__(self, articles: Mapping[str, str], bundle: Path) -> None:
        self._bundle = bundle
        copies = {f"{address}/index.html": _PAGE.format(article).encode() for address, article in articles.items()}
        place = scratch(sum(map(len, copies.values())))
        if place is not None:
            _sweep(place)
        self._copies = TemporaryDirectory(prefix=_PREFIX, dir=place)
        for name, content in copies.items():
            _write(Path(self._copies.name, name), content)
        self._process = _start(Path(self._copies.name), bundle)

    def finish(self) -> None:
        """Waits for it and leaves in the bundle what is published, the same for the same articles."""
        said, _ = self._process.communicate()
        self._copies.cleanup()
        if self._process.returncode:
            raise SearchIndexError(
                f"Pagefind non ha fatto l'indice della ricerca. Ha detto: {said.strip() or 'nessun messaggio'}"
            )
        for name in UNUSED:
            (self._bundle / name).unlink(missing_ok=True)
        try:
            stabilise(self._bundle)
        except FormatError as error:
            raise SearchIndexError(
                f"L'indice della ricerca non ha la forma di Pagefind 1.5 ({error}): controlla quale versione è installata."
            ) from error

    def abandon(self) -> None:
        """Stops it."""
        self._process.kill()
        self._process.communicate()
        self._copies.cleanup()


def scratch(size: int) -> Path | None:
    """Where to put `size` bytes for a moment: in memory where there is plenty, or None for the system's own place.

    A thousand folders are made there in a tenth of the time. Pagefind numbers pages as it finds them, so the index has
    the same bytes wherever files in memory are listed in the same order; disks each have one of their own.
    """
    try:
        space = shutil.disk_usage(MEMORY)
    except OSError:
        return None
    roomy = space.total > 8 * size and space.free > 2 * size
    return MEMORY if roomy and os.access(MEMORY, os.W_OK | os.X_OK) else None


def _sweep(folder: Path) -> None:
    """Removes what killed builds have left in memory, where nothing else would before the machine starts anew."""
    for left in folder.glob(f"{_PREFIX}*"):
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > _LEFT:
                shutil.rmtree(left)


def marked_pages(site: Path) -> int:
    """How many pages under `site` say that they are to be found.

    Reads the text of the tags, without parsing the page, which would take longer than the index itself.
    """
    return sum(_is_marked(page.read_text(encoding="utf-8")) for page in _pages(site))


def _is_marked(html: str) -> bool:
    """Whether the mark stands in a tag: the last bracket before it opens one."""
    return any(html.rfind("<", 0, at) > html.rfind(">", 0, at) for at in map(re.Match.start, _MARK.finditer(html)))


def _pages(site: Path) -> Iterator[Path]:
    return (path for path in site.rglob("*.html") if path.is_file())


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _start(pages: Path, bundle: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "pagefind_bin", "--site", str(pages), "--output-path", str(bundle), "--quiet"]
    command += ["--force-language", LANGUAGE, "--exclude-selectors", ",".join(EXCLUDED)]
    # Pagefind also takes settings from its environment and from files in the working folder: neither may change a build.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PAGEFIND_")}
    return subprocess.Popen(
        command, cwd=pages, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8"
    )


def _indexed_pages(bundle: Path) -> int:
    entry = json.loads((bundle / "pagefind-entry.json").read_text(encoding="utf-8"))
    return sum(int(language["page_count"]) for language in entry["languages"].values())
