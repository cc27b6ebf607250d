"""Where things stand on a day: whether an act is in force, a call open, an event over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from ecoteca.catalogue import Catalogue, Record
from ecoteca.entries import Act, Action, Call, Duty, Event, GreenCriteria
from ecoteca.entries.call import Phase, day_of

Tone = Literal["ok", "warn", "danger", "info", "muted"]


@dataclass(frozen=True, slots=True)
class Status:
    """A word for readers, and whether it is good news."""

    label: str
    tone: Tone


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
            return Status("Non ancora in vigore", "info")
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


def act_status(record: Record, catalogue: Catalogue, today: date) -> Status:
    """Whether an act is law on `today`, as far as its dates and the acts that change it say."""
    act = record.entry
    assert isinstance(act, Act)
    if act.repealed_on and act.repealed_on <= today:
        return Status("Abrogata", "danger")
    if act.in_force and act.in_force > today:
        return Status("Non ancora in vigore", "info")
    if act.applies and all(item.on > today for item in act.applies):
        return Status("In vigore, non ancora applicabile", "info")
    if any(relation.label == "È convertita da" for relation in catalogue.related(record)):
        return Status("Convertita in legge", "ok")
    if any(relation.label == "È modificata da" for relation in catalogue.related(record)):
        return Status("In vigore, modificata", "ok")
    return Status("Adottata" if act.kind in ("comunicazione", "raccomandazione") else "In vigore", "ok")


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
