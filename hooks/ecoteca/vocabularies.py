"""The controlled lists under `content/vocabolari/`: data that editors own, declared and checked like entries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from pydantic import create_model

from ecoteca.declared import declare, did_you_mean
from ecoteca.entries.fields import AtecoField, Line, Model, ShortLine, Slug, Text, field, many
from ecoteca.problems import Problem
from ecoteca.reading import CONTENT, VOCABULARIES, Document


class Word(Model):
    """One word of a list."""

    id: str = field("Identificativo", "La parola usata nelle schede.", min_length=1, max_length=60)
    name: Line = field("Nome", "Come la vedono i lettori.")


class Theme(Word):
    """A theme under which companies look."""

    intro: Text = field("Presentazione", "Che cosa si trova sotto questo tema, in una o due frasi.")
    parent: Slug | None = field("Sotto", "Il tema più ampio.", default=None)


class Sector(Word):
    """A sector, with its ATECO 2025 divisions."""

    intro: Text = field("Presentazione", "Che imprese comprende e che cosa le riguarda di solito.")
    divisions: tuple[AtecoField, ...] = many("Divisioni ATECO 2025", "Le divisioni che comprende.", least=1, most=60)


class Territory(Word):
    """A place where something holds."""

    kind: Literal["unione", "stato", "regione", "provincia"] = field("Tipo", "unione, stato, regione o provincia.")


class Chamber(Word):
    """A chamber of commerce and the provinces it serves."""

    provinces: tuple[Slug, ...] = many("Province", "Le province che serve.", least=1)


class SdgTarget(Word):
    """A target of the 2030 Agenda."""

    goal: int = field("Obiettivo", "Il numero dell'obiettivo.", ge=1, le=17)


class SnsvsChoice(Word):
    """A choice of the national sustainable development strategy, in one of its editions."""

    edition: Literal["2017", "2022"] = field("Edizione", "L'edizione che la numera così.")
    area: ShortLine = field("Area", "Prosperità, Vettori di sostenibilità…")
    code: ShortLine = field("Codice", "Il codice della scelta o dell'obiettivo.")


class _File(Model):
    """What every list has."""

    title: Line = field("Titolo", "Di che lista si tratta.")
    source: Line | None = field("Fonte", "Da dove viene la lista.", default=None)


def _file_of(kind: type[Word]) -> type[_File]:
    """The file that holds words of one kind."""
    items = field("Voci", "Le voci della lista, nell'ordine in cui i lettori le vedono.", min_length=1, strict=False)
    return create_model(f"{kind.__name__}File", __base__=_File, items=(tuple[kind, ...], items))  # type: ignore[valid-type]


KINDS: dict[str, type[Word]] = {
    "temi": Theme,
    "settori": Sector,
    "destinatari": Word,
    "dimensioni": Word,
    "territori": Territory,
    "camere": Chamber,
    "agenda-2030": SdgTarget,
    "snsvs": SnsvsChoice,
}
"""Every list by the name of its file."""


@dataclass(frozen=True, slots=True)
class Vocabularies:
    """All lists; each keeps the order of its file, which is the order in which readers see it."""

    lists: Mapping[str, Mapping[str, Word]]

    EMPTY: ClassVar[Vocabularies]

    def name(self, vocabulary: str, word: str) -> str:
        """What readers see for a word; the word itself where its list could not be read."""
        known = self.words(vocabulary).get(word)
        return known.name if known else word

    def words(self, vocabulary: str) -> Mapping[str, Word]:
        """One list; empty where the file is missing or unreadable."""
        return self.lists.get(vocabulary, {})

    @property
    def themes(self) -> Mapping[str, Theme]:
        """The themes by id."""
        return {key: word for key, word in self.words("temi").items() if isinstance(word, Theme)}

    @property
    def sectors(self) -> Mapping[str, Sector]:
        """The sectors by id."""
        return {key: word for key, word in self.words("settori").items() if isinstance(word, Sector)}


Vocabularies.EMPTY = Vocabularies({})


def read_vocabularies(documents: Iterable[Document]) -> tuple[Vocabularies, tuple[Problem, ...]]:
    """The lists as declared, and what is wrong with them; a missing list is a problem too."""
    lists: dict[str, dict[str, Word]] = {}
    problems: list[Problem] = []
    for document in documents:
        problems += document.problems
        kind = KINDS.get(document.slug)
        if kind is None:
            fix = did_you_mean(document.slug, KINDS)
            problems.append(Problem(document.path, 1, "", "questo vocabolario non è previsto", document.slug, fix))
            continue
        declared = declare(_file_of(kind), document)
        problems += declared.problems
        words: tuple[Word, ...] = getattr(declared.entry, "items", ())
        lists[document.slug] = {word.id: word for word in words}
        problems += _faults(document, words)
    for name in KINDS:
        if name not in lists:
            path = f"{CONTENT}/{VOCABULARIES}/{name}.yaml"
            problems.append(Problem(path, 1, "", "manca questo vocabolario", fix="Ripristina il file."))
    return Vocabularies(lists), tuple(problems)


def _faults(document: Document, words: tuple[Word, ...]) -> Iterable[Problem]:
    """Words that stand twice, and parents that do not exist."""
    seen: set[str] = set()
    known = {word.id for word in words}
    for position, word in enumerate(words):
        line = document.line_of(("items", position, "id"))
        if word.id in seen:
            yield Problem(document.path, line, "id", "parola scritta due volte", word.id, "Tieni una sola voce.")
        seen.add(word.id)
        parent = getattr(word, "parent", None)
        if parent is not None and (parent not in known or parent == word.id):
            line = document.line_of(("items", position, "parent"))
            yield Problem(
                document.path, line, "parent", "il tema più ampio non esiste", parent, did_you_mean(parent, known)
            )
