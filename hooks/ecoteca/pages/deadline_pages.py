"""The page of all deadlines, and what the page of a duty shows of its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from ecoteca.catalogue import Catalogue, Record
from ecoteca.deadlines import Occurrence, in_words, occurrences, upcoming
from ecoteca.entries import Duty
from ecoteca.entries.deadline import AfterEvent, DeadlineRule, Monthly
from ecoteca.pages.rendering import Page, Renderer
from ecoteca.working_days import SUNDAY, national_holidays

URL = "scadenze/"

FAR = 3653
"""Days ahead in which the page of a duty looks for the next day of each of its deadlines: ten years."""

PAST_YEARS = 3
PAST_SHOWN = 6

_NOTES = {
    "giorni lavorativi": "I giorni lavorativi qui vanno dal lunedì al venerdì, senza le festività nazionali; il santo "
    "patrono non conta. Se non sai se per te vale anche il sabato, anticipa.",
    "ore": "Le ore partono da quella dell'evento: qui vedi il giorno, per l'ora fai il conto da lì.",
}
"""What a reader must know of a count, where the rule alone does not say it, by unit."""


@dataclass(frozen=True, slots=True)
class Term:
    """A deadline that counts from an event of the company, with what its calculator needs."""

    record: Record
    rule: AfterEvent
    words: str
    shift: str


@dataclass(frozen=True, slots=True)
class Holidays:
    """The national holidays that the calculators know, as the page carries them: days in one text, years included."""

    since: int
    until: int
    days: str


@dataclass(frozen=True, slots=True)
class DutyDeadlines:
    """What the page of a duty says of its deadlines."""

    dated: tuple[Occurrence, ...]
    past: tuple[Occurrence, ...]
    terms: tuple[Term, ...]
    notes: tuple[str, ...]
    holidays: Holidays | None
    withdrawn: tuple[DeadlineRule, ...]


@dataclass(frozen=True, slots=True)
class Marks:
    """Whom a deadline concerns, as the browser's filters read it: words apart; none stands for all."""

    themes: str
    sectors: str
    audience: str
    sizes: str


@dataclass(frozen=True, slots=True)
class Filter:
    """One choice above the list; `key` is its name in the page's address."""

    key: str
    label: str
    everything: str
    options: tuple[tuple[str, str], ...]


def duty_deadlines(record: Record, today: date) -> DutyDeadlines:
    """The next day of each deadline of a duty, the last ones that passed, and the terms to be calculated."""
    entry = record.entry
    rules = entry.deadlines if isinstance(entry, Duty) else ()
    past = occurrences((record,), date(today.year - PAST_YEARS, 1, 1), today - timedelta(days=1))
    terms = _terms((record,))
    counted = any(term.shift or term.rule.unit == "giorni lavorativi" for term in terms)
    return DutyDeadlines(
        upcoming((record,), today, FAR),
        tuple(item for item in reversed(past) if not isinstance(item.deadline, Monthly))[:PAST_SHOWN],
        terms,
        tuple(dict.fromkeys(note for term in terms if (note := _NOTES.get(term.rule.unit)))),
        known_holidays(today) if counted else None,
        tuple(rule for rule in rules if rule.withdrawn),
    )


def deadline_pages(renderer: Renderer) -> tuple[Page, ...]:
    """«Scadenze»: the next twelve months, month by month."""
    since, until = renderer.today, _a_year_later(renderer.today)
    records = renderer.catalogue.of(Duty)
    found = occurrences(records, since, until)
    terms = _terms(records)
    concerned = {item.record.entry.id: item.record for item in found} | {
        term.record.entry.id: term.record for term in terms
    }
    title, lead = "Scadenze", "Che cosa scade nei prossimi dodici mesi, mese per mese."
    context = {
        "title": title,
        "lead": lead,
        "since": since,
        "until": until,
        "by_month": [(month, list(items)) for month, items in groupby(found, lambda item: item.day.replace(day=1))],
        "terms": terms,
        "marks": {key: _marks(record, renderer.catalogue) for key, record in concerned.items()},
        "filters": _filters(concerned.values(), renderer.catalogue),
    }
    html = renderer.render("deadlines.html", URL, context)
    return (Page(URL, title, lead, html, "scadenze", layout="wide"),)


def known_holidays(today: date) -> Holidays:
    """Holidays from last year on; Sundays, which need no list, are left out."""
    since, until = today.year - 1, today.year + 10
    days = (day for year in range(since, until + 1) for day in national_holidays(year) if day.weekday() != SUNDAY)
    return Holidays(since, until, " ".join(str(day) for day in days))


def _terms(records: Iterable[Record]) -> tuple[Term, ...]:
    """The terms that still hold, in the records' order."""
    return tuple(
        Term(record, rule, in_words(rule), _shift(rule))
        for record in records
        if isinstance(record.entry, Duty) and record.current
        for rule in record.entry.deadlines
        if isinstance(rule, AfterEvent) and not rule.withdrawn
    )


def _shift(rule: DeadlineRule) -> str:
    """What moves the day: «festivi», «sabati» (and holidays), or nothing."""
    if rule.shift is None:
        return ""
    return "sabati" if rule.shift.saturdays else "festivi"


def _a_year_later(day: date) -> date:
    """The last day of the twelve months that begin on `day`."""
    leap = day.month == 2 and day.day == 29
    return (date(day.year + 1, 3, 1) if leap else day.replace(year=day.year + 1)) - timedelta(days=1)


def _marks(record: Record, catalogue: Catalogue) -> Marks:
    """An entry's own words; a theme stands for the wider one above it too, and no audience for companies in general."""
    entry = record.entry
    themes = catalogue.vocabularies.with_wider(entry.themes)
    audience = entry.audience or ("impresa",)
    return Marks(" ".join(themes), " ".join(entry.sectors), " ".join(audience), " ".join(entry.sizes))


def _filters(records: Iterable[Record], catalogue: Catalogue) -> tuple[Filter, ...]:
    """The choices that tell some deadlines from others."""
    marks = [_marks(record, catalogue) for record in records]
    kinds = (
        ("tema", "Tema", "Tutti i temi", "temi", [mark.themes for mark in marks]),
        ("settore", "Settore", "Tutti i settori", "settori", [mark.sectors for mark in marks]),
        ("chi", "Chi sei", "Chiunque", "destinatari", [mark.audience for mark in marks]),
        ("dimensione", "Dimensione", "Qualsiasi", "dimensioni", [mark.sizes for mark in marks]),
    )
    found = (
        Filter(key, label, everything, _options(catalogue, vocabulary, texts))
        for key, label, everything, vocabulary, texts in kinds
    )
    return tuple(choice for choice in found if choice.options)


def _options(catalogue: Catalogue, vocabulary: str, used: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """The words to choose from: those in use or, where a deadline may name none and so hold for all, every one."""
    words = {word for text in used for word in text.split()}
    every = bool(words) and "" in used
    found = catalogue.vocabularies.words(vocabulary).items()
    return tuple((key, word.name) for key, word in found if every or key in words)
