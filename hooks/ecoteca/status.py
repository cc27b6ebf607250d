"""Where things stand on a day: whether an act is in force, a call open, an event over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from ecoteca.catalogue import Catalogue, Record
from ecoteca.entries import Act, Action, Call, Duty, Event, GreenCriteria
from ecoteca.entries.act import Application
from ecoteca.entries.call import Phase, day_of
from ecoteca.entries.fields import nested
from ecoteca.formats import dated

Tone = Literal["ok", "warn", "danger", "info", "muted"]


@dataclass(frozen=True, slots=True)
class Status:
    """Words for readers, and whether they are good news."""

    label: str
    tone: Tone

    @property
    def group(self) -> str:
        """The words without the date or detail that may follow them: the search gathers pages by these."""
        return self.label.partition(",")[0].partition(" dal")[0]


@dataclass(frozen=True, slots=True)
class Step:
    """The status that begins on a day."""

    since: date
    status: Status


_STATES = {
    "bozza": Status("Bozza", "info"),
    "da verificare": Status("Da verificare", "warn"),
    "superata": Status("Superata", "muted"),
    "ritirata": Status("Ritirata", "danger"),
}


def status_of(record: Record, catalogue: Catalogue, today: date) -> Status | None:
    """The status of an entry on `today`; None for types that have none (a case study, a term)."""
    entry = record.entry
    if entry.state in _STATES:
        return _STATES[entry.state]
    if isinstance(entry, Act):
        return act_status(record, catalogue, today)
    if isinstance(entry, GreenCriteria):
        if entry.situation == "in vigore" and entry.in_force and entry.in_force > today:
            return Status(f"Adottato, in vigore {dated('dal', entry.in_force)}", "info")
        return {"in vigore": Status("In vigore", "ok"), "sostituito": Status("Sostituito", "muted")}.get(
            entry.situation, Status("In definizione", "info")
        )
    if isinstance(entry, Duty):
        return Status("In vigore", "ok")
    if isinstance(entry, Call):
        return call_status(entry, today)
    if isinstance(entry, Event):
        return Status("Concluso", "muted") if entry.last_day < today else Status("In programma", "ok")
    if isinstance(entry, Action):
        return Status("Conclusa", "muted") if entry.ends < today else Status("In corso", "ok")
    return None


def steps_of(record: Record, catalogue: Catalogue, today: date) -> tuple[Step, ...]:
    """The status today and every one that comes by itself as days pass, so that a page can tell it later too.

    A status changes only on a day that the entry names, on the day after it, or when a change by another act begins.
    """
    status = status_of(record, catalogue, today)
    if status is None:
        return ()
    steps = [Step(today, status)]
    for day in _turning_days(record, catalogue, today):
        later = status_of(record, catalogue, day)
        if later is not None and later != steps[-1].status:
            steps.append(Step(day, later))
    return tuple(steps)


def _turning_days(record: Record, catalogue: Catalogue, today: date) -> list[date]:
    """The days after `today` on which the status of an entry may change."""
    entry = record.entry
    if isinstance(entry, Duty) or entry.state in _STATES:
        return []  # their status does not depend on the day
    named = {
        day_of(value)
        for _, model in nested(entry)
        for value in (getattr(model, name) for name in type(model).model_fields)
        if isinstance(value, date | datetime)
    }
    days = {day + timedelta(days=after) for day in named for after in (0, 1)}
    days |= {_begins(relation.other) for relation in catalogue.related(record) if relation.label == "È modificata da"}
    return sorted(day for day in days if day > today)


def act_status(record: Record, catalogue: Catalogue, today: date) -> Status:
    """Whether an act is law on `today`, as far as its own dates and those of the acts that change it say."""
    act = record.entry
    assert isinstance(act, Act)
    if act.repealed_on and act.repealed_on <= today:
        return Status(f"Abrogata {dated('dal', act.repealed_on)}", "danger")
    if act.in_force and act.in_force > today:
        return Status(f"Adottata, in vigore {dated('dal', act.in_force)}", "info")
    pending = [item.on for item in act.applies if item.on > today]
    if pending and len(pending) == len(act.applies):
        return Status(f"In vigore, si applica {dated('dal', min(pending))}", "info")
    related = catalogue.related(record)
    if any(relation.label == "È convertita da" for relation in related):
        return Status("Convertita in legge", "ok")
    if act.kind in ("comunicazione", "raccomandazione"):
        return Status("Adottata", "ok")
    if act.repealed_on:
        return Status(f"In vigore, abrogata {dated('dal', act.repealed_on)}", "warn")
    if any(_begins(relation.other) <= today for relation in related if relation.label == "È modificata da"):
        return Status("In vigore, modificata", "ok")
    return Status("In vigore", "ok")


def _begins(record: Record) -> date:
    """The day from which the changes that an act makes hold, as far as it says one."""
    act = record.entry
    assert isinstance(act, Act)
    return act.in_force or act.adopted


def phase_status(phase: Phase, today: date) -> Status:
    """Whether a phase of a call takes applications on `today`; the hour of closing is left to the browser."""
    if day_of(phase.opens) > today:
        return Status("Non ancora aperta", "info")
    if phase.closes is None or day_of(phase.closes) >= today:
        return Status("Aperta", "ok")
    return Status("Chiusa", "muted")


def call_status(call: Call, today: date) -> Status:
    """Open as soon as one phase is; else about to open, else closed."""
    labels = [phase_status(phase, today).label for phase in call.phases]
    if "Aperta" in labels:
        return Status("Aperto", "ok")
    return Status("In arrivo", "info") if "Non ancora aperta" in labels else Status("Chiuso", "muted")


@dataclass(frozen=True, slots=True)
class Milestone:
    """One date in the life of an act."""

    day: date
    what: str
    record: Record | None


def _applies(application: Application) -> str:
    """What begins to apply; the whole act needs no name."""
    whole = Application.model_fields["what"].default
    return "Si applica" if application.what == whole else f"Si applica: {application.what}"


def milestones(record: Record, catalogue: Catalogue) -> tuple[Milestone, ...]:
    """The dates of an act, in order: its own, and those on which others changed or implemented it."""
    act = record.entry
    assert isinstance(act, Act)
    own: list[tuple[date | None, str]] = [
        (act.adopted, "Adottata"),
        (act.gazette.date if act.gazette else None, "Pubblicata nella Gazzetta Ufficiale"),
        (act.journal.date if act.journal else None, "Pubblicata nella Gazzetta dell'Unione europea"),
        (act.in_force, "Entra in vigore"),
        *((item.on, _applies(item)) for item in act.applies),
        (act.transposition_deadline, "Termine per il recepimento"),
        (act.repealed_on, "Abrogata"),
    ]
    found = [Milestone(day, what, None) for day, what in own if day is not None]
    for relation in catalogue.related(record):
        other = relation.other.entry
        if isinstance(other, Act) and relation.label in ("È modificata da", "È attuata da", "È convertita da"):
            day = other.in_force or other.adopted
            found.append(Milestone(day, relation.label, relation.other))
    return tuple(sorted(found, key=lambda item: item.day))
