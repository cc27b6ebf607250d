"""`scripts/newsletter`: the draft of a month's issue, made or made again, and what it says to its editor."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dateutil.relativedelta import relativedelta

from ecoteca.building import NotDone
from ecoteca.catalogue import build
from ecoteca.checks import check
from ecoteca.corpus import read_corpus
from ecoteca.draft_files import extended_text, new_text, room_taken
from ecoteca.drafting import Proposal, call_name, event_name, first_day, propose
from ecoteca.entries import Issue
from ecoteca.problems import Problem, report
from ecoteca.reading import CONTENT


def parse_month(text: str) -> date:
    """The first day of a month written AAAA-MM; ValueError in Italian for anything else."""
    if re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", text, re.ASCII):
        return date.fromisoformat(f"{text}-01")
    raise ValueError(f"«{text}» non è un mese: scrivilo come 2026-11")


@dataclass(frozen=True, slots=True)
class Written:
    """A draft on disk: its path from the project's root, whether it was there before, what was added to it, and of
    what had been proposed how much its editor has taken out, and what keeps other entries from being told."""

    path: str
    again: bool
    proposal: Proposal
    dropped: int
    wrong: tuple[Problem, ...]


def write_draft(root: Path, month: date, today: date) -> Written:
    """Writes or extends the draft of a month's issue in the project at `root`.

    Raises `NotDone` where the month has not begun, the issue has been published, or its file has problems.
    """
    if month > today:
        raise NotDone("Questo mese non è ancora cominciato: di un mese che deve venire non c'è niente da raccontare.")
    slug = f"{month:%Y-%m}"
    path = f"{CONTENT}/{Issue.folder}/{slug}.md"
    corpus = read_corpus(root)
    problems = check(corpus, today)
    own = [problem for problem in problems if problem.path == path]
    if own:
        raise NotDone(f"{report(own, 'text')}\nCorreggi prima questi problemi: la bozza resta com'è.")
    found = [(item, entry) for item, entry in corpus.entries if isinstance(entry, Issue)]
    existing = next((entry for item, entry in found if item.document.path == path), None)
    others = [entry for item, entry in found if item.document.path != path]
    if existing and existing.state != "bozza":
        raise NotDone(
            f"Il numero {path} è già uscito: correggilo a mano, e se conta aggiungi una riga in changes con correction: true."
        )
    catalogue = build(corpus.without(problems), today)
    until = min(month + relativedelta(months=1, days=-1), today)
    file = root / path
    earlier = [issue for issue in others if issue.until < month]
    before = frozenset(name for issue in earlier for name in _names(issue))
    reach = min((issue.since for issue in sorted(earlier, key=lambda issue: issue.until)[-2:]), default=None)
    if existing:
        known, room = _names(existing), room_taken(existing, catalogue)
        proposal = propose(catalogue, existing.since, until, today, known, room, before, reach)
        text = extended_text(file.read_text("utf-8"), proposal, catalogue)
    else:
        proposal = propose(catalogue, first_day(others, month), until, today, before=before, reach=reach)
        number = 1 + max((issue.number for issue in others), default=0)
        text = new_text(proposal, catalogue, slug, number)
    _replace(file, text)
    return Written(path, existing is not None, proposal, _dropped(existing) if existing else 0, problems)


def told(written: Written) -> Iterator[str]:
    """What was written and what was not, in lines for whoever started the command."""
    proposal = written.proposal
    count = sum(len(items) for _, items in proposal.sections)
    verb = "Aggiornato" if written.again else "Scritto"
    parts = (
        (count, "una notizia", "notizie"),
        (len(proposal.deadlines), "una scadenza", "scadenze"),
        (len(proposal.calls), "un bando aperto", "bandi aperti"),
        (len(proposal.events), "un incontro", "incontri"),
    )
    said = ", ".join(one if number == 1 else f"{number} {many}" for number, one, many in parts if number)
    new = "di nuovo c'è " if written.again else ""
    yield f"{verb} {written.path}: {new}{said or 'niente'} (dal {proposal.since} al {proposal.until})"
    dropped = [f"tolte o già lasciate fuori prima: {written.dropped}"] if written.dropped else []
    if proposal.left_out or dropped:
        yield "Lasciate fuori:"
        yield from (f"  – {reason}" for reason in (*proposal.left_out, *dropped))
    if written.wrong:
        yield "Mancano le notizie di queste schede, che hanno errori. Correggile e rilancia il comando:"
        yield report(written.wrong, "text")
    if written.again and not proposal.weighed:
        yield "Niente di nuovo: le tue parole restano come sono."
        return
    yield "Ora riscrivi, sposta, togli; scrivi l'introduzione in fondo; guarda con scripts/serve; poi metti state: pubblicata."


def _dropped(issue: Issue) -> int:
    """How many names an issue was offered and does not hold."""
    return len({*issue.offered} - _held(issue))


def _held(issue: Issue) -> set[str]:
    """The names of what stands in an issue."""
    told = (item.news for section in issue.sections for item in section.items)
    notices = (*(call_name(item.about) for item in issue.calls), *(event_name(item.about) for item in issue.events))
    return set(filter(None, (*told, *notices, *(item.name for item in issue.deadlines))))


def _names(issue: Issue) -> frozenset[str]:
    """The names of all that an issue holds or was offered."""
    return frozenset(issue.offered) | _held(issue)


def _replace(file: Path, text: str) -> None:
    """Writes a file whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    staged = file.with_name(f".{file.name}.tmp")
    staged.write_text(text, encoding="utf-8")
    os.replace(staged, file)
