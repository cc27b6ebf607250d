"""The live preview shows every edit without a restart, and outlives a mistake in an entry."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from portals import environment_of, new_project
from support import TODAY

PATIENCE = 30.0
"""Seconds after which a preview that shows nothing new is given up."""

ENTRY = "content/glossario/piuma.md"
PAGE = "glossario/piuma/"


@dataclass(frozen=True)
class Preview:
    """A preview at work on a project of its own."""

    project: Path
    address: str
    output: Path

    def edit(self, name: str, old: str, new: str) -> None:
        """Changes one of the project's files, as an editor does."""
        file = self.project / name
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")

    def page(self, url: str) -> str:
        """What is served at `url` now; empty where nothing is."""
        try:
            with urlopen(self.address + url, timeout=PATIENCE) as answer:
                return str(answer.read().decode())
        except URLError:
            return ""

    def shows(self, text: str, url: str) -> bool:
        """Whether the page at `url` comes to hold a text."""
        return self._comes_true(lambda: text in self.page(url))

    def says(self, text: str) -> bool:
        """Whether the preview comes to tell its user something."""
        return self._comes_true(lambda: text in self.output.read_text(encoding="utf-8"))

    def _comes_true(self, holds: Callable[[], bool]) -> bool:
        until = time.monotonic() + PATIENCE
        while not holds():
            if time.monotonic() > until:
                return False
            time.sleep(0.1)
        return True


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """What `scripts/serve` starts, on the miniature; in the end it is interrupted with Ctrl+C."""
    folder = tmp_path_factory.mktemp("preview")
    project = new_project(folder / "project")
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = int(probe.getsockname()[1])
    command = [sys.executable, "-m", "ecoteca", "serve", "--port", str(port), "--today", TODAY.isoformat()]
    with (folder / "output").open("w") as output:
        process = subprocess.Popen(command, env=environment_of(project), stdout=output, stderr=subprocess.STDOUT)
        with process:
            started = Preview(project, f"http://127.0.0.1:{port}/", folder / "output")
            try:
                assert started.says("Anteprima pronta"), started.output.read_text(encoding="utf-8")
                yield started
            finally:
                process.send_signal(signal.SIGINT)
    assert process.returncode == 128 + signal.SIGINT
    assert started.page("") == ""


def test_an_edited_entry_is_shown(preview: Preview) -> None:
    assert preview.shows("Si conta a occhio.", PAGE)
    preview.edit(ENTRY, "Si conta a occhio.", "Si conta *due volte*.")
    assert preview.shows("Si conta <em>due volte</em>.", PAGE)


def test_an_edited_template_is_shown(preview: Preview) -> None:
    preview.edit("overrides/pages/entries/term.html", "{% block facts %}", "{% block facts %}<p>Un modello nuovo.</p>")
    assert preview.shows("Un modello nuovo.", PAGE)


def test_an_edited_page_of_the_portal_is_shown(preview: Preview) -> None:
    preview.edit("docs/progetto/privacy.md", "# ", "Una frase in testa.\n\n# ")
    assert preview.shows("Una frase in testa.", "progetto/privacy/")


def test_a_draft_is_shown_and_called_one(preview: Preview) -> None:
    assert "Questa pagina non è ancora pubblicata" in preview.page("domande/nascosta/")


def test_a_mistake_is_told_and_the_preview_goes_on(preview: Preview) -> None:
    preview.edit(ENTRY, "title: Piuma", "titolo: Piuma")
    assert preview.says(f"{ENTRY}:3: titolo: campo sconosciuto")
    assert preview.shows("<strong>Riga 3</strong>: titolo: campo sconosciuto", PAGE)
    assert preview.shows("Mettere in ordine i cappelli", "guide/cappelli-in-ordine/")
    preview.edit(ENTRY, "titolo: Piuma", "title: Piuma di struzzo")
    assert preview.shows("Piuma di struzzo", PAGE)
