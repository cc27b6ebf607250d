"""The data of «Cosa si applica a me?»: questions, rules, dates and texts, as the browser reads them once.

Everything that the reader may need afterwards is in them, so that answers never have to leave the browser.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from ecoteca.applicability import atoms
from ecoteca.catalogue import Catalogue, Record
from ecoteca.deadlines import Occurrence, in_words, occurrences
from ecoteca.entries import Duty
from ecoteca.entries.applicability import Condition
from ecoteca.entries.deadline import AfterEvent, Deadline
from ecoteca.outputs.calendars import FOOT, HEAD, event_text
from ecoteca.settings import Settings
from ecoteca.trust import Trust, trust_of
from ecoteca.vocabularies import NONE_OF_THESE, UNSURE, GuideQuestion, Vocabularies

HORIZON_DAYS = 365
"""How far ahead dates are given."""

STRENGTHS = {"devi": "Obbligo", "dovresti": "Raccomandato", "buona pratica": "Buona pratica"}
SECTOR = "settore"
"""The question whose answers are the sectors of `settori.yaml`."""


def duties(catalogue: Catalogue) -> tuple[tuple[Record, Duty], ...]:
    """The duties in use, in the portal's order."""
    return tuple(
        (record, record.entry) for record in catalogue.of(Duty) if isinstance(record.entry, Duty) and record.current
    )


def hints(question: GuideQuestion, vocabularies: Vocabularies) -> Mapping[str, str]:
    """The line under each answer that has one; for a sector, its ATECO divisions."""
    found = {answer.id: answer.hint for answer in question.answers if answer.hint}
    if question.id == SECTOR:
        for key, sector in vocabularies.sectors.items():
            divisions = ", ".join(str(division) for division in sector.divisions)
            found[key] = f"{'Divisione' if len(sector.divisions) == 1 else 'Divisioni'} ATECO {divisions}"
    return found


def ahead(record: Record, duty: Duty, today: date) -> Iterator[tuple[Deadline, tuple[Occurrence, ...]]]:
    """The deadlines of a duty that the guide tells, each with its dates; one that counts from an event has none."""
    found = occurrences((record,), today, today + timedelta(days=HORIZON_DAYS))
    for rule in duty.deadlines:
        dates = tuple(item for item in found if item.deadline is rule)
        if dates or (isinstance(rule, AfterEvent) and rule.withdrawn is None):
            yield rule, dates


def chooser_data(catalogue: Catalogue, settings: Settings, today: date) -> bytes:
    """Everything as one JSON document."""
    vocabularies = catalogue.vocabularies
    guided = [(record, duty) for record, duty in duties(catalogue) if duty.applies is not None]
    data = {
        "today": today.isoformat(),
        "unsure": UNSURE,
        "questions": [_question(question, vocabularies) for question in vocabularies.questions.values()],
        "duties": [
            _duty(record, duty, trust_of(duty, today))
            | {"deadlines": [_deadline(*found, settings, vocabularies) for found in ahead(record, duty, today)]}
            for record, duty in guided
        ],
        "calendar": {"head": HEAD, "foot": FOOT},
    }
    return (json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def _question(question: GuideQuestion, vocabularies: Vocabularies) -> dict[str, object]:
    lines = hints(question, vocabularies)
    return {
        "id": question.id,
        "name": question.name,
        "explain": question.explain,
        "example": question.example,
        "multiple": question.multiple,
        "answers": [
            {
                "id": answer.id,
                "name": answer.name,
                "hint": lines.get(answer.id, ""),
                "alone": answer.id in NONE_OF_THESE,
            }
            for answer in question.answers
        ],
        "only_if": plain(question.only_if) if question.only_if else None,
    }


def _duty(record: Record, duty: Duty, trust: Trust) -> dict[str, object]:
    rule = duty.applies
    assert rule is not None
    return {
        "id": duty.id,
        "title": duty.title,
        "url": record.url,
        "strength": STRENGTHS[duty.strength],
        "rule": {"when": plain(rule.when), "uncertain": rule.uncertain},
        "reason": rule.reason,
        "find_out": rule.find_out,
        "first_step": rule.first_step,
        "basis": rule.basis,
        "when": duty.when,
        "checked": trust.checked_on.isoformat() if trust.checked_on else None,
        "due": trust.due.isoformat(),
    }


def _deadline(
    rule: Deadline, dates: Sequence[Occurrence], settings: Settings, vocabularies: Vocabularies
) -> dict[str, object]:
    return {
        "id": rule.id,
        "what": rule.what,
        "words": "" if dates else in_words(rule),
        "concerns": rule.concerns or "",
        "only_if": plain(rule.only_if) if rule.only_if else None,
        "dates": [
            {
                "day": item.day.isoformat(),
                "certainty": item.certainty,
                "event": event_text(item, settings, vocabularies),
            }
            for item in dates
        ],
    }


def plain(condition: Condition) -> dict[str, object]:
    """A condition as its editors write it."""
    return condition.model_dump(mode="json", by_alias=True, exclude_defaults=True)


def answers_that_count(duty: Duty) -> dict[str, tuple[str, ...]]:
    """By question, the answers that speak for a duty; those that exempt from it are left out."""
    found: dict[str, tuple[str, ...]] = {}
    for question, answers, positive in atoms(duty.applies.when) if duty.applies else ():
        if positive:
            found[question] = tuple(dict.fromkeys((*found.get(question, ()), *answers)))
    return found
