"""How far a page can be trusted on a day: was it ever compared with the official text, and is it time to do it again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from dateutil.relativedelta import relativedelta

from ecoteca.entries import Entry

SOON_DAYS = 60
"""How many days ahead the offices plan their checks."""


@dataclass(frozen=True, slots=True)
class Trust:
    """What a page says of its own checking. `due` is the last day on which it still counts as fresh."""

    checked_on: date | None
    checked_by: str
    due: date
    overdue: bool
    soon: bool

    @property
    def state(self) -> Literal["overdue", "checked", "unchecked"]:
        """How it looks: late before all else."""
        return "overdue" if self.overdue else "checked" if self.checked_on else "unchecked"


def trust_of(entry: Entry, today: date) -> Trust:
    """The state of an entry's check on `today`.

    The next check falls due on the entry's own `next_check`; else its type's interval after the last check, or, where
    there was none, after the last change.
    """
    start = entry.checked.on if entry.checked else entry.modified
    due: date = entry.next_check or start + relativedelta(months=entry.review_months)
    checked_on, checked_by = (entry.checked.on, entry.checked.by) if entry.checked else (None, "")
    left = (due - today).days
    return Trust(checked_on, checked_by, due, left < 0, 0 <= left <= SOON_DAYS)
