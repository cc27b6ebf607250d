"""Everything under `content/`, read and typed: what the checks look at and the catalogue is made from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ecoteca import parallel, prose
from ecoteca.cache import Cache, key_of
from ecoteca.declared import declare, did_you_mean
from ecoteca.entries import BY_FOLDER, Entry
from ecoteca.entries.fields import Key, Model
from ecoteca.ledger import Ledger, read_ledger
from ecoteca.problems import Problem
from ecoteca.reading import VOCABULARIES, Document, Source, dotted, read_content, read_entry
from ecoteca.vocabularies import Vocabularies, read_vocabularies

ENTRIES = Path(".cache", "entries")
"""Where entries are kept from one run to the next, from the project's root."""

PAGE_IDS = frozenset(
    {
        "bandi-aperti",
        "catena",
        "che-cosa-scade",
        "collegati",
        "contenuto",
        "contraddizioni",
        "fasi",
        "fonti",
        "in-primo-piano",
        "incontri",
        "modifiche",
        "obiettivi",
        "passi",
        "prossime-scadenze",
        "ricevila",
        "risultati",
        "successo",
        "verifica",
    }
)
"""Anchors that the pages' templates use: a heading of the same name gets another."""


@dataclass(frozen=True, slots=True)
class Item:
    """One file of an entry type. `entry` is None where something in it is wrong; `fields` holds what could be read."""

    document: Document
    kind: type[Entry]
    entry: Entry | None
    fields: Model
    body: prose.Prose

    @property
    def id(self) -> str:
        """The entry's id as far as it could be read; empty where it could not."""
        return getattr(self.fields, "id", None) or ""

    @property
    def address(self) -> str:
        """The entry's address below the portal's root, without slashes around it."""
        return f"{self.document.folder}/{self.document.slug}"

    def problem(self, key: Key, message: str, found: str = "", fix: str = "") -> Problem:
        """A problem at one of the entry's fields."""
        return Problem(self.document.path, self.document.line_of(key), dotted(key), message, found, fix)


@dataclass(frozen=True, slots=True)
class Corpus:
    """The whole content, and what was `published` before. `problems` are those of single files; the rules across files are in
    `checks`."""

    items: tuple[Item, ...]
    vocabularies: Vocabularies
    images: frozenset[str]
    published: Ledger
    problems: tuple[Problem, ...]

    @property
    def entries(self) -> tuple[tuple[Item, Entry], ...]:
        """The files in which nothing is wrong, with their entries."""
        return tuple((item, item.entry) for item in self.items if item.entry is not None)

    def without(self, problems: Iterable[Problem]) -> Corpus:
        """The content without the entries in which one of `problems` lies."""
        wrong = {problem.path for problem in problems}
        return replace(self, items=tuple(item for item in self.items if item.document.path not in wrong))


def read_corpus(root: Path) -> Corpus:
    """Reads, types and parses everything below `root`/content, as far as an earlier run has not done so."""
    content = read_content(root)
    vocabularies, wrong = read_vocabularies(content.vocabularies)
    found = [*content.problems, *wrong]
    items: list[Item] = []
    for item, problems in _read_entries(content.entries, Cache(root / ENTRIES)):
        found += problems
        if item is not None:
            items.append(item)
    return Corpus(tuple(items), vocabularies, frozenset(content.images), read_ledger(root), tuple(found))


def _read_entries(sources: Sequence[Source], cache: Cache) -> list[tuple[Item | None, list[Problem]]]:
    """Each file as `_typed` gives it. Only sound entries are kept for the next run: editors are at work on the others."""
    keys = [key_of(source.path.encode(), source.raw if isinstance(source.raw, bytes) else b"") for source in sources]
    items = [cache.get(key) for key in keys]
    new = iter(parallel.mapped(_typed, [source for source, item in zip(sources, items, strict=True) if item is None]))
    results = [next(new) if item is None else (item, []) for item in items]
    for key, (item, problems) in zip(keys, results, strict=True):
        if item is not None and not problems:
            cache.put(key, item)
    cache.save()
    return results


def _typed(source: Source) -> tuple[Item | None, list[Problem]]:
    """One file as an entry of its folder's type, None where the folder is of no type, and what is wrong in the file."""
    document = read_entry(source)
    kind = BY_FOLDER.get(document.folder)
    if kind is None:
        what = "questa cartella non è di nessun tipo di scheda"
        fix = did_you_mean(document.folder, [*BY_FOLDER, VOCABULARIES])
        return None, [*document.problems, Problem(document.path, 1, "", what, document.folder, fix)]
    declared = declare(kind, document)
    body = prose.parse(document.body, document.body_line, PAGE_IDS)
    problems = [*document.problems, *declared.problems, *_body_problems(document, body.flaws)]
    return Item(document, kind, declared.entry, declared.fields, body), problems


def _body_problems(document: Document, flaws: Iterable[prose.Flaw]) -> list[Problem]:
    return [Problem(document.path, flaw.line, "testo", flaw.message, flaw.found, flaw.fix) for flaw in flaws]
