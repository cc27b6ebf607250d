"""The only reader of `content/`: bytes on disk → front matter with line numbers, body, and what is wrong with the file.

What is validated is what is rendered: nobody else opens these files. python-frontmatter cuts data from text; its own
tolerance (no block, an unclosed block, a list as data: all taken for plain text) is closed off before it is asked.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from frontmatter.default_handlers import BaseHandler

from ecoteca import strict_yaml
from ecoteca.problems import Problem

CONTENT = "content"
"""The editors' folder, below the project's root."""

VOCABULARIES = "vocabolari"
"""The folder of `content/` that holds the controlled lists."""

IMAGES = "immagini"
"""The folder of `content/` that holds the pictures of entries."""

IMAGE_ENDINGS = (".jpg", ".jpeg", ".png", ".webp")
"""Kinds of picture; SVG is not among them because it can carry scripts."""

MAX_IMAGE_BYTES = 500_000
"""Largest picture, in bytes: companies read on a telephone."""

MAX_BYTES = 200_000
"""Longest file, in bytes: ten times the longest guide; a larger one is data that belongs elsewhere."""

MAX_BODY = 100_000
"""Longest body, in characters."""

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
MAX_SLUG = 80
"""Longest file name without its ending, in characters, so that addresses stay readable."""

FENCE = re.compile(r"^---[ \t]*$", re.MULTILINE)
"""The two lines around the front matter."""


@dataclass(frozen=True, slots=True)
class Source:
    """One file as it lies on the disk: `path` as the problems name it, its bytes or why they cannot be had."""

    path: str
    raw: bytes | Problem

    @property
    def folder(self) -> str:
        """The name of the folder it is in."""
        return self.path.split("/")[-2]

    @property
    def slug(self) -> str:
        """Its name without the ending."""
        return self.path.rpartition("/")[2].partition(".")[0]


@dataclass(frozen=True, slots=True)
class Document:
    """One file as it was read; `data` is empty where the front matter could not be read at all.

    `readable` is False where that or a part of it could not: then what is missing says nothing.
    """

    path: str
    folder: str
    slug: str
    data: Mapping[str, Any]
    lines: Mapping[strict_yaml.Key, int]
    body: str
    body_line: int
    problems: tuple[Problem, ...]
    readable: bool

    def line_of(self, key: strict_yaml.Key) -> int:
        """The line of a field, or of the nearest thing around it that has one."""
        while key and key not in self.lines:
            key = key[:-1]
        return self.lines.get(key, 1)


class _FrontMatter(BaseHandler):
    """python-frontmatter's way of cutting, with a fence that is exactly three dashes."""

    FM_BOUNDARY = FENCE


_HANDLER = _FrontMatter()


@dataclass(frozen=True, slots=True)
class Content:
    """Everything under `content/`; `images` are paths from the project's root.

    Entries are many and wait for whoever reads them, by several processors or not again at all.
    """

    entries: tuple[Source, ...]
    vocabularies: tuple[Document, ...]
    images: tuple[str, ...]
    problems: tuple[Problem, ...]


def read_content(root: Path) -> Content:
    """The whole of `content/`: entries, vocabularies, and the problems of files that are neither.

    `root` is the project's folder. The order is that of the paths, whatever the file system's.
    """
    entries: list[Source] = []
    vocabularies: list[Document] = []
    images: list[str] = []
    problems: list[Problem] = []
    for file, problem in _files(root / CONTENT, CONTENT):
        if problem is not None:
            problems.append(problem)
            continue
        folder = file.parent.name
        path = f"{CONTENT}/{folder}/{file.name}"
        if folder == VOCABULARIES:
            vocabularies.append(read_vocabulary(source_at(file, path)))
        elif folder == IMAGES:
            images.append(path)
        else:
            entries.append(source_at(file, path))
    return Content(tuple(entries), tuple(vocabularies), tuple(images), tuple(problems))


def _files(content: Path, shown: str) -> Iterator[tuple[Path, Problem | None]]:
    """Every regular file one folder deep, and a problem for everything that should not be there."""
    if not content.is_dir():
        yield content, Problem(shown, 1, "", "la cartella dei contenuti non esiste", fix="Crea la cartella content/.")
        return
    for folder in sorted(os.scandir(content), key=lambda item: item.name):
        path = f"{shown}/{folder.name}"
        if not folder.is_dir(follow_symlinks=False):
            fix = "Le schede stanno ciascuna nella cartella del suo tipo, per esempio content/adempimenti/."
            yield Path(folder.path), Problem(path, 1, "", "qui possono stare solo cartelle", fix=fix)
            continue
        endings = {VOCABULARIES: (".yaml",), IMAGES: IMAGE_ENDINGS}.get(folder.name, (".md",))
        for item in sorted(os.scandir(folder), key=lambda item: item.name):
            yield Path(item.path), _misplaced(item, f"{path}/{item.name}", endings)


def _misplaced(item: os.DirEntry[str], path: str, endings: tuple[str, ...]) -> Problem | None:
    """Why a file may not stand where it does."""
    if item.is_symlink():
        return Problem(path, 1, "", "i collegamenti ad altri file non sono ammessi", fix="Copia qui il file vero.")
    status = item.stat(follow_symlinks=False)
    if stat.S_ISDIR(status.st_mode):
        return Problem(
            path, 1, "", "qui non possono stare sottocartelle", fix="Sposta le schede nella cartella del tipo."
        )
    if not stat.S_ISREG(status.st_mode):
        return Problem(path, 1, "", "deve essere un file normale", fix="Togli questo oggetto dalla cartella.")
    stem, dot = os.path.splitext(item.name)
    if dot not in endings:
        what = f"il nome del file deve finire con «{'» o «'.join(endings)}»"
        return Problem(path, 1, "", what, item.name, "Rinomina o togli il file.")
    if not SLUG.fullmatch(stem):
        what = "il nome del file deve avere solo lettere minuscole senza accento, cifre e trattini"
        return Problem(path, 1, "", what, item.name, "Rinominalo: per esempio «registro-carico-scarico.md».")
    if stem == "index":
        return Problem(path, 1, "", "«index» è un nome riservato", item.name, "Scegli un altro nome.")
    if len(stem) > MAX_SLUG:
        return Problem(path, 1, "", f"il nome del file supera {MAX_SLUG} caratteri", item.name, "Accorcialo.")
    if endings is IMAGE_ENDINGS and status.st_size > MAX_IMAGE_BYTES:
        what = f"il file supera {MAX_IMAGE_BYTES // 1000} kB"
        return Problem(path, 1, "", what, f"{status.st_size // 1000} kB", "Riduci le dimensioni dell'immagine.")
    return None


def source_at(file: Path, path: str) -> Source:
    """Takes one file from the disk; `path` is its path as the problems name it."""
    try:
        size = file.stat().st_size
        if size <= MAX_BYTES:
            return Source(path, file.read_bytes())
    except OSError as error:  # deleted in the meantime, or not ours to read
        found = error.strerror or ""
        return Source(
            path, Problem(path, 1, "", "il file non si può leggere", found, "Controlla i permessi e riprova.")
        )
    what, fix = f"il file supera {MAX_BYTES // 1000} kB", "Dividi la scheda, o sposta i dati in una tabella."
    return Source(path, Problem(path, 1, "", what, f"{size // 1000} kB", fix))


def read_entry(source: Source) -> Document:
    """Reads one entry."""
    text, problems = _text(source)
    path = source.path

    def document(loaded: strict_yaml.Loaded | None, body: str, body_line: int) -> Document:
        data = loaded.data if loaded and isinstance(loaded.data, dict) else {}
        lines = loaded.lines if loaded else {}
        readable = bool(loaded and data and loaded.complete)
        return Document(path, source.folder, source.slug, data, lines, body, body_line, tuple(problems), readable)

    if text is None:
        return document(None, "", 1)
    fault = _fence_fault(text)
    if fault is not None:
        problems.append(Problem(path, fault[0], "", fault[1], fix=fault[2]))
        return document(None, "", 1)
    front, body = _HANDLER.split(text)
    body_line = 1 + front.count("\n")
    loaded = strict_yaml.load(front, 1)
    problems += [_problem(path, flaw) for flaw in loaded.flaws]
    if not (isinstance(loaded.data, dict) and loaded.data) and not loaded.flaws:
        what = "tra le due righe di tre trattini devono stare campi come «titolo: valore»"
        problems.append(Problem(path, 2, "", what, fix="Copia l'inizio da una scheda dello stesso tipo."))
    if len(body) > MAX_BODY:
        what = f"il testo supera {MAX_BODY} caratteri"
        problems.append(Problem(path, body_line, "testo", what, fix="Dividi la scheda in più schede collegate."))
        body = ""
    return document(loaded, body, body_line)


def read_vocabulary(source: Source) -> Document:
    """Reads one controlled list: a YAML file without a body."""
    text, problems = _text(source)
    path = source.path
    loaded = strict_yaml.load(text) if text is not None else strict_yaml.Loaded(None, {}, (), False)
    problems += [_problem(path, flaw) for flaw in loaded.flaws]
    data = loaded.data if isinstance(loaded.data, dict) else {}
    if not data and not problems:
        problems.append(Problem(path, 1, "", "il vocabolario è vuoto", fix="Confronta con gli altri vocabolari."))
    readable = bool(data) and loaded.complete
    return Document(path, source.folder, source.slug, data, loaded.lines, "", 1, tuple(problems), readable)


def _problem(path: str, flaw: strict_yaml.Flaw) -> Problem:
    """A flaw of the YAML as a problem of the file."""
    return Problem(path, flaw.line, dotted(flaw.key), flaw.message, flaw.found, flaw.fix)


def dotted(key: strict_yaml.Key) -> str:
    """A key as editors count: `sources[2].url` is the second source's address."""
    text = ""
    for part in key:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def _text(source: Source) -> tuple[str | None, list[Problem]]:
    """The file's text with line feeds only, or None where its bytes are not acceptable text."""
    path, raw = source.path, source.raw
    if isinstance(raw, Problem):
        return None, [raw]
    if raw.startswith(b"\xef\xbb\xbf"):
        fix = "Salva il file come «UTF-8» e non «UTF-8 con BOM»."
        return None, [Problem(path, 1, "", "il file comincia con un segno invisibile (BOM)", fix=fix)]
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = 1 + raw.count(b"\n", 0, error.start)
        fix = "Riapri il file e salvalo con la codifica UTF-8."
        return None, [Problem(path, line, "", "il file non è scritto in UTF-8", f"byte 0x{raw[error.start]:02x}", fix)]
    text = text.replace("\r\n", "\n")
    problems = []
    for match in strict_yaml.FORBIDDEN.finditer(text):
        line = 1 + text.count("\n", 0, match.start())
        fix = "Cancellalo: spesso arriva da un copia e incolla; riscrivi la parola a mano."
        what = "c'è un carattere invisibile o di controllo"
        problems.append(Problem(path, line, "", what, f"U+{ord(match.group()):04X}", fix))
        if len(problems) == 20:
            break
    if problems:
        text = strict_yaml.FORBIDDEN.sub(" ", text)
    return text, problems


def _fence_fault(text: str) -> tuple[int, str, str] | None:
    """Line, message and mend where the two lines of three dashes are not as they must be."""
    fix = "La prima riga della scheda è «---», poi i campi, poi un'altra riga «---», poi il testo."
    lines = text.split("\n")
    if not text.strip():
        return 1, "il file è vuoto", fix
    if not FENCE.fullmatch(lines[0]):
        late = any(FENCE.fullmatch(line) for line in lines)
        what = "prima dei tre trattini non deve stare nulla" if late else "mancano i dati in testa alla scheda"
        return 1, what, fix
    for number, line in enumerate(lines[1:], start=2):
        if FENCE.fullmatch(line):
            return None
        if line.rstrip() == "...":
            return number, "i dati si chiudono con tre trattini, non con tre punti", "Scrivi «---» al posto di «...»."
        if line.rstrip() == "----":
            return number, "i dati si chiudono con tre trattini esatti", "Togli i trattini in più."
    return len(lines), "i dati in testa alla scheda non sono chiusi", "Aggiungi una riga «---» prima del testo."
