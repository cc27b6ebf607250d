"""A newsletter issue from the news since the last one: what a draft proposes, and what it leaves out and why.

The draft is an entry like any other. Whoever edits it drops, reorders and rewrites as they like: proposing again adds
what has happened since, and touches nothing that stands there (`draft_files` sees to the file).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from ecoteca.catalogue import Catalogue, Record
from ecoteca.deadlines import Occurrence, occurrences, upcoming
from ecoteca.entries import Call, Event, Issue
from ecoteca.entries.call import Phase, day_of
from ecoteca.formats import dated
from ecoteca.news import Kind, NewsItem, news
from ecoteca.status import phase_status
from ecoteca.vocabularies import Vocabularies

AHEAD = 60
"""Days ahead of which an issue tells the deadlines and the events."""

MOST_OF_A_THEME, MOST = 4, 24
"""News of one theme, and of all, in one issue: who wants everything has the feed."""

WEIGHTS: dict[Kind, int] = {
    "scadenza": 10,
    "rettifica": 9,
    "fatto": 8,
    "norma": 7,
    "apertura": 6,
    "modifica": 5,
    "fine": 4,
    "materiali": 3,
    "scheda": 2,
    "chiusura": 1,
}
"""How much news matters to a company that reads one mail a month: what moves its dates first, new pages near the end."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What an issue could hold. `sections` are by theme; of the news of a theme the most important come first.

    `weighed` are the names of all news and deadlines that were looked at, those left out included. `left_out` says in
    words what was left out, and why. `days` are those of all deadlines around, by name.
    """

    since: date
    until: date
    goes_out: date
    sections: tuple[tuple[str, tuple[NewsItem, ...]], ...]
    deadlines: tuple[Occurrence, ...]
    calls: tuple[tuple[Record, str], ...]
    events: tuple[tuple[Record, str], ...]
    weighed: tuple[str, ...]
    left_out: tuple[str, ...]
    days: Mapping[str, date]


def first_day(issues: Iterable[Issue], month: date) -> date:
    """Where the issue of a month begins: after the last one, or with the month where there was none before."""
    ends = [issue.until for issue in issues if issue.until < month]
    return max(ends) + timedelta(days=1) if ends else month


def propose(
    catalogue: Catalogue,
    since: date,
    until: date,
    today: date,
    known: Collection[str] = (),
    room: Counter[str] | None = None,
    before: Collection[str] = (),
    reach: date | None = None,
) -> Proposal:
    """What happened from `since` to `until`, and what is due after `today`, on which the issue goes out.

    `known` are names weighed for this issue before, which do not come again; `room` counts what its themes hold already.
    What happened from `reach` on and is not among the news of the issues `before` was written down too late for them, and
    is taken up now.
    """
    words = catalogue.vocabularies
    begins = reach or since
    weighed = {*known, *before}
    around = [item for item in news(catalogue, today) if begins <= item.day <= until]
    busy = {item.record.entry.id for item in around if item.kind != "scheda"}
    happened = [item for item in around if item.name not in weighed]
    told, left_out = _worth_telling(happened, busy)
    sections: dict[str, list[NewsItem]] = {}
    beyond: list[NewsItem] = []
    taken = Counter(room or ())
    # Of equal news what more hangs on comes first: MUD before the yearly report of a few.
    for item in sorted(told, key=lambda item: (-WEIGHTS[item.kind], -len(catalogue.related(item.record)))):
        theme = main_theme(item.record, words)
        if taken[theme] == MOST_OF_A_THEME or taken.total() == MOST:
            beyond.append(item)
        else:
            taken[theme] += 1
            sections.setdefault(theme, []).append(item)
    if beyond:
        reason = f"oltre le {MOST_OF_A_THEME} più importanti di un tema, o le {MOST} del numero"
        left_out.append(f"{reason}: {_counted(beyond)}\n{_listed(beyond)}")
    due = [item for item in upcoming(catalogue.records, today, AHEAD) if item.key not in known]
    days = occurrences(catalogue.records, today - timedelta(days=AHEAD), today + timedelta(days=366 + AHEAD))
    calls = [item for item in _open_calls(catalogue, today) if call_name(item[0].entry.id) not in known]
    events = [item for item in _coming_events(catalogue, today) if event_name(item[0].entry.id) not in known]
    return Proposal(
        since,
        until,
        today,
        tuple((theme, tuple(items)) for theme, items in sections.items()),
        tuple(due),
        tuple(calls),
        tuple(events),
        (
            *(item.name for item in happened),
            *(item.key for item in due),
            *(call_name(record.entry.id) for record, _ in calls),
            *(event_name(record.entry.id) for record, _ in events),
        ),
        tuple(left_out),
        {item.key: item.day for item in days},
    )


def call_name(entry: str) -> str:
    """The name under which an open call is weighed."""
    return f"{entry}/aperto"


def event_name(entry: str) -> str:
    """The name under which a coming event is weighed."""
    return f"{entry}/in-programma"


def main_theme(record: Record, words: Vocabularies) -> str:
    """The widest theme above the first one of an entry, which says best where readers look for it."""
    return words.with_wider(record.entry.themes[:1])[-1]


def _worth_telling(happened: Sequence[NewsItem], busy: Collection[str]) -> tuple[list[NewsItem], list[str]]:
    """The news without what an issue need not tell, and the reasons with their counts.

    `busy` are the entries of which there is more to tell than that they are new.
    """
    reasons: dict[str, list[NewsItem]] = {}
    told = []
    for item in happened:
        reason = _reason_against(item, busy)
        if reason:
            reasons.setdefault(reason, []).append(item)
        else:
            told.append(item)
    return told, [f"{reason}: {_counted(items)}" for reason, items in reasons.items()]


def _reason_against(item: NewsItem, busy: Collection[str]) -> str:
    if item.quiet:
        return "voci del glossario"
    if isinstance(item.record.entry, Issue):
        return "altri numeri della newsletter"
    if not item.record.current and item.kind != "fine":
        return "schede ormai superate o ritirate"
    if item.kind == "scheda" and item.record.entry.id in busy:
        return "schede nuove di cui il numero dice già altro"
    return ""


def _open_calls(catalogue: Catalogue, day: date) -> Iterable[tuple[Record, str]]:
    """The calls that take applications on a day, with the words that say until when."""
    for record in catalogue.of(Call):
        phases = record.entry.phases if isinstance(record.entry, Call) and record.current else ()
        for phase in phases:
            if phase_status(phase, day).label == "Aperta":
                which = f" ({phase.name})" if len(phases) > 1 else ""
                yield record, f"{_open_until(phase)}{which}"


def _open_until(phase: Phase) -> str:
    return f"aperto fino {dated('al', phase.closes)}" if phase.closes else "aperto finché ci sono fondi"


def _coming_events(catalogue: Catalogue, day: date) -> Iterable[tuple[Record, str]]:
    """The events that begin within `AHEAD` days after a day."""
    for record in catalogue.of(Event):
        event = record.entry
        if isinstance(event, Event) and record.current and day < day_of(event.starts) <= day + timedelta(days=AHEAD):
            place = f", {event.venue}" if event.venue else ", a distanza" if event.online else ""
            yield record, f"{dated('il', event.starts)}{place}"


def _counted(items: Sequence[NewsItem]) -> str:
    return "una notizia" if len(items) == 1 else f"{len(items)} notizie"


def _listed(items: Sequence[NewsItem]) -> str:
    """Titles of what an editor may want back, of each kind the first few."""
    lines = []
    for _, group in groupby(items, key=lambda item: item.kind):
        found = list(group)
        lines += [f"    {item.title} ({item.name})" for item in found[:5]]
        if len(found) > 5:
            lines.append(f"    … e altre {len(found) - 5} come queste")
    return "\n".join(lines)
