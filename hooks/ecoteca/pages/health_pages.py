"""«Stato della base di conoscenza»: the figures as a page for readers and as data for the office."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date

from ecoteca.catalogue import Record
from ecoteca.health import COVERED_TYPES, Coverage, Health, Tally, health_of
from ecoteca.pages.rendering import Page, Renderer

URL = "stato/"
DATA = "stato/dati.json"
TITLE = "Stato della base di conoscenza"
LEAD = "Quante schede ci sono, quante sono state confrontate con il testo ufficiale, quali vanno ricontrollate e che cosa manca."


def health_pages(renderer: Renderer) -> tuple[Page, ...]:
    """The page of figures."""
    health = health_of(renderer.catalogue, renderer.today)
    context = {"title": TITLE, "lead": LEAD, "health": health, "data": DATA, "kinds": COVERED_TYPES}
    return (Page(URL, TITLE, LEAD, renderer.render("health.html", URL, context), "progetto", layout="wide"),)


def health_files(renderer: Renderer) -> dict[str, bytes]:
    """The same figures as JSON."""
    return {DATA: as_json(health_of(renderer.catalogue, renderer.today))}


def as_json(health: Health) -> bytes:
    """The figures with Italian keys, as the office reads them in a spreadsheet."""
    data = {
        "al": health.today.isoformat(),
        "totale": _row(health.whole),
        "per_tipo": [_row(tally) for tally in health.by_type],
        "scadute": _entries(health.overdue),
        "in_scadenza": _entries(health.soon),
        "temi": [_coverage(row) for row in health.themes],
        "settori": [_coverage(row) for row in health.sectors],
    }
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()


def _row(tally: Tally) -> dict[str, object]:
    names = {"name": "nome", "total": "schede", "checked": "verificate", "overdue": "scadute", "soon": "in_scadenza"}
    return {names[key]: value for key, value in asdict(tally).items()}


def _entries(due: tuple[tuple[date, Record], ...]) -> list[dict[str, str]]:
    return [{"entro": day.isoformat(), "id": record.entry.id, "file": record.path} for day, record in due]


def _coverage(row: Coverage) -> dict[str, object]:
    return {"nome": row.name, **{kind.folder: count for kind, count in zip(COVERED_TYPES, row.counts, strict=True)}}
