"""The controlled lists under `content/vocabolari/`: data that editors own, declared and checked like entries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from pydantic import create_model

from ecoteca.declared import declare, did_you_mean
from ecoteca.entries.applicability import Condition
from ecoteca.entries.fields import (
    AtecoField,
    Fault,
    Key,
    Line,
    Model,
    ShortLine,
    Slug,
    Text,
    field,
    many,
    needs,
    nested,
)
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


class Answer(Model):
    """One of the answers that a question offers; «non so» is always there and not among them."""

    id: ShortLine = field("Identificativo", "La parola usata nelle regole.", example="si")
    name: Line = field("Testo", "Come la vede chi risponde.")
    hint: Line | None = field("Aiuto", "Una riga in più che la spiega.", default=None)


UNSURE = "non-so"
"""«Non so»: always offered, so no question lists it and no rule looks for it."""

NONE_OF_THESE = ("nessuna", "nessuno")
"""The answer that excludes all others of a question with several, in its two genders."""


class GuideQuestion(Word):
    """A question of «Cosa si applica a me?»; its name is the question as it is asked."""

    explain: Text = field("Spiegazione", "Che cosa vuol dire, senza sigle.")
    example: Text = field("Esempio", "Un esempio che chiunque riconosce.")
    multiple: bool = field("Più risposte", "true se se ne può scegliere più d'una.", default=False)
    answers: tuple[Answer, ...] = many("Risposte", "Le risposte, nell'ordine in cui si vedono.", least=2, most=30)
    only_if: Condition | None = field("Solo se", "Quando ha senso farla; senza, sempre.", default=None)

    @needs("multiple", "answers")
    def _answers_can_be_told_apart(self) -> Iterator[Fault]:
        seen: set[str] = set()
        for position, answer in enumerate(self.answers):
            if answer.id in seen or answer.id == UNSURE:
                what = "«non so» c'è sempre da sé" if answer.id == UNSURE else "risposta scritta due volte"
                yield Fault(("answers", position, "id"), what, answer.id, "Togli questa riga.")
            seen.add(answer.id)
        if self.multiple and len(seen.intersection(NONE_OF_THESE)) != 1:
            fix = "Aggiungi in fondo una risposta con id nessuna oppure nessuno."
            yield Fault(("answers",), "chi non ha nulla dell'elenco deve poterlo dire", "", fix)


def strange_answers(model: Model, questions: Mapping[str, GuideQuestion]) -> Iterator[tuple[Key, str, list[str]]]:
    """The answers that conditions in `model` look for and their questions do not offer: place, answer, what is offered.

    Questions that do not exist are left to who checks the words of vocabularies.
    """
    for key, condition in nested(model):
        if isinstance(condition, Condition) and condition.question is not None and condition.question in questions:
            offered = [answer.id for answer in questions[condition.question].answers]
            for position, answer in enumerate(condition.is_):
                if answer not in offered:
                    yield (*key, "is", position), answer, offered


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
    "domande-guida": GuideQuestion,
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

    def with_wider(self, themes: Sequence[str]) -> tuple[str, ...]:
        """Some themes and the wider ones above them, each once."""
        known = self.themes
        wider = (known[theme].parent for theme in themes if theme in known)
        return tuple(dict.fromkeys([*themes, *filter(None, wider)]))

    @property
    def sectors(self) -> Mapping[str, Sector]:
        """The sectors by id."""
        return {key: word for key, word in self.words("settori").items() if isinstance(word, Sector)}

    @property
    def questions(self) -> Mapping[str, GuideQuestion]:
        """The questions of «Cosa si applica a me?» by id, in the order in which they are asked."""
        return {key: word for key, word in self.words("domande-guida").items() if isinstance(word, GuideQuestion)}


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
        problems += [*_faults(document, words), *_question_faults(document, words)]
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


def _question_faults(document: Document, words: tuple[Word, ...]) -> Iterable[Problem]:
    """Conditions on questions that come later or do not exist, and on answers that nobody can give."""
    earlier: dict[str, GuideQuestion] = {}
    for position, word in enumerate(words):
        if not isinstance(word, GuideQuestion):
            continue
        for key, condition in nested(word):
            other = condition.question if isinstance(condition, Condition) else None
            if other is not None and other not in earlier:
                line = document.line_of(("items", position, *key, "question"))
                what = "una domanda può dipendere solo da domande che vengono prima"
                yield Problem(document.path, line, "only_if", what, other, did_you_mean(other, earlier))
        for key, answer, offered in strange_answers(word, earlier):
            line = document.line_of(("items", position, *key))
            what = "la domanda non offre questa risposta"
            yield Problem(document.path, line, "only_if", what, answer, did_you_mean(answer, offered))
        earlier[word.id] = word
